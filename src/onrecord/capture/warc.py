"""WARC files: the pages among their records, and a skip for every capture that is no page.

A revisit record has no payload: it says that one which was kept before was there again. Which one is known only when
all inputs were read, so it is passed on as it is.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.capture import http
from onrecord.capture.framing import Damage, Record, records
from onrecord.capture.sniff import HEAD, Format, format_of, is_binary, one_record_a_member
from onrecord.capture.source import CUT, DAMAGED, EMPTY, TOO_LARGE, Source
from onrecord.capture.unfold import Unfolded
from onrecord.model import Capture, Page, Revisit, Skip

NOT_HTML = "not html"
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_UNSURE = frozenset({"", "text/plain", "application/octet-stream", "unknown/unknown", "application/unknown"})
_XML = frozenset({"application/xml", "text/xml"})
_TAKEN = frozenset({200, 203})  # 203: as sent on by a proxy
_DIGEST_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}  # bytes
# Records about captures, not captures: they are no page and none is expected of them.
_ABOUT = frozenset({"warcinfo", "request", "metadata"})


def read(stream: BinaryIO, packed: bool, source: Source) -> Iterator[Page | Skip | Revisit]:
    """Yield the pages of a WARC in its order."""
    framed, members = _framed(stream, packed)
    for record in records(framed, members=members, limit=source.limit + HEAD):
        if isinstance(record, Damage):
            yield source.skip(record.reason, url=_address(record.url), offset=record.offset, detail=record.detail)
        elif record["warc-type"] == "revisit":
            yield _revisit(record, source)
        elif record["warc-type"] not in _ABOUT:
            yield _page(record, source)
    if isinstance(framed, Unfolded) and framed.problem:
        yield source.skip(CUT, detail=framed.problem)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the payload that lies at each capture's place now, or None where there is none."""
    framed, members = _framed(stream, packed)
    for capture in captures:
        yield _at(framed, members, capture.offset or 0, capture.record_id, source)


def _framed(stream: BinaryIO, packed: bool) -> tuple[BinaryIO, bool]:
    if not packed:
        stream.seek(0)
        return stream, False
    return (stream, True) if one_record_a_member(stream) else (Unfolded(stream), False)


def _page(record: Record, source: Source) -> Page | Skip:
    url = _address(record.url)
    kind = record["warc-type"]
    if kind not in ("response", "resource", "conversion"):
        return source.skip(f"not a page: {_known(kind)} record", url=url, offset=record.offset)
    found = _payload(record, source.limit)
    if isinstance(found, tuple):
        reason, detail = found
        return source.skip(reason, url=url, offset=record.offset, detail=detail)
    return source.page(
        found.body,
        found.media,
        f"{record.offset} {record['warc-record-id']}",
        url=url,
        time=record["warc-date"],
        offset=record.offset,
        record_id=record["warc-record-id"],
        charset=found.charset,
        declared=_digest(record["warc-payload-digest"]) or _sha1(record),
    )


@dataclass(frozen=True, slots=True)
class _Payload:
    """What a record holds of a page."""

    body: bytes
    media: str  # html | text
    charset: str | None


def _payload(record: Record, limit: int) -> _Payload | tuple[str, str | None]:
    """Return what is in a record, or the reason and detail of the skip."""
    content_type = record["content-type"] or ""
    response = http.parse(record.block) if record["warc-type"] == "response" else None
    if response is None:
        if record["warc-type"] == "response":
            return "not a web page", content_type[:100]
        response = http.Response(200, {"content-type": content_type}, record.block)
    if response.status not in _TAKEN:
        return _no_page(response)
    if not _may_be_page(response.media_type):
        return NOT_HTML, response.media_type[:100]
    body = http.payload(response, limit)
    if body is None:
        return TOO_LARGE, None
    if not body.strip():
        return (DAMAGED, "nothing can be unfolded") if response.body.strip() else (EMPTY, None)
    media = _media(body[:HEAD], response.media_type, record["warc-type"] == "conversion")
    if media is None:
        return NOT_HTML, response.media_type or "no content type"
    return _Payload(body, media, response.charset)


def _may_be_page(media_type: str) -> bool:
    return media_type in _HTML or media_type in _XML or media_type in _UNSURE


def _media(head: bytes, media_type: str, converted: bool) -> str | None:
    """Return what a payload is by its first bytes, which its type may misname; None where it is no page.

    The text of a page that a crawler made of it (a WET file) is a page, too; other plain texts are mostly none.
    """
    if is_binary(head):
        return None
    if media_type in _XML and b"<html" not in head.lower():
        return None
    if media_type not in _UNSURE or format_of(head) == Format.HTML:
        return "html"
    return "text" if converted and media_type == "text/plain" and format_of(head) == Format.TEXT else None


def _no_page(response: http.Response) -> tuple[str, str | None]:
    moved = response.headers.get("location")
    return f"http status {response.status}", f"to {moved[:500]}" if moved else None


def _revisit(record: Record, source: Source) -> Revisit | Skip:
    """Return a revisit, or the skip of one whose own head says that it is of no page."""
    url = _address(record.url)
    head = http.parse(record.block)
    if head is not None and head.status not in _TAKEN | {304}:
        reason, detail = _no_page(head)
        return source.skip(reason, url=url, offset=record.offset, detail=detail)
    if head is not None and not _may_be_page(head.media_type):
        return source.skip(f"revisit: {NOT_HTML}", url=url, offset=record.offset, detail=head.media_type[:100])
    return source.revisit(
        record.offset,
        url=url,
        time=record["warc-date"],
        record_id=record["warc-record-id"],
        digest=_digest(record["warc-payload-digest"]),
        refers_to=record["warc-refers-to"],
        refers_to_url=_address(record["warc-refers-to-target-uri"]),
        refers_to_time=record["warc-refers-to-date"],
    )


def _digest(declared: str | None) -> str | None:
    """Return a labelled digest in one spelling, with the digits in hexadecimal: tools write them in base 32 or 16."""
    algorithm, _, digits = (declared or "").strip().rstrip("=").partition(":")
    if not digits:
        return None
    size = _DIGEST_SIZES.get(algorithm := algorithm.lower().replace("-", ""))
    if size is not None and len(digits) == -(-size * 8 // 5):
        with contextlib.suppress(binascii.Error, ValueError):
            return f"{algorithm}:{base64.b32decode(digits.upper() + '=' * (-len(digits) % 8)).hex()}"
    return f"{algorithm}:{digits.lower()}"


def _sha1(record: Record) -> str:
    """Return the digest that crawlers give: of the payload with its transfer encoding undone, but not the others."""
    response = http.parse(record.block) if record["warc-type"] == "response" else None
    return "sha1:" + hashlib.sha1(http.entity(response) if response else record.block).hexdigest()


def _at(framed: BinaryIO, members: bool, offset: int, record_id: str | None, source: Source) -> bytes | None:
    for record in records(framed, members=members, limit=source.limit + HEAD, start=offset):
        if isinstance(record, Damage):
            return None
        if record["warc-record-id"] == record_id:
            found = _payload(record, source.limit)
            return found.body if isinstance(found, _Payload) else None
        if record.offset != offset:
            return None
    return None


def _address(url: str | None) -> str | None:
    """Return a target address without the angle brackets that WARC 1.0 once had around it."""
    return url.strip().removeprefix("<").removesuffix(">") if url else None


def _known(kind: str | None) -> str:
    return kind if kind in ("continuation",) else "unknown"
