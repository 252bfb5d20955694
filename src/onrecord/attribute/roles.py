"""Phrases that say what a person does, with the organisation in them.

Before a name a phrase ends with its role: "Clinton campaign spokesman", "Former NAACP president". After a name it begins with
it: "an activist in the Y campaign", "executive vice president of the Association", "a supporter and president of the Center".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.attribute import organisations
from onrecord.attribute.acts import known as is_cue
from onrecord.attribute.entities import Entities
from onrecord.attribute.naming import COURTESY, DEMONYMS, KIN, PORTFOLIOS, ROLES, TITLES
from onrecord.attribute.sources import singular
from onrecord.attribute.tables import words
from onrecord.model import SpeakerType

OFFICES = ROLES | TITLES
STOP = words("nouns", "stop")
FORMER = frozenset("former ex- late onetime one-time ex ex-".split())
_VAGUE = words("nouns", "vague")
_OFFICES_FIRST = words("nouns", "office")
_FULL = {"Sen.": "senator", "Gen.": "general"}
_MODIFIERS = words("role-modifiers")
_CHAMBERS = words("nouns", "part-of-title")
_ADDRESS = frozenset("dr dr. drs. sir".split())  # said to a person, not what the person does
_AFTER_ROLE = re.compile(r"(?<=\w) Drs?\.?$")
_ARTICLES = frozenset("a an the his her their its one another then now".split())
TOKEN = re.compile(r"[\w&][\w.&-]*(?:['\u2019](?!s\b)\w+)*(?:['\u2019]s\b)?|['\u2019]")
_COMPOUND = re.compile(
    r"(?:chief of staff|secretar(?:y|ies) of (?:state|the treasury|defen[sc]e|labor|commerce)|attorney general|editor[- ]in[- ]chief|"
    r"commander[- ]in[- ]chief|secretary[- ]general|chief executive officer|chief executive|chief (?:financial|operating|technology) "
    r"officer|first lady|prime minister|vice[- ]president|head of state|head of government)",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(of|for|in|at|with) (?:the )?([A-Z][\w.&'\u2019-]*(?: [A-Z][\w.&'\u2019-]*)*(?: [a-z-]+){0,2})\Z")
_SECOND = re.compile(r"(?: [\w-]+){0,3} and (?:is )?(?:also )?(?:now )?(?:a |an |the )?")
_COUNT = re.compile(
    r"^(?:(?:\d+-year-old|least|most|one|two|three|four|five|several|some|many|all|both|other|another|more) )+"
)
_VERBAL = ("ed", "ing", "ly")
_LONGEST = 6  # words before a role that belong to it
_REACH = 120  # characters of a phrase that are read


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the article says about a person: a role, an organisation, or both.

    ``weight`` says how well it stands for the person; ``where`` is the place in the text.
    """

    role: str | None
    organisation: str | None = None
    weight: float = 1.0
    where: int = 0


def weight_of(role: str, organisation: str | None) -> float:
    """An office goes before a vague word (native, supporter), a present one before a former one, a full one before a bare one."""
    small = role.lower().split()
    weight = 1.0 + 0.5 * bool(organisation) + 0.2 * (len(small) > 1) - 0.8 * (small[-1] in _VAGUE)
    weight += 0.4 * any(word in _OFFICES_FIRST for word in small)
    return weight - any(word.rstrip("-") in FORMER for word in small)


def is_family(role: str) -> bool:
    """Whether a phrase names a relation, which is no role."""
    return role.lower().split()[-1] in KIN


def read_before(
    entities: Entities, start: int, end: int, *, apposed: bool = False, plural: bool = False
) -> Fact | None:
    """Read a phrase that ends with a role, right before a name.

    Args:
        entities: the names of the article.
        start, end: the phrase in the text.
        apposed: a comma parts it from the name ("the group's director, X"); then it must begin with an article or possessive.
        plural: the role is one of several persons ("candidates X and Y"); it is given as one person's.
    """
    piece = entities.text[start:end].rstrip()
    if plural:
        single = singular(piece)
        if single == piece:
            return None
        piece = single
    tokens = [(match.group(), match.start()) for match in TOKEN.finditer(piece)]
    if not tokens:
        return None
    head = len(tokens) - 1
    compound = next((match for match in _COMPOUND.finditer(piece) if match.end() == len(piece)), None)
    if compound is None and tokens[head][0].lower() not in OFFICES:
        return None if apposed else _role_of(entities, piece, tokens, start)
    first = next(number for number, token in enumerate(tokens) if token[1] >= compound.start()) if compound else head
    while (
        first
        and head - first < _LONGEST
        and (tokens[first - 1][0].lower() in OFFICES or is_modifier(tokens[first - 1][0]))
    ):
        first -= 1
    if first and head - first < 2 and tokens[first][0].lower() not in TITLES and _may_modify(tokens[first - 1][0]):
        first -= 1
    while first and _belongs(tokens, first - 1):
        first -= 1
    opener = tokens[first - 1][0] if first else ""
    owned = opener.endswith(("'s", "\u2019s"))
    if apposed and not owned and not _has_article(tokens, first):
        return None
    role = _AFTER_ROLE.sub("", _singular_title(piece[tokens[first][1] :], entities.text))
    if role.lower() in COURTESY or role.lower() in _ADDRESS or is_family(role):
        return None
    organisation = organisations.party_of(role)
    if organisation is None and first:
        stop = start + tokens[first - 1][1] + len(opener) - 2 * owned
        organisation = organisations.before(entities, stop, owned, role)
        if organisation and any(word.lower().rstrip("-") in FORMER for word, _ in tokens[max(0, first - 5) : first]):
            role = f"former {role}"
    if first and opener.lower().rstrip("-") in FORMER:
        role = f"{opener} {role}"
    return Fact(role, organisation, weight_of(role, organisation), start + tokens[first][1])


def _has_article(tokens: list[tuple[str, int]], first: int) -> bool:
    """Whether an article stands before the role, with nothing but a name between: "Another Delta Radio host"."""
    number = first - 1
    while number > 0 and tokens[number][0][0].isupper():
        number -= 1
    return number >= 0 and tokens[number][0].lower() in _ARTICLES


def _role_of(entities: Entities, piece: str, tokens: list[tuple[str, int]], start: int) -> Fact | None:
    """ "member of Furat Post campaign" right before a name."""
    link = _OF.search(piece)
    if link is None or link.group(2).lower().split()[0] in COURTESY:
        return None
    heads = [(word, place) for word, place in tokens if place < link.start()]
    if not heads or heads[-1][0].lower() not in ROLES or piece[heads[-1][1] + len(heads[-1][0]) : link.start()] != " ":
        return None
    last = link.group(2).split()[-1]
    if last.islower() and last not in organisations.ORGANISATION_NOUNS:
        return None
    return Fact(heads[-1][0], link.group(2), 1.3, start + heads[-1][1])


def _belongs(tokens: list[tuple[str, int]], number: int) -> bool:
    """Whether a capitalised word is part of the title after it: "House Speaker", "Republican nominee", not "White House"."""
    word = tokens[number][0]
    if word in DEMONYMS or word in organisations.PARTIES:
        return True
    if word in PORTFOLIOS and tokens[number + 1][0].lower() in ("minister", "secretary"):
        return True
    return word in _CHAMBERS and not (word == "House" and number and tokens[number - 1][0] == "White")


def is_modifier(word: str) -> bool:
    """Whether a word in small letters can stand before a role inside it: "senior", "campaign", "presidential"."""
    return word.islower() and word not in KIN and (word in _MODIFIERS or word in organisations.ORGANISATION_NOUNS)


def _may_modify(word: str) -> bool:
    """Whether an unknown word in small letters may modify a role: no verb, no adverb, no small word."""
    return (
        word.islower() and word.isalpha() and word not in STOP | KIN and not is_cue(word) and not word.endswith(_VERBAL)
    )


def _singular_title(role: str, text: str) -> str:
    """A title as said of one person; "Sen." is "senator" where the article has that word too."""
    role = role.strip().replace("Sens.", "Sen.").replace("Reps.", "Rep.").replace("Govs.", "Gov.")
    full = _FULL.get(role)
    return full if full and re.search(rf"\b{full}s?\b", text, re.IGNORECASE) else role


def read_after(entities: Entities, start: int, end: int, *, strict: bool = False) -> list[Fact]:
    """Read a phrase that begins with a role; it may name two ("a supporter and president of the Center").

    Args:
        entities: the names of the article.
        start, end: the phrase in the text.
        strict: only accept a phrase that an article begins.
    """
    text = entities.text
    found: list[Fact] = []
    while True:
        if text.startswith("one of ", start):
            start += 7
        piece = text[start : min(end, start + _REACH)]
        tokens = [(match.group(), match.start()) for match in TOKEN.finditer(piece)]
        article = bool(tokens) and tokens[0][0].lower() in _ARTICLES
        if not tokens or (strict and not article and not found) or (not found and _is_verb(tokens[0][0])):
            return found
        head = head_of(piece, tokens, int(article), loose=article or bool(found))
        if head is None:
            return found
        stop = tokens[head][1] + len(tokens[head][0])
        fact = _fact(entities, piece, tokens, int(article), head, start, end)
        if fact is not None:
            found.append(fact)
        second = _SECOND.match(piece, stop)
        if second is None or len(found) > 2:
            return found
        start += second.end()


def _is_verb(word: str) -> bool:
    """Whether a phrase that begins so says what a person did: ", told a reporter"."""
    return word.islower() and is_cue(word)


def _fact(
    entities: Entities, piece: str, tokens: list[tuple[str, int]], begin: int, head: int, start: int, end: int
) -> Fact | None:
    """The fact of a phrase whose role ends at the token `head`."""
    first = begin
    for mention in entities.within(start + tokens[begin][1], start + tokens[begin][1] + 1):
        if entities.of(mention).type is SpeakerType.ORGANISATION:  # "State Department", though states have officers too
            first = next((number for number in range(begin, head) if start + tokens[number][1] >= mention.end), begin)
    while first < head and tokens[first][0][0].isupper() and not _titles(tokens[first][0]):
        first += 1
    owner = next(
        (number for number in range(head - 1, begin - 1, -1) if tokens[number][0].endswith(("'s", "\u2019s"))), None
    )
    if owner is not None:
        first = owner + 1
    stop = tokens[head][1] + len(tokens[head][0])
    role = _COUNT.sub("", piece[tokens[first][1] : stop])
    if not role or is_family(role):
        return None
    organisation = None
    if first > begin:
        word, place = tokens[first - 1]
        owned = word.endswith(("'s", "\u2019s"))
        organisation = organisations.before(entities, start + place + len(word) - 2 * owned, owned, role)
    organisation = (
        organisations.after(entities, start + stop, end) or organisation or organisations.party_of(piece[:stop])
    )
    return Fact(role, organisation, weight_of(role, organisation) + 0.2, start)


def _titles(word: str) -> bool:
    """Whether a capitalised word is part of a role, not the name of an organisation before it."""
    return word in DEMONYMS or word in _CHAMBERS or word.lower() in OFFICES


def head_of(piece: str, tokens: list[tuple[str, int]], begin: int, *, loose: bool) -> int | None:
    """Return the number of the token that is the role: the first role noun that no other noun of the phrase follows.

    Args:
        piece: the phrase.
        tokens: its words and where they begin.
        begin: the first that may count.
        loose: whether many words may stand before the role.
    """
    for number in range(begin, min(len(tokens), begin + (9 if loose else 5))):
        word, start = tokens[number]
        if number > begin and (word.lower() in STOP or "," in piece[tokens[number - 1][1] : start]):
            return None
        if word.lower() not in OFFICES:
            continue
        compound = _COMPOUND.match(piece, start)
        if compound:
            return max(other for other, token in enumerate(tokens) if token[1] < compound.end())
        if number + 1 < len(tokens):
            follow, place = tokens[number + 1]
            small = follow.lower()
            if piece[start + len(word) : place] == " " and (
                small in OFFICES or small in ("vice", "deputy") or small in KIN
            ):
                continue
        return number
    return None
