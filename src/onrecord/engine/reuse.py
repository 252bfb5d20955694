"""Copies of a generation. What the generation before found stays found: only pairs not seen before are laid side by side.

Whether one article repeats another depends on the two alone, and on which of their sentences are boilerplate. So a
generation keeps beside ``copies.parquet`` what the next one starts from, in ``relations/``:

==========================  ==================================================================
``<shard>.marks.npz``       what candidates are found by; never made again for a shard
``found-copies.parquet``    the copies as each pair by itself shows them
``left-out.json``           how much was not compared, since only common keys brought it together
``compared-articles.npz``   all pairs that were laid side by side, and which copy each is
==========================  ==================================================================

The candidates are looked for among all articles every time, so a generation is what a build from nothing gives.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.engine.kept import FOLDER, Decided, decided, grouped, note_left_out, pair_keys, shelf, sign, write_decided
from onrecord.engine.spread import spread
from onrecord.model import Copy
from onrecord.resolve import copies as copies_of
from onrecord.resolve import lineage, spool
from onrecord.resolve.candidates import Marks, candidates
from onrecord.resolve.copies import Print
from onrecord.resolve.fingerprints import Flags, fingerprint, packed, unpacked
from onrecord.resolve.ragged import Numbers, Ragged
from onrecord.store import entries, tables

RULES = "copies 2"  # another number when copies are found by other rules, so that all are looked for anew
FOUND, COMPARED = "found-copies.parquet", "compared-articles"
BATCH = 200  # articles whose texts are held at once
PART = 2_000  # pairs that one process compares before it tells
COLUMNS = ["id", "capture_id", "text_digest", "site", "agency", "published"]


@dataclass(frozen=True, slots=True)
class Shelved:
    """All articles that are looked at, by number, in the order of the shards."""

    shard: Numbers  # number of the shard
    row: Numbers  # in its table
    facts: pa.Table  # COLUMNS
    lengths: Numbers  # code points of the texts
    marks: Marks


def find(folders: Sequence[Path], hidden: Container[str], folder: Path, before: Path | None) -> tuple[Copy, ...]:
    """Find and write the copies among the current wordings.

    Args:
        folders: the shards.
        hidden: ids of articles that are not looked at.
        folder: of the generation that is being made.
        before: of the generation before, if any.
    """
    articles = _shelved(folders, hidden, folder, before)
    found = candidates(articles.marks)
    note_left_out(folder, "articles", found.common, found.left_out)
    common = copies_of.boilerplate(articles.marks.sentences)
    signs = _signs(articles.facts, common)
    keys = pair_keys(signs[found.pairs[:, 0]], signs[found.pairs[:, 1]])
    known = decided(before, COMPARED, RULES)
    place = known.places(keys)
    fresh = np.flatnonzero(place == Decided.UNKNOWN)
    copy_of: list[Copy | None] = [None] * len(keys)
    for at, kept in _kept(before, place):
        copy_of[at] = kept
    for at, seen in zip(fresh.tolist(), _compared(folders, articles, common, found.pairs[fresh], folder), strict=True):
        copy_of[at] = seen
    copies = [copy for copy in copy_of if copy is not None]
    tables.write(Copy, copies, folder / FOLDER / FOUND)
    is_copy = np.array([copy is not None for copy in copy_of], np.bool_)
    write_decided(folder, COMPARED, RULES, keys, np.where(is_copy, np.cumsum(is_copy) - 1, Decided.NOTHING))
    ids = articles.facts["id"].to_pylist()
    settled = lineage.settle(copies, dict(zip(ids, articles.lengths.tolist(), strict=True)))
    tables.write(Copy, settled, folder / "copies.parquet")
    return settled


def _shelved(folders: Sequence[Path], hidden: Container[str], folder: Path, before: Path | None) -> Shelved:
    made = shelf(folders, folder, before, f"marks-{RULES[-1]}", _mark, "articles")
    roles = entries.roles(folders)
    shard, row, facts, lengths, marks = [], [], [], [], []
    for number, (path, arrays) in enumerate(zip(folders, made, strict=True)):
        table = pq.read_table(path / "articles.parquet", columns=COLUMNS)
        named = zip(table["id"].to_pylist(), table["capture_id"].to_pylist(), strict=True)
        shown = [id not in hidden and roles.get(capture, "current") == "current" for id, capture in named]
        rows = np.flatnonzero(np.array(shown, np.bool_))
        shard.append(np.full(len(rows), number))
        row.append(rows)
        facts.append(table.take(pa.array(rows)))
        lengths.append(arrays["lengths"][rows])
        kinds = ("shingles", "pairs", "sentences")
        marks.append(
            Marks(*(Ragged(arrays[kind], arrays[f"{kind}_starts"].astype(np.int64)) for kind in kinds)).take(rows)
        )
    joined = (Ragged.joined([getattr(one, kind) for one in marks]) for kind in ("shingles", "pairs", "sentences"))
    empty = pa.table({name: pa.array([], pa.string()) for name in COLUMNS})
    nothing = [np.zeros(0, np.int64)]
    return Shelved(
        np.concatenate(nothing + shard),
        np.concatenate(nothing + row),
        pa.concat_tables([empty, *facts]),
        np.concatenate(nothing + lengths),
        Marks(*joined),
    )


def _mark(shard: Path) -> dict[str, npt.NDArray[np.generic]]:
    """Return the marks of all articles of a shard."""
    parts, lengths = [], []
    for texts in _texts(shard):
        parts.append(Marks.of(fingerprint(text) for text in texts))
        lengths += [len(text) for text in texts]
    arrays: dict[str, npt.NDArray[np.generic]] = {"lengths": np.array(lengths, np.int64)}
    for kind in ("shingles", "pairs", "sentences"):
        joined = Ragged.joined([getattr(part, kind) for part in parts])
        arrays[kind], arrays[f"{kind}_starts"] = joined.values, joined.starts
    return arrays


def _texts(shard: Path) -> Iterator[list[str]]:
    with pq.ParquetFile(shard / "articles.parquet") as file:
        for batch in file.iter_batches(BATCH, columns=["text"]):
            yield batch.column("text").to_pylist()


def _signs(facts: pa.Table, common: Ragged) -> npt.NDArray[np.uint64]:
    """Return for each article a hash of all that a decision about it rests on."""
    columns = (facts[name].to_pylist() for name in ("id", "text_digest", "site", "agency", "published"))
    rows = enumerate(zip(*columns, strict=True))
    return np.array([sign(row, np.packbits(common[i]).tobytes()) for i, row in rows], np.uint64)


def _kept(before: Path | None, place: Numbers) -> Iterator[tuple[int, Copy]]:
    """Yield the copies that the generation before found, with the number of the pair."""
    at = np.flatnonzero(place >= 0)
    if before is None or not len(at):
        return
    with pq.ParquetFile(before / FOLDER / FOUND) as file:
        table = file.read()
    for begin in range(0, len(at), tables.BATCH):
        some = at[begin : begin + tables.BATCH]
        yield from zip(some.tolist(), tables.records(Copy, table.take(pa.array(place[some]))), strict=True)


def _compared(
    folders: Sequence[Path], articles: Shelved, common: Ragged, pairs: Numbers, folder: Path
) -> list[Copy | None]:
    """Return what each pair is; the fingerprints of their articles lie in files as long as that takes."""
    paths = _spooled(folders, articles, common, np.unique(pairs), folder)
    try:
        return _aligned(paths, pairs)
    finally:
        for path in paths:
            spool.remove(path)


def _aligned(paths: tuple[Path, ...], pairs: Numbers) -> list[Copy | None]:
    chunks = [(paths, pairs[at : at + PART]) for at in range(0, len(pairs), PART)]
    return [copy for found in spread(_compare, chunks, len(pairs)) for copy in found]


def _spooled(
    folders: Sequence[Path], articles: Shelved, common: Ragged, numbers: Numbers, folder: Path
) -> tuple[Path, ...]:
    parts = []
    for shard, path in enumerate(folders):
        mine = numbers[articles.shard[numbers] == shard]
        if len(mine):
            parts.append(_Prints(path, articles.row[mine], mine, articles.facts.take(mine), common.take(mine)))
    files = [(folder / FOLDER / f".prints-{n}", group) for n, group in enumerate(grouped(parts))]
    return tuple(spread(_spool_prints, files, len(numbers)))


@dataclass(frozen=True, slots=True)
class _Prints:
    """Articles of one shard whose fingerprints are wanted."""

    shard: Path
    rows: Numbers
    numbers: Numbers
    facts: pa.Table
    common: Ragged


def _spool_prints(file: tuple[Path, Sequence[_Prints]]) -> Path:
    path, parts = file
    spool.write(path, (row for part in parts for row in _prints(part)))
    return path


def _prints(part: _Prints) -> Iterator[tuple[int, tuple[str, bytes, str | None, str | None, str | None, bytes]]]:
    facts = zip(*(part.facts[name].to_pylist() for name in ("id", "site", "agency", "published")), strict=True)
    wanted = iter(zip(part.rows.tolist(), part.numbers.tolist(), facts, range(len(part.rows)), strict=True))
    following = next(wanted, None)
    first = 0
    for texts in _texts(part.shard):
        while following is not None and following[0] < first + len(texts):
            row, number, (id, site, agency, published), i = following
            made = packed(fingerprint(texts[row - first]))
            yield number, (id, made, site, agency, published, part.common[i].tobytes())
            following = next(wanted, None)
        first += len(texts)


def _compare(part: tuple[tuple[Path, ...], Numbers]) -> list[Copy | None]:
    paths, pairs = part
    with spool.Spool(paths) as prints:

        def print_of(number: int) -> tuple[Print, Flags]:
            id, made, site, agency, published, common = prints[number]
            return Print(id, unpacked(made), site, agency, published), np.frombuffer(common, np.bool_)

        return list(copies_of.compare(pairs.tolist(), print_of))
