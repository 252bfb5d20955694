"""How sure the attributor is of an attribution: one calibrated number from a few facts about it.

A logistic regression whose weights were fitted on articles that the network never saw; `training/calibrate.py` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.attribute.decode import Found, Segment
from onrecord.attribute.labels import CONTENT, CUE, SOURCE
from onrecord.attribute.scoring import Floats

# In the order of `facts_of`. Where not said otherwise a fact is a log probability, cut off at LEAST.
FACTS = (
    "always 1",
    "cue: its words are a cue, mean",
    "cue: begins there",
    "cue: goes on behind its end",
    "cue: words, number",
    "content: its words are content, mean",
    "content: its words are content, least sure word",
    "content: begins there",
    "content: ends there",
    "content: log of its words",
    "content: one or two words, 0 or 1",
    "content: in several parts, 0 or 1",
    "content: log of the words between cue and content",
    "link: content chose the cue",
    "link: cue chose the source",
    "link: cue points at the source",
    "source: there is one, 0 or 1",
    "source: its words are a source, mean",
    "source: its words are a source, least sure word",
    "source: begins there",
    "source: one word, 0 or 1",
    "source: log of the words between cue and source",
)
LEAST = -8.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of FACTS, and the confidence below which an attribution is not worth giving."""

    weights: Floats
    least: float


def facts_of(found: Found, labels: Floats) -> Floats:
    """What the confidence is made from.

    Args:
        found: an attribution in words.
        labels: (words, LABELS) log probabilities of the labels of the whole text, each word alone.
    """

    def inside(role: int, segment: Segment) -> Floats:
        part = labels[segment[0] : segment[1] + 1, 1 + 2 * role : 3 + 2 * role]
        both: Floats = np.logaddexp(part[:, 0], part[:, 1])
        return both

    def goes_on(role: int, last: int) -> float:
        return float(labels[last + 1, 2 + 2 * role]) if last + 1 < len(labels) else LEAST

    content = np.concatenate([inside(CONTENT, segment) for segment in found.content])
    facts = [
        1.0,
        inside(CUE, found.cue).mean(),
        labels[found.cue[0], 1 + 2 * CUE],
        goes_on(CUE, found.cue[1]),
        found.cue[1] - found.cue[0] + 1,
        content.mean(),
        content.min(),
        labels[found.content[0][0], 1 + 2 * CONTENT],
        np.log(max(1 - np.exp(goes_on(CONTENT, found.content[-1][1])), 1e-4)),
        np.log(len(content)),
        len(content) <= 2,
        len(found.content) > 1,
        _log_gap(found.cue, found.content[0]),
        found.content_sure,
        found.source_sure,
        found.pointed_sure,
    ]
    if found.source:
        source = inside(SOURCE, found.source)
        begins = labels[found.source[0], 1 + 2 * SOURCE]
        facts += [1.0, source.mean(), source.min(), begins, len(source) == 1, _log_gap(found.cue, found.source)]
    else:
        facts += [0.0] * (len(FACTS) - len(facts))
    return np.maximum(np.array(facts, np.float32), np.float32(LEAST))


def _log_gap(one: Segment, other: Segment) -> float:
    """Log of one more than the words between two segments."""
    gap = max(one[0] - other[1], other[0] - one[1]) - 1
    return float(np.log(1 + max(gap, 0)))


def confidence_of(facts: Floats, calibration: Calibration) -> float:
    """A number between 0 and 1."""
    odds = float(facts.astype(np.float64) @ calibration.weights.astype(np.float64))
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))
