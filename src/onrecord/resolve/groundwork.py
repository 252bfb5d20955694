"""All that can be said about who is who before a curator is asked: names, how they are used, which of them are one.

Forms whose names come out the same when taken apart ("President Barack Obama", "Barack Obama") are one *node*.
:mod:`onrecord.resolve.prepare` makes the groundwork of an archive, :mod:`onrecord.resolve.keeping` keeps it beside a
generation: it does not depend on the ledger, so a judgement does not make it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.resolve import heads
from onrecord.resolve.clusters import Edge
from onrecord.resolve.compare import Comparison, evidence, weigh
from onrecord.resolve.context import Contexts, usage
from onrecord.resolve.forms import Forms
from onrecord.resolve.heads import Numbered
from onrecord.resolve.nodes import Nodes

#: of :attr:`Groundwork.edges`: two nodes and how well they go together; the columns of :class:`Edge`
EDGES = np.dtype([("a", np.int32), ("b", np.int32), ("score", np.float64), ("certain", np.bool_)])


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not compared."""

    crowded_keys: int  # keys that so many names have that each is compared with its neighbours only
    meetings: int  # of two names over such a key that were not looked at; over several keys they count several times


@dataclass(frozen=True)
class Groundwork:
    """Nodes, what speaks for joining them, and what becomes of them where nobody has judged."""

    forms: Forms
    node_of: npt.NDArray[np.int32]  # of each form
    nodes: Nodes
    edges: npt.NDArray[np.void]  # of dtype EDGES
    contexts: Contexts  # of the nodes that are compared with others
    group: npt.NDArray[np.int32]  # of each node: nodes of one group are connected by edges
    home: npt.NDArray[np.int32]  # of each node: its cluster, called by the smallest of its nodes
    settled: npt.NDArray[np.int32]  # the same, with people of one name only given to the source that they must be
    left_out: LeftOut

    def compare(self, a: int, b: int) -> Comparison:
        """Compare two nodes, with reasons."""
        types = self.nodes.types
        return weigh(self._evidence(a, b, types[a] if types[a] == types[b] else "mixed"))

    def score(self, a: int, b: int) -> float:
        """Return how well two nodes go together."""
        return self.compare(a, b).score

    def _evidence(self, a: int, b: int, kind: str) -> Iterator[tuple[str, float, str]]:
        yield from evidence(self.nodes.words[a], self.nodes.words[b], kind)
        yield from self.usage(a, b)

    def usage(self, a: int, b: int) -> Iterator[tuple[str, float, str]]:
        """Yield what the use of two nodes says for and against their being one."""
        mine, other = self.contexts.get(a), self.contexts.get(b)
        if mine and other:
            yield from usage(mine, other)

    def edges_of(self, groups: npt.NDArray[np.int32]) -> list[Edge]:
        """Return the edges inside some groups."""
        return listed(self.edges[np.isin(self.group[self.edges["a"]], groups)])

    def called(self, words: str) -> list[int]:
        """Return the nodes that have a form with these words."""
        forms = pc.indices_nonzero(pc.equal(self.forms.forms["words"], words)).to_numpy()
        nodes: list[int] = np.unique(self.node_of[forms]).tolist()
        return nodes

    @cached_property
    def sources(self) -> Numbered:
        """The sources as they are where nobody has judged."""
        return heads.numbered(self.nodes, self.settled)

    @cached_property
    def node_of_use(self) -> npt.NDArray[np.int32]:
        """The node of each use; -1 where it is nobody's."""
        return node_of_use(self.forms, self.node_of)

    def with_own_node(self, node: int, words: str) -> Groundwork:
        """Return the same with a new last node for the form of these words, which was in ``node``."""
        forms, nodes = self.forms.forms, self.nodes
        mine = np.flatnonzero(self.node_of == node)
        named = forms["words"].take(pa.array(mine)).to_pylist()
        counts = forms["count"].take(pa.array(mine)).to_pylist()
        node_of = self.node_of.copy()
        node_of[[form for form, name in zip(mine.tolist(), named, strict=True) if name == words]] = len(nodes.words)
        moved = sum(count for count, name in zip(counts, named, strict=True) if name == words)
        rest = [(count, name) for count, name in zip(counts, named, strict=True) if name != words]
        names = [*nodes.words, words]
        if names[node] == words and rest:
            names[node] = max(rest, key=lambda pair: pair[0])[1]
        own = replace(
            nodes,
            words=names,
            types=[*nodes.types, nodes.types[node]],
            counts=[*nodes.counts, moved],
            firsts=[*nodes.firsts, nodes.firsts[node]],
            ids=[*nodes.ids, nodes.ids[node]],
            own_ids=[*nodes.own_ids, heads.identity(nodes.types[node], words, whole=True)],
            full=[*nodes.full, nodes.full[node]],
            families=[*nodes.families, nodes.families[node]],
            singles=[*nodes.singles, nodes.singles[node]],
        )
        own.counts[node] -= moved
        alone = np.array([len(nodes.words)], np.int32)
        group, home, settled = (np.concatenate([each, alone]) for each in (self.group, self.home, self.settled))
        return replace(self, node_of=node_of, nodes=own, group=group, home=home, settled=settled)


def node_of_use(forms: Forms, node_of: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return the node of each use; -1 where it is nobody's."""
    found: npt.NDArray[np.int32] = np.append(node_of, np.int32(-1))[forms.uses["form"].to_numpy()]
    return found


def listed(edges: npt.NDArray[np.void]) -> list[Edge]:
    """Return rows of dtype :data:`EDGES` as edges."""
    return [Edge(*row) for row in edges.tolist()]
