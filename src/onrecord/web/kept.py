"""Answers that were made already, packed, up to a number of bytes."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

MOST_BYTES = 32_000_000  # of one process: some 2,500 pages
_LEVEL = 5  # of compression; 6 costs a third more and saves one part in two hundred


@dataclass(frozen=True, slots=True)
class Packed:
    """The body of an answer, compressed once for all who ask for it."""

    body: bytes
    media_type: str
    headers: dict[str, str]

    @classmethod
    def of(cls, response: Response) -> Packed:
        """Pack an answer that was made."""
        headers = {name: response.headers[name] for name in ("etag", "cache-control") if name in response.headers}
        body = gzip.compress(bytes(response.body), _LEVEL, mtime=0)
        return cls(body, response.media_type or "text/plain", headers)

    def response(self, request: Request) -> Response:
        """Return the answer in a form that this reader takes."""
        headers = {**self.headers, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(gzip.decompress(self.body), media_type=self.media_type, headers=headers)
        return Response(self.body, media_type=self.media_type, headers={**headers, "Content-Encoding": "gzip"})


class Kept:
    """The answers of one generation by what they depend on beside it; the least recently asked for go first.

    Only pages that are the same for every reader belong here: none that knows who is signed in. Asked and filled
    from one thread only, that of the event loop.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        """Keep at most this many bytes."""
        self._most, self._size = most, 0
        self._answers: OrderedDict[tuple[str, ...], Packed] = OrderedDict()

    def get(self, key: tuple[str, ...]) -> Packed | None:
        """Return the answer that was kept under a key, or None."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: tuple[str, ...], packed: Packed) -> None:
        """Keep an answer, and drop others for it where there is no room."""
        old = self._answers.pop(key, None)
        self._size += _size(key, packed) - (_size(key, old) if old else 0)
        self._answers[key] = packed
        while self._size > self._most and self._answers:
            gone, dropped = self._answers.popitem(last=False)
            self._size -= _size(gone, dropped)


def _size(key: tuple[str, ...], packed: Packed) -> int:
    return sum(map(len, key)) + len(packed.body) + 1_000  # what Python itself needs for them
