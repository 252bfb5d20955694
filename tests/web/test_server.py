"""Several processes behind one address: they start, answer, and end with the one that started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import OnrecordError
from onrecord.store.archive import Archive
from onrecord.web.server import serve

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")


@pytest.fixture
def server(archive: Archive) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of two processes, and its address."""
    command = [sys.executable, "-m", "onrecord", "serve", str(archive.path), "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        yield running, running.stdout.readline().split()[-1]
        running.kill()


def children(parent: int) -> set[int]:
    """Return the processes that a process started."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, its_parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(its_parent) == parent and state != "Z":
            found.add(int(stat.parent.name))
    return found


def until(holds: object, seconds: float = 30) -> None:
    """Wait until a condition holds."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not within half a minute"
        time.sleep(0.1)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_server(server: tuple[subprocess.Popen[str], str], how: signal.Signals) -> None:
    running, address = server
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.status == 200
    until(lambda: len(children(running.pid)) >= 2)
    started = children(running.pid)
    os.kill(running.pid, how)
    running.wait(30)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))
    assert running.stderr
    assert "Traceback" not in running.stderr.read()


def test_curators_are_served_by_one_process(archive: Archive) -> None:
    from onrecord.web.accounts import Curators

    pytest.importorskip("argon2", reason="needs the optional part curate")
    Curators(archive.path).add("nadia", "the pier at dusk is quiet")
    with pytest.raises(OnrecordError, match="one process"):
        serve(archive.path, host="127.0.0.1", port=0, ready=print, curate=True, processes=2)
