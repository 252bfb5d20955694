"""A generation after a judgement: the one before, with what the judgement changed made anew.

It takes seconds where a build takes minutes. What it gives is what a build gives, save for what :mod:`reclaiming` says
and for the order of equals in lists (see ``store.indexing``).
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.engine import calling, judging, reclaiming
from onrecord.engine.kept import FOLDER
from onrecord.engine.relations import LINKS
from onrecord.model import Judgement
from onrecord.resolve.changes import Changes, changed
from onrecord.resolve.corrections import corrected
from onrecord.resolve.heads import Head
from onrecord.resolve.judgements import standing
from onrecord.resolve.sources import Resolution, settle
from onrecord.store import derived, entries, index, indexing, revisions, tables
from onrecord.store.documents import SourceRef
from onrecord.store.generations import share
from onrecord.store.index import Card
from onrecord.store.labels import Labels
from onrecord.store.results import PictureHit


@dataclass(frozen=True, slots=True)
class Touched:
    """What the judgements since the generation before are about."""

    changed: frozenset[str]  # statements
    statements: frozenset[str]  # those, and all that are related to them
    articles: frozenset[str]  # in which something changed
    around: frozenset[str]  # in which the statements stand


def rewrite(
    folders: Sequence[Path],
    before: Path,
    folder: Path,
    now: Resolution,
    judgements: Sequence[Judgement],
) -> Card | None:
    """Write a generation as far as judgements go beyond the one before.

    Args:
        folders: the shards; those that the generation before was made from.
        before: the generation before.
        folder: of the generation that is being made; the groundwork is there.
        now: who is who, by all judgements.
        judgements: of the ledger.

    Returns:
        the card of the index, or None (and nothing was written) where only a build can do it: an article was
        withheld or given back, or the generation before was made by another version.
    """
    then = judging.judged_before(judgements, before)
    if then is None or not (before / FOLDER / LINKS).is_file():
        return None
    old = settle(now.ground, then)
    changes = changed(old, now)
    stood, stand = standing(then), standing(judgements)
    called = calling.calling(before, index.read_card(before / "index").called, now, changes)
    touched = _touched(folders, before, changes, called.rewritten, stood, stand)
    if touched is None:
        return None
    keys = {id: called.key(head) if head else None for id, head in _heads(now, touched.changed).items()}
    judging.rewrite_sources(before, changes, folder)
    judging.rewrite_speakers(before, changes, keys, folder)
    shutil.copytree(before / FOLDER, folder / FOLDER, copy_function=share)
    share(before / "copies.parquet", folder / "copies.parquet")
    hidden = now.removed | now.withheld
    claims = reclaiming.regather(
        folders, touched.statements, touched.around, now.source_of, hidden, stand, before, folder
    )  # fmt: skip
    return indexing.revise(
        folder / "index",
        before / "index",
        (
            replace(entry, statements=corrected(now, entry.article, entry.statements))
            for entry in entries.some(folders, touched.articles)
        ),
        statements=touched.changed,
        source_of=lambda statement: _reference(now.source_of(statement), keys.get(statement.id)),
        sources=changes.sources,
        claims=claims,
        withheld=now.withheld,
        removed=now.removed,
        revised=revisions.changed(folders, touched.articles),
        called=called.called,
    )


def _heads(now: Resolution, statements: Collection[str]) -> dict[str, Head | None]:
    """Return the source of each of these statements."""
    wanted = tuple(statements)
    rows, places = now.ground.forms.rows_of(wanted)
    numbers = now.source_of_use[rows].tolist()
    return {
        wanted[place]: now.heads[number] if number >= 0 else None
        for place, number in zip(places.tolist(), numbers, strict=True)
    }


def _reference(head: Head | None, key: str | None) -> SourceRef | None:
    return None if head is None else SourceRef(head.id, head.name, key)


def _touched(
    folders: Sequence[Path],
    before: Path,
    changes: Changes,
    rewritten: frozenset[str],
    then: Sequence[Judgement],
    now: Sequence[Judgement],
) -> Touched | None:
    """Return what changed, None where it is more than single statements, sources and pictures."""
    if _known(folders, "articles", changes.hidden):
        return None
    of_sources = _spoken_by(before, changes.hidden & changes.sources.keys())
    judged = {each for j in {*then} ^ {*now} if j.verb in reclaiming.VERBS for each in (j.subject, j.object) if each}
    told = {j.subject for j in {*then} ^ {*now}}
    own = _known(folders, "statements", {*rewritten, *changes.hidden, *of_sources, *told})
    judged |= _known(folders, "statements", judged, "article_id").keys()  # two articles may be judged independent
    judged |= calling.at_odds(before, changes.statements.keys() - rewritten, changes)
    statements = reclaiming.related(before, {*own, *judged}, (*then, *now))
    pictures = _pictures(before, changes.hidden - own.keys() - changes.sources.keys())
    if pictures is None:
        return None
    around = _known(folders, "statements", statements)
    return Touched(frozenset(own), frozenset(around), frozenset({*own.values(), *pictures}), frozenset(around.values()))


def _known(folders: Sequence[Path], table: str, ids: Collection[str], key: str = "id") -> dict[str, str]:
    """Return the ids of the rows of a table of the shards whose key is one of these, each with the article."""
    columns = ["id", "article_id"] if table == "statements" else ["id"]
    found: dict[str, str] = {}
    for folder in folders if ids else ():
        rows = tables.pick(folder / f"{table}.parquet", key, ids, columns)
        found.update(zip(rows["id"].to_pylist(), rows[columns[-1]].to_pylist(), strict=True))
    return found


def _spoken_by(before: Path, sources: Collection[str]) -> list[str]:
    if not sources:
        return []
    table = pq.read_table(before / "speakers.parquet")
    said: list[str] = table.filter(pc.is_in(table["source_id"], value_set=pa.array(list(sources), pa.string())))[
        "statement_id"
    ].to_pylist()
    return said


def _pictures(before: Path, ids: Collection[str]) -> set[str] | None:
    """Return the articles of these pictures, None where one is not in the index: it must be looked for."""
    folder = before / "index"
    open_index = index.open_index(folder / "pictures", index.read_card(folder), Labels(folder))
    hits = [derived.by_id(open_index, PictureHit, id) for id in ids]
    return None if None in hits else {hit.article.id for hit in hits if hit is not None}
