"""Which pairs of statements to compare: near linear, from the rare words that they share and few others have.

A *key* is a pair of rare words of the sentence that a statement stands in. Statements that share a key, and enough of the
weight of their words, are compared. A key that many statements have is not dropped (a hot topic would be lost) but each
of its statements then meets only the few that were printed next after it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.resolve.phrasing import MOST_WORDS, WORD, is_empty, plain, stem_of
from onrecord.resolve.ragged import Numbers, Ragged
from onrecord.resolve.sharing import HALF, Sharing

Hashes = npt.NDArray[np.uint32]

RAREST = 6  # words of a statement whose pairs are its keys
FEW = 24  # statements of a key that all meet each other; of a more common one each meets
NEXT = 6  # those printed next after it
SHARED = 0.25  # of the weight of the lighter statement's words that both must have
CHUNK = 200_000  # pairs that are weighed, or statements whose keys are made, at once; bounds the memory
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs of statements to compare, and what was left out."""

    pairs: npt.NDArray[np.int64]  # (n, 2), the smaller number first
    common: int  # keys that more than ``FEW`` statements have
    left_out: int  # meetings of two statements over such a key that were not looked at


def bag(text: str) -> Hashes:
    """Return the hashes of the words of a text that say something."""
    found = set(map(_coded, WORD.findall(text)[: 2 * MOST_WORDS]))
    found.discard(0)
    return np.array(sorted(found), np.uint32)


@lru_cache(maxsize=20_000)
def _coded(printed: str) -> int:
    word = plain(printed)
    return 0 if is_empty(word) else hash_of(stem_of(word))


def hash_of(stem: str) -> int:
    """Return the hash that a word is known by; the same on every machine, never 0."""
    return zlib.crc32(stem.encode("utf-8", "surrogatepass")) or 1


class Frequencies:
    """In how many statements each word stands."""

    def __init__(self, bags: Ragged) -> None:
        self.words, counts = np.unique(bags.values, return_counts=True)
        self.counts = counts.astype(np.int64)

    def of(self, hashes: Hashes) -> Numbers:
        """Return the counts of words that are known to stand in the bags."""
        return self.counts[np.searchsorted(self.words, hashes)]


def neighbours(bags: Ragged, days: Numbers) -> Neighbours:
    """Return the pairs of statements to compare.

    Args:
        bags: the words of all statements, those of each distinct and ascending.
        days: when each was printed; those of unknown date last.
    """
    order = np.argsort(days, kind="stable")  # who meets whom goes by the date
    bags = bags.take(order)
    frequencies = Frequencies(bags)
    sharing = Sharing.of(_keys(bags, frequencies), few=FEW, next=NEXT)
    kept = [np.zeros((0, 2), np.int64)]
    for rare, common in sharing.meetings():
        codes = np.unique(np.concatenate((rare, common)))
        for at in range(0, len(codes), CHUNK):
            one, other = codes[at : at + CHUNK] // len(bags), codes[at : at + CHUNK] % len(bags)
            kept.append(np.stack((one, other), axis=1)[_meet(bags, frequencies, one, other)])
    pairs = np.sort(order[np.concatenate(kept)], axis=1)
    return Neighbours(pairs, *sharing.common())


def _keys(bags: Ragged, frequencies: Frequencies) -> Ragged:
    """Return the keys of all statements."""
    parts = [
        _some_keys(bags.take(np.arange(at, min(at + CHUNK, len(bags)))), frequencies)
        for at in range(0, len(bags), CHUNK)
    ]
    return Ragged.joined(parts)


def _some_keys(bags: Ragged, frequencies: Frequencies) -> Ragged:
    counts = frequencies.of(bags.values)
    owner = bags.owners()
    useful = counts > 1
    owner, word, counts = owner[useful], bags.values[useful].astype(np.uint64), counts[useful]
    order = np.lexsort((word, counts, owner))
    owner, word = owner[order], word[order]
    rare = np.arange(len(owner)) - np.searchsorted(owner, owner) < RAREST
    owner, word = owner[rare], word[rare]
    keys = [np.zeros(0, np.uint64)]
    for step in range(1, RAREST):
        same = owner[step:] == owner[:-step]
        one, other = word[:-step][same], word[step:][same]
        key = (((np.minimum(one, other) << HALF) | np.maximum(one, other)) * MULTIPLIER) >> HALF
        keys.append((owner[step:][same].astype(np.uint64) << HALF) | key)
    packed = np.unique(np.concatenate(keys))
    starts = np.searchsorted(packed >> HALF, np.arange(len(bags) + 1, dtype=np.uint64))
    return Ragged((packed & np.uint64(0xFFFFFFFF)).astype(np.uint32), starts)


def _meet(bags: Ragged, frequencies: Frequencies, one: Numbers, other: Numbers) -> npt.NDArray[np.bool_]:
    """Return which pairs share enough of the weight of their words."""
    sides = []
    for side in (one, other):
        words = bags.take(side)
        weights = np.log(len(bags) + 500.0) - np.log(frequencies.of(words.values) + 1.0)
        pair = words.owners()
        total = np.bincount(pair, weights, minlength=len(side))
        sides.append((total, weights, (pair.astype(np.uint64) << HALF) | words.values))
    (total, weight, codes), (total_other, _, codes_other) = sides
    place = np.minimum(np.searchsorted(codes_other, codes), len(codes_other) - 1)
    twice = codes_other[place] == codes
    shared = np.bincount((codes[twice] >> HALF).astype(np.int64), weight[twice], minlength=len(one))
    enough: npt.NDArray[np.bool_] = shared >= SHARED * np.minimum(total, total_other)
    return enough
