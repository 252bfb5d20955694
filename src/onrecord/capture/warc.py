"""WARC files: the pages among their records, and a skip for every capture that is no page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from onrecord.capture import http
from onrecord.capture.framing import Damage, Record, records
from onrecord.capture.sniff import HEAD, Format, format_of, one_record_a_member
from onrecord.capture.source import CUT, EMPTY, TOO_LARGE, Source
from onrecord.capture.unfold import Unfolded
from onrecord.model import Capture, Page, Skip

NOT_HTML = "not html"
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_UNSURE = frozenset({"", "text/plain", "application/octet-stream", "unknown/unknown", "application/unknown"})
# Records about captures, not captures: they are no page and none is expected of them.
_ABOUT = frozenset({"warcinfo", "request", "metadata"})


def read(stream: BinaryIO, packed: bool, source: Source) -> Iterator[Page | Skip]:
    """Yield the pages of a WARC in its order."""
    framed, members = _framed(stream, packed)
    seen = _Seen()
    for record in records(framed, members=members, limit=source.limit + HEAD):
        if isinstance(record, Damage):
            yield source.skip(record.reason, url=_address(record.url), offset=record.offset, detail=record.detail)
        elif record["warc-type"] == "revisit":
            yield _revisit(record, seen, framed, members, source)
        elif record["warc-type"] not in _ABOUT:
            item = _page(record, source)
            if isinstance(item, Page):
                seen.add(record)
            yield item
    if isinstance(framed, Unfolded) and framed.problem:
        yield source.skip(CUT, detail=framed.problem)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the payload that lies at each capture's place now, or None where there is none."""
    framed, members = _framed(stream, packed)
    for capture in captures:
        yield _at(framed, members, capture.offset or 0, capture.record_id, source)


class _Seen:
    """Where the payloads of this file lie, for the records that only refer to them."""

    def __init__(self) -> None:
        self._places: dict[int, tuple[int, str | None]] = {}  # keys hashed: a file may have millions

    def add(self, record: Record) -> None:
        place = (record.offset, record["warc-record-id"])
        for key in (record["warc-record-id"], record["warc-payload-digest"]):
            if key:
                self._places.setdefault(hash(key), place)

    def find(self, revisit: Record) -> tuple[int, str | None] | None:
        for name in ("warc-refers-to", "warc-payload-digest"):
            if place := self._places.get(hash(revisit[name])):
                return place
        return None


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
        "html",
        f"{record.offset} {record['warc-record-id']}",
        url=url,
        time=record["warc-date"],
        offset=record.offset,
        record_id=record["warc-record-id"],
        charset=found.charset,
    )


def _payload(record: Record, limit: int) -> http.Response | tuple[str, str | None]:
    """Return the response with its payload as body, or the reason and detail of the skip."""
    content_type = record["content-type"] or ""
    response = http.parse(record.block) if record["warc-type"] == "response" else None
    if response is None:
        if record["warc-type"] == "response":
            return "not a web page", content_type[:100]
        response = http.Response(200, {"content-type": content_type}, record.block)
    if response.status != 200:
        moved = response.headers.get("location")
        return f"http status {response.status}", f"to {moved[:500]}" if moved else None
    if response.media_type not in _HTML and response.media_type not in _UNSURE:
        return NOT_HTML, response.media_type[:100]
    body = http.payload(response, limit)
    if body is None:
        return TOO_LARGE, None
    if not body.strip():
        return EMPTY, None
    if response.media_type in _UNSURE and format_of(body[:HEAD]) != Format.HTML:
        return NOT_HTML, response.media_type or "no content type"
    return http.Response(200, response.headers, body)


def _revisit(record: Record, seen: _Seen, framed: BinaryIO, members: bool, source: Source) -> Page | Skip:
    """A page at another address with the payload of an earlier record is a page; one at the same is not new."""
    url = _address(record.url)
    earlier = _address(record["warc-refers-to-target-uri"])
    place = seen.find(record)
    if place is None or earlier in (None, url):
        reason = "revisit: unchanged" if place or earlier == url else "revisit: payload is not in this file"
        return source.skip(reason, url=url, offset=record.offset, detail=earlier)
    offset, record_id = place
    back = framed.tell()
    body = _at(framed, members, offset, record_id, source)
    framed.seek(back)
    if body is None:
        return source.skip("revisit: payload is not in this file", url=url, offset=record.offset, detail=earlier)
    head = http.parse(record.block)
    return source.page(
        body,
        "html",
        f"{record.offset} {record['warc-record-id']}",
        url=url,
        time=record["warc-date"],
        offset=offset,
        record_id=record_id,
        charset=head.charset if head else None,
    )


def _at(framed: BinaryIO, members: bool, offset: int, record_id: str | None, source: Source) -> bytes | None:
    for record in records(framed, members=members, limit=source.limit + HEAD, start=offset):
        if isinstance(record, Damage):
            return None
        if record["warc-record-id"] == record_id:
            found = _payload(record, source.limit)
            return found.body if isinstance(found, http.Response) else None
        if record.offset != offset:
            return None
    return None


def _address(url: str | None) -> str | None:
    """Return a target address without the angle brackets that WARC 1.0 once had around it."""
    return url.strip().removeprefix("<").removesuffix(">") if url else None


def _known(kind: str | None) -> str:
    return kind if kind in ("continuation",) else "unknown"
