"""Where a query's words stand in a text, and which part of a long text to show. Spans, never markup."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Span, Spans
from onrecord.store.index import stemmer
from onrecord.store.query import Field, Node, Words, leaves
from onrecord.store.tokens import LONGEST, placed, words

EXCERPT = 260  # code points of an article that a list of results shows


@dataclass(frozen=True, slots=True)
class Needle:
    """Words that must stand side by side; with ``prefix`` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False
    stem: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether a pattern finds it where a text is ASCII: one word, none of its length cut off."""
        return len(self.words) == 1 and not self.stem and len(self.words[0]) < LONGEST


def needles(node: Node | None, *, stem: bool = False) -> tuple[Needle, ...]:
    """Return what a query's plain words and phrases look for; what stands behind NOT is left out."""
    found = (leaf for leaf in leaves(node) if isinstance(leaf, Words))
    return tuple(dict.fromkeys(_needle(leaf, stem) for leaf in found))


def field_needles(node: Node | None, name: str) -> tuple[Needle, ...]:
    """Return what ``name:`` looks for in a query."""
    found = (leaf for leaf in leaves(node) if isinstance(leaf, Field) and leaf.name == name)
    return tuple(dict.fromkeys(_needle(leaf, stem=False) for leaf in found))


def spans(text: str, wanted: Iterable[Needle]) -> Spans:
    """Return where the needles stand in a text: in order, without overlap."""
    wanted = tuple(wanted)
    if not wanted or not text:
        return ()
    if text.isascii() and all(needle.is_plain for needle in wanted):
        lower = text.lower()
        return _merged(sorted(match.span() for needle in wanted for match in _pattern(needle).finditer(lower)))
    found = list(placed(text))
    exact = [word for word, _ in found]
    stems = _stems(exact) if any(needle.stem for needle in wanted) else exact
    hits: set[Span] = set()
    for needle in wanted:
        row, last = stems if needle.stem else exact, len(needle.words) - 1
        for at in range(len(row) - last):
            if all(_same(row[at + step], word, needle, step == last) for step, word in enumerate(needle.words)):
                hits.add((found[at][1][0], found[at + last][1][1]))
    return _merged(sorted(hits))


def excerpt(text: str, hits: Spans) -> Span:
    """Return the part of a text, about EXCERPT long, with the most hits; it begins and ends between words."""
    if len(text) <= EXCERPT:
        return 0, len(text)
    best = max(hits, key=lambda hit: (_within(hits, hit[0]), -hit[0]), default=(0, 0))
    start = 0 if best[1] <= EXCERPT * 3 // 4 else best[0] - EXCERPT // 4
    end = min(len(text), max(start + EXCERPT, best[1]))
    start = max(0, min(start, end - EXCERPT))
    return _between_words(text, start, best[0], -1), _between_words(text, end, max(best[1], start), 1)


@functools.lru_cache(maxsize=1_000)
def _pattern(needle: Needle) -> re.Pattern[str]:
    """Return what finds a plain needle among the words that ``tokens`` sees in lower-case ASCII."""
    return re.compile(rf"(?<![a-z0-9]){re.escape(needle.words[0])}{'[a-z0-9]*' if needle.prefix else ''}(?![a-z0-9])")


def _within(hits: Spans, start: int) -> int:
    return sum(start <= hit[0] and hit[1] <= start + EXCERPT // 2 for hit in hits)


def _between_words(text: str, at: int, inner: int, side: int) -> int:
    """Move a cut that falls into a word inwards to the next space, but not into what must be shown."""
    if at in (0, len(text)):
        return at
    if side < 0:
        space = next((place for place in range(at, inner) if text[place - 1].isspace()), at)
        return space
    return next((place for place in range(at, inner, -1) if text[place].isspace()), at)


def _needle(leaf: Words | Field, stem: bool) -> Needle:
    found = words(leaf.text)
    if stem and not leaf.prefix:
        return Needle(tuple(_stems(found)), stem=True)
    return Needle(tuple(found), leaf.prefix)


def _stems(found: list[str]) -> list[str]:
    return stemmer().analyze(" ".join(found))


def _same(word: str, wanted: str, needle: Needle, is_last: bool) -> bool:
    return word == wanted or (needle.prefix and is_last and word.startswith(wanted))


def _merged(hits: list[Span]) -> Spans:
    merged: list[Span] = []
    for start, end in hits:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
