"""What an index is made from: articles with their capture and statements, read from shards side by side.

A page that was fetched several times gives several articles of one id. Each wording (revision) is
taken once, with the capture that had it first; the wording that was fetched last is the current one.
A capture that found its page unchanged has no article; it says that the wording stood at its time.
Memory does not grow with the archive, save for the articles that were fetched more than once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.model import Article, Capture, Statement
from onrecord.store import shards, tables

_UNKNOWN = ("", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording of an article, with all that belongs to it."""

    article: Article
    capture: Capture
    statements: tuple[Statement, ...] = ()
    current: bool = True  # no later capture has another wording


def read(folders: Sequence[Path]) -> Iterator[Entry]:
    """Yield every wording of every article of these shards, in their order."""
    role_of = roles(folders)
    for folder in folders:
        captures = shards.read_captures(folder)
        yield from _entries(captures, shards.read_articles(folder), shards.read_statements(folder), role_of)


def some(folders: Sequence[Path], articles: Iterable[str]) -> Iterator[Entry]:
    """Yield every wording of the articles with these ids, as :func:`read` does; only what holds them is read."""
    role_of = roles(folders)
    wanted = frozenset(articles)
    for folder in folders:
        part = shards.read_some(folder, wanted)
        yield from _entries(part.captures, part.articles, part.statements, role_of)


def _entries(
    captures: Iterable[Capture],
    articles: Iterable[Article],
    statements: Iterable[Statement],
    role_of: Mapping[str, str],
) -> Iterator[Entry]:
    by_id = {capture.id: capture for capture in captures}
    for article, own in side_by_side(articles, statements):
        role = role_of.get(article.capture_id, "current")
        if role != "again":
            yield Entry(article, by_id[article.capture_id], own, current=role == "current")


def roles(folders: Sequence[Path]) -> Mapping[str, str]:
    """Return for each capture of an article with several captures: current, earlier or again (the same words)."""
    articles = _columns(folders, "articles", ["id", "capture_id", "text_digest"])
    if articles.num_rows == 0:
        return {}
    counts = articles.group_by("id").aggregate([("id", "count")])
    repeated = counts.filter(pc.greater(counts["id_count"], 1))["id"]
    rows = articles.filter(pc.is_in(articles["id"], repeated)).to_pylist()
    if not rows:
        return {}
    wanted = {row["capture_id"] for row in rows}
    times: dict[str, tuple[str, str]] = {}
    for folder in folders:
        times.update(fetched_times(folder, wanted))
    by_article: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        by_article[row["id"]].append((row["capture_id"], row["text_digest"]))
    found: dict[str, str] = {}
    for fetched in by_article.values():
        fetched.sort(key=lambda pair: times.get(pair[0], _UNKNOWN)[0])  # stable: in the order of the files
        last = max(reversed(fetched), key=lambda pair: times.get(pair[0], _UNKNOWN)[1])[1]
        seen: set[str] = set()
        for capture, words in fetched:
            found[capture] = "again" if words in seen else "current" if words == last else "earlier"
            seen.add(words)
    return found


def fetched_times(folder: Path, captures: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return by the ids of a shard's captures when the page was fetched, and when it was last fetched unchanged."""
    columns = ["id", "url", "digest", "time"]
    own = tables.pick(folder / "captures.parquet", "id", captures, columns)
    alike = tables.pick(folder / "captures.parquet", "digest", set(own["digest"].to_pylist()), columns)
    unchanged: dict[tuple[str | None, str], str] = defaultdict(str)
    for row in alike.filter(pc.invert(pc.is_in(alike["id"], own["id"].combine_chunks()))).to_pylist():
        page = row["url"], row["digest"]
        unchanged[page] = max(unchanged[page], row["time"] or "")
    times = ((row["id"], row["time"] or "", unchanged[row["url"], row["digest"]]) for row in own.to_pylist())
    return {id: (time, max(time, later)) for id, time, later in times}


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
