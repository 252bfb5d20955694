"""Pages and statements a second and peak memory of every stage of a build, for any input.

    python -m benchmarks.build INPUT...            each stage alone on one core, then the whole build
    python -m benchmarks.build INPUT... --grow 10  the whole build again on ten times the pages

Each line is measured in a process of its own that runs the stages before it too, but times only its
own. Peak memory of a stage is that process's; of a whole build it is the sum over all its processes
(proportional set size, sampled), because they share pages. ``--json`` prints the same for programs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.build.grow import grown
from onrecord.engine.generation import derive
from onrecord.engine.known import Known
from onrecord.engine.pipeline import attribute, chunks, extract, real_stages
from onrecord.engine.units import plan, read
from onrecord.model import Article, Page, ShardContents, Skip
from onrecord.settings import Settings
from onrecord.store.layout import create, open_layout
from onrecord.store.shards import ShardWriter

STAGES = ("capture", "extract", "attribute", "write", "derive")
Row = dict[str, Any]


class Timed:
    """Adds up the time of one stage."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def each(self, items: Iterable[Any]) -> Iterator[Any]:
        """Pass the items on and count the time it takes to make them."""
        iterator = iter(items)
        while True:
            start = time.process_time()
            try:
                item = next(iterator)
            except StopIteration:
                self.seconds += time.process_time() - start
                return
            self.seconds += time.process_time() - start
            yield item


def stage(name: str, inputs: list[Path], settings: Settings) -> Row:
    """Run the stages up to this one on one core and return its figures."""
    stages = real_stages(settings)
    clocks = {each: Timed() for each in STAGES}
    counts = {"pages": 0, "statements": 0}
    with tempfile.TemporaryDirectory() as folder:
        layout = create(Path(folder, "archive"))
        units = plan(inputs, layout.path, ()).units
        pages = clocks["capture"].each(item for unit in units for item in read(unit, settings, Known()))
        with ShardWriter(layout.shards / "all") as writer:
            for chunk in chunks(pages):
                found = [item for item in chunk if isinstance(item, Page)]
                counts["pages"] += len(found)
                if name == "capture":
                    continue
                made = list(clocks["extract"].each(extract(page, stages, settings) for page in found))
                if name == "extract":
                    continue
                articles = [item for item in made if isinstance(item, Article)]
                start = time.process_time()
                said = attribute(articles, stages, settings)
                clocks["attribute"].seconds += time.process_time() - start
                statements = tuple(row for rows in said if isinstance(rows, tuple) for row in rows)
                counts["statements"] += len(statements)
                if name == "attribute":
                    continue
                start = time.process_time()
                skips = tuple(item for item in (*chunk, *made) if isinstance(item, Skip))
                writer.write(ShardContents(tuple(page.capture for page in found), tuple(articles), statements, skips))
                clocks["write"].seconds += time.process_time() - start
            start = time.process_time()
            writer.finish(tuple(entry for unit in units for entry in unit.inputs))
            clocks["write"].seconds += time.process_time() - start
        if name == "derive":
            start = time.process_time()
            derive(open_layout(layout.path))
            clocks["derive"].seconds += time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _row(name, counts["pages"], counts["statements"], clocks[name].seconds, peak)


def whole(name: str, inputs: list[Path], settings: Settings) -> Row:
    """Build in a session of its own; return its figures with the memory of all its processes together."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "onrecord",
            "build",
            *map(str, inputs),
            "--into",
            f"{folder}/archive",
            "--json",
        ]
        if settings.workers:
            command += ["--workers", str(settings.workers)]
        start, peak = time.monotonic(), 0.0
        with subprocess.Popen(
            [*command, "--attributor", settings.attributor], stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as process:
            try:
                while process.poll() is None:
                    peak = max(peak, _memory(process.pid))
                    time.sleep(0.1)
            except BaseException:
                process.terminate()  # it has a session of its own, where no Ctrl-C reaches it
                raise
            assert process.stdout is not None
            told = json.loads(process.stdout.read())
    return _row(name, told["captures"], told["statements"], time.monotonic() - start, peak)


def _row(name: str, pages: int, statements: int, seconds: float, peak: float) -> Row:
    return {
        "stage": name,
        "pages": pages,
        "statements": statements,
        "seconds": round(seconds, 2),
        "pages_per_second": round(pages / seconds, 1) if seconds else None,
        "statements_per_second": round(statements / seconds, 1) if seconds and statements else None,
        "peak_mb": round(peak),
    }


def _memory(session: int) -> float:
    """Return the proportional set size of all processes of a session, in MB."""
    total = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if os.getsid(int(folder.name)) == session:
                    lines = (folder / "smaps_rollup").read_text().splitlines()
                    total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except (OSError, StopIteration):
                continue
    return total / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", type=Path, metavar="INPUT")
    parser.add_argument("--grow", type=int, default=1, help="build also this many times the pages, changed a little")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--attributor", choices=["model", "rules"], default="model")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    settings = Settings(workers=options.workers, attributor=options.attributor)
    if options.stage:
        print(json.dumps(stage(options.stage, options.inputs, settings)))
        return
    rows = []
    for name in STAGES:
        command = [sys.executable, "-m", "benchmarks.build", *map(str, options.inputs), "--stage", name]
        told = subprocess.run(
            [*command, "--attributor", options.attributor], capture_output=True, text=True, check=True
        )
        rows.append(json.loads(told.stdout))
    rows.append(whole("build", options.inputs, settings))
    if options.grow > 1:
        with tempfile.TemporaryDirectory() as folder:
            once, many = (grown(options.inputs, Path(folder, f"{n}.warc.gz"), n) for n in (1, options.grow))
            rows.append(whole("build, one WARC", [once], settings))
            rows.append(whole(f"the same x {options.grow}", [many], settings))
    print(json.dumps(rows, indent=1) if options.json else _table(rows))


def _table(rows: list[Row]) -> str:
    lines = [f"{'stage':18}{'pages':>8}{'statements':>12}{'seconds':>9}{'pages/s':>9}{'stmts/s':>9}{'peak MB':>9}"]
    for row in rows:
        rate = row["pages_per_second"] or 0
        spoken = row["statements_per_second"] or 0
        lines.append(
            f"{row['stage']:18}{row['pages']:8,}{row['statements']:12,}{row['seconds']:9.1f}{rate:9,.1f}{spoken:9,.1f}"
            f"{row['peak_mb']:9,}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
