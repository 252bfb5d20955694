"""What two segments of a text have to do with each other, as numbers of learned biases.

A link is a choice: a cue chooses its source, a content segment chooses its cue. The score of a choice is the dot product of what the
network says about both segments plus one learned bias for each feature below. The same features serve training and use.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.attribute.words import INSIDE, Words

Numbers = NDArray[np.int64]

GAP_STEPS = np.array([1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 64, 100])  # words between two segments: edges of the buckets
GAPS = len(GAP_STEPS) + 1
PLACES = 5  # same sentence, next sentence, same paragraph, next paragraph, farther
BETWEEN = 4  # segments of a role in between: 0, 1, 2, more
FEATURES = 5
SIZES = (2 * GAPS, 2 * PLACES, 2 * BETWEEN, 2 * BETWEEN, 9)
OFFSETS = np.concatenate([[0], np.cumsum(SIZES)[:-1]])
BIASES = int(sum(SIZES))


def features(words: Words, choosers: Numbers, options: Numbers, cues: Numbers) -> Numbers:
    """Numbers of the biases of each pair.

    Args:
        words: the text.
        choosers, options: segments as rows of (first, last) word.
        cues: the cue segments of the text in order; those between the pair are counted.

    Returns:
        Array of shape (choosers, options, FEATURES), values below `BIASES`.
    """
    a, b = choosers[:, None, :], options[None, :, :]
    before = (b[..., 0] < a[..., 0]).astype(np.int64)
    low = np.where(before == 1, b[..., 1], a[..., 1])  # last word of the first of the two
    high = np.where(before == 1, a[..., 0], b[..., 0])  # first word of the second
    gap = np.searchsorted(GAP_STEPS, np.maximum(high - low - 1, 0), side="right")
    sentences, paragraphs = np.asarray(words.sentences), np.asarray(words.paragraphs)
    sentence = sentences[high] - sentences[low]
    paragraph = paragraphs[high] - paragraphs[low]
    place = np.select([sentence == 0, (paragraph == 0) & (sentence == 1), paragraph == 0, paragraph == 1], [0, 1, 2, 3], 4)
    cues_between = _between(cues, low, high)
    options_between = _between(options, low, high)
    quoted = (np.asarray(words.marks) >> 2) & 3
    state_a = _state(quoted, choosers)[:, None]
    state_b = _state(quoted, options)[None, :]
    columns = (
        before * GAPS + gap,
        before * PLACES + place,
        before * BETWEEN + cues_between,
        before * BETWEEN + options_between,
        state_a * 3 + state_b,
    )
    return np.stack(np.broadcast_arrays(*columns), axis=-1) + OFFSETS


def _between(segments: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """How many segments lie wholly between two words, at most BETWEEN - 1."""
    if not len(segments):
        return np.zeros_like(low)
    begun = np.searchsorted(segments[:, 0], high, side="left")
    passed = np.searchsorted(segments[:, 0], low, side="right")
    return np.clip(begun - passed, 0, BETWEEN - 1)


def _state(quoted: Numbers, segments: Numbers) -> Numbers:
    """0 no end of the segment is inside a quotation, 1 one of them, 2 both; marks count as inside."""
    return (quoted[segments[:, 0]] >= INSIDE).astype(np.int64) + (quoted[segments[:, 1]] >= INSIDE)
