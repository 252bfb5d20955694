"""Rows that share keys: near linear, since a key that many rows have brings each together with the next few only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.resolve.ragged import Numbers, Ragged

PAIRS = 6_000_000  # meetings that are looked at once; bounds the memory
HALF = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Sharing:
    """The keys that two rows or more have, ascending, with their rows, ascending for each key."""

    key: npt.NDArray[np.uint32]
    row: npt.NDArray[np.uint32]
    size: npt.NDArray[np.uint32]  # how many rows have the key
    rows: int  # in all
    few: int  # rows of a key that all meet each other; of a more common one each meets
    next: int  # the next behind it

    @classmethod
    def of(cls, keys: Ragged, *, few: int, next: int) -> Sharing:
        """Sort the keys (32 bits, distinct in each row) of all rows."""
        packed = (keys.values.astype(np.uint64) << HALF) | keys.owners().astype(np.uint64)
        packed.sort()
        key = (packed >> HALF).astype(np.uint32)
        row = (packed & LOW).astype(np.uint32)
        del packed
        starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
        sizes = np.diff(np.append(starts, len(key)))
        size = np.repeat(sizes, sizes).astype(np.uint32)
        shared = size > 1  # most keys are of one row only
        return cls(key[shared], row[shared], size[shared], len(keys), few, next)

    def common(self) -> tuple[int, int]:
        """Return how many keys are common, and the meetings over them that are left out."""
        starts = np.flatnonzero(np.append(True, self.key[1:] != self.key[:-1])) if len(self.key) else np.zeros(0, int)
        many = self.size[starts].astype(np.int64)
        many = many[many > self.few]
        met = self.next * many - self.next * (self.next + 1) // 2
        return len(many), int((many * (many - 1) // 2 - met).sum())

    def meetings(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield pairs over keys that few rows have, and over common ones, each as ``first * rows + second``.

        Every pair comes as often as it shares a key; all pairs of one first row come together.
        """
        reach = np.minimum(self.size, self.few) / 2
        total = np.cumsum(np.bincount(self.row, reach, minlength=self.rows))
        edges = np.searchsorted(total, np.arange(0, 1 + total.max(initial=0), PAIRS), "right").tolist()
        for begin, end in zip(edges, [*edges[1:], self.rows], strict=True):
            yield self._of(begin, end)

    def _of(self, begin: int, end: int) -> tuple[Numbers, Numbers]:
        first = np.flatnonzero((self.row >= begin) & (self.row < end))
        rare, common = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for step in range(1, self.few):
            first = first[: np.searchsorted(first, len(self.key) - step)]
            first = first[self.key[first] == self.key[first + step]]  # who has no other so far on has none further on
            few = self.size[first] <= self.few
            rare.append(self._codes(first[few], step))
            if step <= self.next:
                common.append(self._codes(first[~few], step))
            else:
                first = first[few]
        return np.concatenate(rare), np.concatenate(common)

    def _codes(self, places: Numbers, step: int) -> Numbers:
        return self.row[places].astype(np.int64) * self.rows + self.row[places + step]
