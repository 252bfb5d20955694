"""The image files of pictures, read from the captures: the archive keeps where they lie, not copies of them.

``capture`` records every response that is no page as a skip, with its address and place. A picture
whose address is among them can be shown without any network.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from pathlib import Path

from onrecord.capture import http
from onrecord.capture.framing import Record, records
from onrecord.capture.sniff import Format, one_record_a_member, sniff
from onrecord.errors import NotFoundError
from onrecord.store.archive import Archive
from onrecord.web.checking import place_of

MOST = 500_000  # images whose places are kept in memory; pictures beyond them are shown without their image
LARGEST = 8_000_000  # bytes
BUDGET = 60_000  # bytes of all images inside one page, which is to stay light; the page of a picture shows it always
MOST_WEIGHED = 100_000  # images whose size is kept in memory
_NAMED = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|ashx|axd)\b|image|photo|media|picture", re.IGNORECASE)
# Only what a browser decodes as pixels; SVG is a document and never sent.
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


class Images:
    """Where the image of each picture lies. Filled at the first question; safe to ask from several threads."""

    def __init__(self, archive: Archive) -> None:
        """Know the images of this archive."""
        self._archive = archive
        self._places: dict[int, tuple[str, int]] | None = None
        self._sizes: dict[int, int | None] = {}
        self._lock = threading.Lock()

    def fitting(self, urls: Mapping[str, str | None]) -> frozenset[str]:
        """Return the keys whose images can be shown inside one page: the first ones that its budget holds."""
        left = BUDGET
        found = []
        for key, url in urls.items():
            size = self._size(url)
            if size is not None and size <= left:
                left -= size
                found.append(key)
        return frozenset(found)

    def _size(self, url: str | None) -> int | None:
        """Return how many bytes an image has, None where it cannot be shown."""
        if url is None or not self.has(url):
            return None
        key = hash(_key(url))
        if key not in self._sizes:
            if len(self._sizes) >= MOST_WEIGHED:
                self._sizes.clear()
            try:
                self._sizes[key] = len(self.read(url)[0])
            except NotFoundError:
                self._sizes[key] = None
        return self._sizes[key]

    def has(self, url: str | None) -> bool:
        """Return whether the capture of this address is in an input of the archive."""
        return url is not None and hash(_key(url)) in self._known()

    def read(self, url: str | None) -> tuple[bytes, str]:
        """Return the bytes of an image and their media type.

        Raises:
            NotFoundError: it is not there any more, too large, or no image.
        """
        place = self._known().get(hash(_key(url))) if url else None
        if place is None:
            raise NotFoundError("no capture of this image is in the archive; its original address may still have it")
        file, offset = place
        try:
            body = _payload(place_of(self._archive, file), offset)
        except OSError as error:
            raise NotFoundError(f"{file} cannot be read: {error.strerror or error}") from error
        kind = _kind(body or b"")
        if body is None or kind is None:
            raise NotFoundError(f"what lies at byte {offset} of {Path(file).name} is no image that can be shown")
        return body, kind

    def _known(self) -> dict[int, tuple[str, int]]:
        with self._lock:
            if self._places is None:
                self._places = self._find()
            return self._places

    def _find(self) -> dict[int, tuple[str, int]]:
        found: dict[int, tuple[str, int]] = {}
        for skip in self._archive.skips():
            if skip.url and skip.offset is not None and skip.reason == "not html" and _NAMED.search(skip.url):
                found.setdefault(hash(_key(skip.url)), (skip.file, skip.offset))
                if len(found) >= MOST:
                    break
        return found


def _payload(path: Path, offset: int) -> bytes | None:
    """Return the payload of the WARC record at this offset, whatever it is; None where there is none."""
    with path.open("rb") as stream:
        kind, packed = sniff(stream)
        if kind is not Format.WARC or (packed and not one_record_a_member(stream)):
            return None
        record = next(records(stream, members=packed, limit=LARGEST, start=offset), None)
        if not isinstance(record, Record) or record.offset != offset:
            return None
        response = http.parse(record.block) if record["warc-type"] == "response" else None
        return http.payload(response, LARGEST) if response else record.block


def _key(url: str) -> str:
    """Return what is the same for http and https, and for the same picture asked for again."""
    return re.sub(r"^https?://(?:www\.)?", "", url.partition("#")[0], flags=re.IGNORECASE)


def _kind(body: bytes) -> str | None:
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for head, kind in _KINDS if body.startswith(head)), None)
