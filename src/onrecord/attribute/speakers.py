"""Who is said to have said it, as far as the article tells.

Sources are read in the order of the text, so that what was settled before ("Smith said") helps with what comes after ("he
added"). Each reader below takes one form of source and gives up, rather than guess, where it does not hold; the first answer
counts. Two persons that are equally likely make the speaker unclear, with both as candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.attribute.entities import Entities, Entity
from onrecord.attribute.kinds import Quotations
from onrecord.attribute.mentions import DEMONYMS, PLACES, find_mentions
from onrecord.attribute.profiles import Fact, choose, facts_of, read_apposition
from onrecord.attribute.pronouns import Candidate, Scene, rank
from onrecord.attribute.sentences import sentences
from onrecord.attribute.sources import (
    FIRST_PERSON,
    NEUTER,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    WE,
    Described,
    describe,
    head_of,
)
from onrecord.model import UNKNOWN_SPEAKER, Article, Attribution, Speaker, SpeakerType, cut

_CLEAR = 0.15  # how much likelier the first candidate must be than the second: else the speaker is unclear
_DESCRIPTION_CHANCE = 0.5
_LINE = re.compile(r"[^\r\n]+")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def read_speakers(article: Article, attributions: Sequence[Attribution]) -> list[Speaker]:
    """Return the speaker of each attribution."""
    reader = _Reader(article)
    order = sorted(
        range(len(attributions)), key=lambda number: attributions[number].source or attributions[number].content
    )
    speakers: list[Speaker] = [UNKNOWN_SPEAKER] * len(attributions)
    for number in order:
        speakers[number] = reader.read(attributions[number])
    return speakers


class _Reader:
    """Reads the sources of one article, one after the other."""

    def __init__(self, article: Article) -> None:
        text = article.text
        self.text = text
        self.article = article
        entities = Entities(text, find_mentions(text))
        self.scene = Scene(
            text,
            entities,
            [start for start, _ in sentences(text)],
            [match.start() for match in _LINE.finditer(text)],
            Quotations(text),
        )
        self.entities = entities
        self._facts: dict[int, list[Fact]] = {}
        self._named: dict[str, Speaker] = {}  # documents and organisations by their head word, as last named

    def read(self, row: Attribution) -> Speaker:
        """Return the speaker of one attribution, and remember it."""
        if not row.source:
            return UNKNOWN_SPEAKER
        start, end = row.source[0][0], row.source[-1][1]
        words = cut(self.text, row.source)
        persons, speaker = self._speaker(words, start, end)
        if len(persons) == 1:
            person = persons[0]
            self.scene.spoke.append((start, person))
            quotations = self.scene.quotations
            self.scene.contents.extend((span, quotations.inside(span[0] + 1), person) for span in row.content)
        return speaker

    def _speaker(self, words: str, start: int, end: int) -> tuple[list[Entity], Speaker]:
        stripped = words.strip(" \t\n,.:;\"'\u201c\u201d\u2019()")
        small = stripped.lower().removesuffix("'s").removesuffix("\u2019s")
        if small in PRONOUNS:
            return self._pronoun(start, PRONOUNS[small], words)
        if small in FIRST_PERSON or small in WE:
            return self._first_person(start, words, plural=small in WE)
        if small in RELATIVE:
            return self._relative(start, words)
        if small in PLURAL or small in NEUTER:
            return [], self._thing(small, start, words)
        persons = self._heads(stripped, start, end)
        if persons:
            return persons, self._persons(persons, "named in the source")
        return self._described(describe(stripped), stripped, start)

    def _heads(self, words: str, start: int, end: int) -> list[Entity]:
        """The named persons or organisations that the source is: those whose name ends at its head."""
        head, _, head_end, _ = head_of(words)
        offset = self.text.find(words, max(0, start - 2), end + 2)
        if offset < 0 or not head:
            return []
        place = offset + head_end
        found: list[Entity] = []
        for mention in self.entities.within(start, end):
            entity = self.entities.of(mention)
            inside = mention.start < place <= mention.end or mention.start < place - 2 <= mention.end
            joined = (
                found and re.fullmatch(r"(?:,? and |, | & )(?:\w+\.? ){0,3}", self.text[previous : mention.begin] + "")
                if found
                else None
            )
            if (inside and not found) or joined:
                if mention.name in PLACES and entity.type is None:
                    entity.type = SpeakerType.ORGANISATION
                elif entity.type is None:
                    entity.type = SpeakerType.ORGANISATION if mention.name in DEMONYMS else SpeakerType.PERSON
                if entity not in found:
                    found.append(entity)
                previous = mention.end
        return found

    def _persons(self, persons: list[Entity], why: str, confidence: float = 1.0) -> Speaker:
        """The speaker that these entities are; several are joined with `` ; ``."""
        profiles = [self._profile(person) for person in persons]
        kind = persons[0].type if len({person.type for person in persons}) == 1 else SpeakerType.GROUP
        roles = [role for role, _ in profiles if role]
        organisations = [organisation for _, organisation in profiles if organisation]
        person = kind is SpeakerType.PERSON
        return Speaker(
            name=" ; ".join(_without_article(entity.name) for entity in persons),
            type=kind,
            role=" ; ".join(dict.fromkeys(roles)) or None if person else None,
            organisation=" ; ".join(dict.fromkeys(organisations)) or None if person else None,
            why=why,
            confidence=confidence,
        )

    def _profile(self, person: Entity) -> tuple[str | None, str | None]:
        if person.type is not SpeakerType.PERSON:
            return None, None
        return choose(self._facts_of(person))

    def _facts_of(self, person: Entity) -> list[Fact]:
        if id(person) not in self._facts:
            self._facts[id(person)] = facts_of(self.entities, person)
        return self._facts[id(person)]

    def _pronoun(self, place: int, gender: str, words: str) -> tuple[list[Entity], Speaker]:
        return self._settle(rank(self.scene, place, gender), words)

    def _settle(self, ranked: list[Candidate], words: str) -> tuple[list[Entity], Speaker]:
        """Take the likeliest person, or leave the speaker unclear where the second is as likely."""
        if not ranked:
            return [], Speaker(
                None, SpeakerType.PERSON, description=words, why="no person before it fits", confidence=0.3
            )
        best = ranked[0]
        why = "likeliest of " + ", ".join(f"{one.entity.name} {one.chance:.2f}" for one in ranked[:3])
        if len(ranked) > 1 and best.chance - ranked[1].chance < _CLEAR:
            names = tuple(one.entity.name for one in ranked[:2])
            return [], Speaker(
                None, SpeakerType.PERSON, description=words, candidates=names, why=why, confidence=best.chance
            )
        return [best.entity], self._persons([best.entity], why, best.chance)

    def _first_person(self, place: int, words: str, *, plural: bool) -> tuple[list[Entity], Speaker]:
        """ "I" in a quotation is its speaker; outside it is the author."""
        for (start, end), quoted, person in reversed(self.scene.contents):
            if quoted and start <= place < end:
                return [person], self._persons([person], "first person in a quotation of this speaker", 0.9)
        if self.scene.quotations.inside(place):
            earlier = [person for where, person in self.scene.spoke if where < place]
            if earlier:
                return [earlier[-1]], self._persons([earlier[-1]], "first person in a quotation; the last speaker", 0.6)
        if not plural and len(self.article.authors) == 1:
            return [], Speaker(
                self.article.authors[0], SpeakerType.PERSON, why="first person: the author", confidence=0.8
            )
        kind = SpeakerType.GROUP if plural else SpeakerType.PERSON
        return [], Speaker(None, kind, description=words, why="first person, and nobody is named", confidence=0.4)

    def _relative(self, place: int, words: str) -> tuple[list[Entity], Speaker]:
        """ "who" means the noun phrase before it."""
        before = self.text[max(0, place - 80) : place].rstrip(" ,\u2014\u2013-")
        end = max(0, place - 80) + len(before)
        for mention in reversed(self.entities.within(max(0, end - 60), end)):
            gap = self.text[mention.end : end]
            if len(gap) > 40 or "." in gap:
                break
            entity = self.entities.of(mention)
            if not gap.strip() or (entity.type is SpeakerType.PERSON and gap.lstrip().startswith((",", "("))):
                if entity.type is None:
                    entity.type = SpeakerType.PERSON
                return [entity], self._persons([entity], "the name before the relative pronoun", 0.8)
        phrase = re.split(
            r"[,.;:()\"\u201c\u201d]|\b(?:and|but|to|by|with|for|of|in|on|from|about|said|that)\b", before
        )[-1].strip()
        if not phrase:
            return [], Speaker(None, None, description=words, confidence=0.3)
        return self._described(describe(phrase), phrase, end - len(phrase))

    def _thing(self, small: str, place: int, words: str) -> Speaker:
        """ "it" and "they" mean the organisation, document or group that spoke last, else the organisation named last."""
        wanted = (
            (SpeakerType.ORGANISATION, SpeakerType.DOCUMENT)
            if small in NEUTER
            else (SpeakerType.GROUP, SpeakerType.ORGANISATION, SpeakerType.ANONYMOUS)
        )
        for speaker in reversed(list(self._named.values())[-3:]):
            if speaker.type in wanted:
                return Speaker(
                    speaker.name,
                    speaker.type,
                    description=None if speaker.name else words,
                    why="what spoke last",
                    confidence=0.6,
                )
        best: Entity | None = None
        at = -1
        for entity in self.entities.all:
            mention = entity.before(place) if entity.type is SpeakerType.ORGANISATION else None
            if mention is not None and mention.start > at:
                best, at = entity, mention.start
        if best is not None and self.scene.sentence(place) - self.scene.sentence(at) <= 1:
            return Speaker(
                _without_article(best.name), SpeakerType.ORGANISATION, why="the organisation named last", confidence=0.5
            )
        kind = SpeakerType.ORGANISATION if small in NEUTER else SpeakerType.GROUP
        return Speaker(None, kind, description=words, why="nothing named fits", confidence=0.3)

    def _described(self, described: Described, words: str, place: int) -> tuple[list[Entity], Speaker]:
        """A description: of somebody known where it is definite, else of a document, an organisation, a group, nobody named."""
        kind = described.type
        if (
            kind is SpeakerType.ANONYMOUS
            and described.definite
            and described.head not in ("source", "sources", "person")
        ):
            persons, speaker = self._definite(described, words, place)
            if persons or speaker is not None:
                assert speaker is not None
                return persons, speaker
        if kind in (SpeakerType.DOCUMENT, SpeakerType.ORGANISATION):
            return [], self._document_or_organisation(described, words, place)
        name = None
        if kind is SpeakerType.GROUP and re.search(
            r"[A-Z]", described.phrase[1:] if not described.phrase[:1].isupper() else described.phrase
        ):
            name = _group_name(described.phrase)
        role = organisation = None
        if kind is SpeakerType.ANONYMOUS and described.role:
            fact = read_apposition(self.entities, words, place)
            role, organisation = (fact.role, fact.organisation) if fact else (described.role, None)
        speaker = Speaker(
            name, kind, role, organisation, description=None if name else words, why="a description without a name"
        )
        self._named.pop(described.head, None)
        self._named[described.head] = speaker
        return [], speaker

    def _definite(self, described: Described, words: str, place: int) -> tuple[list[Entity], Speaker | None]:
        """ "the senator": the person with that role, else the likeliest person."""
        ranked = rank(self.scene, place, described.gender)
        with_role = [
            one
            for one in ranked
            if any(fact.role and described.head in fact.role.lower().split() for fact in self._facts_of(one.entity))
        ]
        if with_role:
            best = with_role[0]
            return [best.entity], self._persons([best.entity], f"the only or likeliest {described.head}", 0.8)
        if ranked and ranked[0].chance >= _DESCRIPTION_CHANCE and self.scene.sentence(place) > 1:
            return [ranked[0].entity], self._persons(
                [ranked[0].entity], "a definite description; the likeliest person", ranked[0].chance * 0.8
            )
        return [], None

    def _document_or_organisation(self, described: Described, words: str, place: int) -> Speaker:
        named = re.search(
            r"[A-Z0-9]", _ARTICLE.sub("", words)[1:] if not described.phrase[:1].isupper() else described.phrase
        )
        if not named and described.definite:
            before = self._named.get(described.head)
            if before is not None and before.type is described.type:
                return before
            entity = self._organisation_called(described.head, place)
            if entity is not None and described.type is SpeakerType.ORGANISATION:
                return Speaker(
                    _without_article(entity.name),
                    SpeakerType.ORGANISATION,
                    why=f"the {described.head} named before",
                    confidence=0.8,
                )
        name = _without_article(described.phrase) if named else None
        speaker = Speaker(name, described.type, description=None if name else words, why="a description")
        self._named.pop(described.head, None)
        self._named[described.head] = speaker
        return speaker

    def _organisation_called(self, noun: str, place: int) -> Entity | None:
        """The organisation named last before the place whose name has this noun."""
        best: Entity | None = None
        at = -1
        for entity in self.entities.all:
            if entity.type is SpeakerType.ORGANISATION and noun in entity.name.lower().split():
                mention = entity.before(place)
                if mention is not None and mention.start > at:
                    best, at = entity, mention.start
        return best


def _without_article(name: str) -> str:
    return _ARTICLE.sub("", name)


def _group_name(phrase: str) -> str:
    """The words of a group from its first capital on: of "some Republicans" only "Republicans"."""
    match = re.search(r"\b[A-Z]", phrase)
    return phrase[match.start() :] if match else phrase
