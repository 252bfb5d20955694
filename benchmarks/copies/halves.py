"""Score ``onrecord copies`` on two halves of the labelled articles, split by families so that no pair is cut.

    python benchmarks/copies/halves.py --data ../shared/data/copies --scorer ../shared/eval

A family is whatever the gold pairs (copy or partial) tie together; its half is the first bit of the SHA-256 of its smallest id.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path


def families(pairs: Iterable[dict[str, str]]) -> dict[str, str]:
    """Return for each article that has part in a pair the smallest id of its family."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        if pair["relation"] != "independent":
            joined = groups.get(pair["a"], {pair["a"]}) | groups.get(pair["b"], {pair["b"]})
            groups.update(dict.fromkeys(joined, joined))
    return {article: min(group) for article, group in groups.items()}


def half(article: str, family: dict[str, str]) -> int:
    """Return 0 or 1."""
    return hashlib.sha256(family.get(article, article).encode()).digest()[0] >> 7


def main() -> None:
    """Print the scorer's first lines for each half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    given = parser.parse_args()
    pairs = [json.loads(line) for line in (given.data / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    with gzip.open(given.data / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    family = families(pairs)
    for number in (0, 1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            mine = [row for row in articles if half(row["id"], family) == number]
            gold = [row for row in pairs if half(row["a"], family) == half(row["b"], family) == number]
            for file, rows in (("articles.jsonl", mine), ("gold.jsonl", gold)):
                (folder / file).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            command = [sys.executable, "-m", "onrecord", "copies", "--articles", str(folder / "articles.jsonl")]
            found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            (folder / "pred.jsonl").write_text(found, encoding="utf-8")
            score = [sys.executable, str(given.scorer / "score_copies.py"), "--gold", str(folder / "gold.jsonl")]
            score += ["--articles", str(folder / "articles.jsonl"), "--pred", str(folder / "pred.jsonl")]
            report = subprocess.run(score, check=True, capture_output=True, text=True).stdout.splitlines()
            wanted = ("copy ", "partial ", "FALSE", "  after")
            print(f"half {number}: {len(mine)} articles, {len(gold)} pairs")
            print("\n".join(f"  {line}" for line in report if line.startswith(wanted)))


if __name__ == "__main__":
    main()
