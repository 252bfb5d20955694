"""Write what extract makes of the golden pages; look at the difference before it is committed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from onrecord.extract import extract
from onrecord.model import Article, Capture, Page, digest

PAGES = Path(__file__).parent / "pages"
EXPECTED = Path(__file__).parent / "expected.json"


def found_on(path: Path) -> dict[str, Any]:
    """Return the article or skip of a golden page, without ids and digests."""
    body = path.read_bytes()
    answer = extract(Page(Capture("golden", path.name, "html", digest(body), len(body)), body))
    row = dataclasses.asdict(answer)
    for key in ("id", "capture_id", "text_digest", "confidence", "offset", "detail"):
        row.pop(key, None)
    if isinstance(answer, Article):
        row["text"] = list(answer.paragraphs)
    plain: dict[str, Any] = json.loads(
        json.dumps({key: value for key, value in row.items() if value not in (None, (), [])})
    )
    return plain


def main() -> None:
    """Freeze all pages."""
    rows = {path.stem: found_on(path) for path in sorted(PAGES.glob("*.html"))}
    EXPECTED.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
