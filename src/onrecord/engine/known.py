"""Pages that were read before: by their keys, the captures that had them first.

A capture that gives ``extract`` nothing new is not read again, whichever input of whichever build it lies in. Keys and
ids are kept as numbers, 16 bytes a page, for an archive may have millions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.model import UNCHANGED
from onrecord.store import tables

Numbers = npt.NDArray[np.uint64]
_LATELY = 100_000  # pages that are kept in a dictionary before they are sorted in


class Known:
    """Grows while inputs are read, in their order."""

    def __init__(self, keys: Numbers | None = None, ids: Numbers | None = None) -> None:
        """Know these pages, whose keys are in order."""
        self._keys = np.zeros(0, np.uint64) if keys is None else keys
        self._ids = np.zeros(0, np.uint64) if ids is None else ids
        self._lately: dict[int, int] = {}

    @classmethod
    def of(cls, folders: Sequence[Path]) -> Self:
        """Return what these shards have; of captures that were unchanged when they were made, nothing is read."""
        keys, ids = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
        for folder in folders:
            captures = tables.columns(folder / "captures.parquet", ("id", "page"))
            skips = pq.read_table(folder / "skips.parquet", columns=["reason", "capture_id"])
            unchanged = skips.filter(pc.equal(skips["reason"], UNCHANGED))["capture_id"].combine_chunks()
            read = pc.and_(pc.is_valid(captures["page"]), pc.invert(pc.is_in(captures["id"], value_set=unchanged)))
            captures = captures.filter(read)
            keys.append(_numbers(captures["page"]))
            ids.append(_numbers(captures["id"]))
        known = cls()
        known.add(np.concatenate(keys), np.concatenate(ids))
        return known

    def copy(self) -> Known:
        """Return one that grows for itself."""
        self._sort_in()
        return Known(self._keys, self._ids)

    def first(self, page: str, id: str) -> str:
        """Return the id of the capture that had this page first: this one, where no other is known."""
        found = self.find(page)
        if found is None:
            self._lately[int(page, 16)] = int(id, 16)
            if len(self._lately) >= _LATELY:
                self._sort_in()
        return found or id

    def find(self, page: str) -> str | None:
        """Return the id of the capture that had this page first, None where it was not read before."""
        key = int(page or "0", 16)
        place = int(np.searchsorted(self._keys, np.uint64(key)))
        if place < len(self._keys) and self._keys[place] == key:
            return f"{int(self._ids[place]):016x}"
        lately = self._lately.get(key)
        return None if lately is None else f"{lately:016x}"

    def among(self, keys: Numbers) -> Known:
        """Return what is known of these pages, which a process elsewhere needs."""
        self._sort_in()
        wanted = np.isin(self._keys, keys)
        return Known(self._keys[wanted], self._ids[wanted])

    def add(self, keys: Numbers, ids: Numbers) -> None:
        """Know these pages too; of those that are known already the capture stays."""
        self._keys, place = np.unique(np.concatenate([self._keys, keys]), return_index=True)
        self._ids = np.concatenate([self._ids, ids])[place]

    def met(self) -> tuple[Numbers, Numbers]:
        """Return the keys of all pages and the ids of their captures."""
        self._sort_in()
        return self._keys, self._ids

    def _sort_in(self) -> None:
        lately, self._lately = self._lately, {}
        self.add(np.fromiter(lately.keys(), np.uint64), np.fromiter(lately.values(), np.uint64))


def _numbers(column: pa.ChunkedArray) -> Numbers:
    return np.fromiter((int(value, 16) for value in column.to_pylist()), np.uint64, len(column))
