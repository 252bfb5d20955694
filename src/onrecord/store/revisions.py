"""What became of statements whose article was later printed in other words: said on, reworded, or gone.

The wordings of an article are taken in the order in which each was fetched last. A statement stands on where the
next wording prints its words anywhere; it was reworded where a new statement there has most of its words, or, of
the same speaker, many; else it vanished. Only articles of several wordings are looked at, some at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.store import tables
from onrecord.store.entries import fetched_times, versions
from onrecord.store.results import Revised

_ALIKE = 0.5  # share of words in common from which it is the same statement in other words ...
_ALIKE_OF_ONE = 0.35  # ... and of the same speaker, who may have been quoted more fully
_ARTICLES = 2_000  # whose wordings are held at once


@dataclass(slots=True)
class _Said:
    id: str
    words: str
    speaker: str | None


@dataclass(slots=True)
class _Wording:
    """One wording of an article, with the statements in it."""

    revision: str
    last: str  # time at which it was fetched last
    text: str  # on one line
    said: list[_Said] = field(default_factory=list)


def changed(folders: Sequence[Path], among: Collection[str] | None = None) -> dict[str, Revised]:
    """Return by their ids the statements that a later wording changed, and those that reword an earlier one.

    Args:
        folders: the shards.
        among: ids of the articles to look at; all where not given.
    """
    found: dict[str, Revised] = {}
    reworded = (id for id in _reworded(folders) if among is None or id in among)
    while ids := list(islice(reworded, _ARTICLES)):
        for wordings in _wordings(folders, ids):
            found.update(fates(wordings))
    return found


def fates(wordings: Sequence[_Wording]) -> Iterator[tuple[str, Revised]]:
    """Yield what became of the statements of one article, whose wordings come in the order of time."""
    became: dict[str, Revised] = {}
    reworded_from: dict[str, str] = {}
    for old, new in reversed(list(pairwise(wordings))):
        same: dict[str, str] = {}
        for each in new.said:
            same.setdefault(_flat(each.words), each.id)
        gone = []
        for each in old.said:
            if (twin := same.get(_flat(each.words))) is not None:
                if twin in became:
                    became[each.id] = became[twin]  # it stood on in the next, and changed later
            elif not all(_flat(part) in new.text for part in each.words.split(" … ")):
                gone.append(each)
        there = {_flat(each.words) for each in old.said}
        for each, twin_of in _paired(gone, [each for each in new.said if _flat(each.words) not in there]):
            if twin_of is None:
                became[each.id] = Revised("vanished", new.revision, new.last or None)
            else:
                became[each.id] = Revised("reworded", new.revision, new.last or None, twin_of.id)
                reworded_from[twin_of.id] = each.id
    for id, was in reworded_from.items():
        later = became.get(id)
        became[id] = Revised(
            later.fate if later else "rewords",
            later.revision if later else None,
            later.when if later else None,
            later.to if later else None,
            was,
        )
    yield from became.items()


def _paired(gone: Sequence[_Said], new: Sequence[_Said]) -> Iterator[tuple[_Said, _Said | None]]:
    """Yield each statement with the new one that rewords it, the most alike first, each new one once."""
    scored = sorted(
        ((score, i, j) for i, a in enumerate(gone) for j, b in enumerate(new) if (score := _alike(a, b))),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    taken: dict[int, int] = {}
    for _, i, j in scored:
        if i not in taken and j not in taken.values():
            taken[i] = j
    for i, each in enumerate(gone):
        yield each, new[taken[i]] if i in taken else None


def _alike(a: _Said, b: _Said) -> float:
    """Return the share of words that both have, 0 where they are too few."""
    first, second = Counter(_flat(a.words).split()), Counter(_flat(b.words).split())
    share = 2 * (first & second).total() / ((first.total() + second.total()) or 1)
    least = _ALIKE_OF_ONE if a.speaker and a.speaker == b.speaker else _ALIKE
    return share if share >= least else 0.0


def _reworded(folders: Sequence[Path]) -> list[str]:
    """Return the ids of the articles that have several wordings."""
    columns = [pq.read_table(folder / "articles.parquet", columns=["id", "text_digest"]) for folder in folders]
    if not columns:
        return []
    counted = pa.concat_tables(columns).group_by("id").aggregate([("text_digest", "count_distinct")])
    ids: list[str] = counted.filter(pc.greater(counted["text_digest_count_distinct"], 1))["id"].to_pylist()
    return sorted(ids)


def _wordings(folders: Sequence[Path], ids: Sequence[str]) -> Iterator[list[_Wording]]:
    """Yield the wordings of each of these articles, in the order of time."""
    by_article: dict[str, dict[str, _Wording]] = defaultdict(dict)
    columns = ["id", "capture_id", "text", "text_digest"]
    articles = [tables.pick(folder / "articles.parquet", "id", ids, columns).to_pylist() for folder in folders]
    times = fetched_times(folders, {row["capture_id"] for rows in articles for row in rows})
    left_out = versions(folders, ids)
    for folder, rows in zip(folders, articles, strict=True):
        for row in rows:
            if row["capture_id"] in left_out:
                continue
            revision = row["text_digest"].removeprefix("sha256:")[:12]
            known = by_article[row["id"]].setdefault(revision, _Wording(revision, "", _flat(row["text"])))
            known.last = max(known.last, times.get(row["capture_id"], ("", ""))[1])
        columns = ["id", "article_id", "revision", "words", "speaker"]
        for row in tables.pick(folder / "statements.parquet", "article_id", ids, columns).to_pylist():
            wording = by_article[row["article_id"]].get(row["revision"])
            if wording is not None and all(each.id != row["id"] for each in wording.said):
                wording.said.append(_Said(row["id"], row["words"], row["speaker"]["name"]))
    for wordings in by_article.values():
        yield sorted(wordings.values(), key=lambda wording: wording.last)  # stable: the order of the files


def _flat(text: str) -> str:
    return " ".join(text.split())
