"""Makes the groundwork: which forms are one node, which nodes are worth comparing, and how they compare.

Nodes are compared where :mod:`onrecord.resolve.blocking` says so; to the evidence of the names comes that of their
use. An article that binds two names joins them whatever they look like.
"""

from __future__ import annotations

import math
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
    abbreviated_key,
    candidate_pairs,
    organisation_keys,
    organisation_words,
    person_keys,
)
from onrecord.resolve.clusters import Edge, cluster
from onrecord.resolve.compare import SAME_FROM, WEIGHTS, evidence, odds, probability
from onrecord.resolve.context import gather
from onrecord.resolve.forms import Forms
from onrecord.resolve.groundwork import EDGES, SEVERAL, Groundwork, listed, node_of_use
from onrecord.resolve.names import OrganisationName, Part, PersonName, parse_organisation, parse_person
from onrecord.resolve.nodes import Nodes
from onrecord.resolve.pairing import WORD_FROM, part_closeness
from onrecord.resolve.romanise import romanise
from onrecord.resolve.sound import skeleton, sounds

#: types whose names are compared; the others are one source only when they are called the same
COMPARED = (SpeakerType.PERSON, SpeakerType.ORGANISATION)
_BOUND_SCORE = 0.97  # of two names that an article binds
_OPEN_FROM = -3.9  # names with less log-odds are not one, however they are used
_LETTER = re.compile(r"\b\w\b|^[A-Z]{2} ")  # of a name that gives the first letter of a part only
_NOT_ONE = -math.inf
_SETTLED = ("name", "common", "drop")  # roles of words of which none joins the word beside it


def prepare(forms: Forms) -> Groundwork:
    """Do the work that does not depend on judgements."""
    node_of, nodes = _nodes(forms)
    found = np.concatenate([_pairs(kind, nodes) for kind in COMPARED])
    names = np.array([_names_odds(nodes.words[a], nodes.words[b], nodes.types[a]) for a, b in found.tolist()], float)
    pairs, names = found[names > _OPEN_FROM], names[names > _OPEN_FROM]
    wanted = np.union1d(pairs.ravel(), _around_single_names(nodes)).astype(np.int32)
    count = np.arange(len(nodes.words), dtype=np.int32)
    contexts = gather(forms.uses, node_of_use(forms, node_of), wanted)
    no_edges = np.empty(0, EDGES)
    ground = Groundwork(forms, node_of, nodes, no_edges, contexts, count, count, count)
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


def _pairs(kind: str, nodes: Nodes) -> npt.NDArray[np.int64]:
    numbers = [node for node, type in enumerate(nodes.types) if type == kind]
    words = nodes.words
    if kind == SpeakerType.PERSON:
        order = [sounds(romanise(words[node])[:40]) for node in numbers]
        with_letter = (words[node] for node in numbers if _LETTER.search(words[node]))
        short = {key for name in with_letter if (key := abbreviated_key(parse_person(name)))}
        keys = (
            (place, key) for place, node in enumerate(numbers) for key in person_keys(parse_person(words[node]), short)
        )
    else:
        order = [romanise(words[node]) for node in numbers]
        frequency: Counter[str] = Counter()
        for node in numbers:
            frequency.update(set(organisation_words(parse_organisation(words[node]))))
        keys = (
            (place, key)
            for place, node in enumerate(numbers)
            for key in organisation_keys(parse_organisation(words[node]), frequency)
        )
    return np.array(numbers, np.int64)[candidate_pairs(keys, order)].reshape(-1, 2)


def _names_odds(a: str, b: str, kind: str) -> float:
    """Return the log-odds that two names are one, minus infinity for those that no use of them can make one.

    A name of one part says too little to be compared; a name of several persons is no one's; initials are bound by
    articles only; organisations whose own words differ are two.
    """
    if SEVERAL in a or SEVERAL in b:
        return _NOT_ONE
    if kind == SpeakerType.PERSON:
        one, other = parse_person(a), parse_person(b)
        if min(len(one.parts), len(other.parts)) < 2 or _two_parts_differ(one, other):
            return _NOT_ONE
    elif _own_words_differ(parse_organisation(a), parse_organisation(b)):
        return _NOT_ONE
    found = tuple(evidence(a, b, kind))
    if any(what in ("initials of the other", "words differ") for what, _, _ in found):
        return _NOT_ONE
    return WEIGHTS["start"] + odds(found)


def _two_parts_differ(a: PersonName, b: PersonName) -> bool:
    """Whether two names of given and family name, which are most, differ in one of these: told without aligning them."""
    if not (_is_plain(a) and _is_plain(b)):
        return False
    (first, last), (other_first, other_last) = a.parts, b.parts
    straight = part_closeness(first, other_first)[0] and part_closeness(last, other_last)[0]
    return not straight and not (part_closeness(first, other_last)[0] and part_closeness(last, other_first)[0])


def _is_plain(name: PersonName) -> bool:
    return (
        len(name.parts) == 2 and not any(part.initial for part in name.parts) and not (name.nickname or name.unvowelled)
    )


def _own_words_differ(a: OrganisationName, b: OrganisationName) -> bool:
    """Whether two names with one word of their own beside common ones differ in it: told without aligning them."""
    own = [[word.text for word in name.words if word.role == "name"] for name in (a, b)]
    if any(len(words) != 1 for words in own) or any(word.role not in _SETTLED for word in (*a.words, *b.words)):
        return False
    return part_closeness(Part(own[0][0]), Part(own[1][0]), a.unvowelled != b.unvowelled)[0] < WORD_FROM


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
