"""Measure whether extraction keeps memory: ``python benchmarks/extraction/memory.py PAGES``.

All pages of PAGES (compressed files in any folder below it) are extracted again and again in one process; what the
process holds and the most that it ever held are printed as it goes. Both must be flat from the first round on.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import resource
from pathlib import Path

from tools import onrecord

PAGE_SIZE = resource.getpagesize()


def held() -> float:
    """Return what the process holds in memory now, in MiB (Linux)."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE_SIZE / 2**20


def main() -> None:
    """Run the benchmark as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--extractions", type=int, default=5_000)
    parser.add_argument("--every", type=int, default=500)
    arguments = parser.parse_args()
    extract = onrecord()
    paths = sorted(arguments.pages.rglob("*.gz"))
    print("| extractions | MiB held | most MiB |\n|---|---|---|")
    for number, path in enumerate(itertools.islice(itertools.cycle(paths), arguments.extractions), start=1):
        extract(gzip.decompress(path.read_bytes()))
        if number % arguments.every == 0:
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"| {number} | {held():.0f} | {most:.0f} |", flush=True)


if __name__ == "__main__":
    main()
