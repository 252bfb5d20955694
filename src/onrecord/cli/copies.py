"""``onrecord copies``: which articles repeat another's text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.model import Copy


@click.command()
@click.argument("archive", required=False, type=click.Path(path_type=Path))
@click.argument("article", required=False)
@click.option(
    "--articles",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Compare the articles of this file instead: JSON Lines (also .gz) with id, outlet, date, headline, text.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(archive: Path | None, article: str | None, file: Path | None, as_json: bool) -> None:
    """Show which articles of ARCHIVE repeat another's text, or only those that share text with ARTICLE (its id).

    With --articles the pairs are printed as JSON Lines: a, b, relation (copy or partial), direction (the id of the
    original, null when unknown), share, score, why. What is not printed is independent.
    """
    if file is not None:
        for copy in _compare(file):
            click.echo(_line(copy))
        return
    if archive is None:
        raise click.UsageError("name an ARCHIVE, or give --articles FILE")
    import onrecord

    opened = onrecord.open(archive)
    found = opened.copies(article)
    if as_json:
        for copy in found:
            click.echo(_line(copy))
        return
    if not found:
        click.echo("no copies" if article is None else f"no article shares text with {article}")
    for copy in found:
        click.echo(f"{copy.relation:8}{copy.share:5.0%}  {_name(opened.article(copy.a))}")
        click.echo(f"{'':15}{_name(opened.article(copy.b))}")
        click.echo(f"{'':15}{copy.why}")


def _name(article: object) -> str:
    from onrecord.model import Article

    if not isinstance(article, Article):
        return "(withheld)"
    return f"{(article.published or '????-??-??')[:10]}  {article.headline or '(no headline)'}  [{article.id}]"


def _line(copy: Copy) -> str:
    import json

    keys = ("a", "b", "relation", "direction", "share", "score", "why")
    return json.dumps({key: getattr(copy, key) for key in keys}, ensure_ascii=False)


def _compare(path: Path) -> tuple[Copy, ...]:
    from onrecord.cli.lines import objects
    from onrecord.errors import InputError
    from onrecord.resolve import copies, lineage
    from onrecord.resolve.fingerprints import fingerprint

    prints, lengths = [], {}
    for number, row in objects(path):
        if "id" not in row:
            raise InputError(f"{path}, line {number}: not an article with an id")
        text = str(row.get("text") or "")
        name = str(row["id"])
        lengths[name] = len(text)
        outlet, date = row.get("outlet"), row.get("date")
        prints.append(
            copies.Print(name, fingerprint(text), str(outlet) if outlet else None, None, str(date) if date else None)
        )
    return lineage.settle(copies.find(prints), lengths)
