"""Which pairs of articles to look at: near linear, from what they share and few others have.

Two kinds of keys are made of each article. *Shingles*: five words in a row, thinned to the smallest hash of
each window of eight (winnowing, Schleimer, Wilkerson and Aiken 2003), find text that was taken over.
*Sentence keys*: two of the three rarest words of a sentence, find sentences that were reworded, because names and
numbers survive rewording. A key that many articles have says nothing and is dropped, so the pairs
grow with the number of articles and not with its square.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.resolve.fingerprints import Fingerprint, Numbers

SHINGLE = 5
WINDOW = 8
COMMONEST = 24  # articles that may share a key; more, and it is a formula or boilerplate
ENOUGH = 2  # shared keys that make a candidate

Keys = npt.NDArray[np.uint64]
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def word_frequencies(prints: Sequence[Fingerprint]) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """Return all distinct words (sorted) and in how many articles each stands."""
    if not prints:
        return np.zeros(0, np.uint32), np.zeros(0, np.int64)
    distinct = np.concatenate([np.unique(p.words) for p in prints])
    words, counts = np.unique(distinct, return_counts=True)
    return words, counts.astype(np.int64)


def shingle_keys(print_: Fingerprint) -> Keys:
    """Return the winnowed shingles of one article, distinct."""
    words = print_.words.astype(np.uint64)
    count = len(words) - SHINGLE + 1
    if count < 1:
        return np.zeros(0, np.uint64)
    rolled = np.zeros(count, np.uint64)
    for i in range(SHINGLE):
        rolled = (rolled * MULTIPLIER) ^ words[i : i + count]
    rolled *= MULTIPLIER
    if count <= WINDOW:
        return np.unique(rolled.min(keepdims=True))
    return np.unique(np.lib.stride_tricks.sliding_window_view(rolled, WINDOW).min(axis=1))


def sentence_keys(print_: Fingerprint, words: npt.NDArray[np.uint32], counts: Numbers) -> Keys:
    """Return for each sentence the three pairs of its three rarest words that stand in two articles or more."""
    if not print_.sentences:
        return np.zeros(0, np.uint64)
    frequency = counts[np.searchsorted(words, print_.words)]
    sentence = np.repeat(np.arange(print_.sentences), np.diff(print_.starts))
    order = np.lexsort((print_.words, frequency, sentence))
    sentence, word, frequency = sentence[order], print_.words[order].astype(np.uint64), frequency[order]
    fresh = np.ones(len(word), np.bool_)
    fresh[1:] = (word[1:] != word[:-1]) | (sentence[1:] != sentence[:-1])
    fresh &= frequency > 1
    sentence, word = sentence[fresh], word[fresh]
    keys = []
    for one, other in ((0, 1), (0, 2), (1, 2)):
        if len(word) > other:
            first, second = word[one : len(word) - other + one], word[other:]
            same = (sentence[: len(word) - other] == sentence[other:]) & _heads(sentence)[: len(word) - other]
            low, high = np.minimum(first, second)[same], np.maximum(first, second)[same]
            keys.append((low << np.uint64(32)) | high)
    return np.unique(np.concatenate(keys)) if keys else np.zeros(0, np.uint64)


def pairs(keys: Sequence[Keys], newest: int = 0, commonest: int = COMMONEST) -> dict[tuple[int, int], int]:
    """Return the pairs of articles that share keys, and how many.

    Args:
        keys: for each article its distinct keys.
        newest: only pairs with an article from this index on are wanted.
        commonest: keys of more articles than this are dropped.
    """
    if not keys:
        return {}
    flat = np.concatenate(keys)
    owner = np.repeat(np.arange(len(keys)), [len(k) for k in keys])
    order = np.argsort(flat, kind="stable")
    flat, owner = flat[order], owner[order]
    starts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1]))) if len(flat) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(flat)))
    codes = []
    for size in range(2, commonest + 1):
        group = owner[starts[sizes == size][:, None] + np.arange(size)]  # ascending in each row
        for i in range(size):
            for j in range(i + 1, size):
                wanted = group[:, j] >= newest
                codes.append(group[wanted, i] * len(keys) + group[wanted, j])
    if not codes:
        return {}
    code, count = np.unique(np.concatenate(codes), return_counts=True)
    return {(int(c) // len(keys), int(c) % len(keys)): int(n) for c, n in zip(code, count, strict=True)}


def candidates(prints: Sequence[Fingerprint], newest: int = 0) -> list[tuple[int, int]]:
    """Return the pairs of articles (indices, ascending) worth aligning; with ``newest`` only those that are new."""
    words, counts = word_frequencies(prints)
    taken_over = pairs([shingle_keys(p) for p in prints], newest)
    reworded = pairs([sentence_keys(p, words, counts) for p in prints], newest)
    found = {pair for pair, shared in taken_over.items() if shared >= ENOUGH}
    found |= {pair for pair, shared in reworded.items() if shared >= ENOUGH + 1}
    return sorted(found)


def _heads(sentence: Numbers) -> npt.NDArray[np.bool_]:
    """Which entries are the first of their sentence."""
    heads = np.ones(len(sentence), np.bool_)
    heads[1:] = sentence[1:] != sentence[:-1]
    return heads
