"""Who is said to have said it, as far as the article tells.

Sources are read in the order of the text, so that what was settled before ("Smith said") helps with what comes after ("he
added"). Each form of source has its reader, and a reader gives up rather than guess: two persons who are equally likely make
the speaker unclear, with both as candidates. Roles and organisations are looked up at the end, when all is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.attribute.descriptions import definite, plural_or_thing, unnamed
from onrecord.attribute.entities import Entity
from onrecord.attribute.heads import heads
from onrecord.attribute.naming import DEMONYMS, PLACES
from onrecord.attribute.organisations import PARTIES, department_of
from onrecord.attribute.profiles import choose, facts_of, role_descriptions
from onrecord.attribute.pronouns import rank
from onrecord.attribute.roles import Fact
from onrecord.attribute.scene import Reading, Scene
from onrecord.attribute.sources import FIRST_PERSON, NEUTER, PLURAL, PRONOUNS, RELATIVE, WE, describe
from onrecord.model import UNKNOWN_SPEAKER, Attribution, Speaker, SpeakerType, cut

_NAMED = 0.98  # share right of the sources that name their speaker
_CLEAR = 0.15  # how much likelier the first candidate must be than the second: else the speaker is unclear
_SURE_ONCE = 0.8
_SURE = 0.6  # chance from which on a description counts as the role of a person who has none
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_MARKS = " \t\n,.:;\"'\u201c\u201d\u2019()"
_BEFORE_RELATIVE = re.compile(
    r"[,.;:()\"\u201c\u201d]|\b(?:and|but|to|by|with|for|of|in|on|from|about|said|that)\b", re.IGNORECASE
)


def read_speakers(scene: Scene, attributions: Sequence[Attribution]) -> list[Speaker]:
    """Return the speaker of each attribution.

    Args:
        scene: what is known about the article; who spoke is added to it.
        attributions: in any order.
    """
    profiles = _Profiles(scene)
    order = sorted(
        range(len(attributions)), key=lambda number: attributions[number].source or attributions[number].content
    )
    readings: list[Reading | None] = [None] * len(attributions)
    for number in order:
        readings[number] = _read(scene, profiles, attributions[number])
    return [UNKNOWN_SPEAKER if reading is None else profiles.speaker(reading) for reading in readings]


def _read(scene: Scene, profiles: _Profiles, row: Attribution) -> Reading | None:
    """Read one source, and remember who spoke."""
    if not row.source:
        return None
    start, end = row.source[0][0], row.source[-1][1]
    reading = _source(scene, profiles, cut(scene.text, row.source), start, end)
    if len(reading.persons) == 1:
        scene.speaks(start, reading.persons[0], row.content)
    return reading


def _source(scene: Scene, profiles: _Profiles, words: str, start: int, end: int) -> Reading:
    stripped = words.strip(_MARKS)
    small = stripped.lower().removesuffix("'s").removesuffix("\u2019s")
    if small in PRONOUNS:
        return _pronoun(scene, start, PRONOUNS[small], words)
    if small in FIRST_PERSON or small in WE:
        return _first_person(scene, start, words, plural=small in WE)
    if small in RELATIVE:
        return _relative(scene, profiles, start, words)
    if small in PLURAL or small in NEUTER:
        return plural_or_thing(scene, small, start, words)
    persons = heads(scene.entities, start, end)
    if persons:
        return Reading(tuple(persons), why="named in the source", confidence=_NAMED)
    return _described(scene, profiles, stripped, start)


def _pronoun(scene: Scene, place: int, gender: str, words: str) -> Reading:
    """ "he": the likeliest person, or unclear where the second is as likely."""
    ranked = rank(scene, place, gender)
    if not ranked:
        return Reading((), SpeakerType.PERSON, description=words, why="no person before it fits", confidence=0.3)
    best = ranked[0]
    why = "likeliest of " + ", ".join(f"{one.entity.name} {one.chance:.2f}" for one in ranked[:3])
    if len(ranked) > 1 and best.chance - ranked[1].chance < _CLEAR:
        names = (best.entity.name, ranked[1].entity.name)
        return Reading((), SpeakerType.PERSON, description=words, candidates=names, why=why, confidence=best.chance)
    return Reading((best.entity,), why=why, confidence=best.chance)


def _first_person(scene: Scene, place: int, words: str, *, plural: bool) -> Reading:
    """ "I" in a quotation is its speaker; outside it is the author."""
    for quoted, person in reversed(scene.around(place)):
        if quoted:
            return Reading((person,), why="first person in a quotation of this speaker", confidence=0.9)
    if scene.quotations.inside(place):
        earlier = scene.spoke_before(place, 1)
        if earlier:
            return Reading((earlier[0][1],), why="first person in a quotation; the last speaker", confidence=0.6)
    if not plural and len(scene.article.authors) == 1:
        author = scene.article.authors[0]
        return Reading((), SpeakerType.PERSON, author, why="first person: the author", confidence=0.8)
    kind = SpeakerType.GROUP if plural else SpeakerType.PERSON
    return Reading((), kind, description=words, why="first person, and nobody is named", confidence=0.4)


def _relative(scene: Scene, profiles: _Profiles, place: int, words: str) -> Reading:
    """ "who": the noun phrase before it."""
    begin = max(0, place - 80)
    before = scene.text[begin:place].rstrip(" ,\u2014\u2013-")
    end = begin + len(before)
    for mention in reversed(scene.entities.within(max(0, end - 60), end)):
        gap = scene.text[mention.end : end]
        if len(gap) > 40 or "." in gap:
            break
        entity = scene.entities.of(mention)
        if not gap.strip() or (entity.type is SpeakerType.PERSON and gap.lstrip().startswith((",", "("))):
            if mention.name in PLACES or mention.name in DEMONYMS:
                break
            if entity.type is None:
                entity.type = SpeakerType.ORGANISATION if entity.thing else SpeakerType.PERSON
            return Reading((entity,), why="the name before the relative pronoun", confidence=0.8)
    phrase = _BEFORE_RELATIVE.split(before)[-1].strip()
    if not phrase:
        return Reading((), None, description=words, why="nothing before the relative pronoun", confidence=0.3)
    reading = _described(scene, profiles, phrase, end - len(phrase))
    thing = words.lower() == "which" and reading.type is SpeakerType.ANONYMOUS
    return replace(reading, type=SpeakerType.DOCUMENT) if thing else reading


def _described(scene: Scene, profiles: _Profiles, words: str, place: int) -> Reading:
    described = describe(words)
    if described.type is SpeakerType.ANONYMOUS and described.definite and described.head not in ("source", "sources"):
        reading = definite(scene, described, words, place, profiles.facts)
        if reading is not None:
            return reading
    return unnamed(scene, described, words, place)


class _Profiles:
    """Roles and organisations of the persons of one article, each looked up once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._facts: dict[int, list[Fact]] = {}
        self._described: dict[int, list[Fact]] | None = None
        self._bearers: dict[str, set[int]] | None = None

    def facts(self, person: Entity) -> list[Fact]:
        """What stands beside the person's name."""
        if id(person) not in self._facts:
            self._facts[id(person)] = facts_of(self._scene.entities, person)
        return self._facts[id(person)]

    def speaker(self, reading: Reading) -> Speaker:
        """The speaker that a reading gives; several persons are joined with `` ; ``."""
        if not reading.persons:
            return Speaker(
                reading.name,
                reading.type,
                reading.role,
                reading.organisation,
                reading.description,
                reading.candidates,
                reading.why,
                reading.confidence,
            )
        types = {person.type for person in reading.persons}
        mixed = SpeakerType.GROUP if SpeakerType.PERSON in types else SpeakerType.ORGANISATION
        kind = types.pop() if len(types) == 1 else mixed
        role = organisation = None
        if kind is SpeakerType.PERSON:
            profiles = [self._profile(person) for person in reading.persons]
            role = " ; ".join(dict.fromkeys(one for one, _ in profiles if one)) or None
            organisation = " ; ".join(dict.fromkeys(one for _, one in profiles if one)) or None
        name = " ; ".join(_ARTICLE.sub("", person.name) for person in reading.persons)
        return Speaker(name, kind, role, organisation, why=reading.why, confidence=reading.confidence)

    def _profile(self, person: Entity) -> tuple[str | None, str | None]:
        role, organisation = choose(self.facts(person) + self._roles_described().get(id(person), []))
        return role, organisation or (department_of(self._scene.entities, role) if role else None)

    def _roles_described(self) -> dict[int, list[Fact]]:
        """Roles by which the article speaks of a person without the name: "the attorney general", "the Republican nominee"."""
        if self._described is None:
            self._described = {}
            said: dict[str, list[Fact]] = {}
            chances: dict[str, dict[int, float]] = {}
            for fact, gender in role_descriptions(self._scene.entities):
                if self._scene.quotations.inside(fact.where):
                    continue
                key = (fact.role or "").lower()
                said.setdefault(key, []).append(fact)
                people = chances.setdefault(key, {})
                for one in rank(self._scene, fact.where, gender):
                    fit = one.chance * self._agreement(one.entity, fact)
                    people[id(one.entity)] = people.get(id(one.entity), 0.0) + fit
            for key, people in chances.items():
                person, fit = max(people.items(), key=lambda pair: pair[1], default=(0, 0.0))
                if fit >= max(_SURE * sum(people.values()), _SURE_ONCE) or self._only_one(said[key][0]) == person:
                    self._described.setdefault(person, []).extend(said[key])
        return self._described

    def _agreement(self, person: Entity, fact: Fact) -> float:
        """How well a described role goes with what stands beside a person's names: 0 where it contradicts it.

        A bare role ("the senator") means one of those who have it beside their name, if there are any.
        """
        role = (fact.role or "").lower().split()
        holders = self._holders(role[0]) if len(role) == 1 else set()
        if holders and id(person) not in holders:
            return 0.0
        parties = {other.organisation for other in self.facts(person)} & set(PARTIES.values())
        if fact.organisation is None or not parties:
            return 1.0
        return 4.0 if fact.organisation in parties else 0.0

    def _holders(self, head: str) -> set[int]:
        """The persons who have a role with this head beside their name."""
        return self._beside().get(head, set())

    def _only_one(self, fact: Fact) -> int | None:
        """The person of a described role's party, if the article has only one who has a role with it."""
        members = self._beside().get(fact.organisation or "", set())
        return next(iter(members)) if len(members) == 1 else None

    def _beside(self) -> dict[str, set[int]]:
        """Who bears each word of a role, and each party together with a role, beside the name."""
        if self._bearers is None:
            self._bearers = {}
            for person in self._scene.entities.all:
                if person.type is SpeakerType.PERSON:
                    for fact in self.facts(person):
                        role = (fact.role or "").lower().split()
                        for key in (*role, *([fact.organisation] if role and fact.organisation else [])):
                            self._bearers.setdefault(key, set()).add(id(person))
        return self._bearers
