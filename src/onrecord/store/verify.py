"""Every receipt of an archive checked, offline: what does not hold is named, never mended.

========================  =====================================================================
checked                   against
========================  =====================================================================
the input file            its digest in the shard's manifest
the capture's payload     what lies at its place in the input now
the article's text        its digest
each statement            its article is there; its spans lie in the text and cut its words; its id
========================  =====================================================================
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from onrecord.errors import OnrecordError
from onrecord.model import Article, Capture, Statement, cut, digest, statement_id, text_digest
from onrecord.store import shards
from onrecord.store.layout import Layout
from onrecord.store.shards import InputFile

# (path now, captures in it, its name in them) -> each capture with the payload at its place now
Reread = Callable[[Path, Sequence[Capture], str], Iterable[tuple[Capture, bytes | None]]]
FileDigest = Callable[[Path], str]

INPUT_GONE = "input is gone"
INPUT_CHANGED = "input has changed"
CAPTURE_CHANGED = "capture has changed"
TEXT_CHANGED = "text has changed"
DOES_NOT_CUT = "spans do not cut the words"
NO_ARTICLE = "its article is not there"
NO_CAPTURE = "its capture is not there"
WRONG_ID = "id does not fit"
UNREADABLE = "shard cannot be read"
WRONG_COUNT = "rows are missing"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold."""

    what: str
    shard: str
    file: str | None = None
    offset: int | None = None
    record_id: str | None = None
    capture: str | None = None
    article: str | None = None
    statement: str | None = None
    detail: str | None = None


@dataclass(slots=True)
class Verification:
    """What was checked, and what does not hold."""

    files: int = 0
    captures: int = 0
    articles: int = 0
    statements: int = 0
    problems: list[Problem] = field(default_factory=list)


def verify(
    layout: Layout, reread: Reread, file_digest: FileDigest, *, inputs: Path | None = None
) -> Iterator[Verification]:
    """Check shard after shard; yield what has been checked so far after each, the last being the result.

    Args:
        layout: of the archive.
        reread: ``capture.reread``; given, because stages do not import each other.
        file_digest: ``capture.file_digest``.
        inputs: a folder in which to look for input files that are not where they were.
    """
    result = Verification()
    yield result
    folders = layout.shard_folders()
    files = _inputs(folders)
    for folder in folders:
        try:
            _check_rows(folder, result)
            _check_inputs(folder, files, layout, reread, file_digest, inputs, result)
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
            result.problems.append(Problem(UNREADABLE, folder.name, detail=str(error)[:300]))
        yield result


def _inputs(folders: Sequence[Path]) -> dict[str, InputFile]:
    """Return the input files of all shards by their names: a revisit's payload may lie in one of another shard."""
    files = {}
    for folder in folders:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # told of when the shard is checked
            files.update({entry.file: entry for entry in shards.read_manifest(folder).inputs if entry.digest})
    return files


def _check_rows(folder: Path, result: Verification) -> None:
    known = {capture.id for capture in shards.read_captures(folder)}
    statements = _Ahead(shards.read_statements(folder))
    counts = Counter(captures=len(known), skips=sum(1 for _ in shards.read_skips(folder)))
    counts["revisits"] = sum(1 for _ in shards.read_revisits(folder))
    for article in shards.read_articles(folder):
        counts["articles"] += 1
        counts["pictures"] += len(article.pictures)
        if text_digest(article.text) != article.text_digest:
            result.problems.append(Problem(TEXT_CHANGED, folder.name, capture=article.capture_id, article=article.id))
        if article.capture_id not in known:
            result.problems.append(Problem(NO_CAPTURE, folder.name, capture=article.capture_id, article=article.id))
        for statement in statements.of(article):
            counts["statements"] += 1
            if what := _wrong_with(statement, article):
                result.problems.append(
                    Problem(what, folder.name, capture=article.capture_id, article=article.id, statement=statement.id)
                )
    for statement in statements.rest():
        counts["statements"] += 1
        result.problems.append(Problem(NO_ARTICLE, folder.name, article=statement.article_id, statement=statement.id))
    manifest = shards.read_manifest(folder)
    for name in ("captures", "articles", "pictures", "statements", "skips", "revisits"):
        if counts[name] != getattr(manifest, name):
            detail = f"{counts[name]} {name}, the manifest says {getattr(manifest, name)}"
            result.problems.append(Problem(WRONG_COUNT, folder.name, detail=detail))
    result.articles += counts["articles"]
    result.statements += counts["statements"]


class _Ahead:
    """Statements in the order of their articles, looked at one ahead."""

    def __init__(self, statements: Iterator[Statement]) -> None:
        self._statements = statements
        self._next = next(statements, None)

    def of(self, article: Article) -> Iterator[Statement]:
        while self._next is not None and (self._next.article_id, self._next.revision) == (
            article.id,
            article.revision,
        ):
            yield self._next
            self._next = next(self._statements, None)

    def rest(self) -> Iterator[Statement]:
        if self._next is not None:
            yield self._next
        yield from self._statements


def _wrong_with(statement: Statement, article: Article) -> str | None:
    spans = (*statement.source, *statement.cue, *statement.content)
    if not all(0 <= start < end <= len(article.text) for start, end in spans):
        return DOES_NOT_CUT
    if statement.words != cut(article.text, statement.content):
        return DOES_NOT_CUT
    if (statement.cue_words or "") != cut(article.text, statement.cue):
        return DOES_NOT_CUT
    wanted = statement_id(article.id, article.revision, statement.source, statement.cue, statement.content)
    return None if statement.id == wanted else WRONG_ID


def _check_inputs(
    folder: Path,
    files: Mapping[str, InputFile],
    layout: Layout,
    reread: Reread,
    file_digest: FileDigest,
    inputs: Path | None,
    result: Verification,
) -> None:
    entries = {entry.file: entry for entry in shards.read_manifest(folder).inputs if entry.digest}
    own: dict[str, list[Capture]] = {file: [] for file in entries}
    for capture in shards.read_captures(folder):
        file = shards.input_of(capture.file, own)
        if file not in own:
            file = shards.input_of(capture.file, files)
        own.setdefault(file, []).append(capture)
    for file in own:
        entry = entries.get(file) or files.get(file)
        if entry is None:
            result.problems.append(Problem(INPUT_GONE, folder.name, file, detail="no shard is made from it"))
            continue
        result.files += file in entries
        path = find_input(layout, entry, inputs)
        if path is None:
            detail = f"{len(own[file])} captures of it cannot be checked"
            result.problems.append(Problem(INPUT_GONE, folder.name, file, detail=detail))
            continue
        try:
            if file in entries and file_digest(path) != entry.digest:  # else told of with the shard that it made
                result.problems.append(Problem(INPUT_CHANGED, folder.name, file, detail=str(path)))
            captures = sorted(own[file], key=lambda capture: (capture.file, capture.offset or 0))
            for capture, payload in reread(path, captures, file):
                result.captures += 1
                if payload is None or digest(payload) != capture.digest:
                    result.problems.append(_changed(folder.name, capture, payload))
        except OnrecordError as error:
            result.problems.append(Problem(INPUT_GONE, folder.name, file, detail=str(error)))


def find_input(layout: Layout, entry: InputFile, inputs: Path | None = None) -> Path | None:
    """Return where an input file lies now: where it was, or under ``inputs``; None when it is nowhere."""
    places = [layout.path / (entry.place or entry.file), Path(entry.file)]
    if inputs is not None:
        file = Path(entry.file)
        tails = [Path(*file.parts[start:]) for start in range(int(file.is_absolute()), len(file.parts))]
        places = [inputs / tail for tail in tails] + places
    there = [place for place in places if place.is_file()]
    return next((place for place in there if place.stat().st_size == entry.size), there[0] if there else None)


def _changed(shard: str, capture: Capture, payload: bytes | None) -> Problem:
    detail = "nothing can be read at its place" if payload is None else f"{len(payload)} bytes, were {capture.size}"
    return Problem(CAPTURE_CHANGED, shard, capture.file, capture.offset, capture.record_id, capture.id, detail=detail)
