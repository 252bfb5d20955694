"""How worker processes are started and ended; light, so that they get ready while their parent still loads."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from types import ModuleType

# Loaded once, not by each worker. Not onnxruntime: it starts a thread when it is loaded, which a fork would lose.
_PRELOAD = ["onrecord.engine.local", "onrecord.extract", "onrecord.attribute", "trafilatura"]


def forkserver() -> ForkServerContext:
    """Return what starts workers, running; Ctrl-C is for this process alone.

    It comes back at once: what the workers need is loaded meanwhile, once for all of them. So it is worth a call before
    this process loads what it needs itself.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    ensure_running()  # the mask passes on to the workers
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done: a worker that is just being started cannot be ended cleanly."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Keep workers from running the caller's script, which need not be written to be run twice."""
    before = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = before


def end_with_parent() -> None:
    """Let this worker end when its parent is killed; it would wait for work for ever."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
