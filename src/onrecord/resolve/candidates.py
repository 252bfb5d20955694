"""Which pairs of articles to look at: near linear, from what they share and few others have.

Two kinds of keys are made of each article, from its text alone. *Shingles*: five words in a row, thinned to the smallest
hash of each window of eight (winnowing, Schleimer, Wilkerson and Aiken 2003), find text that was taken over. *Sentence
keys*: two of the three rarest words of a sentence, find sentences that were reworded, because names and numbers survive
rewording. A key that many articles have says nothing by itself: each of them then meets only the next few, and only where
such keys are a good part of the article. So a report that hundreds print is found, a formula that thousands print is not
looked at again and again, and the pairs grow with the number of articles and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.resolve.alignment import SHINGLE, weights
from onrecord.resolve.fingerprints import Fingerprint
from onrecord.resolve.ragged import Numbers, Ragged
from onrecord.resolve.sharing import HALF, Sharing

WINDOW = 8
RAREST = 3  # words of a sentence whose pairs are its keys
COMMONEST = 24  # articles of a key that all meet each other; of a more common one each meets
NEXT = 3  # those behind it, where such keys are
MOSTLY = 0.2  # of the keys of the one that has fewer
ENOUGH = 2  # shared shingles that make a candidate; of sentence keys one more

Keys = npt.NDArray[np.uint32]
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Marks:
    """What pairs are found by, for many articles."""

    shingles: Ragged  # keys of each article, distinct
    pairs: Ragged  # keys of its sentences, distinct
    sentences: Ragged  # hash of each sentence, in order

    @classmethod
    def of(cls, prints: Iterable[Fingerprint]) -> Marks:
        """Make the marks of articles, row by row."""
        rows = [(shingle_keys(p), sentence_keys(p), sentence_hashes(p)) for p in prints]
        return cls(*(Ragged.of(row[part] for row in rows) for part in range(3)))

    def take(self, rows: Numbers) -> Marks:
        """Return the marks of these articles."""
        return Marks(self.shingles.take(rows), self.pairs.take(rows), self.sentences.take(rows))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of articles worth aligning, and what was left out."""

    pairs: npt.NDArray[np.int64]  # (n, 2), the smaller number first, ascending
    common: int  # keys that more than ``COMMONEST`` articles have
    left_out: int  # meetings of two articles over such a key that were not looked at


def shingle_keys(print_: Fingerprint) -> Keys:
    """Return the winnowed shingles of one article, distinct."""
    words = print_.words.astype(np.uint64)
    count = len(words) - SHINGLE + 1
    if count < 1:
        return np.zeros(0, np.uint32)
    rolled = np.zeros(count, np.uint64)
    for i in range(SHINGLE):
        rolled = (rolled * MULTIPLIER) ^ words[i : i + count]
    rolled *= MULTIPLIER
    least = np.lib.stride_tricks.sliding_window_view(rolled, min(WINDOW, count)).min(axis=1)
    return np.unique((least >> HALF).astype(np.uint32))


def sentence_keys(print_: Fingerprint) -> Keys:
    """Return for each sentence the pairs of its three rarest words; of equally rare ones those of the smallest hash."""
    if not print_.sentences:
        return np.zeros(0, np.uint32)
    number = np.repeat(np.arange(print_.sentences), np.diff(print_.starts))
    code = np.unique((number.astype(np.uint64) << HALF) | print_.words)
    sentence, word = code >> HALF, code & np.uint64(0xFFFFFFFF)
    order = np.lexsort((word * MULTIPLIER, -weights(word.astype(np.uint32)), sentence))
    place = np.arange(len(word)) - np.searchsorted(sentence, sentence)
    rare = order[place < RAREST]  # the order keeps the sentences where they are
    sentence, word = sentence[rare], word[rare]
    keys = [np.zeros(0, np.uint64)]
    for step in range(1, RAREST):
        same = sentence[step:] == sentence[:-step]
        one, other = word[:-step][same], word[step:][same]
        keys.append((((np.minimum(one, other) << HALF) | np.maximum(one, other)) * MULTIPLIER) >> HALF)
    return np.unique(np.concatenate(keys)).astype(np.uint32)


def sentence_hashes(print_: Fingerprint) -> Keys:
    """Return a hash of the words of each sentence."""
    if not print_.sentences:
        return np.zeros(0, np.uint32)
    place = np.arange(len(print_.words)) - np.repeat(print_.starts[:-1], np.diff(print_.starts))
    mixed = (print_.words.astype(np.uint64) + np.uint64(1)) * MULTIPLIER
    mixed *= (place.astype(np.uint64) << np.uint64(1)) + np.uint64(1)
    return (np.add.reduceat(mixed ^ (mixed >> HALF), print_.starts[:-1]) >> HALF).astype(np.uint32)


def candidates(marks: Marks) -> Candidates:
    """Return the pairs of articles worth aligning."""
    found, common, left_out = [], 0, 0
    for keys, enough in ((marks.shingles, ENOUGH), (marks.pairs, ENOUGH + 1)):
        pairs, many, left = _sharing(keys, enough)
        found.append(pairs)
        common, left_out = common + many, left_out + left
    codes = np.unique(np.concatenate(found))
    articles = max(1, len(marks.sentences))
    return Candidates(np.stack((codes // articles, codes % articles), axis=1), common, left_out)


def _sharing(keys: Ragged, enough: int) -> tuple[Numbers, int, int]:
    """Return the pairs of rows that share enough keys, the number of common keys and of meetings left out."""
    sharing = Sharing.of(keys, few=COMMONEST, next=NEXT)
    lengths = np.diff(keys.starts)
    found = [np.zeros(0, np.int64)]
    for met in sharing.meetings():
        (rare, rare_shared), (common, shared) = (np.unique(codes, return_counts=True) for codes in met)
        found.append(rare[rare_shared >= enough])
        least = np.minimum(lengths[common // max(1, len(keys))], lengths[common % max(1, len(keys))])
        found.append(common[(shared >= enough) & (shared >= MOSTLY * least)])
    return np.concatenate(found), *sharing.common()
