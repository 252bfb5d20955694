"""Pages nested so deep that parsing them takes for ever: HTML parsers take the square of the depth."""

from __future__ import annotations

import re

DEEPEST = 10_000  # elements open at once; lexbor takes 0.1 s for that, and a minute for ten times as many

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that never stay open, or are closed by the next of their kind.
_SHALLOW = frozenset(
    b"area base br col embed hr img input link meta param source track wbr "
    b"p li dt dd tr td th option script style".split()
)


def too_deep(body: bytes) -> bool:
    """Say whether more elements are open at once anywhere in a page than any page of a person has."""
    if body.count(b"<") <= DEEPEST:
        return False
    depth = 0
    for tag in _TAG.finditer(body):
        if tag[2].lower() not in _SHALLOW:
            depth = max(0, depth + (-1 if tag[1] else 1))
            if depth > DEEPEST:
                return True
    return False
