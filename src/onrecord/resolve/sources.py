"""One identity for each source of the archive: from forms and judgements to sources.

The engine calls three functions, in this order::

    forms = collect((statements, articles) for each shard)     # resolve.forms
    ground = prepare(forms)                                     # resolve.groundwork; depends on no judgement
    resolution = settle(ground, ledger.read())                  # this file; seconds, again after every judgement

and then asks the resolution: :meth:`Resolution.source_of` for the source of a statement (for the index),
:meth:`Resolution.sources` for the sources with their lives, ``removed`` and ``withheld`` for what must not be shown,
``conflicts`` for judgements that no longer fit.

A source's id is made from its type and the consonants of its name, so it stays the same across rebuilds and machines
and while articles are added, also when another spelling becomes the most frequent one. Where several sources would
get one id, the one seen first has it and the others' ids are made from their whole name.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.model import Judgement, Source, SpeakerType, Statement
from onrecord.resolve import lives, surnames
from onrecord.resolve.clusters import Edge, cluster
from onrecord.resolve.compare import Comparison
from onrecord.resolve.forms import form_key
from onrecord.resolve.groundwork import Groundwork
from onrecord.resolve.judgements import Conflict, Link, Rulings, replay
from onrecord.resolve.names import parse_organisation, parse_person
from onrecord.resolve.romanise import romanise
from onrecord.resolve.sound import skeleton


@dataclass(frozen=True, slots=True)
class Head:
    """The outside of a source."""

    id: str
    name: str
    type: str


@dataclass(frozen=True)
class Resolution:
    """Who is who in the archive."""

    ground: Groundwork
    heads: tuple[Head, ...]  # of each source, the most quoted first
    of_node: npt.NDArray[np.int32]  # the source of each node
    rulings: Rulings
    corrected: dict[str, int]  # statement -> source, where a curator named another speaker (-1: unknown)
    conflicts: tuple[Conflict, ...]
    _numbers: dict[tuple[str, str], int] = field(repr=False)  # of the forms

    @property
    def removed(self) -> frozenset[str]:
        """Ids of statements that a curator found to be none."""
        return frozenset(judgement.subject for judgement in self.rulings.struck)

    @property
    def withheld(self) -> frozenset[str]:
        """Ids of whatever must not be shown."""
        return self.rulings.withheld

    def source_of(self, statement: Statement) -> Head | None:
        """Return the source that a statement's speaker is."""
        number = self.corrected.get(statement.id)
        if number is None:
            speaker = statement.speaker
            if speaker.type is None:
                return None
            return self.of_form(speaker.name, speaker.type, speaker.description)
        return self.heads[number] if number >= 0 else None

    def of_form(self, name: str | None, type: str | None, description: str | None = None) -> Head | None:
        """Return the source that speakers of this name (or description) are."""
        key = (type, name) if name and type and (type, name) in self._numbers else form_key(name, type, description)
        number = self._numbers.get(key) if key else None
        return None if number is None else self.heads[self.of_node[self.ground.node_of[number]]]

    def sources(self) -> Iterator[Source]:
        """Yield the sources with their lives, the most quoted first, without those withheld."""
        uses = self.ground.forms.uses
        source_of = self.of_node[self.ground.node_of[uses["form"].to_numpy()]].astype(np.int32)
        gone = self.removed | self.withheld
        if gone or self.corrected:
            ids = uses["id"].combine_chunks()
            for id in gone:
                source_of[pc.equal(ids, id).to_numpy(zero_copy_only=False)] = -1
            for id, number in self.corrected.items():
                source_of[pc.equal(ids, id).to_numpy(zero_copy_only=False)] = number
        words = self.ground.forms.forms["words"].to_pylist()
        for source in lives.lives(uses, words, source_of, [(h.id, h.name, h.type) for h in self.heads]):
            if source.id not in self.withheld and source.statements:
                yield source

    def compare(self, a: str, b: str) -> Comparison | None:
        """Compare two names of the archive with the evidence of their use; None where one of them is not in it."""
        nodes = self.ground.nodes_by_words
        pairs = [(one, other) for one in nodes.get(a, ()) for other in nodes.get(b, ())]
        alike = [pair for pair in pairs if self.ground.types[pair[0]] == self.ground.types[pair[1]]] or pairs
        return self.ground.compare(*alike[0]) if alike else None


def settle(ground: Groundwork, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Return who is who, as names, use and judgements have it."""
    rulings = replay(judgements)
    ground = _split(ground, rulings.links)
    home = cluster(len(ground.words), ground.edges, ground.score, weight=ground.counts)
    home = surnames.attach(ground, home)
    conflicts: list[Conflict] = []
    aliases: dict[str, int] = {}
    if rulings.links:
        before = _numbered(ground, home)
        aliases = {head.id: node for head, node in zip(before.heads, before.first_node, strict=True)}
        decided = _decided(ground, rulings.links, aliases, conflicts)
        certain = [Edge(min(ends), max(ends), 1.0, certain=True) for same, ends, _ in decided if same]
        apart = [ends for same, ends, _ in decided if not same]
        home = cluster(len(ground.words), [*ground.edges, *certain], ground.score, weight=ground.counts, apart=apart)
        home = surnames.attach(ground, home, apart)
        for same, (one, other), judgement in decided:
            if same != (home[one] == home[other]):
                conflicts.append(Conflict(judgement, "another judgement says otherwise"))
    numbered = _numbered(ground, home)
    of_node = np.array(numbered.of_node, np.int32)
    heads = list(numbered.heads)
    find = _Finder(ground, of_node, heads, aliases)
    _rename(rulings, heads, find, conflicts)
    corrected = _correct(ground, rulings, heads, find, conflicts)
    return Resolution(ground, tuple(heads), of_node, rulings, corrected, tuple(conflicts), ground.forms.number_of())


def _split(ground: Groundwork, links: Sequence[Link]) -> Groundwork:
    """Give forms nodes of their own that differ in titles or writing only, where a curator says they are two."""
    for link in links:
        one, other = link.names
        if link.same or not one or not other or one == other:
            continue
        for node in set(ground.nodes_by_words.get(one, ())) & set(ground.nodes_by_words.get(other, ())):
            ground = ground.with_own_node(node, other)
    return ground


@dataclass(frozen=True, slots=True)
class _Numbered:
    heads: tuple[Head, ...]
    first_node: tuple[int, ...]  # the most frequent node of each source
    of_node: list[int]


def _numbered(ground: Groundwork, home: list[int]) -> _Numbered:
    """Number the clusters, the most quoted first, and give them names and ids."""
    members: dict[int, list[int]] = defaultdict(list)
    for node, cluster_number in enumerate(home):
        members[cluster_number].append(node)
    groups = sorted(
        members.values(), key=lambda nodes: (-sum(ground.counts[node] for node in nodes), ground.words[nodes[0]])
    )
    of_node = [0] * len(home)
    first_node = []
    for number, nodes in enumerate(groups):
        nodes.sort(key=lambda node: (-ground.counts[node], ground.words[node]))
        first_node.append(_named_after(ground, nodes))
        for node in nodes:
            of_node[node] = number
    firsts = _first_seen(ground, of_node, len(groups))
    order = sorted(range(len(groups)), key=lambda number: (firsts[number], ground.words[first_node[number]]))
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for number in order:
        node = first_node[number]
        type, name = ground.types[node], ground.words[node]
        ids[number] = _identifier(type, name, taken)
        taken.add(ids[number])
    heads = tuple(Head(ids[number], ground.words[node], ground.types[node]) for number, node in enumerate(first_node))
    return _Numbered(heads, tuple(first_node), of_node)


def _named_after(ground: Groundwork, nodes: list[int]) -> int:
    """Return the most frequent full form: of a person with given name, of an organisation not its acronym."""
    if ground.types[nodes[0]] == SpeakerType.PERSON:
        full = [node for node in nodes if sum(not p.initial for p in parse_person(ground.words[node]).parts) > 1]
    elif ground.types[nodes[0]] == SpeakerType.ORGANISATION:
        full = [node for node in nodes if not parse_organisation(ground.words[node]).acronym]
    else:
        full = []
    return (full or nodes)[0]


def _first_seen(ground: Groundwork, of_node: list[int], count: int) -> list[str]:
    firsts = ["9999"] * count
    for node, first in zip(ground.node_of.tolist(), ground.forms.forms["first"].to_pylist(), strict=True):
        if first and first < firsts[of_node[node]]:
            firsts[of_node[node]] = first
    return firsts


def _identifier(type: str, name: str, taken: set[str]) -> str:
    if type == SpeakerType.PERSON:
        parts = [part for part in parse_person(name).parts if not part.initial] or list(parse_person(name).parts)
        key = " ".join(skeleton(part.stem) for part in (parts[:1] + parts[1:][-1:])) if parts else name
    elif type == SpeakerType.ORGANISATION:
        words = parse_organisation(name).words
        key = " ".join(sorted(skeleton(word.text) if word.role == "name" else word.text for word in words)) or name
    else:
        key = romanise(name)
    for distinct in chain(("", romanise(name), name), (f"{name} {number}" for number in count(2))):
        identifier = hashlib.sha256(f"source\x1f{type}\x1f{key}\x1f{distinct}".encode("utf-8", "replace")).hexdigest()
        if identifier[:16] not in taken:
            break
    return identifier[:16]


def _decided(
    ground: Groundwork, links: Sequence[Link], ids: dict[str, int], conflicts: list[Conflict]
) -> list[tuple[bool, tuple[int, int], Judgement]]:
    """Return for each judgement about two sources whether they are one, and their nodes."""
    decided = []
    for link in links:
        one, other = (_end(ground, name, id, ids) for name, id in zip(link.names, link.ids, strict=True))
        if one is None or other is None:
            gone = [name or id for name, id, end in zip(link.names, link.ids, (one, other), strict=True) if end is None]
            conflicts.append(Conflict(link.judgement, f"the archive no longer has {' and '.join(map(repr, gone))}"))
        elif one == other:
            if not link.same:
                conflicts.append(Conflict(link.judgement, "both names are one but for titles or writing"))
        elif link.same and ground.types[one] != ground.types[other]:
            kinds = f"one is {ground.types[one]}, the other {ground.types[other]}"
            conflicts.append(Conflict(link.judgement, kinds))
        else:
            decided.append((link.same, (one, other), link.judgement))
    return decided


def _end(ground: Groundwork, name: str | None, id: str, ids: dict[str, int]) -> int | None:
    """Return the node that a judgement is about: the one with the name that the curator saw, else the one of the id."""
    by_id = ids.get(id)
    named = ground.nodes_by_words.get(name, []) if name else []
    if by_id is not None:
        of_type = [node for node in named if ground.types[node] == ground.types[by_id]]
        return (of_type or [by_id])[0]
    return max(named, key=lambda node: ground.counts[node]) if named else None


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds a source by its id, by an id that it had before the curators' judgements, or by a name."""

    ground: Groundwork
    of_node: npt.NDArray[np.int32]
    heads: list[Head]
    aliases: dict[str, int]

    def __call__(self, id: str, name: str | None = None) -> int | None:
        for number, head in enumerate(self.heads):
            if head.id == id:
                return number
        if id in self.aliases:
            return int(self.of_node[self.aliases[id]])
        nodes = self.ground.nodes_by_words.get(name, []) if name else []
        return int(self.of_node[max(nodes, key=lambda node: self.ground.counts[node])]) if nodes else None


def _rename(rulings: Rulings, heads: list[Head], find: _Finder, conflicts: list[Conflict]) -> None:
    for judgement in rulings.renames:
        number = find(judgement.subject, judgement.basis)
        if number is None or not judgement.object:
            conflicts.append(Conflict(judgement, "the archive no longer has this source"))
        else:
            heads[number] = Head(heads[number].id, judgement.object, heads[number].type)


def _correct(
    ground: Groundwork, rulings: Rulings, heads: list[Head], find: _Finder, conflicts: list[Conflict]
) -> dict[str, int]:
    corrected: dict[str, int] = {}
    judgements = (*rulings.speakers, *rulings.spans, *rulings.struck)
    about = [judgement.subject for judgement in judgements]
    known: set[str] = set()
    if about:
        ids = ground.forms.uses["id"]
        known = set(ids.filter(pc.is_in(ids, value_set=pa.array(about, pa.string()))).to_pylist())
    for judgement in judgements:
        if judgement.subject not in known:
            conflicts.append(Conflict(judgement, "the archive no longer has this statement"))
        elif judgement.verb == "wrong-span":
            conflicts.append(Conflict(judgement, "kept, but this version does not show other words than it found"))
        elif judgement.verb == "wrong-speaker":
            named = judgement.object or ""
            number = find(named, named) if named else -1
            if number is None:  # someone who is not quoted anywhere else
                number = len(heads)
                taken = {head.id for head in heads}
                heads.append(Head(_identifier(SpeakerType.PERSON, named, taken), named, SpeakerType.PERSON))
            corrected[judgement.subject] = number
    return corrected


def co_quoted(resolution: Resolution, number: int, most: int = 20) -> list[tuple[Head, int]]:
    """Return the sources that are quoted in the same articles as one source, with the number of those articles."""
    uses = resolution.ground.forms.uses
    source_of = resolution.of_node[resolution.ground.node_of[uses["form"].to_numpy()]]
    articles = uses["article"].to_numpy()
    here = np.isin(articles, articles[source_of == number])
    pairs = np.unique(np.stack([source_of[here], articles[here]], axis=1), axis=0)
    counted = Counter(pairs[:, 0].tolist())
    del counted[number]
    return [(resolution.heads[other], count) for other, count in counted.most_common(most)]
