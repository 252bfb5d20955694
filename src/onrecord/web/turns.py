"""Where a source contradicts itself: two of its own statements, of which one says the opposite of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.errors import NotFoundError
from onrecord.model import Claim
from onrecord.store.archive import Archive
from onrecord.store.results import StatementHit

MOST_SIDE = 20  # statements of one side of a claim that are looked at


@dataclass(frozen=True, slots=True)
class Turn:
    """Two statements of one source that contradict each other, the earlier first."""

    before: StatementHit
    after: StatementHit
    claim: Claim


def turns(archive: Archive, source: str, hits: Sequence[StatementHit]) -> tuple[Turn, ...]:
    """Return the contradictions of a source in which one of the given statements has a part, the latest first.

    Args:
        archive: where claims and statements are read.
        source: the id of the source.
        hits: statements of the source.
    """
    known = {hit.id: hit for hit in hits}
    found = []
    for claim in archive.claims_of(*known) if known else ():
        if claim.contrary:
            one = _first(archive, source, claim.statements, known)
            other = _first(archive, source, claim.contrary, known)
            if one is not None and other is not None:
                before, after = sorted((one, other), key=_when)
                found.append(Turn(before, after, claim))
    return tuple(sorted(found, key=lambda turn: _when(turn.after), reverse=True))


def _first(archive: Archive, source: str, ids: Sequence[str], known: dict[str, StatementHit]) -> StatementHit | None:
    mine = []
    for id in ids[:MOST_SIDE]:
        try:
            hit = known.get(id) or archive.statement(id)
        except NotFoundError:  # withheld
            continue
        if hit.source_id == source:
            mine.append(hit)
    return min(mine, key=_when, default=None)


def _when(hit: StatementHit) -> str:
    return hit.article.published or "~"
