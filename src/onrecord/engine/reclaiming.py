"""Claims after a judgement: those that have to do with what was judged are gathered anew, all others stay.

Which statements are related (``links.parquet``) stays as the build found it. Whether two statements whose speaker was
corrected say the same is asked again by the next build that adds pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.engine.kept import FOLDER
from onrecord.engine.relations import LINKS
from onrecord.model import Claim, Copy, Judgement, Statement
from onrecord.resolve import claims as claims_of
from onrecord.resolve.heads import Head
from onrecord.resolve.links import Line, Link, lines
from onrecord.store import entries, tables
from onrecord.store.entries import Entry

VERBS = ("same-claim", "not-same-claim", "independent", "not-independent")


def related(before: Path, statements: Iterable[str], judgements: Iterable[Judgement]) -> frozenset[str]:
    """Return these statements and all that are related to them, also by way of others.

    Args:
        before: the generation before.
        statements: their ids.
        judgements: those that stood then or stand now; two statements that one of them names are related.
    """
    pairs = [(j.subject, j.object) for j in judgements if j.verb in VERBS and j.object]
    table = pq.read_table(before / FOLDER / LINKS, columns=["a", "b"])
    ends = [pa.concat_arrays([*table[end].chunks, pa.array([pair[n] for pair in pairs], pa.string())])
            for n, end in enumerate(("a", "b"))]  # fmt: skip
    return frozenset(statements) | _reached(ends[0], ends[1], statements)


def regather(
    folders: Sequence[Path],
    found: Collection[str],
    articles: Collection[str],
    source_of: Callable[[Statement], Head | None],
    hidden: Container[str],
    judgements: Sequence[Judgement],
    before: Path,
    folder: Path,
) -> dict[str, Claim | None]:
    """Gather the claims of some statements anew and write all claims of a generation.

    Args:
        folders: the shards.
        found: ids of the statements; with one, all that are related to it.
        articles: ids of the articles in which they stand.
        source_of: the source that a statement's speaker is.
        hidden: ids of articles, statements and sources that are in no claim.
        judgements: those that stand.
        before: the generation before, made from the same shards.
        folder: of the generation that is being made.

    Returns:
        the claims that changed, by id; None for one that is no more.
    """
    wanted = pa.array(list(found), pa.string())
    held = {
        line.id: line
        for entry in entries.some(folders, articles)
        if entry.current and entry.article.id not in hidden
        for line in _lines(entry, found, source_of, hidden)
    }
    table = pq.read_table(before / FOLDER / LINKS)
    links = tables.records(Link, table.filter(pc.is_in(table["a"], value_set=wanted)))
    now = claims_of.claims(held, links, _copies(before, articles), judgements)
    was = pq.read_table(before / "claims.parquet", page_checksum_verification=True)
    gone = _with_any_of(was, wanted)
    then = tables.records(Claim, was.filter(pa.array(gone)))
    kept = was.filter(pa.array(~gone))
    made = pa.concat_tables([kept, tables.table(Claim, now)])
    sizes = {"origins": pc.list_value_length(made["origins"]), "statements": pc.list_value_length(made["statements"])}
    order = pc.sort_indices(
        pa.table({**sizes, "id": made["id"]}),
        [("origins", "descending"), ("statements", "descending"), ("id", "ascending")],
    )
    pq.write_table(
        made.take(order), folder / "claims.parquet", compression="zstd", write_page_checksum=True,
        row_group_size=tables.BATCH,
    )  # fmt: skip
    same = {claim.id: claim for claim in then}
    changed: dict[str, Claim | None] = dict.fromkeys(same.keys() - {claim.id for claim in now})
    return changed | {claim.id: claim for claim in now if same.get(claim.id) != claim}


def _lines(
    entry: Entry, found: Container[str], source_of: Callable[[Statement], Head | None], hidden: Container[str]
) -> Iterable[Line]:
    shown, named = [], {}
    for statement in entry.statements:
        if statement.id in found and statement.id not in hidden:
            head = source_of(statement)
            if head is None or head.id not in hidden:
                shown.append(statement)
            if head is not None:
                named[statement.id] = head.id, head.name
    return lines(entry.article, shown, named)


def _copies(before: Path, articles: Iterable[str]) -> list[Copy]:
    """Return the copies of the families that these articles belong to."""
    table = pq.read_table(before / "copies.parquet", page_checksum_verification=True)
    family = _reached(table["a"].combine_chunks(), table["b"].combine_chunks(), articles)
    wanted = pa.array(list({*family, *articles}), pa.string())
    return tables.records(Copy, table.filter(pc.is_in(table["a"], value_set=wanted)))


def _with_any_of(claims: pa.Table, wanted: pa.Array) -> npt.NDArray[np.bool_]:
    """Return for each claim whether one of these statements is in it."""
    found = np.zeros(claims.num_rows, np.bool_)
    for name in ("statements", "contrary"):
        column = claims[name].combine_chunks()
        inside = pc.is_in(column.flatten(), value_set=wanted)
        found[pc.list_parent_indices(column).filter(inside).to_numpy()] = True
    return found


def _reached(a: pa.Array, b: pa.Array, start: Iterable[str]) -> frozenset[str]:
    """Return what can be reached from the start by pairs of ids, among them what of the start is in a pair."""
    coded = pa.concat_arrays([pa.array([], pa.string()), a, b]).dictionary_encode()
    codes = coded.indices.to_numpy()
    one, other = codes[: len(a)], codes[len(a) :]
    inside = pc.is_in(coded.dictionary, value_set=pa.array(list(start), pa.string())).to_numpy(zero_copy_only=False)
    count = -1
    while count != (count := int(inside.sum())):
        touched = inside[one] | inside[other]
        inside[one[touched]] = inside[other[touched]] = True
    return frozenset(coded.dictionary.filter(pa.array(inside)).to_pylist())
