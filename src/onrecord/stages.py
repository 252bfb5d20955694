"""The seams: what each stage takes and gives, on one page.

Left of ``resolve`` every stage is a pure function of one record, picklable in and out, so that one
process, a pool of processes or a cluster runs the same code. Whatever a stage does not pass on it
returns as a :class:`Skip`.

==========  =============================================  =========================================
stage       takes                                          gives
==========  =============================================  =========================================
capture     a path                                         pages, skips, revisits, as in the file
extract     a page                                         an article, or a skip
attribute   an article                                     its statements
resolve     all statements and articles, all judgements    sources, copies, claims
==========  =============================================  =========================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from onrecord.model import Article, Attribution, Page, Revisit, Skip, Statement


class Reader(Protocol):
    """Reads one kind of input. Never raises for what is wrong with one capture of many."""

    def __call__(self, path: Path, /) -> Iterator[Page | Skip | Revisit]:
        """Yield every page of the input, a skip for each thing in it that is not a page, and every revisit."""


class Extractor(Protocol):
    """Makes the clean record of a page. Pure; never raises for what a page contains."""

    def __call__(self, page: Page, /) -> Article | Skip:
        """Return the article, or the reason why there is none."""


class Attributor(Protocol):
    """Finds who said what, in which words. The same text gives the same result in any batch."""

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """Return for each text its attributions in order of their content."""


class StatementReader(Protocol):
    """Makes statements of an article: attributions, then speakers, acts and hearsay chains."""

    def __call__(self, article: Article, /) -> tuple[Statement, ...]:
        """Return the statements in the order of the text."""
