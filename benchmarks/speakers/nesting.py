"""Print how well attributions inside the contents of others are found.

    python benchmarks/speakers/nesting.py --data ../shared

``nesting.jsonl`` holds 140 contents of PolNeAR's training part, as offsets only. Each was picked because an earlier version of the
rules found something inside it, was read by a person, and has the attribution that is really there, or null. The rules were
tightened after that, so precision is that of a development set; recall is only over what that version could see, and is too high.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

from onrecord.attribute.hearsay import nested
from onrecord.model import Attribution, Spans

HERE = Path(__file__).parent


def spans(value: list[list[int]] | None) -> Spans:
    """Spans from JSON."""
    return tuple((start, end) for start, end in value or ())


def attribution(row: dict[str, Any]) -> Attribution:
    """An attribution from JSON."""
    return Attribution(spans(row["source"]), spans(row["cue"]), spans(row["content"]), 1.0)


def places(value: Spans) -> set[int]:
    """The characters that spans cover."""
    return {place for start, end in value for place in range(start, end)}


def same(one: Attribution, other: Attribution) -> bool:
    """Whether source and cue overlap and the contents have half their characters in common."""
    a, b = places(one.content), places(other.content)
    overlap = places(one.source) & places(other.source) and places(one.cue) & places(other.cue)
    return bool(overlap) and 2 * len(a & b) >= 0.5 * (len(a) + len(b))


def main() -> None:
    """Score the rules on the gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/polnear")
    options = parser.parse_args()
    with gzip.open(options.data / "data/polnear/train.jsonl.gz", "rt", encoding="utf-8", newline="") as file:
        texts = {row["id"]: row["text"] for row in map(json.loads, file)}
    with (HERE / "nesting.jsonl").open(encoding="utf-8") as file:
        gold = [json.loads(line) for line in file]
    made = right = 0
    wanted = {json.dumps(row["inner"]) for row in gold if row["inner"]}
    found: set[str] = set()
    seen: set[str] = set()
    for row in gold:
        key = json.dumps([row["id"], row["outer"]])
        if key in seen:
            continue
        seen.add(key)
        inner = [
            other["inner"]
            for other in gold
            if other["id"] == row["id"] and other["outer"] == row["outer"] and other["inner"]
        ]
        for one in nested(texts[row["id"]], [attribution(row["outer"])]):
            hits = [json.dumps(other) for other in inner if same(one, attribution(other))]
            made += 1
            right += bool(hits)
            found.update(hits)
    print(f"{len(gold)} cases read, {len(wanted)} nested attributions in them")
    print(f"precision {100 * right / max(made, 1):.1f} %   {right} of {made}")
    print(f"recall    {100 * len(found) / len(wanted):.1f} %   {len(found)} of {len(wanted)}")


if __name__ == "__main__":
    main()
