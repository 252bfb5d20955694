"""The dearest queries that are allowed: ``python -m benchmarks.web.worst --index FOLDER``.

FOLDER is what ``python -m benchmarks.search --folder FOLDER`` has made. Each query goes to a bound of the language
(``store/parser.py``) with the most frequent words that there are. Printed is the processor time of the whole answer,
counts included.
"""

from __future__ import annotations

import argparse
import itertools
import time
from pathlib import Path

from benchmarks.search.synthetic import Maker
from onrecord.errors import QueryError
from onrecord.store.archive import Archive
from onrecord.store.parser import LONGEST_QUERY, MOST_LEAVES, MOST_PHRASED, MOST_PREFIXES


def queries(words: list[str]) -> dict[str, str]:
    """Return the queries by what they stretch."""
    pairs = [f'"{a} {b}"' for a, b in itertools.permutations(words[:9], 2)][: MOST_PHRASED // 2]
    starts = [f"{a}{b}*" for a in "bdfgk" for b in "ae"][:MOST_PREFIXES]
    return {
        "one beginning of two letters": starts[0],
        "most beginnings": " OR ".join(starts),
        "most words, any of them": " OR ".join(words[:MOST_LEAVES]),
        "most words, all of them": " ".join(words[:MOST_LEAVES]),
        "most exclusions": words[0] + "".join(f" -{word}" for word in words[1 : MOST_LEAVES - 1]),
        "one phrase of one word": '"' + " ".join([words[0]] * MOST_PHRASED) + '"',
        "most phrases of two words": " OR ".join(pairs),
        "all of it": " OR ".join([*starts, *pairs[:40], *words[:MOST_PREFIXES]])[:LONGEST_QUERY],
    }


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web.worst", description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    given = parser.parse_args()
    archive = Archive(given.index, given.index / "index", [])
    print(f"{archive.card.articles:,} articles, {archive.card.statements:,} statements")
    for name, query in queries(Maker().words).items():
        for scope in ("statements", "articles"):
            began = time.process_time()
            try:
                found = f"{archive.search(query, scope=scope).total:,} hits"
            except QueryError as error:
                found = str(error).partition("\n")[0]
            print(f"{name:32}{scope:12}{time.process_time() - began:6.2f} s   {found}", flush=True)


if __name__ == "__main__":
    main()
