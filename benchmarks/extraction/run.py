"""Measure extractors side by side: ``python benchmarks/extraction/run.py PAGES``.

PAGES is a folder with ``fundus/`` and ``web/`` as described in this folder's README. The pages of an outlet are
all in one half: the extractor was tuned on the half called ``tune`` and never looked at on the other.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import measure
from tools import TOOLS, Found, Tool, onrecord

SETS = {"fundus": measure.fundus, "web": measure.web}


def outlet(gold: Mapping[str, Any]) -> str:
    """Return the outlet of a page: its publisher, else the host of its address."""
    host = (urlsplit(gold["url"]).hostname or gold.get("file", "")).removeprefix("www.")
    return str(gold.get("publisher") or host)


def half(name: str) -> str:
    """Return the half that an outlet belongs to."""
    return ("tune", "report")[hashlib.sha256(name.encode()).digest()[0] % 2]


def load(folder: Path) -> list[tuple[dict[str, Any], bytes]]:
    """Return the labelled pages of a set."""
    pages = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        path = folder / gold.get("html_file", gold.get("file"))
        pages.append((gold, gzip.decompress(path.read_bytes())))
    return pages


def run(tool: Tool, pages: list[tuple[dict[str, Any], bytes]]) -> tuple[list[Found], list[float]]:
    """Return what a tool finds and the processor seconds that each page took."""
    tool(pages[0][1])  # imports and caches are not part of the speed
    found, seconds = [], []
    for _, body in pages:
        start = time.process_time()
        try:
            found.append(tool(body))
        except Exception:  # a peer that fails on a page has found nothing there
            found.append(Found())
        seconds.append(time.process_time() - start)
    return found, seconds


def speed(seconds: list[float]) -> dict[str, float]:
    """Return pages per second, and the median and 95th percentile of a page in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20)
    return {
        "pages/s": len(seconds) / sum(seconds),
        "median ms": 1000 * statistics.median(seconds),
        "p95 ms": 1000 * cuts[18],
        "max ms": 1000 * max(seconds),
    }


def table(rows: dict[str, dict[str, float]]) -> str:
    """Return rows of figures as a Markdown table, tools side by side."""
    keys = list(dict.fromkeys(key for row in rows.values() for key in row))
    lines = ["| | " + " | ".join(rows) + " |", "|---|" + "---|" * len(rows)]
    for key in keys:
        cells = [_number(key, row[key]) for row in rows.values()]
        lines.append(f"| {key} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _number(key: str, value: float) -> str:
    if value != value:
        return "none"
    return f"{value:.0f}" if key == "pages" else f"{value:.1f}" if re.search(r"ms$|/s$", key) else f"{value:.3f}"


def main() -> None:
    """Run the benchmark as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--tools", nargs="+", default=list(TOOLS), choices=list(TOOLS))
    parser.add_argument("--half", nargs="+", default=["all", "report"], choices=["all", "tune", "report"])
    parser.add_argument("--learn", action="store_true", help="also run onrecord with what it learned of each site")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    answer: dict[str, Any] = {}
    for name in arguments.sets:
        pages = load(arguments.pages / name)
        results = {}
        for tool in arguments.tools:
            print(f"{name}: {tool}", file=sys.stderr)
            results[tool] = run(TOOLS[tool](), pages)
        if arguments.learn:
            siblings = [
                gzip.decompress(path.read_bytes()) for path in sorted((arguments.pages / "siblings").glob("*.gz"))
            ]
            learned = onrecord([*siblings, *(body for _, body in pages)])
            results["onrecord, learned"] = run(learned, pages)
        for part in arguments.half:
            chosen = [i for i, (gold, _) in enumerate(pages) if part in ("all", half(outlet(gold)))]
            golds = [pages[i][0] for i in chosen]
            rows = {
                tool: {**SETS[name](golds, [found[i] for i in chosen]), **speed([seconds[i] for i in chosen])}
                for tool, (found, seconds) in results.items()
            }
            answer[f"{name}, {part}"] = rows
            if not arguments.json:
                print(f"\n### {name}, {part} outlets\n\n{table(rows)}")
    if arguments.json:
        print(json.dumps(answer, indent=1))


if __name__ == "__main__":
    main()
