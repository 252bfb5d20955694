"""Makes the groundwork: which forms are one node, which nodes are worth comparing, and how they compare.

Nodes are compared where :mod:`onrecord.resolve.blocking` says so; to the evidence of the names comes that of their
use. An article that binds two names joins them whatever they look like.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.model import SpeakerType
from onrecord.resolve import heads, surnames
from onrecord.resolve.blocking import (
    Candidates,
    Keys,
    abbreviated_key,
    candidates,
    organisation_keys,
    organisation_words,
    person_keys,
    person_order,
)
from onrecord.resolve.clusters import Edge, cluster
from onrecord.resolve.compare import SAME_FROM, odds, probability
from onrecord.resolve.context import gather
from onrecord.resolve.forms import Forms
from onrecord.resolve.groundwork import EDGES, Groundwork, LeftOut, listed, node_of_use
from onrecord.resolve.names import parse_organisation, parse_person
from onrecord.resolve.nodes import Nodes
from onrecord.resolve.romanise import romanise
from onrecord.resolve.sound import skeleton
from onrecord.resolve.weighing import SEVERAL, Odds, Organisations, Persons

#: types whose names are compared; the others are one source only when they are called the same
COMPARED = (SpeakerType.PERSON, SpeakerType.ORGANISATION)
_BOUND_SCORE = 0.97  # of two names that an article binds
_OPEN_FROM = -3.9  # names with less log-odds are not one, however they are used
_LETTER = re.compile(r"\b\w\b|^[A-Z]{2} ")  # of a name that gives the first letter of a part only


def prepare(forms: Forms) -> Groundwork:
    """Do the work that does not depend on judgements."""
    node_of, nodes = _nodes(forms)
    (persons, of_persons), (organisations, of_organisations) = _persons(nodes), _organisations(nodes)
    found, names = np.concatenate([persons.pairs, organisations.pairs]), np.concatenate([of_persons, of_organisations])
    pairs, names = found[names > _OPEN_FROM], names[names > _OPEN_FROM]
    wanted = np.union1d(pairs.ravel(), _around_single_names(nodes)).astype(np.int32)
    count = np.arange(len(nodes.words), dtype=np.int32)
    contexts = gather(forms.uses, node_of_use(forms, node_of), wanted)
    no_edges = np.empty(0, EDGES)
    left_out = LeftOut(persons.crowded + organisations.crowded, persons.left_out + organisations.left_out)
    ground = Groundwork(forms, node_of, nodes, no_edges, contexts, count, count, count, left_out)
    edges = [
        Edge(a, b, score)
        for (a, b), of_names in zip(pairs.tolist(), names.tolist(), strict=True)
        if (score := probability(of_names + odds(ground.usage(a, b)))) >= SAME_FROM
    ]
    edges.sort(key=lambda edge: (edge.a, edge.b))
    edges += _bound(ground)
    rows = np.array([(edge.a, edge.b, edge.score, edge.certain) for edge in edges], EDGES)
    ground = replace(ground, edges=rows, group=_groups(len(nodes.words), edges))
    home = np.array(cluster(len(nodes.words), listed(rows), ground.score, weight=nodes.counts), np.int32)
    ground = replace(ground, home=home)
    return replace(ground, settled=surnames.attach(ground, home))


def node_key(type: str, words: str) -> tuple[str, ...]:
    """Return what makes two forms one node."""
    if type == SpeakerType.PERSON:
        name = parse_person(words)
        parts = tuple(part.text + ("." if part.initial else "") for part in name.parts)
        return (type, *parts, name.mark) if parts else (type, words)
    plain = " ".join(romanise(words).replace(".", "").replace("-", " ").split()).removeprefix("the ")
    return (type, plain or words)


def _nodes(forms: Forms) -> tuple[npt.NDArray[np.int32], Nodes]:
    types, words, counts, firsts = (forms.forms[name].to_pylist() for name in ("type", "words", "count", "first"))
    numbers: dict[str, int] = {}
    node_of = np.empty(len(words), np.int32)
    representative: list[int] = []
    earliest: list[str] = []
    for form, (type, name, first) in enumerate(zip(types, words, firsts, strict=True)):
        node = numbers.setdefault("\x1f".join(node_key(type, name)), len(representative))
        node_of[form] = node
        if node == len(representative):
            representative.append(form)
            earliest.append(first or "9999")
        else:
            earliest[node] = min(earliest[node], first or "9999")
            if counts[form] > counts[representative[node]]:
                representative[node] = form
    totals = np.bincount(node_of, weights=np.array(counts, float), minlength=len(representative)).astype(int)
    nodes = Nodes([words[form] for form in representative], [types[form] for form in representative],
                  totals.tolist(), earliest, [], [], [], [], [])  # fmt: skip
    for name, type in zip(nodes.words, nodes.types, strict=True):
        parts = parse_person(name).parts if type == SpeakerType.PERSON and SEVERAL not in name else ()
        whole = [part for part in parts if not part.initial]
        nodes.ids.append(heads.identity(type, name))
        nodes.own_ids.append(heads.identity(type, name, whole=True))
        nodes.full.append(heads.is_full(type, name))
        alone = len(parts) == 1
        nodes.families.append("" if not whole or (alone and whole[0].head) else skeleton(whole[-1].stem))
        nodes.singles.append(alone and nodes.families[-1] != "")
    return node_of, nodes


def _groups(count: int, edges: Iterable[Edge]) -> npt.NDArray[np.int32]:
    """Return for each node the smallest of those that edges connect it with."""
    leads_to = list(range(count))

    def first(node: int) -> int:
        while leads_to[node] != node:
            leads_to[node] = node = leads_to[leads_to[node]]
        return node

    for edge in edges:
        a, b = first(edge.a), first(edge.b)
        leads_to[max(a, b)] = min(a, b)
    return np.array([first(node) for node in range(count)], np.int32)


def _persons(nodes: Nodes) -> tuple[Candidates, Odds]:
    """Return the persons who are compared, and what their names say."""
    numbers = [node for node, type in enumerate(nodes.types) if type == SpeakerType.PERSON]
    with_letter = (nodes.words[node] for node in numbers if _LETTER.search(nodes.words[node]))
    short = {key for words in with_letter if (key := abbreviated_key(parse_person(words)))}
    names, keys, order = Persons(), Keys(), []
    for node in numbers:
        name = parse_person(nodes.words[node])
        names.add(nodes.words[node], name)
        keys.add(person_keys(name, short))
        order.append(person_order(name))
    found = candidates(keys, order)
    return found.renumbered(numbers), names.odds(found.pairs)


def _organisations(nodes: Nodes) -> tuple[Candidates, Odds]:
    """Return the organisations that are compared, and what their names say."""
    numbers = [node for node, type in enumerate(nodes.types) if type == SpeakerType.ORGANISATION]
    frequency: Counter[str] = Counter()
    for node in numbers:
        frequency.update(set(organisation_words(parse_organisation(nodes.words[node]))))
    names, keys = Organisations(), Keys()
    for node in numbers:
        name = parse_organisation(nodes.words[node])
        names.add(nodes.words[node], name)
        keys.add(organisation_keys(name, frequency))
    found = candidates(keys, [romanise(nodes.words[node]) for node in numbers])
    return found.renumbered(numbers), names.odds(found.pairs)


def _around_single_names(nodes: Nodes) -> npt.NDArray[np.int64]:
    """Return the persons who go by one name, and those whose last part sounds like one of these names."""
    named = {family for family, single in zip(nodes.families, nodes.singles, strict=True) if single}
    return np.array([node for node, family in enumerate(nodes.families) if family in named], np.int64)


def _bound(ground: Groundwork) -> list[Edge]:
    """Return the edges that articles themselves make: an acronym and its expansion, a name and another.

    An acronym that articles bind to several unlike names ("SNC") joins the one that it is bound to four times as often
    as to all others together, or none.
    """
    bindings = ground.forms.bindings
    nodes = _called(ground, (way for each in bindings for name in (each.name, each.other) for way in _ways(name)))
    meanings: dict[int, Counter[int]] = defaultdict(Counter)
    edges: list[Edge] = []
    for binding, count in bindings.items():
        for kind in COMPARED:
            if binding.acronym and kind == SpeakerType.PERSON:
                continue
            one, other = (
                next((nodes[kind, way] for way in _ways(name) if (kind, way) in nodes), None)
                for name in (binding.name, binding.other)
            )
            if one is None or other is None or one == other:
                continue
            if binding.acronym:
                meanings[other][one] += count
            else:
                edges.append(Edge(min(one, other), max(one, other), _BOUND_SCORE, certain=True))
    for letters, names in meanings.items():
        best, most = names.most_common(1)[0]
        unlike = sum(count for name, count in names.items() if ground.score(best, name) < SAME_FROM and name != best)
        if unlike * 4 <= most:
            edges.append(Edge(min(letters, best), max(letters, best), _BOUND_SCORE, certain=True))
    return edges


def _called(ground: Groundwork, names: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return the nodes of these names, by type and name."""
    forms = ground.forms.forms
    rows = pc.indices_nonzero(pc.is_in(forms["words"], value_set=pa.array(sorted(set(names)), pa.string())))
    columns = (forms[name].take(rows).to_pylist() for name in ("type", "words"))
    return dict(zip(zip(*columns, strict=True), ground.node_of[rows.to_numpy()].tolist(), strict=True))


def _ways(name: str) -> tuple[str, ...]:
    """Return how a name may be printed elsewhere: with an article or without, with full stops or without."""
    return (name, f"the {name}", f"The {name}", name.removeprefix("The "), name.replace(".", ""))
