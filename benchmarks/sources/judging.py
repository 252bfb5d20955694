"""What one judgement costs in an archive of two million statements: who is who, and what changed.

    python benchmarks/sources/judging.py [FORMS STATEMENTS]

Makes up an archive (``made_up.py``), writes its groundwork, sources and speakers as a generation has them, and then, in a
process of its own for each kind of judgement, does what follows a judgement up to the index: loads the groundwork, settles
with and without the judgement, tells what changed, writes the two tables. Prints a Markdown table of CPU seconds and
peak memory.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from made_up import shards

from onrecord.engine import judging
from onrecord.model import Judgement, Source
from onrecord.resolve import keeping
from onrecord.resolve.changes import changed
from onrecord.resolve.forms import collect
from onrecord.resolve.groundwork import Groundwork
from onrecord.resolve.prepare import prepare
from onrecord.resolve.sources import settle
from onrecord.store import tables


def make(folder: Path, forms: int, statements: int) -> None:
    """Write what a generation keeps."""
    ground = prepare(collect(shards(forms, statements)))
    keeping.save(ground, folder / "ground")
    resolution = settle(ground)
    count = tables.write(Source, resolution.sources(), folder / "sources.parquet")
    ids = pa.array([head.id for head in resolution.heads]).take(pa.array(resolution.source_of_use))
    pq.write_table(
        pa.table({"statement_id": ground.forms.uses["id"], "source_id": ids}),
        folder / "speakers.parquet",
        compression="zstd",
    )
    print(f"{statements:,} statements, {forms:,} forms, {count:,} sources\n", flush=True)


def judgements(folder: Path) -> dict[str, Judgement]:
    """Return one judgement of each kind about this archive."""
    resolution = settle(_loaded(folder))
    people = [head for head in resolution.heads if head.type == "person"]
    first, second, rare, rarer = people[3], people[4], people[len(people) // 2], people[-1]
    life = next(life for life in resolution.sources(np.arange(2_000, dtype=np.int32)) if len(life.variants) > 1)
    spellings = f"{life.variants[0].words} | {life.variants[1].words}"
    return {
        "join two of the most quoted": _judged("same", first.id, second.id, f"{first.name} | {second.name}"),
        "join two who are quoted once": _judged("same", rare.id, rarer.id, f"{rare.name} | {rarer.name}"),
        "part two spellings": _judged("not-same", life.id, life.id, spellings),
        "rename the most quoted": _judged("rename", first.id, "Anna Example", first.name),
        "correct a speaker": _judged("wrong-speaker", f"{7:016x}", second.name),
        "strike a statement": _judged("not-a-statement", f"{8:016x}"),
    }


def measure(folder: Path, kind: str, judgement: Judgement) -> None:
    """Do what follows a judgement and print a row."""
    with tempfile.TemporaryDirectory() as made:
        laps = [time.process_time()]
        ground = _loaded(folder)
        laps.append(time.process_time())
        old = settle(ground)
        new = settle(ground, [judgement])
        laps.append(time.process_time())
        changes = changed(old, new)
        laps.append(time.process_time())
        judging.rewrite_sources(folder, changes, Path(made))
        judging.rewrite_speakers(folder, changes, {}, Path(made))
        laps.append(time.process_time())
    seconds = [after - before for before, after in pairwise(laps)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    cells = [kind, f"{len(changes.statements):,}", f"{len(changes.sources):,}", *(f"{each:.2f}" for each in seconds)]
    print(f"| {' | '.join(cells)} | {sum(seconds):.2f} | {peak:.2f} |", flush=True)


def _judged(verb: str, subject: str, object: str | None = None, basis: str | None = None) -> Judgement:
    return Judgement("j", verb, subject, object, "Mona", "2020-01-01", "", basis)


def _loaded(folder: Path) -> Groundwork:
    ground = keeping.load(folder / "ground")
    assert ground is not None
    return ground


def _alone(function: Callable[..., None], *arguments: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=function, args=arguments)
    process.start()
    process.join()


if __name__ == "__main__":
    forms, statements = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (200_000, 2_000_000)
    with tempfile.TemporaryDirectory() as name:
        _alone(make, Path(name), forms, statements)
        print("| judgement | statements | sources | load s | settle twice s | compare s | write s | CPU s | GiB |")
        print("|---|---|---|---|---|---|---|---|---|")
        for kind, judgement in judgements(Path(name)).items():
            _alone(measure, Path(name), kind, judgement)
