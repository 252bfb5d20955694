"""What a site repeats, learned from the site: first count, then extract.

Two things are counted over the pages of a site, for each year and for all years together, because sites are
redesigned: the blocks of text, so that those which stand on many pages can go; and the elements in which a
headline, a byline or a date stood that the page's data confirmed, so that they can be found where the data is
missing. Counts are made page by page and added up in any order, shard by shard; equal pages give equal profiles.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.extract import dates
from onrecord.extract.blocks import Block, Outline
from onrecord.extract.clean import fold

_SHARE = 0.2  # of a site's pages; a block on so many of them is the site's, not the article's
_LEAST = 2  # pages on which it must stand in any case: two articles do not share a paragraph by chance
_CONFIRMED = 0.6  # share of the pages with a value on which an element must have held it
_SHORT = 160  # characters; a longer block is no byline or date
ALL = ""  # the period that holds all years

Place = tuple[str, str]  # site, period
Make = tuple[str, str]  # tag, class and id


@dataclass(slots=True)
class Counts:
    """What was seen of each site and period; grows by :func:`add` and by :meth:`merge`."""

    pages: Counter[Place] = field(default_factory=Counter)
    blocks: dict[Place, Counter[int]] = field(default_factory=dict)
    valued: Counter[tuple[Place, str]] = field(default_factory=Counter)  # pages that had a value for the field
    makes: dict[tuple[Place, str], Counter[Make]] = field(default_factory=dict)

    def merge(self, other: Counts) -> None:
        """Add the counts of another shard."""
        self.pages.update(other.pages)
        self.valued.update(other.valued)
        for place, counted in other.blocks.items():
            self.blocks.setdefault(place, Counter()).update(counted)
        for key, seen in other.makes.items():
            self.makes.setdefault(key, Counter()).update(seen)


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What was learned: the blocks that each site repeats, and where it prints its fields. Pickles small."""

    repeated: dict[Place, frozenset[int]] = field(default_factory=dict)
    makes: dict[tuple[Place, str], frozenset[Make]] = field(default_factory=dict)

    def without_repeats(self, out: Outline, site: str | None, year: str | None) -> Outline:
        """Return the outline without the blocks that the site repeats in this year or at all times."""
        known = [found for place in _places(site, year) if (found := self.repeated.get(place))]
        if not known:
            return out
        kept = [block for block in out.blocks if not any(key_of(block.text) in found for found in known)]
        return Outline(kept, out.parents, out.tags, out.marks, out.names, out.nodes, out.cut)

    def places_of(self, name: str, out: Outline, site: str | None, year: str | None) -> list[Block]:
        """Return the blocks in which the site prints a field, best known period first."""
        for place in _places(site, year):
            if makes := self.makes.get((place, name)):
                return [b for b in out.blocks if len(b.text) < 2 * _SHORT and (b.tag, out.names[b.owner]) in makes]
        return []


def add(counts: Counts, out: Outline, site: str | None, year: str | None, confirmed: dict[str, str]) -> None:
    """Count one page.

    Args:
        counts: what it is added to.
        out: the page's blocks.
        site: its host; a page without one cannot be learned from.
        year: of its capture or publication.
        confirmed: values that its data gave, by field: ``headline``, ``authors`` (the first name), ``published``.
    """
    for place in _places(site, year):
        counts.pages[place] += 1
        counts.blocks.setdefault(place, Counter()).update({key_of(block.text) for block in out.blocks})
        for name, value in confirmed.items():
            counts.valued[place, name] += 1
            holders = {(b.tag, out.names[b.owner]) for b in out.blocks if _holds(name, value, b) and out.names[b.owner]}
            counts.makes.setdefault((place, name), Counter()).update(holders)


def profile(counts: Counts) -> SiteProfile:
    """Return what the counts show."""
    repeated = {}
    for place, counted in counts.blocks.items():
        least = max(_LEAST, _SHARE * counts.pages[place])
        if found := frozenset(key for key, number in counted.items() if number >= least):
            repeated[place] = found
    makes = {}
    for key, seen in counts.makes.items():
        least = max(_LEAST, _CONFIRMED * counts.valued[key])
        if sure := frozenset(make for make, number in seen.items() if number >= least):
            makes[key] = sure
    return SiteProfile(repeated, makes)


def key_of(text: str) -> int:
    """Return a number for the words of a block: the same on every machine."""
    return int.from_bytes(hashlib.blake2b(fold(text).encode(), digest_size=8).digest(), "big")


def _places(site: str | None, year: str | None) -> Iterable[Place]:
    if site and year:
        yield site, year
    if site:
        yield site, ALL


def _holds(name: str, value: str, block: Block) -> bool:
    if name == "published":
        return len(block.text) < _SHORT and (dates.parse(block.text) or "")[:10] == value[:10]
    if name == "headline":
        return fold(block.text) == fold(value)
    return len(block.text) < _SHORT and fold(value) in fold(block.text)
