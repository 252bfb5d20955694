"""A query and its filters as a sentence that a reader can check."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from onrecord.store.query import And, Ask, Field, Node, Not, Or, Words, leaves

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
    parts = [] if ask.node is None else _clauses(ask.node)
    chosen: dict[str, list[str]] = {}
    for name, value in ask.filters.values():
        chosen.setdefault(name, []).append(_value(name, (names or {}).get(value, value)))
    parts += [_SAYS[name].format(" or ".join(values)) for name, values in chosen.items()]
    what = f"{ask.scope.capitalize()} {', '.join(parts)}" if parts else f"All {ask.scope}"
    how = "newest first" if ask.sort == "date" else "best match first"
    return f"{what}; {'any form of the words, ' if ask.stem else ''}{how}."


def _clauses(node: Node) -> list[str]:
    """Say what must hold together: the words with each other, then each field."""
    parts = node.parts if isinstance(node, And) else (node,)
    wordy = [part for part in parts if all(isinstance(leaf, Words) for leaf in leaves(part, negated=True))]
    asked = [_words(part) for part in wordy if not isinstance(part, Not)]
    barred = [_words(part.part) for part in wordy if isinstance(part, Not)]
    clauses = [f"with {' and '.join(asked)}"] if asked else []
    clauses += [f"without {' or '.join(barred)}"] if barred else []
    return clauses + [_any(part) for part in parts if part not in wordy]


def _words(node: Node) -> str:
    """Say a tree that has no fields."""
    if isinstance(node, Words):
        text = f"“{node.text.rstrip('*')}”"
        return f"words that begin with {text}" if node.prefix else f"the phrase {text}" if node.quoted else text
    if isinstance(node, Not):
        return f"not {_words(node.part)}"
    assert isinstance(node, And | Or)
    return _joined([_words(part) for part in node.parts], node)


def _any(node: Node) -> str:
    """Say a tree that has fields, or words beside fields."""
    if isinstance(node, Words):
        return f"with {_words(node)}"
    if isinstance(node, Field):
        name = _LONG.get(node.name, node.name)
        return _SAYS[name].format(_value(name, node.text))
    if isinstance(node, Not):
        return f"not {_any(node.part)}"
    return _joined([_any(part) for part in node.parts], node)


def _joined(parts: list[str], node: And | Or) -> str:
    return f"({(' or ' if isinstance(node, Or) else ' and ').join(parts)})"


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
