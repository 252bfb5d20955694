"""What must hold, beside likeness, before an archive shows two statements as one claim or as contrary.

Among labelled pairs one in four says the same, among neighbours in an archive one in fifty; and who reads "also said by ..." cannot
see how sure it was. So here objections are raised, each for a class of wrong links that were read in archives:
docs/decisions/0007. Where there is one, the pair is left as related, which shows nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from onrecord.resolve.bearing import WISHED, Bearing, bearing, is_negated, is_of_a_poll, predicate
from onrecord.resolve.likeness import covered
from onrecord.resolve.phrasing import Phrasing, is_empty, stem_of
from onrecord.resolve.stance import classes

# What stands before a name and says who it is, not what is said of him: "the presumptive nominee, ...".
ROLES = frozenset(
    stem_of(word)
    for word in (
        "nominee nominees candidate candidates frontrunner front-runner front runner contender hopeful presumptive presidential "
        "president vice former republican republicans democratic democrat democrats gop party campaign primary senator sen rep "
        "gov governor secretary director speaker leader chairman chief mayor minister prime spokesman spokeswoman billionaire "
        "businessman"
    ).split()
)
OWNERS = frozenset("his her their its our my".split())
VERBATIM, VERBATIM_RUN = 0.9, 6  # share of the words, and words in a row, from which two are one text
COVERED = 0.45  # of the words of each that the other must have
CONTAINED, CONTAINED_WORDS = 0.7, 3  # or this much of the shorter, in so many words that are no names
PREDICATE = 0.35  # of what each says behind its verb that the other must have ...
PREDICATE_OF_OTHERS = 0.45  # ... where the speakers are not surely the same
QUOTED = 1.0  # weight of quoted words from which names may be all else that both have
OPPOSED, OPPOSED_WORDS = 0.5, 0.45  # of the words of each that the other must have, by meaning and the very words
DENIED = "one says no"


def objections(a: Phrasing, b: Phrasing, seen: Mapping[str, float]) -> Iterator[str]:
    """Yield why two statements must not be shown as one claim though they look alike.

    Args:
        a: one statement.
        b: the other.
        seen: their ``likeness.features``.
    """
    ways = bearing(a), bearing(b)
    if Bearing.AGAINST in ways and ways[0] != ways[1]:
        yield "one is against it"
    if _denies(a, b) or _denies(b, a):
        yield DENIED
    run = round(float(np.expm1(seen["run"])))
    if min(exactly(a, b), exactly(b, a)) >= VERBATIM and run >= VERBATIM_RUN:
        return
    if Bearing.NAMES in ways:
        yield "one only names the matter"
    elif set(ways) == {Bearing.FOR, Bearing.SAYS} and not WISHED.intersection(
        (a if ways[0] == Bearing.SAYS else b).own
    ):
        yield "one is for it, the other tells a fact"
    if seen["same_speaker"] < 1 and (_is_owned(a) or _is_owned(b)):
        yield "whose it is, is not sure"
    if seen["other_numbers"] and not seen["numbers"]:
        yield "numbers differ"
    if is_of_a_poll(a) or is_of_a_poll(b):
        yield "polls count other people"
    if a.names and b.names and not a.names & b.names:
        yield "they name others"
    shared = len(_shared(a, b))
    if shared < 2 and seen["quoted"] <= QUOTED:
        yield "hardly more than names is shared"
    ways_covered = covered(a.bag, b.bag), covered(b.bag, a.bag)
    if min(ways_covered) < COVERED and not (max(ways_covered) >= CONTAINED and shared >= CONTAINED_WORDS):
        yield "each says much that the other does not"
    needed = PREDICATE if seen["same_speaker"] == 1 else PREDICATE_OF_OTHERS
    if min(_predicate_covered(a, b), _predicate_covered(b, a)) < needed:
        yield "they say other things of it"


def objections_to_contrary(a: Phrasing, b: Phrasing, seen: Mapping[str, float]) -> Iterator[str]:
    """Yield why two statements must not be shown as contrary: it must be one that is for, and one that is against, the same.

    Args:
        a: one statement.
        b: the other.
        seen: their ``likeness.features``.
    """
    ways = bearing(a), bearing(b)
    if seen["same_speaker"] == 1:
        yield "the same speaker"
    if Bearing.AGAINST not in ways or ways[0] == ways[1]:
        yield "none opposes what the other wants"
    else:
        way, holder = (ways[1], b) if ways[0] == Bearing.AGAINST else (ways[0], a)
        if way == Bearing.NAMES:
            yield "one only names the matter"
        if way == Bearing.SAYS and not (WISHED.intersection(holder.own) or holder.own[:1] == ("to",)):
            yield "one tells a fact"
        if is_negated(holder.own):
            yield "both may be against it"
        if holder.speaker is None or not holder.told.speaker:
            yield "nobody is named who is for it"
    if _is_owned(a) or _is_owned(b):
        yield "whose it is, is not sure"
    if len(_shared(a, b)) < 2:
        yield "hardly more than names is shared"
    if min(covered(a.bag, b.bag), covered(b.bag, a.bag)) < OPPOSED or min(exactly(a, b), exactly(b, a)) < OPPOSED_WORDS:
        yield "each says much that the other does not"


def exactly(one: Phrasing, other: Phrasing) -> float:
    """Return what share of the weight of one's words the other has, the very words."""
    theirs = set(other.bag.stems)
    found = sum(w for stem, w in zip(one.bag.stems, one.bag.weights.tolist(), strict=True) if stem in theirs)
    total = float(one.bag.weights.sum())
    return found / total if total else 0.0


def _denies(one: Phrasing, other: Phrasing) -> bool:
    """Whether one says no where the other nowhere does."""
    return is_negated(one.own) and not any("no" in classes(word) for word in other.own)


def _is_owned(phrasing: Phrasing) -> bool:
    """Whether the speaker is only the owner of a noun, "his proposal": often it is another's, whom he speaks of."""
    return (phrasing.told.speaker or "").casefold() in OWNERS


def _shared(a: Phrasing, b: Phrasing) -> Collection[str]:
    """Return the words that both have and that neither name anybody nor tell who he is."""
    names = {stem_of(name) for name in a.names | b.names} | a.named | b.named
    return set(a.bag.stems).intersection(b.bag.stems) - names - ROLES


def _predicate_covered(one: Phrasing, other: Phrasing) -> float:
    wanted = {stem_of(word) for word in predicate(one.own) if not is_empty(word)} - ROLES
    return covered(one.bag, other.bag, wanted)
