"""Time and memory of resolving sources, by the number of distinct speaker forms.

    python benchmarks/sources/scale.py [10000 100000 1000000]

Each size is an archive made up by ``made_up.py`` with ten statements for each form, and runs in a process of its own;
making it is not counted.
Prints a Markdown table; times are CPU seconds of that process, GiB its peak and, in brackets, its size before.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator

import pyarrow as pa
from made_up import shards

from onrecord.resolve.forms import collect
from onrecord.resolve.prepare import prepare
from onrecord.resolve.sources import settle

_PER_FORM = 10  # statements


def measure(count: int) -> None:
    """Run one size and print its row."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times: list[float] = []
    cpu = time.process_time()
    making = 0.0

    def lap() -> None:
        times.append(time.process_time() - cpu - making - sum(times))

    def archive() -> Iterator[tuple[pa.Table, pa.Table]]:
        nonlocal making
        start = time.process_time()
        for shard in shards(count, count * _PER_FORM):
            making += time.process_time() - start
            yield shard
            start = time.process_time()

    forms = collect(archive())
    lap()
    ground = prepare(forms)
    lap()
    resolution = settle(ground)
    lap()
    sources = sum(1 for _ in resolution.sources())
    lap()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells = [f"{forms.uses.num_rows:,}", f"{forms.forms.num_rows:,}", f"{len(ground.edges):,}", f"{sources:,}"]
    cells += [f"{seconds:.1f}" for seconds in times]
    cells += [f"{sum(times):.1f}", f"{peak / 2**20:.2f} ({before / 2**20:.2f})"]
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    print("| statements | forms | edges | sources | collect s | compare s | cluster s | lives s | CPU s | GiB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for size in [int(each) for each in sys.argv[1:]] or [10_000, 100_000, 1_000_000]:
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(size,))
        process.start()
        process.join()
