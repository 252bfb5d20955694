"""The front page and the account of the archive: what it holds, what it lacks, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.engine.kept import left_out
from onrecord.model import Source
from onrecord.store.results import CONFIDENCE_BANDS, FacetValue, Filters, StatementHit, Summary
from onrecord.web import plain, wording
from onrecord.web.addresses import Ask
from onrecord.web.pages.search import facet_label
from onrecord.web.plots import Plot, gaps, over_months
from onrecord.web.visit import Page, Plain, Visit

TOP = 12
LATEST = 4  # statements on the front page, the newest of which it is fairly certain who said them
LOOKED_AT = 40  # newest ones among which named speakers are looked for
_BANDS = [band for band, _ in CONFIDENCE_BANDS]


@dataclass(frozen=True, slots=True)
class FrontPage(Page):
    """The first page a reader sees."""

    template: ClassVar[str] = "front.html"
    section: ClassVar[str] = ""

    summary: Annotated[Summary, "what the archive holds"]
    plot: Annotated[Plot | None, "articles by month"]
    top: Annotated[tuple[Source, ...], "the sources with most statements"]
    names: Annotated[tuple[FacetValue, ...], "the names with most statements, where no sources were resolved"]
    latest: Annotated[tuple[StatementHit, ...], "the latest statements by named speakers, as far as there are any"]

    def data(self) -> Plain:
        """Return the numbers and the sources."""
        return {
            **numbers(self.summary),
            "sources": [plain.source(source) for source in self.top],
            "latest": [plain.statement(hit) for hit in self.latest],
        }


@dataclass(frozen=True, slots=True)
class OverviewPage(Page):
    """The account."""

    template: ClassVar[str] = "overview.html"
    section: ClassVar[str] = "overview"

    summary: Annotated[Summary, "what the archive holds"]
    plot: Annotated[Plot | None, "articles by month"]
    gaps: Annotated[tuple[tuple[str, str, int], ...], "first month, last month and length of each gap"]
    sections: Annotated[tuple[tuple[FacetValue, str], ...], "articles by section, with addresses"]
    sites: Annotated[tuple[tuple[FacetValue, str], ...], "articles by outlet, with addresses"]
    certainty: Annotated[tuple[tuple[str, int, str], ...], "statements by certainty: label, count, address"]
    top: Annotated[tuple[Source, ...], "the sources with most statements"]
    skips: Annotated[tuple[tuple[str, str, int, str | None], ...], "stage, reason, count and one example"]
    unmet: Annotated[
        tuple[tuple[str, int, int], ...], "what was compared in part: of what, common keys, pairs left out"
    ]

    def data(self) -> Plain:
        """Return the account."""
        return {
            **numbers(self.summary),
            "gaps": [{"first": first, "last": last, "months": months} for first, last, months in self.gaps],
            "sections": [{"value": each.value, "articles": each.count} for each, _ in self.sections],
            "sites": [{"value": each.value, "articles": each.count} for each, _ in self.sites],
            "certainty": [{"label": label, "statements": count} for label, count, _ in self.certainty],
            "sources": [plain.source(source) for source in self.top],
            "skips": [
                {"stage": stage, "reason": reason, "count": count, "example": example}
                for stage, reason, count, example in self.skips
            ],
            "not_compared": [
                {"what": what, "common_keys": keys, "meetings_left_out": meetings}
                for what, keys, meetings in self.unmet
            ],
        }


def build_front(visit: Visit) -> FrontPage:
    """Read what the front page shows."""
    summary = visit.archive.summary()
    top = tuple(visit.archive.sources(limit=TOP))
    names = next((facet.values for facet in visit.archive.search(limit=1).facets if facet.name == "source"), ())
    return FrontPage(
        title=summary.name,
        summary=summary,
        plot=_coverage(summary, 84),
        top=top,
        names=() if top else names[:TOP],
        latest=_latest(visit),
    )


def _latest(visit: Visit) -> tuple[StatementHit, ...]:
    """Return the newest statements worth a first look: of named speakers, by sure attributions; else just the newest."""
    for filters in (Filters(confidence=("high", "good")), Filters()):
        found = visit.archive.search(filters=filters, sort="date", limit=LOOKED_AT, facets=False).hits
        hits = [hit for hit in found if isinstance(hit, StatementHit)]
        named = [hit for hit in hits if hit.statement.speaker.name]
        if named or hits:
            return tuple((named or hits)[:LATEST])
    return ()


def build(visit: Visit) -> OverviewPage:
    """Read the account."""
    archive = visit.archive
    summary = archive.summary()
    facets = {facet.name: facet.values for facet in archive.search(limit=1).facets}
    articles, statements = Ask(scope="articles"), Ask()
    return OverviewPage(
        title="What this archive holds",
        summary=summary,
        plot=_coverage(summary, 120),
        gaps=tuple(sorted(gaps([(each.month, each.count) for each in summary.months]), key=lambda gap: -gap[2])),
        sections=tuple((each, articles.adding("section", each.value).address()) for each in summary.sections),
        sites=tuple((each, articles.adding("site", each.value).address()) for each in summary.sites),
        certainty=tuple(
            (
                facet_label("confidence", each.value, each.label),
                each.count,
                statements.adding("confidence", each.value).address(),
            )
            for each in sorted(facets.get("confidence", ()), key=lambda each: _BANDS.index(each.value))
        ),
        top=tuple(archive.sources(limit=TOP)),
        skips=_skips(visit),
        unmet=tuple(
            (what, keys, meetings) for what, (keys, meetings) in sorted(left_out(archive.folder).items()) if meetings
        ),
    )


def numbers(summary: Summary) -> Plain:
    """Return the counts of an archive and its coverage."""
    return {
        "name": summary.name,
        "captures": summary.captures,
        "articles": summary.articles,
        "revisions": summary.revisions,
        "statements": summary.statements,
        "pictures": summary.pictures,
        "skips": summary.skips,
        "months": plain.months(summary.months),
        "undated": summary.undated,
    }


def _coverage(summary: Summary, height: int) -> Plot | None:
    ask = Ask(scope="articles")
    return over_months(
        [(month.month, month.count) for month in summary.months],
        what="article",
        link=ask.by_month(),
        width=960,
        height=height,
        show_gaps=True,
    )


def _skips(visit: Visit) -> tuple[tuple[str, str, int, str | None], ...]:
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str | None] = {}
    for skip in visit.archive.skips():
        counts[skip.stage, skip.reason] += 1
        examples.setdefault((skip.stage, skip.reason), skip.url or skip.file)
    return tuple((stage, reason, count, examples[stage, reason]) for (stage, reason), count in counts.most_common())


def describe(summary: Summary) -> str:
    """Return the size of an archive as a sentence."""
    return (
        f"{wording.plural(summary.articles, 'article')}, {wording.plural(summary.statements, 'statement')} by "
        f"{wording.plural(summary.sources, 'source')}, {wording.plural(summary.pictures, 'picture')}"
    )
