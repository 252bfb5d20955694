"""What a name is made of: the word lists, a name in a text, and what its own words say that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.attribute.tables import words
from onrecord.model import SpeakerType

UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0410-\u042f" + "".join(
    character for character in map(chr, range(0x100, 0x250)) if character.isupper()
)
_ACRONYM = re.compile(rf"[{UPPER}][{UPPER}0-9&-]+s?|(?:[{UPPER}]\.){{2,}}")

TITLES = words("nouns", "title")
COURTESY = words("nouns", "courtesy")
ROLES = words("nouns", "role")
KIN = words("nouns", "kin")
DEMONYMS = words("nouns", "demonym")
PLACES = words("nouns", "place")
PLACE_BEGINS = words("nouns", "place-begins")
_MANY = re.compile(r"[A-Z]\w*(?:ists|crats|ials|rals|zens|goers|checkers|ience|ology|ism)")
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
PORTFOLIOS = words("nouns", "portfolio")
HEADS_PORTFOLIO = frozenset("Minister Secretary Ministers Secretaries".split())
ORGANISATION_WORDS = words("nouns", "organisation-name")
ORGANISATIONS_KNOWN = words("nouns", "organisation-known")
THINGS = words("nouns", "thing-name")
NOT_NAMES = words("nouns", "not-a-name")
COMMON = words("common-words")
FEMALE_NAMES = words("given-names", "female")
MALE_NAMES = words("given-names", "male")
_CITIES_TOO = frozenset(
    "washington london paris boston brooklyn lincoln dallas houston cleveland orlando phoenix milan santiago lima".split()
)
GIVEN = (FEMALE_NAMES | MALE_NAMES | words("given-names", "both")) - _CITIES_TOO
LAST_NAMES_TOO = frozenset("Justice Church Temple House Bush West".split())
_LONGEST_PERSON = 4  # words
LONGEST_ACRONYM = 6

_PERSON, _ORGANISATION = SpeakerType.PERSON, SpeakerType.ORGANISATION


@dataclass(slots=True)
class Mention:
    """One name in the text.

    Attributes:
        start, end: of the name, without titles.
        begin: of the name with the titles before it.
        words: the name's words.
        title: the titles before the name, as printed.
        type: person or organisation; None for a place, or a single word that may be the short form of a name.
    """

    start: int
    end: int
    begin: int
    words: tuple[str, ...]
    title: str = ""
    type: SpeakerType | None = None

    @property
    def name(self) -> str:
        """The name as one string with single blanks."""
        return " ".join(self.words)


def modifies(word: str) -> bool:
    """Whether a word before a name can describe it: "Democrat", "Texas", "Party"."""
    small = word.lower()
    return (
        word in DEMONYMS
        or word in PLACES
        or word in ORGANISATION_WORDS
        or (small in COMMON and small not in GIVEN)
        or small in ROLES
    )


def kind_of(mention: Mention) -> SpeakerType | None:
    """What a name is, by its own words and its title."""
    title = mention.title.lower().rsplit(None, 1)[-1] if mention.title else ""
    first, last, name = mention.words[0], mention.words[-1], mention.name
    if len(mention.words) == 1:
        if title and name not in PLACES:
            return _PERSON
        return _ORGANISATION if name in ORGANISATIONS_KNOWN or is_acronym(name) else None
    if name in ORGANISATIONS_KNOWN:
        return _ORGANISATION
    if name in PLACES or name.isupper() or (last in THINGS and last not in ORGANISATION_WORDS):
        return None
    if first in PLACE_BEGINS and not title and last not in ORGANISATION_WORDS:
        return None  # "Cape Hollin"
    given = first.lower() in GIVEN
    if title in TITLES | COURTESY or (given and last in LAST_NAMES_TOO):
        return _PERSON
    if (
        last in ORGANISATION_WORDS
        or name in ORGANISATIONS_KNOWN
        or is_acronym(first)
        or (first in ORGANISATIONS_KNOWN and not title)
    ):
        return _ORGANISATION
    if title or (given and last not in DEMONYMS):
        return _PERSON
    if first in DEMONYMS or first in PLACES or last in DEMONYMS or len(mention.words) > _LONGEST_PERSON:
        return None
    initial = any(len(word) == 2 and word.endswith(".") for word in mention.words)
    if last.lower() in COMMON and not initial:
        return None
    inner = any(word.lower() in GIVEN for word in mention.words[:-1])
    return _PERSON if inner or first.lower() not in COMMON else None


def is_acronym(word: str) -> bool:
    """Whether a word is short and in capitals, and no given name."""
    return _ACRONYM.fullmatch(word) is not None and len(word) <= LONGEST_ACRONYM and word.lower() not in GIVEN


def is_noun(word: str) -> bool:
    """Whether a word that no list knows is no last name by its ending: "Neoliberals", "Neuroscience"."""
    return _MANY.fullmatch(word) is not None
