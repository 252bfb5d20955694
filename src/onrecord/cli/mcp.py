"""``onrecord mcp``: an archive for language models, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option(
    "--base", default="http://127.0.0.1:8000", show_default=True, help="Where `onrecord serve` answers, for permalinks."
)
def command(archive: Path, base: str) -> None:
    """Offer an archive to language models (Model Context Protocol, over standard input and output).

    The tools are search, statement, source and claim; every answer carries citations. Needs the
    optional part mcp: pip install onrecord[mcp]
    """
    from onrecord.store.archive import Archive
    from onrecord.web.tools import mcp_server

    mcp_server(Archive.open(archive), base).run("stdio")
