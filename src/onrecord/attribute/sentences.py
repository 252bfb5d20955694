"""Where sentences begin and end, by rule; a line never shares a sentence with the next one."""

from __future__ import annotations

import re

from onrecord.attribute.tables import words
from onrecord.model import Span

_BOUNDARY = re.compile(
    "(?<![.!?\u2026\u061f\u3002])[.!?\u2026\u061f\u3002]+[\"'\u201d\u2019\u00bb)\\]]{0,4}[ \t\u00a0]+"
    "(?=[\"'\u201c\u2018\u00ab(\\[]{0,4}[^\\Wa-z_])|[\r\n]+"
)
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_ABBREVIATIONS = words("abbreviations")
_LONGEST = 1500  # characters; what goes on longer is no sentence, and is cut so that the cost stays linear
_LOOK_BACK = 24  # characters; longer than any abbreviation


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text as spans without the white space around them."""
    found: list[Span] = []
    begin = 0
    for match in _BOUNDARY.finditer(text):
        if text[match.start()] == "." and _abbreviates(text, match.start()):
            continue
        _add(text, begin, match.end(), found)
        begin = match.end()
    _add(text, begin, len(text), found)
    return found


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the full stop at this place ends an abbreviation or an initial."""
    match = _LAST_WORD.search(text[max(0, stop - _LOOK_BACK) : stop])
    if not match:
        return False
    word = match.group(1)
    return (len(word) == 1 and word != "I") or word.lower() in _ABBREVIATIONS


def _add(text: str, begin: int, end: int, found: list[Span]) -> None:
    while end - begin > _LONGEST:
        cut = text.rfind(" ", begin + 1, begin + _LONGEST)
        cut = cut if cut > 0 else begin + _LONGEST
        _strip(text, begin, cut, found)
        begin = cut
    _strip(text, begin, end, found)


def _strip(text: str, begin: int, end: int, found: list[Span]) -> None:
    piece = text[begin:end]
    start = end - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        found.append((start, start + len(stripped)))
