"""Copies and claims of a generation. What the generation before found stays found: only what is new is compared.

Beside the tables that are read (``copies.parquet``, ``claims.parquet``) a generation keeps what the next one starts from:
``found-copies`` and ``printed`` (pairs as each by itself shows them, and the wordings among which they were looked
for), ``links`` and ``compared`` (the same for statements). Their names carry the version of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.model import Claim, Copy, Judgement, Statement
from onrecord.resolve import claims as claims_of
from onrecord.resolve import copies as copies_of
from onrecord.resolve import lineage
from onrecord.resolve.fingerprints import fingerprint
from onrecord.resolve.heads import Head
from onrecord.resolve.links import Compared, Line, Link, compare_all, lines
from onrecord.store import tables
from onrecord.store.entries import Entry

Record = TypeVar("Record", Copy, Link)

RULES = 1  # raised when copies or claims are found by other rules, so that all are looked for anew

Read = Callable[[], Iterable[Entry]]
SourceOf = Callable[[Statement], Head | None]


def copies(read: Read, hidden: Container[str], folder: Path, before: Path | None) -> tuple[Copy, ...]:
    """Find and write the copies among the current wordings.

    Args:
        read: yields all entries.
        hidden: ids of articles that are not looked at.
        folder: of the generation that is being made.
        before: of the generation before, if any.
    """
    known = _ids(before, "printed")
    prints, lengths = [], {}
    for entry in read():
        article = entry.article
        if entry.current and article.id not in hidden:
            wording = f"{article.id} {article.revision}"
            made = copies_of.Print(
                article.id, fingerprint(article.text), article.site, article.agency, article.published
            )
            prints.append((wording, made))
            lengths[article.id] = len(article.text)
    prints.sort(key=lambda pair: pair[0] not in known)  # stable
    old = {made.id for wording, made in prints if wording in known}
    kept = [copy for copy in _records(Copy, before, "found-copies") if copy.a in old and copy.b in old]
    found = (*kept, *copies_of.find([made for _, made in prints], newest=len(old)))
    tables.write(Copy, found, folder / _name("found-copies"))
    _write_ids((wording for wording, _ in prints), folder, "printed")
    settled = lineage.settle(found, lengths)
    tables.write(Copy, settled, folder / "copies.parquet")
    return settled


def claims(
    read: Read,
    source_of: SourceOf,
    hidden: Container[str],
    copies: Sequence[Copy],
    judgements: Sequence[Judgement],
    folder: Path,
    before: Path | None,
) -> tuple[Claim, ...]:
    """Find and write the claims of the current wordings.

    Args:
        read: yields all entries, each time in the same order.
        source_of: the source that a statement's speaker is.
        hidden: ids of articles, statements and sources that are not looked at.
        copies: which articles repeat which.
        judgements: those that stand.
        folder: of the generation that is being made.
        before: of the generation before, if any.
    """
    known = Compared(tuple(_ids(before, "compared")), tuple(_records(Link, before, "links")))
    compared, held = compare_all(lambda: _lines(read(), source_of, hidden), known)
    tables.write(Link, compared.links, folder / _name("links"))
    _write_ids(compared.ids, folder, "compared")
    found = claims_of.claims(held, compared.links, copies, judgements)
    tables.write(Claim, found, folder / "claims.parquet")
    return found


def _lines(entries: Iterable[Entry], source_of: SourceOf, hidden: Container[str]) -> Iterator[Line]:
    for entry in entries:
        if entry.current and entry.article.id not in hidden:
            heads = {statement.id: source_of(statement) for statement in entry.statements}
            shown = [
                statement
                for statement in entry.statements
                if statement.id not in hidden and ((head := heads[statement.id]) is None or head.id not in hidden)
            ]
            named = {id: (head.id, head.name) for id, head in heads.items() if head is not None}
            yield from lines(entry.article, shown, named)


def _name(what: str) -> str:
    return f"{what}-{RULES}.parquet"


def _ids(folder: Path | None, what: str) -> frozenset[str]:
    path = folder / _name(what) if folder else None
    return frozenset(pq.read_table(path)["id"].to_pylist()) if path and path.is_file() else frozenset()


def _write_ids(ids: Iterable[str], folder: Path, what: str) -> None:
    pq.write_table(pa.table({"id": pa.array(list(ids), pa.string())}), folder / _name(what), compression="zstd")


def _records(record: type[Record], folder: Path | None, what: str) -> Iterator[Record]:
    path = folder / _name(what) if folder else None
    return tables.read(record, path) if path and path.is_file() else iter(())
