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
from onrecord.web.topics import Topic, topics
from onrecord.web.turns import Turn, turns
from onrecord.web.visit import Page, Plain, Visit

SHOWN = 20  # statements on the page
NEAR = 200  # the latest statements, which tell of topics, of contradictions, and of who is quoted beside
TOPICS = 14
LISTED = 12  # other sources in a list beside
ROWS = 100  # sources on a page of the list
REGISTERS = {SpeakerType.ORGANISATION: "/organisations", SpeakerType.ANONYMOUS: "/anonymous"}  # lists of their own


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
    topics: Annotated[tuple[tuple[Topic, str], ...], "the words that it uses more than others, with addresses"]
    turns: Annotated[tuple[Turn, ...], "where it contradicts itself, the latest first"]
    people: Annotated[tuple[FacetValue, ...], "who speaks for it; for organisations"]
    people_href: Annotated[str, "the address of a search for all that its people say"]
    looked_at: Annotated[int, "the number of the latest statements that topics and contradictions are read from"]
    hits: Annotated[tuple[StatementHit, ...], "the latest statements"]
    all_href: Annotated[str, "the address of a search for all of them"]

    def data(self) -> Plain:
        """Return the source with its latest statements."""
        return {
            "source": plain.source(self.source),
            "total": self.total,
            "topics": [{"word": each.word, "statements": each.statements} for each, _ in self.topics],
            "contradictions": [
                {
                    "before": plain.statement(turn.before),
                    "after": plain.statement(turn.after),
                    "claim": addresses.claim_address(turn.claim.id),
                }
                for turn in self.turns
            ],
            "people": [{"id": each.value, "name": each.label, "statements": each.count} for each in self.people],
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
    hits = tuple(hit for hit in found.hits if isinstance(hit, StatementHit))
    articles = tuple(dict.fromkeys(hit.statement.article_id for hit in hits))
    beside = archive.values("source", filters=Filters(article=articles), most=LISTED + 1).values if articles else ()
    spoken_for = Ask(filters=Filters(organisation=names_of(source)), sort="date")
    people: tuple[FacetValue, ...] = ()
    if source.type == SpeakerType.ORGANISATION:
        people = archive.values("source", filters=spoken_for.filters, most=LISTED).values
    by_act, by_site = ask.narrowing("act"), ask.narrowing("site")
    return SourcePage(
        title=source.name,
        source=source,
        kind=wording.TYPES[source.type],
        total=found.total,
        plot=over_months(
            [(month.month, month.count) for month in found.timeline],
            link=ask.by_month(),
        ),
        roles=stretches((*source.roles, *source.organisations)),
        acts=tuple((each, by_act(each.value)) for each in facets.get("act", ())),
        sites=tuple((each, by_site(each.value)) for each in facets.get("site", ())),
        beside=tuple(each for each in beside if each.value != id)[:LISTED],
        topics=tuple(
            (each, Ask(_quoted(each.word), filters=mine, sort="date").address())
            for each in topics(archive, [hit.statement.words for hit in hits], names_of(source), TOPICS)
        ),
        turns=turns(archive, id, hits),
        people=tuple(each for each in people if each.value != id),
        people_href=spoken_for.address(),
        looked_at=len(hits),
        hits=hits[:SHOWN],
        all_href=ask.address(),
    )


def build_list(visit: Visit) -> SourcesPage:
    """List the sources.

    Raises:
        QueryError: the address asks for something that this list does not know.
    """
    asked = addresses.read_list(visit.query, "q", "type", "cursor")
    words, type = asked.get("q", ""), asked.get("type", "")
    if type and type not in list(SpeakerType):
        raise QueryError(f"type={type[:40]!r} should be one of {', '.join(SpeakerType)}")
    wanted = SpeakerType(type) if type else None
    kept, following = visit.archive.sources_behind(addresses.place_in(asked), ROWS, name=words, type=wanted)

    def address(**parts: str) -> str:
        return addresses.with_query("/sources", {"q": words, "type": type, **parts})

    return SourcesPage(
        title="Sources",
        words=words,
        type=type,
        sources=tuple(kept),
        types=(
            ("", "all", address(type=""), not type),
            *(
                (str(each), wording.TYPES[each], REGISTERS.get(each) or address(type=each), each == type)
                for each in SpeakerType
            ),
        ),
        next_href=address(cursor=str(following)) if following else None,
    )


def names_of(source: Source) -> tuple[str, ...]:
    """Return the names that a source goes by, the main one first."""
    return tuple(dict.fromkeys((source.name, *(each.words for each in source.variants))))[:20]


def _quoted(word: str) -> str:
    return f'"{word}"' if word in ("AND", "OR", "NOT") else word
