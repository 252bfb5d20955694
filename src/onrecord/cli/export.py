"""``onrecord export``: an archive, or what a query finds in it, in a format that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

FORMATS = ("csv", "jsonl", "parquet", "csl-json", "ris", "bibtex", "web-annotation", "schema-org", "ftm")


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="The format to write.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@click.option(
    "--in",
    "scope",
    type=click.Choice(["statements", "articles", "pictures", "sources", "claims", "copies"]),
    help="What to write.  [default: statements; articles for schema-org]",
)
@click.option("--query", default="", help="Only what this query finds (docs/search.md); all, when left out.")
@click.option("--base", default="", help="Where the archive is served, for permalinks: https://archive.example.org.")
def command(archive: Path, form: str, output: Path, scope: Any, query: str, base: str) -> None:
    """Write the statements, articles or pictures of ARCHIVE to a file, the newest first; or its sources, claims, copies.

    csv, jsonl and parquet hold one flat row per record (of claims: per statement). csl-json, ris and bibtex are for
    reference managers, web-annotation, schema-org and ftm for programs that speak these standards. What is withheld is in none of them.
    """
    import onrecord
    from onrecord.export.formats import FORMATS as known
    from onrecord.export.formats import write
    from onrecord.export.selection import Selection

    opened = onrecord.open(archive)
    count = write(form, Selection(opened, scope or known[form].scopes[0], query, base), output)
    click.echo(f"{output}: {count:,} records", err=True)
