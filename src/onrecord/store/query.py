"""The query language: a string becomes a frozen tree, or a QueryError that points at the place.

::

    query   = alternatives
    either  = both ("OR" both)*
    both    = one (["AND"] one)*
    one     = ("NOT" | "-") one | "(" either ")" | field ":" value | value
    value   = word | word"*" | '"' phrase '"'

docs/search.md explains it to its users and is checked against the tables below.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Act, Kind, Span, SpeakerType
from onrecord.store.results import NO_FILTERS, SCOPES, Filters, Scope, Sort

# field -> what it narrows to. Word fields match words of the value; the others take one of a list, or a date.
WORD_FIELDS: dict[str, str] = {
    "source": "the speaker's name, as printed or as the source is called",
    "role": "the speaker's role",
    "org": "the speaker's organisation",
    "site": "the outlet",
    "section": "the section of the outlet",
    "place": "the dateline",
    "author": "the author of the article",
    "headline": "words of the headline",
}
CHOICE_FIELDS: dict[str, tuple[str, ...]] = {
    "act": tuple(Act),
    "kind": tuple(Kind),
    "type": tuple(SpeakerType),
    "in": SCOPES,
}
CODE_FIELDS: dict[str, str] = {"lang": "a language code such as ar", "article": "an article's id"}
DATE_FIELDS: dict[str, str] = {"from": "the first day", "to": "the last day, included"}
FIELDS: tuple[str, ...] = (*WORD_FIELDS, *CHOICE_FIELDS, *CODE_FIELDS, *DATE_FIELDS)


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or several that stand side by side; with ``prefix`` the last one may go on."""

    text: str
    quoted: bool
    place: Span
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A value that one field must have. A value of CHOICE_FIELDS or DATE_FIELDS is checked already."""

    name: str
    text: str
    quoted: bool
    place: Span
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """What must hold together."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Of these, one must hold."""

    parts: tuple[Node, ...]


Node = Words | Field | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood. ``node`` is None when it asks for everything."""

    text: str
    node: Node | None
    scope: Scope | None = None  # what ``in:`` asks for


@dataclass(frozen=True, slots=True)
class Ask:
    """All that decides what a search finds, and in which order."""

    scope: Scope
    node: Node | None = None
    filters: Filters = NO_FILTERS
    sort: Sort = "relevance"
    stem: bool = False  # compare stems instead of the exact forms


def leaves(node: Node | None, *, negated: bool = False) -> Iterator[Words | Field]:
    """Yield the words and fields of a tree in their order; those behind a NOT only when asked for."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part, negated=negated)
    elif isinstance(node, Not):
        if negated:
            yield from leaves(node.part, negated=True)
    elif node is not None:
        yield node


def day(value: str, *, last: bool) -> datetime.date | None:
    """Return the first (or last) day of a year, month or day: ``2017``, ``2017-04``, ``2017-04-01``."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", value, re.ASCII)
    if match is None:
        return None
    year, month, number = (int(group) if group else None for group in match.groups())
    assert year is not None
    try:
        if number is not None:
            return datetime.date(year, month or 1, number)
        if not last:
            return datetime.date(year, month or 1, 1)
        if month is None or month == 12:
            return datetime.date(year, 12, 31)
        return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)
    except ValueError:
        return None
