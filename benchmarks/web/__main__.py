"""Server time of the pages on a made-up archive: ``python -m benchmarks.web --index FOLDER``.

FOLDER is what ``python -m benchmarks.search --folder FOLDER`` has made. Each kind of page is asked for
with other words or ids each time, in this process: routing, search, template, no network. The
processor time is what one core needs, whatever else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.search.synthetic import Maker
from onrecord.store.archive import Archive
from onrecord.store.results import StatementHit
from onrecord.web.app import create_app
from onrecord.web.asking import ask


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=50, help="of each kind")
    options = parser.parse_args()
    archive = Archive(options.index, options.index / "index", [])
    app = create_app(archive, hosts=frozenset())
    print(f"{archive.card.articles:,} articles, {archive.card.statements:,} statements")
    print(f"{'page':34}{'bytes':>9}{'cpu_50':>9}{'cpu_95':>9}{'clock_95':>10}   (ms)")
    with asyncio.Runner() as runner:
        for name, addresses in kinds(archive, options.pages).items():
            cpu, clock, sizes = [], [], []
            for address in addresses:
                began, used = time.perf_counter(), time.process_time()
                answer = runner.run(ask(app, address))
                cpu.append((time.process_time() - used) * 1000)
                clock.append((time.perf_counter() - began) * 1000)
                assert answer.status == 200, (address, answer.body[:300])
                sizes.append(len(answer.body))
            middle, high = statistics.median(cpu), statistics.quantiles(cpu, n=20)[-1]
            worst = statistics.quantiles(clock, n=20)[-1]
            print(f"{name:34}{max(sizes):>9,}{middle:>9.1f}{high:>9.1f}{worst:>10.1f}")


def kinds(archive: Archive, count: int) -> dict[str, list[str]]:
    """Return the addresses of each kind of page."""
    words = Maker().words[50 : 50 + count]
    hits = list(islice(_statements(archive, words), count))
    return {
        "search, one word": [f"/search?q={word}" for word in words],
        "search, two words": [f"/search?q={a}+{b}" for a, b in zip(words, reversed(words), strict=True)],
        "search, word and filter": [f"/search?q={word}&kind=direct" for word in words],
        "search, JSON": [f"/search.json?q={word}+OR+x" for word in words],
        "article": [f"/article/{hit.article.id}" for hit in hits],
        "statement": [f"/statement/{hit.id}" for hit in hits],
        "picture search": [f"/search?in=pictures&q={word}" for word in words],
        "front page": ["/"] * count,
    }


def _statements(archive: Archive, words: list[str]) -> Iterator[StatementHit]:
    for word in words:
        for hit in archive.search(word, limit=1, facets=False).hits:
            if isinstance(hit, StatementHit):
                yield hit


if __name__ == "__main__":
    main()
