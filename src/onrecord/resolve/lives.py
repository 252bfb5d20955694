"""Writes the life of each source: variants, roles, organisations, outlets and acts, each with first and last date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.model import Dated, Source, SpeakerType
from onrecord.resolve.forms import Forms
from onrecord.resolve.heads import Head

MOST = 50  # values of one kind that a source keeps, the most frequent ones
_STEP = 5_000  # sources that are held at a time


def lives(
    forms: Forms,
    source_of: npt.NDArray[np.int32],
    heads: Sequence[Head],
    numbers: npt.NDArray[np.int32],
) -> Iterator[Source]:
    """Yield some sources, in the order of their numbers.

    Args:
        forms: of the archive.
        source_of: the number of the source of each use (-1: none).
        heads: of all sources.
        numbers: of the sources to yield, ascending.
    """
    wanted = np.zeros(len(heads) + 1, np.bool_)  # the last place stands for -1
    wanted[numbers] = True
    rows = np.flatnonzero(wanted[source_of])
    table = forms.uses.select(["form", "role", "organisation", "site", "act", "date"]).take(rows)
    table = table.append_column("source", pa.array(source_of[rows], pa.int32()))
    for name in ("role", "organisation", "site", "act"):
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.string()))
    total = _counted(table, [])
    columns = {name: _counted(table, [name]) for name in ("form", "role", "organisation", "site", "act")}
    words = forms.forms["words"]
    for start in range(0, len(numbers), _STEP):
        step = numbers[start : start + _STEP].tolist()
        within = range(step[0], step[-1] + 1)
        totals = {number: rows[0] for number, rows in _rows(total, None, within).items()}
        values = {name: _rows(columns[name], name, within) for name in columns}
        for number in step:
            head = heads[number]
            _, count, first, last = totals.get(number, (None, 0, None, None))
            yield Source(
                id=head.id,
                name=head.name,
                type=SpeakerType(head.type),
                variants=tuple(Dated(words[form].as_py(), *rest) for form, *rest in values["form"].get(number, ())),
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
