"""How much of a statement stands inside quotation marks: direct, indirect or mixed.

Marks are `"` and `''` (each opens or closes by turns), curly double marks and double backticks. A
quotation still open at the end of a line ends there, because papers open each paragraph of a long
quotation anew. The rule is the one of PolNeAR's scorer, so that figures mean the same everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from onrecord.model import Kind, Span

_MARK = re.compile("[\r\n\u201c\u201f\u275d\u201d\u275e\"]|``|''")
_OPENING = frozenset("\u201c\u201f\u275d") | {"``"}
_CLOSING = frozenset("\u201d\u275e\r\n")
_WORD = re.compile(r"\w+")
_LONGEST_WORD = 200  # characters; looking back farther would be quadratic on hostile text
_VISIBLE = re.compile(r"[^\w\s]")


class Quotations:
    """The stretches of a text that stand inside double quotation marks, marks at the front included."""

    __slots__ = ("ends", "starts")

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        inside = False
        for match in _MARK.finditer(text):
            mark = match.group()
            opens = mark in _OPENING or (not inside and mark not in _CLOSING)
            if opens and not inside:
                self.starts.append(match.start())
            elif inside and not opens:
                self.ends.append(match.start())
            inside = opens
        if inside:
            self.ends.append(len(text))

    def __iter__(self) -> Iterator[Span]:
        return iter(zip(self.starts, self.ends, strict=True))

    def inside(self, place: int) -> bool:
        """Whether the character at this place stands inside a quotation."""
        number = bisect_right(self.starts, place) - 1
        return number >= 0 and place < self.ends[number]


def kind_of(text: str, quotations: Quotations, content: Iterable[Span]) -> Kind:
    """Return the kind of a content: direct if all its words are quoted, indirect if none is.

    Args:
        text: the whole text.
        quotations: its quotations.
        content: spans of the content; a word belongs to it if any of its characters does.
    """
    spans = [(start, end) for start, end in content if start < end]
    for pattern in (_WORD, _VISIBLE):  # a content without words is judged by its marks
        quoted = total = 0
        for start, end in spans:
            for match in pattern.finditer(text, _word_start(text, start), end):
                total += 1
                quoted += quotations.inside(match.start())
        if total:
            return Kind.INDIRECT if quoted == 0 else Kind.DIRECT if quoted == total else Kind.MIXED
    return Kind.INDIRECT


def _word_start(text: str, place: int) -> int:
    limit = place - _LONGEST_WORD
    while place > max(0, limit) and _is_word(text[place]) and _is_word(text[place - 1]):
        place -= 1
    return place


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
