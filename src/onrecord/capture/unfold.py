"""A gzip as a stream that never raises: where the gzip is cut off or damaged the stream ends and says so."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

_BLOCK = 65_536


class Unfolded(io.BufferedReader):
    """The unfolded bytes of a gzip of one or several members, read a block at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._unfolding = _Unfolding(stream)
        super().__init__(self._unfolding, _BLOCK)

    @property
    def problem(self) -> str | None:
        """Why the stream ended before the gzip did; None as long as nothing is wrong."""
        return self._unfolding.problem


class _Unfolding(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.problem: str | None = None
        self._rewind()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET:
            place += self._place if whence == io.SEEK_CUR else self._length()
        if place < self._place:
            self._rewind()
        while self._place < place and (data := self._next(place - self._place)):
            self._place += len(data)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def _rewind(self) -> None:
        self._stream.seek(0)
        self._place = 0
        self._member = zlib.decompressobj(wbits=31)
        self._rest = b""
        self._ended = False  # before its time; what comes before that place is read again all the same

    def _length(self) -> int:
        while data := self._next(_BLOCK):
            self._place += len(data)
        return self._place

    def _next(self, size: int) -> bytes:
        """Return some bytes, at most ``size``; none only at the end."""
        while not self._ended or self._rest:
            if self._member.eof:
                self._rest = self._member.unused_data or self._stream.read(_BLOCK)
                if not self._rest.startswith(b"\x1f"):  # the end, or padding
                    return b""
                self._member = zlib.decompressobj(wbits=31)
            elif not self._rest:
                self._rest = self._stream.read(_BLOCK)
                if not self._rest:
                    self.problem, self._ended = "the gzip is cut off", True
                    return b""
            try:
                data = self._member.decompress(self._rest, size)
            except zlib.error as error:
                self.problem, self._ended, self._rest = f"the gzip is damaged: {error}", True, b""
                return b""
            self._rest = self._member.unconsumed_tail
            if data:
                return data
        return b""
