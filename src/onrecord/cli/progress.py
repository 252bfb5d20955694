"""The progress of a build: a live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from onrecord.engine.units import Plan, Unit
from onrecord.engine.watch import Step
from onrecord.model import UNCHANGED
from onrecord.store.shards import Manifest

if TYPE_CHECKING:
    from rich.live import Live

_EVERY = 10.0  # seconds between plain lines


class Progress:
    """Shows a build on standard error; standard output stays for results."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._live: Live | None = None
        self._start = self._last = time.monotonic()
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._files = self._todo = 0

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live

            self._live = Live(console=Console(stderr=True), refresh_per_second=4, transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()
        if kind is not None and self._counts["articles"]:
            self._say(f"{self._counted(self._files)} finished and kept; the same command goes on from there")
            return
        if self._todo and kind is None:
            self._say(self._line())
        for reason, count in self._reasons.most_common(8):
            self._say(f"  skipped {count:,}: {reason}")

    def planned(self, plan: Plan) -> None:
        """Say what there is to do."""
        self._start = time.monotonic()
        self._todo = plan.files - plan.done
        known = f", {plan.done:,} of them in the archive already" if plan.done else ""
        if plan.files:
            self._say(f"{self._counted(plan.files)}{known}")

    def step(self, step: Step) -> None:
        """Count pages and what was skipped."""
        self._counts.update(pages=step.captures, articles=step.articles, statements=step.statements)
        skips = {reason: count for reason, count in step.skips.items() if reason != UNCHANGED}
        self._counts.update(skipped=sum(skips.values()), unchanged=step.skips.get(UNCHANGED, 0))
        self._reasons.update(skips)
        if self._live is not None:
            self._live.update(self._line())
        elif time.monotonic() - self._last > _EVERY:
            self._last = time.monotonic()
            self._say(self._line())

    def shard(self, unit: Unit, manifest: Manifest) -> None:
        """Count finished files."""
        self._files += len(unit.members)

    def deriving(self) -> None:
        """Say that the last step has begun."""
        if self._live is not None:
            self._live.update(f"{self._line()}; making the index")

    @staticmethod
    def _counted(files: int) -> str:
        return f"{files:,} file{'s' * (files != 1)}"

    def _line(self) -> str:
        seconds = max(time.monotonic() - self._start, 1e-9)
        return (
            f"{self._files:,} of {self._todo:,} files, {self._counts['pages']:,} pages "
            f"({self._counts['pages'] / seconds:,.0f}/s), {self._counts['articles']:,} articles, "
            f"{self._counts['statements']:,} statements, {self._counts['unchanged']:,} unchanged, "
            f"{self._counts['skipped']:,} skipped"
        )

    def _say(self, line: str) -> None:
        if not self._quiet:
            click.echo(line, err=True)
