"""What stands in front of a page in its own file: the head of an HTTP response, or lines that name its parts.

Such a head is a frame, as that of a WARC record is: the payload is what comes after it. Two forms are known in texts: lines
``Key: value`` up to the first blank one, all with keys of the table below, and front matter between lines of ``---``,
where other keys are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.capture import http

_HEAD = 8_192  # bytes in which a head must end
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}?)[ \t]*:[ \t]+(\S.*)")
_FENCED = re.compile(rb"---[ \t]*\r?\n(?P<lines>.{0,8000}?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_KEYS = {
    "url": "url", "link": "url", "source url": "url", "address": "url", "canonical": "url",
    "fetched": "time", "captured": "time", "retrieved": "time", "crawled": "time",
    "title": "headline", "headline": "headline",
    "author": "authors", "authors": "authors", "byline": "authors", "by": "authors",
    "date": "published", "published": "published", "publication date": "published", "pubdate": "published",
    "modified": "modified", "updated": "modified", "section": "section", "category": "section",
    "site": "site", "publisher": "site", "newspaper": "site", "outlet": "site", "source": "site",
    "language": "language", "lang": "language", "tags": "tags", "keywords": "tags",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Headed:
    """A payload and what its head says of it."""

    body: bytes
    url: str | None = None
    time: str | None = None
    charset: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


def unheaded(data: bytes, media: str, limit: int) -> Headed:
    """Return the payload of a page file."""
    if media == "html":
        response = http.parse(data) if data.startswith(b"HTTP/") else None
        body = http.payload(response, limit) if response else None
        return Headed(data) if not response or not body else Headed(body, charset=response.charset)
    start = len(data) - len(data.lstrip(b"\xef\xbb\xbf\r\n \t"))
    fenced = _FENCED.match(data, start)
    end = _BLANK.search(data, start, start + _HEAD)
    lines = fenced["lines"] if fenced else data[start : end.start()] if end else b""
    told = _told(lines, whole=not fenced)
    if len(told) < 2:  # one such line may be the text's own
        return Headed(data)
    named = {name: value for name, value in told if name in ("url", "time")}
    fields = tuple((name, value) for name, value in told if name not in named)
    rest = data[fenced.end() :] if fenced else data[end.end() :] if end else b""
    return Headed(rest, named.get("url"), named.get("time"), fields=fields)


def _told(lines: bytes, *, whole: bool) -> list[tuple[str, str]]:
    """Return the fields that the lines name; none where one is no such line and all must be."""
    told = []
    for line in lines.decode("utf-8", "replace").splitlines():
        found = _LINE.fullmatch(line.strip())
        name = _KEYS.get(" ".join(found[1].lower().split())) if found else None
        if found and name:
            told += _fields(name, found[2].strip().strip("\"'"))
        elif whole:
            return []
    return told


def _fields(name: str, value: str) -> list[tuple[str, str]]:
    if name == "site" and value.startswith(("http://", "https://")):
        return [("url", value)]
    if name == "url" and not value.startswith(("http://", "https://")):
        return []
    if name == "headline" and " | " in value:
        headline, _, site = value.rpartition(" | ")
        return [("headline", headline.strip()), ("site", site.strip())]
    if name in ("authors", "tags"):
        parts = [part.strip(" \"'") for part in re.split(r";| and |,", value.strip("[]")) if part.strip(" \"'")]
        turned = name == "authors" and not all(" " in part for part in parts)  # "Smith, Anna"
        return [(name, part) for part in ([value] if turned else parts)]
    return [(name, value)] if value else []
