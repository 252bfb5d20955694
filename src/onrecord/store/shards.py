"""Shards: all that one input gave, as six Parquet files and a manifest. The truth, made by machines.

::

    shards/<input>-<digest>/
      captures.parquet     one row per Capture
      articles.parquet     one row per Article, in the order of their captures; pictures apart
      pictures.parquet     one row per Picture: capture_id, article_id, number, then the picture's own columns
      statements.parquet   one row per Statement, in the order of the articles
      skips.parquet        one row per Skip
      revisits.parquet     one row per Revisit
      shard.json           the manifest: format, the inputs with their digests, the counts

What revisits are of is known when all inputs were read: those whose payloads were found are captures of a shard
``revisits-<digest>`` without inputs of its own; all others count as skips.

A shard is written beside its place and renamed whole, so a shard that exists is complete and never
changes. Row ``n`` of a file was written before row ``n + 1``; the order is the order of the input.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.model import (
    FORMAT_VERSION,
    IN_ZIP,
    UNCHANGED,
    Article,
    Capture,
    Picture,
    Revisit,
    ShardContents,
    Skip,
    Statement,
)
from onrecord.store import tables
from onrecord.store.layout import sync

MANIFEST = "shard.json"
_ROWS = 1_000  # rows of one table that make a row group ...
_BYTES = 8_000_000  # ... or this much text, so that memory does not depend on the size of the pages


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input file as the manifest remembers it."""

    file: str  # as it was named; what Capture.file holds
    place: str | None  # path relative to the archive's folder
    digest: str | None  # None when it could not be read
    size: int
    kind: str  # warc | html | text | records | wxr | wacz | unknown


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a shard says about itself."""

    inputs: tuple[InputFile, ...]
    captures: int
    articles: int
    pictures: int
    statements: int
    skips: int
    format: int = FORMAT_VERSION
    learned: tuple[str, ...] = ()  # what was known of sites when it was made: "site period digest"
    revisits: int = 0
    found: int = 0  # captures that revisits of other shards became
    unchanged: int = 0  # skips of captures whose page was read before

    @property
    def not_taken(self) -> int:
        """How much it adds to what an archive has not taken; below 0 where it only has payloads of others' revisits."""
        return self.skips - self.unchanged + self.revisits - self.found


def input_of(file: str, inputs: Mapping[str, object]) -> str:
    """Return which of a shard's inputs a capture or skip of this file belongs to: itself, or the zip that holds it."""
    return file if file in inputs else next((name for name in inputs if file.startswith(name + IN_ZIP)), file)


class ShardWriter:
    """Writes one shard piece by piece; nothing is seen at its place before :meth:`finish`.

    Used as a context manager: leaving it without ``finish`` removes what was written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._beside = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}")
        self._counts = dict.fromkeys(_schemas(), 0)
        self._found = self._unchanged = 0
        self._learned: set[str] = set()
        self._pending: list[ShardContents] = []
        self._pending_rows = 0
        self._pending_bytes = 0
        self._beside.mkdir(parents=True)
        self._writers: dict[str, pq.ParquetWriter] = {}
        with contextlib.ExitStack() as stack:
            for name, schema in _schemas().items():
                writer = pq.ParquetWriter(
                    self._beside / f"{name}.parquet", schema, compression="zstd", write_page_checksum=True
                )
                self._writers[name] = stack.enter_context(writer)
            self._open = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._open.close()
        shutil.rmtree(self._beside, ignore_errors=True)

    def write(self, contents: ShardContents) -> None:
        """Add contents after those written before."""
        self._learned.update(contents.learned)
        self._found += sum(capture.told_in is not None for capture in contents.captures)
        self._unchanged += sum(skip.reason == UNCHANGED for skip in contents.skips)
        self._pending.append(contents)
        self._pending_rows += max(
            len(contents.statements), len(contents.captures), len(contents.skips), len(contents.revisits)
        )
        self._pending_bytes += sum(len(article.text) for article in contents.articles)
        if self._pending_rows >= _ROWS or self._pending_bytes >= _BYTES:
            self._flush()

    def finish(self, inputs: tuple[InputFile, ...]) -> Manifest:
        """Bring everything to disk, put the shard in its place and return its manifest."""
        self._flush()
        self._open.close()
        manifest = Manifest(
            inputs,
            **self._counts,
            learned=tuple(sorted(self._learned)),
            found=self._found,
            unchanged=self._unchanged,
        )
        (self._beside / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
        for path in self._beside.iterdir():
            sync(path)
        sync(self._beside)
        try:
            self._beside.rename(self._folder)
        except OSError:
            if not self._folder.is_dir():  # else another engine's task was first, with the same rows
                raise
        sync(self._folder.parent)
        return manifest

    def _flush(self) -> None:
        if not self._pending:
            return
        for name, rows in _tables(_joined(self._pending)).items():
            if rows.num_rows:
                self._writers[name].write_table(rows)
                self._counts[name] += rows.num_rows
        self._pending, self._pending_rows, self._pending_bytes = [], 0, 0


def write_shard(folder: Path, contents: ShardContents, inputs: tuple[InputFile, ...]) -> Manifest:
    """Write a whole shard at once."""
    with ShardWriter(folder) as writer:
        writer.write(contents)
        return writer.finish(inputs)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a shard."""
    values: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    values["inputs"] = tuple(InputFile(**entry) for entry in values["inputs"])
    values["learned"] = tuple(values.get("learned", ()))
    return Manifest(**values)


def read_captures(folder: Path) -> Iterator[Capture]:
    """Yield the captures of a shard in the order of the input."""
    return tables.read(Capture, folder / "captures.parquet")


def read_articles(folder: Path) -> Iterator[Article]:
    """Yield the articles of a shard, each with its pictures, in the order of the input."""
    with pq.ParquetFile(folder / "articles.parquet", page_checksum_verification=True) as file:
        yield from _illustrated(file.iter_batches(batch_size=100), _pictures(folder))


def read_statements(folder: Path) -> Iterator[Statement]:
    """Yield the statements of a shard in the order of the articles and of their texts."""
    return tables.read(Statement, folder / "statements.parquet")


def read_skips(folder: Path) -> Iterator[Skip]:
    """Yield the skips of a shard."""
    return tables.read(Skip, folder / "skips.parquet")


def read_revisits(folder: Path) -> Iterator[Revisit]:
    """Yield the revisits of a shard."""
    if (path := folder / "revisits.parquet").exists():  # not in shards made before there were any
        yield from tables.read(Revisit, path)


def pending(folders: Sequence[Path]) -> Iterator[Revisit]:
    """Yield the revisits of these shards whose payloads were not found."""
    found: set[str] = set()
    for folder in folders:
        if read_manifest(folder).found:
            found.update(capture.id for capture in read_captures(folder) if capture.told_in is not None)
    for folder in folders:
        yield from (revisit for revisit in read_revisits(folder) if revisit.id not in found)


def read_some(folder: Path, articles: Collection[str]) -> ShardContents:
    """Return what a shard has of the articles with these ids: every wording, its capture and its statements."""
    rows = tables.pick(folder / "articles.parquet", "id", articles)
    if not rows.num_rows:
        return ShardContents()
    pictures = tables.pick(folder / "pictures.parquet", "article_id", articles)
    captures = tables.pick(folder / "captures.parquet", "id", rows["capture_id"].to_pylist())
    statements = tables.pick(folder / "statements.parquet", "article_id", articles)
    return ShardContents(
        tuple(tables.records(Capture, captures)),
        tuple(_illustrated([rows], _owned([pictures]))),
        tuple(tables.records(Statement, statements)),
    )


def read_shard(folder: Path) -> ShardContents:
    """Return a whole shard; for small ones."""
    return ShardContents(
        tuple(read_captures(folder)),
        tuple(read_articles(folder)),
        tuple(read_statements(folder)),
        tuple(read_skips(folder)),
        revisits=tuple(read_revisits(folder)),
    )


def _schemas() -> dict[str, pa.Schema]:
    return {name: rows.schema for name, rows in _tables(ShardContents()).items()}


def _tables(contents: ShardContents) -> dict[str, pa.Table]:
    owned = [(a, number, picture) for a in contents.articles for number, picture in enumerate(a.pictures)]
    keys = {
        "capture_id": pa.array([article.capture_id for article, _, _ in owned], pa.string()),
        "article_id": pa.array([article.id for article, _, _ in owned], pa.string()),
        "number": pa.array([number for _, number, _ in owned], pa.int64()),
    }
    return {
        "captures": tables.table(Capture, contents.captures),
        "articles": tables.table(Article, contents.articles, without=("pictures",)),
        "pictures": tables.table(Picture, [picture for _, _, picture in owned], before=keys),
        "statements": tables.table(Statement, contents.statements),
        "skips": tables.table(Skip, contents.skips),
        "revisits": tables.table(Revisit, contents.revisits),
    }


def _illustrated(
    batches: Iterable[pa.RecordBatch | pa.Table], pictures: Iterator[tuple[str, Picture]]
) -> Iterator[Article]:
    """Yield articles with their pictures; both come in the same order, the pictures with the ids of their captures."""
    following = next(pictures, None)
    for batch in batches:
        for article in tables.records(Article, batch, fixed={"pictures": ()}):
            own = []
            while following is not None and following[0] == article.capture_id:
                own.append(following[1])
                following = next(pictures, None)
            yield replace(article, pictures=tuple(own)) if own else article


def _pictures(folder: Path) -> Iterator[tuple[str, Picture]]:
    with pq.ParquetFile(folder / "pictures.parquet", page_checksum_verification=True) as file:
        yield from _owned(file.iter_batches(batch_size=tables.BATCH))


def _owned(batches: Iterable[pa.RecordBatch | pa.Table]) -> Iterator[tuple[str, Picture]]:
    for batch in batches:
        yield from zip(batch.column("capture_id").to_pylist(), tables.records(Picture, batch), strict=True)


def _joined(pieces: list[ShardContents]) -> ShardContents:
    return ShardContents(
        tuple(item for piece in pieces for item in piece.captures),
        tuple(item for piece in pieces for item in piece.articles),
        tuple(item for piece in pieces for item in piece.statements),
        tuple(item for piece in pieces for item in piece.skips),
        revisits=tuple(item for piece in pieces for item in piece.revisits),
    )
