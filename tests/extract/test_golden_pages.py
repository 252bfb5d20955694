"""Golden pages: one for each layout; what extract makes of them is frozen and was read by a person."""

from __future__ import annotations

import importlib.util
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent.parent / "golden"
EXPECTED: dict[str, Any] = json.loads((GOLDEN / "expected.json").read_text("utf-8"))


def freeze() -> Any:
    spec = importlib.util.spec_from_file_location("freeze", GOLDEN / "freeze.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page_gives_what_was_frozen(name: str) -> None:
    assert freeze().found_on(GOLDEN / "pages" / f"{name}.html") == EXPECTED[name]


def test_every_golden_page_is_frozen() -> None:
    assert {path.stem for path in (GOLDEN / "pages").glob("*.html")} == set(EXPECTED)
    assert len(EXPECTED) >= 12


def test_records_pickle() -> None:
    from onrecord.extract import extract
    from onrecord.model import Capture, Page

    body = (GOLDEN / "pages" / "wordpress.html").read_bytes()
    found = extract(Page(Capture("c", "f", "html", "sha256:0", len(body)), body))
    assert pickle.loads(pickle.dumps(found)) == found
