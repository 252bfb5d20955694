"""Pages made so that parsing them takes minutes: the parser's work grows with the square of the depth, and of the names."""

from __future__ import annotations

import re

TOO_DEEP = "page nested too deeply"
TOO_MANY_NAMES = "page of too many kinds of elements"
_DEEPEST = 6_000  # parsed in about 0.05 s; real pages stay under 200
_MOST_NAMES = 20_000  # of elements, parsed in about 0.2 s; HTML has some 140
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_FLAT = frozenset(  # never hold what follows them, or are closed by it
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option script style".split()
)


def refusal(page: str | bytes) -> str | None:
    """Return why a page is not parsed, ``None`` where it is: what no article needs, and what would take too long."""
    body = page.encode("ascii", "replace") if isinstance(page, str) else page  # only tags are read
    tags = body.count(b"<")
    if tags < _DEEPEST:
        return None
    closed = body.count(b"</")
    if tags - closed >= _DEEPEST and _depth(body) > _DEEPEST:
        return TOO_DEEP
    if tags - closed > _MOST_NAMES and len({tag[2].lower() for tag in _TAG.finditer(body)}) > _MOST_NAMES:
        return TOO_MANY_NAMES
    return None


def _depth(body: bytes) -> int:
    """Return how many elements are open at once; counts tags only, closes nothing by guess."""
    depth = deepest = 0
    for tag in _TAG.finditer(body):
        if tag[2].lower() in _FLAT:
            continue
        if tag[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > deepest:
                deepest = depth
    return deepest
