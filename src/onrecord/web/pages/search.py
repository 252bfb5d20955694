"""The search page: statements, articles or pictures, with everything that narrows them one click away."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.store.results import FACETS, Facet, FacetValue, Hit, PictureHit, Scope
from onrecord.web import plain, wording
from onrecord.web.addresses import HITS, Ask, read_ask
from onrecord.web.plots import Plot, over_months
from onrecord.web.visit import Page, Plain, Visit
from onrecord.web.weight import fits

NOUNS: dict[Scope, tuple[str, str]] = {
    "statements": ("statement", "statements"),
    "articles": ("article", "articles"),
    "pictures": ("picture", "pictures"),
}
FACET_NAMES: dict[str, str] = {
    "source": "Source",
    "type": "Who speaks",
    "role": "Role",
    "organisation": "Organisation",
    "act": "What it does",
    "kind": "How it is printed",
    "site": "Outlet",
    "section": "Section",
    "place": "Dateline",
    "year": "Year",
    "language": "Language",
    "agency": "Agency",
    "hearsay": "On whose word",
    "confidence": "Certainty",
    "flag": "Reservation",
    "author": "Author",
    "tag": "Tag",
    "credit": "Credit",
    "article": "Article",
    "since": "from",
    "until": "until",
}
BANDS: dict[str, str] = {"high": "very likely right", "good": "likely right", "fair": "uncertain", "unclear": "unclear"}
SHOWN = 6  # values of a facet that are shown before it is opened
OFFERED = 20  # values that are shown at all; the rest is told as a number, and in the JSON form
LEAST = 3  # values of a facet that are shown however long their addresses are


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as a link."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One facet with its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    others: int

    @property
    def first(self) -> tuple[Choice, ...]:
        """The choices shown at once."""
        return self.choices[:SHOWN]

    @property
    def rest(self) -> tuple[Choice, ...]:
        """The choices shown when the facet is opened."""
        return self.choices[SHOWN:]


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that holds, and the address without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """Results of one search."""

    template: ClassVar[str] = "search.html"
    section: ClassVar[str] = "search"

    ask: Annotated[Ask, "what was asked, with the addresses of its neighbours"]
    sentence: Annotated[str, "the question as a sentence"]
    total: Annotated[int, "how many hits there are in all"]
    hits: Annotated[tuple[Hit, ...], "the hits of this page"]
    images: Annotated[frozenset[str], "ids of the pictures whose image is shown in the page"]
    tabs: Annotated[tuple[tuple[Scope, str, str], ...], "scope, label and address of each tab"]
    chips: Annotated[tuple[Chip, ...], "the filters that hold"]
    groups: Annotated[tuple[Group, ...], "the facets"]
    plot: Annotated[Plot | None, "hits by month; None without dates"]
    undated: Annotated[int, "hits without a known month"]
    meant: Annotated[tuple[tuple[str, str], ...], "queries with names spelled as the archive has them, and addresses"]
    next_href: Annotated[str | None, "the address of the next page"]
    facets: Annotated[tuple[Facet, ...], "the facets as the archive gives them, for the JSON form"]
    timeline: Annotated[tuple[tuple[str, int], ...], "hits by month, for the JSON form"]
    next_cursor: Annotated[str | None, "the cursor of the next page"]

    def data(self) -> Plain:
        """Return the hits with what is known about all of them."""
        return {
            "scope": self.ask.scope,
            "sentence": self.sentence,
            "total": self.total,
            "undated": self.undated,
            "hits": [plain.any_hit(hit) for hit in self.hits],
            "facets": plain.facets(self.facets),
            "timeline": [{"month": month, "count": count} for month, count in self.timeline],
            "did_you_mean": [words for words, _ in self.meant],
        }

    @property
    def next(self) -> str | None:
        """The address of the next hits as JSON."""
        return self.ask.at(self.next_cursor).address(".json") if self.next_cursor else None


def build(visit: Visit) -> SearchPage:
    """Search, and lay the answer out.

    Raises:
        QueryError: the address or the query in it cannot be understood.
    """
    ask = read_ask(visit.query)
    found = visit.archive.search(
        ask.words,
        scope=ask.scope,
        filters=ask.filters,
        sort=ask.sort,
        stem=ask.stem,
        limit=ask.limit,
        cursor=ask.cursor,
    )
    ask = dataclasses.replace(ask, scope=found.scope)  # "in:pictures" among the words wins
    labels = {(facet.name, each.value): each.label for facet in found.facets for each in facet.values}
    one, many = NOUNS[found.scope]
    offered = _offered(ask)
    timeline = tuple((month.month, month.count) for month in found.timeline)
    return SearchPage(
        title=ask.words or many.capitalize(),
        ask=ask,
        sentence=found.sentence,
        total=found.total,
        hits=found.hits,
        images=visit.images.fitting({hit.id: hit.picture.url for hit in found.hits if isinstance(hit, PictureHit)}),
        tabs=tuple((scope, NOUNS[scope][1].capitalize(), ask.inside(scope).address()) for scope in NOUNS),
        chips=tuple(_chip(ask, name, value, labels) for name, value in ask.filters.values()),
        groups=tuple(_group(ask, facet, offered) for facet in found.facets if _divides(ask, facet, found.total)),
        plot=over_months(timeline, what=one, link=ask.by_month() if fits(ask.address(), len(timeline)) else None)
        if len(timeline) > 1
        else None,
        undated=found.undated,
        meant=tuple((words, ask.saying(words).address()) for words in found.did_you_mean),
        next_href=ask.at(found.next).address() if found.next else None,
        facets=found.facets,
        timeline=timeline,
        next_cursor=found.next,
    )


def facet_label(name: str, value: str, label: str) -> str:
    """Return what a reader sees for a value of a facet."""
    if name == "type":
        return wording.TYPES.get(value, label)
    if name == "kind":
        return wording.KINDS.get(value, label)
    if name == "confidence":
        return BANDS.get(value, label)
    if name == "flag":
        return wording.FLAGS.get(value, label)
    if name in ("since", "until"):
        return wording.readable_date(value)
    return label


def _offered(ask: Ask) -> int:
    """Return how many values of each facet are shown: fewer beside many hits, and where every link repeats a long query."""
    sizes = (OFFERED, SHOWN) if ask.limit <= HITS else (LEAST,)
    return next((n for n in sizes if fits(ask.address(), n * len(FACETS[ask.scope]))), LEAST)


def _divides(ask: Ask, facet: Facet, total: int) -> bool:
    """Return whether choosing a value would narrow anything, or a chosen one could be taken back."""
    return any(each.count < total for each in facet.values) or bool(facet.values and getattr(ask.filters, facet.name))


def _chip(ask: Ask, name: str, value: str, labels: dict[tuple[str, str], str]) -> Chip:
    label = facet_label(name, value, labels.get((name, value), value))
    return Chip(FACET_NAMES.get(name, name), label, ask.removing(name, value).address())


def _group(ask: Ask, facet: Facet, offered: int) -> Group:
    chosen, adding = getattr(ask.filters, facet.name), ask.narrowing(facet.name)
    return Group(
        facet.name,
        FACET_NAMES.get(facet.name, facet.name),
        tuple(_choice(ask, facet.name, each, chosen, adding) for each in facet.values[:offered]),
        facet.others + sum(each.count for each in facet.values[offered:]),
    )


def _choice(ask: Ask, name: str, each: FacetValue, chosen: tuple[str, ...], adding: Callable[[str], str]) -> Choice:
    taken = each.value in chosen
    href = ask.removing(name, each.value).address() if taken else adding(each.value)
    return Choice(facet_label(name, each.value, each.label), each.count, href, taken)
