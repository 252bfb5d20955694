"""The outside of sources: names and ids of clusters.

A source's id is made from its type and the consonants of its name, so it stays the same across rebuilds and machines
and while articles are added, also when another spelling becomes the most frequent one. Where several sources would
get one id, the one seen first has it and the others' ids are made from their whole name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.model import SpeakerType
from onrecord.resolve.names import parse_organisation, parse_person
from onrecord.resolve.nodes import Nodes
from onrecord.resolve.romanise import romanise
from onrecord.resolve.sound import skeleton


@dataclass(frozen=True, slots=True)
class Head:
    """The outside of a source."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sources with numbers, the most quoted first."""

    heads: list[Head]
    named_by: npt.NDArray[np.int64]  # of each source the node that it is called by
    of_node: npt.NDArray[np.int32]  # the source of each node


def numbered(nodes: Nodes, home: npt.NDArray[np.int32]) -> Numbered:
    """Number the clusters and give them names and ids.

    A source is called by its most frequent full form: of a person with given name, of an organisation not its acronym.
    """
    if not len(home):
        return Numbered([], np.empty(0, np.int64), np.empty(0, np.int32))
    _, cluster = np.unique(home, return_inverse=True)
    alphabet = _rank(nodes.words)
    counts = np.array(nodes.counts, np.int64)
    order = np.lexsort((alphabet, -counts, ~np.array(nodes.full), cluster))
    named_by = order[np.searchsorted(cluster[order], np.arange(cluster.max() + 1))]
    totals = np.bincount(cluster, counts)
    by_size = np.lexsort((alphabet[named_by], -totals))
    number_of = np.empty(len(by_size), np.int32)
    number_of[by_size] = np.arange(len(by_size), dtype=np.int32)
    named_by, of_node = named_by[by_size], number_of[cluster]
    ids = _ids(nodes, named_by, of_node, alphabet)
    heads = [Head(id, nodes.words[node], nodes.types[node]) for id, node in zip(ids, named_by.tolist(), strict=True)]
    return Numbered(heads, named_by, of_node)


def _ids(
    nodes: Nodes, named_by: npt.NDArray[np.int64], of_node: npt.NDArray[np.int32], alphabet: npt.NDArray[np.int64]
) -> list[str]:
    firsts = np.full(len(named_by), np.iinfo(np.int64).max)
    np.minimum.at(firsts, of_node, _rank(nodes.firsts))
    ids = [""] * len(named_by)
    taken: set[str] = set()
    for number in np.lexsort((alphabet[named_by], firsts)).tolist():
        node = int(named_by[number])
        id = nodes.ids[node] if nodes.ids[node] not in taken else nodes.own_ids[node]
        if id in taken:
            id = identity(nodes.types[node], nodes.words[node], taken, whole=True)
        ids[number] = id
        taken.add(id)
    return ids


def identity(type: str, name: str, taken: Container[str] = (), *, whole: bool = False) -> str:
    """Return the id of a source that is called so: one that is not taken.

    Args:
        type: of the source.
        name: of the source.
        taken: ids of other sources.
        whole: make it of the whole name, not only of its consonants.
    """
    if type == SpeakerType.PERSON:
        parts = [part for part in parse_person(name).parts if not part.initial] or list(parse_person(name).parts)
        key = " ".join(skeleton(part.stem) for part in (parts[:1] + parts[1:][-1:])) if parts else name
    elif type == SpeakerType.ORGANISATION:
        words = parse_organisation(name).words
        key = " ".join(sorted(skeleton(word.text) if word.role == "name" else word.text for word in words)) or name
    else:
        key = romanise(name)
    first = () if whole else ("",)
    for distinct in chain(first, (romanise(name), name), (f"{name} {number}" for number in count(2))):
        id = hashlib.sha256(f"source\x1f{type}\x1f{key}\x1f{distinct}".encode("utf-8", "replace")).hexdigest()[:16]
        if id not in taken:
            break
    return id


def is_full(type: str, name: str) -> bool:
    """Whether this is a full name: a person's with given name, an organisation's that is no acronym."""
    if type == SpeakerType.PERSON:
        return sum(not part.initial for part in parse_person(name).parts) > 1
    return type == SpeakerType.ORGANISATION and not parse_organisation(name).acronym


def _rank(texts: list[str]) -> npt.NDArray[np.int64]:
    """Return the place of each text in their order; equal texts have equal places."""
    return np.asarray(pc.rank(pa.array(texts, pa.string()), tiebreaker="dense").to_numpy(), np.int64)
