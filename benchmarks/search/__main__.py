"""Search speed on a made-up archive: ``python -m benchmarks.search --statements 1000000``.

Makes the index in ``--folder`` unless it is there already, then runs each kind of query with as many
different words as ``--queries`` says and prints median and 95th percentile of the whole answer: parse,
search, read the twenty records, mark the words; with facets, also all counts and the timeline.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.search.synthetic import Maker, source_of
from onrecord.store import index, indexing
from onrecord.store.archive import Archive
from onrecord.store.results import Filters

Run = Callable[[], Any]


def main() -> None:
    """Make, measure, print a table (and with ``--json`` the same as JSON)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--folder", type=Path, help="keep the index here; without it, it is made anew and removed")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="onrecord-search-"))
    try:
        made = _make(folder / "index", options.statements)
        rows = _measure(Archive(folder, folder / "index", []), Maker(), options.queries)
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    if options.json:
        print(json.dumps({"made": made, "queries": rows}, indent=1))
        return
    print(", ".join(f"{name} {value}" for name, value in made.items()))
    columns = ("clock_50", "clock_95", "cpu_50", "cpu_95")
    print(f"{'query':42}{'hits':>10}" + "".join(f"{column:>10}" for column in columns) + "   (ms)")
    for row in rows:
        print(f"{row['query']:42}{row['hits']:>10,.0f}" + "".join(f"{row[column]:>10.2f}" for column in columns))


def _make(folder: Path, statements: int) -> dict[str, object]:
    if not (folder / index.CARD).exists():
        start = time.perf_counter()
        indexing.write(folder, Maker().entries(statements), source_of=source_of)
        seconds = time.perf_counter() - start
        print(f"made in {seconds:.0f} s ({statements / seconds:,.0f} statements/s)", file=sys.stderr)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"statements": index.read_card(folder).statements, "index_mb": size // 1_000_000, "peak_mb": peak}


def _measure(archive: Archive, maker: Maker, number: int) -> list[dict[str, Any]]:
    """Time each kind of query; every run asks for something else, so that nothing is answered from a cache."""
    common, middling, rare = maker.words[25:325], maker.words[1_000:1_300], maker.words[20_000:20_300]
    names = maker.names[:300]
    ids = [hit.id for hit in archive.search("", limit=number, facets=False).hits]
    articles = [hit.article.id for hit in archive.statements(maker.words[40]).batches().__next__()[:number]]
    april = Filters(since="2010-04", until="2012-03")
    kinds: dict[str, Callable[[int], str]] = {
        "common word": lambda n: common[n],
        "rare word": lambda n: rare[n],
        "two words": lambda n: f"{common[n]} {middling[n]}",
        "phrase of two common words": lambda n: f'"{common[n]} {common[n - 1]}"',
        "three words, OR": lambda n: f"{common[n]} OR {middling[n]} OR {rare[n]}",
        "common word, NOT another": lambda n: f"{common[n]} NOT {common[n - 1]}",
        "beginning of a word": lambda n: f"{rare[n][:5]}*",
        "word, source": lambda n: f'{common[n]} source:"{names[n]}"',
        "word, act, dates": lambda n: f"{common[n]} act:denies from:2010 to:2012-{n % 12 + 1:02}",
    }
    rows = []
    for facets in (False, True):
        for name, make in kinds.items():
            rows.append(_timed(f"{name}{', facets' if facets else ''}", number, _search(archive, make, facets=facets)))
    word = kinds["common word"]
    more: list[tuple[str, Callable[[int], int]]] = [
        ("common word, by date", _search(archive, word, sort="date")),
        ("common word, stemmed", _search(archive, word, stem=True)),
        ("common word, period, facets", _search(archive, word, filters=april, facets=True)),
        ("common word in articles, facets", _search(archive, word, scope="articles", facets=True)),
        ("everything, facets, again", _search(archive, lambda n: "", facets=True)),
        ("name spelled otherwise", _search(archive, lambda n: f"source:{names[n].split()[0][1:]}x")),
        ("statement by id", lambda n: bool(archive.statement(ids[n]))),
        ("statements of an article", lambda n: len(archive.statements_of(articles[n]))),
    ]
    rows.append(_timed("everything, facets, first time", 1, _search(archive, lambda n: "", facets=True)))
    rows += [_timed(name, number, run) for name, run in more]
    return rows


def _search(archive: Archive, make: Callable[[int], str], *, facets: bool = False, **how: Any) -> Callable[[int], int]:
    return lambda n: archive.search(make(n), facets=facets, **how).total


def _timed(name: str, number: int, run: Callable[[int], int]) -> dict[str, Any]:
    """Time one kind of query: by the clock, and by the processor, which other work on the machine does not disturb."""
    clock, processor, found = [], [], []
    for n in range(number):
        start, worked = time.perf_counter(), time.thread_time()
        found.append(run(n))
        processor.append((time.thread_time() - worked) * 1_000)
        clock.append((time.perf_counter() - start) * 1_000)
    return {
        "query": name,
        "hits": statistics.mean(found),
        **{
            f"{kind}_{part}": _percentile(times, part)
            for kind, times in (("clock", clock), ("cpu", processor))
            for part in (50, 95)
        },
    }


def _percentile(times: list[float], part: int) -> float:
    return round(sorted(times)[int(part / 100 * (len(times) - 1))], 3)


if __name__ == "__main__":
    main()
