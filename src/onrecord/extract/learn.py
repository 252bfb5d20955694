"""Learn from pages what their sites repeat."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from onrecord.extract import address, dateline, dates, repeats
from onrecord.extract.blocks import Outline
from onrecord.extract.decode import decode
from onrecord.extract.repeats import Counts, ProfileOf, SiteProfile
from onrecord.extract.webpage import Parsed, parse
from onrecord.model import Page

_TEXT = 100  # characters of a paragraph that may begin with a dateline
_FIRST = 5  # paragraphs among which it is looked for


def count(pages: Iterable[Page]) -> Counts:
    """Count the pages of one shard; the counts of shards add up (:meth:`Counts.merge`). Never raises for a page."""
    counts = Counts()
    seen: set[str] = set()
    for page in pages:
        if page.capture.media != "html":
            continue
        try:
            parsed = parse(page, decode(page.body, page.capture.charset)[0])
        except Exception:  # extract makes the skip of it; here it only counts nothing
            continue
        if parsed is None or (parsed.url or "") in seen:
            continue  # captures of one address repeat themselves, not their site
        seen.add(parsed.url or "")
        site, names = address.site_of(parsed.url), parsed.linked.authors
        repeats.add(counts, parsed.out, site, parsed.period(page), _confirmed(parsed), names, _lead(parsed.out))
    return counts


def learn(pages: Iterable[Page]) -> ProfileOf:
    """Return what the sites of these pages repeat, to be asked by site and period."""
    known = repeats.profiles(count(pages))

    def profile_of(site: str, period: str) -> SiteProfile | None:
        return known.get((site, period))

    return profile_of


def _lead(out: Outline) -> tuple[str, str | None] | None:
    """Return what may be the dateline of a page's text: the opening of one of its first longer paragraphs."""
    long = (block.text for block in out.blocks if len(block.text) >= _TEXT and 3 * block.linked < len(block.text))
    found = (line for text in islice(long, _FIRST) if (line := dateline.opening(text)))
    return next(((line.place, line.source) for line in found), None)


def _confirmed(parsed: Parsed) -> dict[str, str]:
    linked = parsed.linked
    values = {
        "headline": linked.headline,
        "authors": next(iter(linked.authors), None),
        "published": dates.parse(linked.published),
    }
    return {name: value for name, value in values.items() if value}
