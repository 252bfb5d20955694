"""``onrecord report``: the account of every file and capture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.model import UNCHANGED

if TYPE_CHECKING:
    from onrecord.store.report import Account, FileAccount

_SHOWN = 40


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--all", "show_all", is_flag=True, help=f"List every file, not only the first {_SHOWN}.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every file.")
def command(archive: Path, show_all: bool, as_json: bool) -> None:
    """Account for every file and capture: taken, or skipped and why."""
    import json
    from dataclasses import asdict

    from onrecord.engine.kept import left_out
    from onrecord.store import generations, report
    from onrecord.store.layout import open_layout

    layout = open_layout(archive)
    total = report.account(layout)
    generation = generations.current(layout)
    unmet = left_out(generation) if generation else {}
    if as_json:
        listed = [
            {**asdict(one.input), **_counts(one), "skips": [_skip(*skip) for skip in one.skips]}
            for one in report.file_accounts(layout)
        ]
        head = {**asdict(total), "skips": [_skip(*skip) for skip in total.skips]}
        told = {what: {"common_keys": keys, "meetings": meetings} for what, (keys, meetings) in unmet.items()}
        click.echo(json.dumps({**head, "not_compared": told, "inputs": listed}, indent=1))
    else:
        _print(total)
        for what, (keys, meetings) in unmet.items():
            if meetings:
                click.echo(
                    f"not compared: {meetings:,} meetings of two {what}, over {keys:,} keys that many share and that say little"
                )
        click.echo("files:")
        for number, one in enumerate(report.file_accounts(layout)):
            if number == _SHOWN and not show_all:
                click.echo(f"  ... and {total.files - _SHOWN:,} more: --all lists them")
                break
            click.echo(f"  {_line(one)}")
    if not total.adds_up:
        raise SystemExit(1)


def _print(total: Account) -> None:
    click.echo(f"{total.files:,} input file{'s' * (total.files != 1)}, {total.files_taken:,} of which gave articles")
    unchanged = sum(count for _, reason, count, _ in total.skips if reason == UNCHANGED)
    skipped = total.captures - total.articles - unchanged
    click.echo(
        f"{total.captures:,} captures of pages = {total.articles:,} articles + {unchanged:,} unchanged since an earlier "
        f"capture + {skipped:,} skipped; {total.statements:,} statements"
    )
    if not total.adds_up:
        click.echo("THE ACCOUNT DOES NOT ADD UP: run `onrecord verify` on the archive")
    skips = [skip for skip in total.skips if skip[1] != UNCHANGED]
    if skips:
        click.echo("skipped:")
    for stage, reason, count, example in skips:
        click.echo(f"  {count:>9,}  {stage}: {reason} (such as {example})")


def _line(one: FileAccount) -> str:
    reasons = ", ".join(
        f"{count:,} unchanged" if reason == UNCHANGED else f"{count:,} skipped ({reason})"
        for _, reason, count in one.skips
    )
    taken = f"{one.articles:,} articles, {one.statements:,} statements" if one.captures else "nothing taken"
    return f"{one.input.file} [{one.input.kind}]: {taken}" + (f"; {reasons}" if reasons else "")


def _counts(one: FileAccount) -> dict[str, int]:
    return {"captures": one.captures, "articles": one.articles, "statements": one.statements}


def _skip(stage: str, reason: str, count: int, example: str | None = None) -> dict[str, str | int]:
    told: dict[str, str | int] = {"stage": stage, "reason": reason, "count": count}
    return told if example is None else {**told, "example": example}
