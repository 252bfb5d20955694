"""From segments to attributions: which cue has which source and which contents.

A cue is the heart of an attribution. Each cue chooses its source among the segments labelled as sources, or none, and points
at it word by word too, for sources that the labels missed. Each content segment chooses its cue. So a source may serve several
cues, while a content belongs to one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.attribute.linking import Layout, Numbers, features
from onrecord.attribute.pointing import Pointed, Pointer, point
from onrecord.attribute.scoring import Floats, log_softmax

Segment = tuple[int, int]  # first and last word

REACH = 12  # a link looks at so many segments on either side
APART = np.float32(8.0)  # a link between two windows is made only where there is nothing to choose within one
# How much more likely the span pointed at must be than the segment chosen, or than no source, in log probability. Chosen on
# held-out articles; between 0 and 3 the results hardly differ.
OVER_SEGMENT = 1.5
OVER_NOBODY = -0.5
IMPOSSIBLE = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Linker:
    """Learned numbers of the link scores."""

    no_source: Floats
    no_source_bias: float
    source_bias: Floats
    cue_bias: Floats
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of the words of a text.

    Attributes:
        layout: where they lie.
        windows: number of the window of each word; what the network says of words of two windows compares badly.
        projections: (words, 2, 4, width): as first or last word of a segment; as cue that chooses, source that is offered,
            content that chooses, cue that is offered.
    """

    layout: Layout
    windows: Numbers
    projections: Floats

    def side(self, segments: Numbers, part: int) -> Floats:
        """What segments say in one of the four parts, (segments, width)."""
        both: Floats = self.projections[segments[:, 0], 0, part] + self.projections[segments[:, 1], 1, part]
        return both

    def query(self, segments: Numbers, part: int) -> Floats:
        """What segments that choose are looking for, (segments, width)."""
        return self.side(segments, part) / np.float32(self.projections.shape[-1] ** 0.5)


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in words.

    Attributes:
        source: a segment, or None.
        cue, content: segments.
        source_sure, content_sure: log probability of the choices made; of several contents the mean.
        pointed_sure: log probability that the pointer gives to the source.
    """

    source: Segment | None
    cue: Segment
    content: tuple[Segment, ...]
    source_sure: float
    content_sure: float
    pointed_sure: float


def link(scene: Scene, segments: Sequence[Numbers], linker: Linker) -> list[Found]:
    """Attributions of a text from its segments, (n, 2) of each role."""
    sources, cues, contents = segments
    if not len(cues) or not len(contents):
        return []
    query = scene.query(cues, 0)
    none = query @ linker.no_source + np.float32(linker.no_source_bias)
    source_of, source_sure = _choose(scene, cues, sources, cues, query, 1, linker.source_bias, none)
    offered = scene.projections[:, :, 1]
    pointed = point(scene.layout, scene.windows, cues, query, offered[:, 0], offered[:, 1], linker.pointer)
    cue_of, cue_sure = _choose(scene, contents, cues, cues, scene.query(contents, 2), 3, linker.cue_bias, None)
    found = []
    for number in range(len(cues)):
        own = np.flatnonzero(cue_of == number)
        if not len(own):
            continue
        chosen = _segment(sources, source_of[number]) if source_of[number] >= 0 else None
        source, pointed_sure = _settle(pointed, number, chosen)
        found.append(
            Found(
                source,
                _segment(cues, number),
                tuple(_segment(contents, i) for i in own),
                float(source_sure[number]),
                float(cue_sure[own].mean()),
                pointed_sure,
            )
        )
    return found


def _segment(segments: Numbers, number: int | np.integer) -> Segment:
    return int(segments[number, 0]), int(segments[number, 1])


def _settle(pointed: Pointed, cue: int, chosen: Segment | None) -> tuple[Segment | None, float]:
    """The source of a cue, from the segment chosen and the span pointed at, and what the pointer thinks of it."""
    sure = pointed.nobody(cue) if chosen is None else pointed.of(cue, chosen)
    best = float(pointed.sure[cue])
    if best - sure > (OVER_NOBODY if chosen is None else OVER_SEGMENT):
        return _segment(pointed.best, cue), best
    return chosen, sure


def _choose(
    scene: Scene,
    choosers: Numbers,
    options: Numbers,
    cues: Numbers,
    query: Floats,
    part: int,
    bias: Floats,
    none: Floats | None,
) -> tuple[Numbers, Floats]:
    """The option that each segment chooses, -1 for none, and the log probability of that choice.

    Args:
        scene: the text.
        choosers, options: segments, (n, 2).
        cues: all cue segments.
        query: (choosers, width).
        part: what the options are offered as.
        bias: learned biases of `features`.
        none: score of choosing none, if that may be.
    """
    place = np.searchsorted(options[:, 0], choosers[:, 0])
    near = place[:, None] + np.arange(-REACH, REACH)
    allowed = (near >= 0) & (near < len(options))
    near = np.where(allowed, near, 0)
    if len(options):
        pairs = features(scene.layout, choosers[:, None, :], options[near], cues, options)
        apart = scene.windows[choosers[:, 0]][:, None] != scene.windows[options[near, 0]]
        scores = np.einsum("nd,nkd->nk", query, scene.side(options, part)[near]) + bias[pairs].sum(-1) - apart * APART
        scores = np.where(allowed, scores, IMPOSSIBLE).astype(np.float32)
    else:
        scores = np.full(near.shape, IMPOSSIBLE, np.float32)
    if none is not None:
        scores = np.concatenate([scores, none[:, None]], 1)
        near = np.pad(near, ((0, 0), (0, 1)), constant_values=-1)
    rows = np.arange(len(choosers))
    best = scores.argmax(1)
    return near[rows, best], log_softmax(scores)[rows, best]
