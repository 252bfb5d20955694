from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.errors import QueryError
from onrecord.store import parser, query
from onrecord.store.documents import WORD_FIELDS_OF

PAGE = Path(__file__).parents[2] / "docs" / "search.md"


def test_the_page_on_the_language_names_every_field_and_every_value() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for field in query.FIELDS:
        assert f"`{field}:" in text
    for values in query.CHOICE_FIELDS.values():
        for value in values:
            assert re.search(rf"[`:]{value}`", text), value
    for limit in (
        parser.LONGEST_QUERY,
        parser.MOST_LEAVES,
        parser.DEEPEST_QUERY,
        parser.MOST_PREFIXES,
        parser.MOST_PHRASED,
    ):
        assert f"{limit:,}" in text


def test_the_examples_of_the_page_are_understood() -> None:
    table = PAGE.read_text(encoding="utf-8").split("## Fields")[0]
    for line in re.findall(r"^\| (`.+`) \|", table, re.MULTILINE):
        for example in re.findall(r"`([^`]+)`", line):
            assert parser.parse(example).node is not None


def test_the_error_of_the_page_is_the_error_that_comes() -> None:
    shown = PAGE.read_text(encoding="utf-8").split("```\nonrecord: ")[1].split("\n```")[0]
    with pytest.raises(QueryError) as error:
        parser.parse("truce sorce:haddad")
    assert str(error.value) == shown


def test_every_word_field_is_searched_somewhere() -> None:
    assert set(query.WORD_FIELDS) == {field for fields in WORD_FIELDS_OF.values() for field in fields}
