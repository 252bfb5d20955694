"""Who passed a statement on: attributions inside the content of others, and the chains that they make.

"Reuters reported that the observatory said that X" holds two attributions. The attributor may find one level only, so every
content is read again by rule for attributions inside it. What lies inside the content of another attribution came through its
speaker: the chain of a statement names these, outermost first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.attribute.acts import forms_of, lemma_of
from onrecord.attribute.rules import attribute_text
from onrecord.model import Attribution, Span, Spans, Speaker

_SPEAKS = frozenset(
    """say tell report claim warn announce deny confirm allege add argue insist state write admit acknowledge according declare reveal inform
    assert accuse concede maintain complain assure testify disclose""".split()
)
_SHORTEST = 25  # characters of a content that can hold another attribution
_SAID = re.compile(r"\b(?:" + "|".join(sorted({form for lemma in _SPEAKS for form in forms_of(lemma)})) + r")\b")
_QUOTES = "\"\u201c\u201d'`"
_CERTAINTY = 0.8  # of a nested attribution, times that of the outer one


def nested(text: str, rows: Sequence[Attribution]) -> list[Attribution]:
    """Return attributions inside the contents of others that are not among them.

    Args:
        text: the whole text.
        rows: the attributions found so far.
    """
    cues = sorted(span for row in rows for span in row.cue)
    found: dict[tuple[Spans, Spans, Spans], Attribution] = {}
    for row in rows:
        for start, end in row.content:
            if end - start < _SHORTEST or not _SAID.search(text, start, end):
                continue
            begin, stop = _inside(text, start, end)
            for inner in attribute_text(text[begin:stop]):
                moved = _moved(inner, begin, row.confidence * _CERTAINTY)
                if _is_new(text, moved, cues):
                    found.setdefault((moved.source, moved.cue, moved.content), moved)
    return list(found.values())


def _inside(text: str, start: int, end: int) -> Span:
    """A content without the quotation marks around it, so that what is quoted can be read."""
    while start < end and text[start] in _QUOTES:
        start += 1
    while end > start and text[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _moved(row: Attribution, by: int, confidence: float) -> Attribution:
    def move(spans: Spans) -> Spans:
        return tuple((start + by, end + by) for start, end in spans)

    return Attribution(move(row.source), move(row.cue), move(row.content), min(row.confidence, confidence))


def _is_new(text: str, row: Attribution, cues: Sequence[Span]) -> bool:
    """Whether it says who speaks, with a verb of saying that no other attribution has."""
    if (
        not row.source
        or not row.cue
        or lemma_of(text[row.cue[-1][0] : row.cue[-1][1]].split()[-1]) not in _SPEAKS | {"to", "by"}
    ):
        return False
    return not any(start < row.cue[-1][1] and row.cue[0][0] < end for start, end in cues)


def chains(rows: Sequence[Attribution], speakers: Sequence[Speaker]) -> list[tuple[Speaker, ...]]:
    """Return for each attribution through whom it came, outermost first.

    Args:
        rows: the attributions in the order of their contents.
        speakers: theirs.
    """
    spans = [_hull(row) for row in rows]
    contents = [[(start, end, number) for start, end in row.content] for number, row in enumerate(rows)]
    order = sorted((item for several in contents for item in several), key=lambda item: (item[0], -item[1]))
    found: list[tuple[Speaker, ...]] = []
    for number, row in enumerate(rows):
        outer = []
        if row.source:
            for start, end, other in order:
                if start > spans[number][0]:
                    break
                if other != number and end >= spans[number][1] and rows[other].source:
                    outer.append((start - end, other))
        passed = [speakers[other] for _, other in sorted(set(outer))]
        found.append(tuple(_different(passed, speakers[number])))
    return found


def _hull(row: Attribution) -> Span:
    """From the first to the last character of source, cue and content."""
    spans = row.source + row.cue + row.content
    return min(start for start, _ in spans), max(end for _, end in spans)


def _different(passed: Sequence[Speaker], speaker: Speaker) -> list[Speaker]:
    """The speakers of a chain without those who only repeat themselves ("she said she believed")."""
    kept: list[Speaker] = []
    for one in passed:
        same = any(one.name is not None and one.name == other.name for other in [*kept, speaker])
        if not same:
            kept.append(one)
    return kept
