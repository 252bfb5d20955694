"""Which pairs of statements to compare: near linear, from the rare words that they share and few others have.

A *key* is a pair of rare words of the sentence that a statement stands in. Statements that share a key, and enough of the
weight of their words, are compared. A key that many statements have is not dropped (a hot topic would be lost) but each
of its statements then meets only the few that were printed next after it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.resolve.phrasing import EMPTY, MOST_WORDS, WORD, plain, stem_of

Hashes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]  # (n, 2), the smaller number first

RAREST = 6  # words of a statement whose pairs are its keys
FEW = 24  # statements of a key that all meet each other; of a more common one each meets
NEXT = 6  # those printed next after it
SHARED = 0.25  # of the weight of the lighter statement's words that both must have
CHUNK = 300_000  # pairs that are weighed at once; bounds the memory
KEYS = 4_000_000  # keys that are sorted at once


@dataclass(frozen=True, slots=True)
class Bags:
    """The words of many statements as hashes: those of statement i are ``words[starts[i] : starts[i + 1]]``."""

    words: Hashes  # distinct and ascending within a statement
    starts: Numbers

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self.starts) - 1

    @classmethod
    def of(cls, bags: Iterable[Hashes]) -> Bags:
        """Put the words of statements behind each other."""
        rows = list(bags)
        starts = np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64)))
        return cls(np.concatenate(rows) if rows else np.zeros(0, np.uint32), starts)


def bag(text: str) -> Hashes:
    """Return the hashes of the words of a text that say something."""
    found = set(map(_coded, WORD.findall(text)[: 2 * MOST_WORDS]))
    found.discard(0)
    return np.array(sorted(found), np.uint32)


@lru_cache(maxsize=500_000)
def _coded(printed: str) -> int:
    word = plain(printed)
    return 0 if word in EMPTY else hash_of(stem_of(word))


def hash_of(stem: str) -> int:
    """Return the hash that a word is known by; the same on every machine, never 0."""
    return zlib.crc32(stem.encode("utf-8", "surrogatepass")) or 1


class Frequencies:
    """In how many statements each word stands; read like a mapping from stems."""

    def __init__(self, bags: Bags) -> None:
        self.words, counts = np.unique(bags.words, return_counts=True)
        self.counts = counts.astype(np.int64)

    def get(self, stem: str, default: int = 0) -> int:
        """Return the count of a stem."""
        value = hash_of(stem)
        place = int(np.searchsorted(self.words, np.uint32(value)))
        return int(self.counts[place]) if place < len(self.words) and self.words[place] == value else default

    def of(self, hashes: Hashes) -> Numbers:
        """Return the counts of words that are known to stand in the bags."""
        return self.counts[np.searchsorted(self.words, hashes)]


def neighbours(bags: Bags, days: Numbers, frequencies: Frequencies, newest: int = 0) -> Pairs:
    """Return the pairs of statements to compare.

    Args:
        bags: the words of all statements.
        days: when each was printed; those of unknown date last.
        frequencies: of the words.
        newest: only pairs with a statement from this number on are wanted.
    """
    weights = np.log(len(bags) + 500.0) - np.log(frequencies.of(bags.words) + 1.0)
    totals = np.bincount(_owners(bags), weights, minlength=len(bags))
    keys, owners = _keys(bags, frequencies)
    parts = len(keys) // KEYS + 1
    kept = [np.zeros(0, np.int64)]
    for part in range(parts):
        mine = keys % np.uint64(parts) == part
        codes = np.unique(np.concatenate(list(_meetings(keys[mine], owners[mine], days, len(bags), newest))))
        for at in range(0, len(codes), CHUNK):
            chunk = codes[at : at + CHUNK]
            one, other = chunk // len(bags), chunk % len(bags)
            enough = SHARED * np.minimum(totals[one], totals[other])
            kept.append(chunk[_shared(bags, weights, one, other) >= enough])
    codes = np.unique(np.concatenate(kept))
    return np.stack((codes // max(1, len(bags)), codes % max(1, len(bags))), axis=1)


def _keys(bags: Bags, frequencies: Frequencies) -> tuple[npt.NDArray[np.uint64], Numbers]:
    """Return the keys of all statements and whose each is."""
    counts = frequencies.of(bags.words)
    owner = _owners(bags)
    useful = counts > 1
    owner, word, counts = owner[useful], bags.words[useful].astype(np.uint64), counts[useful]
    order = np.lexsort((word, counts, owner))
    owner, word = owner[order], word[order]
    first = np.searchsorted(owner, owner)  # place of the statement's rarest word
    place = np.arange(len(owner)) - first
    keys, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for step in range(1, RAREST):
        one, other = np.arange(len(owner) - step), np.arange(step, len(owner))
        same = (owner[one] == owner[other]) & (place[other] < RAREST)
        low, high = np.minimum(word[one], word[other])[same], np.maximum(word[one], word[other])[same]
        keys.append((low << np.uint64(32)) | high)
        owners.append(owner[one][same])
    return np.concatenate(keys), np.concatenate(owners)


def _owners(bags: Bags) -> Numbers:
    return np.repeat(np.arange(len(bags)), np.diff(bags.starts))


def _meetings(
    keys: npt.NDArray[np.uint64], owners: Numbers, days: Numbers, statements: int, newest: int
) -> Iterable[Numbers]:
    """Yield the pairs that share a key, each as one number."""
    order = np.lexsort((owners, days[owners], keys))
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    size_of = np.repeat(sizes, sizes)
    yield np.zeros(0, np.int64)
    for step in range(1, FEW):
        same = keys[step:] == keys[:-step]
        if step > NEXT:
            same &= size_of[step:] <= FEW
        low = np.minimum(owners[step:], owners[:-step])[same]
        high = np.maximum(owners[step:], owners[:-step])[same]
        wanted = high >= newest
        yield low[wanted] * statements + high[wanted]


def _shared(bags: Bags, weights: npt.NDArray[np.float64], one: Numbers, other: Numbers) -> npt.NDArray[np.float64]:
    """Return the weight of the words that the statements of each pair share."""
    lengths = np.diff(bags.starts)
    sides = []
    for side in (one, other):
        sizes = lengths[side]
        begin = np.repeat(bags.starts[side], sizes)
        inner = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        pair = np.repeat(np.arange(len(side)), sizes)
        sides.append((begin + inner, (pair.astype(np.uint64) << np.uint64(32)) | bags.words[begin + inner]))
    places, codes = (np.concatenate(one) for one in zip(*sides, strict=True))
    order = np.argsort(codes, kind="stable")
    codes, places = codes[order], places[order]
    twice = np.flatnonzero(codes[1:] == codes[:-1])
    pair = (codes[twice] >> np.uint64(32)).astype(np.int64)
    return np.bincount(pair, weights[places[twice]], minlength=len(one)).astype(np.float64)
