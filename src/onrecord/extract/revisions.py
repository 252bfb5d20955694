"""What changed between two wordings of one article: paragraph by paragraph, in the order of the newer one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from onrecord.model import Article, Span

_REWORDED = 0.5  # share of words in common above which a replaced paragraph is the same one in other words


class Change(StrEnum):
    """What happened to a paragraph."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Difference:
    """One changed paragraph, with its place in the older and in the newer text (code points, half open)."""

    change: Change
    old: Span | None
    new: Span | None


def differences(old: Article, new: Article) -> tuple[Difference, ...]:
    """Return what changed from one revision to the next; empty, and at no cost, where the text is the same."""
    if old.text_digest == new.text_digest:
        return ()
    before, after = old.paragraphs, new.paragraphs
    old_spans, new_spans = _spans(before), _spans(after)
    found: list[Difference] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone = list(range(a, b))
        for index in range(c, d):
            twin = next((i for i in gone if _alike(before[i], after[index])), None)
            if twin is None:
                found.append(Difference(Change.ADDED, None, new_spans[index]))
            else:
                gone.remove(twin)
                found.append(Difference(Change.REWORDED, old_spans[twin], new_spans[index]))
        found.extend(Difference(Change.REMOVED, old_spans[i], None) for i in gone)
    return tuple(found)


def _spans(paragraphs: tuple[str, ...]) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for paragraph in paragraphs:
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 2  # the blank line
    return spans


def _alike(a: str, b: str) -> bool:
    first, second = set(a.split()), set(b.split())
    return 2 * len(first & second) >= _REWORDED * (len(first) + len(second))
