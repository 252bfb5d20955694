"""How close many pairs of words are for the ear: what :mod:`onrecord.resolve.sound` says of two, for all at once."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from onrecord.resolve import sound
from onrecord.resolve.sound import SHORT, VOWELS, skeleton, sounds

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

_CHUNK = 50_000  # pairs that are looked at at once; bounds the memory
_LONGEST = 24  # sounds; longer words are compared one by one
_LETTERS = 128  # sounds are ASCII letters and digits


class Heard:
    """Words as they are heard, each once, to be held against each other by their numbers."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._skeletons = [skeleton(word) for word in words]
        self._consonants = np.array([len(each) for each in self._skeletons], np.int64)
        heard = [sounds(word) for word in words]
        self._lengths = np.array([len(each) for each in heard], np.int64)
        letters = b"".join(each[:_LONGEST].encode().ljust(_LONGEST, b"\0") for each in heard)
        self._letters = np.frombuffer(letters, np.uint8).reshape(-1, _LONGEST)
        costs = array("d")
        for word in heard:
            its = sound.removal(word[:_LONGEST])
            costs.extend((*its, *[0.0] * (_LONGEST - len(its))))
        self._removals = np.frombuffer(costs).reshape(-1, _LONGEST)

    def closeness(self, one: Numbers, other: Numbers) -> Reals:
        """Return how close the two words of each pair are, as ``sound.closeness`` does."""
        found: Reals = np.equal(one, other).astype(np.float64)
        pairs = np.flatnonzero(self._may_be_close(one, other) & (one != other))
        long = np.maximum(self._lengths[one[pairs]], self._lengths[other[pairs]]) > _LONGEST
        for pair in pairs[long].tolist():
            found[pair] = sound.closeness(self._words[one[pair]], self._words[other[pair]])
        pairs = pairs[~long]
        pairs = pairs[
            np.lexsort((self._lengths[other[pairs]], self._lengths[one[pairs]]))
        ]  # those of one length together
        for start in range(0, len(pairs), _CHUNK):
            chunk = pairs[start : start + _CHUNK]
            found[chunk] = self._short(one[chunk], other[chunk])
        return found

    def _may_be_close(self, one: Numbers, other: Numbers) -> Flags:
        mine, theirs = ([self._skeletons[number] for number in side.tolist()] for side in (one, other))
        apart = cpdist(mine, theirs, scorer=Levenshtein.distance, score_cutoff=2)
        may: Flags = apart <= 1 + (np.minimum(self._consonants[one], self._consonants[other]) > SHORT)
        return may

    def _short(self, one: Numbers, other: Numbers) -> Reals:
        long_one, long_other = self._lengths[one], self._lengths[other]
        apart = _distances(
            self._letters[one].T, self._letters[other].T,
            self._removals[one].T, self._removals[other].T, long_one, long_other,
        )  # fmt: skip
        length = np.maximum((long_one + long_other) / 2, sound.SHORTEST)
        close: Reals = np.maximum(0.0, 1.0 - apart / (sound.LOSS * length))
        return close


def _distances(
    a: npt.NDArray[np.uint8], b: npt.NDArray[np.uint8], drop_a: Reals, drop_b: Reals, long_a: Numbers, long_b: Numbers
) -> Reals:
    """Return the distance of each pair of words: their sounds, what leaving out each costs (a column a pair), lengths."""
    pairs = np.arange(len(long_a))
    row = np.concatenate([np.zeros((1, len(pairs))), np.cumsum(drop_b[: long_b.max()], axis=0)])
    found: Reals = row[long_b, pairs]
    for i in range(int(long_a.max())):
        previous, row = row, np.empty_like(row)
        row[0] = previous[0] + drop_a[i]
        for j in range(len(row) - 1):
            cost = _swaps()[a[i], b[j]]
            if i == j == 0:
                cost = np.where(_vowels()[a[0]] & _vowels()[b[0]], cost * sound.FIRST_VOWEL, cost)
            row[j + 1] = np.minimum(previous[j] + cost, np.minimum(previous[j + 1] + drop_a[i], row[j] + drop_b[j]))
        ends = long_a == i + 1
        found[ends] = row[long_b[ends], pairs[ends]]
    return found


@cache
def _swaps() -> Reals:
    costs = np.ones((_LETTERS, _LETTERS)) - np.eye(_LETTERS)
    for swap, cost in sound.SWAPS.items():
        costs[ord(swap[0]), ord(swap[1])] = cost
    return costs


@cache
def _vowels() -> Flags:
    return np.isin(np.arange(_LETTERS), [ord(vowel) for vowel in VOWELS])
