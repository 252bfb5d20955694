"""What all pairs of copies show together: merged articles, copies of one original, families.

An article that takes its beginning from A and its end from B, where A and B share nothing, is *merged*: it belongs to
both and is a whole copy of neither, however much of a short article is inside it. Two whole copies of one original are
copies of each other, also where each was reworded until they no longer look alike.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.model import Copy, Span
from onrecord.resolve.copies import COPY, PARTIAL

OWN_PART = 0.2  # of a merged article that each of its two sources gives at least
GIVEN_PART = 0.35  # of a source that a merged article takes at least; who takes less only borrowed from it
OVERLAP = 0.25  # of the smaller part that two sources' parts may share at most
LARGE_FAMILY = 40  # in a larger one the pairs that were seen stand for all, or they would grow with its square
WHOLE = 0.8  # of a merged article that its own whole copy has at least


def settle(copies: Sequence[Copy], lengths: Mapping[str, int]) -> tuple[Copy, ...]:
    """Return the copies with merged articles put right and copies of one original joined.

    Args:
        copies: the pairs as each by itself shows them.
        lengths: code points of each article's text.
    """
    parts = _parts(copies)
    merged = {article for article in parts if _is_merged(article, parts, lengths)}
    checked = [_as_part(copy, merged, parts, lengths) for copy in copies]
    return (*checked, *_siblings(checked))


def families(copies: Iterable[Copy]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of articles that are copies of one another: one origin each."""
    groups: dict[str, set[str]] = {}
    for copy in copies:
        if copy.relation == COPY:
            joined = groups.get(copy.a, {copy.a}) | groups.get(copy.b, {copy.b})
            groups.update(dict.fromkeys(joined, joined))
    return tuple(sorted({tuple(sorted(group)) for group in groups.values()}))


def _parts(copies: Sequence[Copy]) -> dict[str, dict[str, tuple[Span, ...]]]:
    """Return for each article the spans that each partner has too."""
    parts: dict[str, dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for copy in copies:
        parts[copy.a][copy.b] = tuple(passage.a for passage in copy.passages)
        parts[copy.b][copy.a] = tuple(passage.b for passage in copy.passages)
    return parts


def _is_merged(article: str, parts: Mapping[str, Mapping[str, tuple[Span, ...]]], lengths: Mapping[str, int]) -> bool:
    givers = [
        (partner, spans)
        for partner, spans in sorted(parts[article].items())
        if _size(spans) >= OWN_PART * lengths[article]
        and _size(parts[partner][article]) >= GIVEN_PART * lengths[partner]
    ]
    for (one, spans), (other, more) in itertools.combinations(givers, 2):
        unrelated = other not in parts[one]
        if unrelated and _shared(spans, more) <= OVERLAP * min(_size(spans), _size(more)):
            return True
    return False


def _as_part(
    copy: Copy, merged: set[str], parts: Mapping[str, Mapping[str, tuple[Span, ...]]], lengths: Mapping[str, int]
) -> Copy:
    if copy.relation != COPY:
        return copy
    for one, other in ((copy.a, copy.b), (copy.b, copy.a)):
        if one in merged and other not in merged and _size(parts[one][other]) < WHOLE * lengths[one]:
            return dataclasses.replace(copy, relation=PARTIAL, why=f"{copy.why}; merged from several articles")
    return copy


def _siblings(copies: Sequence[Copy]) -> list[Copy]:
    """Join articles of one family that were not seen as copies by themselves."""
    known = {frozenset((copy.a, copy.b)) for copy in copies}
    joined = []
    for family in families(copies):
        if len(family) > LARGE_FAMILY:
            continue
        for a, b in itertools.combinations(family, 2):
            if frozenset((a, b)) not in known:
                joined.append(Copy(a, b, COPY, None, 0.0, 0.5, (), "both are copies of the same article"))
    return joined


def _size(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
