"""The Spark engine: a unit of work is a task, and a task writes its shard where the local engine would.

The executors need the inputs and the archive under the same paths as the driver (a shared file system)
and an installed onrecord. A task that Spark runs twice changes nothing: the shard that is there first stays.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.engine.known import Known, Numbers
from onrecord.engine.local import Pool, write
from onrecord.engine.pipeline import MakeStages
from onrecord.engine.units import Unit, read
from onrecord.engine.watch import Step, Watch
from onrecord.errors import BuildError, MissingPartError
from onrecord.settings import Settings
from onrecord.store.layout import Layout
from onrecord.store.shards import Manifest

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
except ImportError as error:
    raise MissingPartError(
        "the Spark engine is not installed; run `pip install onrecord[spark]` (it needs Java 17 or later)"
    ) from error


def run(layout: Layout, units: Sequence[Unit], settings: Settings, make_stages: MakeStages, watch: Watch) -> None:
    """Make the shards of all units; master and everything else of Spark come from its own configuration."""
    known = Known.of(layout.shard_folders())
    with Pool(settings, make_stages, layout.sites) as pool:  # a bounded sample: here, not on the cluster
        learned_from = known.copy()
        pool.learn(layout, (read(unit, settings, learned_from) for unit in units))
    try:
        builder = SparkSession.builder.appName("onrecord")
        if settings.workers:
            builder = builder.master(f"local[{settings.workers}]")
        session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        task = functools.partial(_task, layout=layout, settings=replace(settings, workers=1), make_stages=make_stages)
        context = session.sparkContext
        met = context.parallelize(units, len(units)).map(functools.partial(_met, settings=settings)).collect()
        before = []  # what the units before one have of its pages
        for keys, ids in met:
            before.append(known.among(keys))
            known.add(keys, ids)
        numbered = context.parallelize(list(zip(range(len(units)), units, before, strict=True)), len(units))
        for number, steps, manifest in numbered.map(task).toLocalIterator(prefetchPartitions=True):
            for step in steps:
                watch.step(step)
            watch.shard(units[number], manifest)
    except PySparkException as error:
        raise BuildError(f"Spark could not do the work: {error}; the log of Spark says more") from error


def _met(unit: Unit, *, settings: Settings) -> tuple[Numbers, Numbers]:
    """Return the keys of a unit's pages and the ids of their captures."""
    known = Known()
    for _ in read(unit, settings, known):
        pass
    return known.met()


def _task(
    numbered: tuple[int, Unit, Known], *, layout: Layout, settings: Settings, make_stages: MakeStages
) -> tuple[int, list[Step], Manifest]:
    number, unit, known = numbered
    steps: list[Step] = []
    results = _pool(settings, make_stages, layout.sites).map(iter([read(unit, settings, known)]))
    return number, steps, write(unit, results, layout, steps.append)


@functools.cache
def _pool(settings: Settings, make_stages: MakeStages, sites: Path) -> Pool:
    """One pool as long as Spark keeps the process, so that models are loaded once; it also bears what a page does."""
    return Pool(settings, make_stages, sites)
