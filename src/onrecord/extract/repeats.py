"""What a site repeats, learned from the site: first count, then extract.

Two things are counted over the pages of a site, for each year of capture and for all years together, because sites
are redesigned: the blocks of text with the elements that hold them, so that those which stand on many pages can go;
and the elements in which a headline, a byline or a date stood that the page's data confirmed, so that they can be
found where the data is missing. Counts are made page by page and added up in any order, shard by shard; equal pages
give equal profiles.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.extract import dates
from onrecord.extract.blocks import Block, Outline
from onrecord.extract.clean import fold

_SHARE = 0.2  # of a site's pages; a block on so many of them is the site's, not the article's
_LEAST = 3  # pages on which it must stand in any case: two articles may be copies of one report
_FEW = 5  # pages; of fewer, two that share a block are enough
_CONFIRMED = 0.6  # share of the pages with a value on which an element must have held it
_AGAIN = 2  # texts that begin alike before a dash: no two begin so with a name or a word of theirs
_SHORT = 160  # characters; a longer block is no byline or date
_LINKED = 0.7  # share of linked text above which a block is never taken for text anyway
_KEPT = 0.25  # of a text that must be left; where less is, the site's pages are copies of each other
_NAMES = 5_000  # of authors that are remembered of a site
_HELD = 500_000  # counted blocks in memory; beyond, those seen once are forgotten (lossy counting, Manku and Motwani)
_DIGITS = re.compile(r"\d+")
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
    authors: dict[Place, dict[str, None]] = field(default_factory=dict)  # folded names, in the order seen
    datelines: dict[Place, Counter[str]] = field(default_factory=dict)  # folded: what texts begin with before a dash
    wires: dict[Place, Counter[str]] = field(default_factory=dict)  # folded: what stands in brackets there

    def merge(self, other: Counts) -> None:
        """Add the counts of another shard."""
        self.pages.update(other.pages)
        self.valued.update(other.valued)
        for place, counted in other.blocks.items():
            self.blocks.setdefault(place, Counter()).update(counted)
        for key, seen in other.makes.items():
            self.makes.setdefault(key, Counter()).update(seen)
        for mine, theirs in ((self.datelines, other.datelines), (self.wires, other.wires)):
            for place, found in theirs.items():
                mine.setdefault(place, Counter()).update(found)
        for place, names in other.authors.items():
            self.authors.setdefault(place, {}).update(names)
        if sum(map(len, self.blocks.values())) > _HELD:
            self.blocks = {
                place: Counter({key: number for key, number in counted.items() if number > 1 or self.pages[place] < 20})
                for place, counted in self.blocks.items()
            }


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What was learned of a site in one period: the blocks it repeats, and where it prints its fields."""

    site: str
    period: str
    pages: int  # that it was learned from
    repeated: frozenset[int] = frozenset()
    makes: tuple[tuple[str, frozenset[Make]], ...] = ()  # by field
    authors: frozenset[str] = frozenset()  # folded names that the data of its pages gave
    datelines: frozenset[str] = frozenset()  # folded: places with which its texts begin
    wires: frozenset[str] = frozenset()  # folded: agencies in brackets behind them

    def dump(self) -> str:
        """Return it as JSON, equal for equal profiles."""
        makes = {name: sorted(map(list, found)) for name, found in self.makes}
        values = {"repeated": [f"{key:016x}" for key in sorted(self.repeated)], "makes": makes}
        known = {"site": self.site, "period": self.period, "pages": self.pages}
        named = {"authors": self.authors, "datelines": self.datelines, "wires": self.wires}
        return json.dumps({**known, **values, **{key: sorted(held) for key, held in named.items()}}, ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> SiteProfile:
        """Return the profile that :meth:`dump` wrote.

        Raises:
            ValueError, KeyError, TypeError: it is none.
        """
        values = json.loads(text)
        makes = {name: frozenset((tag, names) for tag, names in found) for name, found in values["makes"].items()}
        return cls(
            values["site"],
            values["period"],
            values["pages"],
            frozenset(int(key, 16) for key in values["repeated"]),
            tuple(sorted(makes.items())),
            *(frozenset(values[name]) for name in ("authors", "datelines", "wires")),
        )


ProfileOf = Callable[[str, str], SiteProfile | None]  # of a site in a period


def add(
    counts: Counts,
    out: Outline,
    site: str | None,
    period: str | None,
    confirmed: dict[str, str],
    authors: Iterable[str] = (),
    lead: tuple[str, str | None] | None = None,
) -> None:
    """Count one page.

    Args:
        counts: what it is added to.
        out: the page's blocks.
        site: its host; a page without one cannot be learned from.
        period: the year of its capture, or of its publication where no capture is known.
        confirmed: values that its data gave, by field: ``headline``, ``authors`` (the first name), ``published``.
        authors: the names that its data gave.
        lead: what may be the dateline of its text: the place, and what stands in brackets behind it.
    """
    keys = {key for block, key in _keyed(out, out.blocks) if len(block.text) > 2}
    for place in _places(site, period):
        counts.pages[place] += 1
        counts.blocks.setdefault(place, Counter()).update(keys)
        counts.authors.setdefault(place, {}).update(dict.fromkeys(map(fold, authors)))
        for counted, said in zip((counts.datelines, counts.wires), lead or (), strict=False):
            if said:
                counted.setdefault(place, Counter())[fold(said)] += 1
        for name, value in confirmed.items():
            counts.valued[place, name] += 1
            holders = {(b.tag, out.names[b.owner]) for b in out.blocks if _holds(name, value, b) and out.names[b.owner]}
            counts.makes.setdefault((place, name), Counter()).update(holders)


def profiles(counts: Counts) -> dict[Place, SiteProfile]:
    """Return what the counts show; a single page shows nothing."""
    found = {}
    for place, pages in sorted(counts.pages.items()):
        if pages < 2:
            continue
        least = max(2 if pages < _FEW else _LEAST, _SHARE * pages)
        repeated = frozenset(key for key, number in counts.blocks[place].items() if number >= least)
        makes = {}
        for name in ("authors", "headline", "published"):
            least = max(2, _CONFIRMED * counts.valued[place, name])
            seen = counts.makes.get((place, name), Counter[Make]())
            if sure := frozenset(make for make, number in seen.items() if number >= least):
                makes[name] = sure
        names = frozenset(list(counts.authors[place])[:_NAMES])
        again = [
            frozenset(said for said, number in counted.get(place, Counter[str]()).items() if number >= _AGAIN)
            for counted in (counts.datelines, counts.wires)
        ]
        found[place] = SiteProfile(*place, pages, repeated, tuple(sorted(makes.items())), names, *again)
    return found


def of_page(profile_of: ProfileOf | None, site: str | None, period: str | None) -> list[SiteProfile]:
    """Return what is known of the site of a page: in its period, then at all times."""
    if profile_of is None:
        return []
    return [found for place in _places(site, period) if (found := profile_of(*place)) is not None]


def less(paragraphs: Sequence[str], out: Outline, known: Sequence[SiteProfile]) -> list[str]:
    """Return a text without what its site repeats.

    Only takes away: a text never becomes another one. Nothing goes where the first paragraph would, or most of the
    text: such a page is a copy or a second capture of others, and what they share is their article.
    """
    texts = set(paragraphs)
    gone = {
        block.text
        for block, key in _keyed(out, [block for block in out.blocks if block.text in texts])
        if any(key in profile.repeated for profile in known)
    }
    kept = [text for text in paragraphs if text not in gone]
    if not kept or kept[0] != paragraphs[0] or sum(map(len, kept)) < _KEPT * sum(map(len, paragraphs)):
        return list(paragraphs)
    return kept


def places_of(name: str, out: Outline, known: Sequence[SiteProfile]) -> list[Block]:
    """Return the short blocks in which the site prints a field, by the best known period."""
    for profile in known:
        if makes := dict(profile.makes).get(name):
            return [b for b in out.blocks if len(b.text) < 2 * _SHORT and (b.tag, out.names[b.owner]) in makes]
    return []


def _keyed(out: Outline, blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Yield blocks that may be text, with a number for words and elements that is the same on every machine.

    The elements belong to it because a teaser repeats the first words of an article all over its site.
    """
    for block in blocks:
        if block.linked <= _LINKED * len(block.text):
            owner = block.owner
            around = max(out.parents[owner], 0)
            made = f"{out.tags[owner]} {out.names[owner]} in {out.tags[around]} {out.names[around]}"
            words = f"{_DIGITS.sub('0', made)}|{fold(block.text)}"
            yield block, int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big")


def _places(site: str | None, period: str | None) -> Iterator[Place]:
    if site and period:
        yield site, period
    if site:
        yield site, ALL


def _holds(name: str, value: str, block: Block) -> bool:
    if name == "published":
        return len(block.text) < _SHORT and (dates.parse(block.text) or "")[:10] == value[:10]
    if name == "headline":
        return fold(block.text) == fold(value)
    return len(block.text) < _SHORT and fold(value) in fold(block.text)
