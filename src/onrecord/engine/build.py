"""Inputs to a finished archive: what is new becomes shards, then the generation is made anew.

Stopped at any moment, the same call goes on: a shard exists whole or not at all.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.engine import learning, revisits, units
from onrecord.engine.generation import derive
from onrecord.engine.pipeline import MakeStages, real_stages
from onrecord.engine.units import Unit
from onrecord.engine.watch import Silent, Watch
from onrecord.errors import BuildError, NoSpaceError
from onrecord.settings import Settings
from onrecord.store import shards
from onrecord.store.layout import Layout, create, locked

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
ENGINES = ("local", "spark")


# (layout, units, settings, stages, watch): makes the shards of all units.
Engine = Callable[[Layout, Sequence[Unit], Settings, MakeStages, Watch], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, and what the archive holds now."""

    archive: Path
    files: int  # that were named
    done_before: int  # of them in the archive already
    shards: int  # made by this build
    captures: int  # of the whole archive, as all that follow
    articles: int
    statements: int
    pictures: int
    unchanged: int  # of the captures: with a page that was read before
    skips: int  # what else was not taken
    generation: int


def build(
    inputs: Sequence[Path],
    archive: Path,
    *,
    settings: Settings | None = None,
    make_stages: MakeStages = real_stages,
    watch: Watch | None = None,
) -> Built:
    """Build an archive, or add to one what is new.

    Args:
        inputs: files and folders; none: only the generation is made anew where needed.
        archive: its folder.
        settings: engine, workers and limits.
        make_stages: makes the stages in each worker process.
        watch: is told how it goes on.

    Raises:
        BuildError: nothing could be taken, or the disk is full (NoSpaceError).
        ArchiveError: the folder cannot be used, or another process builds into it.
    """
    settings, watch = settings or Settings(), watch or Silent()
    with _disk(archive):
        layout = create(archive)
        with locked(layout):
            _sweep(layout)
            known = {folder: shards.read_manifest(folder) for folder in layout.shard_folders()}
            outdated = [folder for folder, manifest in known.items() if learning.stale(manifest, layout)]
            plan = units.plan(inputs, archive, [known[folder] for folder in known if folder not in outdated])
            _give_way(layout, outdated, plan.units)
            watch.planned(plan)
            if plan.units:
                _engine(settings.engine)(layout, plan.units, settings, make_stages, watch)
            revisits.settle(layout, settings, make_stages, watch)
            watch.deriving()
            generation = derive(layout)
            manifests = [shards.read_manifest(folder) for folder in layout.shard_folders()]
    built = Built(
        archive=archive,
        files=plan.files,
        done_before=plan.done,
        shards=len(plan.units),
        captures=sum(manifest.captures for manifest in manifests),
        articles=sum(manifest.articles for manifest in manifests),
        statements=sum(manifest.statements for manifest in manifests),
        pictures=sum(manifest.pictures for manifest in manifests),
        unchanged=sum(manifest.unchanged for manifest in manifests),
        skips=sum(manifest.not_taken for manifest in manifests),
        generation=generation.number,
    )
    if built.articles == 0:
        raise BuildError(_nothing(built))
    return built


def _engine(name: str) -> Engine:
    if name not in ENGINES:
        raise BuildError(f"there is no engine {name!r}; use one of {', '.join(ENGINES)}")
    engine: Engine = importlib.import_module(f"onrecord.engine.{name}").run
    return engine


def _nothing(built: Built) -> str:
    return (
        f"no article could be taken from {built.files} file{'s' * (built.files != 1)}: {built.skips} skipped; "
        f"`onrecord report {built.archive}` says why for each"
    )


def _give_way(layout: Layout, outdated: Sequence[Path], planned: Sequence[Unit]) -> None:
    """Remove the shards that are made anew: all their inputs are named again.

    They will have the same names, by which a generation knows what it was made from; so the one in use goes first.
    """
    files = {entry.file for unit in planned for entry in unit.inputs}
    for folder in outdated:
        if all(entry.file in files for entry in shards.read_manifest(folder).inputs):
            layout.current.unlink(missing_ok=True)
            shutil.rmtree(folder)


def _sweep(layout: Layout) -> None:
    """Remove the unfinished shards of a build that was killed."""
    for path in layout.shards.iterdir():
        if path.name.startswith("."):
            shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _disk(archive: Path) -> Iterator[None]:
    """Say what to do where the disk is full."""
    try:
        yield
    except (OSError, ValueError) as error:
        full = getattr(error, "errno", None) in _FULL or "No space left" in str(error) or "too large" in str(error)
        if not full:
            raise
        raise NoSpaceError(
            f"the disk that holds {archive} is full; free some space and run the same command again: "
            "what was finished is kept"
        ) from error
