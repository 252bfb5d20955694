"""The benchmark's own arithmetic, on cases that can be counted by hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "extraction"


@pytest.fixture
def shingles() -> Any:
    spec = importlib.util.spec_from_file_location("shingles", FOLDER / "shingles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["shingles"] = module
    spec.loader.exec_module(module)
    return module


def test_the_same_text_overlaps_whole_and_nothing_overlaps_not_at_all(shingles: Any) -> None:
    assert shingles.overlap("one two three four five", "one two three four five") == (1.0, 0.0, 0.0)
    assert shingles.overlap("one two three four five", "") == (0.0, 0.0, 1.0)
    assert shingles.overlap("", "") == (1.0, 0.0, 0.0)


def test_a_word_too_many_costs_one_shingle(shingles: Any) -> None:
    found = shingles.overlap("a b c d e", "a b c d e f")  # two shingles in common, one extra
    assert (round(found.precision, 3), found.recall) == (0.667, 1.0)


def test_f1_is_of_the_averages(shingles: Any) -> None:
    precision, recall, score = shingles.f1([shingles.Overlap(1.0, 0.0, 0.0), shingles.Overlap(0.0, 0.0, 1.0)])
    assert (precision, recall) == (1.0, 0.5)
    assert round(score, 3) == 0.667
