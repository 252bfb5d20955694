"""Many pages out of few: a WARC with every page of some inputs, several times over with other words.

The words are changed so that the copies are neither the same article again nor each other's copies,
both of which would make a build cheaper or dearer than new pages do.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from onrecord import capture
from onrecord.model import Page

_TEXT = re.compile(rb">([^<]{40,})<")
_WORD = re.compile(rb"\b[a-z]{5,}\b")


def grown(inputs: Iterable[Path], path: Path, times: int) -> Path:
    """Write the HTML pages of the inputs ``times`` times into one WARC and return its path."""
    files = [
        file for each in inputs for file in (sorted(each.rglob("*")) if each.is_dir() else [each]) if file.is_file()
    ]
    with path.open("wb") as out:
        for turn in range(times):
            for number, page in enumerate(page for file in files for page in capture.read(file)):
                if isinstance(page, Page) and page.capture.media == "html":
                    out.write(
                        gzip.compress(_record(f"http://grown.example/{turn}/{number}", _changed(page.body, turn)), 1)
                    )
    return path


def _changed(body: bytes, turn: int) -> bytes:
    return _TEXT.sub(lambda text: b">" + _WORD.sub(lambda word: _turned(word[0], turn), text[1]) + b"<", body)


def _turned(word: bytes, turn: int) -> bytes:
    """Turn a word round by some letters, one word in two, another half of the words at each turn."""
    if turn == 0 or (len(word) + word[0] + turn) % 2:
        return word
    by = 1 + turn % (len(word) - 1)
    return word[by:] + word[:by]


def _record(url: str, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:grown:{url}>\r\nWARC-Date: 2015-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
