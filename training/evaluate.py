"""Measure the shipped model on PolNeAR, whole and by kind, cue, length and outlet.

    python training/evaluate.py --shared ../shared [--part dev|held-out] [--rules] [--json OUT]

The figures are those of `eval/score_attribution.py`, run on exactly what the product gives.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus import is_held_out, read_articles

from onrecord.attribute.rules import RuleAttributor
from onrecord.attribute.tagger import FOLDER, ModelAttributor
from onrecord.stages import Attributor

SAID = frozenset("say says said saying tell tells told telling".split())
ACCORDING = frozenset(["according", "accordance"])


def load_scorer(shared: Path) -> ModuleType:
    """The scorer of the shared folder as a module."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "eval/score_attribution.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_part(shared: Path, part: str) -> list[dict[str, Any]]:
    """Articles of dev, or those of train that no training has seen."""
    folder = shared / "data/polnear"
    if part == "dev":
        return list(read_articles(folder / "dev.jsonl.gz"))
    return [a for a in read_articles(folder / "train.jsonl.gz") if is_held_out(a["id"])]


def gold_of(articles: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Articles in the scorer's form: {id: (text, {annotator: attributions})}."""
    return {
        a["id"]: (
            a["text"],
            {
                v["annotator"]: sorted((x for x in v["attributions"] if x["content"]), key=lambda x: x["content"])
                for v in a["annotations"]
            },
        )
        for a in articles
    }


def predict(attributor: Attributor, articles: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Predictions in the scorer's form, with confidence."""
    found = attributor.attribute([a["text"] for a in articles])
    return {
        a["id"]: [
            {
                "source": [list(s) for s in f.source] or None,
                "cue": [list(s) for s in f.cue] or None,
                "content": [list(s) for s in f.content],
                "confidence": f.confidence,
            }
            for f in attributions
        ]
        for a, attributions in zip(articles, found, strict=True)
    }


def table(scorer: ModuleType, gold: dict[str, Any], predicted: dict[str, Any]) -> dict[str, float]:
    """The figures of the issue, in percent."""
    one = scorer.summary(scorer.evaluate(gold, predicted, "medoid"))
    every = scorer.summary(scorer.evaluate(gold, predicted, "all"))
    figures = {name: one["linked"][name]["F"] for name in ("linked", "linked_cue", "linked_strict", "full_exact")}
    figures |= {"linked P": one["linked"]["linked"]["P"], "linked R": one["linked"]["linked"]["R"]}
    figures |= {kind: one["kinds"][kind + ".linked"]["F"] for kind in scorer.KINDS}
    figures["source_acc"] = one["source_acc"]
    figures["content overlap"] = one["spans"]["content.overlap"]["F"]
    for role in scorer.ROLES:
        figures[role + " exact_w"] = one["spans"][role + ".exact_w"]["F"]
        figures[role + " seg_exact, all versions"] = every["spans"][role + ".seg_exact"]["F"]
    return {name: round(100 * value, 1) for name, value in figures.items()}


def cue_class(text: str, attribution: dict[str, Any]) -> str:
    """A coarse class of the cue: say/tell, according to, another one-word cue, a longer cue."""
    words = [w for s, e in attribution["cue"] or [] for w in text[s:e].lower().split()]
    if SAID & set(words):
        return "say/tell"
    if ACCORDING & set(words):
        return "according to"
    return "one other word" if len(words) == 1 else "several words"


def length_class(text: str, attribution: dict[str, Any]) -> str:
    """How many words the content has."""
    n = sum(len(text[s:e].split()) for s, e in attribution["content"])
    return "1-3 words" if n <= 3 else "4-10 words" if n <= 10 else "11-30 words" if n <= 30 else "over 30 words"


def breakdown(
    scorer: ModuleType,
    gold: dict[str, Any],
    predicted: dict[str, Any],
    classify: Callable[[str, dict[str, Any]], str],
) -> dict[str, tuple[float, float, int]]:
    """For each class: recall (of gold of that class), precision (of predictions of that class), number of gold; in percent."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for identifier, (body, versions) in gold.items():
        text = scorer.Text(body)
        ((_, attributions),) = scorer.choose(text, versions, "medoid")
        g, p = scorer.units(text, attributions), scorer.units(text, predicted.get(identifier, []))
        pairs = scorer.pair(g, p, scorer.t_linked)
        right = set(pairs.values())
        for i, unit in enumerate(g):
            row = counts[classify(body, unit.a)]
            row[0] += i in right
            row[1] += 1
        for i, unit in enumerate(p):
            row = counts[classify(body, unit.a)]
            row[2] += i in pairs
            row[3] += 1
    return {
        name: (round(100 * a / max(b, 1), 1), round(100 * c / max(d, 1), 1), b)
        for name, (a, b, c, d) in sorted(counts.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--part", choices=("dev", "held-out"), default="dev")
    parser.add_argument("--model", type=Path, default=FOLDER)
    parser.add_argument("--rules", action="store_true", help="measure the rules instead, the baseline")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    scorer = load_scorer(options.shared)
    articles = read_part(options.shared, options.part)
    attributor: Attributor = RuleAttributor() if options.rules else ModelAttributor(options.model)
    attributor.attribute(["Warm up."])
    start = time.process_time()
    predicted = predict(attributor, articles)
    seconds = time.process_time() - start
    gold = gold_of(articles)
    figures = table(scorer, gold, predicted)
    for name, value in figures.items():
        print(f"{name:<34}{value:>7.1f}")
    words = sum(len(a["text"].split()) for a in articles)
    print(f"{words} words in {seconds:.1f} s of one core: {words / seconds:,.0f} words/s")
    outlets = {a["id"]: a["publisher"] for a in articles}
    groups = {
        "cue": breakdown(scorer, gold, predicted, cue_class),
        "length": breakdown(scorer, gold, predicted, length_class),
    }
    for title, rows in groups.items():
        print(f"\n{title:<20}{'recall':>8}{'prec.':>8}{'gold':>7}")
        for name, (recall, precision, n) in rows.items():
            print(f"{name:<20}{recall:>8.1f}{precision:>8.1f}{n:>7}")
    print(f"\n{'outlet':<20}{'linked':>8}")
    by_outlet = {}
    for outlet in sorted(set(outlets.values())):
        part = {i: g for i, g in gold.items() if outlets[i] == outlet}
        by_outlet[outlet] = table(scorer, part, predicted)["linked"]
        print(f"{outlet:<20}{by_outlet[outlet]:>8.1f}")
    if options.json:
        options.json.write_text(
            json.dumps({"figures": figures, "groups": groups, "outlets": by_outlet}, indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
