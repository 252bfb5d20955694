"""The source page: one identity across the whole archive; and the list of all sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.errors import QueryError
from onrecord.model import Source, SpeakerType
from onrecord.store.results import FacetValue, Filters, StatementHit
from onrecord.web import addresses, plain, wording
from onrecord.web.addresses import Ask
from onrecord.web.plots import Plot, Stretch, over_months, stretches
from onrecord.web.visit import Page, Plain, Visit

SHOWN = 20  # statements on the page
NEAR = 100  # the latest statements whose articles are searched for others who are quoted there
ROWS = 100  # sources on a page of the list


@dataclass(frozen=True, slots=True)
class SourcePage(Page):
    """One source."""

    template: ClassVar[str] = "source.html"
    section: ClassVar[str] = "sources"

    source: Annotated[Source, "the source with its variants, roles and counts"]
    kind: Annotated[str, "what it is, in words"]
    total: Annotated[int, "how many statements are tied to it"]
    plot: Annotated[Plot | None, "its statements by month"]
    roles: Annotated[tuple[Stretch, ...], "roles and organisations over time, as lines"]
    acts: Annotated[tuple[tuple[FacetValue, str], ...], "what its statements do, with the address of each"]
    sites: Annotated[tuple[tuple[FacetValue, str], ...], "who quotes it"]
    beside: Annotated[tuple[FacetValue, ...], "who else is quoted in the same articles"]
    hits: Annotated[tuple[StatementHit, ...], "the latest statements"]
    all_href: Annotated[str, "the address of a search for all of them"]

    def data(self) -> Plain:
        """Return the source with its latest statements."""
        return {
            "source": plain.source(self.source),
            "total": self.total,
            "quoted_with": [{"id": each.value, "name": each.label, "articles": each.count} for each in self.beside],
            "statements": [plain.statement(hit) for hit in self.hits],
            "all": self.all_href,
        }


@dataclass(frozen=True, slots=True)
class SourcesPage(Page):
    """The sources of the archive, most statements first."""

    template: ClassVar[str] = "sources.html"
    section: ClassVar[str] = "sources"

    words: Annotated[str, "the part of a name that was asked for"]
    type: Annotated[str, "the type that was asked for; empty for all"]
    sources: Annotated[tuple[Source, ...], "the sources of this page of the list"]
    types: Annotated[tuple[tuple[str, str, str, bool], ...], "value, label, address of each type; whether chosen"]
    next_href: Annotated[str | None, "the address of the rest of the list"]

    def data(self) -> Plain:
        """Return the sources."""
        return {"sources": [plain.source(source) for source in self.sources]}

    @property
    def next(self) -> str | None:
        """The address of the rest as JSON."""
        return self.next_href.replace("/sources", "/sources.json", 1) if self.next_href else None


def build(visit: Visit) -> SourcePage:
    """Read one source's whole life.

    Raises:
        NotFoundError: there is no such source.
    """
    archive, id = visit.archive, visit.path["id"]
    source = archive.source(id)
    mine = Filters(source=(id,))
    ask = Ask(filters=mine, sort="date")
    found = archive.search(filters=mine, sort="date", limit=NEAR)
    facets = {facet.name: facet.values for facet in found.facets}
    articles = tuple(dict.fromkeys(hit.statement.article_id for hit in found.hits if isinstance(hit, StatementHit)))
    beside: tuple[FacetValue, ...] = ()
    if articles:
        near = archive.search(filters=Filters(article=articles), limit=1)
        values = next((facet.values for facet in near.facets if facet.name == "source"), ())
        beside = tuple(each for each in values if each.value != id)[:12]
    return SourcePage(
        title=source.name,
        source=source,
        kind=wording.TYPES[source.type],
        total=found.total,
        plot=over_months(
            [(month.month, month.count) for month in found.timeline],
            link=lambda month: ask.in_month(month).address(),
        ),
        roles=stretches((*source.roles, *source.organisations)),
        acts=tuple((each, ask.adding("act", each.value).address()) for each in facets.get("act", ())),
        sites=tuple((each, ask.adding("site", each.value).address()) for each in facets.get("site", ())),
        beside=beside,
        hits=tuple(hit for hit in found.hits if isinstance(hit, StatementHit))[:SHOWN],
        all_href=ask.address(),
    )


def build_list(visit: Visit) -> SourcesPage:
    """List the sources.

    Raises:
        QueryError: an unknown type or a cursor that is no number.
    """
    asked = dict(visit.query)
    words, type, cursor = asked.get("q", "")[:200], asked.get("type", ""), asked.get("cursor", "0")
    if type and type not in list(SpeakerType):
        raise QueryError(f"type={type[:40]!r} should be one of {', '.join(SpeakerType)}")
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 9:
        raise QueryError("the cursor is not one that this list gave; start again without it")
    start = int(cursor)
    kept: list[Source] = []
    more = False
    for place, source in enumerate(each for each in visit.archive.sources(words) if not type or each.type == type):
        if place >= start + ROWS:
            more = True
            break
        if place >= start:
            kept.append(source)

    def address(**parts: str) -> str:
        return addresses.with_query("/sources", {"q": words, "type": type, **parts})

    return SourcesPage(
        title="Sources",
        words=words,
        type=type,
        sources=tuple(kept),
        types=(
            ("", "all", address(type=""), not type),
            *((str(each), wording.TYPES[each], address(type=each), each == type) for each in SpeakerType),
        ),
        next_href=address(cursor=str(start + ROWS)) if more else None,
    )
