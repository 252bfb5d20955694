"""Pages to the rows of a shard: the same code in one process, a pool of processes or a cluster.

Whatever a page does costs only that page: a stage that raises or takes too long gives a skip. Every
capture becomes one row and either one article or one skip that names it, so the account adds up.
"""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import importlib
import json
import math
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from types import FrameType
from typing import TextIO, TypeVar

from onrecord.engine.units import Item, Unchanged
from onrecord.extract.repeats import Counts, ProfileOf
from onrecord.model import UNCHANGED, Article, Capture, Page, Revisit, ShardContents, Skip, Statement
from onrecord.settings import Settings
from onrecord.stages import Extractor

Result = TypeVar("Result")

TOO_SLOW = "took too long"
FAILED = "failed"
NOT_UNICODE = "text is not unicode"
_LETTERS = 20_000  # of text for which a page's time is allowed once more, so that a long article is no slow page
_HARD = 2  # times its time after which a page that cannot be interrupted costs its process
_STILL = 60.0  # seconds by the clock, for code that waits for something that never comes
_CHUNK_PAGES = 16
_CHUNK_BYTES = 1_000_000
_CHUNK_ITEMS = 1_000  # with those that are no pages


@dataclass(frozen=True, slots=True)
class Learning:
    """How what a site repeats is counted, and how a page is read with what is known of its site."""

    count: Callable[[Iterable[Page]], Counts]
    extract: Callable[[Page, ProfileOf | None], Article | Skip]


@dataclass(frozen=True, slots=True)
class Stages:
    """The two stages that a page goes through, as they are in use."""

    extract: Extractor
    attribute: Callable[[Sequence[Article]], list[tuple[Statement, ...]]]
    learning: Learning | None = None  # where pages are read with what is known of their sites


_NO_STAGES = Stages(lambda page: Skip("extract", FAILED, page.capture.file), lambda articles: [])
MakeStages = Callable[[Settings], Stages]  # called once in each process; must pickle


def real_stages(settings: Settings) -> Stages:
    """Return the stages of onrecord itself."""
    # A library that cannot be loaded is a broken installation and ends the build here; met on the first page that needs
    # it, it would look like a broken page.
    importlib.import_module("trafilatura")
    from onrecord.attribute.statements import attributor_named, read_many
    from onrecord.extract import count, extract

    attribute = functools.partial(read_many, attributor=attributor_named(settings.attributor))
    return Stages(extract, attribute, Learning(count, extract))


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in pieces that are worth sending to another process and small to hold."""
    chunk: list[Item] = []
    pages = size = 0
    for item in items:
        chunk.append(item)
        if isinstance(item, Page):
            pages, size = pages + 1, size + len(item.body)
        if pages == _CHUNK_PAGES or size >= _CHUNK_BYTES or len(chunk) == _CHUNK_ITEMS:
            yield chunk
            chunk, pages, size = [], 0, 0
    if chunk:
        yield chunk


def process(items: Sequence[Item], stages: Stages, settings: Settings) -> ShardContents:
    """Return the rows that these pages give, in their order; what is no page passes through."""
    captures: list[Capture] = []
    articles: list[Article] = []
    skips: list[Skip] = []
    revisits: list[Revisit] = []
    for item in items:
        if isinstance(item, Page):
            captures.append(item.capture)
            outcome = extract(item, stages, settings)
            (articles if isinstance(outcome, Article) else skips).append(outcome)  # type: ignore[arg-type]
        elif isinstance(item, Unchanged):
            captures.append(item.capture)
            skips.append(_Problem(UNCHANGED, item.first).skip("extract", item.capture))
        elif isinstance(item, Revisit):
            revisits.append(item)
        else:
            skips.append(item)
    statements: list[Statement] = []
    by_id = {capture.id: capture for capture in captures}
    for article, found in zip(articles, attribute(articles, stages, settings), strict=True):
        if isinstance(found, _Problem):
            skips.append(found.skip("attribute", by_id[article.capture_id]))
        else:
            statements.extend(found)
    return ShardContents(tuple(captures), tuple(articles), tuple(statements), tuple(skips), revisits=tuple(revisits))


def pass_through(items: Sequence[Item]) -> ShardContents:
    """Return the rows of items without a page among them, for which no stage is needed."""
    return process(items, _NO_STAGES, Settings())


def count(pages: Sequence[Item], stages: Stages, settings: Settings) -> Counts:
    """Count what the sites of these pages repeat; a page that cannot be counted counts nothing."""
    learning, counts = stages.learning, Counts()
    if learning is None:
        return counts
    whole = [page for page in pages if isinstance(page, Page)]
    together = _guarded(lambda: learning.count(whole), settings.max_page_seconds * len(whole))
    if not isinstance(together, _Problem):
        return together
    for page in whole:
        found = _guarded(lambda page=page: learning.count([page]), settings.max_page_seconds)  # type: ignore[misc]
        counts.merge(found if isinstance(found, Counts) else Counts())
    return counts


def extract(page: Page, stages: Stages, settings: Settings) -> Article | Skip:
    """Return the article of a page or the skip that names its capture."""
    outcome = _guarded(lambda: stages.extract(page), settings.max_page_seconds)
    if isinstance(outcome, _Problem):
        return outcome.skip("extract", page.capture)
    if isinstance(outcome, Skip):
        return replace(
            outcome,
            file=page.capture.file,
            url=page.capture.url,
            offset=page.capture.offset,
            capture_id=page.capture.id,
        )
    if not _storable(outcome):
        return _Problem(NOT_UNICODE).skip("extract", page.capture)
    return outcome


@dataclass(frozen=True, slots=True)
class _Problem:
    reason: str
    detail: str | None = None

    def skip(self, stage: str, capture: Capture) -> Skip:
        return Skip(stage, self.reason, capture.file, capture.url, capture.offset, capture.id, self.detail)


def attribute(
    articles: Sequence[Article], stages: Stages, settings: Settings
) -> list[tuple[Statement, ...] | _Problem]:
    """Attribute all at once, which is fastest; where that fails, one by one, which finds the guilty."""
    if not articles:
        return []
    seconds = [settings.max_page_seconds * math.ceil(1 + len(article.text) / _LETTERS) for article in articles]
    together = _guarded(lambda: stages.attribute(articles), sum(seconds))
    if not isinstance(together, _Problem):
        return list(together)
    if len(articles) == 1:
        return [together]
    alone: list[tuple[Statement, ...] | _Problem] = []
    for article, allowed in zip(articles, seconds, strict=True):
        found = _guarded(lambda article=article: stages.attribute([article]), allowed)  # type: ignore[misc]
        alone.append(found if isinstance(found, _Problem) else found[0])
    return alone


def _guarded(work: Callable[[], Result], seconds: float) -> Result | _Problem:
    try:
        with _limited(seconds):
            return work()
    except _TooSlow:
        return _Problem(TOO_SLOW, f"more than {seconds:g} s")
    except Exception as error:  # a stage must not raise; where one does, the page is lost and not the build
        detail = f"{type(error).__name__}: {error}"[:300].encode("utf-8", "replace").decode("utf-8")
        return _Problem(FAILED, detail)


class _TooSlow(BaseException):
    """Raised in the middle of a stage; not an Exception, so that no stage takes it for its own."""


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Stop the block after that many seconds of this process's own work; waiting for a core does not count.

    The limit is a signal, which Python hears only between its own steps. Code outside Python that takes
    ``_HARD`` times as long, or stands still for ``_STILL`` seconds, ends the process.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    faulthandler.dump_traceback_later(seconds * _HARD + _STILL, exit=True, file=_nowhere())
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds * _HARD)  # its signal's default is to end the process
        signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)  # again, should one fall where nothing can be raised
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGPROF, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise _TooSlow


@functools.cache
def _nowhere() -> TextIO:
    """Where the watch may write; held as long as the process lives."""
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _storable(article: Article) -> bool:
    try:
        json.dumps(asdict(article), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
