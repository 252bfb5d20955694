"""After the shards: everything that is seen only when the whole archive is seen, sealed as a generation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord import __version__
from onrecord.engine import judging, rejudging, relations, reuse
from onrecord.engine.kept import note_left_out
from onrecord.engine.memory import give_back
from onrecord.errors import ArchiveError
from onrecord.model import Judgement, Source
from onrecord.resolve.corrections import corrected
from onrecord.resolve.forms import ARTICLE_COLUMNS, STATEMENT_COLUMNS, collect
from onrecord.resolve.heads import Head
from onrecord.resolve.judgements import standing
from onrecord.resolve.prepare import prepare
from onrecord.resolve.sources import Resolution, settle
from onrecord.store import entries, generations, index, indexing, revisions, tables
from onrecord.store.documents import SourceRef
from onrecord.store.entries import Entry
from onrecord.store.generations import Generation
from onrecord.store.index import Card
from onrecord.store.layout import Layout
from onrecord.store.ledger import Ledger

_BATCH = 10_000  # rows written at once
_ARTICLES = 1_000  # articles whose texts are looked through at once for names
_SPEAKERS = pa.schema([("statement_id", pa.string()), ("source_id", pa.string())])


def derive(layout: Layout) -> Generation:
    """Return the generation of the shards and the ledger as they are now, making it where there is none.

    The archive's lock is held.
    """
    folders = layout.shard_folders()
    ledger = Ledger(layout.ledger)
    made_from = _made_from(folders, ledger)
    before = generations.current(layout)
    known = _usable(before) if before else None
    if known is not None and known.made_from == made_from:
        return known
    names = [path.name for path in folders]

    def write(folder: Path) -> dict[str, int]:
        ground = judging.groundwork(layout, names, folder, lambda: prepare(collect(_named(folders))))
        judgements = ledger.read()
        resolution = settle(ground, judgements)
        judging.note_conflicts(resolution.conflicts, folder)
        judging.note_judgements(judgements, folder)
        give_back()
        card = None
        if before is not None and known is not None and list(known.shards) == names:
            card = rejudging.rewrite(folders, before, folder, resolution, judgements)
        if card is None:
            card = _write(folders, before, folder, resolution, judgements)
        kinds = ("articles", "statements", "pictures", "sources", "copies", "claims")
        return {kind: getattr(card, kind) for kind in kinds}

    return generations.seal(layout, made_from, names, write)


def _write(
    folders: Sequence[Path],
    before: Path | None,
    folder: Path,
    resolution: Resolution,
    judgements: Sequence[Judgement],
) -> Card:
    """Write all tables and the index of a generation."""
    hidden = resolution.removed | resolution.withheld
    tables.write(Source, resolution.sources(), folder / "sources.parquet")
    copies = reuse.find(folders, hidden, folder, before)
    give_back()
    claims = relations.claims(folders, resolution.source_of, hidden, copies, standing(judgements), folder, before)
    give_back()
    unmet = resolution.ground.left_out
    note_left_out(folder, "names", unmet.crowded_keys, unmet.meetings)
    return indexing.write(
        folder / "index",
        _noting_speakers(entries.read(folders), resolution, folder / "speakers.parquet"),
        source_of=lambda statement: _reference(resolution.source_of(statement)),
        sources=tables.read(Source, folder / "sources.parquet"),
        copies=copies,
        claims=claims,
        withheld=resolution.withheld,
        removed=resolution.removed,
        revised=revisions.changed(folders),
    )


def _usable(folder: Path) -> Generation | None:
    """Return a generation's card, or None where it is damaged or its index is of another version."""
    try:
        index.read_card(folder / "index")
        return generations.read_card(folder)
    except (ArchiveError, OSError, ValueError, TypeError, KeyError):
        return None


def _made_from(folders: Sequence[Path], ledger: Ledger) -> str:
    known = hashlib.sha256(f"{__version__} {index.INDEX_FORMAT} {ledger.digest()}".encode())
    for folder in folders:
        known.update(f"\n{folder.name}".encode())
    return known.hexdigest()


def _named(folders: Sequence[Path]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yield what is needed of articles and their statements to tell who is who, a batch of articles at a time."""
    for folder in folders:
        with (
            pq.ParquetFile(folder / "articles.parquet") as articles,
            pq.ParquetFile(folder / "statements.parquet") as statements,
        ):
            batches = statements.iter_batches(_ARTICLES * 10, columns=list(STATEMENT_COLUMNS))
            ahead = statements.schema_arrow.empty_table().select(list(STATEMENT_COLUMNS))
            for batch in articles.iter_batches(_ARTICLES, columns=list(ARTICLE_COLUMNS)):
                own = []
                while ahead is not None:  # the statements follow in the order of the articles
                    mine = _leading(pc.is_in(ahead["article_id"], value_set=batch.column("id")))
                    own.append(ahead.slice(0, mine))
                    ahead = ahead.slice(mine)
                    if ahead.num_rows:
                        break
                    following = next(batches, None)
                    ahead = None if following is None else pa.table(following)
                yield pa.concat_tables(own) if own else statements.schema_arrow.empty_table(), pa.table(batch)


def _leading(flags: pa.ChunkedArray) -> int:
    """Return how many of the flags are true before the first that is not."""
    first = pc.index(flags, False).as_py()
    return len(flags) if first < 0 else int(first)


def _noting_speakers(read: Iterator[Entry], resolution: Resolution, path: Path) -> Iterator[Entry]:
    """Pass the entries on as curators have corrected them, and write down which source each statement's speaker is."""
    rows: list[tuple[str, str]] = []
    with pq.ParquetWriter(path, _SPEAKERS, compression="zstd") as writer:
        for entry in read:
            heads = ((statement.id, resolution.source_of(statement)) for statement in entry.statements)
            rows.extend((id, head.id) for id, head in heads if head is not None)
            if len(rows) >= _BATCH:
                writer.write_table(_speakers(rows))
                rows = []
            yield replace(entry, statements=corrected(resolution, entry.article, entry.statements))
        writer.write_table(_speakers(rows))


def _reference(head: Head | None) -> SourceRef | None:
    return None if head is None else SourceRef(head.id, head.name)


def _speakers(rows: Sequence[tuple[str, str]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [(), ()]
    return pa.table(dict(zip(_SPEAKERS.names, columns, strict=True)), schema=_SPEAKERS)
