"""A query and its filters as a sentence that a reader can check."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from onrecord.store.query import And, Ask, Field, Node, Not, Or, Words

_SAYS: dict[str, str] = {
    "source": "by {}",
    "type": "by a speaker of the type {}",
    "role": "by a speaker whose role is {}",
    "organisation": "by a speaker of {}",
    "act": "whose act is {}",
    "kind": "in {} speech",
    "site": "in {}",
    "section": "in the section {}",
    "place": "datelined {}",
    "year": "published in {}",
    "language": "in the language {}",
    "agency": "from the agency {}",
    "hearsay": "{}",
    "confidence": "of {} confidence",
    "flag": "marked {}",
    "author": "by the author {}",
    "tag": "tagged {}",
    "credit": "credited to {}",
    "article": "in the article {}",
    "since": "published from {} on",
    "until": "published until {}",
    "headline": "with {} in the headline",
}
_LONG = {"org": "organisation", "lang": "language", "from": "since", "to": "until"}
_BARE = {"act", "kind", "type", "hearsay", "confidence", "year"}


def sentence(ask: Ask, names: Mapping[str, str] | None = None) -> str:
    """Return what is asked for, in words.

    Args:
        ask: what is asked for.
        names: names to say in place of the ids of sources.
    """
    node = ask.node
    parts = [f"with {_node(node)}" if isinstance(node, Words | Or | Not) else _node(node)] if node is not None else []
    if isinstance(node, And):
        parts = [", ".join(f"with {_node(part)}" if isinstance(part, Words) else _node(part) for part in node.parts)]
    chosen: dict[str, list[str]] = {}
    for name, value in ask.filters.values():
        chosen.setdefault(name, []).append(_value(name, (names or {}).get(value, value)))
    parts += [_SAYS[name].format(" or ".join(values)) for name, values in chosen.items()]
    what = f"All {ask.scope}" if not parts else f"{ask.scope.capitalize()} {', '.join(parts)}"
    how = "newest first" if ask.sort == "date" else "best match first"
    return f"{what}; {'any form of the words, ' if ask.stem else ''}{how}."


def _node(node: Node) -> str:
    if isinstance(node, Words):
        text = f"“{node.text.rstrip('*')}”"
        return f"words that begin with {text}" if node.prefix else f"the phrase {text}" if node.quoted else text
    if isinstance(node, Field):
        name = _LONG.get(node.name, node.name)
        return _SAYS[name].format(_value(name, node.text))
    if isinstance(node, Not):
        return f"not {_inner(node.part)}"
    joint = " or " if isinstance(node, Or) else " and "
    return joint.join(_inner(part) for part in node.parts)


def _inner(node: Node) -> str:
    return f"({_node(node)})" if isinstance(node, And | Or) else _node(node)


def _value(name: str, value: str) -> str:
    if name in ("since", "until"):
        return _date(value)
    return value if name in _BARE else f"“{value}”"


def _date(value: str) -> str:
    """Return ``1 April 2017`` for ``2017-04-01``; a date that is none stays as it is."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", value, re.ASCII)
    if match is None or match[2] is None:
        return value
    try:
        moment = datetime.date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return value
    month = f"{_MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment.day} {month}" if match[3] else month


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
