"""The persons and organisations of one article: its names put together.

A full name makes an entity; what agrees with it (initials, missing first names, case) joins it. A last name alone belongs to
the entity with that last name, a first name alone to the only one with that first name. Gender comes from courtesy titles,
gendered nouns beside the name, given names, in this order; it stays unknown where these say nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.attribute.naming import (
    COURTESY,
    DEMONYMS,
    FEMALE_NAMES,
    GIVEN,
    MALE_NAMES,
    ORGANISATION_WORDS,
    PLACE_BEGINS,
    PLACES,
    SUFFIXES,
    THINGS,
    Mention,
)
from onrecord.attribute.tables import words
from onrecord.attribute.usage import use_of
from onrecord.model import SpeakerType

_FEMALE = words("nouns", "female")
_MALE = words("nouns", "male")
_COMMON = words("common-words")
_TOO_COMMON = frozenset(
    """House Senate Court Department State Party University College Committee Council News Office Center Justice Security Rights
    Nations Union Congress Government Police Army Force Service Services""".split()
)
_READ = 40  # mentions of an entity whose surroundings are read
_REACH = 6000  # characters in which a short form looks for its name
_NAMESAKES = 50  # persons with one last name that are compared
_INTRODUCED = 2500  # characters after an introduction in which the bare last name means who was introduced
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_ALIAS = re.compile(r"\s?\((?:the )?[\"\u201c]?([A-Z][A-Z&.-]{1,9})[\"\u201d]?\)")


@dataclass(slots=True, eq=False)
class Entity:
    """A person or organisation of the article, with all the places where it is named.

    Attributes:
        name: the fullest name that the article uses, without titles.
        type: person, organisation, or None where nothing tells.
        gender: ``f``, ``m`` or ``""``.
        sure: for a person, whether a title, a known given name or the text around the name says so.
        thing: whether the text uses the name as that of a thing or a place.
        mentions: in the order of the text.
    """

    name: str
    type: SpeakerType | None
    gender: str = ""
    sure: bool = False
    thing: bool = False
    mentions: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Add a place where it is named, and take the name if it is fuller."""
        self.mentions.append(mention)
        self.starts.append(mention.start)

    def before(self, place: int) -> Mention | None:
        """The last mention before a place."""
        number = bisect_right(self.starts, place - 1)
        return self.mentions[number - 1] if number else None


class Entities:
    """All entities of a text, and the entity of each mention."""

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        self.text = text
        self.all: list[Entity] = []
        self._of: dict[int, Entity] = {}
        self._last: dict[str, list[Entity]] = {}
        self._first: dict[str, list[Entity]] = {}
        self._exact: dict[str, Entity] = {}
        alone = {mention.name for mention in mentions if len(mention.words) == 1}
        for mention in mentions:
            if mention.type is None and _may_be_person(mention) and mention.words[-1] in alone:
                mention.type = SpeakerType.PERSON  # its last word is used alone, as only last names are
            if len(mention.words) > 1 and mention.type is not None:
                self._add_full(mention)
        for mention in mentions:
            if mention.start not in self._of:
                self._add_short(mention)
        self._mentions = [mention for mention in mentions if mention.start in self._of]
        self._places = [mention.start for mention in self._mentions]
        for entity in self.all:
            entity.mentions.sort(key=lambda mention: mention.start)
            entity.starts = [mention.start for mention in entity.mentions]
            _weigh(text, entity)
            if entity.type is SpeakerType.PERSON:
                entity.gender = _gender(text, entity)
                entity.sure = entity.sure or bool(entity.gender)

    def learn(self, headline: str) -> None:
        """Take from a headline the given names of persons whom the text names by the last name only.

        In a headline every word may have a capital; so only a given name right before such a last name counts.
        """
        parts = [part.strip(",.:;\"\u201c\u201d\u2018\u2019'") for part in headline.split()]
        for given, last in pairwise(parts):
            for entity in self._last.get(_key(last.removesuffix("'s").removesuffix("\u2019s")), ())[:1]:
                if given.lower() in FEMALE_NAMES | MALE_NAMES and " " not in entity.name and given[:1].isupper():
                    entity.name = f"{given} {entity.name}"
                    entity.type = entity.type or SpeakerType.PERSON
                    entity.gender = entity.gender or _given_gender((given, last))

    def of(self, mention: Mention) -> Entity:
        """The entity that a mention names."""
        return self._of[mention.start]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in a stretch of the text."""
        return self._mentions[bisect_right(self._places, start - 1) : bisect_right(self._places, end - 1)]

    def persons_before(self, place: int, reach: int, most: int) -> list[Entity]:
        """The persons named last before a place, the latest first.

        Args:
            place: in the text.
            reach: how many characters to go back.
            most: how many persons at most.
        """
        found: dict[Entity, None] = {}
        for mention in reversed(self.within(max(0, place - reach), place)):
            entity = self._of[mention.start]
            if entity.type is SpeakerType.PERSON:
                found.setdefault(entity)
                if len(found) == most:
                    break
        return list(found)

    def organisation_before(self, place: int, noun: str = "", names: frozenset[str] = frozenset()) -> Entity | None:
        """The organisation named last before a place.

        Args:
            place: in the text.
            noun: a word in small letters that its name must have.
            names: words of which its name must have one.
        """
        for mention in reversed(self.within(max(0, place - _REACH), place)):
            entity = self._of[mention.start]
            if entity.type is SpeakerType.ORGANISATION:
                parts = entity.name.split()
                if (not noun or noun in entity.name.lower().split()) and (not names or names & set(parts)):
                    return entity
        return None

    def called(self, name: str) -> Entity | None:
        """The entity with exactly this name or alias, else the only one with this last name; case aside."""
        key = _key(name)
        same = self._last.get(key, ())
        return self._exact.get(key) or (same[0] if len(same) == 1 else None)

    def _new(self, mention: Mention, kind: SpeakerType | None) -> Entity:
        entity = Entity(mention.name, kind)
        self.all.append(entity)
        return entity

    def _put(self, mention: Mention, entity: Entity) -> None:
        entity.add(mention)
        self._of[mention.start] = entity

    def _add_full(self, mention: Mention) -> None:
        key = _key(mention.name)
        entity = self._exact.get(key)
        if entity is None and mention.type is SpeakerType.PERSON:
            entity = self._same_person(mention)
            if entity is None:
                entity = self._new(mention, mention.type)
                self._first.setdefault(mention.words[0].lower(), []).append(entity)
            last = _last_name(mention.words)
            if entity not in self._last.setdefault(last, []):
                self._last[last].append(entity)
            if _is_fuller(mention.words, tuple(entity.name.split())):
                entity.name = mention.name
        elif entity is None:
            entity = self._new(mention, mention.type)
            for short in _short_forms(mention.words):
                self._exact.setdefault(short, entity)
            alias = _ALIAS.match(self.text, mention.end)
            if alias:
                self._exact[alias.group(1).lower()] = entity
        self._exact.setdefault(key, entity)
        self._put(mention, entity)

    def _same_person(self, mention: Mention) -> Entity | None:
        for entity in self._last.get(_last_name(mention.words), [])[-_NAMESAKES:]:
            if agree(mention.words, tuple(entity.name.split())):
                return entity
        return None

    def _add_short(self, mention: Mention) -> None:
        key = _key(mention.name)
        entity = self._person_called(key, mention) if len(mention.words) == 1 else None
        entity = entity or self._exact.get(key)
        if entity is None and key.endswith("s") and len(mention.words) == 1 and key[:-1] in self._last:
            return  # "the Clintons" are not one of them
        if entity is None:
            entity = self._new(mention, mention.type)
            self._exact[key] = entity
            if len(mention.words) == 1 and mention.type is not SpeakerType.ORGANISATION:
                self._last.setdefault(key, []).append(entity)
        elif entity.type is None and mention.type is not None:
            entity.type = mention.type
        self._put(mention, entity)

    def _person_called(self, key: str, mention: Mention) -> Entity | None:
        """The person with this last name, else the only one with this first name."""
        for table in (self._last, self._first):
            found = [entity for entity in table.get(key, [])[-_NAMESAKES:] if not _contradicts(mention, entity)]
            if len(found) == 1:
                return found[0]
            if found and table is self._last:
                return _usual(found, mention)
        return None


def _weigh(text: str, entity: Entity) -> None:
    """Settle by the text around its names whether an entity that has the form of a person's name, or none, is a person."""
    if entity.type is SpeakerType.ORGANISATION:
        return
    entity.sure = entity.type is SpeakerType.PERSON and (
        entity.name.split()[0].lower() in GIVEN or any(mention.title for mention in entity.mentions[:_READ])
    )
    if not entity.sure:
        uses = sum(use_of(text, mention) for mention in entity.mentions[:_READ])
        short = any(len(mention.words) == 1 for mention in entity.mentions) and " " in entity.name
        entity.sure = uses > 0 or (uses == 0 and short)
        entity.thing = uses < 0
        if entity.thing:
            entity.type = None


def _may_be_person(mention: Mention) -> bool:
    """Whether a name of unknown kind has the form of a person's."""
    first, last = mention.words[0], mention.words[-1]
    small = last.lower()
    return (
        2 <= len(mention.words) <= 3
        and mention.name not in PLACES
        and first not in PLACES | DEMONYMS | PLACE_BEGINS
        and last not in PLACES | DEMONYMS | ORGANISATION_WORDS | THINGS
        and small not in _COMMON
    )


def _is_fuller(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name says more than another; an epithet before it ("Crooked X") is no part of it."""
    if len(" ".join(name)) <= len(" ".join(other)):
        return False
    return not (
        name[1:] == other and len(other) > 1 and name[0].lower() not in FEMALE_NAMES | MALE_NAMES and "." not in name[0]
    )


def _usual(found: list[Entity], mention: Mention) -> Entity:
    """Of several persons with one last name, whom the bare last name means.

    The one who was introduced with a title not long before, else the one named most often.
    """
    earlier = [entity for entity in found if entity.mentions and entity.mentions[0].start < mention.start]
    for entity in sorted(earlier, key=lambda entity: -entity.mentions[0].start):
        if entity.mentions[0].title and mention.start - entity.mentions[0].start < _INTRODUCED:
            return entity
    return max(earlier or found, key=lambda entity: len(entity.mentions))


def _contradicts(mention: Mention, entity: Entity) -> bool:
    title = mention.title.lower().split()
    gender = "f" if any(word in _FEMALE for word in title) else "m" if any(word in _MALE for word in title) else ""
    return bool(gender) and _given_gender(tuple(entity.name.split())) not in ("", gender)


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of persons with the same last name can be one: given names equal, an initial, or missing."""
    short, long = sorted((_given_names(one), _given_names(other)), key=len)
    return all(any(_same_given(a, b) for b in long) for a in short)


def _same_given(a: str, b: str) -> bool:
    return (
        a == b
        or (len(a) == 1 and b.startswith(a))
        or (len(b) == 1 and a.startswith(b))
        or (min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)))
    )


def _given_names(name: tuple[str, ...]) -> list[str]:
    return [word.lower().strip(".\"\u201c\u201d\u2018\u2019'") for word in name if word.lower() not in SUFFIXES][:-1]


def _last_name(name: tuple[str, ...]) -> str:
    return _key(next((word for word in reversed(name) if word.lower() not in SUFFIXES), name[-1]))


def _key(name: str) -> str:
    return name.lower().replace("\u2019", "'")


def _short_forms(name: tuple[str, ...]) -> list[str]:
    """How an organisation is named for short: its initials, its last words, its name without the last word."""
    initials = "".join(word[0] for word in name if word[0].isupper())
    forms = [initials.lower()] if len(initials) > 2 else []
    if name[-1] not in _TOO_COMMON:
        forms.append(name[-1].lower())
    alone = not name[0].isupper() or name[-1] in ORGANISATION_WORDS or name[-1] in PLACES  # "NBC News", not "UN Relief"
    if (
        len(name) == 2
        and alone
        and name[0].lower() not in _COMMON
        and name[0] not in PLACES
        and name[0] not in DEMONYMS
    ):
        forms.append(name[0].lower())
    if len(name) > 2:
        forms.extend((" ".join(name[-2:]).lower(), " ".join(name[:-1]).lower()))
    return forms


def _given_gender(name: tuple[str, ...]) -> str:
    for word in name[: max(1, len(name) - 1)]:
        small = word.lower().split("-")[0]
        if small in FEMALE_NAMES:
            return "f"
        if small in MALE_NAMES:
            return "m"
    return ""


def _gender(text: str, entity: Entity) -> str:
    """Gender by courtesy titles, then by gendered nouns beside the name, then by the given name."""
    votes = {"f": 0, "m": 0}
    for mention in entity.mentions:
        for word in mention.title.lower().split():
            weight = 3 if word in COURTESY else 1
            votes["f"] += weight * (word in _FEMALE)
            votes["m"] += weight * (word in _MALE)
    if votes["f"] != votes["m"]:
        return max(votes, key=lambda gender: votes[gender])
    for mention in entity.mentions[:4]:
        near = _WORD.findall(text[max(0, mention.begin - 24) : mention.begin].lower())[-1:]
        if near and near[0] in _FEMALE:
            return "f"
        if near and near[0] in _MALE:
            return "m"
    return _given_gender(tuple(entity.name.split())) if " " in entity.name else ""
