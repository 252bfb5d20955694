"""Generations: all that is derived from shards and ledger, sealed, and swapped in one step.

::

    generations/<n>/
      generation.json      number, what it was made from, counts
      sources.parquet      one row per Source
      conflicts.json       judgements that no longer fit, by id, with the reason
      ground/              see ``resolve.keeping``
      speakers.parquet     which source each statement's speaker is
      copies.parquet       one row per Copy
      claims.parquet       one row per Claim
      relations/           what the next generation need not find again, see ``engine.kept``
      index/               see ``index``

A generation never changes. The one before the current is kept for readers that have it open; older
ones go.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from onrecord.model import FORMAT_VERSION
from onrecord.store.layout import Layout, sync, write_whole

CARD = "generation.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """What a generation says about itself."""

    number: int
    made_from: str  # digest of the shards, the ledger and the program that it was made from
    shards: tuple[str, ...]  # their names, in the order in which they were read
    counts: dict[str, int] = field(default_factory=dict)  # sources, copies, claims, statements ...
    format: int = FORMAT_VERSION


def current(layout: Layout) -> Path | None:
    """Return the folder of the generation in use, or None before the first is sealed."""
    try:
        number = layout.current.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    folder = layout.generations / number
    return folder if number.isdigit() and folder.is_dir() else None


def read_card(folder: Path) -> Generation:
    """Return what a generation says about itself."""
    values = json.loads((folder / CARD).read_text(encoding="utf-8"))
    values["shards"] = tuple(values["shards"])
    return Generation(**values)


def seal(layout: Layout, made_from: str, shards: Sequence[str], write: Callable[[Path], dict[str, int]]) -> Generation:
    """Make a new generation and put it in use.

    Args:
        layout: of the archive, whose lock is held.
        made_from: digest of what it is made from.
        shards: the names of the shards that it covers.
        write: writes the files into the folder it is given and returns the counts.
    """
    layout.generations.mkdir(exist_ok=True)
    _sweep(layout)
    number = 1 + max(_numbers(layout), default=0)
    beside = layout.generations / f".{number}.part"
    beside.mkdir()
    try:
        generation = Generation(number, made_from, tuple(shards), write(beside))
        (beside / CARD).write_text(json.dumps(asdict(generation), indent=1) + "\n", encoding="utf-8")
        for path in (*beside.rglob("*"), beside):
            sync(path)
        beside.rename(layout.generations / str(number))
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync(layout.generations)
    write_whole(layout.current, f"{number}\n")
    for old in _numbers(layout):
        if old < number - 1:
            shutil.rmtree(layout.generations / str(old), ignore_errors=True)
    return generation


def share(source: str | Path, target: str | Path) -> None:
    """Let two generations share a file that neither ever changes; where the disk cannot do that, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _numbers(layout: Layout) -> list[int]:
    return [int(path.name) for path in layout.generations.iterdir() if path.name.isdigit()]


def _sweep(layout: Layout) -> None:
    """Remove what a build that was killed has left."""
    for path in layout.generations.iterdir():
        if path.name.startswith("."):
            with contextlib.suppress(OSError):
                shutil.rmtree(path)
