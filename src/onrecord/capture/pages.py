"""Inputs that are one page: an HTML file or a text capture, as it is or in a gzip.

A saved page mostly says in a comment of whoever saved it where it came from, and when:

=============================  =======================================================================
Internet Explorer, Chrome      ``saved from url=(0033)http://news.example/a``
SingleFile                     ``url: http://news.example/a``, ``saved date: Mon Jan 04 2016 10:00:00 ...``
HTTrack                        ``Mirrored from news.example/a by HTTrack ..., Mon, 04 Jan 2016 10:00:00 GMT``
=============================  =======================================================================
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from onrecord.capture.header import unheaded
from onrecord.capture.sniff import decode_head
from onrecord.capture.source import CUT, TOO_LARGE, Source, read_all
from onrecord.capture.unfold import Unfolded
from onrecord.model import Capture, Page, Skip

_LOOKED_AT = 8_192  # bytes at the head of a page, and at its end for HTTrack
_COMMENT = re.compile(r"<!--(.{0,1500}?)-->", re.DOTALL)
_FROM = re.compile(r"\s*saved from url=\(\d+\)\s*(?P<url>https?://\S+)\s*$", re.IGNORECASE)
_SINGLE = re.compile(
    r"\s*Page saved with SingleFile\s+url:\s*(?P<url>https?://\S+)(?:\s+saved date:\s*(?P<date>[^(\n]+))?",
    re.IGNORECASE,
)
_HTTRACK = re.compile(r"\s*Mirrored from (?P<url>\S+) by HTTrack[^,]*,\s*(?P<date>[^\n]+?)\s*$", re.IGNORECASE)
_DATES = ("%a %b %d %Y %H:%M:%S GMT%z", "%a, %d %b %Y %H:%M:%S GMT")


def read(stream: BinaryIO, packed: bool, source: Source, media: str) -> Iterator[Page | Skip]:
    """Yield the one page of the input; ``media`` is ``html`` or ``text``."""
    opened = Unfolded(stream) if packed else stream
    body = read_all(opened, source.limit)
    if body is None:
        yield source.skip(TOO_LARGE, detail=f"more than {source.limit} bytes")
    elif isinstance(opened, Unfolded) and opened.problem:
        yield source.skip(CUT, detail=opened.problem)
    else:
        page = unheaded(body, media, source.limit)
        url, time = _saved(page.body) if media == "html" else (page.url, page.time)
        yield source.page(page.body, media, 0, url=url, time=time, charset=page.charset, fields=page.fields)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the page as it is now, or None where it is larger than ever was read."""
    for capture in captures:
        stream.seek(0)
        data = read_all(Unfolded(stream) if packed else stream, source.limit)
        yield None if data is None else unheaded(data, capture.media, source.limit).body


def _saved(body: bytes) -> tuple[str | None, str | None]:
    """Return where a saved page came from and when it was saved, as far as a comment in it tells."""
    for part in (body[:_LOOKED_AT], body[-_LOOKED_AT:]):
        for comment in _COMMENT.finditer(decode_head(part)):
            for form in (_FROM, _SINGLE, _HTTRACK):
                if said := form.match(comment[1]):
                    date = said.groupdict().get("date")
                    return _address(said["url"]), _time(date.strip()) if date else None
    return None, None


def _address(url: str) -> str:
    return url if "://" in url else f"http://{url}"


def _time(date: str) -> str | None:
    for form in _DATES:
        with contextlib.suppress(ValueError):
            moment = datetime.datetime.strptime(date, form)
            return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).isoformat()
    return None
