"""What changed between two wordings of an article, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Fate = Literal["kept", "gone", "new"]
MOST = 600  # words of a changed passage that are compared one by one; longer ones are shown as gone and new


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one fate."""

    fate: Fate
    text: str


def changes(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """Return the changed passages in order; what stayed as it was is left out.

    Args:
        before: the paragraphs of the earlier wording.
        after: the paragraphs of the later one.
    """
    found = []
    long = max(len(before), len(after)) > MOST  # then repeated paragraphs are passed over, or time would grow squared
    for name, a, b, c, d in SequenceMatcher(None, before, after, autojunk=long).get_opcodes():
        if name != "equal":
            found.append(_words("\n".join(before[a:b]), "\n".join(after[c:d])))
    return tuple(found)


def _words(before: str, after: str) -> tuple[Piece, ...]:
    old, new = re.findall(r"\s+|\w+|[^\w\s]", before), re.findall(r"\s+|\w+|[^\w\s]", after)
    if len(old) > MOST or len(new) > MOST:
        return tuple(piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text)
    found: list[Piece] = []
    for name, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            found.append(Piece("kept", "".join(old[a:b])))
            continue
        found += [Piece("gone", "".join(old[a:b]))] if b > a else []
        found += [Piece("new", "".join(new[c:d]))] if d > c else []
    return tuple(found)
