"""Work on parts, spread over the cores; what comes back is in the order of the parts, so it does not depend on them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from onrecord.engine.workers import end_with_parent, forkserver, uninterrupted, without_main
from onrecord.errors import BuildError

Part = TypeVar("Part")
Result = TypeVar("Result")


FEW = 5_000  # articles, statements or pairs that are done before other processes have started


def spread(task: Callable[[Part], Result], parts: Sequence[Part], size: int) -> Iterator[Result]:
    """Yield the task's result for each part, in order.

    Args:
        task: a function of a module, which is called in other processes where there are several parts and cores.
        parts: its arguments, which are sent there.
        size: how many things they are about in all.

    Raises:
        BuildError: a process was killed, most likely for its memory.
    """
    cores = len(os.sched_getaffinity(0))
    if min(cores, len(parts)) < 2 or size < FEW:
        yield from map(task, parts)
        return
    executor = ProcessPoolExecutor(min(cores, len(parts)), forkserver(), end_with_parent)
    try:
        waiting: deque[Future[Result]] = deque()
        for part in parts:
            with uninterrupted(), without_main():
                waiting.append(executor.submit(task, part))
            if len(waiting) > 2 * cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise BuildError("a process that compared articles was killed; see that there is enough memory") from error
    finally:
        executor.shutdown(cancel_futures=True)
