"""What the words of a source are: a pronoun, names, or a description, and of which type.

The head of a description is its last noun before a preposition, a relative clause or a mark: the word that says what the
speaker is. "a spokesman for Clinton" is a spokesman, "Clinton's campaign" is a campaign, "two people familiar with the talks"
are people. Type by the conventions of news: a single or counted speaker without a name is anonymous, a bare plural is a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.attribute.naming import DEMONYMS, KIN, ROLES, TITLES
from onrecord.attribute.tables import words
from onrecord.model import SpeakerType

DOCUMENTS = words("nouns", "document")
ORGANISATIONS = words("nouns", "organisation")
_GENERIC = words("nouns", "generic")
_FEMALE = words("nouns", "female")
_MALE = words("nouns", "male")

PRONOUNS: dict[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
FIRST_PERSON = frozenset("i me my mine myself".split())
PLURAL = frozenset("they them their theirs themselves".split())
WE = frozenset("we us our ours ourselves".split())
NEUTER = frozenset("it its itself".split())
RELATIVE = frozenset("who whom whose which that".split())

_TOKEN = re.compile(r"\w[\w.&]*(?:[-'\u2019](?!s\b)\w+)*|['\u2019]s\b|[^\w\s]")
_STOP = words("nouns", "head-stop")
_DEFINITE = frozenset("the this that these those his her its their our both".split())
_INDEFINITE = frozenset("a an another one any".split())
_COUNTED = frozenset(
    """two three four five six seven eight nine ten several some few many most numerous multiple various dozens hundreds thousands
    scores couple number all other others half""".split()
)
_NUMBER = re.compile(r"\d")
_ANONYMOUS = frozenset(
    "source sources aide aides insider insiders official operative operatives confidant confidants adviser advisers".split()
)
_FIGURES = frozenset("percent per cent % majority minority half third quarter two-thirds percentage plurality".split())
_PLURALS = frozenset("people men women children media police public voters electorate masses folks pollsters".split())


@dataclass(frozen=True, slots=True)
class Described:
    """What a source without a name says about itself.

    Attributes:
        head: the word that says what the speaker is, in small letters, and where it stands in the words.
        definite: "the", "his", a possessive; then somebody known is meant.
        type: by its head and number.
        gender: by its head.
        phrase: the words to the head without article: what names a document or an organisation.
    """

    head: str
    start: int
    end: int
    definite: bool
    type: SpeakerType
    gender: str
    phrase: str
    role: str | None


def head_of(source: str) -> tuple[str, int, int, list[str]]:
    """Return the head of a noun phrase, where it stands, and the words before it."""
    before: list[str] = []
    best = ("", 0, 0)
    seen: list[str] = []
    for match in _TOKEN.finditer(source):
        word = match.group()
        small = word.lower()
        if best[0] and (small in _STOP or not (word[0].isalnum() or small in ("'s", "\u2019s", "'", "\u2019", "%"))):
            if small == "of" and best[0].lower() in _PARTITIVE and not before[1:2]:
                continue  # "one of the advisers": what counts comes after
            if (
                small in ("and", "or")
                and seen[:1]
                and seen[0] not in _DETERMINERS
                and best[0].islower()
                and not best[0].endswith("s")
            ):
                continue  # "state and local leaders"
            break
        plural = best[0].endswith("s") or best[0] in DOCUMENTS
        if best[0].islower() and plural and small.endswith(("ing", "ed")):
            break  # "companies looking for ...", "data presented by ..."
        if small in ("'s", "\u2019s", "'", "\u2019"):
            seen.append(small)
            continue
        before = list(seen)
        best = (word, match.start(), match.end())
        seen.append(small)
    return (*best, before)


_DETERMINERS = _DEFINITE | _INDEFINITE
_PARTITIVE = frozenset(
    "one two three some several many most few dozens hundreds number all each both none half scores couple couple".split()
)


def describe(source: str) -> Described:
    """Read a source that is neither a pronoun nor a name."""
    word, start, end, before = head_of(source)
    small = word.lower()
    first = before[0] if before else small
    single = singular(small)
    plural = (
        small in _PLURALS or (single != small and small.endswith("s")) or word.removesuffix("s") in DEMONYMS - {word}
    )
    possessed = any(part in ("'s", "\u2019s") for part in before)
    counted = any(part in _COUNTED or _NUMBER.match(part) for part in before) or small in _COUNTED or first in _COUNTED
    kind = _type(small, single, first, plural=plural, counted=counted)
    if first == "one" and "of" in source.split()[:2] and kind is SpeakerType.GROUP:
        kind = SpeakerType.ANONYMOUS
    definite = first in _DEFINITE or (possessed and first not in _INDEFINITE)
    gender = "f" if single in _FEMALE else "m" if single in _MALE else ""
    phrase = re.sub(
        r"^(?:the|a|an|this|that|these|those|his|her|its|their|our|some|one|another|new)\s+",
        "",
        source[:end],
        flags=re.IGNORECASE,
    )
    role = small if single in ROLES or single in TITLES else None
    return Described(small, start, end, definite, kind, gender, phrase, role)


def _type(small: str, single: str, first: str, *, plural: bool, counted: bool) -> SpeakerType:
    if small in _FIGURES or small in ("family", "families"):
        return SpeakerType.GROUP
    if small in ("someone", "somebody", "those"):
        return SpeakerType.ANONYMOUS
    if small in DOCUMENTS or single in DOCUMENTS:
        return SpeakerType.DOCUMENT
    if small in _GENERIC and first not in ("the", "a", "an", "another", "this"):
        return (
            SpeakerType.ANONYMOUS
            if counted and small in ("people", "person", "others") and first not in ("many", "most", "few", "all")
            else SpeakerType.GENERIC
        )
    human = single in ROLES or single in TITLES or single in KIN or single in _FEMALE or single in _MALE
    if small in _ANONYMOUS:
        return SpeakerType.ANONYMOUS
    if small in ORGANISATIONS or (single in ORGANISATIONS and not human and not plural):
        return SpeakerType.ORGANISATION
    if single in ORGANISATIONS and plural:
        return SpeakerType.GROUP
    if plural:
        return (
            SpeakerType.ANONYMOUS
            if counted and first not in ("many", "most", "some", "few", "all", "other", "both", "half")
            else SpeakerType.GROUP
        )
    return SpeakerType.ANONYMOUS


def singular(word: str) -> str:
    """Return the singular of a noun, by its ending."""
    if word.endswith("men") and len(word) > 3:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
