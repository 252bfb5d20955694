"""Answers one search from one index: hits, counts, facets, timeline, and the cursor of the next page."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, TypeVar

import tantivy

from onrecord.errors import QueryError
from onrecord.model import Spans
from onrecord.store import highlight, stored
from onrecord.store.index import OpenIndex, counted
from onrecord.store.match import compiled
from onrecord.store.query import Ask
from onrecord.store.results import (
    FACETS,
    ArticleHit,
    Facet,
    FacetValue,
    Hit,
    Month,
    PictureHit,
    Scope,
    StatementHit,
)

MOST_HITS = 1_000  # on one page; the cursor leads to all of them
MOST_VALUES = 50  # of one facet
_PER_SEGMENT = 20_000  # values that each segment passes on; fewer would make counts of rare ones inexact
_MOST_PERIODS = 60_000  # more than there are

HITS: dict[Scope, type[StatementHit] | type[ArticleHit] | type[PictureHit]] = {
    "statements": StatementHit,
    "articles": ArticleHit,
    "pictures": PictureHit,
}
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Counts:
    """What is known about all hits of a search."""

    total: int
    facets: tuple[Facet, ...]
    timeline: tuple[Month, ...]
    undated: int


def count(index: OpenIndex, ask: Ask) -> Counts:
    """Count the hits, all facets and the months in one pass over the hits."""
    terms = {"size": MOST_VALUES, "segment_size": _PER_SEGMENT}
    wanted: dict[str, Any] = {
        name: {"terms": {"field": f"{name}_number", **(terms if name != "period" else {"size": _MOST_PERIODS})}}
        for name in counted(ask.scope)
        if name != "speaker"
    }
    wanted["total"] = {"value_count": {"field": "order"}}
    found = index.searcher.aggregate(compiled(index, ask), wanted)
    total = int(found["total"]["value"])
    periods = dict(_buckets(index, found["period"]))
    timeline = tuple(Month(period, periods[period]) for period in sorted(periods) if len(period) > 4)
    facets = tuple(
        _years(periods) if name == "year" else _facet(name, index, found[name]) for name in FACETS[ask.scope]
    )
    return Counts(total, facets, timeline, total - sum(month.count for month in timeline))


def most_frequent(index: OpenIndex, field: str, number: int) -> list[str]:
    """Return the values of a field that most records have."""
    wanted = {"found": {"terms": {"field": f"{field}_number", "size": number}}}
    return [label for label, _ in _buckets(index, index.searcher.aggregate(tantivy.Query.all_query(), wanted)["found"])]


def values(index: OpenIndex, ask: Ask, name: str, number: int) -> Facet:
    """Count the values of one facet among the hits, the most frequent first."""
    terms = {"field": f"{name}_number", "size": number, "segment_size": _PER_SEGMENT}
    return _facet(name, index, index.searcher.aggregate(compiled(index, ask), {"found": {"terms": terms}})["found"])


def total(index: OpenIndex, ask: Ask) -> int:
    """Count the hits."""
    return matches(index, compiled(index, ask))


def matches(index: OpenIndex, query: tantivy.Query) -> int:
    """Count what a query of tantivy finds."""
    return int(index.searcher.aggregate(query, {"n": {"value_count": {"field": "order"}}})["n"]["value"])


def hits(index: OpenIndex, ask: Ask, limit: int, position: int | None) -> tuple[tuple[Hit, ...], int | None]:
    """Return the hits behind a position, and the position behind them (None after the last).

    The position counts hits when sorted by relevance; sorted by date it is the ``order`` of the last hit.
    """
    by_date = ask.sort == "date"
    query = compiled(index, ask, before=position if by_date else None)
    offset = 0 if by_date else position or 0
    if offset > index.searcher.num_docs:  # tantivy would set memory aside for that many
        raise QueryError("this cursor leads behind the last hit; start without one")
    found = index.searcher.search(
        query, limit + 1, count=False, offset=offset, order_by_field="order" if by_date else None
    ).hits
    shown = tuple(
        dataclasses.replace(load(index, HITS[ask.scope], address), score=0.0 if by_date else score)
        for score, address in found[:limit]
    )
    marked = tuple(_marked(hit, ask) for hit in shown)
    if len(found) <= limit:
        return marked, None
    return marked, int(found[limit - 1][0]) if by_date else offset + limit


def load(index: OpenIndex, kind: type[Record], address: tantivy.DocAddress) -> Record:
    """Return the record at an address of the index."""
    data = index.searcher.doc(address).get_first("record")
    assert isinstance(data, bytes)
    record = stored.load(kind, data)
    if index.called and isinstance(record, StatementHit) and (now := index.called.get(record.source_id or "")):
        return dataclasses.replace(record, source_id=now[0], source_name=now[1])
    return record


def cursor(generation: str, ask: Ask, position: int) -> str:
    """Return the text that leads on from a position of this search in this generation."""
    packed = json.dumps([_name(generation, ask), position], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def position(generation: str, ask: Ask, text: str) -> int:
    """Return the position that a cursor stands for.

    Raises:
        QueryError: it is no cursor, or one of another search or of the archive before a rebuild.
    """
    try:
        name, place = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        usable = isinstance(place, int) and 0 <= place < 1 << 64
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise QueryError("this is not a cursor; take it as `next` gave it, or start without one") from None
    if not usable or name != _name(generation, ask):
        raise QueryError("this cursor belongs to another search or to the archive before a rebuild; start without one")
    return int(place)


def _name(generation: str, ask: Ask) -> str:
    return hashlib.sha256(repr((generation, ask)).encode("utf-8", "replace")).hexdigest()[:12]


def _buckets(index: OpenIndex, found: dict[str, Any]) -> list[tuple[str, int]]:
    """Return labels with their counts; sources as they are called now, which may be one for several labels."""
    counts: dict[str, int] = {}
    for bucket in found["buckets"]:
        label = index.labels[int(bucket["key"])]
        now = index.called.get(label.partition("\x1f")[0]) if index.called else None
        label = "\x1f".join(now) if now else label
        counts[label] = counts.get(label, 0) + int(bucket["doc_count"])
    return sorted(counts.items(), key=lambda pair: -pair[1]) if index.called else list(counts.items())


def _facet(name: str, index: OpenIndex, found: dict[str, Any]) -> Facet:
    values = []
    for text, number in _buckets(index, found):
        value, _, label = text.partition("\x1f")
        values.append(FacetValue(value, label or value, number))
    return Facet(name, tuple(values), found["sum_other_doc_count"])


def _years(periods: dict[str, int]) -> Facet:
    years = Counter[str]()
    for period, number in periods.items():
        years[period[:4]] += number
    ranked = sorted(years.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet("year", tuple(FacetValue(year, year, count) for year, count in ranked))


def _marked(hit: Hit, ask: Ask) -> Hit:
    """Return the hit with its highlights and, for an article, the excerpt to show."""
    wanted = highlight.needles(ask.node, stem=ask.stem)
    if isinstance(hit, StatementHit):
        speaker = hit.statement.speaker
        names = (*wanted, *highlight.field_needles(ask.node, "source"))
        marks = {
            "words": highlight.spans(hit.statement.words, wanted),
            "speaker": highlight.spans(speaker.name or speaker.description or "", names),
        }
        return dataclasses.replace(hit, highlights=_found(marks))
    if isinstance(hit, PictureHit):
        picture = hit.picture
        marks = {
            "caption": highlight.spans(picture.caption or "", wanted),
            "credit": highlight.spans(picture.credit or "", wanted),
        }
        return dataclasses.replace(hit, highlights=_found(marks))
    article = hit.article
    in_text = highlight.spans(article.text, wanted)
    start, end = highlight.excerpt(article.text, in_text)
    titles = (*wanted, *highlight.field_needles(ask.node, "headline"))
    marks = {
        "headline": highlight.spans(article.headline or "", titles),
        "text": tuple(span for span in in_text if start <= span[0] and span[1] <= end),
    }
    return dataclasses.replace(hit, excerpt=(start, end), highlights=_found(marks))


def _found(marks: dict[str, Spans]) -> dict[str, Spans]:
    return {name: spans for name, spans in marks.items() if spans}
