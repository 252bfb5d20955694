"""``onrecord attribute``: who said what in each text, one JSON object a line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.model import Article, Spans, Speaker, Statement

_BATCH = 32  # texts that are read before anything is printed


@click.command("attribute")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--attributor", type=click.Choice(["model", "rules"]), help="Who finds the spans (default: as set).")
@click.option("--explain", is_flag=True, help="Print for people, with the reason for each speaker.")
def command(files: tuple[Path, ...], attributor: str | None, explain: bool) -> None:
    """Print who said what in each text.

    FILES are .txt, or .jsonl and .jsonl.gz with "id" and "text" (and, if known, "headline" and "authors"); "-" reads either
    from standard input. Offsets are code points of the given text. A text that is not UTF-8 is read in the encoding that
    its letters fit.
    """
    from onrecord.attribute.statements import attributor_named, read_many
    from onrecord.settings import load

    chosen = attributor_named(load({"attributor": attributor}).attributor)
    for path in files:
        for batch in _batches(_articles(path)):
            for article, statements in zip(batch, read_many(batch, attributor=chosen), strict=True):
                click.echo(_explained(article, statements) if explain else _line(article, statements))


def _batches(articles: Iterator[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _articles(path: Path) -> Iterator[Article]:
    """Yield the texts of one file.

    Raises:
        InputError: the file cannot be read, or a line of it is no JSON object with "text".
    """
    from onrecord.attribute.statements import article_of_text

    try:
        with _opened(path) as file:
            if path.name.endswith((".jsonl", ".jsonl.gz")) or (str(path) == "-" and file.peek(1)[:1] == b"{"):
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield _article(path, number, line)
            else:
                yield article_of_text(str(path), _decoded(file.read()))
    except (OSError, EOFError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _opened(path: Path) -> BufferedReader | gzip.GzipFile:
    if str(path) == "-":
        return BufferedReader(FileIO(0, closefd=False))
    return gzip.open(path) if path.name.endswith(".jsonl.gz") else path.open("rb")


def _decoded(text: bytes) -> str:
    """Text of old files too: what is not UTF-8 is in one of the code pages of its time."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        from onrecord.extract.decode import decode

        return decode(text)[0]


def _article(path: Path, number: int, line: bytes) -> Article:
    from dataclasses import replace

    from onrecord.attribute.statements import article_of_text

    try:
        row: Any = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}, line {number}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError(f'{path}, line {number}: an object with "id" and "text" is wanted')
    article = article_of_text(str(row.get("id", number)), row["text"])
    headline, authors = row.get("headline"), row.get("authors")
    return replace(
        article,
        headline=headline if isinstance(headline, str) else None,
        authors=tuple(str(one) for one in authors) if isinstance(authors, list) else (),
    )


def _line(article: Article, statements: tuple[Statement, ...]) -> str:
    rows = {"id": article.id, "attributions": [_row(statement) for statement in statements]}
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _row(statement: Statement) -> dict[str, Any]:
    return {
        "source": _spans(statement.source) or None,
        "cue": _spans(statement.cue) or None,
        "content": _spans(statement.content),
        "kind": statement.kind,
        "act": statement.act,
        "flags": list(statement.flags),
        "told_to": statement.told_to,
        "via": [_speaker(one) for one in statement.via],
        "confidence": round(statement.confidence, 4),
        "speaker": {**_speaker(statement.speaker), "candidates": list(statement.speaker.candidates)},
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "type": speaker.type,
        "role": speaker.role,
        "organisation": speaker.organisation,
        "description": speaker.description,
    }


def _explained(article: Article, statements: tuple[Statement, ...]) -> str:
    """The statements of a text for people: who, the words, and why this speaker."""
    from onrecord.model import cut

    lines = [f"{article.id}: {len(statements)} statements"]
    for one in statements:
        speaker = one.speaker
        who = speaker.name or " or ".join(speaker.candidates) or speaker.description or "nobody named"
        profile = ", ".join(part for part in (speaker.type, speaker.role, speaker.organisation) if part)
        words = one.words if len(one.words) <= 160 else one.words[:157] + "..."
        source, cue = cut(article.text, one.source) or "-", one.cue_words or "-"
        lines += [
            "",
            f"  {who} ({profile or 'unknown'})  {one.act}, {one.kind}, confidence {one.confidence:.2f}",
            f"    words:  {' '.join(words.split())}",
            f"    source: {' '.join(source.split())}   cue: {' '.join(cue.split())}",
            f"    why:    {speaker.why or 'the text names no source'}",
        ]
        if one.told_to:
            lines.append(f"    told:   {one.told_to}")
        if one.via:
            lines.append("    via:    " + " < ".join(via.name or via.description or "?" for via in one.via))
        if one.flags:
            lines.append("    flags:  " + ", ".join(one.flags))
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8")
