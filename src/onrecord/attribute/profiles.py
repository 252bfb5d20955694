"""What the article says a person is: the role, and the organisation spoken for.

Forms (N name, R role, O organisation)::

    O R N             Syrian Observatory for Human Rights Director Rami Abdulrahman; Clinton spokesman Nick Merrill
    N, (a|the) R of O N, an activist in the Y campaign,      N, the Clinton spokesman,
    N, who leads O    N, who runs the Harbour Institute; N, who works on trade at the Harbour Institute
    the R, N,         The state's campaign chairman, Phil Lovas,
    a R for O, N,     A lawyer for the Harbour Institute, Petra Holm,
    O's N             CNN's Jake Tapper
    Rs N and N        presidential candidates Petra Holm and Omar Said
    R of O N          member of Furat Post campaign Ahmad Ramadan
    N (R-Tex.)        party in brackets; also N, D-Ohio, and N, Republican of Arizona
    N of O            Eric Berger of Rutgers University
    N is the R of O   also was, became, serves as
    the R             elsewhere in the article, of the person whom it means

Family relations are not roles. Every stretch that is read is bounded, so the cost grows with the number of names only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from onrecord.attribute import organisations
from onrecord.attribute.acts import known as is_cue
from onrecord.attribute.entities import Entities, Entity
from onrecord.attribute.naming import COURTESY, DEMONYMS, PLACES, Mention
from onrecord.attribute.roles import (
    STOP,
    TOKEN,
    Fact,
    head_of,
    is_family,
    is_modifier,
    read_after,
    read_before,
    weight_of,
)
from onrecord.attribute.tables import words
from onrecord.model import SpeakerType

_MOST_MENTIONS = 200  # of one person beside which roles are looked for: news introduces people early
_LOOSE = 1.0  # weight of "X of Y", which counts only where no role is known
_LEFT, _RIGHT = 110, 220  # characters that are read on each side of a name
_FEMALE, _MALE = words("nouns", "female"), words("nouns", "male")
_ADJECTIVES = frozenset(
    "general official executive representative conservative liberal independent republican democrat model minor".split()
)

_LEFT_EDGE = re.compile(
    r"[,;:!?()\"\u201c\u201d\n\r\u2014\u2013]|(?<![A-Z])(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)\.\s| -+ |''"
)
_RIGHT_EDGE = re.compile(r"[;:!?()\"\u201c\u201d\n\r\u2014]|(?<=[a-z]{3})\.(?:\s|$)| -+ |''")
_PARTY = re.compile(r"(?:\s?[(,]\s?(?=[DRL][-\u2013\u2014., ])|\s?\((?=[DRL]\)))([DRL])|,? (Republican|Democrat) of ")
_AGE = re.compile(r", (?:\d{1,3}|age \d{1,3}),")
_LEADS = re.compile(
    r",? who (?:also |now |has |had |once |formerly |previously |currently )?"
    r"(leads|led|heads|headed|runs|ran|directs|directed|chairs|chaired|founded|co-founded|edits|edited|owns|manages|managed|represents"
    r"|oversees) (?:the |a |an )?"
)
_LEADER = {
    "le": "leader", "hea": "head", "r": "head", "di": "director", "ch": "chairman", "fo": "founder", "co": "co-founder",
    "ed": "editor", "owns": "owner", "man": "manager", "rep": "representative", "ov": "head",
}  # fmt: skip
_COPULA = re.compile(
    r",? (?:is|was|became|serves as|served as|who is|who was|who serves as|who served as) (?=a |an |the )"
)
_WORKS = re.compile(
    r"\bwho (?:also |now |previously |formerly |once |has )?(?:works?|worked|teaches|taught|serves?|served|volunteers?|reports?|reported|"
    r"writes|wrote|specializes|specialises|studies|researches)\b(?: [\w'\u2019-]+){0,7}? (?:at|for|with) (?:the )?(?=[A-Z])"
)
_BY = re.compile(r"\A of (?:the )?")
_THE_ROLE = re.compile(r"\b[Tt]he (?=((?:(?:[\w-]+|(?:[A-Z]\.)+) ){0,4}[\w-]+))")
_JOINS = re.compile(r"(?: \([^()]{1,20}\))?(?:, (?:and )?| and )")
_OWNS = re.compile("['\u2019]s? ")
_OPENER = re.compile(r"\b(?:an?|the|his|her|its|their|another|one)\b", re.IGNORECASE)
_AND = re.compile(r" and (?:[A-Z][\w.]* )*(?:former )?\Z")
_NEXT = re.compile(r"\s*([\w'\u2019-]+|.)")


def facts_of(entities: Entities, entity: Entity) -> list[Fact]:
    """Return what stands beside the names of a person, in the order of the text."""
    found: list[Fact] = []
    for mention in entity.mentions[:_MOST_MENTIONS]:
        found.extend(_before(entities, mention))
        found.extend(_after(entities, mention))
    return found


def choose(facts: list[Fact]) -> tuple[str | None, str | None]:
    """Return the role and the organisation that stand for a person.

    A role counts more the more often it is said. Its own organisation goes with it; else the best organisation of all.
    """
    roles: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.role and fact.role.capitalize() not in organisations.PARTIES:
            roles.setdefault((fact.role.lower().split()[-1], organisations.party_of(fact.role) or ""), []).append(fact)
    ranked = sorted((fact for fact in facts if fact.organisation), key=lambda fact: (-fact.weight, fact.where))
    if not roles:
        return None, ranked[0].organisation if ranked else None
    same = max(
        roles.values(), key=lambda same: (max(fact.weight for fact in same) + 0.3 * math.log(len(same)), -same[0].where)
    )
    said = max(same, key=lambda fact: (fact.weight, len(fact.role or ""), -fact.where))
    own = said.organisation or next((fact.organisation for fact in same if fact.organisation), None)
    return said.role, own or next((fact.organisation for fact in ranked if fact.weight > _LOOSE), None)


def role_descriptions(entities: Entities) -> Iterator[tuple[Fact, str]]:
    """Yield the roles that the article names without a name beside them ("the attorney general"), with their gender.

    What a name, a comma and a name, "of" or another noun follows is said of somebody else or is no role, and is left out.
    """
    text = entities.text
    for match in _THE_ROLE.finditer(text):
        piece = match.group(1)
        tokens = [(token.group(), token.start()) for token in TOKEN.finditer(piece)]
        head = head_of(piece, tokens, 0, loose=True)
        if head is None or not all(is_modifier(word) or word[0].isupper() for word, _ in tokens[:head]):
            continue
        small = tokens[head][0].lower()
        stop = match.start(1) + tokens[head][1] + len(small)
        follow = _NEXT.match(text, stop)
        word = follow.group(1) if follow else ""
        if (
            word[:1].isupper()
            or word in ("of", "-", "who")
            or (small in _ADJECTIVES and not is_cue(word) and "attorney" not in piece)
        ):
            continue
        if text.startswith(("'s office", "\u2019s office"), stop):
            continue
        if word[:1].isalpha() and word not in STOP and not is_cue(word) and not word.endswith(("ed", "ly", "s")):
            continue
        if word == "," and text[stop + 1 : stop + 3].strip()[:1].isupper():
            continue
        role = text[match.start(1) : stop]
        gender = "f" if small in _FEMALE else "m" if small in _MALE else ""
        if not is_family(role):
            yield Fact(role, organisations.party_of(role), weight_of(role, None) - 0.3, match.start()), gender


def _before(entities: Entities, mention: Mention) -> Iterator[Fact]:
    """What stands before the name; there may be two roles: "the Delta host and former minister X"."""
    title = mention.title.lower().rsplit(None, 1)
    end = mention.begin if title and title[-1] in COURTESY else mention.start
    low = max(0, end - _LEFT)
    left = entities.text[low:end]
    bare = left.rstrip()
    apposed = bare.endswith(",")
    if apposed:
        bare = bare[:-1]
        if entities.text[mention.end : mention.end + 1] not in (",", ".", ")"):
            return
    edge = 0
    for match in _LEFT_EDGE.finditer(bare):
        edge = match.end()
    owner = None if apposed or mention.title else _owner(entities, low + edge, mention.begin)
    if owner is not None:
        yield Fact(None, owner, _LOOSE, mention.begin)
    fact = read_before(entities, low + edge, low + len(bare), apposed=apposed)
    if fact is None and apposed:
        yield from _apposed(entities, low + edge, low + len(bare))
    shared = None if apposed else _shared(entities, mention)
    if shared is not None:
        yield shared
    if fact is not None:
        yield fact
        joined = _AND.search(entities.text, low + edge, fact.where)
        first = read_before(entities, low + edge, joined.start()) if joined else None
        if first is not None:
            yield first


def _owner(entities: Entities, start: int, begin: int) -> str | None:
    """The organisation whose 's stands right before a name: "CNN's Jake Tapper"."""
    for other in entities.within(start, begin):
        entity = entities.of(other)
        if _OWNS.fullmatch(entities.text, other.end, begin) and entity.type is SpeakerType.ORGANISATION:
            return None if other.name in PLACES or other.name in DEMONYMS else entity.name
    return None


def _apposed(entities: Entities, start: int, end: int) -> Iterator[Fact]:
    """A role with what it is for, a comma from the name: "A lawyer for the news outlets, X,"."""
    opener = _OPENER.search(entities.text, start, end)
    if opener:
        yield from read_after(entities, opener.start(), end, strict=True)


def _shared(entities: Entities, mention: Mention) -> Fact | None:
    """The role that joined names have together: "candidates A and B"."""
    text = entities.text
    names = entities.within(max(0, mention.begin - _LEFT), min(len(text), mention.begin + _RIGHT))
    at = names.index(mention)
    first = last = at
    while first and _JOINS.fullmatch(text, names[first - 1].end, names[first].begin):
        first -= 1
    while last + 1 < len(names) and _JOINS.fullmatch(text, names[last].end, names[last + 1].begin):
        last += 1
    if first == last:
        return None
    begin = names[first].start
    low = max(0, begin - _LEFT)
    edge = max((match.end() for match in _LEFT_EDGE.finditer(text, low, begin)), default=low)
    return read_before(entities, edge, begin, plural=True)


def _after(entities: Entities, mention: Mention) -> Iterator[Fact]:
    """What stands after the name."""
    text = entities.text
    place = mention.end
    limit = min(len(text), place + _RIGHT)
    party = _PARTY.match(text, place)
    if party:
        yield Fact(None, organisations.PARTIES.get(party.group(1) or party.group(2)), 2.0, place)
        bracket = text.find(")", place, place + 20)
        place = bracket + 1 if bracket >= 0 else place
    age = _AGE.match(text, place)
    if age:
        place = age.end() - 1
    edge = _RIGHT_EDGE.search(text, place, limit)
    stop = edge.start() if edge else limit
    leads = _LEADS.search(text, place, stop) if text.startswith((", ", " who "), place) else None
    works = _WORKS.search(text, place, stop) if text.startswith((", ", " who "), place) else None
    if works:
        name = organisations.at(entities, works.end())
        if name:
            yield Fact(None, name, 1.2, place)
    by = _BY.match(text[place : place + 12])
    if leads:
        name = organisations.at(entities, leads.end())
        directly = leads.start() == place
        if name:
            role = next(role for verb, role in _LEADER.items() if leads.group(1).startswith(verb))
            yield Fact(role if directly else None, name, 1.6, place)
        if directly:
            return
    if by:
        name = organisations.at(entities, place + by.end())
        if name:
            yield Fact(None, name, _LOOSE, place)
        return
    copula = _COPULA.match(text, place)
    start = copula.end() if copula else place + 2 if text.startswith(", ", place) else limit
    if start < stop:
        yield from read_after(entities, start, stop, strict=copula is not None)
