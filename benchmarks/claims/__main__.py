"""Copies and claims at scale: ``python -m benchmarks.claims --articles 20000 60000 200000``.

Makes news up (``made_up``), finds its copies and its claims in this one process, and prints for each size the seconds
by the clock and by the processor, the peak of memory and how much was found; then the same again after a
thousand more articles, given what was found before. Making the news up is not counted.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.claims.made_up import News
from onrecord.resolve import claims, copies, lineage
from onrecord.resolve.fingerprints import fingerprint
from onrecord.resolve.links import Compared, Line, compare_all

ADDED = 1_000


class Watch:
    """Sums up the time between the laps that are timed."""

    def __init__(self) -> None:
        self.clock = self.processor = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time inside."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self.clock += time.perf_counter() - clock
        self.processor += time.process_time() - processor

    def uncounted(self, lines: Iterator[Line]) -> Iterator[Line]:
        """Pass on what is made up, and do not count the making."""
        while True:
            clock, processor = time.perf_counter(), time.process_time()
            line = next(lines, None)
            self.clock -= time.perf_counter() - clock
            self.processor -= time.process_time() - processor
            if line is None:
                return
            yield line

    def __str__(self) -> str:
        return f"{self.clock:7.0f} s ({self.processor:6.0f} s of one core)"


def measure(articles: int) -> None:
    """Print one size."""
    news = News()
    watch, prints, lengths = Watch(), [], {}
    total = articles + ADDED
    for made in news.articles(total):
        with watch.running():
            prints.append(copies.Print(made.id, fingerprint(made.text), made.outlet, made.agency, made.date))
        lengths[made.id] = len(made.text)
    found = watch
    print(f"\n{articles:,} articles\n  fingerprints {found}", flush=True)
    watch = Watch()
    with watch.running():
        first = copies.find(prints[:articles])
        settled = lineage.settle(first, lengths)
    print(f"  copies       {watch}   {len(settled):,} pairs of {_peak():,} MB at most", flush=True)
    watch = Watch()
    with watch.running():
        lineage.settle((*first, *copies.find(prints, newest=articles)), lengths)
    print(f"   + {ADDED:,}     {watch}", flush=True)
    prints.clear()  # a build does not hold them either when it comes to claims
    watch = Watch()
    with watch.running():
        compared, held = compare_all(lambda: watch.uncounted(news.lines(articles)))
        made_of = claims.claims(held, compared.links, settled)
    print(
        f"  claims       {watch}   {len(compared.ids):,} statements, {len(made_of):,} claims, {_peak():,} MB",
        flush=True,
    )
    watch = Watch()
    with watch.running():
        compared, held = compare_all(lambda: watch.uncounted(news.lines(total)), Compared(compared.ids, compared.links))
        claims.claims(held, compared.links, settled)
    print(f"   + {ADDED:,}     {watch}", flush=True)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure each size in a process of its own, so that each has its own peak of memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[20_000, 60_000, 200_000])
    sizes = parser.parse_args().articles
    if len(sizes) == 1:
        measure(sizes[0])
        return
    for articles in sizes:
        subprocess.run([sys.executable, "-m", "benchmarks.claims", "--articles", str(articles)], check=True)


if __name__ == "__main__":
    main()
