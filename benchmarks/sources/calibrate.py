"""Calibrate the weights of ``onrecord.resolve.compare`` on half of the labelled names and report on the other half.

    python benchmarks/sources/calibrate.py GOLD SCORER

GOLD is a file of clusters and look-alikes, SCORER the scorer's Python file that makes the pairs of it. Clusters and
look-alikes are put into halves by a digest of their id. The fit is a logistic regression held near the weights that
stand in the table (so that a reason that is rare in the data keeps the weight that was reasoned out for it); the
look-alikes together weigh as much as the pairs of one entity together. Prints the table and both halves' figures.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from types import ModuleType
from typing import Any

import numpy as np

from onrecord.resolve import compare

HOLD = 1.5  # how strongly a weight is held at its old value (L2)
LEAN = 1.6  # a look-alike weighs this much more still: a wrong merge is worse than a missed one


def load(path: str) -> ModuleType:
    """Import the scorer from its file."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def half(identifier: str) -> int:
    """Return 0 (calibrated on) or 1 (reported on)."""
    return hashlib.sha256(identifier.encode()).digest()[0] & 1


def main(gold: str, scorer_path: str) -> None:
    """Fit and report."""
    scorer = load(scorer_path)
    keys = list(compare.WEIGHTS)
    pairs: list[dict[str, Any]] = scorer.make_pairs(scorer.load(gold))
    pairs = [pair for pair in pairs if pair["type"] != "mixed"]
    rows = np.zeros((len(pairs), len(keys)))
    for number, pair in enumerate(pairs):
        rows[number, keys.index("start")] = 1
        for what, measure, _ in compare.evidence(pair["a"], pair["b"], pair["type"]):
            rows[number, keys.index(what)] += measure
    same = np.array([float(pair["same"]) for pair in pairs])
    halves = np.array([half(pair["id"].split("~")[0]) for pair in pairs])
    # Aliases cannot be told from names: they would only teach that disagreement means nothing.
    use = (halves == 0) & np.array([pair["link"] != "alias" for pair in pairs])
    hard = np.array([pair["source"] == "hard" for pair in pairs])
    importance = np.ones(len(pairs))
    importance[use & hard] = LEAN * (use & (same == 1)).sum() / (use & hard).sum()
    prior = np.array([compare.WEIGHTS[key] for key in keys])
    weights = prior.copy()
    x, y, w = rows[use], same[use], importance[use]
    for _ in range(200):  # Newton's method
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (w * (p - y)) + 10 * HOLD * (weights - prior)
        curvature = (x * (w * p * (1 - p))[:, None]).T @ x + 10 * HOLD * np.eye(len(keys))
        weights -= np.linalg.solve(curvature, gradient)
    for key, old, new in zip(keys, prior, weights, strict=True):
        print(f'    "{key}": {new:.1f},  # was {old:.1f}, on {int((rows[use][:, keys.index(key)] > 0).sum())} pairs')
    for label, table in (("as they stand", prior), ("calibrated, rounded", np.round(weights, 1))):
        for which in (0, 1, None):
            chosen = [number for number in range(len(pairs)) if which is None or halves[number] == which]
            for number in chosen:
                pairs[number]["score"] = float(1 / (1 + np.exp(-rows[number] @ table)))
                pairs[number]["pred"] = pairs[number]["score"] >= compare.SAME_FROM
            report = scorer.report([pairs[number] for number in chosen])
            print(
                f"{label:20} half {which}: precision {report['all']['precision']:.3f}"
                f" balanced F1 {report['balanced']['f1']:.3f} spellings {report['recall']['spelling']['rate']:.3f}"
                f" look-alikes {report['false_merge']['hard']['rate']:.3f}"
                f" random {report['false_merge']['random']['merged']}"
            )


if __name__ == "__main__":
    main(*sys.argv[1:3])
