"""Fit and judge the weights of ``onrecord/resolve/data/claims.json``.

    python training/claims/fit.py --data ../shared/data --scorer ../shared/eval [--output claims.json] [--repeats 5]

Prints repeated ten-fold cross-validation: in each fold the four regressions are fitted on nine tenths of the pairs, and
the thresholds are chosen there too, on an inner ten-fold cross-validation; the held-out tenth is then only predicted,
and the predictions of all ten are scored together by ``score_claims.measure``. Every pair is seen with two contexts, the
sentence and the paragraph, so that the weights suit either. With ``--output`` the weights are fitted on all pairs.
Needs scikit-learn; onrecord itself does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from contexts import pairs
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

from onrecord.resolve.likeness import FEATURES, features
from onrecord.resolve.phrasing import Told, Weights, phrasing, sentence_around

# What each regression looks at, and how strongly it is held back (C of scikit-learn). Few pairs, so few features:
# what did not help in cross-validation was left out, and nothing was added for the sake of single pairs.
LIKE = ("text", "around", "cross", "run", "common", "shorter", "length", "both_quote")
FACTS = ("names", "other_names", "numbers", "other_numbers")
WHO = ("same_speaker", "other_speaker", "days")
PARTS: dict[str, tuple[tuple[str, ...], float]] = {
    "matter": ((*LIKE, *FACTS, *WHO), 0.03),
    "opposed": (("odds", "odds_around"), 0.3),
    "contrary": (("odds", "odds_around", "odds_common", "length", "shorter", *FACTS), 0.1),
    "utterance": ((*LIKE, "part", "topic", "share", "quoted", *FACTS, *WHO, "soon", "same_text", "odds"), 0.03),
}
# Thresholds among neighbours in an archive, where far fewer pairs say the same than among the labelled ones. Set by
# reading some hundred links that were found among all 22,010 statements of PolNeAR's train and dev parts.
ARCHIVE = {
    "same": 0.6,
    "veto": 0.3,
    "utterance": 0.45,
    "contrary": 0.4,
    "contrary_matter": 0.55,
    "related": 0.2,
    "text": 0.35,  # the words of the statements themselves must meet ...
    "common": 1.0,  # ... in words of some weight ...
    "plain": 0.6,  # ... that are not only names
}
DENIALS = 0.05  # share of contraries that may be taken for same where the thresholds are chosen


def table(rows: list[dict[str, Any]], context: str) -> np.ndarray:
    def told(side: dict[str, Any]) -> Told:
        return Told(side["text"], side["speaker"], side["date"], side["outlet"], side[context])

    sides = [told(row[k]) for row in rows for k in ("a", "b")]
    weights = Weights.of(sentence_around(side.context or side.text, side.text) for side in sides)
    found = []
    for row in rows:
        seen = features(phrasing(told(row["a"]), weights), phrasing(told(row["b"]), weights))
        found.append([seen[name] for name in FEATURES])
    return np.array(found)


def fit_part(x: np.ndarray, target: np.ndarray, part: str) -> dict[str, float]:
    names, strength = PARTS[part]
    columns = [FEATURES.index(name) for name in names]
    scaler = StandardScaler().fit(x[:, columns])
    model = LogisticRegression(C=strength, max_iter=1000).fit(scaler.transform(x[:, columns]), target)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    return {"bias": bias, **dict(zip(names, weights.tolist(), strict=True))}


def fit(x: np.ndarray, label: np.ndarray) -> dict[str, dict[str, float]]:
    same, contrary = np.isin(label, ("same_utterance", "same_claim")), label == "contrary"
    matter = same | contrary
    return {
        "matter": fit_part(x, matter, "matter"),
        "opposed": fit_part(x[matter], contrary[matter], "opposed"),
        "contrary": fit_part(x, contrary, "contrary"),
        "utterance": fit_part(x, label == "same_utterance", "utterance"),
    }


def chances(x: np.ndarray, model: dict[str, dict[str, float]]) -> dict[str, np.ndarray]:
    found = {}
    for part, weights in model.items():
        total = np.full(len(x), weights["bias"])
        for name, weight in weights.items():
            if name != "bias":
                total += weight * x[:, FEATURES.index(name)]
        found[part] = 1 / (1 + np.exp(-total))
    others = (x[:, FEATURES.index("other_speaker")] > 0) & (x[:, FEATURES.index("quoted")] == 0)
    found["utterance"][others] = 0.0
    found["same"] = found["matter"] * (1 - found["opposed"])
    return found


def crossed(tables: list[np.ndarray], label: np.ndarray, seed: int) -> list[dict[str, np.ndarray]]:
    """Chances of every pair, for each kind of context, from a model that has not seen the pair."""
    found = [{k: np.zeros(len(label)) for k in (*PARTS, "same")} for _ in tables]
    for train, test in StratifiedKFold(10, shuffle=True, random_state=seed).split(tables[0], label):
        model = fit(np.concatenate([x[train] for x in tables]), np.concatenate([label[train]] * len(tables)))
        for place, x in zip(found, tables, strict=True):
            for name, value in chances(x[test], model).items():
                place[name][test] = value
    return found


def f1(target: np.ndarray, given: np.ndarray) -> float:
    right = (target & given).sum()
    return 2 * right / max(1, target.sum() + given.sum())


def smooth(curve: list[float]) -> np.ndarray:
    """Average each value with its eight neighbours: the best of a curve from few pairs is a lucky one."""
    return np.convolve(np.pad(curve, 4, mode="edge"), np.full(9, 1 / 9), mode="valid")


def thresholds(found: list[dict[str, np.ndarray]], label: np.ndarray) -> dict[str, float]:
    """The best F1 of each decision; same under the condition that few contraries pass."""
    chance = {name: np.concatenate([one[name] for one in found]) for name in found[0]}
    label = np.concatenate([label] * len(found))
    same, contrary = np.isin(label, ("same_utterance", "same_claim")), label == "contrary"
    steps = np.arange(0.5, 0.99, 0.01)

    def best(part: str, target: np.ndarray, allowed: np.ndarray) -> float:
        limits = np.quantile(chance[part], steps)
        return float(limits[smooth([f1(target, allowed & (chance[part] >= limit)) for limit in limits]).argmax()])

    chosen = {"contrary": best("contrary", contrary, np.ones(len(label), bool))}
    options = []
    limits = np.quantile(chance["same"], steps)
    for veto in np.quantile(chance["contrary"], (0.8, 0.85, 0.9, 0.95, 1.0)):
        passing = chance["contrary"] < min(veto, chosen["contrary"])
        given_at = [passing & (chance["same"] >= limit) for limit in limits]
        for value, limit, given in zip(smooth([f1(same, given) for given in given_at]), limits, given_at, strict=True):
            if (given & contrary).sum() <= DENIALS * contrary.sum():
                options.append((value, limit, veto))
    _, chosen["same"], chosen["veto"] = max(options)
    given = (chance["same"] >= chosen["same"]) & (chance["contrary"] < min(chosen["veto"], chosen["contrary"]))
    chosen["utterance"] = best("utterance", label == "same_utterance", given)
    known = np.isin(label, ("same_utterance", "same_claim", "contrary", "related"))
    chosen["related"] = best("matter", known, np.ones(len(label), bool))
    return {name: round(float(value), 4) for name, value in chosen.items()}


def predict(chance: dict[str, np.ndarray], limits: dict[str, float]) -> list[dict[str, Any]]:
    contrary = chance["contrary"] >= limits["contrary"]
    same = (chance["same"] >= limits["same"]) & (chance["contrary"] < limits["veto"]) & ~contrary
    utterance = same & (chance["utterance"] >= limits["utterance"])
    columns = zip(same.tolist(), contrary.tolist(), chance["same"].tolist(), utterance.tolist(), strict=True)
    return [dict(zip(("same", "contrary", "score", "utterance"), row, strict=True)) for row in columns]


def judge(tables: list[np.ndarray], label: np.ndarray, repeats: int, scorer: Any) -> None:
    names = ("same F1", "AP", "utterance F1", "contrary F1", "contraries called same")
    for number, context in enumerate(("sentence", "paragraph")):
        results = []
        for seed in range(repeats):
            predicted: list[dict[str, Any]] = [{}] * len(label)
            for train, test in StratifiedKFold(10, shuffle=True, random_state=100 + seed).split(tables[0], label):
                inner = [x[train] for x in tables]
                limits = thresholds(crossed(inner, label[train], seed), label[train])
                model = fit(np.concatenate(inner), np.concatenate([label[train]] * len(tables)))
                for place, row in zip(test, predict(chances(tables[number][test], model), limits), strict=True):
                    predicted[place] = row
            rows = [
                (g, p["same"], p["contrary"], p["score"], p["utterance"]) for g, p in zip(label, predicted, strict=True)
            ]
            got = scorer.measure(rows)
            wrong, of = got["contrary_called_same"]
            results.append((got["same"]["f1"], got["AP"], got["utterance"]["f1"], got["contrary"]["f1"], wrong / of))
        mean, spread = np.mean(results, axis=0), np.std(results, axis=0)
        figures = ", ".join(f"{n} {m:.3f} ±{s:.3f}" for n, m, s in zip(names, mean, spread, strict=True))
        print(f"context = {context}: {figures}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    sys.path.insert(0, str(given.scorer))
    import score_claims

    rows = pairs(given.data)
    label = np.array([row["label"] for row in rows])
    tables = [table(rows, context) for context in ("sentence", "paragraph")]
    if given.output:
        model: dict[str, Any] = dict(fit(np.concatenate(tables), np.concatenate([label] * 2)))
        runs = [one for seed in range(3) for one in crossed(tables, label, seed)]
        model["thresholds"] = thresholds(runs, label) | {"contrary_matter": 0.0}
        model["archive"] = ARCHIVE
        about = "Made by training/claims/fit.py; the features are explained in onrecord/resolve/likeness.py."
        rounded = {k: {n: round(v, 4) for n, v in part.items()} for k, part in model.items()}
        given.output.write_text(json.dumps({"about": about, **rounded}, indent=1) + "\n", encoding="utf-8")
    if given.repeats:
        judge(tables, label, given.repeats, score_claims)


if __name__ == "__main__":
    main()
