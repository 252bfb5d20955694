"""MHTML: a page that a browser saved with all its parts in one file, written as a mail (RFC 2557)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator, Sequence
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from onrecord.capture.http import charset_of
from onrecord.capture.source import CUT, DAMAGED, TOO_LARGE, Source, read_all
from onrecord.capture.unfold import Unfolded
from onrecord.model import Capture, Page, Skip


def read(stream: BinaryIO, packed: bool, source: Source) -> Iterator[Page | Skip]:
    """Yield the page of the input: its first part that is HTML."""
    opened = Unfolded(stream) if packed else stream
    data = read_all(opened, source.limit)
    if data is None:
        yield source.skip(TOO_LARGE, detail=f"more than {source.limit} bytes")
    elif isinstance(opened, Unfolded) and opened.problem:
        yield source.skip(CUT, detail=opened.problem)
    else:
        yield _page(data, source)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the page as it is now, or None where there is none."""
    for _ in captures:
        stream.seek(0)
        data = read_all(Unfolded(stream) if packed else stream, source.limit)
        page = None if data is None else _page(data, source)
        yield page.body if isinstance(page, Page) else None


def _page(data: bytes, source: Source) -> Page | Skip:
    try:
        whole: Message = email.message_from_bytes(data, policy=email.policy.compat32)
        part = next((part for part in whole.walk() if part.get_content_type() == "text/html"), None)
        body = None if part is None else part.get_payload(decode=True)
    except (ValueError, LookupError, RecursionError, AssertionError) as error:
        return source.skip(DAMAGED, detail=str(error)[:200])
    if part is None or not isinstance(body, bytes):
        return source.skip("not html")
    return source.page(
        body,
        "html",
        0,
        url=_head(part, "Content-Location") or _head(whole, "Snapshot-Content-Location"),
        time=_time(_head(whole, "Date")),
        charset=charset_of(_head(part, "Content-Type") or ""),
    )


def _head(message: Message, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _time(date: str | None) -> str | None:
    try:
        return parsedate_to_datetime(date).isoformat() if date else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
