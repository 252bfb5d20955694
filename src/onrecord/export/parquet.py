"""Parquet: one flat row per record, with the columns of the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.export import tables
from onrecord.export.selection import Selection

_ROWS = 5_000  # of a row group


def write(selection: Selection, path: Path) -> int:
    """Write the records to a new file and return how many there were."""
    schema = tables.SCHEMAS[selection.scope]
    count = 0
    pending: list[dict[str, Any]] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for row in tables.read(selection):
            pending.append(row)
            count += 1
            if len(pending) == _ROWS:
                writer.write_table(pa.Table.from_pylist(pending, schema))
                pending = []
        writer.write_table(pa.Table.from_pylist(pending, schema))
    return count
