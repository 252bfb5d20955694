"""Print how well speakers are read: given the gold spans, and end to end through an attributor.

    python benchmarks/speakers/score.py --data ../shared [--end-to-end model|rules] [--half a|b]

The articles are halved by their order of digest, so that what was tuned on one half is reported on the other. The scorer is
``eval/score_sources.py`` of the data folder.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import time
from pathlib import Path
from typing import Any

from onrecord.attribute.statements import article_of_text, attributor_named, make_statements
from onrecord.model import Article, Attribution, Spans, Statement

AIMS = {
    "found": "", "name": "66/76", "name_found": "86/92", "pronoun": "58/70", "person": "", "type": "85/92", "role_recall": "60/75",
    "role_precision": "85/92", "organisation_recall": "55/70", "organisation_precision": "80/90", "invented": "<= 3/1",
}  # fmt: skip


def spans(value: list[list[int]] | None) -> Spans:
    """Spans from JSON."""
    return tuple((start, end) for start, end in value or ())


def half_of(name: str) -> str:
    """Which half an article belongs to."""
    return "a" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "b"


def read_texts(data: Path) -> dict[str, dict[str, Any]]:
    """The dev articles by id."""
    with gzip.open(data / "data/polnear/dev.jsonl.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in map(json.loads, file)}


def gold_rows(text: dict[str, Any], labelled: dict[str, Any]) -> list[Attribution]:
    """The gold attributions of an article; of several annotators the one whose sources the labels fit best."""
    wanted = [tuple(row["source"]) for row in labelled["attributions"]]

    def fit(version: dict[str, Any]) -> int:
        hulls = [(row["source"][0][0], row["source"][-1][1]) for row in version["attributions"] if row["source"]]
        return sum(hull in hulls for hull in wanted)

    best = max(text["annotations"], key=fit)
    return [
        Attribution(spans(row["source"]), spans(row["cue"]), spans(row["content"]), 1.0)
        for row in best["attributions"]
        if row["content"]
    ]


def prediction(name: str, statements: tuple[Statement, ...]) -> dict[str, Any]:
    """What the scorer reads."""
    rows = []
    for one in statements:
        speaker = one.speaker
        rows.append(
            {
                "source": [list(span) for span in one.source] or None,
                "cue": [list(span) for span in one.cue] or None,
                "content": [list(span) for span in one.content],
                "speaker": {
                    "name": speaker.name,
                    "type": speaker.type,
                    "role": speaker.role,
                    "organisation": speaker.organisation,
                    "why": speaker.why,
                    "confidence": speaker.confidence,
                },
            }
        )
    return {"id": name, "attributions": rows}


def evaluator(data: Path) -> Any:
    """The scorer as a module."""
    specification = importlib.util.spec_from_file_location("score_sources", data / "eval/score_sources.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def main() -> None:
    """Score speakers and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/ and eval/")
    parser.add_argument("--end-to-end", choices=("model", "rules"), help="find the spans too, with this attributor")
    parser.add_argument("--half", choices=("a", "b"), help="only this half of the articles")
    parser.add_argument("--write", type=Path, help="write the predictions to this file")
    options = parser.parse_args()
    texts = read_texts(options.data)
    with (options.data / "data/polnear/sources-dev.jsonl").open(encoding="utf-8") as file:
        gold = [row for row in map(json.loads, file) if options.half in (None, half_of(row["id"]))]
    articles: list[Article] = [article_of_text(row["id"], texts[row["id"]]["text"]) for row in gold]
    if options.end_to_end:
        found = attributor_named(options.end_to_end).attribute([article.text for article in articles])
    else:
        found = [tuple(gold_rows(texts[row["id"]], row)) for row in gold]
    begin = time.process_time()
    made = [make_statements(article, rows) for article, rows in zip(articles, found, strict=True)]
    seconds = time.process_time() - begin
    predictions = {article.id: prediction(article.id, rows) for article, rows in zip(articles, made, strict=True)}
    if options.write:
        options.write.write_text("".join(json.dumps(row) + "\n" for row in predictions.values()), encoding="utf-8")
    result = evaluator(options.data).evaluate(gold, {key: row["attributions"] for key, row in predictions.items()})
    words = sum(len(article.text.split()) for article in articles)
    print(
        f"{len(gold)} articles, spans: {options.end_to_end or 'gold'}, {words / seconds:,.0f} words/s for what is added to them"
    )
    for key, aim in AIMS.items():
        value = result.get(key, {"share": None, "right": 0, "of": 0})
        print(f"{key:24} {value['share']!s:>6} %   {value['right']} of {value['of']}   must/aim {aim}")


if __name__ == "__main__":
    main()
