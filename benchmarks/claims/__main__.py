"""Copies and claims at scale: ``python -m benchmarks.claims --articles 20000 60000 200000``.

Makes news up (``made_up``), writes it into shards as a build does, and finds copies and claims as a build does, from
nothing and again with a thousand articles more. Printed are for each step the seconds by the clock, the seconds of
processors (all processes together), and the most memory held till then (all processes together; shared pages counted
once: PSS, sampled). Making up and writing shards is not counted. ``--check`` also builds the larger archive from nothing
and fails where a byte of copies or claims is otherwise.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.claims.made_up import News
from onrecord.engine import relations, reuse
from onrecord.engine.kept import FOLDER, LEFT_OUT
from onrecord.engine.memory import give_back
from onrecord.model import ShardContents, Statement
from onrecord.resolve import claims, lineage, links
from onrecord.resolve.heads import Head
from onrecord.store.shards import ShardWriter

ADDED = 1_000
SHARD = 10_000  # articles
STEPS = (
    (reuse, "_shelved", "copies: read, marks"),
    (reuse, "candidates", "copies: candidates"),
    (reuse, "_spooled", "copies: fingerprints"),
    (reuse, "_aligned", "copies: side by side"),
    (lineage, "settle", "copies: settle"),
    (relations, "_shelved", "claims: read, words"),
    (links, "to_compare", "claims: neighbours"),
    (relations, "_spooled", "claims: read lines"),
    (relations, "_decided", "claims: compare"),
    (claims, "claims", "claims: group, origins"),
)


class Watch:
    """Clock and processor time of steps, and the memory of this process and its children."""

    def __init__(self) -> None:
        self.steps: dict[str, list[float]] = {}
        self.peak = 0
        threading.Thread(target=self._sample, daemon=True).start()

    @contextlib.contextmanager
    def running(self, step: str) -> Iterator[None]:
        """Add the time inside to a step."""
        clock, processor = time.perf_counter(), _processor()
        yield
        taken = self.steps.setdefault(step, [0.0, 0.0])
        taken[0] += time.perf_counter() - clock
        taken[1] += _processor() - processor

    def _sample(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(_pss, _tree(os.getpid()))))
            time.sleep(0.3)


def _processor() -> float:
    """Seconds of this process, its children, and theirs that have ended."""
    ticks = 0
    for process in _tree(os.getpid()):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _tree(process: int) -> list[int]:
    found = [process]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    return found


def _pss(process: int) -> int:
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/smaps_rollup").read_text().split("\nPss:")[1].split()[0]) // 1024
    return 0


def write(number: int, folder: Path) -> tuple[list[Path], int]:
    """Write made-up shards, the last with the articles that are added later; return their folders and the statements."""
    count = -(-number // SHARD)
    folders = [folder / f"shard{i:03}" for i in range(count + 1)]
    statements = 0
    every = (number + ADDED) // ADDED
    with contextlib.ExitStack() as stack:
        writers = [stack.enter_context(ShardWriter(path)) for path in folders]
        for i, made in enumerate(News().articles(number + ADDED)):
            writer = writers[-1] if i % every == 0 and i // every < ADDED else writers[hash(i * 2_654_435_761) % count]
            writer.write(ShardContents((made.capture,), (made.article,), made.statements))
            statements += len(made.statements)
        for writer in writers:
            writer.finish(())
    return folders, statements


def find(folders: Sequence[Path], folder: Path, before: Path | None) -> tuple[int, int]:
    """Find copies and claims as a build does."""
    folder.mkdir()
    repeated = reuse.find(folders, frozenset(), folder, before)
    give_back()
    found = relations.claims(folders, _nobody, frozenset(), repeated, (), folder, before)
    give_back()
    return len(repeated), len(found)


def _nobody(statement: Statement) -> Head | None:
    return None


def measure(articles: int, check: bool) -> None:
    """Print one size, and one line of JSON for the plot."""
    watch = Watch()
    for module, name, step in STEPS:
        setattr(module, name, _timed(getattr(module, name), watch, step))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders, statements = write(articles, folder)
        give_back()
        watch.peak = 0
        with watch.running("all"):
            pairs, found = find(folders[:-1], folder / "1", None)
        first, peak = dict(watch.steps), watch.peak
        print(f"\n{articles:,} articles, {statements:,} statements: {pairs:,} pairs of copies, {found:,} claims")
        _show(first, peak)
        print(f"    left out: {(folder / '1' / FOLDER / LEFT_OUT).read_text(encoding='utf-8')}")
        watch.steps.clear()
        with watch.running("all"):
            find(folders, folder / "2", folder / "1")
        print(f"  {ADDED:,} more")
        _show(watch.steps, watch.peak)
        print(
            json.dumps(
                {"articles": articles, "statements": statements, "peak": peak, "first": first, "more": watch.steps}
            )
        )
        if check:
            find(folders, folder / "3", None)
            for file in ("copies.parquet", "claims.parquet"):
                if (folder / "2" / file).read_bytes() != (folder / "3" / file).read_bytes():
                    sys.exit(f"{file} of a build on another is not that of one from nothing")
            print("  a build from nothing is the same, byte for byte")


def _timed(function: Callable[..., Any], watch: Watch, step: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        with watch.running(step):
            return function(*given, **named)

    return timed


def _show(steps: dict[str, list[float]], peak: int) -> None:
    for step, (clock, processor) in steps.items():
        print(f"    {step:24} {clock:7.0f} s   {processor:7.0f} s of one core")
    print(f"    at most {peak:,} MB", flush=True)


def main() -> None:
    """Measure each size in a process of its own, so that each has its own peak of memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[20_000, 60_000, 200_000])
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if len(given.articles) == 1:
        measure(given.articles[0], given.check)
        return
    for articles in given.articles:
        command = [sys.executable, "-m", "benchmarks.claims", "--articles", str(articles)]
        subprocess.run(command + ["--check"] * given.check, check=True)


if __name__ == "__main__":
    main()
