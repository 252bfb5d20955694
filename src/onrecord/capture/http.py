"""The HTTP response in a WARC record: head and body apart, transfer and content encodings undone.

Crawlers keep bodies in every state: as sent, or already unfolded under headers that still say
otherwise. So an encoding that the bytes do not have is taken as undone already.
"""

from __future__ import annotations

import codecs
import io
import re
import zlib
from dataclasses import dataclass

from fastwarc.stream_io import BrotliReader, ZstdReader

from onrecord.capture.sniff import GZIP, HEAD, is_binary

_STATUS = re.compile(rb"HTTP/[\d.]+ +(\d{3})")
_CHUNK = re.compile(rb"\s{0,4}([0-9A-Fa-f]{1,8})[^\r\n]{0,100}\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_STEP = 65_536  # bytes unfolded at once, so that damage costs only what comes after it


@dataclass(frozen=True, slots=True)
class Response:
    """The parts of a response; header names in lower case, the first of several wins."""

    status: int
    headers: dict[str, str]
    body: bytes  # as kept, encodings not undone

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case; empty where none is declared."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The declared encoding, where it is one that can be decoded."""
        return charset_of(self.headers.get("content-type", ""))


def charset_of(content_type: str) -> str | None:
    """Return the encoding that a content type declares, where it is one that can be decoded."""
    found = _CHARSET.search(content_type)
    if not found:
        return None
    try:
        return codecs.lookup(found[1]).name
    except LookupError:
        return None


def parse(block: bytes) -> Response | None:
    """Return the response in a record's block, or None where the block is no HTTP response."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = re.search(rb"\r?\n\r?\n", block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers: dict[str, str] = {}
    for line in head.splitlines()[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return Response(int(status[1]), headers, body)


def entity(response: Response) -> bytes:
    """Return the body with the transfer encoding undone."""
    chunked = "chunked" in response.headers.get("transfer-encoding", "").lower()
    return _joined_chunks(response.body) if chunked else response.body


def payload(response: Response, limit: int) -> bytes | None:
    """Return the bytes of the page, or None where they are more than ``limit``."""
    body = entity(response)
    sent = ",".join(response.headers.get(name, "").lower() for name in ("content-encoding", "transfer-encoding"))
    for encoding in reversed(sent.split(",")):
        unfolded = _unfold(body, encoding.strip(), limit)
        if unfolded is None:
            return None
        body = unfolded
    if body.startswith(GZIP):  # not declared: no page begins so
        return _inflate(body, 31, limit)
    return body if len(body) <= limit else None


def _joined_chunks(body: bytes) -> bytes:
    chunks = []
    place = 0
    while size := _CHUNK.match(body, place):
        length = int(size[1], 16)
        if length == 0:
            break
        chunks.append(body[size.end() : size.end() + length])
        place = size.end() + length
    return b"".join(chunks) if chunks else body


def _unfold(body: bytes, encoding: str, limit: int) -> bytes | None:
    if encoding in ("gzip", "x-gzip"):
        return _inflate(body, 31, limit) if body.startswith(GZIP) else body
    if encoding == "deflate":  # with the zlib frame as the standard says, or without as some servers do
        framed = _inflate(body, 15, limit)
        return _inflate(body, -15, limit) if framed == b"" and is_binary(body[:HEAD]) else framed or body
    if encoding in ("br", "zstd"):
        return _read(BrotliReader if encoding == "br" else ZstdReader, body, limit)
    return body


def _inflate(body: bytes, wbits: int, limit: int) -> bytes | None:
    """Unfold as far as the bytes are good; a page that was cut off is kept as far as it came."""
    unfold = zlib.decompressobj(wbits=wbits)
    whole = bytearray()
    try:
        for start in range(0, len(body), _STEP):
            whole += unfold.decompress(body[start : start + _STEP], limit + 1 - len(whole))
            if len(whole) > limit:
                return None
    except zlib.error:
        pass
    return bytes(whole)


def _read(kind: type[BrotliReader | ZstdReader], body: bytes, limit: int) -> bytes | None:
    """Unfold as far as the bytes are good; what is no such stream is taken as unfolded already."""
    reader = kind(io.BytesIO(body))
    whole = bytearray()
    try:
        while len(whole) <= limit and (data := reader.read(_STEP)):
            whole += data
    except OSError:
        if not is_binary(body[:HEAD]):
            return body
    return bytes(whole) if len(whole) <= limit else None
