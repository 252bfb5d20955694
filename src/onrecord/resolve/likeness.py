"""How alike two statements are, in what respects: the numbers that the decision rests on, each with a meaning."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from onrecord.resolve.phrasing import Bag, Codes, Phrasing, stem_of
from onrecord.resolve.stance import at_odds

FEATURES = (
    "text",  # how much of the words each has of the other's, by meaning: 0 to 1, the mean of both ways
    "part",  # the same for the one that is the more contained in the other
    "around",  # the same as text, with the words around
    "cross",  # the words of each among the words around the other
    "topic",  # cosine of the means of all words around
    "run",  # longest run of words that both have, log(1 + n)
    "share",  # that run's share of the shorter
    "quoted",  # weight of the words that both have inside quotation marks
    "common",  # weight of the words that both have
    "names",  # weight of the names that both have
    "other_names",  # both have names that the other lacks
    "named",  # share of the names' weight that both have; a half where there are no names
    "named_around",  # share of the names around that both have
    "numbers",  # numbers that both have
    "other_numbers",  # both have numbers that the other lacks
    "same_speaker",
    "other_speaker",
    "days",  # log(1 + days between)
    "soon",  # within two days
    "other_day",  # the words around name different days
    "length",  # how different their lengths are, |log|
    "shorter",  # length of the shorter, log(1 + words)
    "both_quote",  # both are, in part, quotations
    "polls",  # both are of polls
    "one_poll",
    "votes",  # both are about how somebody votes
    "open",  # one only names a question
    "clauses",  # both are clauses
    "odds",  # how far they are at odds
    "odds_common",  # odds, as far as they have words in common
    "odds_both",  # odds, as far as each is covered by the other
    "same_text",  # text, where the speaker is the same
)

UNDATED = 30  # days that are taken to be between statements of which one has no date


def features(a: Phrasing, b: Phrasing) -> dict[str, float]:
    """Return what two statements have in common and in what they differ, by the names of ``FEATURES``."""
    text_a, text_b = covered(a.bag, b.bag), covered(b.bag, a.bag)
    around = _mean(covered(a.around, b.around), covered(b.around, a.around))
    text = _mean(text_a, text_b)
    run = longest_run(a.order, b.order)
    shorter = max(1, min(len(a.order), len(b.order)))
    weights = dict(zip(a.bag.stems, a.bag.weights.tolist(), strict=True))
    common, names = in_common(a, b)
    same, other = speakers(a, b)
    days = days_apart(a, b)
    days = UNDATED if days is None else days
    odds = at_odds(a, b)
    named = a.named | b.named
    around_a, around_b = named.intersection(a.around.stems), named.intersection(b.around.stems)
    return {
        "text": text,
        "part": max(text_a, text_b),
        "around": around,
        "cross": _mean(covered(a.bag, b.around), covered(b.bag, a.around)),
        "topic": float(a.around.mean @ b.around.mean),
        "run": float(np.log1p(run)),
        "share": run / shorter,
        "quoted": min(3.0, sum(weights.get(w, 0.0) for w in a.quoted & b.quoted) / 10),
        "common": common,
        "names": names,
        "other_names": float(bool(a.names - b.names) and bool(b.names - a.names)),
        "named": _shared_names(a.bag, b.bag, a.named | b.named),
        "named_around": len(around_a & around_b) / max(1, min(len(around_a), len(around_b))),
        "numbers": float(min(2, len(a.numbers & b.numbers))),
        "other_numbers": float(bool(a.numbers - b.numbers) and bool(b.numbers - a.numbers)),
        "same_speaker": same,
        "other_speaker": other,
        "days": float(np.log1p(days)),
        "soon": float(days <= 2),
        "other_day": float(a.said_on is not None and b.said_on is not None and a.said_on != b.said_on),
        "length": abs(float(np.log((len(a.own) + 1) / (len(b.own) + 1)))),
        "shorter": float(np.log1p(min(len(a.own), len(b.own)))),
        "both_quote": float(bool(a.quoted) and bool(b.quoted)),
        "polls": float(a.poll and b.poll),
        "one_poll": float(a.poll != b.poll),
        "votes": float(a.vote and b.vote),
        "open": float(a.open or b.open),
        "clauses": float(a.clause and b.clause),
        "odds": odds,
        "odds_common": odds * common,
        "odds_both": odds * min(text_a, text_b),
        "same_text": same * text,
    }


def in_common(a: Phrasing, b: Phrasing) -> tuple[float, float]:
    """Return the weight of the words that both have, and of the names among them, in tens and limited."""
    shared = set(a.bag.stems).intersection(b.bag.stems)
    if not shared:
        return 0.0, 0.0
    names = {stem_of(name) for name in a.names & b.names}
    found = [(stem, weight) for stem, weight in zip(a.bag.stems, a.bag.weights.tolist(), strict=True) if stem in shared]
    common = sum(weight for _, weight in found)
    return min(4.0, common / 10), min(3.0, sum(weight for stem, weight in found if stem in names) / 10)


def text_likeness(a: Phrasing, b: Phrasing) -> float:
    """Return how much of the words each has of the other's, by meaning."""
    return _mean(covered(a.bag, b.bag), covered(b.bag, a.bag))


def days_apart(a: Phrasing, b: Phrasing) -> int | None:
    """Return the days between two statements, if both are dated."""
    return abs(a.day - b.day) if a.day is not None and b.day is not None else None


def covered(one: Bag, other: Bag, only: Set[str] | None = None) -> float:
    """Return how much of one text the other has: each word's nearest in the other, squared, weighted by rarity.

    Args:
        one: the words of the one.
        other: the words of the other.
        only: look only for these stems of one; all where None.
    """
    rows = slice(None) if only is None else [row for row, stem in enumerate(one.stems) if stem in only]
    weights = one.weights[rows]
    if not (len(weights) and other.stems):
        return 0.0
    nearest = np.clip((one.vectors[rows] @ other.vectors.T).max(axis=1), 0, 1)
    return float((nearest * nearest) @ weights / weights.sum())


def _shared_names(a: Bag, b: Bag, named: frozenset[str]) -> float:
    """Return what share of the weight of the names in the richer text both have."""
    weights_a, weights_b = (
        {stem: weight for stem, weight in zip(bag.stems, bag.weights.tolist(), strict=True) if stem in named}
        for bag in (a, b)
    )
    most = max(sum(weights_a.values()), sum(weights_b.values()))
    return sum(weights_a[stem] for stem in weights_a.keys() & weights_b.keys()) / most if most else 0.5


def longest_run(a: Codes, b: Codes) -> int:
    """Return the length of the longest run of words that both have."""
    if not (len(a) and len(b)):
        return 0
    equal = a[:, None] == b[None, :]
    best, row = 0, np.zeros(len(b) + 1, np.int64)
    if not equal.any():
        return 0
    for line in equal:
        row[1:] = (row[:-1] + 1) * line
        best = max(best, int(row.max()))
    return best


def speakers(a: Phrasing, b: Phrasing) -> tuple[float, float]:
    """Return how sure it is that the speaker is the same, and that it is another: each 0 to 1.

    A pronoun is taken for a name that stands around it, half sure.
    """
    if a.speaker is not None and b.speaker is not None:
        return (1.0, 0.0) if a.speaker == b.speaker else (0.0, 1.0)
    near = a.near if a.speaker is None else b.near
    known = b.speaker if a.speaker is None else a.speaker
    if known is not None:
        return (0.5, 0.0) if known in near else (0.0, 0.0)
    return 0.0, 0.0


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
