from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.store.parser import DEEPEST_QUERY, LONGEST_QUERY, MOST_PHRASED, MOST_PREFIXES, parse
from onrecord.store.query import FIELDS, And, Ask, Field, Node, Not, Or, Words, leaves
from onrecord.store.results import Filters
from onrecord.store.sentence import sentence


def shape(node: Node | None) -> str:
    """The tree in few signs."""
    if isinstance(node, Words):
        return f"'{node.text}'" if node.quoted else node.text
    if isinstance(node, Field):
        return f"{node.name}={node.text}"
    if isinstance(node, Not):
        return f"!{shape(node.part)}"
    if isinstance(node, And | Or):
        return "(" + (" & " if isinstance(node, And) else " | ").join(shape(part) for part in node.parts) + ")"
    return "everything"


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", "everything"),
        ("truce", "truce"),
        ("truce talks", "(truce & talks)"),
        ("truce AND talks", "(truce & talks)"),
        ("a b OR c d", "((a & b) | (c & d))"),
        ("a (b OR c)", "(a & (b | c))"),
        ("NOT a", "!a"),
        ("a -b", "(a & !b)"),
        ("a NOT (b OR c)", "(a & !(b | c))"),
        ('"no fly zone"', "'no fly zone'"),
        ("“no fly zone”", "'no fly zone'"),
        ('source:"Rami A" x', "(source=Rami A & x)"),
        ("SOURCE:rami", "source=rami"),
        ("well-known", "well-known"),
        ("10:30 https://example.org/a", "(10:30 & https://example.org/a)"),
        ("Update: now", "(Update: & now)"),
        ("a ... b", "(a & b)"),
        ("and or not", "(and & or & not)"),
        ("act:Denies", "act=denies"),
        ("from:2017-4", "from=2017-4"),
        ("to:9999", "to=9999"),
    ],
)
def test_a_query_becomes_this_tree(query: str, tree: str) -> None:
    assert shape(parse(query).node) == tree


@pytest.mark.parametrize(
    ("query", "problem", "place"),
    [
        ("(a b", "not closed", (0, 1)),
        ("a b)", "has no opening one", (3, 4)),
        ("AND b", "needs something before", (0, 3)),
        ("b AND", "must follow AND", (2, 5)),
        ("a OR OR b", "needs something before", (5, 7)),
        ("()", "needs something before", (1, 2)),
        ('a "b', "quotation mark is not closed", (2, 4)),
        ("sorce:rami", "did you mean source", (0, 6)),
        ("colour:red", "there is no field colour", (0, 7)),
        ("act:shouts", "act: takes one of", (0, 10)),
        ("from:2017-13", "takes a date", (0, 12)),
        ("to:yesterday", "takes a date", (0, 12)),
        ("source:(a OR b)", "write one value", (0, 8)),
        ("source:!", "needs a word", (0, 8)),
        ("?!", "no letter or digit", (0, 2)),
        ("a*", "at least 2 letters", (0, 2)),
        ("a OR in:articles", "cannot stand inside", (5, 16)),
        ("in:articles in:pictures", "only once", (12, 23)),
    ],
)
def test_what_is_not_understood_is_pointed_at(query: str, problem: str, place: tuple[int, int]) -> None:
    with pytest.raises(QueryError, match=problem) as error:
        parse(query)
    _, shown, carets = str(error.value).split("\n")
    assert shown == f"  {query}"
    assert (carets.index("^") - 2, len(carets) - 2) == place


def test_a_query_that_is_too_long_too_deep_or_too_wide_is_refused() -> None:
    for query in ("a" * (LONGEST_QUERY + 1), "(" * 900 + "a" + ")" * 900, "NOT " * 400 + "a", "a " * 400):
        with pytest.raises(QueryError):
            parse(query)
    parse("(" * DEEPEST_QUERY + "a" + ")" * DEEPEST_QUERY)


def test_beginnings_and_phrases_are_bounded_since_a_search_cannot_be_stopped() -> None:
    many = " OR ".join(f"ab{number}*" for number in range(MOST_PREFIXES))
    parse(many)
    for query, problem in (
        (f"{many} OR source:abc*", "beginnings of words"),
        (" OR ".join(['"a b"'] * (MOST_PHRASED // 2) + ['site:"d e"']), "words together"),
    ):
        with pytest.raises(QueryError, match=problem) as error:
            parse(query)
        _, shown, carets = str(error.value).split("\n")
        assert shown[carets.index("^") :].startswith(("source:", "site:"))


def test_the_place_is_shown_in_a_long_query_too() -> None:
    with pytest.raises(QueryError) as error:
        parse("word " * 90 + "(")
    _, shown, carets = str(error.value).split("\n")
    assert shown[carets.index("^")] == "("


def test_where_to_search_is_taken_out_of_the_tree() -> None:
    parsed = parse("in:pictures bridge")
    assert parsed.scope == "pictures"
    assert shape(parsed.node) == "bridge"


PIECES = st.sampled_from(
    ['"', "“", "”", "(", ")", "AND", "OR", "NOT", "-", "*", ":", " ", "a", "b c", "\x00", "\ud800", "عرب"]
    + [f"{name}:" for name in FIELDS]
)


@given(st.text() | st.lists(PIECES, max_size=12).map("".join) | st.lists(PIECES, max_size=12).map(" ".join))
def test_any_string_is_either_understood_or_refused_with_a_message(query: str) -> None:
    try:
        parsed = parse(query)
    except QueryError:
        return
    assert pickle.loads(pickle.dumps(parsed)) == parsed
    assert hash(parsed.node) == hash(parse(query).node)
    assert sentence(Ask("statements", parsed.node))
    for leaf in leaves(parsed.node, negated=True):
        start, end = leaf.place
        assert leaf.text.lower().rstrip("*") in parsed.text[start:end].lower()


@pytest.mark.parametrize(
    ("query", "filters", "words"),
    [
        ("", Filters(), "All statements; newest first."),
        ("truce talks", Filters(), "Statements with “truce” and “talks”; best match first."),
        ('"no fly zone" OR truce*', Filters(),
         "Statements with (the phrase “no fly zone” or words that begin with “truce”); best match first."),
        ("truce NOT talks", Filters(), "Statements with “truce”, without “talks”; best match first."),
        ("truce (source:rami OR NOT act:denies)", Filters(),
         "Statements with “truce”, (by “rami” or not whose act is denies); best match first."),
        ("truce source:rami act:denies", Filters(site=("The Post", "The Herald"), since="2017-04-01", until="2017-05"),
         "Statements with “truce”, by “rami”, whose act is denies, in “The Post” or “The Herald”, "
         "published from 1 April 2017 on, published until May 2017; best match first."),
    ],
)  # fmt: skip
def test_a_query_is_said_as_a_sentence(query: str, filters: Filters, words: str) -> None:
    assert sentence(Ask("statements", parse(query).node, filters, "relevance" if query else "date")) == words
