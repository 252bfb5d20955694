"""``onrecord publish``: a static copy of the web app."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The folder for the copy.")
@click.option("--base", default="", help="Where it will be found, for permalinks: https://example.org/archive.")
def command(archive: Path, output: Path, base: str) -> None:
    """Write a static copy of the web app that any web server can host.

    An earlier copy in the folder is replaced as a whole, so that what is withheld now is in it no more.
    """
    from onrecord.store.archive import Archive
    from onrecord.web.publish import publish

    count = publish(Archive.open(archive), output, base=base)
    click.echo(f"{output}: {count:,} pages")
