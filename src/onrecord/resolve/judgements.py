"""Replays the ledger: which judgements stand, and what they say about sources and statements.

An undo takes back the judgement that it names (and an undo of an undo brings it back). Where two standing judgements
contradict each other, the later one holds. Judgements about sources carry in ``basis`` the names that the curator saw,
``"one | other"``; names outlive ids, so they are looked for first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Judgement, Spans


@dataclass(frozen=True, slots=True)
class Conflict:
    """A judgement that no longer fits; reported, never dropped."""

    judgement: Judgement
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two sources that a curator has looked at."""

    judgement: Judgement
    same: bool
    ids: tuple[str, str]
    names: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What stands."""

    links: tuple[Link, ...] = ()  # same and not-same, in the order of their recording
    renames: tuple[Judgement, ...] = ()
    speakers: tuple[Judgement, ...] = ()  # wrong-speaker
    spans: tuple[Judgement, ...] = ()  # wrong-span
    struck: tuple[Judgement, ...] = ()  # not-a-statement
    withheld: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    other: tuple[Judgement, ...] = ()  # about claims and copies


def standing(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that were not taken back, without the undos, in order."""
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.verb == "undo" and judgement.object and judgement.id not in undone:
            undone.add(judgement.object)
    return tuple(judgement for judgement in judgements if judgement.verb != "undo" and judgement.id not in undone)


def replay(judgements: Sequence[Judgement]) -> Rulings:
    """Return what the judgements say, taken together."""
    links: dict[frozenset[str], Link] = {}
    single: dict[tuple[str, str], Judgement] = {}
    other = []
    for judgement in standing(judgements):
        if judgement.verb in ("same", "not-same"):
            link = _link(judgement)
            key = frozenset(name or id for name, id in zip(link.names, link.ids, strict=True))
            links.pop(key, None)  # the later one holds, and stands in its own place
            links[key] = link
        elif judgement.verb in ("rename", "wrong-speaker", "wrong-span", "not-a-statement", "withhold", "confirm"):
            single[judgement.verb, judgement.subject] = judgement
        else:
            other.append(judgement)

    def of(verb: str) -> tuple[Judgement, ...]:
        return tuple(judgement for (kind, _), judgement in single.items() if kind == verb)

    return Rulings(
        links=tuple(links.values()),
        renames=of("rename"),
        speakers=of("wrong-speaker"),
        spans=of("wrong-span"),
        struck=of("not-a-statement"),
        withheld=frozenset(judgement.subject for judgement in of("withhold")),
        confirmed=frozenset(judgement.subject for judgement in of("confirm")),
        other=tuple(other),
    )


def read_spans(text: str | None) -> Spans | None:
    """Return the spans that a judgement gives as JSON, ``[[start, end], ...]``; None where it gives none.

    Spans are not empty, ascend, and do not overlap.
    """
    try:
        spans = tuple((start, end) for start, end in json.loads(text or ""))
    except (ValueError, TypeError, RecursionError):
        return None
    places = [place for span in spans for place in span]
    whole = all(type(place) is int for place in places)
    ascending = whole and all(start < end for start, end in spans) and places == sorted(places)
    return spans if spans and ascending and places[0] >= 0 else None


def _link(judgement: Judgement) -> Link:
    one, _, other = (judgement.basis or "").partition(" | ")
    ids = (judgement.subject, judgement.object or "")
    return Link(judgement, judgement.verb == "same", ids, (one.strip() or None, other.strip() or None))
