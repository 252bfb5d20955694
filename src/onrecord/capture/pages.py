"""Inputs that are one page: an HTML file or a text capture, as it is or in a gzip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from onrecord.capture.source import CUT, TOO_LARGE, Source, read_all
from onrecord.capture.unfold import Unfolded
from onrecord.model import Capture, Page, Skip


def read(stream: BinaryIO, packed: bool, source: Source, media: str) -> Iterator[Page | Skip]:
    """Yield the one page of the input; ``media`` is ``html`` or ``text``."""
    opened = Unfolded(stream) if packed else stream
    body = read_all(opened, source.limit)
    if body is None:
        yield source.skip(TOO_LARGE, detail=f"more than {source.limit} bytes")
    elif isinstance(opened, Unfolded) and opened.problem:
        yield source.skip(CUT, detail=opened.problem)
    else:
        yield source.page(body, media, 0)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the page as it is now, or None where it is larger than ever was read."""
    for _ in captures:
        stream.seek(0)
        yield read_all(Unfolded(stream) if packed else stream, source.limit)
