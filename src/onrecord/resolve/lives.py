"""Writes the life of each source: variants, roles, organisations, outlets and acts, each with first and last date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.model import Dated, Source, SpeakerType

MOST = 50  # values of one kind that a source keeps, the most frequent ones
_STEP = 5_000  # sources that are held at a time


def lives(
    uses: pa.Table,
    words: Sequence[str],
    source_of: npt.NDArray[np.int32],
    heads: Sequence[tuple[str, str, str]],
) -> Iterator[Source]:
    """Yield the sources in the order of their numbers.

    Args:
        uses: one row per statement with ``form``, ``role``, ``organisation``, ``site``, ``act`` and ``date``.
        words: of each form.
        source_of: the number of the source of each use (-1: none).
        heads: id, name and type of each source.
    """
    table = uses.append_column("source", pa.array(source_of, pa.int32())).filter(pa.array(source_of >= 0))
    for name in ("role", "organisation", "site", "act"):
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.string()))
    total = _counted(table, [])
    columns = {name: _counted(table, [name]) for name in ("form", "role", "organisation", "site", "act")}
    for start in range(0, len(heads), _STEP):
        numbers = range(start, min(start + _STEP, len(heads)))
        totals = {number: rows[0] for number, rows in _rows(total, None, numbers).items()}
        values = {name: _rows(columns[name], name, numbers) for name in columns}
        for number in numbers:
            id, name, type = heads[number]
            _, count, first, last = totals.get(number, (None, 0, None, None))
            yield Source(
                id=id,
                name=name,
                type=SpeakerType(type),
                variants=tuple(Dated(words[form], *rest) for form, *rest in values["form"].get(number, ())),
                roles=tuple(Dated(*row) for row in values["role"].get(number, ())),
                organisations=tuple(Dated(*row) for row in values["organisation"].get(number, ())),
                outlets=tuple(Dated(*row) for row in values["site"].get(number, ())),
                acts=tuple(Dated(*row) for row in values["act"].get(number, ())),
                statements=count,
                first=first,
                last=last,
            )


def _counted(table: pa.Table, columns: list[str]) -> pa.Table:
    """Count the uses of each source by the values of a column, with first and last date; the most frequent first."""
    kept = table.select(["source", *columns, "date"])
    for name in columns:
        kept = kept.filter(pc.is_valid(kept[name]))
    grouped = kept.group_by(["source", *columns]).aggregate(
        [("date", "count", pc.CountOptions("all")), ("date", "min"), ("date", "max")]
    )
    order = [("source", "ascending"), ("date_count", "descending"), *((name, "ascending") for name in columns)]
    return grouped.sort_by(order).combine_chunks()


def _rows(table: pa.Table, column: str | None, numbers: range) -> dict[int, list[tuple]]:  # type: ignore[type-arg]
    sources = table["source"].to_numpy()
    start, end = np.searchsorted(sources, [numbers.start, numbers.stop])
    part = table.slice(start, end - start)
    values = part[column].to_pylist() if column else [None] * part.num_rows
    found: dict[int, list[tuple]] = {}  # type: ignore[type-arg]
    rest = (part[name].to_pylist() for name in ("source", "date_count", "date_min", "date_max"))
    for value, source, count, first, last in zip(values, *rest, strict=True):
        its = found.setdefault(source, [])
        if len(its) < MOST:
            its.append((value, count, first, last))
    return found
