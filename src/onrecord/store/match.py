"""A query and its filters, as tantivy asks for them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import tantivy
from tantivy import Occur, Query

from onrecord.errors import QueryError
from onrecord.store import query as language
from onrecord.store.documents import WORD_FIELDS_OF, first_minute, least_order
from onrecord.store.index import OpenIndex, stemmer
from onrecord.store.query import And, Ask, Field, Node, Not, Or, Words, day
from onrecord.store.results import FACETS, Filters, Scope
from onrecord.store.tokens import words

# The names of the query language that are called otherwise in the index and in Filters.
FIELD_OF = {"org": "organisation", "lang": "language"}


def compiled(index: OpenIndex, ask: Ask, *, before: int | None = None) -> Query:
    """Return what finds the records that are asked for.

    Args:
        index: the index of the scope.
        ask: words, filters and scope.
        before: only records whose ``order`` is less.

    Raises:
        QueryError: the scope does not have one of the fields, or a date of the filters is none.
    """
    matcher = _Matcher(index, ask.scope, ask.stem)
    clauses = [(Occur.Must, Query.all_query() if ask.node is None else matcher.node(ask.node))]
    clauses += [(Occur.Must, Query.const_score_query(each, 0.0)) for each in matcher.filters(ask.filters)]
    if before is not None:
        clauses.append((Occur.Must, Query.const_score_query(orders(index.schema, None, before), 0.0)))
    if index.earlier:
        clauses.append((Occur.MustNot, matcher.term("earlier", "1")))
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


class _Matcher:
    def __init__(self, index: OpenIndex, scope: Scope, stem: bool) -> None:
        self._schema, self._scope, self._stem = index.schema, scope, stem
        self._called = index.called if scope == "statements" else {}

    def node(self, node: Node) -> Query:
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, Not):
            return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, self.node(node.part))])
        if isinstance(node, Or):
            return Query.boolean_query([(Occur.Should, self.node(part)) for part in node.parts])
        return self._both(node)

    def term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, index_option="basic")

    def filters(self, filters: Filters) -> list[Query]:
        chosen: dict[str, list[Query]] = {}
        for name, value in filters.values():
            chosen.setdefault(name, []).append(self._filter(name, value))
        return [each[0] if len(each) == 1 else _any_of(each) for each in chosen.values()]

    def _both(self, node: And) -> Query:
        clauses = [
            (Occur.MustNot, self.node(part.part)) if isinstance(part, Not) else (Occur.Must, self.node(part))
            for part in node.parts
        ]
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def _words(self, leaf: Words) -> Query:
        found = words(leaf.text)
        if self._stem and not leaf.prefix:
            return self._row("stem", stemmer().analyze(" ".join(found)))
        return self._or_called(self._row("any", found, prefix=leaf.prefix), leaf)

    def _or_called(self, row: Query, leaf: Words | Field) -> Query:
        """Match also what is said by sources whose name has these words since documents were written."""
        found = words(leaf.text)
        keys = [key for key, (_, name) in self._called.items() if _has(words(name), found, leaf.prefix)]
        return _any_of([row, *(self.term("source", key) for key in keys)]) if keys else row

    def _source(self, id: str) -> Query:
        """Match what is said by a source, whatever id documents have for it."""
        keys = [key for key, (now, _) in self._called.items() if now == id]
        if id not in self._called:
            keys.append(id)
        return _any_of([self.term("source", key) for key in keys]) if keys else Query.empty_query()

    def _field(self, leaf: Field) -> Query:
        if leaf.name in language.DATE_FIELDS:
            return self._filter("since" if leaf.name == "from" else "until", leaf.text)
        if leaf.name in language.WORD_FIELDS:
            if leaf.name not in WORD_FIELDS_OF[self._scope]:
                raise QueryError(_missing(self._scope, leaf.name))
            row = self._row(f"{leaf.name}_words", words(leaf.text), prefix=leaf.prefix)
            if leaf.name == "source" and self._scope == "statements":
                return _any_of([self._or_called(row, leaf), self._source(leaf.text)])
            return row
        return Query.const_score_query(self._filter(FIELD_OF.get(leaf.name, leaf.name), leaf.text), 0.0)

    def _filter(self, name: str, value: str) -> Query:
        if name in ("since", "until"):
            edge = day(value, last=name == "until")
            if edge is None:
                raise QueryError(f"{value!r} is not a date; write 2017, 2017-04 or 2017-04-01")
            start = least_order(first_minute(edge))
            dated = least_order(1)  # undated records have order 0 and lie in no period
            return orders(self._schema, start, None) if name == "since" else orders(self._schema, dated, _end(edge))
        if name == "year":
            first, last = day(value, last=False), day(value, last=True)
            if first is None or last is None or len(value) != 4:
                raise QueryError(f"{value!r} is not a year")
            return orders(self._schema, least_order(first_minute(first)), _end(last))
        if name != "article" and name not in FACETS[self._scope]:
            raise QueryError(_missing(self._scope, name))
        return self._source(value) if name == "source" else self.term(name, value)

    def _row(self, field: str, found: Sequence[str], *, prefix: bool = False) -> Query:
        """Match words that stand side by side; with ``prefix`` the last one may go on."""
        if not prefix:
            if len(found) == 1:
                return Query.term_query(self._schema, field, found[0])
            return Query.phrase_query(self._schema, field, list(found))
        if len(found) == 1:
            return Query.regex_query(self._schema, field, f"{found[0]}.*")
        return Query.phrase_prefix_query(self._schema, field, list(found))


def orders(schema: tantivy.Schema, least: int | None, below: int | None) -> Query:
    """Return what finds the records whose ``order`` is at least one number and below another."""
    if least is None and below is None:
        return Query.all_query()
    last = None if below is None else below - 1
    if last is not None and last < (least or 0):
        return Query.empty_query()
    return Query.range_query(schema, "order", tantivy.FieldType.Unsigned, least, last)


def _has(text: Sequence[str], run: Sequence[str], prefix: bool) -> bool:
    """Whether words stand side by side in a text; with ``prefix`` the last one may go on there."""
    for start in range(len(text) - len(run) + 1):
        here = text[start : start + len(run)]
        if here[:-1] == run[:-1] and run and (here[-1] == run[-1] or (prefix and here[-1].startswith(run[-1]))):
            return True
    return False


def _any_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])


def _end(last: datetime.date) -> int:
    return least_order(first_minute(last) + 1440)


def _missing(scope: Scope, name: str) -> str:
    return f"{scope} have no {name}; take that out, or search another scope"
