"""Rows of different lengths in one array: what is known of many articles or statements without an object for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row ``i`` is ``values[starts[i] : starts[i + 1]]``."""

    values: Values
    starts: Numbers  # (rows + 1,)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.starts) - 1

    def __getitem__(self, i: int) -> Values:
        """Return one row."""
        return self.values[self.starts[i] : self.starts[i + 1]]

    @classmethod
    def of(cls, rows: Iterable[Values], dtype: npt.DTypeLike = np.uint32) -> Ragged:
        """Put rows behind each other."""
        rows = list(rows)
        starts = np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64)))
        return cls(np.concatenate(rows) if rows else np.zeros(0, dtype), starts)

    @classmethod
    def joined(cls, parts: Sequence[Ragged], dtype: npt.DTypeLike = np.uint32) -> Ragged:
        """Put the rows of all parts behind each other."""
        lengths = [np.diff(part.starts) for part in parts]
        starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]) if parts else np.zeros(1)
        values = np.concatenate([part.values for part in parts]) if parts else np.zeros(0, dtype)
        return cls(values, starts.astype(np.int64))

    def take(self, rows: Numbers) -> Ragged:
        """Return these rows, in this order."""
        lengths = np.diff(self.starts)[rows]
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        places = np.arange(starts[-1]) + np.repeat(self.starts[:-1][rows] - starts[:-1], lengths)
        return Ragged(self.values[places], starts)

    def owners(self) -> Numbers:
        """Return the row of each value."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))
