"""Which articles repeat another's text, whole or in part, and which is the original.

Candidates come from shared keys (``candidates``), each is laid beside the other (``alignment``), then
:func:`judge` decides by the table of thresholds below. Of the rest of the archive the decision knows only which
sentences are :func:`boilerplate`, so it can be kept from build to build. Last, what only all pairs together show is put right
(``lineage``): an article merged from two independent ones belongs to both and must not chain them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onrecord.model import Copy
from onrecord.resolve.alignment import Alignment, Prepared, align
from onrecord.resolve.candidates import Marks, candidates
from onrecord.resolve.fingerprints import Fingerprint, Flags
from onrecord.resolve.ragged import Ragged

COPY = "copy"
PARTIAL = "partial"

# A pair is a copy when the smaller article is nearly all in the other ...
CONTAINED = 0.70  # share of words in sentences that are alike
CONTAINED_ORDER = 0.30  # told in the same order, or
CONTAINED_VERBATIM = 0.50  # word for word
# ... or when it is retold sentence by sentence in other words.
RETOLD = 0.72  # share of words in kindred sentences on the better side,
RETOLD_BOTH = 0.40  # on the worse side,
RETOLD_ORDER = 0.50  # in one order
# A pair is partial when a passage was taken over: a long run, or shorter runs that are much of the smaller article,
PASSAGE_WORDS = 28
PASSAGE_RUNS = ((28, 0.07), (14, 0.15))  # (words in one run, share verbatim)
# ... or when a good part is retold in order.
PART_RETOLD = 0.40  # of the one, and of the other at least
PART_RETOLD_BOTH = 0.20  # since in a text of great length something kindred is found by chance
PART_ORDER = 0.30
# A sentence is boilerplate when this many articles print it and the rest of the article is not as common.
BOILERPLATE = 8
BOILERPLATE_RATIO = 3
PREPARED = 64  # articles that stay prepared; candidates come in the order of their first article


@dataclass(frozen=True, slots=True)
class Print:
    """An article as far as copies are concerned."""

    id: str
    fingerprint: Fingerprint
    outlet: str | None = None
    agency: str | None = None
    date: str | None = None  # ISO 8601


def find(prints: Sequence[Print]) -> tuple[Copy, ...]:
    """Return the pairs of articles of which one repeats the other, as each pair by itself shows it."""
    marks = Marks.of(p.fingerprint for p in prints)
    common = boilerplate(marks.sentences)
    found = compare(candidates(marks).pairs.tolist(), lambda i: (prints[i], common[i]))
    return tuple(copy for copy in found if copy is not None)


def compare(pairs: Iterable[Sequence[int]], print_of: Callable[[int], tuple[Print, Flags]]) -> Iterator[Copy | None]:
    """Yield for each pair of articles what one has of the other, None where they are independent.

    Args:
        pairs: numbers of articles; best in the order of the first.
        print_of: the article of a number, and which of its sentences are boilerplate.
    """

    @lru_cache(maxsize=PREPARED)
    def prepared(i: int) -> tuple[Print, Prepared, Flags]:
        made, common = print_of(i)
        return made, Prepared.of(made.fingerprint), common

    for i, j in pairs:
        (a, prepared_a, common_a), (b, prepared_b, common_b) = prepared(i), prepared(j)
        alignment = align(prepared_a, prepared_b, common_a, common_b)
        relation = judge(alignment)
        yield None if relation is None else _copy(a, b, relation, alignment)


def judge(alignment: Alignment) -> str | None:
    """Return ``copy``, ``partial`` or None for a pair laid beside each other."""
    a, b = alignment.a, alignment.b
    alike, akin = max(a.alike, b.alike), max(a.akin, b.akin)
    order, verbatim = max(a.order, b.order), max(a.verbatim, b.verbatim)
    if alike >= CONTAINED and (order >= CONTAINED_ORDER or verbatim >= CONTAINED_VERBATIM):
        return COPY
    if akin >= RETOLD and min(a.akin, b.akin) >= RETOLD_BOTH and order >= RETOLD_ORDER:
        return COPY
    runs = any(alignment.run >= run and verbatim >= share for run, share in PASSAGE_RUNS)
    if runs and alignment.taken >= PASSAGE_WORDS and alignment.sentences >= 2:
        return PARTIAL
    if (
        akin >= PART_RETOLD
        and min(a.akin, b.akin) >= PART_RETOLD_BOTH
        and order >= PART_ORDER
        and alignment.sentences >= 3
    ):
        return PARTIAL
    return None


def boilerplate(sentences: Ragged) -> Ragged:
    """Return for each article which of its sentences are boilerplate: printed by many that share little else.

    Args:
        sentences: the hash of each sentence of each article.
    """
    owners = sentences.owners()
    once = np.unique((sentences.values.astype(np.uint64) << np.uint64(32)) | owners.astype(np.uint64))
    known, printed = np.unique(once >> np.uint64(32), return_counts=True)
    counts = printed[np.searchsorted(known, sentences.values)] if len(known) else np.zeros(0, np.int64)
    ordered = counts[np.lexsort((counts, owners))]
    lengths = np.diff(sentences.starts)
    middle = sentences.starts[:-1] + lengths // 2
    low = np.where(lengths % 2 == 1, middle, middle - 1)
    some = np.flatnonzero(lengths)
    usual = np.zeros(len(sentences))
    usual[some] = (ordered[middle[some]] + ordered[low[some]]) / 2  # the median of each article
    flags = (counts >= BOILERPLATE) & (counts > BOILERPLATE_RATIO * usual[owners])
    return Ragged(flags, sentences.starts)


def _copy(a: Print, b: Print, relation: str, alignment: Alignment) -> Copy:
    share = max(alignment.a.alike, alignment.b.alike)
    original, reason = direction(a, b, alignment)
    kept = "word for word" if max(alignment.a.verbatim, alignment.b.verbatim) >= CONTAINED_VERBATIM else "reworded"
    why = f"{share:.0%} of the shorter text, {kept}, in {len(alignment.passages)} passages"
    return Copy(
        a=a.id,
        b=b.id,
        relation=relation,
        direction=original.id if original else None,
        share=round(share, 3),
        score=round(max(share, alignment.a.akin, alignment.b.akin), 3),
        passages=alignment.passages,
        why=f"{why}; {reason}",
    )


def direction(a: Print, b: Print, alignment: Alignment) -> tuple[Print | None, str]:
    """Return which of two prints is the original, if that can be told, and by what."""
    for one, other in ((a, b), (b, a)):
        if one.agency and _names(one.outlet, one.agency) and not _names(other.outlet, one.agency):
            return one, f"{one.outlet} is the agency that {other.outlet or 'the other'} credits"
        if other.agency and one.outlet and _names(one.outlet, other.agency):
            return one, f"{other.outlet or 'the other'} credits {one.outlet}"
    if a.date and b.date and a.date[:10] != b.date[:10]:
        first = a if a.date < b.date else b
        return first, f"printed first, {first.date[:10] if first.date else ''}"
    if min(alignment.a.alike, alignment.b.alike) < 0.9 <= max(alignment.a.alike, alignment.b.alike):
        whole = a if alignment.a.alike < alignment.b.alike else b
        begins = min((p.a if whole is a else p.b)[0] for p in alignment.passages)
        if begins == 0:  # else the longer text may be the copy, with a lead of its own
            return whole, "the longer text contains the shorter"
    return None, "which came first is not known"


def _names(outlet: str | None, agency: str) -> bool:
    return bool(outlet) and agency.casefold() in (outlet or "").casefold()
