"""What the ledger needs of a build: who is who, made anew only as far as something changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.engine import calling
from onrecord.model import Judgement, Source
from onrecord.resolve import keeping
from onrecord.resolve.changes import Changes
from onrecord.resolve.groundwork import Groundwork
from onrecord.resolve.judgements import Conflict
from onrecord.store import generations, tables
from onrecord.store.layout import Layout

_GROUND = "ground"
_CONFLICTS = "conflicts.json"
_JUDGED = "judged.json"


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
    if before is None or kept is None:
        ground = prepare()
        keeping.save(ground, folder / _GROUND)
        return ground
    shutil.copytree(before / _GROUND, folder / _GROUND, copy_function=generations.share)
    return kept


def note_judgements(judgements: Sequence[Judgement], folder: Path) -> None:
    """Write down in a new generation from which judgements it was made."""
    made = {"made_by": version("onrecord"), "judgements": len(judgements), "digest": _digest(judgements)}
    (folder / _JUDGED).write_text(json.dumps(made) + "\n", encoding="utf-8")


def judged_before(judgements: Sequence[Judgement], folder: Path) -> Sequence[Judgement] | None:
    """Return those of the ledger's judgements that a generation was made from.

    None where that cannot be told: another version made it, or the ledger is another one.
    """
    try:
        made = json.loads((folder / _JUDGED).read_text(encoding="utf-8"))
        then = judgements[: made["judgements"]]
        known = made["made_by"] == version("onrecord") and made["digest"] == _digest(then)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return then if known else None


def rewrite_sources(before: Path, changes: Changes, folder: Path) -> int:
    """Write the sources of a new generation: those that did not change as they are in the one before.

    Returns:
        How many there are.
    """
    old = pq.read_table(before / "sources.parquet", page_checksum_verification=True)
    kept = old.filter(pc.invert(pc.is_in(old["id"], value_set=pa.array(list(changes.sources), pa.string()))))
    lives = [source for source in changes.sources.values() if source is not None]
    made = pa.concat_tables([kept, tables.table(Source, lives)])
    made = made.take(pc.sort_indices(made, [("statements", "descending"), ("name", "ascending"), ("id", "ascending")]))
    pq.write_table(
        made, folder / "sources.parquet", compression="zstd", write_page_checksum=True, row_group_size=tables.BATCH
    )
    return int(made.num_rows)


def rewrite_speakers(before: Path, changes: Changes, keys: Mapping[str, str | None], folder: Path) -> None:
    """Write which source each statement's speaker is: as in the generation before, save for what changed.

    Args:
        before: the generation before.
        changes: what changed.
        keys: of the statements whose documents are written anew, what these say for the source (see ``calling``).
        folder: of the generation that is being made.
    """
    old = pq.read_table(before / "speakers.parquet")
    ids = pa.array(list(changes.statements), pa.string())
    now = pa.array([head.id if head else None for _, head in changes.statements.values()], pa.string())
    place = pc.index_in(old["statement_id"], value_set=ids)
    speaker = pc.if_else(pc.is_valid(place), now.take(place.combine_chunks()), old["source_id"])
    new = pc.invert(pc.is_in(ids, value_set=old["statement_id"]))
    written = pc.index_in(old["statement_id"], value_set=pa.array(list(keys), pa.string())).combine_chunks()
    key = pc.if_else(
        pc.is_valid(written), pa.array(list(keys.values()), pa.string()).take(written), calling.keys_of(old)
    )
    rows = [
        pa.table({"statement_id": old["statement_id"], "source_id": speaker, "key": key}),
        pa.table({
            "statement_id": ids.filter(new),
            "source_id": now.filter(new),
            "key": pa.array([keys.get(id) for id in ids.filter(new).to_pylist()], pa.string()),
        }),
    ]  # fmt: skip
    kept = pa.concat_tables(rows)
    pq.write_table(kept.filter(pc.is_valid(kept["source_id"])), folder / "speakers.parquet", compression="zstd")


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


def _digest(judgements: Sequence[Judgement]) -> str:
    return hashlib.sha256("".join(judgement.id for judgement in judgements).encode()).hexdigest()


def _same_shards(folder: Path, shards: list[str]) -> bool:
    try:
        return list(generations.read_card(folder).shards) == shards
    except (OSError, ValueError, TypeError, KeyError):
        return False
