"""What the documents of an index say of sources, when a judgement makes a source with many statements another one.

Joining two sources, or giving one another name, changes no word of what was said. So where a source has many statements
their documents stay as they are, and the card of the index says how the source that they name is called now
(``store.index.Card.called``). Documents have a *key* for a source: its id when they were written. All documents of one
key are of one source; a statement that goes another way than most with its key gets a document of its own again. The
keys stand beside the sources in ``speakers.parquet``. What articles and claims tell of such a source by its name
follows at the next build that adds pages.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.resolve.changes import Changes
from onrecord.resolve.heads import Head
from onrecord.resolve.sources import Resolution

MANY = 1_000  # statements of a key whose documents are not written anew

Called = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Calling:
    """What documents say, and what they mean by it."""

    called: Called  # by key, where it is not what the document says
    rewritten: frozenset[str]  # ids of statements that changed and whose documents must be written anew

    def key(self, head: Head) -> str:
        """Return what a document that is written now says for a source."""
        number, key = 1, head.id
        while self.called.get(key, (head.id, head.name)) != (head.id, head.name):
            number, key = number + 1, f"{head.id}~{number + 1}"
        if key != head.id:
            self.called[key] = head.id, head.name
        return key


def calling(before: Path, called: Mapping[str, tuple[str, str]], now: Resolution, changes: Changes) -> Calling:
    """Return which documents are written anew after a judgement.

    Args:
        before: the generation before.
        called: of the card of its index.
        now: who is who.
        changes: what the judgement changed.
    """
    means = dict(called)
    if len(changes.statements) <= MANY:
        return Calling(means, frozenset(changes.statements))
    uses = now.ground.forms.uses
    speakers = pq.read_table(before / "speakers.parquet")
    place = pc.index_in(uses["id"], value_set=speakers["statement_id"].combine_chunks())
    keys = keys_of(speakers).take(place.combine_chunks() if isinstance(place, pa.ChunkedArray) else place)
    coded = keys.dictionary_encode()
    code = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    source = now.source_of_use
    changed = np.zeros(len(code), np.bool_)
    changed[now.ground.forms.rows_of(tuple(changes.statements))[0]] = True
    anew = changed.copy()
    many = np.flatnonzero(np.bincount(code[changed & (code >= 0)], minlength=len(coded.dictionary)) > MANY)
    for key in many.tolist():
        rows = np.flatnonzero(code == key)
        most = _most(source[rows])
        astray = source[rows] != most
        if most >= 0 and astray.sum() < changed[rows].sum():
            head = now.heads[most]
            means[coded.dictionary[key].as_py()] = head.id, head.name
            anew[rows] = astray
    anew[now.ground.forms.rows_of(tuple(changes.corrected))[0]] = True
    return Calling(means, frozenset(uses["id"].take(pa.array(np.flatnonzero(anew))).to_pylist()))


def keys_of(speakers: pa.Table) -> pa.Array:
    """Return the key that the document of each statement of ``speakers.parquet`` has."""
    column = speakers["key" if "key" in speakers.column_names else "source_id"]
    return column.combine_chunks()


def at_odds(before: Path, statements: Collection[str], changes: Changes) -> set[str]:
    """Return those of some statements that stand in a claim of which a judgement made two sources one, or one two."""
    claims = pq.read_table(before / "claims.parquet", columns=["statements"])["statements"].combine_chunks()
    member, claim = claims.flatten(), pc.list_parent_indices(claims).to_numpy()
    inside = pc.is_in(member, value_set=pa.array(list(statements), pa.string())).to_numpy(zero_copy_only=False)
    touched = np.zeros(len(claims), np.bool_)
    touched[claim[inside]] = True
    rows = np.flatnonzero(touched[claim])
    ids = member.take(pa.array(rows)).to_pylist()
    speakers = pq.read_table(before / "speakers.parquet", columns=["statement_id", "source_id"])
    mine = speakers.filter(pc.is_in(speakers["statement_id"], value_set=pa.array(ids, pa.string())))
    was = dict(zip(mine["statement_id"].to_pylist(), mine["source_id"].to_pylist(), strict=True))
    sides: dict[int, tuple[set[str], set[str]]] = {}
    for number, id in zip(claim[rows].tolist(), ids, strict=True):
        old = was.get(id, id)  # who is not known is nobody else
        _, head = changes.statements.get(id, (None, None))
        then, after = sides.setdefault(number, (set(), set()))
        then.add(old)
        after.add(old if id not in changes.statements else head.id if head else id)
    other = {number for number, (then, after) in sides.items() if len(then) != len(after)}
    return {id for number, id in zip(claim[rows].tolist(), ids, strict=True) if number in other}


def _most(sources: npt.NDArray[np.int32]) -> int:
    """Return the source that most have; -1 where most have none."""
    return int(np.bincount(sources + 1).argmax()) - 1
