"""Reads a query: a string becomes a frozen tree, or a QueryError that points at the place.

::

    either  = both ("OR" both)*
    both    = one (["AND"] one)*
    one     = ("NOT" | "-") one | "(" either ")" | field ":" value | value
    value   = word | word"*" | '"' phrase '"'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from rapidfuzz import fuzz, process

from onrecord.errors import QueryError
from onrecord.model import Span
from onrecord.store.query import (
    CHOICE_FIELDS,
    CODE_FIELDS,
    DATE_FIELDS,
    FIELDS,
    And,
    Field,
    Node,
    Not,
    Or,
    Query,
    Words,
    day,
    leaves,
)
from onrecord.store.results import SCOPES, Scope
from onrecord.store.tokens import words

LONGEST_QUERY = 2_000  # code points
DEEPEST_QUERY = 20  # parentheses and negations inside each other
MOST_LEAVES = 100  # words, phrases and fields
SHORTEST_PREFIX = 2  # letters before the star
# tantivy cannot be stopped in the middle of a search, so what a query may cost is bounded before: on two million
# statements the worst of these take three seconds on a busy machine (benchmarks/web/README.md).
MOST_PREFIXES = 10  # beginnings of words
MOST_PHRASED = 80  # words in all phrases


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # ( ) AND OR NOT value
    text: str
    place: Span
    field: str | None = None
    quoted: bool = False


def parse(text: str) -> Query:
    """Return the tree of a query.

    Raises:
        QueryError: the query is not understood; the message shows where.
    """
    text = text.encode("utf-8", "replace").decode()  # a command line may hand over lone surrogates
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"the query has {len(text)} characters; at most {LONGEST_QUERY} are read")
    reader = _Reader(text, list(_tokens(text)))
    node = reader.either(0) if reader.tokens else None
    if reader.at < len(reader.tokens):
        _fail(text, reader.tokens[reader.at].place, "this closing parenthesis has no opening one")
    if node is None and text.strip():
        _fail(text, (0, len(text)), "there is no letter or digit in this query")
    scope, node = _scope_of(text, node)
    return Query(text, node, scope)


_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "”": "”"}
_FIELD = re.compile(r"([^\W\d_][\w-]*):(?=[^\s/:])")
_VALUE = re.compile(r'[^\s()"“”„«»]+')


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] in "()":
            yield _Token(text[at], text[at], (at, at + 1))
            at += 1
        elif text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace():
            yield _Token("NOT", "-", (at, at + 1))
            at += 1
        else:
            token = _value(text, at)
            yield token
            at = token.place[1]


def _value(text: str, start: int) -> _Token:
    """Read a word, a phrase, an operator, or either of the first two behind the name of a field."""
    match = _FIELD.match(text, start)
    field, at = (match[1].lower(), match.end()) if match else (None, start)
    if match and field not in FIELDS:
        near = process.extractOne(field, FIELDS, scorer=fuzz.ratio, score_cutoff=60)
        hint = f"did you mean {near[0]}: ?" if near else f"fields are {', '.join(FIELDS)}"
        _fail(text, (start, at), f"there is no field {field}: ({hint}); to search for the words, put them in quotes")
    if text[at] in _QUOTES:
        end = text.find(_QUOTES[text[at]], at + 1)
        if end < 0 and text[at] in "“„":  # a typed opening quote may be closed by a plain one
            end = text.find('"', at + 1)
        if end < 0:
            _fail(text, (at, len(text)), "this quotation mark is not closed")
        return _Token("value", text[at + 1 : end], (start, end + 1), field, quoted=True)
    found = _VALUE.match(text, at)
    if found is None and field is not None:
        _fail(text, (start, at + 1), f"write one value after {field}: (a word, or several in quotes)")
    word, end = (found.group(), found.end()) if found else (text[at], at + 1)
    kind = word if field is None and word in ("AND", "OR", "NOT") else "value"
    return _Token(kind, word, (start, end), field)


class _Reader:
    """Reads tokens by the grammar above, one place at a time."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text, self.tokens, self.at = text, tokens, 0
        self.leaves, self.prefixes, self.phrased = 0, 0, 0

    def either(self, depth: int) -> Node | None:
        parts = [self.both(depth)]
        while self._next_is("OR"):
            self.at += 1
            parts.append(self.both(depth))
        return _joined(Or, parts)

    def both(self, depth: int) -> Node | None:
        parts = [self.one(depth)]
        while self.at < len(self.tokens) and not self._next_is("OR", ")"):
            if self._next_is("AND"):
                self.at += 1
            parts.append(self.one(depth))
        return _joined(And, parts)

    def one(self, depth: int) -> Node | None:
        before = self.tokens[self.at - 1] if self.at else None
        if self.at == len(self.tokens):
            assert before is not None
            _fail(self.text, before.place, f"something must follow {before.text}")
        token = self.tokens[self.at]
        if depth > DEEPEST_QUERY:
            _fail(self.text, token.place, f"the query is nested more than {DEEPEST_QUERY} deep")
        if token.kind in ("AND", "OR", ")"):
            _fail(self.text, token.place, f"{token.text} needs something before it; to search for it, put it in quotes")
        self.at += 1
        if token.kind == "NOT":
            part = self.one(depth + 1)
            return Not(part) if part is not None else None
        if token.kind == "(":
            inside = self.either(depth + 1)
            if not self._next_is(")"):
                _fail(self.text, token.place, "this parenthesis is not closed")
            self.at += 1
            return inside
        return self._leaf(token)

    def _leaf(self, token: _Token) -> Node | None:
        self.leaves += 1
        if self.leaves > MOST_LEAVES:
            _fail(self.text, token.place, f"more than {MOST_LEAVES} words and fields")
        found = words(token.text)
        leaf: Words | Field
        if token.field is not None:
            leaf = _field(self.text, token)
        elif found:
            leaf = Words(token.text, token.quoted, token.place, _is_prefix(self.text, token, found))
        else:
            return None  # punctuation between words says nothing
        self.prefixes += leaf.prefix
        if self.prefixes > MOST_PREFIXES:
            _fail(self.text, token.place, f"more than {MOST_PREFIXES} beginnings of words; write some out")
        self.phrased += len(found) if len(found) > 1 else 0
        if self.phrased > MOST_PHRASED:
            _fail(self.text, token.place, f"the phrases have more than {MOST_PHRASED} words together; leave some out")
        return leaf

    def _next_is(self, *kinds: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind in kinds


def _field(text: str, token: _Token) -> Field:
    assert token.field is not None
    name, value, prefix = token.field, token.text.strip(), False
    if name in CHOICE_FIELDS:
        value = value.lower()
        if value not in CHOICE_FIELDS[name]:
            _fail(text, token.place, f"{name}: takes one of {', '.join(CHOICE_FIELDS[name])}")
    elif name in DATE_FIELDS:
        if day(value, last=name == "to") is None:
            _fail(text, token.place, f"{name}: takes a date such as 2017, 2017-04 or 2017-04-01")
    elif name in CODE_FIELDS:
        value = value.lower()
    elif not (found := words(value)):
        _fail(text, token.place, f"{name}: needs a word")
    else:
        prefix = _is_prefix(text, token, found)
    return Field(name, value, token.quoted, token.place, prefix)


def _is_prefix(text: str, token: _Token, found: list[str]) -> bool:
    if token.quoted or not token.text.endswith("*"):
        return False
    if len(found[-1]) < SHORTEST_PREFIX:
        _fail(text, token.place, f"at least {SHORTEST_PREFIX} letters must stand before *")
    return True


def _scope_of(text: str, node: Node | None) -> tuple[Scope | None, Node | None]:
    """Take ``in:`` out of the tree; it says where to search, so it can stand only beside everything else."""
    parts = node.parts if isinstance(node, And) else (node,) if node is not None else ()
    asked = [part for part in parts if isinstance(part, Field) and part.name == "in"]
    rest = _joined(And, [part for part in parts if part not in asked])
    for leaf in leaves(rest, negated=True):
        if isinstance(leaf, Field) and leaf.name == "in":
            _fail(text, leaf.place, "in: holds for the whole query and cannot stand inside OR, NOT or parentheses")
    if len({each.text for each in asked}) > 1:
        _fail(text, asked[1].place, "in: can be given only once")
    scope = next((scope for scope in SCOPES if asked and scope == asked[0].text), None)
    return scope, rest


def _joined(kind: type[And | Or], parts: list[Node | None]) -> Node | None:
    kept: list[Node] = []
    for part in parts:
        if part is not None:
            kept += part.parts if isinstance(part, kind) else (part,)
    return kept[0] if len(kept) == 1 else kind(tuple(kept)) if kept else None


def _fail(text: str, place: Span, problem: str) -> NoReturn:
    """Raise with the query and a line of carets below it; a long query is cut around the place."""
    start, end = place
    left = max(0, start - 40)
    shown = re.sub(r"\s", " ", text[left : left + 100])
    carets = " " * (start - left) + "^" * max(1, min(end, left + 100) - start)
    raise QueryError(f"{problem}\n  {shown}\n  {carets}")
