from __future__ import annotations

from pathlib import Path

from onrecord.web.app import PAGES
from onrecord.web.files import FILES

DOCS = Path(__file__).parents[2] / "docs" / "web.md"


def test_every_address_is_in_the_documentation() -> None:
    text = DOCS.read_text(encoding="utf-8")
    forms = (".ris", ".bib", ".csl.json")
    missing = [path for path in [*PAGES, *FILES] if path not in text and not path.endswith(forms)]
    assert missing == []
    assert all(form in text for form in forms)
