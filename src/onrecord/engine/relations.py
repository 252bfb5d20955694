"""Claims of a generation. What the generation before found stays found: only pairs not seen before are compared.

Whether two statements say the same depends on the two alone. So a generation keeps beside ``claims.parquet`` what the
next one starts from, in ``relations/``:

===========================  ================================================================
``<shard>.sayings.npz``      what neighbours are found by; never made again for a shard
``compared-statements.npz``  all pairs that were compared, and what was found
``links.parquet``            the pairs that are related, by id, those of hidden statements too: a judgement
                             gathers them into claims anew (``reclaiming``)
===========================  ================================================================

The neighbours are looked for among all statements every time, so a generation is what a build from nothing gives.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.engine.kept import (
    FOLDER,
    Arrays,
    Decided,
    decided,
    grouped,
    note_left_out,
    pair_keys,
    shelf,
    sign,
    write_decided,
)
from onrecord.engine.spread import spread
from onrecord.model import Act, Article, Claim, Copy, Judgement, Kind, Speaker, SpeakerType, Statement
from onrecord.resolve import claims as claims_of
from onrecord.resolve import links, spool
from onrecord.resolve.heads import Head
from onrecord.resolve.links import Line, Link, Sayings
from onrecord.resolve.ragged import Numbers, Ragged
from onrecord.store import entries, shards, tables

RULES = "claims 6"  # another number when statements are compared by other rules, so that all are compared anew
COMPARED = "compared-statements"
LINKS = "links.parquet"
PART = 4_000  # pairs that one process compares before it tells
SCORES = 1_000_000  # a decision is kept as one number: the score in millionths, times four, and the kind
BATCH = 100  # articles that are held at once

Row = TypeVar("Row", Article, Statement)
SourceOf = Callable[[Statement], Head | None]
Signs = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Shelved:
    """All statements that are looked at, by number, in the order of the shards."""

    shard: Numbers  # number of the shard
    row: Numbers  # in its table
    owner: Numbers  # row of the article
    ids: pa.Array
    sources: Mapping[int, tuple[str, str]]  # number -> id and name of the identity that the speaker is
    signs: Signs  # of all that decisions rest on
    sayings: Sayings


def claims(
    folders: Sequence[Path],
    source_of: SourceOf,
    hidden: Container[str],
    copies: Sequence[Copy],
    judgements: Sequence[Judgement],
    folder: Path,
    before: Path | None,
) -> tuple[Claim, ...]:
    """Find and write the claims of the current wordings.

    Args:
        folders: the shards.
        source_of: the source that a statement's speaker is; looks at its id and speaker only.
        hidden: ids of articles that are not looked at, and of statements and sources that are in no claim.
        copies: which articles repeat which.
        judgements: those that stand.
        folder: of the generation that is being made.
        before: of the generation before, if any.
    """
    said = _shelved(folders, source_of, hidden, folder, before)
    found, repeats = links.to_compare(said.sayings)
    note_left_out(folder, "statements", found.common, found.left_out)
    pairs = found.pairs
    keys = pair_keys(said.signs[pairs[:, 0]], said.signs[pairs[:, 1]])
    results = decided(before, COMPARED, RULES).places(keys)
    fresh = np.flatnonzero(results == Decided.UNKNOWN)
    paths = _spooled(folders, said, np.unique(pairs[fresh]), folder, "compared")
    try:
        results[fresh] = _decided(paths, pairs[fresh])
    finally:
        _removed(paths)
    write_decided(folder, COMPARED, RULES, keys, results)
    linked = results >= 0
    pairs, results = np.concatenate((repeats, pairs[linked])), results[linked]
    kinds = np.concatenate((np.full(len(repeats), links.UTTERANCE), results % 4))
    scores = np.concatenate((np.ones(len(repeats)), (results // 4) / SCORES))
    numbers = np.unique(np.concatenate((pairs.ravel(), _judged(said.ids, judgements))))
    ids = said.ids.take(pa.array(numbers)).to_pylist()
    of = dict(zip(numbers.tolist(), ids, strict=True))
    rows = zip(pairs.tolist(), kinds.tolist(), scores.tolist(), strict=True)
    linked_pairs = [Link(of[i], of[j], kind, score) for (i, j), kind, score in rows]
    tables.write(Link, linked_pairs, folder / FOLDER / LINKS)
    shown = {id: n for n, id in of.items() if not _is_hidden(id, said.sources.get(n), hidden)}
    paths = _spooled(folders, said, numbers, folder, "linked")
    try:
        with spool.Spool(paths) as stored:
            claims = claims_of.claims(Lines(shown, stored), linked_pairs, copies, judgements)
    finally:
        _removed(paths)
    tables.write(Claim, claims, folder / "claims.parquet")
    return claims


def _is_hidden(id: str, source: tuple[str, str] | None, hidden: Container[str]) -> bool:
    return id in hidden or (source is not None and source[0] in hidden)


class Lines(Mapping[str, Line]):
    """Statements by id, read from disk when asked for."""

    def __init__(self, numbers: Mapping[str, int], stored: spool.Spool) -> None:
        self._numbers, self._stored = numbers, stored

    def __getitem__(self, id: str) -> Line:
        """Return a statement."""
        line: Line = self._stored[self._numbers[id]]
        return line

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    def __contains__(self, id: object) -> bool:
        """Whether there is such a statement; nothing is read for it."""
        return id in self._numbers


def _judged(ids: pa.Array, judgements: Sequence[Judgement]) -> Numbers:
    """Return the numbers of the statements that curators joined."""
    named = {id for j in judgements if j.verb == "same-claim" for id in (j.subject, j.object) if id}
    found = pc.index_in(pa.array(sorted(named), pa.string()), value_set=ids).drop_null()
    return np.asarray(found, np.int64)


def _shelved(
    folders: Sequence[Path], source_of: SourceOf, hidden: Container[str], folder: Path, before: Path | None
) -> Shelved:
    made = shelf(folders, folder, before, f"sayings-{RULES[-1]}", _say, "statements")
    roles = entries.roles(folders)
    parts: dict[str, list[Any]] = {
        name: [] for name in ("shard", "row", "ids", "signs", "words", "days", "articles", "twins", "owner")
    }
    sources: dict[int, tuple[str, str]] = {}
    seen: dict[str, int] = {}
    known: dict[str, int] = {}  # hash of a source
    count = 0
    for number, (path, arrays) in enumerate(zip(folders, made, strict=True)):
        articles = pq.read_table(
            path / "articles.parquet", columns=["id", "capture_id", "site", "published"]
        ).to_pylist()
        shown = [row["id"] not in hidden and roles.get(row["capture_id"], "current") == "current" for row in articles]
        article_signs = np.array([sign((row["site"], row["published"])) for row in articles], np.uint64)
        owner = arrays["articles"].astype(np.int64)
        wanted: list[int] = []
        speakers: list[int] = []
        ids: list[str] = []
        for row, statement in enumerate(_spoken(path, len(owner))):
            if not shown[owner[row]]:
                continue
            head = source_of(statement)
            if head is not None:
                sources[count + len(wanted)] = head.id, head.name
                speakers.append(known.setdefault(head.id, links.hash_of(head.id.encode())))
            else:
                speakers.append(int(arrays["speakers"][row]))
            wanted.append(row)
            ids.append(statement.id)
        rows = np.array(wanted, np.int64)
        who = np.array(speakers, np.uint64)
        own = arrays["signs"][rows].astype(np.uint64)
        parts["shard"].append(np.full(len(rows), number))
        parts["row"].append(rows)
        parts["owner"].append(owner[rows])
        parts["ids"].append(pa.array(ids, pa.string()))
        parts["signs"].append(pair_keys(pair_keys(own, article_signs[owner[rows]]), who))
        parts["words"].append(Ragged(arrays["words"], arrays["words_starts"].astype(np.int64)).take(rows))
        parts["days"].append(arrays["days"][rows])
        numbers = [seen.setdefault(row["id"], len(seen)) for row in articles]
        parts["articles"].append(np.array(numbers, np.int64)[owner[rows]])
        parts["twins"].append(links.twins(arrays["twins"][rows].astype(np.uint64), who))
        count += len(rows)
    nothing = np.zeros(0, np.int64)
    joined = {name: np.concatenate([nothing, *parts[name]]) for name in ("shard", "row", "owner", "days", "articles")}
    hashes = {name: np.concatenate([nothing.astype(np.uint64), *parts[name]]) for name in ("signs", "twins")}
    ids = pa.concat_arrays([pa.array([], pa.string()), *parts["ids"]])
    sayings = Sayings(Ragged.joined(parts["words"]), joined["days"], joined["articles"], hashes["twins"])
    return Shelved(joined["shard"], joined["row"], joined["owner"], ids, sources, hashes["signs"], sayings)


def _spoken(path: Path, count: int) -> Iterator[Statement]:
    """Yield the first statements of a shard with as much of each as tells who speaks."""
    speakers: dict[tuple[str | None, str | None, str | None], Speaker] = {}
    with pq.ParquetFile(path / "statements.parquet") as file:
        for batch in file.iter_batches(columns=["id", "speaker.name", "speaker.type", "speaker.description"]):
            fields = (batch.column("speaker").field(name).to_pylist() for name in ("name", "type", "description"))
            for id, *who in zip(batch.column("id").to_pylist(), *fields, strict=True):
                if count == 0:
                    return
                count -= 1
                name, type, description = who
                key = name, type, description
                if (speaker := speakers.get(key)) is None:
                    kind = None if type is None else SpeakerType(type)
                    speaker = speakers[key] = Speaker(name, kind, description=description)
                yield Statement(id, "", "", (), (), (), Kind.INDIRECT, Act.SAYS, speaker, "")


def _say(shard: Path) -> Arrays:
    """Return what neighbours are found by, for the statements of a shard, in the order of its table."""
    words, days, twins, owners, signs, speakers = [], [], [], [], [], []
    parts = []
    pairs = entries.side_by_side(shards.read_articles(shard), shards.read_statements(shard))
    for number, (article, statements) in enumerate(pairs):
        for line in links.lines(article, statements, {}):
            around, day, twin = links.said(line)
            words.append(around)
            days.append(day)
            twins.append(twin)
            owners.append(number)
            signs.append(sign((line.id,)))
            speakers.append(links.hash_of(links.speaks(line).encode("utf-8", "surrogatepass")))
        if len(words) > BATCH * BATCH:
            parts.append(Ragged.of(words))
            words = []
    joined = Ragged.joined([*parts, Ragged.of(words)])
    return {
        "words": joined.values,
        "words_starts": joined.starts,
        "days": np.array(days, np.int64),
        "articles": np.array(owners, np.int64),
        "twins": np.array(twins, np.uint64),
        "signs": np.array(signs, np.uint64),
        "speakers": np.array(speakers, np.uint64),
    }


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Statements of one shard that are asked for."""

    shard: Path
    numbers: Numbers
    rows: Numbers
    owners: Numbers  # rows of their articles
    sources: Mapping[str, tuple[str, str]]


def _spooled(folders: Sequence[Path], said: Shelved, numbers: Numbers, folder: Path, why: str) -> tuple[Path, ...]:
    """Put these statements into files from which they are read by number."""
    parts = []
    for shard, path in enumerate(folders):
        mine = numbers[said.shard[numbers] == shard]
        if len(mine):
            sources = {
                id: said.sources[n]
                for n, id in zip(mine.tolist(), said.ids.take(pa.array(mine)).to_pylist(), strict=True)
                if n in said.sources
            }
            parts.append(_Wanted(path, mine, said.row[mine], said.owner[mine], sources))
    files = [(folder / FOLDER / f".{why}-{n}", group) for n, group in enumerate(grouped(parts))]
    return tuple(spread(_spool_lines, files, len(numbers)))


def _spool_lines(file: tuple[Path, Sequence[_Wanted]]) -> Path:
    path, parts = file
    spool.write(path, (row for part in parts for row in _lines(part)))
    return path


def _lines(part: _Wanted) -> Iterator[tuple[int, Line]]:
    articles = _rows(Article, part.shard / "articles.parquet", np.unique(part.owners), {"pictures": ()})
    statements = _rows(Statement, part.shard / "statements.parquet", part.rows, {})
    row, article = next(articles)
    for number, owner, (_, statement) in zip(part.numbers.tolist(), part.owners.tolist(), statements, strict=True):
        while row < owner:
            row, article = next(articles)
        for line in links.lines(article, [statement], part.sources):
            yield number, line


def _rows(record: type[Row], path: Path, rows: Numbers, fixed: dict[str, Any]) -> Iterator[tuple[int, Row]]:
    """Yield the records in these rows of a table, ascending."""
    first = 0
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(batch_size=BATCH):
            mine = rows[np.searchsorted(rows, first) : np.searchsorted(rows, first + batch.num_rows)]
            if len(mine):
                found = batch.take(pa.array(mine - first))
                yield from zip(mine.tolist(), tables.records(record, found, fixed=fixed), strict=True)
            first += batch.num_rows


def _removed(paths: Sequence[Path]) -> None:
    for path in paths:
        spool.remove(path)


def _decided(paths: tuple[Path, ...], pairs: Numbers) -> Numbers:
    chunks = [(paths, pairs[at : at + PART]) for at in range(0, len(pairs), PART)]
    return np.concatenate([np.zeros(0, np.int64), *spread(_compare, chunks, len(pairs))])


def _compare(part: tuple[tuple[Path, ...], Numbers]) -> Numbers:
    paths, pairs = part
    with spool.Spool(paths) as lines:
        found = links.compare(pairs.tolist(), lines.__getitem__)
        decisions = [round(score * SCORES) * 4 + kind if kind else Decided.NOTHING for kind, score in found]
    return np.array(decisions, np.int64)
