"""The records of a WARC one after the other, past every damage: none that is whole is lost.

fastwarc reads the records. Where it stops at a damaged one, the next place that begins a record is
looked for and reading goes on there. What lies between is reported as a :class:`Damage`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from onrecord.capture.sniff import record_size
from onrecord.capture.source import CUT, DAMAGED, TOO_LARGE, clean

_BLOCK = 1 << 20
_PLAIN = re.compile(rb"WARC/[01]\.\d+\r?\n")
_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_HEAD = 65_536  # bytes in which the head of a record must end
_PATIENCE = 1_000  # damaged places after which a file is given up


@dataclass(frozen=True, slots=True)
class Record:
    """One whole record."""

    offset: int  # in the stream; of the gzip member where each record has one
    url: str | None  # WARC-Target-URI
    headers: dict[str, str]  # names in lower case, the first of several wins
    block: bytes

    def __getitem__(self, name: str) -> str | None:
        """Return a header by its lower-case name."""
        return self.headers.get(name)


@dataclass(frozen=True, slots=True)
class Damage:
    """A place from which no record could be read."""

    offset: int
    reason: str
    url: str | None = None
    detail: str | None = None


def records(stream: BinaryIO, *, members: bool, limit: int, start: int = 0) -> Iterator[Record | Damage]:
    """Yield the records from ``start`` on.

    A record is given out only when its end was found where its length says, because a wrong length
    makes it swallow the ones behind it.

    Args:
        stream: seekable, and never raises for what is in it.
        members: each record has a gzip member of its own.
        limit: bytes that the block of a record may have; larger ones become a Damage, unread.
        start: where a record begins.
    """
    for _ in range(_PATIENCE):
        held: Record | Damage | None = None
        problem = None
        try:
            stream.seek(start)
            for record in ArchiveIterator(stream, parse_http=False):
                if held is not None:
                    yield held
                held = Damage(record.stream_pos, DAMAGED, record.headers.get("WARC-Target-URI"))
                held = _read(record, limit)
        except (OSError, ValueError) as error:
            problem = str(error)
        end = start if held is None else _end(stream, held.offset, members)
        if held is not None:
            broken = end is None and isinstance(held, Record)
            yield Damage(held.offset, DAMAGED, held.url, "its length is wrong") if broken else held
        if held is not None and end is not None:
            found = _next(stream, end, members)
        else:
            found = _next(stream, (start if held is None else held.offset) + 1, members)
        if end is not None and found != end and _anything(stream, end):
            yield Damage(end, CUT if found is None else DAMAGED, detail=problem)
        if found is None:
            return
        start = found
    yield Damage(start, DAMAGED, detail=f"{_PATIENCE} damaged places; what comes after was not read")


def _read(record: WarcRecord, limit: int) -> Record | Damage:
    offset, url = record.stream_pos, record.headers.get("WARC-Target-URI")
    size = record.content_length
    if size > limit:
        return Damage(offset, TOO_LARGE, url, f"{size} bytes")
    assert record.reader is not None
    block = record.reader.read(size)
    if len(block) < size:
        return Damage(offset, CUT, url, f"{len(block)} of {size} bytes")
    headers: dict[str, str] = {}
    for name, value in record.headers.items():
        headers.setdefault(name.lower(), clean(value))
    return Record(offset, url, headers, block)


def _end(stream: BinaryIO, offset: int, members: bool) -> int | None:
    """Return where the record at ``offset`` ends, or None where its length does not lead to an end."""
    return _end_of_member(stream, offset) if members else _end_of_plain(stream, offset)


def _end_of_plain(stream: BinaryIO, offset: int) -> int | None:
    stream.seek(offset)
    size = record_size(stream.read(_HEAD))
    if size is None:
        return None
    stream.seek(offset + size)
    tail = stream.read(64)
    gap = len(tail) - len(tail.lstrip(b"\r\n"))
    if stream.tell() < offset + size or (tail and gap == 0 and b"WARC/" not in (tail[:5], tail[4:9])):
        return None
    return offset + size + gap


def _end_of_member(stream: BinaryIO, offset: int) -> int | None:
    stream.seek(offset)
    unfold = zlib.decompressobj(wbits=31)
    head, size, place = b"", 0, offset
    while not unfold.eof and (block := stream.read(_HEAD)):
        place += len(block)
        while block and not unfold.eof:
            try:
                data = unfold.decompress(block, _BLOCK)
            except zlib.error:
                return None
            block = unfold.unconsumed_tail
            size += len(data)
            head += data[: _HEAD - len(head)]
    wanted = record_size(head)
    return place - len(unfold.unused_data) if wanted is not None and size >= wanted else None


def _next(stream: BinaryIO, place: int, members: bool) -> int | None:
    """Return the first place from ``place`` on at which a record seems to begin."""
    mark = _GZIP if members else _PLAIN
    stream.seek(place)
    data = stream.read(_BLOCK)
    while data:
        for found in mark.finditer(data):
            if not members or _begins_record(stream, place + found.start()):
                return place + found.start()
        stream.seek(place + len(data))
        more = stream.read(_BLOCK)
        kept = data[-16:] if more else b""  # a mark may lie across two blocks
        place += len(data) - len(kept)
        data = kept + more
    return None


def _begins_record(stream: BinaryIO, place: int) -> bool:
    stream.seek(place)
    try:
        return zlib.decompressobj(wbits=31).decompress(stream.read(512), 5) == b"WARC/"
    except zlib.error:
        return False


def _anything(stream: BinaryIO, place: int) -> bool:
    """Say whether anything but padding lies at ``place``."""
    stream.seek(place)
    return bool(stream.read(4_096).strip(b"\0\r\n \t"))
