"""What a judgement changed: the difference of two resolutions of one groundwork.

The ledger only grows and :func:`onrecord.resolve.sources.settle` gives the same for the same judgements, so the
resolution that a generation was made from can be made again, and nothing of it needs to be kept::

    old, new = settle(ground, then), settle(ground, now)
    changed(old, new)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from onrecord.model import Source
from onrecord.resolve.heads import Head
from onrecord.resolve.sources import Resolution


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was."""

    #: by id: whose it was and whose it is; of those where id or name of the source differ, or what a curator corrected
    statements: dict[str, tuple[Head | None, Head | None]]
    hidden: frozenset[str]  # ids (statement, article, picture, source) that must not be shown in one of the two only
    sources: dict[str, Source | None]  # by id: the life of a source that changed; None: there is none to show any more
    corrected: frozenset[str] = frozenset()  # those of the statements that a curator corrected


def changed(old: Resolution, new: Resolution) -> Changes:
    """Return what differs between two resolutions that were settled on the same groundwork."""
    was, now = old.source_of_use, new.source_of_use
    codes: dict[Head | None, int] = {None: -1}
    before, after = _coded(old.heads, codes), _coded(new.heads, codes)
    other = before[was] != after[now]
    corrected = {*old.corrected} ^ {*new.corrected} | {id for id, _ in {*old.spans.items()} ^ {*new.spans.items()}}
    other[new.ground.forms.rows_of(tuple(corrected))[0]] = True
    moved = np.flatnonzero(other)
    ids = new.ground.forms.uses["id"].take(pa.array(moved)).to_pylist()
    sides = ([_head(side, number) for number in numbers] for side, numbers in ((old, was[moved]), (new, now[moved])))
    statements = dict(zip(ids, zip(*sides, strict=True), strict=True))
    touched = np.concatenate([moved, np.flatnonzero(old.shown != new.shown)])
    hidden = (old.removed | old.withheld) ^ (new.removed | new.withheld)
    about = {head.id for side, numbers in ((old, was), (new, now)) for head in _heads(side, numbers[touched])}
    about |= {head.id for head in (*old.heads, *new.heads) if head.id in hidden}
    numbers = np.array([number for number, head in enumerate(new.heads) if head.id in about], np.int32)
    lives = dict.fromkeys(about) | {source.id: source for source in new.sources(numbers)}
    corrected |= old.corrected.keys() | new.corrected.keys()
    return Changes(statements, hidden, lives, frozenset(corrected & statements.keys()))


def _coded(heads: Sequence[Head], codes: dict[Head | None, int]) -> npt.NDArray[np.int32]:
    """Return a number for each head, the same for the same id and name; the last place stands for no source."""
    return np.array([codes.setdefault(head, len(codes)) for head in (*heads, None)], np.int32)


def _head(side: Resolution, number: int) -> Head | None:
    return side.heads[number] if number >= 0 else None


def _heads(side: Resolution, numbers: npt.NDArray[np.int32]) -> list[Head]:
    return [side.heads[number] for number in np.unique(numbers).tolist() if number >= 0]
