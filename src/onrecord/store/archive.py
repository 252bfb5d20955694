"""An archive opened for reading: search, records by id, tables. The front door of :mod:`onrecord.store`."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from tantivy import Occur, Query

from onrecord.errors import ArchiveError, NotFoundError, QueryError
from onrecord.model import UNCHANGED, Article, Capture, Claim, Copy, Receipt, Skip, Source, SpeakerType, Statement
from onrecord.store import derived, generations, search, shards
from onrecord.store.index import CARD, DERIVED, open_index, read_card
from onrecord.store.labels import Labels
from onrecord.store.layout import open_layout
from onrecord.store.parser import parse
from onrecord.store.query import And, Ask, Field, Node, Words, leaves
from onrecord.store.records import Records
from onrecord.store.results import (
    NO_FILTERS,
    SCOPES,
    ArticleHit,
    Facet,
    Filters,
    PictureHit,
    Scope,
    SearchPage,
    Sort,
    StatementHit,
    Summary,
)
from onrecord.store.search import Counts
from onrecord.store.sentence import sentence
from onrecord.store.spelling import Names, suggestions

AnyHit = TypeVar("AnyHit", StatementHit, ArticleHit, PictureHit)
Record = TypeVar("Record")

LONGEST_SEARCH = 3.0  # seconds of processor time that finding the hits of one page may take
_FEW = 3  # hits below which other spellings of names are looked for
_MOST_NAMES = 20_000  # names that are looked at for other spellings, the most frequent first


class Archive:
    """An archive opened for reading. Safe to use from several threads; sees one generation until reopened."""

    def __init__(self, path: Path, index: Path, shard_folders: Sequence[Path]) -> None:
        card = read_card(index)
        self.path = path
        #: the folder of the generation
        self.folder = index.parent
        self.card = card
        self._shards = tuple(shard_folders)
        labels = Labels(index)
        self._open = {scope: open_index(index / scope, card, labels) for scope in SCOPES}
        self._derived = {name: open_index(index / name, card, labels) for name in DERIVED}
        made = b"".join((index / name).read_bytes() for name in (CARD, "statements/meta.json", "articles/meta.json"))
        #: changes whenever the archive's contents do: fit for an ETag
        self.generation = hashlib.sha256(made).hexdigest()[:12]
        # Counting looks at every hit; the same search is asked for again with every page and every tab.
        self._count = functools.lru_cache(maxsize=512)(self._count_hits)

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """Open the folder that ``onrecord build --into`` made.

        Raises:
            NotAnArchiveError, NewerFormatError, ArchiveError: with what to do.
        """
        layout = open_layout(Path(path))
        folder = generations.current(layout)
        if folder is None:
            raise ArchiveError(f"{path}: no build into this archive was finished; run `onrecord build` on it again")
        try:
            names = generations.read_card(folder).shards
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArchiveError(f"{folder} is damaged ({error}); run `onrecord build --into` on {path} again") from None
        return cls(layout.path, folder / "index", [layout.shards / name for name in names])

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
        """Return one page of what a query finds (without words: newest first).

        Args:
            query: words and fields, as docs/search.md explains; ``in:`` in it wins over ``scope``.
            scope: statements, articles or pictures.
            filters: what must hold beside the words.
            sort: relevance (BM25) or date (newest first).
            stem: compare stems of words instead of the exact forms.
            limit: hits on a page, 1 to 1,000.
            cursor: ``next`` of the page before.
            facets: also count facets and months.

        Raises:
            QueryError: the query, a filter or the cursor cannot be understood.
        """
        if not 1 <= limit <= search.MOST_HITS:
            raise QueryError(f"a page has 1 to {search.MOST_HITS} hits, not {limit}; the cursor leads to the next page")
        parsed = parse(query)
        has_words = any(isinstance(leaf, Words) for leaf in leaves(parsed.node))  # without them nothing is ranked
        ask = Ask(parsed.scope or scope, parsed.node, filters, sort if has_words else "date", stem)
        index = self._open[ask.scope]
        position = None if cursor is None else search.position(self.generation, ask, cursor)
        began = time.thread_time()
        hits, following = search.hits(index, ask, limit, position)
        if time.thread_time() - began > LONGEST_SEARCH:  # counting takes longer still
            raise QueryError(
                f"this query takes more than {LONGEST_SEARCH:.0f} seconds in an archive of this size; "
                "ask for rarer words, for fewer phrases, or for a shorter time"
            )
        counts = self._count(dataclasses.replace(ask, sort="date")) if facets else None
        total = counts.total if counts else search.total(index, ask)
        return SearchPage(
            scope=ask.scope,
            sentence=sentence(ask, self._names_of(filters.source)),
            hits=hits,
            total=total,
            facets=counts.facets if counts else (),
            timeline=counts.timeline if counts else (),
            undated=counts.undated if counts else 0,
            next=None if following is None else search.cursor(self.generation, ask, following),
            did_you_mean=suggestions(parsed, self._names) if total < _FEW and parsed.node else (),
        )

    def statements(
        self, text: str = "", *, source: str | None = None, filters: Filters = NO_FILTERS, stem: bool = False
    ) -> Records[StatementHit]:
        """Return all statements that a query finds; ``source`` takes a name, a part of it, or a source's id."""
        node = parse(text).node
        if source is not None:
            by: Node = Field("source", source, True, (0, 0))
            node = by if node is None else And((node, by))
        return Records(StatementHit, self._open["statements"], Ask("statements", node, filters, stem=stem))

    def articles(self, text: str = "", *, filters: Filters = NO_FILTERS, stem: bool = False) -> Records[ArticleHit]:
        """Return all articles (their latest revision) that a query finds."""
        return Records(ArticleHit, self._open["articles"], Ask("articles", parse(text).node, filters, stem=stem))

    def pictures(self, text: str = "", *, filters: Filters = NO_FILTERS, stem: bool = False) -> Records[PictureHit]:
        """Return all pictures that a query finds."""
        return Records(PictureHit, self._open["pictures"], Ask("pictures", parse(text).node, filters, stem=stem))

    # Records by id. All raise NotFoundError for an id that the archive does not have (or withholds).

    def statement(self, id: str) -> StatementHit:
        """Return one statement with its article's head and its source."""
        return self._one("statements", StatementHit, id)

    def picture(self, id: str) -> PictureHit:
        """Return one picture with its article's head."""
        return self._one("pictures", PictureHit, id)

    def article(self, id: str, revision: str | None = None) -> Article:
        """Return one article: its latest revision unless another is named."""
        return self._revision(id, revision).article

    def capture(self, article_id: str, revision: str | None = None) -> Capture:
        """Return the capture that a revision was made from: the first that had its words."""
        return self._revision(article_id, revision).capture

    def revisions(self, id: str) -> tuple[ArticleHit, ...]:
        """Return every wording of an article, oldest capture first."""
        found = self._all("articles", ArticleHit, "id", id)
        if not found:
            raise NotFoundError(f"the archive has no article {id}")
        return tuple(sorted(found, key=lambda hit: hit.capture.time or ""))

    def statements_of(self, article_id: str, revision: str | None = None) -> tuple[StatementHit, ...]:
        """Return the statements of one revision in the order of the text."""
        wanted = self._revision(article_id, revision).article.revision
        found = self._all("statements", StatementHit, "article", article_id)
        return tuple(hit for hit in found if hit.statement.revision == wanted)

    def pictures_of(self, article_id: str) -> tuple[PictureHit, ...]:
        """Return the pictures of an article's latest revision, in the order of the page."""
        wanted = self._revision(article_id, None).article.revision
        found = self._all("pictures", PictureHit, "article", article_id)
        return tuple(hit for hit in found if hit.article.revision == wanted)

    def receipt(self, statement_id: str) -> Receipt:
        """Return the proof of a statement."""
        statement = self.statement(statement_id).statement
        hit = self._revision(statement.article_id, statement.revision)
        return receipt_of(statement, hit.article, hit.capture)

    def source(self, id: str) -> Source:
        """Return one source with its variants, roles and counts."""
        return _there(derived.by_id(self._derived["sources"], Source, id), f"source {id}")

    def sources(self, name: str = "", *, limit: int | None = None) -> Iterator[Source]:
        """Yield the sources whose names have these words, most statements first."""
        return derived.ranked(self._derived["sources"], Source, name, limit)

    def sources_behind(
        self, place: int | None, limit: int, *, name: str = "", type: SpeakerType | None = None
    ) -> tuple[list[Source], int | None]:
        """Return the next ``limit`` sources of a list, most statements first, and the place to go on from, if any."""
        return derived.behind(self._derived["sources"], Source, name, place, limit, member=type)

    def claim(self, id: str) -> Claim:
        """Return one claim with its origins."""
        return _there(derived.by_id(self._derived["claims"], Claim, id), f"claim {id}")

    def claims(self, words: str = "", *, limit: int | None = None) -> Iterator[Claim]:
        """Yield the claims that have these words, those of the most origins first."""
        return derived.ranked(self._derived["claims"], Claim, words, limit)

    def claims_behind(self, place: int | None, limit: int, *, words: str = "") -> tuple[list[Claim], int | None]:
        """Return the next ``limit`` claims of a list, those of the most origins first, and the place to go on from."""
        return derived.behind(self._derived["claims"], Claim, words, place, limit)

    def claims_of(self, *statement_ids: str) -> list[Claim]:
        """Return the claims that any of these statements makes or contradicts."""
        return derived.with_member(self._derived["claims"], Claim, *statement_ids)

    def copies(self, article_id: str | None = None) -> list[Copy]:
        """Return the pairs of articles that share text, the most alike first; of one article, when it is named."""
        if article_id is None:
            return list(derived.ranked(self._derived["copies"], Copy, "", None))
        return derived.with_member(self._derived["copies"], Copy, article_id)

    def values(
        self, name: str, *, scope: Scope = "statements", filters: Filters = NO_FILTERS, most: int = 1_000
    ) -> Facet:
        """Return the ``most`` frequent values of one facet (any of ``FACETS`` but the year), with their counts."""
        return search.values(self._open[scope], Ask(scope, None, filters, sort="date"), name, most)

    def spread(self, word: str, *, scope: Scope = "statements") -> int:
        """Return in how many records a word stands, as ``tokens.words`` gives it; earlier wordings count too."""
        return int(self._open[scope].searcher.doc_freq("any", word))

    def skips(self) -> Iterator[Skip]:
        """Yield everything that was not taken, with the reason; a capture whose page was unchanged is no such thing."""
        for folder in self._shards:
            yield from (skip for skip in shards.read_skips(folder) if skip.reason != UNCHANGED)
        yield from (revisit.skip for revisit in shards.pending(self._shards))

    def summary(self) -> Summary:
        """Return what the archive holds, and its coverage by month."""
        articles = self._count(Ask("articles", sort="date"))
        facets = {facet.name: facet.values for facet in articles.facets}
        return Summary(
            name=self.path.name,
            captures=self._taken[0],
            articles=self.card.articles,
            revisions=self.card.articles + self.card.earlier,
            statements=self.card.statements,
            pictures=self.card.pictures,
            sources=self.card.sources,
            skips=self._taken[1],
            months=articles.timeline,
            undated=articles.undated,
            sections=facets["section"],
            sites=facets["site"],
        )

    @functools.cached_property
    def _taken(self) -> tuple[int, int]:
        manifests = [shards.read_manifest(folder) for folder in self._shards]
        return sum(each.captures for each in manifests), sum(each.not_taken for each in manifests)

    @functools.cached_property
    def _names(self) -> Names:
        index = self._open["statements"]
        labels = (label for field in ("source", "speaker") for label in search.most_frequent(index, field, _MOST_NAMES))
        return Names(label.rpartition("\x1f")[2] for label in labels)

    def _names_of(self, ids: Sequence[str]) -> dict[str, str]:
        known = {}
        for id in ids:
            with contextlib.suppress(NotFoundError):
                known[id] = self.source(id).name
        return known

    def _count_hits(self, ask: Ask) -> Counts:
        return search.count(self._open[ask.scope], ask)

    def _revision(self, id: str, revision: str | None) -> ArticleHit:
        if revision is None:
            return self._one("articles", ArticleHit, id)
        for hit in self.revisions(id):
            if hit.article.revision == revision:
                return hit
        raise NotFoundError(f"the archive has no wording {revision} of the article {id}")

    def _one(self, scope: Scope, kind: type[AnyHit], id: str) -> AnyHit:
        """Return the record with this id, of the latest wording that has it."""
        index = self._open[scope]
        query = Query.term_query(index.schema, "id", id, index_option="basic")
        earlier = (Occur.MustNot, Query.term_query(index.schema, "earlier", "1", index_option="basic"))
        found = derived.top(index, Query.boolean_query([(Occur.Must, query), earlier]), 1) if index.earlier else []
        found = found or derived.top(index, query, 1)
        if not found:
            raise NotFoundError(f"the archive has no {scope.removesuffix('s')} {id}")
        return search.load(index, kind, found[0][1])

    def _all(self, scope: Scope, kind: type[AnyHit], field: str, value: str) -> list[AnyHit]:
        index = self._open[scope]
        query = Query.term_query(index.schema, field, value, index_option="basic")
        found = derived.top(index, query, search.matches(index, query))
        return [search.load(index, kind, address) for _, address in found]


def receipt_of(statement: Statement, article: Article, capture: Capture) -> Receipt:
    """Return the proof of a statement of a wording that was made from a capture."""
    return Receipt(
        statement.id, statement.article_id, statement.source, statement.cue, statement.content,
        article.text_digest, capture.id, capture.digest, capture.file, capture.offset, capture.record_id,
    )  # fmt: skip


def _there(record: Record | None, what: str) -> Record:
    if record is None:
        raise NotFoundError(f"the archive has no {what}")
    return record
