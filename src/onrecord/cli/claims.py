"""``onrecord claims``: who says a thing, and how many say it independently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.resolve.phrasing import Told


@click.command()
@click.argument("archive", required=False, type=click.Path(path_type=Path))
@click.argument("statement", required=False)
@click.option(
    "--pairs",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Compare the pairs of this file instead: JSON Lines with a and b, each with text, speaker, date, outlet, context.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(archive: Path | None, statement: str | None, file: Path | None, as_json: bool) -> None:
    """Show the claims of ARCHIVE, the most independently told first, or those with STATEMENT: its id, or words of a query.

    With --pairs, JSON Lines are printed: pair (its number, from 0), same, utterance, contrary, score, why.
    """
    if file is not None:
        for line in _compare(file):
            click.echo(line)
        return
    raise click.UsageError("name an ARCHIVE, or give --pairs FILE")


def _compare(path: Path) -> Iterator[str]:
    import json

    from onrecord.resolve.phrasing import Weights, phrasing, sentence_around
    from onrecord.resolve.verdict import compare

    pairs = list(_pairs(path))
    told = [side for pair in pairs for side in pair]
    weights = Weights.of(sentence_around(side.context or side.text, side.text) for side in told)
    for number, (a, b) in enumerate(pairs):
        verdict = compare(phrasing(a, weights), phrasing(b, weights))
        row = {name: getattr(verdict, name) for name in ("same", "utterance", "contrary", "score", "why")}
        yield json.dumps({"pair": number, **row}, ensure_ascii=False)


def _pairs(path: Path) -> Iterator[tuple[Told, Told]]:
    import json

    from onrecord.errors import InputError

    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                pair = _told(row["a"]), _told(row["b"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputError(f"{path}, line {number}: not a pair of statements a and b ({error!r})") from None
            yield pair


def _told(side: Mapping[str, object]) -> Told:
    from onrecord.resolve.phrasing import Told

    def words(name: str) -> str | None:
        value = side.get(name)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} is no text")
        return value or None

    return Told(words("text") or "", words("speaker"), words("date"), words("outlet"), words("context"))
