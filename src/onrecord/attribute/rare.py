"""A construction that the model hardly ever saw: "..., as revealed by X".

The training corpus has it four times in 690,000 words, once labelled, so the model knows the cue but not that the clause before
is its content. Translated and agency English uses it more. Where such a phrase stands and the model found nothing there, the
rules of `onrecord.attribute.rules` speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.attribute.rules import attribute_text
from onrecord.model import Attribution, Span, Spans

AS_SAID_BY = re.compile(
    r"\bas (?:(?:was|were|has been) )?(?:admitted|alleged|announced|argued|asserted|claimed|confirmed|declared|described|disclosed"
    r"|explained|noted|predicted|quoted|recalled|reported|revealed|stated|told|warned) by\b"
)
CONFIDENCE = 0.6  # not fitted, the corpus has too few of them: above the threshold of "unclear", not by much


def rare_attributions(text: str, found: Iterable[Attribution]) -> Iterator[Attribution]:
    """Yield what the rules find with a cue of this form where no attribution already found has a word of it."""
    matches = [match.span() for match in AS_SAID_BY.finditer(text)]
    if not matches:
        return
    taken = [span for a in found for part in (a.cue, a.content) for span in part]
    for begin, end in sorted({_paragraph(text, *match) for match in matches}):
        for a in attribute_text(text[begin:end]):
            source, cue, content = (_moved(part, begin) for part in (a.source, a.cue, a.content))
            if source and _touch(cue, matches) and not _touch((*cue, *content), taken):
                yield Attribution(source, cue, content, CONFIDENCE)


def _paragraph(text: str, start: int, stop: int) -> Span:
    """The line in which a stretch lies."""
    begin = max(text.rfind(mark, 0, start) for mark in "\r\n") + 1
    ends = [end for end in (text.find(mark, stop) for mark in "\r\n") if end >= 0]
    return begin, min(ends, default=len(text))


def _moved(spans: Spans, by: int) -> Spans:
    return tuple((start + by, end + by) for start, end in spans)


def _touch(spans: Iterable[Span], others: list[Span]) -> bool:
    return any(start < stop and begin < end for start, end in spans for begin, stop in others)
