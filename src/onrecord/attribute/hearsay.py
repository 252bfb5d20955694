"""Who passed a statement on: attributions inside the content of others, and the chains that they make.

"Reuters reported that the observatory said that X" holds two attributions. The attributor may find one level only, so every
content is read again by rule for attributions inside it. What lies inside the content of another attribution came through its
speaker: the chain of a statement names these, outermost first. The forms are few on purpose: a chain that is wrong harms more
than one that is missed. What somebody says of the own words ("I did say that") is no chain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.attribute.rules import attribute_text
from onrecord.attribute.tables import words
from onrecord.model import Attribution, Span, Spans, Speaker

_FORMS = (
    "said|says|say|told|tells|according to|reported|claimed|claims|warned|announced|denied|confirmed|alleged|added|argued|insisted|"
    "stated|wrote|admitted|acknowledged|declared|revealed|informed|asserted|conceded|maintained|complained|testified|disclosed|assured"
)
_SAID = re.compile(rf"\b(?:{_FORMS}|as saying|as telling)\b")
_CUE = re.compile(
    rf"(?:(?:has|have|had|also|later|then|first|once|now|already|recently|reportedly) )*(?:as )?(?:{_FORMS})(?: by)?",
    re.IGNORECASE,
)
_AS_SAYING = re.compile(
    r"(?P<source>[^.;:\"\u201c]{2,120}?),? (?P<cue>as (?:saying|telling \w+)) (?P<content>(?:that )?\S.*)", re.DOTALL
)
_NOT_A_SOURCE = re.compile(
    r"^(?:i|we|you|it|there|who|which|that|what|somebody|someone|nobody|anyone|no one|one|those|this|these|having|like|of|to|by|in|"
    r"if|as|because|when|while|than)\b|['\u2019](?:m|re|ve|ll|d)\b|\b(?:who|which)$|"
    r"\b(?:is|are|was|were|be|been|has|had|would|will|could|should)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\b(?:said|says|say|told|tells|to|saying|telling|telling \w+)$")
# No clause begins so: what follows the cue is when or where it was said, or the cue is no cue.
_CUT_OFF = re.compile(r"(?:was|were|is|are|has|had|of|about|to|on|at|for|from|with|last|next|yesterday|today)\b")
_WHAT = re.compile(r"\b(?:[Ww]hat|[Aa]s|than)\s$")
_LONGEST_LISTENER = 40  # characters between "told" and what was told
_SMALL = words("clauses", "right") | words("clauses", "left")
Content = tuple[int, int, int]  # start, end, number of the attribution
_SHORTEST = 25  # characters of a content that can hold another attribution
_LONGEST_SOURCE = 140  # characters
_FEWEST = 4  # words of a nested content
_QUOTES = '"\u201c\u201d'
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
            for inner in (*_as_saying(text[begin:stop]), *attribute_text(text[begin:stop])):
                moved = _moved(inner, begin, row.confidence * _CERTAINTY)
                if moved.cue and not _overlaps(cues, moved.cue) and _is_plain(text, moved):
                    found.setdefault((moved.source, moved.cue, moved.content), moved)
    return list(found.values())


def _overlaps(cues: Sequence[Span], cue: Spans) -> bool:
    """Whether one of the sorted cues shares a character with this one."""
    number = bisect_left(cues, (cue[-1][1], 0))
    return any(end > cue[0][0] for _, end in cues[max(0, number - 3) : number])


def _inside(text: str, start: int, end: int) -> Span:
    """A content without the quotation marks around it, if one quotation is all of it, so that it can be read."""
    piece = text[start:end]
    bare = piece.strip(_QUOTES)
    if any(mark in bare for mark in _QUOTES):
        return start, end
    front = len(piece) - len(piece.lstrip(_QUOTES))
    return start + front, start + front + len(bare)


def _as_saying(piece: str) -> list[Attribution]:
    """ "(quoted) a native as saying that he fled": the content of "quoted" begins with the inner source."""
    match = _AS_SAYING.match(piece)
    if match is None:
        return []
    return [Attribution((match.span("source"),), (match.span("cue"),), (match.span("content"),), 0.8)]


def _moved(row: Attribution, by: int, confidence: float) -> Attribution:
    def move(spans: Spans) -> Spans:
        return tuple((start + by, end + by) for start, end in spans)

    return Attribution(move(row.source), move(row.cue), move(row.content), min(row.confidence, confidence))


def _is_plain(text: str, row: Attribution) -> bool:
    """Whether an attribution by rule is of the plain kind: somebody else, a finite verb of saying, and what was said."""
    if not row.source or len(row.source) > 1:
        return False
    start, end = row.source[0]
    source, cue = text[start:end], text[row.cue[0][0] : row.cue[-1][1]]
    said = sum(len(text[begin:stop].split()) for begin, stop in row.content)
    behind = row.content[0][0] >= row.cue[-1][1]
    gap = text[row.cue[-1][1] : row.content[0][0]].strip(" ,:\n") if behind else ""
    content = text[row.content[0][0] : row.content[0][1]]
    plain = _PLAIN.search(cue) is not None or (behind and content.startswith("that "))
    return (
        end - start <= _LONGEST_SOURCE
        and plain
        and (not gap or (cue.endswith(("told", "tells")) and len(gap) <= _LONGEST_LISTENER))
        and (
            behind
            or content[:1] in _QUOTES
            or text[row.content[0][1] - 1 : row.content[0][1] + 1].strip(" ").endswith(tuple(_QUOTES + ","))
        )
        and _CUT_OFF.match(content) is None
        and _WHAT.search(text, max(0, start - 8), start) is None
        and said >= _FEWEST
        and (_CUE.fullmatch(cue) is not None or cue.startswith("as "))
        and _NOT_A_SOURCE.search(source) is None
        and source.split()[-1].lower() not in _SMALL
        and not source.endswith(("ly", "always", "sometimes", "never", "often", "cannot", " long", " a"))
        and not content.startswith("that same ")
        and not source.split()[0].endswith(("ed", "ing"))
    )


def chains(rows: Sequence[Attribution], speakers: Sequence[Speaker]) -> list[tuple[Speaker, ...]]:
    """Return for each attribution through whom it came, outermost first.

    Args:
        rows: the attributions in the order of their contents.
        speakers: theirs.
    """
    hulls = [_hull(row) for row in rows]
    contents = sorted(
        (start, end, number) for number, row in enumerate(rows) if row.source for start, end in row.content
    )
    found: list[tuple[Speaker, ...]] = [()] * len(rows)
    open_: list[Content] = []  # contents that hold the place where we are
    at = 0
    for number in sorted(range(len(rows)), key=lambda number: hulls[number]):
        begin, stop = hulls[number]
        while at < len(contents) and contents[at][0] <= begin:
            open_.append(contents[at])
            at += 1
        open_ = [content for content in open_ if content[1] > begin]
        outer = {(start - end, other) for start, end, other in open_ if end >= stop and other != number}
        if rows[number].source:
            found[number] = tuple(_different([speakers[other] for _, other in sorted(outer)], speakers[number]))
    return found


def _hull(row: Attribution) -> Span:
    """From the first to the last character of source, cue and content."""
    spans = row.source + row.cue + row.content
    return min(start for start, _ in spans), max(end for _, end in spans)


def _different(passed: Sequence[Speaker], speaker: Speaker) -> list[Speaker]:
    """The speakers of a chain without those who only repeat themselves ("she said she believed")."""
    kept: list[Speaker] = []
    for one in passed:
        same = (one.name or one.description, one.type)
        if not any(same == (other.name or other.description, other.type) for other in [*kept, speaker]):
            kept.append(one)
    return kept
