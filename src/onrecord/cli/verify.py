"""``onrecord verify``: every receipt of an archive, checked without a network."""

from __future__ import annotations

from pathlib import Path

import click

_SHOWN = 50


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option(
    "--inputs",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Where the input files lie now, if they were moved.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
def command(archive: Path, inputs: Path | None, as_json: bool) -> None:
    """Check every receipt of an archive; exit 1 where something does not hold."""
    import json
    from collections import deque
    from dataclasses import asdict

    from onrecord import capture, settings
    from onrecord.store.layout import open_layout
    from onrecord.store.verify import INPUT_GONE, verify

    chosen = settings.load()
    steps = verify(
        open_layout(archive),
        lambda path, captures, file: capture.reread(path, captures, chosen, file=file),
        capture.file_digest,
        inputs=inputs,
    )
    result = deque(steps, maxlen=1).pop()
    if as_json:
        click.echo(json.dumps({"holds": not result.problems, **asdict(result)}, indent=1))
    else:
        for problem in result.problems[:_SHOWN]:
            named = {key: value for key, value in asdict(problem).items() if value is not None and key != "what"}
            click.echo(f"{problem.what}: " + ", ".join(f"{key} {value}" for key, value in named.items()))
        if len(result.problems) > _SHOWN:
            click.echo(f"... and {len(result.problems) - _SHOWN:,} more: --json lists them")
        if any(problem.what == INPUT_GONE for problem in result.problems):
            click.echo("name the folder that holds the input files now with --inputs DIR")
        click.echo(
            f"checked {result.statements:,} statements, {result.articles:,} articles, {result.captures:,} captures "
            f"in {result.files:,} files: "
            + (f"{len(result.problems):,} things do not hold" if result.problems else "everything holds")
        )
    if result.problems:
        raise SystemExit(1)
