"""For or against: which way a statement's cue and words turn its matter, and how far two statements are at odds.

The word classes stand in ``data/stance.txt``: ``no`` turns about what follows, ``against`` and ``for`` are what a speaker
does to a matter, ``end``/``keep``, ``bad``/``good``, ``less``/``more`` what is to become of it, how it is, where it goes.

A word of the content is *turned* when an odd number of such words stands shortly before it ("is not qualified"),
and the whole content is turned by its cue ("condemned his call for ...", "refused to back ..."). Two statements about the
same words are at odds as far as these words are turned in one and not in the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise

from onrecord.resolve.phrasing import Phrasing, is_empty, stem_of
from onrecord.resolve.vocabulary import lines

OPPOSITES = (("against", "for"), ("end", "keep"), ("bad", "good"), ("less", "more"))
TURNING = frozenset({"against", "end", "less", "bad"})
REACH = 4  # words that a turning word turns
CUE_REACH = 8  # words of the cue, the nearest to the content
NEGATION_REACH = 3
AKIN = 0.45  # cosine from which two different words may stand for one another
# Subjects and conjunctions that open a clause: what is said is then said outright, whatever noun the cue has.
CLAUSE = frozenset("that he she they it i we there this".split())
QUESTION = frozenset("who whom what which why how whether if when where".split())  # who does not answer denies nothing
SUBJECTS = frozenset("he she they it i we".split())
BLAMED = 8  # words within which a content says for what deed somebody is blamed: "Marrin for selling the quay"


@cache
def _classes() -> list[tuple[str, re.Pattern[str]]]:
    found: dict[str, list[str]] = {}
    for name, *words in lines("stance.txt"):
        found.setdefault(name, []).extend(re.escape(word).replace(r"\*", r"[\w'-]*") for word in words)
    return [(name, re.compile("|".join(words))) for name, words in found.items()]


@lru_cache(maxsize=20_000)
def classes(word: str) -> frozenset[str]:
    """Return the classes of a word in lower case."""
    found = {name for name, pattern in _classes() if pattern.fullmatch(word)}
    return frozenset(found | {"no"} if word.endswith("n't") else found)


def turned_by_cue(phrasing: Phrasing) -> bool:
    """Whether the cue turns the content about: opposes the thing named, or denies what is told."""
    opening, first = phrasing.told.text.lstrip()[:1], phrasing.own[:1]
    if opening in "\"“‘'«" or QUESTION.issuperset(first):
        return False  # a quotation is what the speaker said, whatever it was said for
    clause = CLAUSE.issuperset(first) or blames(phrasing.own)
    cue = phrasing.cue[-CUE_REACH:]
    turned = held = denied = False
    for i, word in enumerate(cue):
        kinds, negated = classes(word), any("no" in classes(w) for w in cue[max(0, i - NEGATION_REACH) : i])
        if "say" in kinds and not (word.startswith("call") and cue[i + 1 : i + 2] in (("for",), ("on",), ())):
            turned, held, denied = negated, False, negated
        elif "against" in kinds:
            turned, held = not negated, True
            denied = "deny" in kinds
        elif "for" in kinds and (not held or word.endswith(("ing", "ed"))):  # a noun ("his call for") is under the verb
            turned, held, denied = negated, True, negated
        elif "no" in kinds and word != "without" and (not held or "deny" in kinds):
            turned, denied = True, True
    return turned and (denied or not clause)


def blames(own: Sequence[str]) -> bool:
    """Whether a content names somebody and a deed, which who blames or praises him for it takes for a fact."""
    return any(word in ("for", "of") and deed.endswith("ing") for word, deed in pairwise(own[1:BLAMED]))


def turned_words(phrasing: Phrasing, shared: Set[str]) -> dict[str, bool]:
    """Return for each stem of the content whether it is turned where it stands first; shared words turn nothing."""
    own = phrasing.own
    head = _head(own)
    turns = [
        "no" in k or (bool(k & TURNING) and stem_of(w) not in shared)
        for w, k in zip(own, map(classes, own), strict=True)
    ]
    whole = head is not None and turns[head] and "no" not in classes(own[head])
    if whole and head is not None:
        turns[head] = False
    found: dict[str, bool] = {}
    for i, word in enumerate(own):
        if not is_empty(word):
            found.setdefault(stem_of(word), whole ^ bool(sum(turns[max(0, i - REACH) : i]) % 2))
    return found


def at_odds(a: Phrasing, b: Phrasing) -> float:
    """Return how far two statements turn their common words differently, 0 to 1."""
    if not (a.bag.stems and b.bag.stems):
        return 0.0
    shared = set(a.bag.stems) & set(b.bag.stems)
    ways_a, ways_b = turned_words(a, shared), turned_words(b, shared)
    likeness = a.bag.vectors @ b.bag.vectors.T
    best = likeness.argmax(axis=1).tolist()
    differ = total = 0.0
    opposites = False
    for i, stem in enumerate(a.bag.stems):
        partner, alike = (stem, 1.0) if stem in shared else (b.bag.stems[best[i]], float(likeness[i, best[i]]))
        if alike < AKIN or stem not in ways_a or partner not in ways_b:
            continue
        opposites |= partner not in shared and opposite(stem, partner)
        weight = float(a.bag.weights[i]) * alike
        total += weight
        differ += weight * (ways_a[stem] != ways_b[partner])
    part = differ / total if total else 0.0
    turned = opposites ^ turned_by_cue(a) ^ turned_by_cue(b)
    return 1.0 - part if turned else part


def opposite(one: str, other: str) -> bool:
    """Whether one word is of a class and the other of the opposite one."""
    left, right = classes(one), classes(other)
    return any((x in left and y in right) or (y in left and x in right) for x, y in OPPOSITES)


def _head(own: Sequence[str]) -> int | None:
    """The verb that the whole content hangs on: "to block ...", "barring ...", "she favours ..."."""
    if len(own) > 1 and (own[0] == "to" or own[0] in SUBJECTS):
        return 1
    if len(own) > 2 and own[0] == "that" and own[1] in SUBJECTS:
        return 2
    return 0 if own and own[0].endswith("ing") else None
