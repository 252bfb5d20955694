from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_benchmark_of_search_makes_what_it_says_and_finds_it() -> None:
    command = [sys.executable, "-m", "benchmarks.search", "--statements", "600", "--queries", "4", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["made"]["statements"] == 600
    rows = {row["query"]: row for row in found["queries"]}
    assert rows["everything, facets, first time"]["hits"] == 600
    assert 0 < rows["word, act, dates"]["hits"] < rows["common word"]["hits"] < 600
    assert rows["name spelled otherwise"]["hits"] == 0
    assert all(row["clock_50"] <= row["clock_95"] for row in found["queries"])
