"""Speakers without a name in the source: "the senator", "a security official", "the poll", "her campaign", "they".

A definite description means somebody known, an indefinite one somebody new. Who is not named stays without a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.attribute.entities import Entity
from onrecord.attribute.naming import DEMONYMS, ORGANISATION_WORDS, ROLES, is_noun
from onrecord.attribute.organisations import PARTIES
from onrecord.attribute.pronouns import Candidate, rank
from onrecord.attribute.roles import Fact, read_after, read_before
from onrecord.attribute.scene import Reading, Scene
from onrecord.attribute.sources import NEUTER, PRONOUNS, Described, singular
from onrecord.attribute.tables import words as words_of
from onrecord.model import SpeakerType

Facts = Callable[[Entity], list[Fact]]

# Shares right on the labelled sources, given their words: with a name; groups and people at large without one; new speakers
# ("a source"); what is spoken of as known ("the director", "the film"), so that a name for it is probably missed.
_NAMED, _MANY, _NEW, _KNOWN = 0.75, 0.9, 0.8, 0.5
_CHANCE = 0.5  # of the likeliest person, below which a description without a matching role means nobody
_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|his|her|its|their|our|some|many|most|few|several|all|both|another|other|one|fellow|new|latest|recent)\s+)+",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<![^\W_])[A-Z0-9]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_COMMON = words_of("common-words")
_OFFICES = words_of("nouns", "office")
_TAIL = re.compile(r",|\b(?:who|which|that|whose|where|when)\b")
_OWNED = re.compile(r"[A-Z][\w.]*(?:['\u2019]s|s['\u2019]) ")
_OWNER = re.compile(r"^(his|her|their|its)\s", re.IGNORECASE)
_PAPERS = frozenset("newspaper paper outlet publication".split())
_ANY_ORGANISATION = frozenset(
    "company firm bank group organization organisation union agency alliance association charity nonprofit corporation watchdog body "
    "automaker maker retailer airline publisher institute foundation club team startup start-up lender insurer bloc coalition".split()
)
_STATIONS = frozenset("network channel station broadcaster".split())
_PAPER_NAMES = frozenset(
    "Times Post Journal Tribune Herald Globe Gazette Chronicle Guardian News Star Sun Mail Telegraph".split()
)
_STATION_NAMES = frozenset("CNN NBC CBS ABC MSNBC CNBC Fox NPR PBS BBC News TV Television Radio America".split())


def definite(scene: Scene, described: Described, words: str, place: int, facts: Facts) -> Reading | None:
    """Return the person whom "the senator" means: who has that role, else the likeliest, else None.

    Nobody is his own lawyer: whose description it is ("his lawyer", "Holm's lawyer") is not meant.
    """
    owners = _owners(scene, described, words, place)
    ranked = [one for one in rank(scene, place, described.gender) if one.entity not in owners]
    asked = {word.lower() for word in _WORD.findall(described.phrase)}
    scored = [(_overlap(asked, described.head, facts(one.entity)), one) for one in ranked]
    fitting = [pair for pair in scored if pair[0] > 0]
    if fitting:
        best = max(fitting, key=lambda pair: (pair[0], pair[1].chance))[1]
        return Reading((best.entity,), why=f"has the role {described.head}; {_odds(ranked)}", confidence=0.85)
    before = scene.unnamed.get(described.head)
    if before is not None and not _OWNED.search(words):
        return before  # not for "Holm's aides" after "Lund's aides"
    allowed = [one for score, one in scored if score == 0]
    anyone = described.head in _ANYONE or described.head.capitalize() in DEMONYMS
    if (
        allowed
        and not owners
        and allowed[0].chance >= _CHANCE
        and allowed[0].entity.sure
        and (anyone or (_may_be_anyone(described) and not any(fact.role for fact in facts(allowed[0].entity))))
    ):
        return Reading((allowed[0].entity,), why=f"a description; {_odds(ranked)}", confidence=allowed[0].chance * 0.7)
    return None


def _owners(scene: Scene, described: Described, words: str, place: int) -> list[Entity]:
    """Whom a possessive in a description means: the likeliest person for "his", those named before the head with 's."""
    text, stop = scene.text, place + described.start
    named = [one for one in scene.entities.within(place, stop) if text.startswith(("'", "\u2019"), one.end)]
    owner = _OWNER.match(words)
    gender = PRONOUNS.get(owner.group(1).lower()) if owner else None
    likeliest = [one.entity for one in rank(scene, place, gender)[:1]] if gender else []
    return [*(scene.entities.of(one) for one in named), *likeliest]


_ANYONE = frozenset("man woman candidate politician businessman businesswoman mogul billionaire nominee".split())


def _overlap(asked: set[str], head: str, facts: list[Fact]) -> int:
    """How many words of a description a person's roles have; -1 where they contradict it, 0 where they say nothing."""
    best = 0
    parties = {fact.organisation for fact in facts if fact.organisation in PARTIES.values()}
    wanted = {PARTIES[word.capitalize()] for word in asked if word.capitalize() in PARTIES} | (
        {PARTIES["GOP"]} if "gop" in asked else set()
    )
    if wanted and parties and not wanted & parties:
        return -1
    for fact in facts:
        has = {word.lower() for word in _WORD.findall(f"{fact.role or ''} {fact.organisation or ''}")}
        if head in has or (wanted and wanted & parties and head in ("republican", "democrat", "libertarian")):
            best = max(best, 1 + len(asked & has))
    return best


def _may_be_anyone(described: Described) -> bool:
    """Whether a description can mean a person of whom the article never said this: an office, a nation, a gender.

    Not a trade: "the driver", "the police officer" are mostly people without a name.
    """
    return described.head in _OFFICES or bool(described.gender) or described.head.capitalize() in DEMONYMS


def _odds(ranked: list[Candidate]) -> str:
    return "likeliest of " + ", ".join(f"{one.entity.name} {one.chance:.2f}" for one in ranked[:3])


def unnamed(scene: Scene, described: Described, words: str, place: int) -> Reading:
    """Return the document, organisation, group or unnamed speaker that a description is, and remember it."""
    pair = _counted_pair(scene, described, words, place)
    if pair:
        return Reading(pair, why="the two named together before", confidence=0.6)
    known = _known(scene, described, words, place) if described.definite else None
    if known is not None:
        return known
    name = None
    if described.type in (SpeakerType.DOCUMENT, SpeakerType.ORGANISATION, SpeakerType.GROUP):
        full = _DETERMINER.sub("", _TAIL.split(words)[0]).strip()
        first = full.split()[0] if full else ""
        people = first.removesuffix("s") in DEMONYMS or first in DEMONYMS
        common = first.lower() in _COMMON or singular(first.lower()) in ROLES
        plain = (common or is_noun(first)) and not people  # "Officials" begins a sentence
        name = full if _CAPITAL.search(full, len(first) if plain else 0) else None
    role = organisation = None
    if described.type is SpeakerType.ANONYMOUS and described.role:
        role, organisation = _profile(scene, described, words, place)
    why = "a description" if name else "a description without a name"
    sure = _NAMED if name else _unnamed_confidence(described)
    reading = Reading((), described.type, name, role, organisation, None if name else words, (), why, sure)
    scene.unnamed.pop(described.head, None)
    scene.unnamed[described.head] = reading
    return reading


def _profile(scene: Scene, described: Described, words: str, place: int) -> tuple[str | None, str | None]:
    """Role and organisation of a speaker without a name: "a Harbour Institute official", "two former advisers to Mr. Holm"."""
    facts = read_after(scene.entities, place, place + len(words))
    if facts and facts[0].organisation:
        return facts[0].role, facts[0].organisation
    role = facts[0].role if facts else described.role
    single = singular(described.head)
    before = read_before(scene.entities, place, place + described.end, plural=single != described.head)
    if before is None or before.organisation is None or before.organisation in ORGANISATION_WORDS:
        return role, None
    return before.role if single == described.head else role, before.organisation


def _unnamed_confidence(described: Described) -> float:
    if described.type in (SpeakerType.GROUP, SpeakerType.GENERIC):
        return _MANY
    return _NEW if described.type is SpeakerType.ANONYMOUS and not described.definite else _KNOWN


def _known(scene: Scene, described: Described, words: str, place: int) -> Reading | None:
    """Whom a definite description of a thing means: what was described so before, or the organisation with that noun."""
    owner = _OWNER.match(words)
    if owner and described.type is SpeakerType.ORGANISATION:
        ranked = rank(scene, place, PRONOUNS.get(owner.group(1).lower(), ""))
        if ranked and owner.group(1).lower() in PRONOUNS:
            name = f"{ranked[0].entity.name} {described.phrase}"
            return Reading((), SpeakerType.ORGANISATION, name, why=_odds(ranked), confidence=ranked[0].chance * 0.9)
    if _CAPITAL.search(_DETERMINER.sub("", words)):
        return None
    before = scene.unnamed.get(described.head)
    if described.type is not SpeakerType.ORGANISATION:
        return before if before is not None and before.type is described.type else None
    if before is not None and before.name:
        return before
    entity = scene.entities.organisation_before(place, described.head) or _outlet(scene, described.head, place)
    if entity is not None:
        return Reading((entity,), why=f"the {described.head} named before", confidence=0.8)
    near = scene.entities.organisation_before(place) if described.head in _ANY_ORGANISATION else None
    if near is not None and scene.sentence(place) - scene.sentence((near.before(place) or near.mentions[0]).start) <= 1:
        return Reading((near,), why="the organisation named last", confidence=0.5)
    return before


def _counted_pair(scene: Scene, described: Described, words: str, place: int) -> tuple[Entity, ...]:
    """ "both men", "the two candidates": the two persons named last together, or who spoke last."""
    if not _TWO.match(words) or described.type not in (SpeakerType.GROUP, SpeakerType.ANONYMOUS):
        return ()
    pair = _pair(scene, place)
    if pair:
        return pair
    spoke = (person for _, person in reversed(scene.spoke_before(place, 6)))
    last = list(dict.fromkeys(person for person in spoke if person.type is SpeakerType.PERSON))[:2]
    return tuple(last) if len(last) == 2 else ()


_TWO = re.compile(r"(?:both|the two|the pair|each)\b", re.IGNORECASE)


def _outlet(scene: Scene, noun: str, place: int) -> Entity | None:
    """ "the newspaper", "the network": the outlet named last."""
    names = _PAPER_NAMES if noun in _PAPERS else _STATION_NAMES if noun in _STATIONS else frozenset()
    return scene.entities.organisation_before(place, names=names) if names else None


def plural_or_thing(scene: Scene, small: str, place: int, words: str) -> Reading:
    """Return what "it" or "they" means: what spoke last of that kind, the pair named last, the organisation named last."""
    neuter = small in NEUTER
    wanted = (
        (SpeakerType.ORGANISATION, SpeakerType.DOCUMENT)
        if neuter
        else (SpeakerType.GROUP, SpeakerType.ORGANISATION, SpeakerType.ANONYMOUS)
    )
    if not neuter:
        pair = _pair(scene, place)
        if pair:
            return Reading(pair, why="the two named together before", confidence=0.6)
    last = next(iter(scene.spoke_before(place, 1)), None)
    if last and last[1].type is SpeakerType.ORGANISATION and scene.sentence(place) - scene.sentence(last[0]) <= 2:
        return Reading((last[1],), why="the organisation that spoke last", confidence=0.6)
    for reading in reversed(list(scene.unnamed.values())[-3:]):
        if reading.type in wanted:
            return reading
    best = scene.entities.organisation_before(place)
    if best is not None and scene.sentence(place) - scene.sentence((best.before(place) or best.mentions[0]).start) <= 1:
        return Reading((best,), why="the organisation named last", confidence=0.5)
    kind = SpeakerType.ORGANISATION if neuter else SpeakerType.GROUP
    return Reading((), kind, description=words, why="nothing named fits", confidence=0.3)


def _pair(scene: Scene, place: int) -> tuple[Entity, ...]:
    """Two persons whom "and" joined in this sentence or the two before."""
    number = scene.sentence(place)
    begin = scene.sentences[max(0, number - 3)] if scene.sentences else 0
    mentions = scene.entities.within(begin, place)
    for one, other in zip(reversed(mentions[:-1]), reversed(mentions), strict=False):
        if scene.text[one.end : other.begin] in (" and ", ", and ", " and former ", " and President "):
            pair = scene.entities.of(one), scene.entities.of(other)
            if all(entity.type is SpeakerType.PERSON for entity in pair) and pair[0] is not pair[1]:
                return pair
    return ()
