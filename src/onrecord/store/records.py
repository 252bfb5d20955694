"""All records that a search finds, read as they are asked for, and as tables."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import pyarrow as pa

from onrecord.errors import MissingPartError
from onrecord.store import rows, search
from onrecord.store.index import OpenIndex
from onrecord.store.query import Ask
from onrecord.store.results import ArticleHit, Hit, PictureHit, StatementHit

if TYPE_CHECKING:
    import polars

Record = TypeVar("Record", StatementHit, ArticleHit, PictureHit)

_STEP = 1_000  # records that are read at once


class Records(Generic[Record]):
    """All records that a search finds, newest first, read as they are asked for; may be iterated again."""

    def __init__(self, kind: type[Record], index: OpenIndex, ask: Ask) -> None:
        self._kind: type[Record] = kind
        self._index = index
        self._ask = dataclasses.replace(ask, sort="date")

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, without a limit and in steady memory."""
        for batch in self.batches():
            yield from batch

    def __len__(self) -> int:
        """Return how many there are."""
        return search.total(self._index, self._ask)

    def batches(self) -> Iterator[list[Record]]:
        """Yield the records in lists of at most a thousand."""
        position: int | None = None
        while True:
            found, position = search.hits(self._index, self._ask, _STEP, position)
            yield [hit for hit in found if isinstance(hit, self._kind)]
            if position is None:
                return

    def to_arrow(self) -> pa.Table:
        """Return one flat row per record; the columns are those of ``onrecord.store.rows.SCHEMAS``."""
        schema = rows.SCHEMAS[self._ask.scope]
        batches = [pa.RecordBatch.from_pylist(_rows(batch), schema) for batch in self.batches()]
        return pa.Table.from_batches(batches, schema)

    def to_polars(self) -> polars.DataFrame:
        """Return the same rows as a polars data frame.

        Raises:
            MissingPartError: polars is not installed.
        """
        try:
            library = importlib.import_module("polars")
        except ImportError:
            raise MissingPartError("polars is not installed; install it with: pip install 'onrecord[polars]'") from None
        frame: polars.DataFrame = library.from_arrow(self.to_arrow())
        return frame


def _rows(batch: list[Record]) -> list[dict[str, Any]]:
    found: list[Hit] = list(batch)
    return [rows.row(hit) for hit in found]
