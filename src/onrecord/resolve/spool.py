"""Records on disk by number, for what is too much to be held and is asked for again and again, by several processes."""

from __future__ import annotations

import contextlib
import os
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np


def write(path: Path, records: Iterable[tuple[int, Any]]) -> None:
    """Write numbered records into a new file, and beside it where each stands."""
    index, at = [], 0
    with path.open("wb") as file:
        for number, record in records:
            data = pickle.dumps(record, pickle.HIGHEST_PROTOCOL)
            file.write(data)
            index.append((number, at, len(data)))
            at += len(data)
    np.save(_index(path), np.array(index, np.int64).reshape(-1, 3))


class Spool:
    """Reads what was written, from all files together. Only for files that this build wrote: records are pickles.

    Used as a context manager, which closes the files.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Open the files; the numbers ascend from one to the next."""
        rows = [np.load(_index(path)) for path in paths]
        self._files = np.repeat(np.arange(len(rows)), [len(part) for part in rows])
        self._index = np.concatenate(rows) if rows else np.zeros((0, 3), np.int64)
        with contextlib.ExitStack() as stack:
            self._open = [stack.enter_context(path.open("rb")) for path in paths]
            self._close = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close.close()

    def __getitem__(self, number: int) -> Any:
        """Return the record of a number.

        Raises:
            KeyError: there is none.
        """
        place = int(np.searchsorted(self._index[:, 0], number))
        if place == len(self._index) or self._index[place, 0] != number:
            raise KeyError(number)
        _, at, length = self._index[place].tolist()
        return pickle.loads(os.pread(self._open[self._files[place]].fileno(), length, at))


def _index(path: Path) -> Path:
    return path.with_suffix(".npy")


def remove(path: Path) -> None:
    """Remove what was written."""
    path.unlink(missing_ok=True)
    _index(path).unlink(missing_ok=True)
