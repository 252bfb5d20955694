"""What the ledger needs of a build: who is who, made anew only as far as something changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from onrecord.resolve import keeping
from onrecord.resolve.groundwork import Groundwork
from onrecord.resolve.judgements import Conflict
from onrecord.store import generations
from onrecord.store.layout import Layout

_GROUND = "ground"
_CONFLICTS = "conflicts.json"


def groundwork(layout: Layout, shards: list[str], folder: Path, prepare: Callable[[], Groundwork]) -> Groundwork:
    """Return the groundwork of these shards and keep it in the folder of the new generation.

    It depends on no judgement: where the generation in use was made from the same shards, it is taken from there.

    Args:
        layout: of the archive.
        shards: the names of its shards.
        folder: of the generation that is being made.
        prepare: makes the groundwork from the shards.
    """
    before = generations.current(layout)
    kept = None
    if before is not None and _same_shards(before, shards):
        kept = keeping.load(before / _GROUND)
    ground = kept or prepare()
    keeping.save(ground, folder / _GROUND)
    return ground


def note_conflicts(conflicts: tuple[Conflict, ...], folder: Path) -> None:
    """Write down in a new generation which judgements no longer fit."""
    reasons = {conflict.judgement.id: conflict.reason for conflict in conflicts}
    (folder / _CONFLICTS).write_text(json.dumps(reasons, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def conflicts(layout: Layout) -> dict[str, str]:
    """Return for each judgement that no longer fits the archive (by its id) the reason why."""
    folder = generations.current(layout)
    try:
        found = json.loads((folder / _CONFLICTS).read_text(encoding="utf-8")) if folder else {}
    except (OSError, ValueError):
        return {}
    return {str(id): str(reason) for id, reason in found.items()} if isinstance(found, dict) else {}


def _same_shards(folder: Path, shards: list[str]) -> bool:
    try:
        return list(generations.read_card(folder).shards) == shards
    except (OSError, ValueError, TypeError, KeyError):
        return False
