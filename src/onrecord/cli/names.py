"""``onrecord names``: for pairs of names, whether they name the same one, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import click

from onrecord.errors import InputError


@click.command("names")
@click.argument("file", type=click.File("r", encoding="utf-8"))
def command(file: TextIO) -> None:
    """Say for each pair of names in FILE whether they name the same one.

    FILE has one JSON object a line: {"a": ..., "b": ..., "type": "person" | "organisation"}; "-" reads standard input.
    Prints for each {"a", "b", "same", "score", "why"}. Names alone are compared, without any context.
    """
    from onrecord.resolve.compare import compare

    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        a, b, kind = _read(line, Path(file.name).name, number)
        found = compare(a, b, kind)
        answer = {"a": a, "b": b, "type": kind, "same": found.same, "score": found.score, "why": found.why}
        click.echo(json.dumps(answer, ensure_ascii=False))


def _read(line: str, name: str, number: int) -> tuple[str, str, str]:
    try:
        pair = json.loads(line)
        a, b, kind = pair["a"], pair["b"], pair.get("type", "person")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f'{name}, line {number}: expected {{"a": ..., "b": ..., "type": ...}}') from None
    if not (isinstance(a, str) and isinstance(b, str) and isinstance(kind, str)):
        raise InputError(f"{name}, line {number}: a, b and type must be texts")
    return a, b, kind
