"""``onrecord demo``: the sample archive that comes with the program, built and served."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--into", "archive", type=click.Path(path_type=Path), help="Where to build it (default: a cache folder).")
@click.option("--host", help="The address to listen on (default: 127.0.0.1, this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), help="The port (default: 8000, or a free one if that is taken).")
@click.option("--build-only", is_flag=True, help="Build it and stop.")
def command(archive: Path | None, host: str | None, port: int | None, build_only: bool) -> None:
    """Build the sample archive and serve it.

    The archive is built once; later calls serve what is there, or add what a newer version brings.
    """
    from onrecord import __version__, settings
    from onrecord.cli.progress import Progress
    from onrecord.engine.build import build
    from onrecord.errors import MissingPartError
    from onrecord.web.server import free_port, serve

    sample = Path(__file__).parents[1] / "sample"
    inputs = [*sorted(sample.glob("*.warc.gz")), *sorted(sample.glob("*.xml")), *sorted(sample.glob("texts/*.txt"))]
    if not inputs:
        raise MissingPartError(f"{sample} holds no captures; install onrecord again")
    chosen = settings.load({"host": host, "port": port})
    archive = archive or _cache() / __version__ / "Harbour Chronicle"
    with Progress() as progress:
        build(inputs, archive, settings=chosen, watch=progress)
    if build_only:
        click.echo(str(archive))
        return
    at = chosen.port if port is not None else free_port(chosen.host, chosen.port)
    serve(archive, host=chosen.host, port=at, ready=lambda address: click.echo(f"The sample archive is at {address}"))


def _cache() -> Path:
    import os

    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "onrecord"
