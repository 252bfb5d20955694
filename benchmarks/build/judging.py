"""What one judgement costs on a large archive: ``python -m benchmarks.build.judging --articles 20000 200000``.

Makes news up (``benchmarks.claims.made_up``), writes shards, derives a generation, and then records judgements one by
one, as curators do, each followed by what makes it seen. Printed are seconds by the clock and of the processor, and
the most memory that the process held; a size has a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.claims.made_up import News
from onrecord.engine.generation import derive
from onrecord.model import ShardContents
from onrecord.store.archive import Archive
from onrecord.store.layout import Layout, create
from onrecord.store.ledger import Ledger
from onrecord.store.shards import ShardWriter

SHARD = 10_000  # articles


def measure(articles: int, folder: Path) -> None:
    """Print one size."""
    layout = create(folder / "archive")
    news = News().articles(articles)
    for number in range(-(-articles // SHARD)):
        with ShardWriter(layout.shards / f"shard{number:03}") as writer:
            for made in islice(news, SHARD):
                writer.write(ShardContents((made.capture,), (made.article,), made.statements))
            writer.finish(())
    begun = time.perf_counter()
    derive(layout)
    archive = Archive.open(layout.path)
    print(
        f"{archive.card.articles:,} articles, {archive.card.statements:,} statements, {archive.card.sources:,} sources"
    )
    print(f"  {'derived from the shards':40}{time.perf_counter() - begun:8.1f} s   at most {_peak():,} MB", flush=True)
    sources = list(islice(archive.sources(), 40))
    statements = [hit.id for hit in archive.search("", limit=10).hits]
    ledger = Ledger(layout.ledger)
    rare, common = sources[-2:], sources[:2]
    claim = next(iter(archive.claims()))
    steps = {
        "two sources are one": ("same", rare[0].id, rare[1].id, f"{rare[0].name} | {rare[1].name}"),
        "the two most quoted are one": ("same", common[0].id, common[1].id, f"{common[0].name} | {common[1].name}"),
        "a statement is none": ("not-a-statement", statements[0], None, None),
        "a statement has another speaker": ("wrong-speaker", statements[1], rare[0].name, None),
        "a statement is withheld": ("withhold", statements[2], None, None),
        "two statements say the same": ("same-claim", statements[3], statements[4], None),
        "two statements of a claim do not": ("not-same-claim", claim.statements[0], claim.statements[-1], None),
    }
    for name, (verb, subject, object, basis) in steps.items():
        made = ledger.add(verb, subject, object, who="benchmark", basis=basis)
        _timed(layout, name)
        ledger.undo(made.id, who="benchmark")
        _timed(layout, "  undone")
    print(f"  at most {_peak():,} MB")


def _timed(layout: Layout, name: str) -> None:
    clock, processor = time.perf_counter(), time.process_time()
    derive(layout)
    print(
        f"  {name:40}{time.perf_counter() - clock:8.1f} s {time.process_time() - processor:8.1f} s of one core",
        flush=True,
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build.judging", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[20_000])
    given = parser.parse_args()
    if len(given.articles) > 1:
        for articles in given.articles:
            subprocess.run([sys.executable, "-m", "benchmarks.build.judging", "--articles", str(articles)], check=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(given.articles[0], Path(folder))


if __name__ == "__main__":
    main()
