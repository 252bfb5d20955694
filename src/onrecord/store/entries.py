"""What an index is made from: articles with their capture and statements, read from shards side by side.

A page that was fetched several times gives several articles of one id. Each wording (revision) is
taken once, with the capture that had it first; the wording that was fetched last is the current one. A version for
phones or for paper may leave things out: its wording is current only where the page itself was never captured.
A capture that found its page unchanged, in whichever input, has no article; it says that the wording stood at its time.
Memory does not grow with the archive, save for the articles that were fetched more than once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.model import UNCHANGED, VERSION, Article, Capture, Statement
from onrecord.store import shards, tables
from onrecord.store.results import ONCE, Seen

_UNKNOWN = ("", "")
_NEVER = "~"  # behind every time


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording of an article, with all that belongs to it."""

    article: Article
    capture: Capture
    statements: tuple[Statement, ...] = ()
    current: bool = True  # no later capture has another wording
    seen: Seen = ONCE  # with these words


def read(folders: Sequence[Path]) -> Iterator[Entry]:
    """Yield every wording of every article of these shards, in their order."""
    fetched = _Fetched.of(folders)
    for folder in folders:
        captures = shards.read_captures(folder)
        yield from _entries(captures, shards.read_articles(folder), shards.read_statements(folder), fetched)


def some(folders: Sequence[Path], articles: Iterable[str]) -> Iterator[Entry]:
    """Yield every wording of the articles with these ids, as :func:`read` does; only what holds them is read."""
    fetched = _Fetched.of(folders)
    wanted = frozenset(articles)
    for folder in folders:
        part = shards.read_some(folder, wanted)
        yield from _entries(part.captures, part.articles, part.statements, fetched)


def _entries(
    captures: Iterable[Capture],
    articles: Iterable[Article],
    statements: Iterable[Statement],
    fetched: _Fetched,
) -> Iterator[Entry]:
    by_id = {capture.id: capture for capture in captures}
    for article, own in side_by_side(articles, statements):
        id = article.capture_id
        role = fetched.roles.get(id, "current")
        if role != "again":
            capture = fetched.first.get(id) or by_id[id]
            yield Entry(article, capture, own, role == "current", fetched.seen.get(id, ONCE))


def roles(folders: Sequence[Path]) -> Mapping[str, str]:
    """Return for each capture of an article with several captures: current, earlier or again (the same words)."""
    rows = _several(folders)
    times = fetched_times(folders, {row["capture_id"] for row in rows})
    of_version = versions(folders, {row["id"] for row in rows})
    by_article: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        by_article[row["id"]].append((row["capture_id"], row["text_digest"]))
    found: dict[str, str] = {}
    for fetched in by_article.values():
        fetched.sort(key=lambda pair: times.get(pair[0], _UNKNOWN)[0])  # stable: in the order of the files
        of_page = [pair for pair in fetched if pair[0] not in of_version]
        last = max(reversed(of_page), key=lambda pair: times.get(pair[0], _UNKNOWN)[1])[1]
        seen: set[str] = set()
        for capture, words in fetched:
            found[capture] = "again" if words in seen else "current" if words == last else "earlier"
            seen.add(words)
    return found


def versions(folders: Sequence[Path], articles: Collection[str]) -> frozenset[str]:
    """Return of these articles the captures that are versions of a page which was captured, too."""
    columns = ["id", "capture_id", "provenance"]
    rows = [
        row
        for folder in folders
        for row in tables.pick(folder / "articles.parquet", "id", articles, columns).to_pylist()
    ]
    told = [(row["id"], row["capture_id"], {"key": "url", "value": VERSION} in row["provenance"]) for row in rows]
    of_page = {article for article, _, version in told if not version}
    return frozenset(capture for article, capture, version in told if version and article in of_page)


def _several(folders: Sequence[Path]) -> list[dict[str, str]]:
    """Return article, capture and digest of the text of every capture of the articles that were read several times."""
    articles = _columns(folders, "articles", ["id", "capture_id", "text_digest"])
    counts = articles.group_by("id").aggregate([("id", "count")])
    repeated = counts.filter(pc.greater(counts["id_count"], 1))["id"]
    rows: list[dict[str, str]] = articles.filter(pc.is_in(articles["id"], repeated)).to_pylist()
    return rows


def fetched_times(folders: Sequence[Path], captures: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return by the ids of captures when their page was fetched first and last, those that found it unchanged included."""
    again = {id: first for id, first in _again(folders).items() if first in captures}
    fetched: dict[str, list[str]] = defaultdict(list)
    for _, id, time in _fetches(folders, {*captures, *again}):
        fetched[again.get(id, id)].append(time)
    return {id: (min(filter(None, times), default=""), max(times)) for id, times in fetched.items()}


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What is told of captures by others of the same article."""

    roles: Mapping[str, str]
    first: Mapping[str, Capture]  # the earliest with the same page
    seen: Mapping[str, Seen]  # all with the same words

    @classmethod
    def of(cls, folders: Sequence[Path]) -> _Fetched:
        """Look through all captures."""
        again = _again(folders)
        return cls(roles(folders), _first(folders, again), _seen(folders, again))


def _seen(folders: Sequence[Path], again: Mapping[str, str]) -> dict[str, Seen]:
    """Return by the ids of captures how often their words were fetched, where that was more than once."""
    wording = {row["capture_id"]: (row["id"], row["text_digest"]) for row in _several(folders)}
    times: dict[object, list[str]] = defaultdict(list)
    for _, id, time in _fetches(folders, {*again, *again.values(), *wording}):
        read = again.get(id, id)
        times[wording.get(read, read)].append(time)
    found = ((capture, times[wording.get(capture, capture)]) for capture in {*again.values(), *wording})
    return {capture: Seen(len(own), max(own) or None) for capture, own in found if own}


def _first(folders: Sequence[Path], again: Mapping[str, str]) -> dict[str, Capture]:
    """Return the first capture of a page by the id of the one that was read, where that is another.

    Which was read depends on the order of the inputs; what an archive shows does not.
    """
    first: dict[str, tuple[str, str, Path]] = {}
    for folder, id, time in _fetches(folders, {*again, *again.values()}):
        read = again.get(id, id)
        first[read] = min(first.get(read, (time or _NEVER, id, folder)), (time or _NEVER, id, folder))
    wanted: dict[Path, dict[str, str]] = defaultdict(dict)
    for read, (_, id, folder) in first.items():
        if id != read:
            wanted[folder][id] = read
    found = {}
    for folder, reads in wanted.items():
        for capture in tables.records(Capture, tables.pick(folder / "captures.parquet", "id", reads)):
            found[reads[capture.id]] = capture
    return found


def _again(folders: Sequence[Path]) -> dict[str, str]:
    """Return for each capture that found its page unchanged the one that was read."""
    before: dict[str, str] = {}
    for folder in folders:
        rows = pq.read_table(folder / "skips.parquet", columns=["reason", "capture_id", "detail"])
        rows = rows.filter(pc.equal(rows["reason"], UNCHANGED))
        before.update(zip(rows["capture_id"].to_pylist(), rows["detail"].to_pylist(), strict=True))
    again = {}
    for id, first in before.items():
        met = {id}
        while first in before and first not in met:  # its shard was made anew, and then that was unchanged too
            met.add(first)
            first = before[first]
        again[id] = first
    return again


def _fetches(folders: Sequence[Path], captures: Collection[str]) -> Iterator[tuple[Path, str, str]]:
    """Yield of these captures the shard, the id and the time, which is empty where it is not known."""
    if not captures:
        return
    read = [pq.read_table(folder / "captures.parquet", columns=["id", "time"]) for folder in folders]
    shard = np.repeat(np.arange(len(read)), [rows.num_rows for rows in read])
    table = pa.concat_tables(read).append_column("shard", pa.array(shard))
    table = table.filter(pc.is_in(table["id"], value_set=pa.array(list(captures), pa.string())))
    for number, id, time in zip(*(table[name].to_pylist() for name in ("shard", "id", "time")), strict=True):
        yield folders[number], id, time or ""


def _columns(folders: Sequence[Path], name: str, columns: list[str]) -> pa.Table:
    tables = [pq.read_table(folder / f"{name}.parquet", columns=columns) for folder in folders]
    return pa.concat_tables(tables) if tables else pa.table({column: pa.array([], pa.string()) for column in columns})


def side_by_side(
    articles: Iterable[Article], statements: Iterable[Statement]
) -> Iterator[tuple[Article, tuple[Statement, ...]]]:
    """Pair each article with its statements; both come in the same order."""
    rest = iter(statements)
    following = next(rest, None)
    for article in articles:
        own: dict[str, Statement] = {}
        while (
            following is not None
            and (following.article_id, following.revision) == (article.id, article.revision)
            and following.id not in own  # the same page fetched again, right behind
        ):
            own[following.id] = following
            following = next(rest, None)
        yield article, tuple(own.values())
