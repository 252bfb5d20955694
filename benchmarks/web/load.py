"""A hundred requests a second: ``python -m benchmarks.web.load --index FOLDER [--rate 100] [--seconds 20]``.

FOLDER is what ``python -m benchmarks.search --folder FOLDER`` has made. The pages of ``benchmarks.web`` are served by one
server process over HTTP and asked for at a steady rate, whether the answers before have come or not. Printed are
errors, the rate that was answered, and the time from when a request was due until its answer was there.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import statistics
import time
from collections import Counter
from itertools import chain, cycle, islice
from pathlib import Path

import httpx
import uvicorn

from benchmarks.web.__main__ import kinds
from onrecord.store.archive import Archive
from onrecord.web.app import create_app


def serve(index: Path, port: int) -> None:
    """Serve an index without an archive around it."""
    archive = Archive(index, index / "index", [])
    uvicorn.run(create_app(archive, hosts=frozenset({"127.0.0.1"})), port=port, log_level="warning", access_log=False)


async def ask(base: str, addresses: list[str], rate: int, seconds: int) -> None:
    """Ask and print."""
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(base_url=base, timeout=30, limits=limits, trust_env=False) as client:
        for _ in range(300):
            try:
                await client.get("/")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.1)
        answers: Counter[str] = Counter()
        taken: list[float] = []

        async def one(address: str, due: float) -> None:
            try:
                answers[str((await client.get(address)).status_code)] += 1
            except httpx.HTTPError as error:
                answers[type(error).__name__] += 1
            taken.append(time.perf_counter() - due)

        began = time.perf_counter()
        tasks = []
        for number, address in enumerate(islice(cycle(addresses), rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(one(address, due)))
        await asyncio.gather(*tasks)
        passed = time.perf_counter() - began
        high = statistics.quantiles(taken, n=20)[-1]
        print(f"{len(taken) / passed:.0f} requests/s for {passed:.0f} s, answers {dict(answers)}")
        print(f"median {statistics.median(taken) * 1000:.0f} ms, 95th percentile {high * 1000:.0f} ms")


def main() -> None:
    """Start the server, ask, stop it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web.load", description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--port", type=int, default=8996)
    given = parser.parse_args()
    archive = Archive(given.index, given.index / "index", [])
    mixed = list(chain.from_iterable(zip(*kinds(archive, 50).values(), strict=False)))
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(given.index, given.port))
    server.start()
    try:
        asyncio.run(ask(f"http://127.0.0.1:{given.port}", mixed, given.rate, given.seconds))
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
