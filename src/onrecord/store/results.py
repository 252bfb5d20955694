"""What a search gives back: frozen records, offsets instead of markup.

Every offset counts Unicode code points, half open. ``highlights`` maps the name of a shown text
(``words``, ``speaker``, ``headline``, ``text``, ``caption``, ``credit``) to the spans in it that the
query matched; turning them into HTML or colours is the work of whoever shows them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from onrecord.model import Article, Capture, Picture, Span, Spans, Statement

Scope = Literal["statements", "articles", "pictures"]
Sort = Literal["relevance", "date"]

SCOPES: tuple[Scope, ...] = ("statements", "articles", "pictures")

# The facets of each scope, in the order in which they are shown. Every name is a field of Filters.
FACETS: dict[Scope, tuple[str, ...]] = {
    "statements": (
        "source", "type", "role", "organisation", "act", "kind", "site", "section", "place", "year", "language",
        "agency", "hearsay", "confidence", "flag",
    ),
    "articles": ("site", "section", "place", "year", "language", "agency", "author", "tag"),
    "pictures": ("site", "section", "place", "year", "language", "credit"),
}  # fmt: skip

# value of the confidence facet -> the least confidence that counts as it; the last one takes the rest.
CONFIDENCE_BANDS: tuple[tuple[str, float], ...] = (("high", 0.9), ("good", 0.7), ("fair", 0.5), ("unclear", 0.0))


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search beside its words. Values of one field are alternatives; all fields must hold.

    Values are those that the facets give (:class:`FacetValue`), compared exactly. ``source`` takes a
    source's id or, for a speaker who has none, the name as printed.
    """

    source: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    place: tuple[str, ...] = ()  # the article's dateline
    year: tuple[str, ...] = ()  # "2017"
    language: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    hearsay: tuple[str, ...] = ()  # "first-hand" | "passed on"
    confidence: tuple[str, ...] = ()  # a name of CONFIDENCE_BANDS
    flag: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    article: tuple[str, ...] = ()  # article ids
    since: str | None = None  # first day, YYYY, YYYY-MM or YYYY-MM-DD; 2017 is 2017-01-01
    until: str | None = None  # last day, included; 2017 is 2017-12-31

    def values(self) -> tuple[tuple[str, str], ...]:
        """Return every (field, value) that is set, dates included."""
        found: list[tuple[str, str]] = []
        for name in FILTER_NAMES:
            value = getattr(self, name)
            found += [(name, each) for each in (value if isinstance(value, tuple) else [value] if value else [])]
        return tuple(found)

    def with_value(self, name: str, value: str) -> Filters:
        """Return the filters with this value added (a date is replaced)."""
        old = getattr(self, name)
        if isinstance(old, tuple):
            return self._with(name, old if value in old else (*old, value))
        return self._with(name, value)

    def without(self, name: str, value: str) -> Filters:
        """Return the filters with this value taken out."""
        old = getattr(self, name)
        return self._with(name, tuple(each for each in old if each != value) if isinstance(old, tuple) else None)

    def _with(self, name: str, value: Any) -> Filters:
        return dataclasses.replace(self, **{name: value})


FILTER_NAMES: tuple[str, ...] = tuple(each.name for each in dataclasses.fields(Filters))
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What a statement or picture needs to say of the article that it stands in."""

    id: str
    revision: str
    headline: str | None = None
    url: str | None = None
    site: str | None = None
    section: str | None = None
    published: str | None = None
    dateline: str | None = None
    language: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revised:
    """What another wording of its article did to a statement."""

    fate: str  # vanished | reworded | rewords: it stands, and replaced another
    revision: str | None = None  # the first wording without it
    when: str | None = None  # that wording was fetched last
    to: str | None = None  # id of the statement that replaced it
    was: str | None = None  # id of the statement that it replaced


@dataclass(frozen=True, slots=True)
class StatementHit:
    """A statement that was found. Highlights: ``words``, ``speaker``."""

    id: str
    statement: Statement
    article: ArticleHead
    source_id: str | None = None  # the source that the speaker was resolved to
    source_name: str | None = None
    score: float = 0.0
    highlights: Mapping[str, Spans] = field(default_factory=dict)
    revised: Revised | None = None  # where another wording of the article changed it


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a wording was fetched."""

    captures: int = 1
    last: str | None = None  # when it was fetched last


ONCE = Seen()


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that was found. Highlights: ``headline``, ``text`` (inside the excerpt)."""

    id: str
    article: Article
    capture: Capture
    excerpt: Span  # the part of the text that is worth showing
    statements: int = 0  # how many it holds
    score: float = 0.0
    highlights: Mapping[str, Spans] = field(default_factory=dict)
    seen: Seen = ONCE  # with these words


@dataclass(frozen=True, slots=True)
class PictureHit:
    """A picture that was found. Highlights: ``caption``, ``credit``."""

    id: str  # archive-wide; the page's own media id is picture.id
    picture: Picture
    article: ArticleHead
    score: float = 0.0
    highlights: Mapping[str, Spans] = field(default_factory=dict)


Hit = StatementHit | ArticleHit | PictureHit


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: what a filter takes, what a reader sees, how many hits have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The most frequent values among the hits; hits without the field count nowhere."""

    name: str
    values: tuple[FacetValue, ...]
    others: int = 0  # occurrences of the values that are not listed


@dataclass(frozen=True, slots=True)
class Month:
    """How many hits were published in a month."""

    month: str  # "2017-04"
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results, with what is known about all of them."""

    scope: Scope
    sentence: str  # the query and filters in words
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    timeline: tuple[Month, ...] = ()  # months that have hits, in order
    undated: int = 0  # hits whose month is not known
    next: str | None = None  # cursor of the next page; None on the last
    did_you_mean: tuple[str, ...] = ()  # queries with names spelled as the archive spells them


@dataclass(frozen=True, slots=True)
class Summary:
    """What an archive holds."""

    name: str
    captures: int
    articles: int
    revisions: int
    statements: int
    pictures: int
    sources: int
    skips: int
    months: tuple[Month, ...]  # articles by month
    undated: int
    sections: tuple[FacetValue, ...]  # articles by section
    sites: tuple[FacetValue, ...]
