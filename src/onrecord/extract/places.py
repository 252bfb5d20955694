"""Fields from where their site prints them: only what a second signal bears out."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract import authors, dates, repeats
from onrecord.extract.blocks import Outline
from onrecord.extract.clean import fold
from onrecord.extract.draft import Draft
from onrecord.extract.repeats import SiteProfile

SOURCE = "site"
_WEAK = (None, "page", "address")  # where a date may have come from that the site's own place of it is better than


def fill(draft: Draft, out: Outline, known: Sequence[SiteProfile], title: str | None) -> None:
    """Fill what the page's data left open from where its site prints it.

    An author must be one that the data of other pages of the site names; a date must be as the address says and not
    contradict the page's own; a headline must stand in the page's title.

    Args:
        draft: the article while its fields are being found.
        out: its page.
        known: what was learned of its site.
        title: of the page's head.
    """
    draft.datelines = frozenset[str]().union(*(profile.datelines for profile in known))
    draft.wires = frozenset[str]().union(*(profile.wires for profile in known))
    if not draft.authors:
        writers = frozenset[str]().union(*(profile.authors for profile in known))
        for block in repeats.places_of("authors", out, known):
            names = authors.names_in(block.text)
            if names and all(fold(name) in writers for name in names):
                draft.authors, draft.sources["authors"] = names, SOURCE
                break
    if draft.sources.get("published") in _WEAK:
        date = dates.first(block.text for block in repeats.places_of("published", out, known))
        told = [value for value in (dates.from_address(draft.url), draft.values.get("published")) if value]
        if date and len(date) >= 10 and all(date.startswith(value[:10]) for value in told):
            draft.values["published"], draft.sources["published"] = date, SOURCE
    if draft.sources.get("headline") not in ("h1", "json-ld"):
        for block in repeats.places_of("headline", out, known)[:1]:
            if title and fold(block.text) in fold(title):
                draft.values["headline"], draft.sources["headline"] = block.text, SOURCE
