"""How names are used, as far as it helps to tell whose they are: roles, organisations, articles, years.

The contexts of an archive stay in one Arrow table; a :class:`Context` is made of a row when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.resolve.romanise import romanise

_YEARS_APART = 15
_COMMON = 12  # names with a role or organisation that more have (or one in 200) are not told apart by it
_CACHED = 20_000  # contexts at hand


@dataclass(frozen=True, slots=True)
class Context:
    """How one name is used."""

    organisations: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class Contexts:
    """The contexts of some nodes.

    ``table`` has one row per node, ascending: ``node`` (int32), ``organisations`` and ``roles`` (lists of texts),
    ``articles`` (lists of numbers), ``first`` and ``last`` (dates).
    """

    table: pa.Table

    def get(self, node: int) -> Context | None:
        """Return the context of a node, or None where none was gathered."""
        return self._get(node)

    @cached_property
    def _nodes(self) -> npt.NDArray[np.int32]:
        return np.asarray(self.table["node"].to_numpy(), np.int32)

    @cached_property
    def _get(self) -> Callable[[int], Context | None]:
        columns = [self.table[name].combine_chunks() for name in ("organisations", "roles", "articles")]
        dates = [self.table[name].combine_chunks() for name in ("first", "last")]

        @lru_cache(maxsize=_CACHED)
        def get(node: int) -> Context | None:
            place = int(np.searchsorted(self._nodes, node))
            if place == len(self._nodes) or self._nodes[place] != node:
                return None
            organisations, roles, articles = (frozenset(column[place].values.to_pylist()) for column in columns)
            first, last = (column[place].as_py() for column in dates)
            return Context(organisations, roles, articles, first, last)

        return get


def usage(a: Context, b: Context) -> Iterator[tuple[str, float, str]]:
    """Yield what the use of two names says for and against their being one."""
    organisations, roles = a.organisations & b.organisations, a.roles & b.roles
    if organisations:
        yield "same organisation", 1.0, min(organisations)
    elif a.organisations and b.organisations:
        yield "organisations differ", 1.0, f"{min(a.organisations)} / {min(b.organisations)}"
    if roles:
        yield "same role", 1.0, min(roles)
    if together := len(a.articles & b.articles):
        yield "both in one article", float(min(together, 2)), f"{together} articles"
    if a.first and b.first and a.last and b.last:
        gap = max(_year(b.first) - _year(a.last), _year(a.first) - _year(b.last))
        if gap >= _YEARS_APART:
            yield "many years apart", 1.0, f"{gap} years"


def gather(uses: pa.Table, node_of_use: npt.NDArray[np.int32], wanted: npt.NDArray[np.int32]) -> Contexts:
    """Return the contexts of some nodes (ascending, each once).

    Args:
        uses: one row per statement with ``organisation``, ``role``, ``article`` and ``date``.
        node_of_use: the node of each (-1: none).
        wanted: the nodes.
    """
    row_of = np.full(int(node_of_use.max(initial=-1)) + 2, -1, np.int32)  # the last place stands for -1
    row_of[wanted] = np.arange(len(wanted), dtype=np.int32)
    mine = row_of[node_of_use]
    kept = np.flatnonzero(mine >= 0)
    uses = uses.select(["organisation", "role", "article", "date"]).take(kept)
    row = pa.array(mine[kept])
    common = max(_COMMON, len(wanted) // 200)
    dates = pa.table({"row": row, "date": uses["date"]}).group_by("row").aggregate([("date", "min"), ("date", "max")])
    place = pc.index_in(pa.array(np.arange(len(wanted), dtype=np.int32)), value_set=dates["row"].combine_chunks())
    return Contexts(
        pa.table(
            {
                "node": pa.array(wanted, pa.int32()),
                "organisations": _said(row, uses["organisation"], len(wanted), common),
                "roles": _said(row, uses["role"], len(wanted), common),
                "articles": _listed(row, uses["article"].combine_chunks(), len(wanted)),
                "first": dates["date_min"].take(place),
                "last": dates["date_max"].take(place),
            }
        )
    )


def _said(row: pa.Array, column: pa.ChunkedArray, count: int, common: int) -> pa.Array:
    """Return the roles or organisations of each row, without those that many have: they tell nobody apart."""
    encoded = column.combine_chunks() if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    plain = [romanise(value).removeprefix("the ") for value in encoded.dictionary.to_pylist()]
    words = pa.array(plain, pa.string()).dictionary_encode()
    code = words.indices.take(encoded.indices)
    pairs = pa.table({"row": row, "value": code}).filter(pc.is_valid(code)).group_by(["row", "value"]).aggregate([])
    bearers = np.bincount(pairs["value"].to_numpy(), minlength=len(words.dictionary))
    pairs = pairs.filter(pa.array(bearers[pairs["value"].to_numpy()] <= common))
    listed = _listed(pairs["row"].combine_chunks(), pairs["value"].combine_chunks(), count)
    return pa.ListArray.from_arrays(listed.offsets, words.dictionary.take(listed.values))


def _listed(row: pa.Array, value: pa.Array, count: int) -> pa.ListArray:
    """Return for each of ``count`` rows its distinct values, as lists in ascending order."""
    known = pc.is_valid(value)
    rows, values = row.filter(known).to_numpy(), value.filter(known).to_numpy()
    codes = np.unique(rows.astype(np.int64) << 32 | values.astype(np.int64))
    offsets = np.searchsorted(codes >> 32, np.arange(count + 1))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array((codes & 0xFFFFFFFF).astype(np.int32)))


def _year(date: str) -> int:
    return int(date[:4]) if date[:4].isdigit() else 0
