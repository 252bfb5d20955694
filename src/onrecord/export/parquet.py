"""Parquet: one flat row per record, with the columns of the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.export.selection import Selection
from onrecord.store import rows

_ROWS = 5_000  # of a row group


def write(selection: Selection, path: Path) -> int:
    """Write the records to a new file and return how many there were."""
    schema = rows.SCHEMAS[selection.scope]
    count = 0
    pending: list[dict[str, Any]] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for hit in selection.hits():
            pending.append(rows.row(hit))
            count += 1
            if len(pending) == _ROWS:
                writer.write_table(pa.Table.from_pylist(pending, schema))
                pending = []
        writer.write_table(pa.Table.from_pylist(pending, schema))
    return count
