"""One identity for each source of the archive: from forms and judgements to sources.

The engine calls three functions, in this order::

    forms = collect((statements, articles) for each shard)     # resolve.forms
    ground = prepare(forms)                                     # resolve.prepare; depends on no judgement
    resolution = settle(ground, ledger.read())                  # this file; again after every judgement

and then asks the resolution: :meth:`Resolution.source_of` for the source of a statement (for the index),
:meth:`Resolution.sources` for the sources with their lives, ``removed`` and ``withheld`` for what must not be shown,
``conflicts`` for judgements that no longer fit. What a judgement changed is told by :func:`onrecord.resolve.changes.changed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from onrecord.model import Judgement, Source, Spans, SpeakerType, Statement
from onrecord.resolve import lives, surnames
from onrecord.resolve.clusters import Edge, cluster
from onrecord.resolve.forms import form_key
from onrecord.resolve.groundwork import Groundwork
from onrecord.resolve.heads import Head, Numbered, identity, numbered
from onrecord.resolve.judgements import Conflict, Link, Rulings, read_spans, replay


@dataclass(frozen=True)
class Resolution:
    """Who is who in the archive."""

    ground: Groundwork
    heads: tuple[Head, ...]  # of each source, the most quoted first
    of_node: npt.NDArray[np.int32]  # the source of each node
    rulings: Rulings
    corrected: dict[str, int]  # statement -> source, where a curator named another speaker (-1: unknown)
    spans: dict[str, Spans]  # statement -> its words, where a curator found others
    conflicts: tuple[Conflict, ...]

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

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return self.ground.forms.number_of()

    @cached_property
    def source_of_use(self) -> npt.NDArray[np.int32]:
        """The source of each statement, in the order of ``ground.forms.uses``; -1 where it is unknown."""
        found = np.append(self.of_node, np.int32(-1))[self.ground.node_of_use]
        rows, places = self.ground.forms.rows_of(tuple(self.corrected))
        found[rows] = np.array([*self.corrected.values()], np.int32)[places]
        return found

    @cached_property
    def shown(self) -> npt.NDArray[np.bool_]:
        """Whether each statement may be shown, in the order of ``ground.forms.uses``."""
        found = np.ones(self.ground.forms.uses.num_rows, np.bool_)
        found[self.ground.forms.rows_of(tuple(self.removed | self.withheld))[0]] = False
        return found

    def sources(self, only: npt.NDArray[np.int32] | None = None) -> Iterator[Source]:
        """Yield the sources with their lives, the most quoted first, without those withheld.

        Args:
            only: numbers of the sources to yield; None: all.
        """
        source_of = np.where(self.shown, self.source_of_use, np.int32(-1))
        numbers = np.arange(len(self.heads), dtype=np.int32) if only is None else np.unique(only)
        for source in lives.lives(self.ground.forms, source_of, self.heads, numbers):
            if source.id not in self.withheld and source.statements:
                yield source


def settle(ground: Groundwork, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Return who is who, as names, use and judgements have it.

    Only the groups of nodes that a judgement is about are clustered anew.
    """
    rulings = replay(judgements)
    conflicts: list[Conflict] = []
    before = ground.sources
    aliases = {head.id: int(node) for head, node in zip(before.heads, before.named_by, strict=True)}
    ground, changed = _split(ground, rulings.links)
    decided = _decided(ground, rulings.links, aliases, conflicts)
    now = _joined(ground, decided, changed, conflicts) if decided or changed else before
    heads = list(now.heads)
    find = _Finder(ground, now, aliases)
    _rename(rulings, heads, find, conflicts)
    corrected, spans = _correct(ground, rulings, heads, find, conflicts)
    return Resolution(ground, tuple(heads), now.of_node, rulings, corrected, spans, tuple(conflicts))


_Decided = tuple[bool, tuple[int, int], Judgement]  # whether they are one; two nodes; who says so


def _split(ground: Groundwork, links: Sequence[Link]) -> tuple[Groundwork, set[int]]:
    """Give forms nodes of their own that differ in titles or writing only, where a curator says they are two.

    Returns also the nodes that this is about.
    """
    changed: set[int] = set()
    for link in links:
        one, other = link.names
        if link.same or not one or not other or one == other:
            continue
        for node in sorted({*ground.called(one)} & {*ground.called(other)}):
            changed |= {node, len(ground.nodes.words)}
            ground = ground.with_own_node(node, other)
    return ground, changed


def _joined(ground: Groundwork, decided: Sequence[_Decided], split: set[int], conflicts: list[Conflict]) -> Numbered:
    """Cluster anew what judgements are about, and number all sources."""
    certain = [Edge(min(ends), max(ends), 1.0, certain=True) for same, ends, _ in decided if same]
    apart = [ends for same, ends, _ in decided if not same]
    touched = np.array([*split, *(node for _, ends, _ in decided for node in ends)], np.int32)
    groups = np.unique(ground.group[touched])
    changed = np.flatnonzero(np.isin(ground.group, groups)).astype(np.int32)
    edges = [*ground.edges_of(groups), *certain]
    clusters = cluster(len(ground.home), edges, ground.score, weight=ground.nodes.counts, apart=apart)
    home = ground.home.copy()
    home[changed] = np.array(clusters, np.int32)[changed]
    home = surnames.attach(ground, home, apart, changed)
    for same, (one, other), judgement in decided:
        if same != (home[one] == home[other]):
            conflicts.append(Conflict(judgement, "another judgement says otherwise"))
    return numbered(ground.nodes, home)


def _decided(
    ground: Groundwork, links: Sequence[Link], ids: dict[str, int], conflicts: list[Conflict]
) -> list[_Decided]:
    """Return for each judgement about two sources whether they are one, and their nodes."""
    types = ground.nodes.types
    decided = []
    for link in links:
        one, other = (_end(ground, name, id, ids) for name, id in zip(link.names, link.ids, strict=True))
        if one is None or other is None:
            gone = [name or id for name, id, end in zip(link.names, link.ids, (one, other), strict=True) if end is None]
            conflicts.append(Conflict(link.judgement, f"the archive no longer has {' and '.join(map(repr, gone))}"))
        elif one == other:
            if not link.same:
                conflicts.append(Conflict(link.judgement, "both names are one but for titles or writing"))
        elif link.same and types[one] != types[other]:
            conflicts.append(Conflict(link.judgement, f"one is {types[one]}, the other {types[other]}"))
        else:
            decided.append((link.same, (one, other), link.judgement))
    return decided


def _end(ground: Groundwork, name: str | None, id: str, ids: dict[str, int]) -> int | None:
    """Return the node that a judgement is about: the one with the name that the curator saw, else the one of the id."""
    by_id = ids.get(id)
    named = ground.called(name) if name else []
    types, counts = ground.nodes.types, ground.nodes.counts
    if by_id is not None:
        of_type = [node for node in named if types[node] == types[by_id]]
        return (of_type or [by_id])[0]
    return max(named, key=lambda node: counts[node]) if named else None


class _Finder:
    """Finds a source by its id, by an id that it had before the curators' judgements, or by a name."""

    def __init__(self, ground: Groundwork, now: Numbered, aliases: dict[str, int]) -> None:
        self._ground = ground
        self._of_node = now.of_node
        self._numbers = {head.id: number for number, head in enumerate(now.heads)}
        self._aliases = aliases

    def __call__(self, id: str, name: str | None = None) -> int | None:
        if id in self._numbers:
            return self._numbers[id]
        if id in self._aliases:
            return int(self._of_node[self._aliases[id]])
        nodes = self._ground.called(name) if name else []
        counts = self._ground.nodes.counts
        return int(self._of_node[max(nodes, key=lambda node: counts[node])]) if nodes else None


def _rename(rulings: Rulings, heads: list[Head], find: _Finder, conflicts: list[Conflict]) -> None:
    for judgement in rulings.renames:
        number = find(judgement.subject, judgement.basis)
        if number is None or not judgement.object:
            conflicts.append(Conflict(judgement, "the archive no longer has this source"))
        else:
            heads[number] = Head(heads[number].id, judgement.object, heads[number].type)


def _correct(
    ground: Groundwork, rulings: Rulings, heads: list[Head], find: _Finder, conflicts: list[Conflict]
) -> tuple[dict[str, int], dict[str, Spans]]:
    corrected: dict[str, int] = {}
    spans: dict[str, Spans] = {}
    judgements = (*rulings.speakers, *rulings.spans, *rulings.struck)
    about = tuple(judgement.subject for judgement in judgements)
    known = {about[place] for place in ground.forms.rows_of(about)[1].tolist()}
    for judgement in judgements:
        if judgement.subject not in known:
            conflicts.append(Conflict(judgement, "the archive no longer has this statement"))
        elif judgement.verb == "wrong-span":
            words = read_spans(judgement.object)
            if words is None:
                conflicts.append(Conflict(judgement, f"these are no spans: {judgement.object}"))
            else:
                spans[judgement.subject] = words
        elif judgement.verb == "wrong-speaker":
            named = judgement.object or ""
            number = find(named, named) if named else -1
            if number is None:  # someone who is not quoted anywhere else
                number = len(heads)
                taken = {head.id for head in heads}
                heads.append(Head(identity(SpeakerType.PERSON, named, taken), named, SpeakerType.PERSON))
            corrected[judgement.subject] = number
    return corrected, spans
