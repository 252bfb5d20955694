"""Pages nested so deeply that parsing them would take minutes: the parser's work grows with the square of the depth."""

from __future__ import annotations

import re

TOO_DEEP = "page nested too deeply"
_DEEPEST = 6_000  # parsed in about 0.05 s; real pages stay under 200
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_FLAT = frozenset(  # never hold what follows them, or are closed by it
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option script style".split()
)


def is_too_deep(page: str | bytes) -> bool:
    """Return whether elements are nested beyond what any article needs; counts tags only, closes nothing by guess."""
    body = page.encode("ascii", "replace") if isinstance(page, str) else page  # only tags are read
    tags = body.count(b"<")
    if tags < _DEEPEST or tags - body.count(b"</") < _DEEPEST:
        return False
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
    return deepest > _DEEPEST
