"""How heavy a page may be: with stylesheet and script at most 120 KB before packing, whatever the archive holds.

A page cannot be weighed before it is written, so what it consists of is weighed with the figures below, which are what
the templates give for ordinary names and words, rounded up.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.web.marking import Paragraph

LINKS = 20_000  # bytes of the addresses of a plot's bars, and again of a search's facets
PART = 58_000  # bytes of the text and the notes of one part of an article
_NOTE, _SHORT_NOTE, _MARKS = 2_000, 750, 350  # bytes of a note; of what marks a statement in the text
FULL = 20  # statements up to which each note holds its receipt and citation


def fits(address: str, count: int) -> bool:
    """Return whether so many links that are as long as this address are light enough."""
    return len(address) * count <= LINKS


def parts(paragraphs: Sequence[Paragraph], statements: int) -> tuple[range, ...]:
    """Return the paragraphs of each part in which an article with so many statements is shown: one, unless it is long."""
    each = (_NOTE if statements <= FULL else _SHORT_NOTE) + _MARKS
    found, start, size = [], 0, 0
    for place, paragraph in enumerate(paragraphs):
        weight = sum(len(run.text.encode("utf-8", "replace")) for run in paragraph.runs) + each * len(paragraph.numbers)
        if size and size + weight > PART:
            found.append(range(start, place))
            start, size = place, 0
        size += weight
    return (*found, range(start, len(paragraphs)))
