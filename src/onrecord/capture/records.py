"""JSON Lines: an object a line with ``text`` or ``html``, and what is known beside it.

A text is the article's own text, paragraphs apart by blank lines; html is a whole page. Other keys
become the page's fields under the names of :class:`onrecord.model.Article`; the table of other names
for them is below.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from onrecord.capture.source import CUT, EMPTY, TOO_LARGE, Source
from onrecord.capture.unfold import Unfolded
from onrecord.model import Capture, Page, Skip

NOT_JSON = "not json"
_FIELDS = {
    "headline": ("headline", "title"),
    "authors": ("authors", "author"),
    "published": ("published", "date", "publishing_date", "date_published"),
    "modified": ("modified", "date_modified"),
    "dateline": ("dateline",),
    "standfirst": ("standfirst", "summary", "description"),
    "section": ("section", "category"),
    "tags": ("tags", "keywords"),
    "site": ("site", "publisher", "source"),
    "language": ("language", "lang"),
    "agency": ("agency",),
}


def read(stream: BinaryIO, packed: bool, source: Source) -> Iterator[Page | Skip]:
    """Yield a page for each line that is an article, a skip for each other."""
    opened = Unfolded(stream) if packed else stream
    for offset, line in _lines(opened, source.limit):
        if line is None:
            yield source.skip(TOO_LARGE, offset=offset)
        elif line.strip():
            yield _page(line, offset, source)
    if isinstance(opened, Unfolded) and opened.problem:
        yield source.skip(CUT, detail=opened.problem)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the payload of the line that lies at each capture's place now, or None where there is none."""
    opened = Unfolded(stream) if packed else stream
    for capture in captures:
        opened.seek(capture.offset or 0)
        page = _page(opened.readline(source.limit), capture.offset or 0, source)
        yield page.body if isinstance(page, Page) else None


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    offset = 0
    while line := stream.readline(limit):
        size = len(line)
        whole = line.endswith(b"\n") or size < limit
        yield offset, line if whole else None
        while not whole and (more := stream.readline(limit)):
            size += len(more)
            whole = more.endswith(b"\n")
        offset += size


def _page(line: bytes, offset: int, source: Source) -> Page | Skip:
    try:
        entry = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return source.skip(NOT_JSON, offset=offset, detail=str(error)[:200])
    if not isinstance(entry, dict):
        return source.skip(NOT_JSON, offset=offset, detail="not an object")
    url = entry.get("url") if isinstance(entry.get("url"), str) else None
    for key, media in (("html", "html"), ("text", "record")):
        content = entry.get(key)
        if isinstance(content, str) and content.strip():
            return source.page(
                content.encode("utf-8", "replace"),
                media,
                offset,
                url=url,
                time=_word(entry.get("time") or entry.get("fetched")),
                offset=offset,
                record_id=_word(entry.get("id")),
                charset="utf-8",
                fields=tuple(_fields(entry)),
            )
    return source.skip(EMPTY, url=url, offset=offset, detail="neither text nor html")


def _fields(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, names in _FIELDS.items():
        values: Any = next((entry[name] for name in names if entry.get(name)), [])
        for value in values if isinstance(values, list) else [values]:
            if word := _word(value):
                yield field, word


def _word(value: Any) -> str | None:
    """Return a text or number as clean text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).encode("utf-8", "replace").decode("utf-8") or None
