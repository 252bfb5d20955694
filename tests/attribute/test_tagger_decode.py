"""Labels to segments to links, without a network."""

from __future__ import annotations

import itertools

import numpy as np

from onrecord.attribute.confidence import FACTS, facts_of
from onrecord.attribute.decode import Found, Linker, Scene, link
from onrecord.attribute.labels import LABELS, best_paths, segments_of
from onrecord.attribute.linking import BIASES, Layout
from onrecord.attribute.pointing import Pointer
from onrecord.attribute.scoring import log_softmax

ILLEGAL = np.array([[to in (2, 4, 6) and come not in (to - 1, to) for to in range(LABELS)] for come in range(LABELS)])
NO_BIAS = np.zeros(BIASES, np.float32)
TWO = np.zeros(2, np.float32)


def linker(no_source: float) -> Linker:
    """Learned numbers that know nothing but how likely it is that a cue has no source."""
    return Linker(TWO, no_source, NO_BIAS, NO_BIAS, Pointer(TWO, no_source, NO_BIAS, NO_BIAS))


def scene(words: int) -> Scene:
    nothing = np.zeros(words, np.int64)
    return Scene(Layout(nothing, nothing, nothing), nothing, np.zeros((words, 2, 4, 2), np.float32))


def test_best_paths_are_those_of_trying_all() -> None:
    dice = np.random.default_rng(1)
    steps = np.where(ILLEGAL, -1e4, dice.normal(size=(LABELS, LABELS))).astype(np.float32)
    windows = [dice.normal(size=(n, LABELS)).astype(np.float32) for n in (3, 1, 4)]
    for scores, path in zip(windows, best_paths(windows, steps), strict=True):
        ways = itertools.product(range(LABELS), repeat=len(scores))
        best = max(
            ways,
            key=lambda way: (
                sum(s[x] for s, x in zip(scores, way, strict=True))
                + sum(steps[a, b] for a, b in itertools.pairwise(way))
            ),
        )
        assert tuple(path) == best


def test_segments() -> None:
    source, cue, content = segments_of(np.array([1, 2, 0, 3, 5, 6, 6, 5, 0, 6], np.int8))
    assert source.tolist() == [[0, 1]]
    assert cue.tolist() == [[3, 3]]
    assert content.tolist() == [[4, 6], [7, 7], [9, 9]]


def test_a_source_serves_two_cues_and_a_content_has_one() -> None:
    text = scene(8)
    text.projections[[2, 5, 7], 0, 2] = [[9, 0], [0, 9], [9, 0]]  # contents look for ...
    text.projections[[1, 4], 0, 3] = [[1, 0], [0, 1]]  # ... these cues
    segments = [np.array([[0, 0]]), np.array([[1, 1], [4, 4]]), np.array([[2, 2], [5, 5], [7, 7]])]
    found = link(text, segments, linker(-5.0))
    assert [(f.source, f.cue, f.content) for f in found] == [
        ((0, 0), (1, 1), ((2, 2), (7, 7))),
        ((0, 0), (4, 4), ((5, 5),)),
    ]
    assert [f.source for f in link(text, segments, linker(9.0))] == [None, None]


def test_a_cue_points_at_a_source_that_has_no_label() -> None:
    text = scene(6)
    text.projections[3, 0, 0] = [20, 0]  # the cue looks for ...
    text.projections[0, 0, 1] = text.projections[1, 1, 1] = [1, 0]  # ... what begins and ends here
    (found,) = link(text, [np.zeros((0, 2), np.int64), np.array([[3, 3]]), np.array([[4, 5]])], linker(0.0))
    assert found.source == (0, 1)


def test_a_link_stays_in_its_window() -> None:
    text = scene(8)
    text = Scene(text.layout, np.array([0, 0, 0, 0, 1, 1, 1, 1]), text.projections)
    text.projections[7, 0, 2] = text.projections[1, 0, 3] = [2, 0]  # the content likes the cue of the other window
    (found,) = link(text, [np.zeros((0, 2), np.int64), np.array([[1, 1], [5, 5]]), np.array([[7, 7]])], linker(9.0))
    assert found.cue == (5, 5)


def test_no_cue_no_attribution() -> None:
    none = np.zeros((0, 2), np.int64)
    assert link(scene(1), [none, none, np.array([[0, 0]])], linker(0.0)) == []


def test_the_facts_of_an_attribution_have_their_names() -> None:
    labels = log_softmax(np.zeros((6, LABELS), np.float32))
    for source in ((0, 0), None):
        facts = facts_of(Found(source, (1, 1), ((2, 3), (5, 5)), -0.1, -0.2, -0.3), labels)
        assert facts.shape == (len(FACTS),)
        assert np.isfinite(facts).all()
