"""Records to Arrow tables and back: the schema of a table follows the dataclass, field by field.

==============================  ==============================================
field of the record             column
==============================  ==============================================
``str``, any ``StrEnum``        string
``int``, ``float``, ``bool``    int64, float64, bool
``X | None``                    the column of X, null where None
another record                  struct with that record's columns
``tuple[int, int]`` (a span)    struct ``start``, ``end``
``tuple[str, str]`` (a pair)    struct ``key``, ``value``
``tuple[X, ...]``               list of X
==============================  ==============================================

So every file of an archive can be read with any program that reads Parquet, by names.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

Record = TypeVar("Record")
Convert = Callable[[Any], Any]

BATCH = 1_000  # records that are turned into objects at once when a table is read


@dataclasses.dataclass(frozen=True, slots=True)
class _Column:
    """How one type is stored: its Arrow type, the way in and the way back (None: as it is)."""

    type: pa.DataType
    store: Convert | None = None
    load: Convert | None = None


def schema(record: type, *, without: Sequence[str] = ()) -> pa.Schema:
    """Return the schema of a table of these records, leaving out the named fields."""
    return pa.schema([(name, column.type) for name, column in _columns(record).items() if name not in without])


def table(
    record: type[Record],
    rows: Sequence[Record],
    *,
    without: Sequence[str] = (),
    before: Mapping[str, pa.Array] | None = None,
) -> pa.Table:
    """Return the rows as a table.

    Args:
        record: the dataclass that the rows are of.
        rows: the records.
        without: fields that are stored elsewhere.
        before: columns put in front of the record's own, each as long as ``rows``.
    """
    arrays: dict[str, pa.Array] = dict(before or {})
    for name, column in _columns(record).items():
        if name not in without:
            values = [getattr(row, name) for row in rows]
            if column.store is not None:
                values = [column.store(value) for value in values]
            arrays[name] = pa.array(values, column.type)
    return pa.table(arrays)


def records(
    record: type[Record], batch: pa.RecordBatch | pa.Table, *, fixed: dict[str, Any] | None = None
) -> list[Record]:
    """Return the records of a batch; columns that the record does not have are passed over.

    A column that was not there when the file was written is filled with the field's default.

    Args:
        record: the dataclass to make.
        batch: rows with (at least) the columns of the record, save those in ``fixed``.
        fixed: values for fields that are stored elsewhere.
    """
    given = {**_absent(record, batch.schema.names), **(fixed or {})}
    columns = []
    for name, column in _columns(record).items():
        if name in given:
            columns.append([given[name]] * batch.num_rows)
            continue
        values = batch.column(name).to_pylist()
        columns.append(values if column.load is None else [column.load(value) for value in values])
    return [record(*row) for row in zip(*columns, strict=True)]


def read(record: type[Record], path: Path) -> Iterator[Record]:
    """Yield the records of a Parquet file in their order, holding one batch at a time."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(batch_size=BATCH):
            yield from records(record, batch)


def columns(path: Path, names: Sequence[str]) -> pa.Table:
    """Return columns of strings of a Parquet file; one that was not there when it was written has no value."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        there = [name for name in names if name in file.schema_arrow.names]
        table = file.read(columns=there)
    for name in names:
        if name not in there:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    return table


def pick(path: Path, column: str, values: Iterable[str], columns: Sequence[str] | None = None) -> pa.Table:
    """Return the rows of a Parquet file whose column has one of these values.

    Args:
        path: of the file.
        column: of strings.
        values: that are looked for.
        columns: to be returned; all where not given.

    Of row groups without such a row only the column itself is read.
    """
    wanted = pa.array(list(values), pa.string())
    found = []
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for group in range(file.num_row_groups):
            fits = pc.is_in(file.read_row_group(group, columns=[column])[column], value_set=wanted)
            if pc.any(fits).as_py():
                found.append(file.read_row_group(group, columns=columns).filter(fits))
        if not found:
            empty = file.schema_arrow.empty_table()
            return empty.select(columns) if columns else empty
    return pa.concat_tables(found)


def write(record: type[Record], rows: Iterable[Record], path: Path) -> int:
    """Write the records to a new Parquet file, a row group at a time, and return how many there were."""
    count = 0
    with pq.ParquetWriter(path, schema(record), compression="zstd", write_page_checksum=True) as writer:
        pending: list[Record] = []
        for row in rows:
            pending.append(row)
            count += 1
            if len(pending) == BATCH:
                writer.write_table(table(record, pending))
                pending = []
        if pending:
            writer.write_table(table(record, pending))
    return count


def _absent(record: type, names: Sequence[str]) -> dict[str, Any]:
    """Return the defaults of the fields that these columns leave out."""
    return {
        field.name: field.default
        for field in dataclasses.fields(typing.cast(Any, record))
        if field.name not in names and field.default is not dataclasses.MISSING
    }


def _columns(record: type) -> dict[str, _Column]:
    return _columns_of(record)


@functools.cache
def _columns_of(record: Hashable) -> dict[str, _Column]:
    assert isinstance(record, type)
    hints = typing.get_type_hints(record)
    return {field.name: _column(hints[field.name]) for field in dataclasses.fields(record)}


def _column(hint: Any) -> _Column:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _optional(_column(next(kind for kind in inner if kind is not type(None))))
    if hint == tuple[int, int]:
        return _couple("start", "end", pa.int64())
    if hint == tuple[str, str]:
        return _couple("key", "value", pa.string())
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return _list(_column(inner[0]))
    if dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)
        return _struct(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _Column(pa.string(), str, hint)
    return _Column({str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[hint])


def _optional(column: _Column) -> _Column:
    store, load = column.store, column.load
    return _Column(
        column.type,
        store and (lambda value: None if value is None else store(value)),
        load and (lambda value: None if value is None else load(value)),
    )


def _couple(first: str, second: str, kind: pa.DataType) -> _Column:
    return _Column(
        pa.struct([(first, kind), (second, kind)]),
        lambda couple: {first: couple[0], second: couple[1]},
        lambda row: (row[first], row[second]),
    )


def _list(item: _Column) -> _Column:
    store, load = item.store, item.load
    return _Column(
        pa.list_(item.type),
        (lambda values: [store(value) for value in values]) if store else list,
        (lambda values: tuple(load(value) for value in values)) if load else tuple,
    )


def _struct(record: type) -> _Column:
    columns = _columns(record)

    def store(value: Any) -> dict[str, Any]:
        return {
            name: getattr(value, name) if column.store is None else column.store(getattr(value, name))
            for name, column in columns.items()
        }

    def load(row: dict[str, Any]) -> Any:
        return record(
            *(row[name] if column.load is None else column.load(row[name]) for name, column in columns.items())
        )

    return _Column(pa.struct([(name, column.type) for name, column in columns.items()]), store, load)
