"""The tables: flat rows of statements, articles and pictures, of sources, claims and copies. One place for columns.

A claim has one row for each of its statements: those of one origin share its number, those to the contrary have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from onrecord.errors import OnrecordError
from onrecord.export.selection import Selection, Table
from onrecord.model import Claim, Copy, Source
from onrecord.store import rows
from onrecord.store.results import SCOPES

_TEXT, _NUMBER = pa.string(), pa.int64()
_TEXTS, _NUMBERS = pa.list_(_TEXT), pa.list_(_NUMBER)
_SPANS = pa.list_(pa.struct([("start", _NUMBER), ("end", _NUMBER)]))

SCHEMAS: dict[Table, pa.Schema] = {
    **{scope: rows.SCHEMAS[scope] for scope in SCOPES},
    "sources": pa.schema(
        {
            "id": _TEXT, "name": _TEXT, "type": _TEXT, "statements": _NUMBER, "first": _TEXT, "last": _TEXT,
            "variants": _TEXTS, "variant_statements": _NUMBERS, "roles": _TEXTS, "role_first": _TEXTS,
            "role_last": _TEXTS, "organisations": _TEXTS, "organisation_first": _TEXTS, "organisation_last": _TEXTS,
            "outlets": _TEXTS, "outlet_statements": _NUMBERS, "acts": _TEXTS, "act_statements": _NUMBERS,
        }
    ),
    "claims": pa.schema(
        {
            "id": _TEXT, "words": _TEXT, "origins": _NUMBER, "why": _TEXT, "statement_id": _TEXT, "origin": _NUMBER,
            "origin_why": _TEXT, "contrary": pa.bool_(), "first": pa.bool_(),
        }
    ),
    "copies": pa.schema(
        {
            "a": _TEXT, "b": _TEXT, "relation": _TEXT, "original": _TEXT, "share": pa.float64(),
            "score": pa.float64(), "a_spans": _SPANS, "b_spans": _SPANS, "why": _TEXT,
        }
    ),
}  # fmt: skip


def read(selection: Selection) -> Iterator[dict[str, Any]]:
    """Yield the rows of the selection's table.

    Raises:
        OnrecordError: a query is asked of copies, which have no words.
    """
    archive, query = selection.archive, selection.query
    if selection.scope == "sources":
        yield from map(_source, archive.sources(query))
    elif selection.scope == "claims":
        for claim in archive.claims(query):
            yield from _claim(claim)
    elif selection.scope == "copies":
        if query:
            raise OnrecordError("copies have no words to search; leave out --query")
        yield from map(_copy, archive.copies())
    else:
        yield from map(rows.row, selection.hits())


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "type": str(source.type),
        "statements": source.statements,
        "first": source.first,
        "last": source.last,
        "variants": [each.words for each in source.variants],
        "variant_statements": [each.count for each in source.variants],
        "roles": [each.words for each in source.roles],
        "role_first": [each.first for each in source.roles],
        "role_last": [each.last for each in source.roles],
        "organisations": [each.words for each in source.organisations],
        "organisation_first": [each.first for each in source.organisations],
        "organisation_last": [each.last for each in source.organisations],
        "outlets": [each.words for each in source.outlets],
        "outlet_statements": [each.count for each in source.outlets],
        "acts": [each.words for each in source.acts],
        "act_statements": [each.count for each in source.acts],
    }


def _claim(claim: Claim) -> Iterator[dict[str, Any]]:
    members: list[tuple[str, int | None, str | None]] = [
        (id, number, origin.why) for number, origin in enumerate(claim.origins, 1) for id in origin.statements
    ]
    members += [(id, None, None) for id in claim.contrary]
    for id, number, why in members:
        yield {
            "id": claim.id,
            "words": claim.words,
            "origins": len(claim.origins),
            "why": claim.why,
            "statement_id": id,
            "origin": number,
            "origin_why": why,
            "contrary": number is None,
            "first": id == claim.first,
        }


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        "a": copy.a,
        "b": copy.b,
        "relation": copy.relation,
        "original": copy.direction,
        "share": copy.share,
        "score": copy.score,
        "a_spans": [{"start": start, "end": end} for start, end in (passage.a for passage in copy.passages)],
        "b_spans": [{"start": start, "end": end} for start, end in (passage.b for passage in copy.passages)],
        "why": copy.why,
    }
