"""Fit the confidence of a model on the held-out articles, choose the least confidence worth giving, draw the curve.

    python training/calibrate.py --shared ../shared --model FOLDER [--curve PNG]

An attribution counts as right when the scorer links it: at least half of its content and the head of its source agree with a
gold one. The weights are a ridge logistic regression over `confidence.FACTS`, fitted by Newton's method on the held-out part
of train.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from evaluate import gold_of, load_scorer, read_part
from numpy.typing import NDArray

from onrecord.attribute.confidence import FACTS, Calibration, confidence_of
from onrecord.attribute.runtime import Model
from onrecord.attribute.words import read_words

Numbers = NDArray[np.float64]
RIDGE = 1.0


def candidates(
    model: Model, scorer: ModuleType, articles: list[dict[str, Any]]
) -> Iterator[tuple[Numbers, Numbers, int]]:
    """For each article: facts of its candidates (n, FACTS), whether each is right, and the number of gold attributions."""
    for body, versions in gold_of(articles).values():
        words = read_words(body, model.vocabulary)
        found = model.find(words, model.compute(words))

        def spans(chosen: Any, words: Any = words) -> list[list[int]]:
            return [[words.starts[first], words.ends[last]] for first, last in chosen]

        predicted = [
            {"source": spans([f.source]) if f.source else None, "cue": spans([f.cue]), "content": spans(f.content)}
            for f, _ in found
        ]
        text = scorer.Text(body)
        ((_, attributions),) = scorer.choose(text, versions, "medoid")
        gold = scorer.units(text, attributions)
        pairs = scorer.pair(gold, scorer.units(text, predicted), scorer.t_linked)
        facts = np.array([f for _, f in found], np.float64).reshape(-1, len(FACTS))
        yield facts, np.array([i in pairs for i in range(len(found))], np.float64), len(gold)


def fit(facts: Numbers, right: Numbers) -> Numbers:
    """Weights of a logistic regression."""
    weights = np.zeros(facts.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-np.clip(facts @ weights, -30, 30)))
        gradient = facts.T @ (right - sure) - RIDGE * weights
        curvature = (facts * (sure * (1 - sure))[:, None]).T @ facts + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


def best_least(sure: Numbers, right: Numbers, gold: int) -> float:
    """The least confidence that gives the best F1."""
    order = np.argsort(-sure)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + gold)
    return float(sure[order][f1.argmax()])


def tenths(sure: Numbers, right: Numbers) -> list[tuple[float, float, int]]:
    """For each tenth of confidence: mean confidence, share right, number."""
    rows = []
    for low in np.arange(0, 1, 0.1):
        inside = (sure >= low) & (sure < low + 0.1 + 1e-9 * (low > 0.85))
        if inside.any():
            rows.append((float(sure[inside].mean()), float(right[inside].mean()), int(inside.sum())))
    return rows


def draw(curves: dict[str, list[tuple[float, float, int]]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    for name, rows in curves.items():
        axes.plot([r[0] for r in rows], [r[1] for r in rows], marker="o", label=name)
    axes.set(
        xlabel="confidence",
        ylabel="share right (linked)",
        xlim=(0, 1),
        ylim=(0, 1),
        title="Calibration of the attributor",
    )
    axes.legend()
    figure.savefig(path, dpi=90, bbox_inches="tight")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--curve", type=Path)
    options = parser.parse_args()
    model, scorer = Model.load(options.model), load_scorer(options.shared)
    held = list(candidates(model, scorer, read_part(options.shared, "held-out")))
    folds = []
    for fold in range(5):
        weights = fit(
            np.concatenate([h[0] for i, h in enumerate(held) if i % 5 != fold]),
            np.concatenate([h[1] for i, h in enumerate(held) if i % 5 != fold]),
        )
        for i, h in enumerate(held):
            if i % 5 == fold:
                folds.append((1 / (1 + np.exp(-h[0] @ weights)), h[1]))
    crossed = np.concatenate([f[0] for f in folds])
    right = np.concatenate([f[1] for f in folds])
    weights = fit(np.concatenate([h[0] for h in held]), np.concatenate([h[1] for h in held]))
    least = best_least(crossed, right, sum(h[2] for h in held))
    dev = list(candidates(model, scorer, read_part(options.shared, "dev")))
    calibration = Calibration(weights.astype(np.float32), least)
    dev_sure = np.array([confidence_of(f.astype(np.float32), calibration) for d in dev for f in d[0]])
    dev_right = np.concatenate([d[1] for d in dev])
    curves = {"held-out, crossed": tenths(crossed, right), "dev": tenths(dev_sure, dev_right)}
    for name, rows in curves.items():
        print(name)
        for mean, share, n in rows:
            print(f"  confidence {mean:.2f}  right {share:.2f}  n {n}")
    for name, weight in zip(FACTS, weights, strict=True):
        print(f"{name:<32}{weight:>8.3f}")
    print(f"least confidence worth giving {least:.3f}")
    if options.curve:
        draw(curves, options.curve)
    with np.load(options.model / "numbers.npz") as old:
        numbers = {name: old[name] for name in old.files}
    numbers |= {"confidence": calibration.weights, "least": np.float32(least)}
    np.savez(options.model / "numbers.npz", **numbers)


if __name__ == "__main__":
    main()
