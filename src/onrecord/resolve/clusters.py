"""Puts names that are one into clusters that do not chain.

The strongest pairs are joined first. Two clusters become one only when no two of their members contradict each other
and they agree on the whole. What is certain, because an article or a curator says so, comes last and joins names however
unlike they are. So "Ali Saleh" joins "Ali Abdullah Saleh" or "Ali Mohsen Saleh", and never makes these
two one. A name that fits two which contradict each other, both equally well, joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

CONTRADICTION = 0.2  # a pair that scores less than this speaks against joining
_MARGIN = 0.15  # a name that fits two joins the better one when it fits that much better
_LOOKED_AT = 8  # members of each cluster, the most frequent ones, that are held against each other

Score = Callable[[int, int], float]  # of two members, 0..1


@dataclass(frozen=True, slots=True)
class Edge:
    """Two names that were found to be one."""

    a: int
    b: int
    score: float
    certain: bool = False  # a curator or an article says so: joined whatever the names look like


def cluster(
    count: int,
    edges: Iterable[Edge],
    score: Score,
    *,
    weight: Sequence[int],
    apart: Iterable[tuple[int, int]] = (),
) -> list[int]:
    """Return for each of ``count`` names the number of its cluster (the smallest member's).

    Args:
        count: names are 0 .. count - 1.
        edges: pairs that score as the same.
        score: compares two names.
        weight: how often each name is used; frequent names are joined first and looked at first.
        apart: pairs that must not come into one cluster (a curator's "not the same").
    """
    members: dict[int, list[int]] = {}
    home = list(range(count))
    forbidden: dict[int, set[int]] = defaultdict(set)
    for a, b in apart:
        forbidden[a].add(b)
        forbidden[b].add(a)
    edges = list(edges)
    score = _remembering(edges, score)
    kept = _without_ambiguous(edges, score)
    for edge in sorted(kept, key=lambda e: (e.certain, -e.score, -weight[e.a] - weight[e.b], e.a, e.b)):
        one, other = home[edge.a], home[edge.b]
        if one == other:
            continue
        mine, theirs = members.get(one, [one]), members.get(other, [other])
        if any(not forbidden[name].isdisjoint(theirs) for name in mine if name in forbidden):
            continue
        if not edge.certain and not _agree(mine, theirs, edge, score, weight):
            continue
        into, gone = min(one, other), max(one, other)
        members[into] = sorted(mine + theirs, key=lambda name: (-weight[name], name))
        members.pop(gone, None)
        for name in members[into]:
            home[name] = into
    return home


def _remembering(edges: Iterable[Edge], score: Score) -> Score:
    """Return the same, asked once for a pair and never for one that has an edge."""
    known = {(edge.a, edge.b): edge.score for edge in edges if not edge.certain}

    def remembered(a: int, b: int) -> float:
        pair = (min(a, b), max(a, b))
        if pair not in known:
            known[pair] = score(a, b)
        return known[pair]

    return remembered


def _agree(mine: list[int], theirs: list[int], edge: Edge, score: Score, weight: Sequence[int]) -> bool:
    if len(mine) == len(theirs) == 1:
        return True
    total = pairs = 0.0
    for a in mine[:_LOOKED_AT]:
        for b in theirs[:_LOOKED_AT]:
            found = edge.score if {a, b} == {edge.a, edge.b} else score(a, b)
            if found < CONTRADICTION:
                return False
            total += found
            pairs += 1
    return total >= pairs / 2


def _without_ambiguous(edges: list[Edge], score: Score) -> list[Edge]:
    """Leave out the edges of a name to two others that contradict each other and fit it equally well."""
    beside: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if not edge.certain:
            beside[edge.a].append(edge)
            beside[edge.b].append(edge)
    dropped: set[tuple[int, int]] = set()
    for name, its in beside.items():
        if len(its) < 2:
            continue
        its.sort(key=lambda edge: -edge.score)
        best = its[0]
        first = best.a if best.b == name else best.b
        for edge in its[1 : 1 + _LOOKED_AT]:
            other = edge.a if edge.b == name else edge.b
            if score(first, other) < CONTRADICTION:
                dropped.add((edge.a, edge.b))
                if best.score - edge.score < _MARGIN:
                    dropped.add((best.a, best.b))
    return [edge for edge in edges if edge.certain or (edge.a, edge.b) not in dropped]
