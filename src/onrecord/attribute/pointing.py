"""Where a cue's source begins and ends, asked of every word near the cue.

The labels of words may miss a source, above all a pronoun or a bare name far from speech. The cue can still point at it:
each word near is scored as the first and as the last word of the cue's source, and the best pair is the span pointed at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.attribute.linking import Layout, Numbers, features
from onrecord.attribute.scoring import Floats, log_softmax

NEAR = 60  # words on either side of the cue
LONGEST = 30  # words of a source
_TRIED = 4  # best first and best last words that are combined


@dataclass(frozen=True, slots=True)
class Pointer:
    """Learned numbers of the pointer; the projections come from the network."""

    unnamed: Floats
    unnamed_bias: float
    start_bias: Floats
    end_bias: Floats


@dataclass(frozen=True, slots=True)
class Pointed:
    """What each cue points at.

    Attributes:
        first: number of the first word near each cue.
        starts: log probabilities that the source begins at a near word, (cues, 2 * NEAR + 2), the last for "no source".
        ends: log probabilities that it ends there, (cues, 2 * NEAR + 1).
        best: (cues, 2), first and last word of the best span.
        sure: log probability of the best span.
    """

    first: Numbers
    starts: Floats
    ends: Floats
    best: Numbers
    sure: Floats

    def of(self, cue: int, segment: tuple[int, int]) -> float:
        """Log probability that a given segment is the source of a cue."""
        start, end = segment[0] - self.first[cue], segment[1] - self.first[cue]
        if start < 0 or end < 0 or start > 2 * NEAR or end > 2 * NEAR:
            return -20.0
        return float(self.starts[cue, start] + self.ends[cue, end])

    def nobody(self, cue: int) -> float:
        """Log probability that the text names no source for a cue."""
        return float(self.starts[cue, -1])


def point(
    layout: Layout, windows: Numbers, cues: Numbers, query: Floats, starts: Floats, ends: Floats, pointer: Pointer
) -> Pointed:
    """Let each cue point at its source.

    Args:
        layout: the text.
        windows: number of the window of each word; a cue points only within its own.
        cues: (cues, 2) words.
        query: (cues, width), what each cue looks for.
        starts, ends: (words, width), what each word offers as first and as last word of a source.
        pointer: learned numbers.
    """
    size = len(layout.sentences)
    first = cues[:, 0] - NEAR
    numbers = first[:, None] + np.arange(2 * NEAR + 1)
    allowed = (numbers >= 0) & (numbers < size)
    numbers = np.clip(numbers, 0, size - 1)
    allowed &= windows[numbers] == windows[cues[:, :1]]
    words = np.stack([numbers, numbers], -1)
    pairs = features(layout, cues[:, None, :], words, cues, cues[:0])
    none = query @ pointer.unnamed + np.float32(pointer.unnamed_bias)
    low = np.float32(-1e4)
    start = np.where(allowed, np.einsum("nd,nkd->nk", query, starts[numbers]) + pointer.start_bias[pairs].sum(-1), low)
    end = np.where(allowed, np.einsum("nd,nkd->nk", query, ends[numbers]) + pointer.end_bias[pairs].sum(-1), low)
    start = log_softmax(np.concatenate([start, none[:, None]], 1).astype(np.float32))
    end = log_softmax(end.astype(np.float32))
    tops = np.argsort(-start[:, :-1], axis=1, kind="stable")[:, :_TRIED]
    tips = np.argsort(-end, axis=1, kind="stable")[:, :_TRIED]
    both = np.take_along_axis(start, tops, 1)[:, :, None] + np.take_along_axis(end, tips, 1)[:, None, :]
    length = tips[:, None, :] - tops[:, :, None]
    both = np.where((length >= 0) & (length < LONGEST), both, np.float32(-1e4)).reshape(len(cues), -1)
    chosen = both.argmax(1)
    rows = np.arange(len(cues))
    best = np.stack([tops[rows, chosen // _TRIED], tips[rows, chosen % _TRIED]], 1) + first[:, None]
    return Pointed(first, start, end, best.astype(np.int64), both[rows, chosen])
