"""All that can be said about who is who before a curator is asked: names, candidate pairs, scores.

Forms whose names come out the same when taken apart ("President Barack Obama", "Barack Obama") are one *node*. Nodes
are compared where :mod:`onrecord.resolve.blocking` says so; to the evidence of the names comes that of their use: the
same organisation or role, two names side by side in one article, years between them. This part does not depend on the
ledger, so a judgement does not make it anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.model import SpeakerType
from onrecord.resolve.blocking import (
    abbreviated_key,
    candidate_pairs,
    organisation_keys,
    organisation_words,
    person_keys,
)
from onrecord.resolve.clusters import Edge
from onrecord.resolve.compare import SAME_FROM, Comparison, evidence, weigh
from onrecord.resolve.forms import Forms
from onrecord.resolve.names import parse_organisation, parse_person
from onrecord.resolve.romanise import romanise
from onrecord.resolve.sound import skeleton, sounds

#: types whose names are compared; the others are one source only when they are called the same
COMPARED = (SpeakerType.PERSON, SpeakerType.ORGANISATION)
_BOUND_SCORE = 0.97  # of two names that an article binds
_YEARS_APART = 15
_COMMON = 12  # names with a role or organisation that more have (or one in 200) are not told apart by it
_OPEN_FROM = 0.02  # names that score less are not one, however they are used
SEVERAL = " ; "  # stands between the names of several speakers of one statement


@dataclass(frozen=True, slots=True)
class Context:
    """How a name is used, as far as it helps to tell whose it is."""

    organisations: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class Groundwork:
    """Nodes and what speaks for joining them."""

    forms: Forms
    node_of: npt.NDArray[np.int32]  # of each form
    words: list[str]  # of each node: its most frequent form
    types: list[str]
    counts: list[int]
    edges: tuple[Edge, ...]
    contexts: dict[int, Context]  # of the nodes that are compared with others

    def compare(self, a: int, b: int) -> Comparison:
        """Compare two nodes, with reasons."""
        kind = self.types[a] if self.types[a] == self.types[b] else "mixed"
        return weigh(self._evidence(a, b, kind))

    def score(self, a: int, b: int) -> float:
        """Return how well two nodes go together."""
        return self.compare(a, b).score

    def _evidence(self, a: int, b: int, kind: str) -> Iterator[tuple[str, float, str]]:
        yield from evidence(self.words[a], self.words[b], kind)
        if a in self.contexts and b in self.contexts:
            yield from usage(self.contexts[a], self.contexts[b])

    def with_own_node(self, node: int, words: str) -> Groundwork:
        """Return the same with a new last node for the form of these words, which was in ``node``."""
        forms = self.forms.forms
        numbers = [
            form for form in np.flatnonzero(self.node_of == node).tolist() if forms["words"][form].as_py() == words
        ]
        node_of = self.node_of.copy()
        node_of[numbers] = len(self.words)
        moved = sum(forms["count"][form].as_py() for form in numbers)
        counts = [*self.counts, moved]
        counts[node] -= moved
        rest: list[int] = np.flatnonzero(node_of == node).tolist()
        names = [*self.words, words]
        if names[node] == words and rest:
            names[node] = forms["words"][max(rest, key=lambda form: forms["count"][form].as_py())].as_py()
        return Groundwork(
            self.forms, node_of, names, [*self.types, self.types[node]], counts, self.edges, self.contexts
        )

    @cached_property
    def nodes_by_words(self) -> dict[str, list[int]]:
        """The nodes that have a form with these words."""
        found: dict[str, list[int]] = defaultdict(list)
        for words, node in zip(self.forms.forms["words"].to_pylist(), self.node_of.tolist(), strict=True):
            if node not in found[words]:
                found[words].append(node)
        return found


def usage(a: Context, b: Context) -> Iterator[tuple[str, float, str]]:
    """Yield what the use of two names says for and against their being one."""
    organisations, roles = a.organisations & b.organisations, a.roles & b.roles
    if organisations:
        yield "same organisation", 1.0, min(organisations)
    elif a.organisations and b.organisations:
        yield "organisations differ", 1.0, f"{min(a.organisations)} / {min(b.organisations)}"
    if roles:
        yield "same role", 1.0, min(roles)
    if together := len(a.articles & b.articles):
        yield "both in one article", float(min(together, 2)), f"{together} articles"
    if a.first and b.first and a.last and b.last:
        gap = max(_year(b.first) - _year(a.last), _year(a.first) - _year(b.last))
        if gap >= _YEARS_APART:
            yield "many years apart", 1.0, f"{gap} years"


def prepare(forms: Forms) -> Groundwork:
    """Do the work that does not depend on judgements."""
    types, words = forms.forms["type"].to_pylist(), forms.forms["words"].to_pylist()
    counts = forms.forms["count"].to_pylist()
    node_of, representative = _nodes(types, words, counts)
    node_types = [types[form] for form in representative]
    node_words = [words[form] for form in representative]
    totals = np.bincount(node_of, weights=np.array(counts, float), minlength=len(representative)).astype(int).tolist()
    pairs = np.concatenate([_pairs(kind, node_types, node_words) for kind in COMPARED])
    names = {
        (a, b): found for a, b in pairs.tolist() if (found := _plausible(node_words[a], node_words[b], node_types[a]))
    }
    compared = {node for pair in names for node in pair}
    contexts = _contexts(forms, node_of, compared | _around_single_names(node_types, node_words))
    ground = Groundwork(forms, node_of, node_words, node_types, totals, (), contexts)
    edges = []
    for (a, b), found in names.items():
        score = weigh((*found, *usage(contexts[a], contexts[b]))).score
        if score >= SAME_FROM:
            edges.append(Edge(a, b, score))
    edges.sort(key=lambda edge: (edge.a, edge.b))
    edges += _bound(ground)
    return Groundwork(forms, node_of, node_words, node_types, totals, tuple(edges), contexts)


def node_key(type: str, words: str) -> tuple[str, ...]:
    """Return what makes two forms one node."""
    if type == SpeakerType.PERSON:
        name = parse_person(words)
        parts = tuple(part.text + ("." if part.initial else "") for part in name.parts)
        return (type, *parts, name.mark) if parts else (type, words)
    plain = " ".join(romanise(words).replace(".", "").replace("-", " ").split()).removeprefix("the ")
    return (type, plain or words)


def _nodes(types: list[str], words: list[str], counts: list[int]) -> tuple[npt.NDArray[np.int32], list[int]]:
    numbers: dict[tuple[str, ...], int] = {}
    node_of = np.empty(len(words), np.int32)
    representative: list[int] = []
    for form, (type, name) in enumerate(zip(types, words, strict=True)):
        node = numbers.setdefault(node_key(type, name), len(representative))
        node_of[form] = node
        if node == len(representative):
            representative.append(form)
        elif counts[form] > counts[representative[node]]:
            representative[node] = form
    return node_of, representative


def _pairs(kind: str, types: list[str], words: list[str]) -> npt.NDArray[np.int64]:
    nodes = [node for node, type in enumerate(types) if type == kind]
    if kind == SpeakerType.PERSON:
        order = [sounds(romanise(words[node])[:40]) for node in nodes]
        short = {key for node in nodes if (key := abbreviated_key(parse_person(words[node])))}
        keys = (
            (place, key) for place, node in enumerate(nodes) for key in person_keys(parse_person(words[node]), short)
        )
    else:
        order = [romanise(words[node]) for node in nodes]
        frequency: Counter[str] = Counter()
        for node in nodes:
            frequency.update(set(organisation_words(parse_organisation(words[node]))))
        keys = (
            (place, key)
            for place, node in enumerate(nodes)
            for key in organisation_keys(parse_organisation(words[node]), frequency)
        )
    found = candidate_pairs(keys, order)
    return np.array(nodes, np.int64)[found] if len(found) else np.empty((0, 2), np.int64)


def _plausible(a: str, b: str, kind: str) -> tuple[tuple[str, float, str], ...]:
    """Return the evidence of two names that may be one; nothing where use could not change that they are not.

    A name of one part says too little to be compared; a name of several persons is no one's.
    """
    if SEVERAL in a or SEVERAL in b:
        return ()
    if kind == SpeakerType.PERSON and min(len(parse_person(a).parts), len(parse_person(b).parts)) < 2:
        return ()
    found = tuple(evidence(a, b, kind))
    if any(what == "initials of the other" for what, _, _ in found):  # only an article can bind these
        return ()
    return found if weigh(found).score >= _OPEN_FROM else ()


def _around_single_names(types: list[str], words: list[str]) -> set[int]:
    """Return the persons who go by one name, and those whose last part sounds like one of these names."""
    lasts: dict[str, list[int]] = defaultdict(list)
    single: set[str] = set()
    for node, type in enumerate(types):
        if type == SpeakerType.PERSON and (parts := parse_person(words[node]).parts):
            last = skeleton(parts[-1].stem)
            lasts[last].append(node)
            if len(parts) == 1:
                single.add(last)
    return {node for last in single for node in lasts[last]}


def _contexts(forms: Forms, node_of: npt.NDArray[np.int32], wanted: set[int]) -> dict[int, Context]:
    if not wanted:
        return {}
    uses = forms.uses
    nodes = pa.array(node_of[uses["form"].to_numpy()])
    rows = uses.append_column("node", nodes)
    rows = rows.filter(pc.is_in(nodes, value_set=pa.array(sorted(wanted), pa.int32())))
    said = {column: _said(rows, column, max(_COMMON, len(wanted) // 200)) for column in ("organisation", "role")}
    articles: dict[int, set[int]] = defaultdict(set)
    for node, article in zip(rows["node"].to_pylist(), rows["article"].to_pylist(), strict=True):
        articles[node].add(article)
    dates = rows.group_by("node").aggregate([("date", "min"), ("date", "max")]).to_pylist()
    span = {row["node"]: (row["date_min"], row["date_max"]) for row in dates}
    return {
        node: Context(
            frozenset(said["organisation"].get(node, ())),
            frozenset(said["role"].get(node, ())),
            frozenset(articles.get(node, ())),
            *span.get(node, (None, None)),
        )
        for node in wanted
    }


def _said(rows: pa.Table, column: str, common: int) -> dict[int, set[str]]:
    """Return the roles or organisations of each node, without those that many have: they tell nobody apart."""
    kept = rows.select(["node", column]).drop_null().group_by(["node", column]).aggregate([])
    found: dict[int, set[str]] = defaultdict(set)
    bearers: Counter[str] = Counter()
    for node, value in zip(kept["node"].to_pylist(), kept[column].to_pylist(), strict=True):
        plain = romanise(value).removeprefix("the ")
        if plain not in found[node]:
            found[node].add(plain)
            bearers[plain] += 1
    return {node: {value for value in values if bearers[value] <= common} for node, values in found.items()}


def _bound(ground: Groundwork) -> list[Edge]:
    """Return the edges that articles themselves make: an acronym and its expansion, a name and another.

    An acronym that articles bind to several unlike names ("SNC") joins the one that it is bound to four times as often
    as to all others together, or none.
    """
    meanings: dict[int, Counter[int]] = defaultdict(Counter)
    edges: list[Edge] = []
    for binding, count in ground.forms.bindings.items():
        for kind in COMPARED:
            if binding.acronym and kind == SpeakerType.PERSON:
                continue
            one, other = (_node(ground, kind, words) for words in (binding.name, binding.other))
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


def _node(ground: Groundwork, kind: str, words: str) -> int | None:
    for called in (words, f"the {words}", f"The {words}", words.removeprefix("The "), words.replace(".", "")):
        for node in ground.nodes_by_words.get(called, ()):
            if ground.types[node] == kind:
                return node
    return None


def _year(date: str) -> int:
    return int(date[:4]) if date[:4].isdigit() else 0
