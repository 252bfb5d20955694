"""Small WARCs for tests, written byte by byte so that nothing about them is hidden."""

from __future__ import annotations

import gzip
from collections.abc import Sequence


def response(url: str, body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A response record."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    block = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return record("response", url, block, "application/http; msgtype=response")


def record(kind: str, url: str, block: bytes, content_type: str, *headers: str) -> bytes:
    """Any record; its id is made of its address."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:test:{kind}:{url}>",
        "WARC-Date: 2011-05-02T10:00:00Z",
        f"WARC-Target-URI: {url}",
        *headers,
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def packed(records: Sequence[bytes]) -> bytes:
    """The records as .warc.gz with a gzip member each."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
