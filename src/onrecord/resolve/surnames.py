"""Gives people who go by one name only ("Mr. Obama") to the source that they must be, where that is clear.

A single name is not an identity. It is given to a source with a full name only if that name is the source's last part
and it has nearly all statements of the sources with that last part that share an organisation or a role with the single
name; or, where none does, of all sources with that last part. Otherwise, and where a far more quoted source has that
last part too, the single name stays a source by itself. Standing in one article says nothing: there the name alone was
already taken for somebody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onrecord.model import SpeakerType
from onrecord.resolve import vocabulary
from onrecord.resolve.groundwork import SEVERAL, Groundwork
from onrecord.resolve.names import Part, parse_person
from onrecord.resolve.pairing import part_closeness
from onrecord.resolve.sound import skeleton

_CLOSE = 0.9  # a single name must sound like the last part
_SHARE = 0.95  # of all statements of sources with that last part
_SHARE_BESIDE = 0.9  # of the statements of those that share organisation, role or article with the single name
_ENOUGH = 20  # statements
_DWARFED = 4  # a source that is quoted this many times less than another with its last part gets no single name


def attach(ground: Groundwork, home: list[int], apart: Iterable[tuple[int, int]] = ()) -> list[int]:
    """Return the clusters with single names given to the sources that they must be."""
    forbidden = {frozenset(pair) for pair in apart}
    families: dict[str, list[tuple[int, Part]]] = defaultdict(list)
    singles: list[tuple[int, Part]] = []
    members: dict[int, list[int]] = defaultdict(list)
    for node, type in enumerate(ground.types):
        if type != SpeakerType.PERSON or SEVERAL in ground.words[node]:
            continue
        members[home[node]].append(node)
        parts = parse_person(ground.words[node]).parts
        full = [part for part in parts if not part.initial]
        if len(parts) == 1 and full and not full[0].head:
            singles.append((node, full[0]))
        elif len(parts) > 1 and full:
            families[skeleton(full[-1].stem)].append((node, full[-1]))
    settled = list(home)
    for node, part in singles:
        if home[node] != node or len(members[node]) > 1:
            continue  # a curator or an article has placed it
        fitting = {
            home[other]
            for other, last in families.get(skeleton(part.stem), ())
            if part_closeness(part, last)[0] >= _CLOSE and frozenset((node, other)) not in forbidden
        }
        chosen = _choose(ground, node, part, {number: members[number] for number in fitting})
        if chosen is not None:
            settled[node] = chosen
    return settled


def _choose(ground: Groundwork, node: int, part: Part, candidates: dict[int, list[int]]) -> int | None:
    if not candidates:
        return None
    mine = ground.contexts.get(node)
    beside = []
    for number, nodes in candidates.items():
        contexts = [ground.contexts[other] for other in nodes if other in ground.contexts]
        if mine and any(mine.organisations & other.organisations or mine.roles & other.roles for other in contexts):
            beside.append(number)
    totals = {number: sum(ground.counts[other] for other in nodes) for number, nodes in candidates.items()}
    if beside:
        chosen = _most_of({number: totals[number] for number in beside}, _SHARE_BESIDE, 1)
        return chosen if chosen is not None and totals[chosen] * _DWARFED >= max(totals.values()) else None
    if vocabulary.is_kin_name(part.stem):
        return None
    return _most_of(totals, _SHARE, _ENOUGH)


def _most_of(totals: dict[int, int], share: float, enough: int) -> int | None:
    best = max(totals, key=lambda number: (totals[number], -number))
    return best if totals[best] >= max(enough, share * sum(totals.values())) else None
