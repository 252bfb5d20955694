"""Gives people who go by one name only ("Mr. Obama") to the source that they must be, where that is clear.

A single name is not an identity. It is given to a source with a full name only if that name is the source's last part
and it has nearly all statements of the sources with that last part that share an organisation or a role with the single
name; or, where none does, of all sources with that last part. Otherwise, and where a far more quoted source has that
last part too, the single name stays a source by itself. Standing in one article says nothing: there the name alone was
already taken for somebody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

import numpy as np
import numpy.typing as npt

from onrecord.resolve import vocabulary
from onrecord.resolve.groundwork import Groundwork
from onrecord.resolve.names import Part, parse_person
from onrecord.resolve.pairing import part_closeness

_CLOSE = 0.9  # a single name must sound like the last part
_SHARE = 0.95  # of all statements of sources with that last part
_SHARE_BESIDE = 0.9  # of the statements of those that share organisation, role or article with the single name
_ENOUGH = 20  # statements
_DWARFED = 4  # a source that is quoted this many times less than another with its last part gets no single name


def attach(
    ground: Groundwork,
    home: npt.NDArray[np.int32],
    apart: Iterable[tuple[int, int]] = (),
    changed: npt.NDArray[np.int32] | None = None,
) -> npt.NDArray[np.int32]:
    """Return the clusters with single names given to the sources that they must be.

    Args:
        ground: the nodes.
        home: the cluster of each node.
        apart: nodes that must not be one source.
        changed: nodes whose cluster is not the one in ``ground.home``: only the names that these bear are looked at,
            the others stay where ``ground.settled`` has them. None: all are looked at.
    """
    forbidden = {frozenset(pair) for pair in apart}
    nodes = ground.nodes
    settled = home.copy() if changed is None else ground.settled.copy()
    if changed is not None:
        settled[changed] = home[changed]
    looked_at = None if changed is None else {nodes.families[node] for node in changed.tolist()}
    singles = [
        node
        for node, (family, single) in enumerate(zip(nodes.families, nodes.singles, strict=True))
        if single and (looked_at is None or family in looked_at)
    ]
    bearers = _bearers(ground, {nodes.families[node] for node in singles})
    members = _Members(home)
    for node in singles:
        settled[node] = home[node]
        if home[node] != node or len(members[node]) > 1:
            continue  # a curator or an article has placed it
        part = parse_person(nodes.words[node]).parts[0]
        fitting = {
            int(home[other])
            for last, its in bearers.get(nodes.families[node], {}).items()
            if part_closeness(part, last)[0] >= _CLOSE
            for other in its
            if frozenset((node, other)) not in forbidden
        }
        chosen = _choose(ground, node, part, {number: members[number] for number in sorted(fitting)})
        if chosen is not None:
            settled[node] = chosen
    return settled


def _bearers(ground: Groundwork, wanted: Container[str]) -> dict[str, dict[Part, list[int]]]:
    """Return by their consonants the last parts of full names, and who bears each."""
    nodes = ground.nodes
    found: dict[str, dict[Part, list[int]]] = defaultdict(lambda: defaultdict(list))
    for node, (family, single) in enumerate(zip(nodes.families, nodes.singles, strict=True)):
        if not single and family and family in wanted:
            last = [part for part in parse_person(nodes.words[node]).parts if not part.initial][-1]
            found[family][last].append(node)
    return found


class _Members:
    """The nodes of each cluster, in ascending order."""

    def __init__(self, home: npt.NDArray[np.int32]) -> None:
        self._order = np.argsort(home, kind="stable")
        self._sorted = home[self._order]

    def __getitem__(self, cluster: int) -> list[int]:
        start, end = np.searchsorted(self._sorted, [cluster, cluster + 1])
        nodes: list[int] = self._order[start:end].tolist()
        return nodes


def _choose(ground: Groundwork, node: int, part: Part, candidates: dict[int, list[int]]) -> int | None:
    if not candidates:
        return None
    mine = ground.contexts.get(node)
    beside = []
    for number, nodes in candidates.items():
        contexts = [context for other in nodes if (context := ground.contexts.get(other))]
        if mine and any(mine.organisations & other.organisations or mine.roles & other.roles for other in contexts):
            beside.append(number)
    totals = {number: sum(ground.nodes.counts[other] for other in nodes) for number, nodes in candidates.items()}
    if beside:
        chosen = _most_of({number: totals[number] for number in beside}, _SHARE_BESIDE, 1)
        return chosen if chosen is not None and totals[chosen] * _DWARFED >= max(totals.values()) else None
    if vocabulary.is_kin_name(part.stem):
        return None
    return _most_of(totals, _SHARE, _ENOUGH)


def _most_of(totals: dict[int, int], share: float, enough: int) -> int | None:
    best = max(totals, key=lambda number: (totals[number], -number))
    return best if totals[best] >= max(enough, share * sum(totals.values())) else None
