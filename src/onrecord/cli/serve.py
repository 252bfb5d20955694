"""``onrecord serve``: the web app and the JSON API of an archive."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--host", help="The address to listen on (default: 127.0.0.1, this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), help="The port (default: 8000; 0 takes a free one).")
@click.option("--workers", type=click.IntRange(0, 64), help="Processes (default: as many as a large archive needs).")
@click.option("--curate", is_flag=True, help="Let curators sign in and judge.")
@click.option("--add-curator", metavar="NAME", help="Add a curator, or change a password, and stop.")
def command(
    archive: Path, host: str | None, port: int | None, workers: int | None, curate: bool, add_curator: str | None
) -> None:
    """Serve the web app and the JSON API of an archive.

    Without --host only this machine can read it. With another address everybody who can reach that
    address can read the whole archive. Curating is off unless --curate is given; use it over a network
    only behind a server that speaks HTTPS.
    """
    from onrecord import settings
    from onrecord.web.server import serve

    if add_curator is not None:
        _add(archive, add_curator)
        return
    chosen = settings.load({"host": host, "port": port})
    serve(
        archive,
        host=chosen.host,
        port=chosen.port,
        ready=lambda address: click.echo(f"{archive} is at {address}"),
        curate=curate,
        processes=workers or 0,
    )


def _add(archive: Path, name: str) -> None:
    from onrecord.store.layout import open_layout
    from onrecord.web.accounts import Curators

    curators = Curators(open_layout(archive).path)
    curators.add(name, click.prompt("Password", hide_input=True, confirmation_prompt=True))
    click.echo(f"{name} may curate {archive} when it is served with --curate")
