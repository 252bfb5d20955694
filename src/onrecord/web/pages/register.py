"""Two registers of sources: those who speak without a name, and the organisations with those who speak for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.model import Source, SpeakerType
from onrecord.store.results import Filters
from onrecord.web import addresses, plain
from onrecord.web.addresses import Ask
from onrecord.web.pages.source import ROWS, names_of
from onrecord.web.visit import Page, Plain, Visit

ORGANISATIONS = 5_000  # that are counted as what people speak for, the most frequent first


@dataclass(frozen=True, slots=True)
class AnonymousPage(Page):
    """Everybody who speaks without a name, by the words that describe them."""

    template: ClassVar[str] = "anonymous.html"
    section: ClassVar[str] = "sources"

    words: Annotated[str, "the words that were asked for"]
    sources: Annotated[tuple[Source, ...], "the descriptions of this page of the list"]
    next_href: Annotated[str | None, "the address of the rest of the list"]

    def data(self) -> Plain:
        """Return the descriptions."""
        return {"sources": [plain.source(source) for source in self.sources]}

    @property
    def next(self) -> str | None:
        """The address of the rest as JSON."""
        return self.next_href.replace("/anonymous", "/anonymous.json", 1) if self.next_href else None


@dataclass(frozen=True, slots=True)
class OrganisationsPage(Page):
    """The organisations that speak, or that people speak for."""

    template: ClassVar[str] = "organisations.html"
    section: ClassVar[str] = "sources"

    words: Annotated[str, "the part of a name that was asked for"]
    rows: Annotated[
        tuple[tuple[Source, int, str], ...], "organisation, statements of its people and the address of those"
    ]
    next_href: Annotated[str | None, "the address of the rest of the list"]

    def data(self) -> Plain:
        """Return the organisations."""
        return {"sources": [{**plain.source(source), "by_its_people": count} for source, count, _ in self.rows]}

    @property
    def next(self) -> str | None:
        """The address of the rest as JSON."""
        return self.next_href.replace("/organisations", "/organisations.json", 1) if self.next_href else None


def build_anonymous(visit: Visit) -> AnonymousPage:
    """List those who speak without a name.

    Raises:
        QueryError: the address asks for something that this list does not know.
    """
    words, kept, more = _read(visit, SpeakerType.ANONYMOUS)
    return AnonymousPage(title="Unnamed sources", words=words, sources=kept, next_href=more("/anonymous"))


def build_organisations(visit: Visit) -> OrganisationsPage:
    """List the organisations.

    Raises:
        QueryError: the address asks for something that this list does not know.
    """
    words, kept, more = _read(visit, SpeakerType.ORGANISATION)
    facet = visit.archive.values("organisation", most=ORGANISATIONS)
    spoken_for = {each.value: each.count for each in facet.values}
    rows = []
    for source in kept:
        names = names_of(source)
        count = sum(spoken_for.get(name, 0) for name in names)
        rows.append((source, count, Ask(filters=Filters(organisation=names), sort="date").address()))
    return OrganisationsPage(title="Organisations", words=words, rows=tuple(rows), next_href=more("/organisations"))


def _read(visit: Visit, type: SpeakerType) -> tuple[str, tuple[Source, ...], Callable[[str], str | None]]:
    asked = addresses.read_list(visit.query, "q", "cursor")
    words = asked.get("q", "")
    kept, following = visit.archive.sources_behind(addresses.place_in(asked), ROWS, name=words, type=type)

    def more(path: str) -> str | None:
        return addresses.with_query(path, {"q": words, "cursor": str(following)}) if following else None

    return words, tuple(kept), more
