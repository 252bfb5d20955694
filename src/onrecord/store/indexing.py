"""Writes the index of a generation: whole, or that of the generation before with what a judgement changed."""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import tantivy
from tantivy import Query

from onrecord.model import Claim, Copy, Source
from onrecord.store import tables
from onrecord.store.documents import Draft, SourceOf, of_claim, of_copy, of_entry, of_source
from onrecord.store.entries import Entry
from onrecord.store.generations import share
from onrecord.store.index import CARD, INDEX_FORMAT, PLACES, Card, derived_schema, read_card, schema, stemmer
from onrecord.store.labels import FILE as LABELS
from onrecord.store.labels import Labels, LabelWriter
from onrecord.store.results import SCOPES, Revised, Scope

_HEAP = 15_000_000  # bytes that tantivy collects in memory before it writes a segment
_REPLACED = ("meta.json", ".managed.json")  # files of a tantivy index that change; all others are only added or removed
_LOCK = ".lock"
_EARLIER = ("earlier", "1")


def write(
    folder: Path,
    entries: Iterable[Entry],
    *,
    source_of: SourceOf = lambda statement: None,
    sources: Iterable[Source] = (),
    copies: Iterable[Copy] = (),
    claims: Iterable[Claim] = (),
    withheld: Container[str] = frozenset(),
    removed: Container[str] = frozenset(),
    revised: Mapping[str, Revised] | None = None,
) -> Card:
    """Write the index of a generation; memory hardly grows with the number of entries.

    Args:
        folder: where to; made when missing.
        entries: all wordings of all articles (``entries.read``).
        source_of: the source of a statement, where its speaker was resolved.
        sources: all sources, to be found by id and name.
        copies: all pairs of articles that share text.
        claims: all claims.
        withheld: ids of articles, statements, pictures and sources that must not be shown. The words of a
            withheld statement are blacked out in its article; a copy or claim that needs one is left out.
        removed: ids of statements that a curator found to be none; their words stay in the article.
        revised: what other wordings of their articles did to statements (``revisions.changed``).
    """
    counts: dict[str, Any] = {}
    earlier = 0
    labels = LabelWriter()
    writers = {scope: _Writer(_new(folder / scope, schema(scope)), labels) for scope in SCOPES}
    places = _Places()
    for entry in entries:
        place = places.add(entry)
        if entry.article.id not in withheld:
            for scope, number, document in of_entry(entry, source_of, withheld, removed, revised or {}):
                writers[scope].add(document, place[scope] + number)
            earlier += not entry.current
    places.write(folder / PLACES)
    for scope, writer in writers.items():
        writer.finish()
        counts[scope] = writer.count(without=_EARLIER)
    drafts: dict[str, Iterable[Draft]] = {
        "sources": (of_source(source) for source in sources if source.id not in withheld),
        "copies": (of_copy(copy) for copy in copies if copy.a not in withheld and copy.b not in withheld),
        "claims": (of_claim(claim) for claim in claims if not _any_of((*claim.statements, *claim.contrary), withheld)),
    }
    last = 0
    for name, derived in drafts.items():
        writer = _Writer(_new(folder / name, derived_schema()), labels)
        for document in derived:
            last += 1
            writer.add(document, last)
        writer.finish()
        counts[name] = writer.count()
    labels.write(folder)
    return _seal(Card(INDEX_FORMAT, version("tantivy"), **counts, earlier=earlier, last=last), folder)


def revise(
    folder: Path,
    before: Path,
    entries: Iterable[Entry],
    *,
    statements: Collection[str],
    source_of: SourceOf,
    sources: Mapping[str, Source | None],
    claims: Mapping[str, Claim | None],
    withheld: Container[str],
    removed: Container[str],
    revised: Mapping[str, Revised],
    called: dict[str, tuple[str, str]],
) -> Card:
    """Write the index of a generation made from the same shards as the one before: only what changed is new.

    Files that stay as they are are shared with the index before. Among sources and claims of one rank, those that
    changed come last until an index is written whole.

    Args:
        folder: where to; made when missing.
        before: of the index before.
        entries: all wordings of the articles in which something changed.
        statements: ids of the statements that changed.
        source_of: as for :func:`write`.
        sources: those that changed, by id; None for one that is no more.
        claims: likewise.
        withheld: as for :func:`write`; the articles among them are those of the index before.
        removed: as for :func:`write`.
        revised: as for :func:`write`; what concerns other articles is not looked at.
        called: see ``index.Card.called``.
    """
    shutil.copytree(before, folder, copy_function=_shared, ignore=shutil.ignore_patterns(f"*{_LOCK}"))
    labels = LabelWriter(Labels(before))
    was = read_card(before)
    changed = [entry for entry in entries if entry.article.id not in withheld]
    places = _Places.read(before / PLACES, [entry.capture.id for entry in changed])
    counts: dict[str, Any] = {}
    writers = {scope: _Writer(tantivy.Index.open(str(folder / scope)), labels) for scope in SCOPES}
    writers["statements"].drop("id", statements)
    for scope in ("articles", "pictures"):
        writers[scope].drop("article", {entry.article.id for entry in changed})
    for entry in changed:
        for scope, number, document in of_entry(entry, source_of, withheld, removed, revised, only=statements):
            writers[scope].add(document, places[entry.capture.id][scope] + number)
    for scope, writer in writers.items():
        writer.finish()
        counts[scope] = writer.count(without=_EARLIER)
    last = was.last
    drafts: dict[str, Iterator[Draft]] = {
        "sources": (of_source(source) for source in sources.values() if source and source.id not in withheld),
        "claims": (of_claim(claim) for claim in claims.values() if claim),
    }
    for name, gone in (("sources", sources.keys()), ("claims", claims.keys())):
        writer = _Writer(tantivy.Index.open(str(folder / name)), labels)
        writer.drop("id", gone)
        for document in drafts[name]:
            last += 1
            writer.add(document, last)
        writer.finish()
        counts[name] = writer.count()
    (folder / LABELS).unlink()
    labels.write(folder)
    return _seal(replace(was, **counts, last=last, called=called), folder)


class _Places:
    """Where the documents of each wording begin, scope by scope; those that are not shown have their place too."""

    def __init__(self) -> None:
        self._captures: list[str] = []
        self._next: dict[Scope, int] = dict.fromkeys(SCOPES, 1)
        self._starts: dict[Scope, array[int]] = {scope: array("I") for scope in SCOPES}

    def add(self, entry: Entry) -> dict[Scope, int]:
        """Make place for a wording behind all others."""
        self._captures.append(entry.capture.id)
        place = dict(self._next)
        for scope, starts in self._starts.items():
            starts.append(place[scope])
        sizes: dict[Scope, int] = {
            "statements": len(entry.statements), "pictures": len(entry.article.pictures), "articles": 1
        }  # fmt: skip
        self._next = {scope: place[scope] + size for scope, size in sizes.items()}
        return place

    def write(self, path: Path) -> None:
        """Write all places."""
        columns: dict[str, pa.Array] = {"capture_id": pa.array(self._captures, pa.string())}
        columns |= {scope: pa.array(np.frombuffer(starts, np.uint32)) for scope, starts in self._starts.items()}
        pq.write_table(pa.table(columns), path)

    @staticmethod
    def read(path: Path, captures: Iterable[str]) -> dict[str, dict[Scope, int]]:
        """Return the places of wordings by their captures."""
        rows = tables.pick(path, "capture_id", captures)
        numbers = zip(*(rows[scope].to_pylist() for scope in SCOPES), strict=True)
        places: dict[str, dict[Scope, int]] = {}
        for capture, own in zip(rows["capture_id"].to_pylist(), numbers, strict=True):
            places[capture] = dict(zip(SCOPES, own, strict=True))
        return places


class _Writer:
    def __init__(self, index: tantivy.Index, labels: LabelWriter) -> None:
        self._labels = labels
        self._index = index
        index.register_tokenizer("stemmed", stemmer())
        self._writer = index.writer(_HEAP, 1)

    def add(self, document: Draft, place: int) -> None:
        self._writer.add_document(document.finished(place, self._labels))

    def drop(self, field: str, values: Iterable[str]) -> None:
        """Take out the documents that have one of these values."""
        for value in values:
            self._writer.delete_documents_by_term(field, value)

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()

    def count(self, *, without: tuple[str, str] | None = None) -> int:
        """Return how many documents were written in the end, without those that have a value in a field."""
        self._index.reload()
        searcher = self._index.searcher()
        left_out = None
        if without is not None:
            left_out = searcher.search(Query.term_query(self._index.schema, *without, index_option="basic"), 1)
        return int(searcher.num_docs) - int(getattr(left_out, "count", 0))  # the stubs do not know of it


def _new(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    folder.mkdir(parents=True, exist_ok=True)
    return tantivy.Index(schema, path=str(folder), reuse=False)


def _seal(card: Card, folder: Path) -> Card:
    path = folder / CARD
    path.unlink(missing_ok=True)  # it may be that of the index before
    path.write_text(json.dumps(asdict(card), indent=1) + "\n", encoding="utf-8")
    return card


def _shared(source: str, target: str) -> None:
    if Path(source).name in _REPLACED:
        shutil.copyfile(source, target)
    else:
        share(source, target)


def _any_of(ids: Iterable[str], withheld: Container[str]) -> bool:
    return any(id in withheld for id in ids)
