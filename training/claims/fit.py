"""Fit and judge the weights of ``onrecord/resolve/data/claims.json``.

    python training/claims/fit.py --data ../shared/data --scorer ../shared/eval [--output claims.json] [--repeats 5]

Three sets of pairs: those of ``claims/dev.jsonl``, on which everything is judged; ``more.jsonl``, labelled by reading like
them, mostly near the border; and ``made.txt``, in our own words. The two others only help to fit, with less weight.

Prints repeated ten-fold cross-validation: in each fold the four regressions are fitted on nine tenths of the pairs and the
two other sets, and the thresholds are chosen there too, on an inner ten-fold cross-validation; the held-out tenth is then
only predicted, and the predictions of all ten are scored together by ``score_claims.measure``. Then, what is nearest to
how it will do on pairs from elsewhere: fitted and with thresholds from one set alone, judged on the other. Every pair is
seen with two contexts, the sentence and the paragraph, so that the weights suit either. With ``--output`` the weights are
fitted on all pairs. Needs scikit-learn; onrecord itself does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import contexts
import made
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

from onrecord.resolve.likeness import FEATURES, features
from onrecord.resolve.phrasing import Told, Weights, phrasing, sentence_around

Floats = npt.NDArray[np.float64]

# What each regression looks at. Few pairs, so few features: one was taken or left where that helped in the mean of three
# ways to judge: cross-validated, from more to dev, from dev to more.
NEAR = (
    "text part around cross names named_around common other_numbers shorter same_speaker other_speaker days polls votes"
)
PARTS = {
    "same": f"{NEAR} odds".split(),
    "matter": NEAR.split(),
    "contrary": "odds_common odds_both shorter names other_names named numbers votes open same_text".split(),
    "utterance": (
        "text part around cross topic share same_text length clauses both_quote names other_names numbers other_numbers "
        "other_speaker days soon other_day one_poll odds odds_both"
    ).split(),
}
# How strongly each is held back (C of scikit-learn).
STRENGTH = {"same": 0.02, "matter": 0.02, "contrary": 0.03, "utterance": 0.02}
MORE, MADE = 0.5, 0.2  # what a pair of more.jsonl and of made.txt weighs; those of the data 1
# Thresholds among neighbours in an archive, where far fewer pairs say the same than among the labelled ones. Set by
# reading some hundred links among all statements of PolNeAR's train and dev parts; with other weights, so that as many
# neighbours are linked as before.
ARCHIVE = {
    "same": 0.5,
    "same_of_others": 0.55,  # where the speakers are not surely the same
    "veto": 0.2,
    "utterance": 0.4,
    "contrary": 0.25,
    "contrary_matter": 0.4,
    "related": 0.2,
    "text": 0.35,  # the words of the statements themselves must meet ...
    "common": 1.0,  # ... in words of some weight ...
    "plain": 0.6,  # ... that are not only names
}
DENIALS = 0.05  # share of contraries that may be taken for same where the thresholds are chosen


CONTEXTS = ("sentence", "paragraph")


def table(rows: list[dict[str, Any]], context: str) -> Floats:
    def told(side: dict[str, Any]) -> Told:
        return Told(side["text"], side["speaker"], side["date"], side["outlet"], side[context])

    sides = [told(row[k]) for row in rows for k in ("a", "b")]
    weights = Weights.of(sentence_around(side.context or side.text, side.text) for side in sides)
    found = []
    for row in rows:
        seen = features(phrasing(told(row["a"]), weights), phrasing(told(row["b"]), weights))
        found.append([seen[name] for name in FEATURES])
    return np.array(found)


@dataclass(frozen=True)
class Pairs:
    """Features and labels of pairs, and what each weighs when weights are fitted."""

    x: Floats
    label: Any
    weight: Floats

    @classmethod
    def of(cls, tables: Sequence[Floats], label: Any, weight: float = 1.0) -> Pairs:
        """Each pair as often as it has a context."""
        label = np.concatenate([label] * len(tables))
        return cls(np.concatenate(tables), label, np.full(len(label), weight))

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(*(np.concatenate((getattr(self, k), getattr(other, k))) for k in ("x", "label", "weight")))


NONE = Pairs(np.zeros((0, len(FEATURES))), np.zeros(0, "<U14"), np.zeros(0))


def fit_part(pairs: Pairs, target: Any, part: str) -> dict[str, float]:
    names = PARTS[part]
    x = pairs.x[:, [FEATURES.index(name) for name in names]]
    scaler = StandardScaler().fit(x, sample_weight=pairs.weight)
    model = LogisticRegression(C=STRENGTH[part], max_iter=1000)
    model.fit(scaler.transform(x), target, sample_weight=pairs.weight)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    return {"bias": bias, **dict(zip(names, weights.tolist(), strict=True))}


def fit(pairs: Pairs) -> dict[str, dict[str, float]]:
    same, contrary = np.isin(pairs.label, ("same_utterance", "same_claim")), pairs.label == "contrary"
    return {
        "same": fit_part(pairs, same, "same"),
        "matter": fit_part(pairs, same | contrary, "matter"),
        "contrary": fit_part(pairs, contrary, "contrary"),
        "utterance": fit_part(pairs, pairs.label == "same_utterance", "utterance"),
    }


def chances(x: Floats, model: dict[str, dict[str, float]]) -> dict[str, Floats]:
    found = {}
    for part, weights in model.items():
        total = np.full(len(x), weights["bias"])
        for name, weight in weights.items():
            if name != "bias":
                total += weight * x[:, FEATURES.index(name)]
        found[part] = 1 / (1 + np.exp(-total))
    others = (x[:, FEATURES.index("other_speaker")] > 0) & (x[:, FEATURES.index("quoted")] == 0)
    found["utterance"][others] = 0.0
    return found


def crossed(tables: Sequence[Floats], label: Any, seed: int, beside: Pairs = NONE) -> list[dict[str, Floats]]:
    """Chances of every pair, for each kind of context, from a model that has not seen the pair but those beside."""
    found = [{k: np.zeros(len(label)) for k in PARTS} for _ in tables]
    for train, test in StratifiedKFold(10, shuffle=True, random_state=seed).split(tables[0], label):
        model = fit(Pairs.of([x[train] for x in tables], label[train]) + beside)
        for place, x in zip(found, tables, strict=True):
            for name, value in chances(x[test], model).items():
                place[name][test] = value
    return found


def f1(target: Any, given: Any) -> float:
    right = (target & given).sum()
    return 2 * right / max(1, target.sum() + given.sum())


def smooth(curve: list[float]) -> Floats:
    """Average each value with its eight neighbours: the best of a curve from few pairs is a lucky one."""
    return np.convolve(np.pad(curve, 4, mode="edge"), np.full(9, 1 / 9), mode="valid")


def thresholds(found: Sequence[dict[str, Floats]], label: Any) -> dict[str, float]:
    """The best F1 of each decision; same under the condition that few contraries pass."""
    chance = {name: np.concatenate([one[name] for one in found]) for name in found[0]}
    label = np.concatenate([label] * len(found))
    same, contrary = np.isin(label, ("same_utterance", "same_claim")), label == "contrary"
    steps = np.arange(0.5, 0.99, 0.01)

    def best(part: str, target: Any, allowed: Any) -> float:
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


def predict(chance: dict[str, Floats], limits: dict[str, float]) -> list[dict[str, Any]]:
    contrary = chance["contrary"] >= limits["contrary"]
    same = (chance["same"] >= limits["same"]) & (chance["contrary"] < limits["veto"]) & ~contrary
    utterance = same & (chance["utterance"] >= limits["utterance"])
    columns = zip(same.tolist(), contrary.tolist(), chance["same"].tolist(), utterance.tolist(), strict=True)
    return [dict(zip(("same", "contrary", "score", "utterance"), row, strict=True)) for row in columns]


NAMES = ("same F1", "AP", "utterance F1", "contrary F1", "contraries called same")


def score(label: Any, predicted: Sequence[dict[str, Any]], scorer: Any) -> tuple[float, ...]:
    rows = [(g, p["same"], p["contrary"], p["score"], p["utterance"]) for g, p in zip(label, predicted, strict=True)]
    got = scorer.measure(rows)
    wrong, of = got["contrary_called_same"]
    return got["same"]["f1"], got["AP"], got["utterance"]["f1"], got["contrary"]["f1"], wrong / of


def judge(tables: Sequence[Floats], label: Any, repeats: int, scorer: Any, beside: Pairs) -> None:
    results: list[list[tuple[float, ...]]] = [[] for _ in tables]
    for seed in range(repeats):
        predicted: list[list[dict[str, Any]]] = [[{}] * len(label) for _ in tables]
        for train, test in StratifiedKFold(10, shuffle=True, random_state=100 + seed).split(tables[0], label):
            inner = [x[train] for x in tables]
            limits = thresholds(crossed(inner, label[train], seed, beside), label[train])
            model = fit(Pairs.of(inner, label[train]) + beside)
            for given, x in zip(predicted, tables, strict=True):
                for place, row in zip(test, predict(chances(x[test], model), limits), strict=True):
                    given[place] = row
        for got, given in zip(results, predicted, strict=True):
            got.append(score(label, given, scorer))
    for context, got in zip(CONTEXTS, results, strict=True):
        mean, spread = np.mean(got, axis=0), np.std(got, axis=0)
        figures = ", ".join(f"{n} {m:.3f} ±{s:.3f}" for n, m, s in zip(NAMES, mean, spread, strict=True))
        print(f"cross-validated, context = {context}: {figures}", flush=True)


def carry(source: tuple[list[Floats], Any], target: tuple[list[Floats], Any], beside: Pairs, scorer: Any) -> str:
    """Fit and choose the thresholds on one set alone, judge on the other, with the sentence as context."""
    limits = thresholds([one for seed in range(3) for one in crossed(*source, seed, beside)], source[1])
    predicted = predict(chances(target[0][0], fit(Pairs.of(*source) + beside)), limits)
    return ", ".join(f"{n} {m:.3f}" for n, m in zip(NAMES, score(target[1], predicted, scorer), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    sys.path.insert(0, str(given.scorer))
    import score_claims

    dev, more, own = contexts.pairs(given.data), contexts.pairs(given.data, contexts.MORE), list(made.pairs())
    label, label_more, label_own = (np.array([row["label"] for row in rows]) for rows in (dev, more, own))
    tables, tables_more = ([table(rows, context) for context in CONTEXTS] for rows in (dev, more))
    beside_more = Pairs.of([table(own, "sentence")], label_own, MADE)
    beside = Pairs.of(tables_more, label_more, MORE) + beside_more
    if given.output:
        model: dict[str, Any] = dict(fit(Pairs.of(tables, label) + beside))
        runs = [one for seed in range(3) for one in crossed(tables, label, seed, beside)]
        model["thresholds"] = thresholds(runs, label) | {"contrary_matter": 0.0}
        model["archive"] = ARCHIVE
        about = "Made by training/claims/fit.py; the features are explained in onrecord/resolve/likeness.py."
        rounded = {k: {n: round(v, 4) for n, v in part.items()} for k, part in model.items()}
        given.output.write_text(json.dumps({"about": about, **rounded}, indent=1) + "\n", encoding="utf-8")
    if given.repeats:
        judge(tables, label, given.repeats, score_claims, beside)
        ours, theirs = (tables, label), (tables_more, label_more)
        print("from more.jsonl to dev.jsonl:", carry(theirs, ours, NONE, score_claims))
        print("from dev.jsonl to more.jsonl:", carry(ours, theirs, beside_more, score_claims))


if __name__ == "__main__":
    main()
