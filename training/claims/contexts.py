"""The labelled pairs of statements with what was around them: date, outlet, sentence and paragraph of the corpus.

Two files of pairs are read, of one form: ``claims/dev.jsonl`` of the data, and ``more.jsonl`` beside this file, which
holds only article, offsets and label (made the same way, by reading; the words stay where they are).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.resolve.phrasing import sentence_around

MORE = Path(__file__).with_name("more.jsonl")


def pairs(data: Path, file: Path | None = None) -> list[dict[str, Any]]:
    """Return the pairs of a file, at first ``claims/dev.jsonl``, with the words and what is around them on each side."""
    articles: dict[str, Any] = {}
    for name in ("train", "dev"):
        with gzip.open(data / "polnear" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            articles.update((row["id"], row) for row in map(json.loads, lines))
    with (file or data / "claims" / "dev.jsonl").open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    for pair in found:
        for side in (pair["a"], pair["b"]):
            article = articles[side["id"]]
            text = article["text"]
            side.setdefault("text", _joined(text, side["content"]))
            side.setdefault("speaker", _joined(text, side["source"]) if side["source"] else None)
            spans = side["content"] + (side["source"] or [])
            if max(end for _, end in spans) - min(start for start, _ in spans) > 1500:
                spans = side["content"]
            start, end = min(s for s, _ in spans), max(e for _, e in spans)
            # The rest of the sentences that hold both source and content; and 600 characters before that.
            before = text[max(0, start - 600) : start]
            stretch = text[max(0, start - 600) : end + 400]
            side["sentence"] = sentence_around(stretch, text[start:end])
            begin = max(0, start - len(before)) + stretch.find(side["sentence"])
            side["paragraph"] = text[max(0, begin - 600) : begin + len(side["sentence"]) + 100]
            side["date"], side["outlet"] = article["date"], article["publisher"]
    return found


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def write(data: Path, output: Path) -> None:
    """Write the pairs as ``onrecord claims --pairs`` reads them, with the sentence as context."""
    keys = ("text", "speaker", "date", "outlet")
    with output.open("w", encoding="utf-8") as file:
        for pair in pairs(data):
            row = {k: {key: pair[k][key] for key in keys} | {"context": pair[k]["sentence"]} for k in ("a", "b")}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
