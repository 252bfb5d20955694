"""What the article says a person is: the role, and the organisation spoken for.

Forms (N name, R role, O organisation)::

    O R N             Syrian Observatory for Human Rights Director Rami Abdulrahman; Clinton spokesman Nick Merrill
    N, (a|the) R of O N, an activist in the Y campaign,      N, the Clinton spokesman,
    N, who leads O    N, who runs the Harbour Institute,
    the R, N,         The state's campaign chairman, Phil Lovas,
    R of O N          member of Furat Post campaign Ahmad Ramadan
    N (R-Tex.)        party in brackets; also N, D-Ohio,
    N of O            Eric Berger of Rutgers University
    N is the R of O   also was, became, serves as

Family relations are not roles. Every stretch that is read is bounded, so the cost grows with the number of names only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.attribute.entities import Entities, Entity
from onrecord.attribute.mentions import COURTESY, DEMONYMS, KIN, PLACES, ROLES, TITLES, Mention
from onrecord.attribute.tables import sections, words
from onrecord.model import SpeakerType

PARTIES = {key: value.replace("_", " ") for key, value in (row.split("=") for row in sections("nouns")["party"])}
_ORGANISATION_NOUNS = words("nouns", "organisation")
_FEMALE, _MALE = words("nouns", "female"), words("nouns", "male")
_MODIFIERS = words("role-modifiers")
_LEFT, _RIGHT = 110, 220  # characters that are read on each side of a name

_STOP = frozenset(
    """the a an his her their its our my this that these and or but by from with to of in on at for as is was were are be been has had have
    who which when while said says told where if then than not no both between among after before over under about like made named called
    including against via because since until so also""".split()
)
_VAGUE = frozenset(
    """native resident veteran graduate friend member politician supporter figure critic opponent rival ally backer donor voter
    outsider insider colleague person star icon legend billionaire millionaire conservative liberal democrat republican""".split()
)
_FORMER = frozenset("former ex- late onetime one-time ex".split())
_CHAMBERS = frozenset(
    "House Senate Vice Deputy Chief Prime First Attorney Majority Minority Lieutenant Assistant State Foreign".split()
)
_TOKEN = re.compile(r"[\w&][\w.&-]*(?:['\u2019](?!s\b)\w+)*(?:['\u2019]s\b)?|['\u2019]")
_LEFT_EDGE = re.compile(r"[,;:!?()\"\u201c\u201d\n\r\u2014\u2013]|(?<![A-Z])(?<!\b(?:Sen|Rep|Gov|Gen))\.\s| - |''")
_RIGHT_EDGE = re.compile(r"[;:!?()\"\u201c\u201d\n\r\u2014]|(?<=[a-z]{3})\.(?:\s|$)| - |''")
_PARTY = re.compile(r"\s?[(,]\s?([DRIL])[-\u2013\u2014., ]|,? (Republican|Democrat) of ")
_AGE = re.compile(r", (?:\d{1,3}|age \d{1,3}),")
_COMPOUND = re.compile(
    r"(?:chief of staff|secretar(?:y|ies) of (?:state|the treasury|defen[sc]e|labor|commerce)|attorney general|editor[- ]in[- ]chief|"
    r"commander[- ]in[- ]chief|secretary[- ]general|chief executive officer|chief executive|chief (?:financial|operating|technology) officer|"
    r"first lady|prime minister|vice president|head of state|head of government)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r", who (?:also |now |has |had |once |formerly |previously |currently )?"
    r"(leads|led|heads|headed|runs|ran|directs|directed|chairs|chaired|founded|co-founded|edits|edited|owns|manages|managed|represents|oversees)"
    r" (?:the |a |an )?"
)
_LEADING = {
    "lead": "leader", "led": "leader", "head": "head", "run": "head", "ran": "head", "direct": "director", "chair": "chairman",
    "found": "founder", "co-found": "co-founder", "edit": "editor", "own": "owner", "manag": "manager", "represent": "representative",
    "oversee": "head",
}  # fmt: skip
_COPULA = re.compile(
    r",? (?:is|was|became|serves as|served as|who is|who was|who serves as|who served as|as) (?=a |an |the |\w+ )"
)
_BY = re.compile(r"\A (?:of|from|at|with) (?:the )?")
_PREPOSITION = re.compile(r" (of|for|at|with|in|to|from) (the |a |an |his |her |its )?")
_CAMPAIGN = re.compile(
    r"([^\W\d_a-z][\w.-]*(?: [^\W\d_a-z][\w.-]*){0,3})(?:['\u2019]s)? (?:presidential |re-election |election )?campaign\b"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the article says about a person: a role, an organisation, or both."""

    role: str | None
    organisation: str | None = None
    weight: float = 1.0
    where: int = 0


def facts_of(entities: Entities, entity: Entity) -> list[Fact]:
    """Return what the article says about a person, in the order of the text."""
    text = entities.text
    found: list[Fact] = []
    for mention in entity.mentions:
        found.extend(_before(text, entities, mention))
        found.extend(_after(text, entities, mention))
    return found


def choose(facts: list[Fact]) -> tuple[str | None, str | None]:
    """Return the role and the organisation that stand for a person.

    A role counts more the more often it is said. Its own organisation goes with it; else the best organisation of all.
    """
    roles: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.role and fact.role not in PARTIES:
            roles.setdefault(fact.role.lower(), []).append(fact)
    organisations = sorted((fact for fact in facts if fact.organisation), key=lambda fact: (-fact.weight, fact.where))
    own: str | None = None
    role: str | None = None
    if roles:
        said = max(roles.values(), key=lambda same: (_total(same), -same[0].where))
        role = said[0].role
        own = next((fact.organisation for fact in said if fact.organisation), None)
    return role, own or (organisations[0].organisation if organisations else None)


def _total(same: list[Fact]) -> float:
    return max(fact.weight for fact in same) + 0.3 * math.log(len(same))


_ORGANISATION_PHRASE = re.compile(r"[A-Z][\w.&'\u2019-]*(?: [A-Z][\w.&'\u2019-]*)*(?: [a-z-]+){0,2}")
_THE_ROLE = re.compile(r"\b[Tt]he ((?:[\w'\u2019.-]+ ){0,4}[\w-]+)")


def role_descriptions(entities: Entities) -> Iterator[tuple[Fact, str]]:
    """Yield the roles that the article names without a name beside them ("the attorney general"), with their gender.

    Those that a name or "of" follows are said of that name or of somebody else, and are left out.
    """
    for match in _THE_ROLE.finditer(entities.text):
        piece = match.group(1)
        tokens = [(token.group(), token.start()) for token in _TOKEN.finditer(piece)]
        head = _head(piece, tokens, 0, loose=True) if tokens else None
        if head is None or any(token.endswith(("'s", "\u2019s")) for token, _ in tokens[:head]):
            continue
        stop = tokens[head][1] + len(tokens[head][0])
        after = entities.text[match.start(1) + stop : match.start(1) + stop + 4].lstrip()
        if after[:1].isupper() or after.startswith("of ") or piece[stop:].startswith((" of", "-")):
            continue
        role = piece[:stop]
        small = tokens[head][0].lower()
        gender = "f" if small in _FEMALE else "m" if small in _MALE else ""
        if not is_family(role):
            yield Fact(role, _party(role), _weight(role, None), match.start()), gender


def _before(text: str, entities: Entities, mention: Mention) -> Iterator[Fact]:
    """What stands before the name."""
    courtesy = mention.title.rsplit(None, 1)[-1:] and mention.title.rsplit(None, 1)[-1].lower() in COURTESY
    begin = mention.begin if courtesy else mention.start
    low = max(0, begin - _LEFT)
    left = text[low:begin]
    edge = 0
    for match in _LEFT_EDGE.finditer(left):
        if match.end() < len(left):
            edge = match.end()
    piece = left[edge:]
    apposed = piece.rstrip().endswith(",")
    if apposed:
        piece = piece.rstrip().rstrip(",")
        if not text[mention.end : mention.end + 3].lstrip("'\u2019s").startswith((",", ".", ")")):
            return
    fact = read_role(entities, piece, low + edge, needs_article=apposed)
    if fact is not None:
        yield fact


def read_role(entities: Entities, piece: str, offset: int, *, needs_article: bool = False) -> Fact | None:
    """Read a phrase that ends with a role: "Clinton campaign spokesman", "the group's director".

    Args:
        entities: names of the article.
        piece: the words, to their end.
        offset: where the piece begins in the text.
        needs_article: only accept a phrase that "the", "a" or a possessive begins.
    """
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(piece)]
    if not tokens:
        return None
    compound = next((match for match in _COMPOUND.finditer(piece) if match.end() >= len(piece.rstrip())), None)
    head = len(tokens) - 1
    if compound:
        first = next((number for number, token in enumerate(tokens) if token[1] >= compound.start()), head)
    else:
        small = tokens[head][0].lower()
        if small not in ROLES and small not in TITLES:
            return None if needs_article else _role_of(piece, tokens)
        first = head
    while first > 0 and tokens[first - 1][0].lower() in (ROLES | TITLES) and head - first < 6:
        first -= 1
    while first > 0 and _is_modifier(tokens[first - 1][0]) and head - first < 6:
        first -= 1
    while first > 0 and (
        tokens[first - 1][0] in _CHAMBERS or tokens[first - 1][0] in PARTIES or tokens[first - 1][0] in DEMONYMS
    ):
        first -= 1
    if first > 0 and tokens[first - 1][0].lower().rstrip("-") in _FORMER:
        first -= 1
    if needs_article and not (
        first > 0 and (tokens[first - 1][0].lower() in _STOP or tokens[first - 1][0].endswith(("'s", "\u2019s")))
    ):
        return None
    role = _full_title(piece[tokens[first][1] :].strip(), entities.text)
    if role.lower() in COURTESY or is_family(role):
        return None
    organisation = _party(role) or _organisation_before(entities, piece, tokens, first, offset)
    return Fact(role, organisation, _weight(role, organisation), offset + tokens[first][1])


_ABBREVIATED = {
    "Sen.": "senator",
    "Sens.": "senator",
    "Rep.": "representative",
    "Reps.": "representative",
    "Gov.": "governor",
}


def _full_title(role: str, text: str) -> str:
    """An abbreviated title as the article writes it out elsewhere, if it does: "Sen." is "senator" where that is used too."""
    full = _ABBREVIATED.get(role)
    return (
        full
        if full and re.search(rf"\b{full}s?\b", text, re.IGNORECASE)
        else role.replace("ens.", "en.").replace("eps.", "ep.")
    )


def _weight(role: str, organisation: str | None) -> float:
    """A role in office goes before a former one, a stated one before a bare title, one with an organisation before one without."""
    small = role.lower().split()
    weight = 1.0 + 0.5 * bool(organisation) + 0.2 * (len(small) > 1) - 0.8 * (small[-1] in _VAGUE)
    if any(word.rstrip("-") in _FORMER for word in small):
        weight -= 1.0
    return weight


def _is_modifier(word: str) -> bool:
    """Whether a word in small letters can stand before a role inside it: "senior", "campaign", "presidential"."""
    if not word.islower() or word in _STOP or word.endswith(("'s", "\u2019s")) or word in KIN or word[-1] == ".":
        return False
    return word in _MODIFIERS or word in _ORGANISATION_NOUNS


def is_family(role: str) -> bool:
    return role.lower().split()[-1] in KIN


def _party(role: str) -> str | None:
    return next((PARTIES[word] for word in role.split() if word in PARTIES and len(word) > 1), None)


def _organisation_before(
    entities: Entities, piece: str, tokens: list[tuple[str, int]], first: int, offset: int
) -> str | None:
    """The organisation that stands right before a role: a name, a name with 's, "Trump campaign"."""
    if first == 0:
        return None
    last = tokens[first - 1][0]
    campaign = tokens[first][0].lower() == "campaign"
    end = offset + tokens[first - 1][1] + len(last)
    bare_end = end - 2 if last.endswith(("'s", "\u2019s")) else end
    for mention in entities.within(max(0, end - 90), end):
        if mention.end in (end, bare_end):
            if mention.name in PLACES or mention.name in DEMONYMS:
                return None
            entity = entities.of(mention)
            name = entity.name
            return f"{name} campaign" if campaign else name
    noun = last[:-2] if last.endswith(("'s", "\u2019s")) else last
    if noun.lower() in _ORGANISATION_NOUNS and noun != last:
        return _known_organisation(entities, noun.lower(), end)
    return None


def _known_organisation(entities: Entities, noun: str, place: int) -> str | None:
    """The organisation that "the observatory", "the campaign" means: the last one named before whose name has the noun."""
    if noun == "campaign":
        window = entities.text[max(0, place - 3000) : place]
        found = [
            match.group(1)
            for match in _CAMPAIGN.finditer(window)
            if match.group(1) not in ("The", "His", "Her", "A", "Its", "Their")
        ]
        if not found:
            after = _CAMPAIGN.search(entities.text, place, place + 6000)
            found = [after.group(1)] if after else []
        return f"{found[-1]} campaign" if found else None
    best: Mention | None = None
    for entity in entities.all:
        if entity.type is SpeakerType.ORGANISATION and noun in entity.name.lower().split():
            mention = entity.before(place)
            if mention is not None and (best is None or mention.start > best.start):
                best = mention
    return entities.of(best).name if best is not None else None


def _role_of(piece: str, tokens: list[tuple[str, int]]) -> Fact | None:
    """ "member of Furat Post campaign" right before a name."""
    for number in range(len(tokens) - 2, -1, -1):
        if tokens[number][0].lower() in ROLES and tokens[number + 1][0] in ("of", "for", "in", "at", "with"):
            if len(tokens) - number > 9 or len(tokens) <= number + 2:
                return None
            organisation = piece[tokens[number + 2][1] :].strip().removeprefix("the ")
            if not _ORGANISATION_PHRASE.fullmatch(organisation) or organisation.lower() in COURTESY:
                return None
            return Fact(tokens[number][0], organisation, 1.3, 0)
    return None


def _after(text: str, entities: Entities, mention: Mention) -> Iterator[Fact]:
    """What stands after the name."""
    end = mention.end
    right = text[end : end + _RIGHT]
    party = _PARTY.match(right)
    if party:
        yield Fact(None, PARTIES.get(party.group(1) or party.group(2)), 2.0, end)
        bracket = right.find(")", 0, 20)
        if bracket > 0:
            end += bracket + 1
            right = text[end : end + _RIGHT]
    age = _AGE.match(right)
    if age:
        end += age.end() - 1
        right = text[end : end + _RIGHT]
    leads = _LEADS.match(right)
    if leads:
        organisation = _organisation_at(entities, end + leads.end())
        stem = leads.group(1)
        role = next((noun for verb, noun in _LEADING.items() if stem.startswith(verb)), "leader")
        if organisation:
            yield Fact(role, organisation, 1.4, end)
        return
    by = _BY.match(right)
    if by:
        organisation = _organisation_at(entities, end + by.end())
        if organisation:
            yield Fact(None, organisation, 1.0, end)
        return
    copula = _COPULA.match(right)
    start = copula.end() if copula else 2 if right.startswith(", ") else 0
    if start:
        edge = _RIGHT_EDGE.search(right, start)
        fact = read_apposition(
            entities, right[start : edge.start() if edge else len(right)], end + start, strict=bool(copula)
        )
        if fact is not None:
            yield fact


def read_apposition(entities: Entities, piece: str, offset: int, *, strict: bool = False) -> Fact | None:
    """Read a phrase that begins with a role: "an activist in the Y campaign", "the Clinton spokesman".

    Args:
        entities: names of the article.
        piece: the words from the start of the phrase.
        offset: where the piece begins in the text.
        strict: only accept a phrase that "the" or "a" begins.
    """
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(piece[:120])]
    if not tokens:
        return None
    article = tokens[0][0].lower() in ("a", "an", "the", "his", "her", "their", "its", "one", "another", "then", "now")
    if strict and not article:
        return None
    begin = 1 if article else 0
    head = _head(piece, tokens, begin, loose=article)
    if head is None:
        return None
    first = begin
    while (
        first < head
        and tokens[first][0][0].isupper()
        and tokens[first][0] not in DEMONYMS
        and tokens[first][0] not in _CHAMBERS
    ):
        if tokens[first][0].lower() in ROLES or tokens[first][0].lower() in TITLES:
            break
        first += 1
    possessive = next((n for n in range(head, begin - 1, -1) if tokens[n][0].endswith(("'s", "\u2019s"))), None)
    if possessive is not None and possessive < head:
        first = possessive + 1
    stop = tokens[head][1] + len(tokens[head][0])
    role = piece[tokens[first][1] : stop].strip()
    if not role or is_family(role):
        return None
    organisation = _organisation_before(entities, piece, tokens, first, offset) if first > begin else None
    organisation = _organisation_after(entities, piece, stop, offset) or organisation
    organisation = organisation or _party(piece[:stop])
    return Fact(role, organisation, _weight(role, organisation) + 0.2, offset)


def _organisation_after(entities: Entities, piece: str, stop: int, offset: int) -> str | None:
    """The organisation that follows a role: "of the Institute", "expert on trade at the Institute", "to the campaign"."""
    for link in _PREPOSITION.finditer(piece, stop):
        if "," in piece[stop : link.start()] or link.start() - stop > 40:
            return None
        place = link.end()
        name = _organisation_at(entities, offset + place)
        if name:
            return name
        noun = _TOKEN.match(piece, place)
        if noun and link.group(2) == "the " and noun.group().lower() in _ORGANISATION_NOUNS:
            return _known_organisation(entities, noun.group().lower(), offset)
    return None


def _head(piece: str, tokens: list[tuple[str, int]], begin: int, *, loose: bool) -> int | None:
    """Number of the token that is the role: the first role noun that no other noun of the same phrase follows."""
    for number in range(begin, min(len(tokens), begin + 9)):
        word, start = tokens[number]
        small = word.lower()
        if number > begin and small in _STOP and small != "of":
            return None
        if number > begin and "," in piece[tokens[number - 1][1] : start]:
            return None
        if not loose and number > begin + 4:
            return None
        if small in ROLES or small in TITLES:
            compound = _COMPOUND.match(piece, start)
            if compound:
                return max(n for n, token in enumerate(tokens) if token[1] < compound.end())
            follow = tokens[number + 1] if number + 1 < len(tokens) else None
            if (
                follow
                and (follow[0].lower() in ROLES or follow[0].lower() in TITLES)
                and piece[start + len(word) : follow[1]] == " "
            ):
                continue
            return number
    return None


def _organisation_at(entities: Entities, place: int) -> str | None:
    """The organisation whose name begins at a place of the text, or within the few words before it."""
    for mention in entities.within(max(0, place - 1), place + 30):
        gap = entities.text[place : mention.begin]
        if len(gap.split()) > 2 or any(mark in gap for mark in ',.;:"\u201c'):
            return None
        after = entities.text[mention.end : mention.end + 30]
        campaign = re.match(r"(?:['\u2019]s)? (?:presidential |re-election |election )?campaign\b", after)
        entity = entities.of(mention)
        if campaign:
            return f"{entity.name} campaign"
        if mention.name in PLACES or mention.name in DEMONYMS:
            return None
        return entity.name
    return None
