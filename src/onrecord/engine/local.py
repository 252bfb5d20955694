"""The local engine: one process reads and writes, a pool of processes does the work between.

Pieces of pages go to the pool, from one large input as well as from many small ones, and come back in
their order; a bounded number is under way, so memory does not depend on the size of the inputs.
A process that dies (killed for its memory, crashed by a page) costs the one page that killed it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from onrecord.engine import learning
from onrecord.engine.known import Known
from onrecord.engine.learning import Sites
from onrecord.engine.memory import give_back
from onrecord.engine.pipeline import MakeStages, Stages, chunks, count, pass_through, process
from onrecord.engine.units import Item, Unit, read
from onrecord.engine.watch import Step, Watch
from onrecord.engine.workers import end_with_parent, forkserver, uninterrupted, without_main
from onrecord.errors import BuildError, OnrecordError
from onrecord.extract.repeats import Counts
from onrecord.model import Page, ShardContents, Skip
from onrecord.settings import Settings
from onrecord.store.layout import Layout
from onrecord.store.shards import Manifest, ShardWriter

Result = TypeVar("Result")
KILLED = "killed its process"
_MOST_DEATHS = 20


@dataclass(slots=True)
class _Piece(Generic[Result]):
    """Pages under way; without a future it is the end of its input."""

    items: Sequence[Item] = ()
    future: Future[Result] | None = None


@dataclass(frozen=True, slots=True)
class _Task(Generic[Result]):
    """What the workers do with pages."""

    work: Callable[[Sequence[Item]], Result]
    joined: Callable[[Sequence[Result]], Result]
    killed: Callable[[Page], Result]  # of the page that killed its process
    none: Callable[[Sequence[Item]], Result]  # of items without a page, for which no worker is needed


class Pool:
    """Worker processes, replaced when they die."""

    def __init__(self, settings: Settings, make_stages: MakeStages, sites: Path) -> None:
        self._settings = settings
        self._sites = sites
        self._make_stages = make_stages
        self._workers = settings.workers or len(os.sched_getaffinity(0))
        self._executor = self._start()
        self._deaths = 0  # one after the other, without a page done between

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            _end(self._executor)
        self._executor.shutdown(cancel_futures=True)

    def map(self, inputs: Iterable[Iterable[Item]]) -> Iterator[ShardContents | None]:
        """Yield what the pages of each input give, in order, and None where an input ends."""
        return self._map(_Task(_work, joined, _killed, pass_through), inputs)

    def learn(self, layout: Layout, inputs: Iterable[Iterable[Item]]) -> None:
        """Keep in the archive what the sites of these inputs repeat."""
        task = _Task(_count, _added, lambda page: Counts(), lambda items: Counts())
        learning.keep(layout, (counts for counts in self._map(task, learning.sampled(inputs)) if counts is not None))

    def _map(self, task: _Task[Result], inputs: Iterable[Iterable[Item]]) -> Iterator[Result | None]:
        waiting: deque[_Piece[Result]] = deque()
        for items in inputs:
            for chunk in chunks(items):
                waiting.append(_Piece(chunk, self._submit(task, chunk)))
                while len(waiting) > 2 * self._workers + 2:
                    yield self._result(task, waiting)
            waiting.append(_Piece())
        while waiting:
            yield self._result(task, waiting)

    def _result(self, task: _Task[Result], waiting: deque[_Piece[Result]]) -> Result | None:
        piece = waiting.popleft()
        if piece.future is None:
            return None
        try:
            contents = piece.future.result()
            self._deaths = 0
            return contents
        except BrokenProcessPool:
            self._restart()
            contents = self._one_by_one(task, piece.items)
            for other in waiting:  # they broke with it, through no fault of theirs as far as is known
                if other.future is not None and not _has_result(other.future):
                    other.future = self._submit(task, other.items)
            return contents

    def _one_by_one(self, task: _Task[Result], items: Sequence[Item]) -> Result:
        """Do one page at a time, so that it is known which one kills its process."""
        pieces = []
        for item in items:
            try:
                pieces.append(self._submit(task, [item]).result())
                self._deaths = 0
            except BrokenProcessPool:
                self._restart()
                assert isinstance(item, Page)
                pieces.append(task.killed(item))
        return task.joined(pieces)

    def _submit(self, task: _Task[Result], items: Sequence[Item]) -> Future[Result]:
        if not any(isinstance(item, Page) for item in items):
            done: Future[Result] = Future()
            done.set_result(task.none(items))
            return done
        try:
            with uninterrupted(), without_main():
                return self._executor.submit(task.work, items)
        except BrokenProcessPool as error:  # it broke since: found out when the result is asked for
            failed: Future[Result] = Future()
            failed.set_exception(error)
            return failed

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers, forkserver(), _prepare, (self._settings, self._make_stages, self._sites)
        )

    def _restart(self) -> None:
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            raise BuildError(
                f"{_MOST_DEATHS} worker processes died one after the other; see that there is enough memory, "
                "or try fewer with --workers; what was finished is kept"
            )
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()


def run(layout: Layout, units: Sequence[Unit], settings: Settings, make_stages: MakeStages, watch: Watch) -> None:
    """Make the shards of all units, one after the other, with all workers on whatever comes next."""
    known = Known.of(layout.shard_folders())
    with Pool(settings, make_stages, layout.sites) as pool:
        learned_from = known.copy()
        pool.learn(layout, (read(unit, settings, learned_from) for unit in units))
        results = pool.map(read(unit, settings, known) for unit in units)
        for unit in units:
            watch.shard(unit, write(unit, results, layout, watch.step))


def write(
    unit: Unit, results: Iterator[ShardContents | None], layout: Layout, told: Callable[[Step], None]
) -> Manifest:
    """Write the shard of one unit from the results up to the next None."""
    with ShardWriter(layout.shards / unit.name) as writer:
        while (contents := next(results)) is not None:
            writer.write(contents)
            give_back()
            told(Step.of(contents))
        return writer.finish(unit.inputs)


def joined(pieces: Sequence[ShardContents]) -> ShardContents:
    """Return the pieces as one."""
    return ShardContents(
        tuple(row for piece in pieces for row in piece.captures),
        tuple(row for piece in pieces for row in piece.articles),
        tuple(row for piece in pieces for row in piece.statements),
        tuple(row for piece in pieces for row in piece.skips),
        tuple(sorted({name for piece in pieces for name in piece.learned})),
        tuple(row for piece in pieces for row in piece.revisits),
    )


def _added(pieces: Sequence[Counts]) -> Counts:
    whole = Counts()
    for piece in pieces:
        whole.merge(piece)
    return whole


def _killed(page: Page) -> ShardContents:
    capture = page.capture
    skip = Skip("extract", KILLED, capture.file, capture.url, capture.offset, capture.id)
    return ShardContents(captures=(capture,), skips=(skip,))


def _has_result(future: Future[Result]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _end(executor: ProcessPoolExecutor) -> None:
    """End the workers in the middle of their work; left alone they would finish it first."""
    workers = list((executor._processes or {}).values())
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(5)


@dataclass(slots=True)
class _Worker:
    """What a worker process holds: made once, used for every piece."""

    settings: Settings
    stages: Stages
    sites: Sites


_worker: list[_Worker] = []
_unprepared: list[Exception] = []


def _prepare(settings: Settings, make_stages: MakeStages, folder: Path) -> None:
    end_with_parent()
    try:
        stages, sites = make_stages(settings), Sites(folder)
        if stages.learning is not None:
            read_page = stages.learning.extract
            stages = replace(stages, extract=lambda page: read_page(page, sites.profile))
        _worker[:] = [_Worker(settings, stages, sites)]
    except Exception as error:  # raised here it would only break the pool; the work tells of it
        _unprepared[:] = [error]


def _work(items: Sequence[Item]) -> ShardContents:
    worker = _prepared()
    contents = process(items, worker.stages, worker.settings)
    give_back()
    return replace(contents, learned=worker.sites.used())


def _count(items: Sequence[Item]) -> Counts:
    worker = _prepared()
    counts = count(items, worker.stages, worker.settings)
    give_back()
    return counts


def _prepared() -> _Worker:
    if _unprepared:
        error = _unprepared[0]
        raise error if isinstance(error, OnrecordError) else BuildError(f"the stages cannot be made ready: {error!r}")
    return _worker[0]
