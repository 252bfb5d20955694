"""What every reader needs to know of its input, and how it makes pages and skips of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from onrecord.capture.nesting import DEEPEST, too_deep
from onrecord.model import Capture, Page, Revisit, Skip, capture_id, digest, page_key

TOO_LARGE = "page too large"
TOO_DEEP = "page nested too deep"
EMPTY = "empty page"
CUT = "input cut off"
DAMAGED = "damaged"

_UNSHOWN = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")  # a terminal would obey them


@dataclass(frozen=True, slots=True)
class Source:
    """One input while it is read."""

    file: str  # as it was named
    digest: str  # of the whole file
    limit: int  # bytes that a page may have
    member: str = ""  # of a zip, where the input is one

    def page(
        self,
        body: bytes,
        media: str,
        place: int | str,
        *,
        url: str | None = None,
        time: str | None = None,
        offset: int | None = None,
        record_id: str | None = None,
        charset: str | None = None,
        declared: str | None = None,
        fields: tuple[tuple[str, str], ...] = (),
    ) -> Page | Skip:
        """Return the page with these bytes; ``place`` makes its id unique in the input.

        HTML that no parser gets through becomes a skip.
        """
        if media == "html" and too_deep(body):
            return self.skip(TOO_DEEP, url=url, offset=offset, detail=f"more than {DEEPEST} elements open at once")
        known, url = digest(body), _clean(url)
        capture = Capture(
            id=capture_id(self.digest, f"{self.member}{place}"),
            file=self.file,
            media=media,
            digest=known,
            size=len(body),
            url=url,
            time=_clean(time),
            offset=offset,
            record_id=_clean(record_id),
            charset=charset,
            page=page_key(url, known, charset, fields) if url else None,
            declared=declared,
        )
        return Page(capture, body, fields)

    def revisit(
        self,
        offset: int,
        *,
        url: str | None,
        time: str | None,
        record_id: str | None,
        digest: str | None,
        refers_to: str | None,
        refers_to_url: str | None,
        refers_to_time: str | None,
    ) -> Revisit:
        """Return a fetch of which this input has no payload at its place."""
        return Revisit(
            capture_id(self.digest, f"{self.member}{offset} {record_id}"),
            self.file,
            _clean(url),
            _clean(time),
            offset,
            _clean(record_id),
            digest,
            _clean(refers_to),
            _clean(refers_to_url),
            _clean(refers_to_time),
        )

    def skip(
        self, reason: str, *, url: str | None = None, offset: int | None = None, detail: str | None = None
    ) -> Skip:
        """Return a skip of something in this input."""
        return Skip("capture", reason, self.file, url=_clean(url), offset=offset, detail=_clean(detail))


def clean(text: str) -> str:
    """Return a name from outside so that it can be stored and shown on a terminal."""
    if text.isascii() and text.isprintable():  # as nearly all are
        return text
    return text.encode("utf-8", "replace").decode("utf-8").translate(_UNSHOWN)


def _clean(text: str | None) -> str | None:
    return None if text is None else clean(text)


def read_all(stream: BinaryIO, limit: int) -> bytes | None:
    """Return all that is left of the stream, or None where that is more than ``limit`` bytes.

    Never holds more than the limit and one block, whatever a compressed stream unfolds to.
    """
    blocks = []
    left = limit + 1
    while left > 0 and (block := stream.read(min(left, 1 << 20))):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks) if left > 0 else None
