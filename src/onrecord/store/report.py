"""The account of an archive: every input file and capture, taken or skipped with the reason; the sums agree.

The rule: every input file gives captures or skips. Every capture gives one article or one skip that
names it. A skip of the stage ``attribute`` is about an article that was taken without its statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.model import NO_PAYLOAD, Skip
from onrecord.store import shards, tables
from onrecord.store.layout import Layout
from onrecord.store.shards import InputFile


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of one input file."""

    input: InputFile
    captures: int  # pages that were found in it
    articles: int
    statements: int
    skips: tuple[tuple[str, str, int], ...]  # stage, reason, how many

    @property
    def adds_up(self) -> bool:
        """Every capture is an article or a skip, and the file gave something or says why not."""
        refused = sum(count for stage, _, count in self.skips if stage == "extract")
        return self.captures == self.articles + refused and (self.captures > 0 or bool(self.skips))


@dataclass(frozen=True, slots=True)
class Account:
    """The sums over all files."""

    files: int
    files_taken: int  # that gave at least one article
    captures: int
    articles: int
    statements: int
    skips: tuple[tuple[str, str, int, str], ...]  # stage, reason, how many, one of them as an example
    adds_up: bool


def account(layout: Layout) -> Account:
    """Return the sums over all files of an archive."""
    files = taken = 0
    totals = Counter[str]()
    skips = Counter[tuple[str, str]]()
    adds_up = True
    for one in file_accounts(layout):
        files += 1
        taken += one.articles > 0
        totals.update(captures=one.captures, articles=one.articles, statements=one.statements)
        for stage, reason, count in one.skips:
            skips[stage, reason] += count
        adds_up = adds_up and one.adds_up
    examples = _examples(layout)
    return Account(
        files,
        taken,
        totals["captures"],
        totals["articles"],
        totals["statements"],
        tuple((stage, reason, count, examples[stage, reason]) for (stage, reason), count in skips.most_common()),
        adds_up,
    )


def file_accounts(layout: Layout) -> Iterator[FileAccount]:
    """Yield the account of every input file, shard by shard, in the order in which they were read.

    A file that was missing at one build and taken at a later one is told of once, as taken.
    """
    folders = layout.shard_folders()
    later = _later(folders)
    there = {entry.file for folder in folders for entry in shards.read_manifest(folder).inputs if entry.digest}
    for folder in folders:
        for one in _of_shard(folder, later):
            if one.input.digest or one.input.file not in there:
                yield one


def skips(layout: Layout) -> Iterator[Skip]:
    """Yield every skip of an archive."""
    for folder in layout.shard_folders():
        yield from shards.read_skips(folder)
    yield from (revisit.skip for revisit in shards.pending(layout.shard_folders()))


@dataclass(slots=True)
class _Tally:
    """What came of the captures of some files."""

    captures: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    statements: Counter[str] = field(default_factory=Counter)
    skips: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # file, stage, reason


def _later(folders: Sequence[Path]) -> _Tally:
    """Count what came of revisits, whose captures are not in the shards of their own files."""
    inputs = {entry.file: None for folder in folders for entry in shards.read_manifest(folder).inputs}
    tally = _Tally()
    for folder in folders:
        if shards.read_manifest(folder).found:
            _count(folder, inputs, tally)
    for revisit in shards.pending(folders):
        tally.skips[shards.input_of(revisit.file, inputs), "capture", NO_PAYLOAD] += 1
    return tally


def _of_shard(folder: Path, later: _Tally) -> Iterator[FileAccount]:
    inputs = {entry.file: entry for entry in shards.read_manifest(folder).inputs}
    tally = _Tally()
    _count(folder, inputs, tally)
    reasons: dict[str, Counter[tuple[str, str]]] = {file: Counter() for file in inputs}
    for each in (tally, later):
        for (file, stage, reason), count in each.skips.items():
            if file in inputs:
                reasons[file][stage, reason] += count
    for file, entry in inputs.items():
        yield FileAccount(
            entry,
            tally.captures[file] + later.captures[file],
            tally.articles[file] + later.articles[file],
            tally.statements[file] + later.statements[file],
            tuple((stage, reason, count) for (stage, reason), count in reasons[file].most_common()),
        )


def _count(folder: Path, inputs: Mapping[str, object], tally: _Tally) -> None:
    """Count the rows of a shard by the input that each belongs to; a revisit's is the one that tells of it."""
    captures = tables.columns(folder / "captures.parquet", ("id", "file", "told_in"))
    files = pc.coalesce(captures["told_in"], captures["file"]).to_pylist()
    file_of = {key: shards.input_of(file, inputs) for key, file in zip(captures["id"].to_pylist(), files, strict=True)}
    articles = pq.read_table(folder / "articles.parquet", columns=["id", "capture_id"]).to_pydict()
    article_file = dict(zip(articles["id"], (file_of.get(key, "") for key in articles["capture_id"]), strict=True))
    tally.captures.update(file_of.values())
    tally.articles.update(file_of.get(key, "") for key in articles["capture_id"])
    spoken = pq.read_table(folder / "statements.parquet", columns=["article_id"])["article_id"].to_pylist()
    tally.statements.update(article_file.get(key, "") for key in spoken)
    for skip in shards.read_skips(folder):
        file = file_of.get(skip.capture_id or "") or shards.input_of(skip.file, inputs)
        tally.skips[file, skip.stage, skip.reason] += 1


def _examples(layout: Layout) -> dict[tuple[str, str], str]:
    examples: dict[tuple[str, str], str] = {}
    for skip in skips(layout):
        whole = f"{skip.file}: {skip.detail}" if skip.detail else skip.file  # of a file it says what to do
        examples.setdefault((skip.stage, skip.reason), skip.url or whole)
    return examples
