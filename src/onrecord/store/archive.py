"""An archive opened for reading: search, records by id, tables. (Signatures first; bodies follow.)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from onrecord.model import Article, Capture, Receipt, Skip, Source
from onrecord.store.results import (
    NO_FILTERS,
    ArticleHit,
    Filters,
    PictureHit,
    Scope,
    SearchPage,
    Sort,
    StatementHit,
    Summary,
)

if TYPE_CHECKING:
    import polars
    import pyarrow

Record = TypeVar("Record", StatementHit, ArticleHit, PictureHit)


class Records(Generic[Record]):
    """All records that a search finds, newest first, read as they are asked for; may be iterated again."""

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, without a limit and in steady memory."""
        raise NotImplementedError

    def __len__(self) -> int:
        """Return how many there are."""
        raise NotImplementedError

    def to_arrow(self) -> pyarrow.Table:
        """Return one flat row per record; the columns are in docs/python.md."""
        raise NotImplementedError

    def to_polars(self) -> polars.DataFrame:
        """Return the same rows as a polars data frame."""
        raise NotImplementedError


class Archive:
    """An archive opened for reading. Safe to use from several threads; sees one generation until reopened."""

    path: Path
    generation: str  # changes whenever the archive's contents do: fit for an ETag

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """Open the folder that ``onrecord build --into`` made.

        Raises:
            NotAnArchiveError, NewerFormatError, ArchiveError: with what to do.
        """
        raise NotImplementedError

    def search(
        self,
        query: str = "",
        *,
        scope: Scope = "statements",
        filters: Filters = NO_FILTERS,
        sort: Sort = "relevance",
        stem: bool = False,
        limit: int = 20,
        cursor: str | None = None,
        facets: bool = True,
    ) -> SearchPage:
        """Return one page of what a query finds (an empty query finds everything, newest first).

        Raises:
            QueryError: the query, a filter or the cursor cannot be understood.
        """
        raise NotImplementedError

    def statements(
        self, text: str = "", *, source: str | None = None, filters: Filters = NO_FILTERS, stem: bool = False
    ) -> Records[StatementHit]:
        """Return all statements that a query finds; ``source`` takes a name, a part of it, or a source's id."""
        raise NotImplementedError

    def articles(self, text: str = "", *, filters: Filters = NO_FILTERS, stem: bool = False) -> Records[ArticleHit]:
        """Return all articles (their latest revision) that a query finds."""
        raise NotImplementedError

    def pictures(self, text: str = "", *, filters: Filters = NO_FILTERS, stem: bool = False) -> Records[PictureHit]:
        """Return all pictures that a query finds."""
        raise NotImplementedError

    # Records by id. All raise NotFoundError for an id that the archive does not have (or withholds).

    def statement(self, id: str) -> StatementHit:
        """Return one statement with its article's head and its source."""
        raise NotImplementedError

    def picture(self, id: str) -> PictureHit:
        """Return one picture with its article's head."""
        raise NotImplementedError

    def article(self, id: str, revision: str | None = None) -> Article:
        """Return one article: its latest revision unless another is named."""
        raise NotImplementedError

    def capture(self, article_id: str, revision: str | None = None) -> Capture:
        """Return the capture that a revision was made from."""
        raise NotImplementedError

    def revisions(self, id: str) -> tuple[ArticleHit, ...]:
        """Return every wording of an article, oldest capture first."""
        raise NotImplementedError

    def statements_of(self, article_id: str, revision: str | None = None) -> tuple[StatementHit, ...]:
        """Return the statements of one revision in the order of the text."""
        raise NotImplementedError

    def pictures_of(self, article_id: str) -> tuple[PictureHit, ...]:
        """Return the pictures of an article's latest revision, in the order of the page."""
        raise NotImplementedError

    def receipt(self, statement_id: str) -> Receipt:
        """Return the proof of a statement."""
        raise NotImplementedError

    def source(self, id: str) -> Source:
        """Return one source with its variants, roles and counts."""
        raise NotImplementedError

    def sources(self, words: str = "", *, limit: int | None = None) -> Iterable[Source]:
        """Yield the sources whose names have these words, most statements first."""
        raise NotImplementedError

    def skips(self) -> Iterator[Skip]:
        """Yield everything that was not taken, with the reason."""
        raise NotImplementedError

    def summary(self) -> Summary:
        """Return what the archive holds, and its coverage by month."""
        raise NotImplementedError
