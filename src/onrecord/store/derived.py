"""Sources, copies and claims, read from the index: by id, by rank, by what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from tantivy import DocAddress, Occur, Query

from onrecord.store import search
from onrecord.store.index import OpenIndex
from onrecord.store.match import orders
from onrecord.store.tokens import words

Record = TypeVar("Record")

_STEP = 500  # records that are read at once


def by_id(index: OpenIndex, kind: type[Record], id: str) -> Record | None:
    """Return the record with this id, or None."""
    found = top(index, Query.term_query(index.schema, "id", id, index_option="basic"), 1)
    return search.load(index, kind, found[0][1]) if found else None


def with_member(index: OpenIndex, kind: type[Record], *ids: str) -> list[Record]:
    """Return the records that any of these articles or statements belongs to, the highest rank first."""
    query = Query.term_set_query(index.schema, "member", list(ids))
    return [search.load(index, kind, address) for _, address in top(index, query, search.matches(index, query))]


def ranked(index: OpenIndex, kind: type[Record], text: str, limit: int | None) -> Iterator[Record]:
    """Yield the records that have all words of a text (all records for an empty one), the highest rank first."""
    place, left = None, limit
    while left is None or left > 0:
        found, place = behind(index, kind, text, place, _STEP if left is None else min(left, _STEP))
        yield from found
        if place is None:
            return
        left = None if left is None else left - len(found)


def behind(
    index: OpenIndex, kind: type[Record], text: str, place: int | None, limit: int, *, member: str | None = None
) -> tuple[list[Record], int | None]:
    """Return the next records that have all words of a text, the highest rank first, and the place to go on from.

    Args:
        index: of the records.
        kind: of the records.
        text: words, all of which they must have.
        place: that the call before returned, None for the first ones.
        limit: how many.
        member: what must belong to them.
    """
    wanted = [(Occur.Must, Query.term_query(index.schema, "any", word)) for word in words(text)]
    if member is not None:
        wanted.append((Occur.Must, Query.term_query(index.schema, "member", member, index_option="basic")))
    found = top(index, Query.boolean_query([*wanted, (Occur.Must, orders(index.schema, None, place))]), limit + 1)
    records = [search.load(index, kind, address) for _, address in found[:limit]]
    return records, found[limit - 1][0] if len(found) > limit else None


def top(index: OpenIndex, query: Query, limit: int) -> list[tuple[int, DocAddress]]:
    """Return the greatest values of ``order`` among what a query finds, with their places."""
    return index.searcher.search(query, limit, count=False, order_by_field="order").hits if limit else []
