"""``onrecord extract``: the article of each file as JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import Any

import click

from onrecord.errors import InputError
from onrecord.model import Article, Skip


@click.command("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Print the article of each FILE as JSON Lines.

    FILE is a page, a text capture or anything else that build takes; an input that holds several pages
    gives a line for each; "-" reads one from standard input. A page that is no article is a line too, with
    the reason under "skip", and so is a FILE that cannot be read; then the exit status is 1.
    """
    from onrecord.capture import read
    from onrecord.extract import extract
    from onrecord.model import Page, Revisit

    unread = 0
    for file in files:
        try:
            with _named(file) as path:
                for found in read(path):
                    answer = extract(found) if isinstance(found, Page) else found
                    if isinstance(answer, Revisit):
                        answer = Skip("capture", "revisit", answer.file, answer.url)  # a build finds its payload
                    _print(file, answer)
        except InputError as error:
            unread += 1
            _print(file, Skip("capture", str(error), str(file)))
    if unread:
        raise InputError(f"{unread} of {len(files)} files could not be read; their lines say why")


@contextmanager
def _named(file: Path) -> Iterator[Path]:
    """A file by its name; standard input as a file that is there as long as it is read."""
    if str(file) != "-":
        yield file
        return
    with NamedTemporaryFile(prefix="stdin-") as copy:
        copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield Path(copy.name)


def _print(file: Path, answer: Article | Skip) -> None:
    row = json.dumps(_row(str(file), answer), ensure_ascii=False)
    click.echo(row.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def _row(file: str, answer: Article | Skip) -> dict[str, Any]:
    article = answer if isinstance(answer, Article) else None
    return {
        "id": file,
        "url": answer.url,
        "headline": article.headline if article else None,
        "authors": list(article.authors) if article else [],
        "published": article.published if article else None,
        "modified": article.modified if article else None,
        "dateline": article.dateline if article else None,
        "section": article.section if article else None,
        "site": article.site if article else None,
        "language": article.language if article else None,
        "agency": article.agency if article else None,
        "paragraphs": list(article.paragraphs) if article else [],
        "pictures": [
            {"id": p.id, "url": p.url, "caption": p.caption, "credit": p.credit, "taken": p.taken}
            for p in (article.pictures if article else ())
        ],
        "skip": {"stage": answer.stage, "reason": answer.reason} if isinstance(answer, Skip) else None,
    }
