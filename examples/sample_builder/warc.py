"""Write WARC 1.1 files that come out the same every time.

A library would do for good files. This one also has to break a record on purpose, at a known place, and to give
the same record ids and the same bytes in every run; both are easier to see in a page of our own.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

REASONS = {200: "OK", 301: "Moved Permanently", 404: "Not Found"}


@dataclass(frozen=True)
class Http:
    """A server's answer as it went over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def encode(self) -> bytes:
        """Status line, headers, body."""
        lines = [f"HTTP/1.1 {self.status} {REASONS[self.status]}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body


class Crawl:
    """One WARC file, one gzip member for each record, in the order of the calls."""

    def __init__(self, name: str, start: datetime) -> None:
        self.name = name
        self.clock = start
        self.members: list[bytes] = []
        self.seen: dict[str, str] = {}  # when the answer of an address was taken
        info = f"software: onrecord sample builder\r\nformat: WARC File Format 1.1\r\nisPartOf: {name}\r\n"
        self._add("warcinfo", None, "application/warc-fields", info.encode(), {"WARC-Filename": f"{name}.warc.gz"})

    def response(self, url: str, answer: Http) -> None:
        """A server's answer."""
        kind = "application/http; msgtype=response"
        self._add("response", url, kind, answer.encode(), {"WARC-Payload-Digest": digest(answer.body)})

    def request(self, url: str) -> None:
        """The question that went before an answer."""
        host, _, path = url.removeprefix("http://").partition("/")
        block = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: sample-crawler/1.0\r\n\r\n"
        self._add("request", url, "application/http; msgtype=request", block.encode("ascii"))

    def resource(self, url: str, content_type: str, body: bytes) -> None:
        """A file that was taken without a server."""
        self._add("resource", url, content_type, body, {"WARC-Payload-Digest": digest(body)})

    def metadata(self, url: str, text: str) -> None:
        """What the crawler noted about an address."""
        self._add("metadata", url, "application/warc-fields", text.encode())

    def revisit(self, url: str, answer: Http, first_seen: str) -> None:
        """The same payload again: only the headers are kept, and where the payload lies."""
        extra = {
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Refers-To-Target-URI": url,
            "WARC-Refers-To-Date": first_seen,
            "WARC-Payload-Digest": digest(answer.body),
        }
        block = Http(answer.status, answer.headers, b"").encode()
        self._add("revisit", url, "application/http; msgtype=response", block, extra)

    def damage_last(self) -> None:
        """Turn over every bit of 48 bytes in the middle of the last record."""
        member = self.members[-1]
        middle = len(member) // 2
        self.members[-1] = (
            member[:middle] + bytes(byte ^ 0xFF for byte in member[middle : middle + 48]) + member[middle + 48 :]
        )

    def cut_last(self) -> None:
        """Stop in the middle of the last record, as a crawler does that loses its power."""
        self.members[-1] = self.members[-1][: len(self.members[-1]) // 2]

    def encode(self) -> bytes:
        """The whole file."""
        return b"".join(self.members)

    def _add(
        self, kind: str, url: str | None, content_type: str, block: bytes, extra: Mapping[str, str] | None = None
    ) -> None:
        when = f"{self.clock:%Y-%m-%dT%H:%M:%SZ}"
        self.clock += timedelta(seconds=11)
        if url and kind == "response":
            self.seen[url] = when
        name = f"{self.name} {len(self.members)} {kind} {url} {when} {digest(block)}"
        headers = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>",
            **({"WARC-Target-URI": url} if url else {}),
            "WARC-Date": when,
            **(extra or {}),
            "WARC-Block-Digest": digest(block),
            "Content-Type": content_type,
            "Content-Length": str(len(block)),
        }
        head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in headers.items()) + "\r\n"
        self.members.append(gzip(head.encode("ascii") + block + b"\r\n\r\n"))


def digest(data: bytes) -> str:
    """A SHA-1 as WARC files write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def gzip(data: bytes) -> bytes:
    """One gzip member without time, name or system in its head."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(data) + packer.flush()
    return packed[:4] + bytes(4) + b"\x02\xff" + packed[10:]
