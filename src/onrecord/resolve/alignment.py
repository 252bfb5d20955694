"""Two texts laid beside each other, sentence by sentence: what both have, where, and how alike it is.

Sentences are compared by their words weighted with how rare they are in general (Dice of inverse document frequencies),
so that a reworded sentence is found by its names and numbers. Nothing depends on what else an archive holds: what two
articles share stays the same however many are added. What stands inside quotation marks is
evidence of copying only together with what stands outside: two reporters in one room write down the same words.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.model import Passage
from onrecord.resolve import vectors
from onrecord.resolve.fingerprints import Fingerprint, Flags, hash_of
from onrecord.resolve.ragged import Numbers

Floats = npt.NDArray[np.floating]

SHINGLE = 5  # words in a row that are taken to be copied
USUAL = 10.0  # a word of rank r stands in an article by chance 1 - exp(-USUAL / r) (Zipf 1949)
SMOOTH = 0.05  # and in so many more, that the rarest do not weigh too much
ALIKE = 0.4  # Dice from which two sentences are taken to say the same
AKIN = 0.3  # Dice from which a sentence counts as retold when the whole article is retold in the same order


@dataclass(frozen=True, slots=True)
class Side:
    """How much of one article the other has; shares are of words, 0 to 1."""

    words: int  # without boilerplate
    alike: float  # share of words in sentences that the other article has too, in whatever words
    akin: float  # share of words in sentences that have a kindred sentence in the other article
    verbatim: float  # share of the words outside quotation marks in runs of five that the other has too
    order: float  # share of the sentences that are retold in one order: the longest rising chain of partners


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two articles share."""

    a: Side
    b: Side
    run: int  # the longest run of words outside quotation marks that both have
    taken: int  # words of the smaller side in runs of five outside quotation marks that both have
    sentences: int  # pairs of sentences that are alike
    passages: tuple[Passage, ...]


NOTHING = Alignment(Side(0, 0.0, 0.0, 0.0, 0.0), Side(0, 0.0, 0.0, 0.0, 0.0), 0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class Prepared:
    """A fingerprint with all that aligning needs and that does not depend on the other article."""

    print: Fingerprint
    sentence: Numbers  # (k,) sentence of each distinct word of each sentence
    words: npt.NDArray[np.uint32]  # (k,) those words
    place: Numbers  # (k,) where each stands in ``distinct``
    sums: Floats  # (sentences,) weight of each sentence's words
    distinct: npt.NDArray[np.uint32]  # the words of the article, ascending
    roots: Floats  # root of the weight of each
    shingles: npt.NDArray[np.uint64]  # in order
    distinct_shingles: npt.NDArray[np.uint64]  # ascending

    @classmethod
    def of(cls, side: Fingerprint) -> Prepared:
        """Prepare one article."""
        sentence = np.repeat(np.arange(side.sentences), np.diff(side.starts))
        code = np.unique((sentence.astype(np.uint64) << np.uint64(32)) | side.words)
        sentence, words = (code >> np.uint64(32)).astype(np.int64), (code & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        distinct, place = np.unique(words, return_inverse=True)
        values = weights(distinct)
        sums = np.bincount(sentence, values[place], minlength=side.sentences).astype(np.float64)
        shingles = _shingles(side.words)
        return cls(side, sentence, words, place, sums, distinct, np.sqrt(values), shingles, np.unique(shingles))


def align(prepared_a: Prepared, prepared_b: Prepared, common_a: Flags, common_b: Flags) -> Alignment:
    """Lay two articles beside each other.

    Args:
        prepared_a: one article.
        prepared_b: the other.
        common_a: (sentences of a,) which are boilerplate and count for nothing.
        common_b: the same for b.
    """
    a, b = prepared_a.print, prepared_b.print
    if not (a.sentences and b.sentences):
        return NOTHING
    keep_a, keep_b = ~_per_word(a, common_a), ~_per_word(b, common_b)
    alike = _similarity(prepared_a, prepared_b)
    alike[common_a, :] = 0
    alike[:, common_b] = 0
    both = np.intersect1d(prepared_a.distinct_shingles, prepared_b.distinct_shingles, assume_unique=True)
    same_a = _covered(prepared_a, both) & keep_a & ~a.quoted
    same_b = _covered(prepared_b, both) & keep_b & ~b.quoted
    return Alignment(
        _side(a, alike, same_a, keep_a),
        _side(b, alike.T, same_b, keep_b),
        max(_longest(same_a), _longest(same_b)),
        int(min(same_a.sum(), same_b.sum())),
        int((alike.max(axis=1, initial=0) >= ALIKE).sum()),
        _passages(a, b, alike),
    )


def weights(words: npt.NDArray[np.uint32]) -> Floats:
    """Return how much each word says: its inverse document frequency in general; a word never seen is the rarest."""
    known, values = _table()
    place = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return np.where(known[place] == words, values[place], np.log1p(1 / SMOOTH))


@cache
def _table() -> tuple[npt.NDArray[np.uint32], Floats]:
    """Hashes of the words whose rank is known, ascending, and the weight of each."""
    ranks = {hash_of(word): rank for word, rank in vectors.ranks()}
    hashes = np.array(sorted(ranks), np.uint32)
    rank = np.array([ranks[hash] for hash in hashes.tolist()]) + 1.0
    return hashes, np.log1p(1 / (1 - np.exp(-USUAL / rank) + SMOOTH))


def _similarity(a: Prepared, b: Prepared) -> Floats:
    """(sentences of a, sentences of b) weighted Dice."""
    shared, in_a, in_b = np.intersect1d(a.distinct, b.distinct, assume_unique=True, return_indices=True)
    if not len(shared):
        return np.zeros((a.print.sentences, b.print.sentences))
    left, right = _incidence(a, in_a), _incidence(b, in_b)
    dice: Floats = 2 * (left @ right.T) / np.maximum(a.sums[:, None] + b.sums[None, :], 1e-9)
    return dice


def _incidence(side: Prepared, shared: Numbers) -> Floats:
    """(sentences, shared words) root of a word's weight where the sentence has it."""
    column = np.full(len(side.distinct), -1)
    column[shared] = np.arange(len(shared))
    of_word = column[side.place]
    known = of_word >= 0
    matrix = np.zeros((side.print.sentences, len(shared)), np.float32)  # half the memory, and exact enough
    matrix[side.sentence[known], of_word[known]] = side.roots[side.place[known]]
    return matrix


def _side(side: Fingerprint, alike: Floats, same: Flags, keep: Flags) -> Side:
    best = alike.max(axis=1, initial=0)
    partner = alike.argmax(axis=1)
    found = _per_word(side, best >= ALIKE)
    akin = partner[best >= AKIN]
    return Side(
        words=int(keep.sum()),
        alike=_share(found & keep, keep),
        akin=_share(_per_word(side, best >= AKIN) & keep, keep),
        verbatim=_share(same, keep & ~side.quoted),
        order=_rising(akin) / max(1, side.sentences),
    )


def _rising(partners: Numbers) -> int:
    """Length of the longest strictly rising subsequence (Schensted 1961)."""
    tails: list[int] = []
    for partner in partners.tolist():
        place = bisect.bisect_left(tails, partner)
        tails[place : place + 1] = [partner]
    return len(tails)


def _share(part: Flags, whole: Flags) -> float:
    return float(part.sum() / max(1, whole.sum()))


def _per_word(side: Fingerprint, sentences: Flags) -> Flags:
    return np.repeat(sentences, np.diff(side.starts))


def _shingles(words: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    count = len(words) - SHINGLE + 1
    if count < 1:
        return np.zeros(0, np.uint64)
    rolled = np.zeros(count, np.uint64)
    for i in range(SHINGLE):
        rolled = (rolled * np.uint64(0x9E3779B97F4A7C15)) ^ words[i : i + count].astype(np.uint64)
    return rolled


def _covered(side: Prepared, shared: npt.NDArray[np.uint64]) -> Flags:
    covered = np.zeros(len(side.print.words), np.bool_)
    if not len(shared):
        return covered
    place = np.minimum(np.searchsorted(shared, side.shingles), len(shared) - 1)
    at = np.flatnonzero(shared[place] == side.shingles)
    for i in range(SHINGLE):
        covered[at + i] = True
    return covered


def _longest(flags: Flags) -> int:
    if not flags.any():
        return 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max())


def _passages(a: Fingerprint, b: Fingerprint, alike: Floats) -> tuple[Passage, ...]:
    """Join sentences that are alike, and neighbours on both sides, to passages."""
    passages: list[Passage] = []
    last = (-2, -2)
    for i in np.flatnonzero(alike.max(axis=1) >= ALIKE).tolist():
        j = int(alike[i].argmax())
        span_a, span_b = a.spans[i], b.spans[j]
        if last == (i - 1, j - 1):
            begun = passages.pop()
            passages.append(Passage((begun.a[0], int(span_a[1])), (begun.b[0], int(span_b[1]))))
        else:
            passages.append(Passage((int(span_a[0]), int(span_a[1])), (int(span_b[0]), int(span_b[1]))))
        last = (i, j)
    return tuple(passages)
