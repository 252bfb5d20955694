"""``onrecord build``: captures in, a finished archive out."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="INPUT...")
@click.option("--into", "archive", required=True, type=click.Path(path_type=Path), help="The archive's folder.")
@click.option("--engine", type=click.Choice(["local", "spark"]), help="What runs the work (default: local).")
@click.option("--workers", type=click.IntRange(min=1), help="Processes at work (default: one per core).")
@click.option("--attributor", type=click.Choice(["model", "rules"]), help="What finds statements (default: model).")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(
    inputs: tuple[Path, ...],
    archive: Path,
    engine: str | None,
    workers: int | None,
    attributor: str | None,
    as_json: bool,
) -> None:
    """Turn captures into an archive, or add new ones to it.

    INPUT is a WARC, a WACZ, a web page, a text capture, a JSON Lines file, a WordPress export, or a
    folder of such files. Stopped at any moment, the same command goes on; run again, it adds what is
    new. Without INPUT only the search index is brought up to date.
    """
    from onrecord.engine.workers import forkserver

    if inputs:
        forkserver()  # the workers get ready while this process loads the rest
    import json
    from dataclasses import asdict

    from onrecord import settings
    from onrecord.cli.progress import Progress
    from onrecord.engine.build import build

    if not inputs and not archive.exists():
        raise click.UsageError("name at least one INPUT")
    chosen = settings.load({"engine": engine, "workers": workers, "attributor": attributor})
    with Progress(quiet=as_json) as progress:
        built = build(inputs, archive, settings=chosen, watch=progress)
    if as_json:
        click.echo(json.dumps({**asdict(built), "archive": str(built.archive)}, indent=1))
        return
    click.echo(
        f"{built.archive}: {built.articles:,} articles with {built.statements:,} statements and "
        f"{built.pictures:,} pictures from {built.captures:,} captures"
        f"{f' ({built.unchanged:,} of them unchanged)' * (built.unchanged > 0)}; {built.skips:,} skipped"
    )
    if built.skips:
        click.echo(f"what was skipped and why: onrecord report {built.archive}")
