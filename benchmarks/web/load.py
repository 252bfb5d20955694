"""How many readers a server stands: ``python -m benchmarks.web.load --index FOLDER [--rates 50,100,150] [--different]``.

FOLDER is what ``python -m benchmarks.search --folder FOLDER`` has made. ``onrecord serve`` serves it, and this process
asks for pages at a steady rate, whether the answers before have come or not, for ``--seconds`` at each rate.

The mix (see :func:`addresses`): seven of ten requests are searches with facets, drawn by Zipf's law from fifty thousand
different ones, so that some are asked for again and most are not; the others are articles, statements, pictures and
the front page. With ``--different`` every page but the front page is asked for once only, so that no answer and no
count can come from memory. Printed are the answers, the share that came from memory, the time from when a request was
due until its answer was there, and the processor time that the server's processes took for each answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import accumulate, islice
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

from benchmarks.search.synthetic import Maker
from onrecord.store.archive import Archive
from onrecord.store.generations import CARD, Generation
from onrecord.store.layout import create, write_whole
from onrecord.store.results import ArticleHit, StatementHit

SEARCHES = 50_000  # different ones
FLATTER = 0.8  # exponent of Zipf's law: the most frequent search is one of a hundred
PATIENCE = 30.0  # seconds until a request counts as lost


@dataclass(slots=True)
class Tally:
    """What came of one rate."""

    answers: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    taken: list[float] = field(default_factory=list)


class Connection:
    """One connection of HTTP/1.1: as much as is needed here, since a real client costs more than the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def get(self, host: str, address: str) -> tuple[str, str]:
        """Return status and headers of an answer, whose body is read and dropped."""
        self._writer.write(f"GET {address} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
        await self._reader.readexactly(int(length.partition(":")[2]))
        return head[9:12], head

    def close(self) -> None:
        """End it."""
        self._writer.close()


async def load(base: str, asked: Iterator[str], rate: int, seconds: int) -> Tally:
    """Ask at a rate."""
    host = urlsplit(base).netloc
    name, _, port = host.partition(":")
    free: list[Connection] = []
    tally = Tally()

    async def one(address: str, due: float) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                connection = free.pop() if free else Connection(*await asyncio.open_connection(name, int(port)))
                status, head = await connection.get(host, address)
                free.append(connection)
                tally.answers[status] += 1
                tally.kept += "server-timing: kept" in head
        except (OSError, EOFError, TimeoutError) as error:
            tally.answers[type(error).__name__] += 1
        tally.taken.append(time.perf_counter() - due)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number, address in enumerate(islice(asked, rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(one(address, due))
    for connection in free:
        connection.close()
    return tally


def addresses(archive: Archive, *, different: bool) -> Iterator[str]:
    """Yield the addresses that are asked for, without end."""
    chance, words = random.Random(20), Maker().words[20:]
    searches = list(islice(_searches(chance, words), SEARCHES))
    by_law = list(accumulate(1 / place**FLATTER for place in range(1, SEARCHES + 1)))
    pages = list(_pages(archive, words))
    next_search, next_page = iter(searches), iter(pages)
    while True:
        if chance.random() < 0.03:
            yield "/"
        elif chance.random() < 0.72:
            found = next(next_search, None) if different else chance.choices(searches, cum_weights=by_law)[0]
            yield found or "/"
        else:
            yield (next(next_page, None) if different else chance.choice(pages)) or "/"


def _searches(chance: random.Random, words: list[str]) -> Iterator[str]:
    """Yield different searches: frequent words more often than rare ones, one or two, half of them narrowed."""
    told = set()
    law = list(accumulate(1 / (place + 30) for place in range(len(words))))
    while True:
        asked = "+".join(dict.fromkeys(chance.choices(words, cum_weights=law, k=chance.choice((1, 2, 2)))))
        narrowed = chance.choice(("", "", "&kind=direct", "&act=denies", f"&year={chance.randint(2005, 2017)}"))
        ordered = chance.choice(("", "", "", "&sort=date"))
        scope = chance.choice(("", "", "", "&in=articles", "&in=pictures"))
        address = f"/search?q={asked}{scope}{narrowed if not scope or 'year' in narrowed else ''}{ordered}"
        if address not in told:
            told.add(address)
            yield address


def _pages(archive: Archive, words: list[str]) -> Iterator[str]:
    """Yield addresses of articles and statements."""
    for word in words[100:400]:
        for hit in archive.search(word, limit=10, facets=False).hits:
            if isinstance(hit, StatementHit):
                yield f"/statement/{quote_plus(hit.id)}"
        for found in archive.search(word, scope="articles", limit=10, facets=False).hits:
            if isinstance(found, ArticleHit):
                yield f"/article/{quote_plus(found.id)}"


def as_archive(index: Path, folder: Path) -> Path:
    """Make an archive of an index, without shards; return its folder."""
    layout = create(folder / "archive")
    generation = layout.generations / "1"
    generation.mkdir()
    (generation / "index").symlink_to(index.resolve())
    (generation / CARD).write_text(json.dumps(asdict(Generation(1, "made up", ()))))
    write_whole(layout.current, "1\n")
    return layout.path


def processor_seconds(parent: int) -> float:
    """Return the processor time of a server's processes so far."""
    found = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, values = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if pid == parent or int(values[1]) == parent:
            found += (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")
    return found


def main() -> None:
    """Start the server, ask, stop it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web.load", description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--rates", default="50,100,150,200")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--different", action="store_true", help="ask for nothing twice")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-load-") as folder:
        path = as_archive(given.index / "index", Path(folder))
        asked = addresses(Archive.open(path), different=given.different)
        next(asked)  # makes them all, which takes seconds
        command = [sys.executable, "-m", "onrecord", "serve", str(path), "--port", "0", "--workers", str(given.workers)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            try:
                base = server.stdout.readline().split()[-1].rstrip("/")
                asyncio.run(load(base, iter(["/"] * 20), 2, 10))  # until every process has started
                print("asked/s answered/s   kept    p50    p95    p99   cpu/answer   answers")
                for rate in map(int, given.rates.split(",")):
                    used, began = processor_seconds(server.pid), time.perf_counter()
                    tally = asyncio.run(load(base, asked, rate, given.seconds))
                    used, passed = processor_seconds(server.pid) - used, time.perf_counter() - began
                    good = tally.answers["200"]
                    cuts = statistics.quantiles(tally.taken, n=100)
                    shown = "".join(f"{cuts[part - 1] * 1000:7.0f}" for part in (50, 95, 99))
                    print(
                        f"{rate:7}{good / passed:11.1f}{tally.kept / max(good, 1):7.0%}{shown}"
                        f"{used / max(good, 1) * 1000:10.1f} ms   {dict(tally.answers)}",
                        flush=True,
                    )
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
