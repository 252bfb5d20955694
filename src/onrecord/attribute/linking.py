"""What two segments of a text have to do with each other, as numbers of learned biases.

A link is a choice: a cue chooses its source, a content segment chooses its cue. The score of a choice is the dot product of
what the network says about both segments plus one learned bias for each feature below. The same features serve training
and use.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.attribute.words import INSIDE, Words

Numbers = NDArray[np.int64]

# Words between two segments: edges of the buckets.
GAP_STEPS = np.array([1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 64, 100])
GAPS = len(GAP_STEPS) + 1
PLACES = 5  # same sentence, next sentence, same paragraph, next paragraph, farther
BETWEEN = 4  # segments of a role in between: 0, 1, 2, more
FEATURES = 5
SIZES = (2 * GAPS, 2 * PLACES, 2 * BETWEEN, 2 * BETWEEN, 9)
OFFSETS = np.concatenate([[0], np.cumsum(SIZES)[:-1]])
BIASES = int(sum(SIZES))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the words of a text lie, one number a word: sentence, paragraph, and 1 for a quoted word or a quotation mark."""

    sentences: Numbers
    paragraphs: Numbers
    quoted: Numbers

    @classmethod
    def of(cls, words: Words) -> Layout:
        """The layout of a text."""
        quoted = (np.asarray(words.marks, dtype=np.int64) >> 2) & 3 >= INSIDE
        return cls(
            np.asarray(words.sentences, dtype=np.int64),
            np.asarray(words.paragraphs, dtype=np.int64),
            quoted.astype(np.int64),
        )


def features(layout: Layout, choosers: Numbers, options: Numbers, cues: Numbers, all_options: Numbers) -> Numbers:
    """Numbers of the biases of pairs of segments.

    Args:
        layout: the text.
        choosers, options: segments (first, last word), arrays (..., 2) that broadcast against each other.
        cues, all_options: (n, 2), all segments of these kinds in order; those between the two of a pair are counted.

    Returns:
        Array of the broadcast shape with FEATURES in place of 2, values below `BIASES`.
    """
    choosers, options = np.broadcast_arrays(choosers, options)
    before = (options[..., 0] < choosers[..., 0]).astype(np.int64)
    low = np.where(before == 1, options[..., 1], choosers[..., 1])  # last word of the first of the two
    high = np.where(before == 1, choosers[..., 0], options[..., 0])  # first word of the second
    gap = np.searchsorted(GAP_STEPS, np.maximum(high - low - 1, 0), side="right")
    sentence = layout.sentences[high] - layout.sentences[low]
    paragraph = layout.paragraphs[high] - layout.paragraphs[low]
    place = np.select(
        [sentence == 0, (paragraph == 0) & (sentence == 1), paragraph == 0, paragraph == 1], [0, 1, 2, 3], 4
    )
    columns = (
        before * GAPS + gap,
        before * PLACES + place,
        before * BETWEEN + _between(cues, low, high),
        before * BETWEEN + _between(all_options, low, high),
        _ends_quoted(layout, choosers) * 3 + _ends_quoted(layout, options),
    )
    numbers: Numbers = np.stack(columns, axis=-1) + OFFSETS
    return numbers


def _between(segments: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """How many segments lie wholly between two words, at most BETWEEN - 1."""
    if not len(segments):
        return np.zeros_like(low)
    begun = np.searchsorted(segments[:, 0], high, side="left")
    passed = np.searchsorted(segments[:, 0], low, side="right")
    count: Numbers = np.clip(begun - passed, 0, BETWEEN - 1)
    return count


def _ends_quoted(layout: Layout, segments: Numbers) -> Numbers:
    """How many ends of the segment are inside a quotation: 0, 1 or 2."""
    ends: Numbers = layout.quoted[segments[..., 0]] + layout.quoted[segments[..., 1]]
    return ends
