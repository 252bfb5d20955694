"""The labels of words: the best legal path through the network's scores, and the segments it makes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.attribute.linking import Numbers
from onrecord.attribute.scoring import Floats

SOURCE, CUE, CONTENT = range(3)
LABELS = 7  # 0 outside, 1 + 2 * role begins a segment, 2 + 2 * role continues it


def best_paths(scores: Sequence[Floats], steps: Floats) -> list[NDArray[np.int8]]:
    """The best label of each word of each window under the linear chain (Viterbi 1967).

    Args:
        scores: (words, LABELS) of each window.
        steps: (LABELS, LABELS) scores of a step; illegal steps very low.
    """
    order = sorted(range(len(scores)), key=lambda i: -len(scores[i]))
    longest = len(scores[order[0]]) if order else 0
    padded = np.zeros((longest, len(order), LABELS), np.float32)
    for row, i in enumerate(order):
        padded[: len(scores[i]), row] = scores[i]
    lengths = np.array([len(scores[i]) for i in order])
    active = np.searchsorted(-lengths, -np.arange(longest), side="left")  # windows longer than i words
    back = np.zeros((longest, len(order), LABELS), np.int8)
    best = padded[0].copy() if longest else np.zeros((len(order), LABELS), np.float32)
    turned = np.ascontiguousarray(steps.T)
    for i in range(1, longest):
        n = active[i]
        ways = best[:n, None, :] + turned
        choice = ways.argmax(2)
        back[i, :n] = choice
        best[:n] = np.take_along_axis(ways, choice[:, :, None], 2)[:, :, 0] + padded[i, :n]
    paths = np.zeros((longest, len(order)), np.int8)
    now = best.argmax(1).astype(np.int8)
    rows = np.arange(len(order))
    for i in range(longest - 1, -1, -1):
        n = active[i]
        paths[i, :n] = now[:n]
        now[:n] = back[i, rows[:n], now[:n]]
    result: list[NDArray[np.int8]] = [np.zeros(0, np.int8)] * len(scores)
    for row, i in enumerate(order):
        result[i] = paths[: len(scores[i]), row]
    return result


def segments_of(labels: NDArray[np.int8]) -> list[Numbers]:
    """Segments (n, 2) of each role: runs of labels; a continuation at the start of a window goes on from the window before."""
    found = []
    for role in (SOURCE, CUE, CONTENT):
        inside = (labels == 1 + 2 * role) | (labels == 2 + 2 * role)
        before = np.concatenate([[False], inside[:-1]])
        after = np.concatenate([inside[1:], [False]])
        begins = np.concatenate([labels[1:] == 1 + 2 * role, [False]])
        first = np.flatnonzero(inside & (~before | (labels == 1 + 2 * role)))
        last = np.flatnonzero(inside & (~after | begins))
        found.append(np.stack([first, last], 1).astype(np.int64))
    return found
