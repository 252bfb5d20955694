"""``onrecord serve``: the web app and the JSON API of an archive."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--host", help="The address to listen on (default: 127.0.0.1, this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), help="The port (default: 8000; 0 takes a free one).")
def command(archive: Path, host: str | None, port: int | None) -> None:
    """Serve the web app and the JSON API of an archive.

    Without --host only this machine can read it. With another address everybody who can reach that
    address can read the whole archive.
    """
    from onrecord import settings
    from onrecord.web.server import serve

    chosen = settings.load({"host": host, "port": port})
    serve(archive, host=chosen.host, port=chosen.port, ready=lambda address: click.echo(f"{archive} is at {address}"))
