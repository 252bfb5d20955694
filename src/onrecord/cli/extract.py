"""``onrecord extract``: the article of each file as JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from onrecord.model import Article, Skip


@click.command("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Print the article of each FILE as JSON Lines.

    FILE is a page, a text capture or anything else that build takes; an input that holds several pages
    gives a line for each. A page that is no article is a line too, with the reason under "skip".
    """
    from onrecord.capture import read
    from onrecord.extract import extract
    from onrecord.model import Page, Revisit

    for file in files:
        for found in read(file):
            answer = extract(found) if isinstance(found, Page) else found
            if isinstance(answer, Revisit):
                answer = Skip("capture", "revisit", answer.file, answer.url)  # a build finds its payload
            click.echo(json.dumps(_row(str(file), answer), ensure_ascii=False))


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
