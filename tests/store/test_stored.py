from __future__ import annotations

import dataclasses
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Act, Article, Claim, Copy, Kind, Source, Speaker, Statement
from onrecord.store import stored
from onrecord.store.results import ArticleHit, PictureHit, StatementHit

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = {str: TEXT, int: st.integers(), float: st.floats(allow_nan=False, allow_infinity=False), bool: st.booleans()}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    inner = typing.get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if typing.get_origin(hint) is tuple:
        if inner[1] is Ellipsis:
            return st.lists(anything(inner[0]), max_size=2).map(tuple)
        return st.tuples(*(anything(kind) for kind in inner))
    if type(None) in inner:
        return st.none() | anything(next(kind for kind in inner if kind is not type(None)))
    if dataclasses.is_dataclass(hint):
        return record(typing.cast(type, hint))
    return st.sampled_from(list(hint))


def record(kind: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    fields = [field.name for field in dataclasses.fields(kind) if field.name != "highlights"]
    return st.builds(kind, **{name: anything(hints[name]) for name in fields})


@pytest.mark.parametrize("kind", [StatementHit, ArticleHit, PictureHit, Source, Copy, Claim])
def test_what_is_stored_is_read_back_the_same(kind: type) -> None:
    @given(record(kind))
    def check(value: object) -> None:
        assert stored.load(kind, stored.dump(value)) == value

    check()


def test_fields_that_have_their_default_are_left_out() -> None:
    written = stored.dump(Article("a", "c", None, None, "Words.", "sha256:0"))
    assert b"authors" not in written
    assert b"Words." in written


def test_a_field_that_this_version_does_not_know_is_passed_over() -> None:
    assert stored.load(Speaker, b'{"name":"Rami","type":"person","shoe_size":44}') == Speaker("Rami", "person")  # type: ignore[arg-type]


def test_values_of_a_list_of_choices_come_back_as_such() -> None:
    written = stored.dump(Statement("i", "a", "r", (), (), ((0, 1),), Kind.MIXED, Act.DENIES, Speaker(None, None), "w"))
    read = stored.load(Statement, written)
    assert isinstance(read.act, Act)
    assert isinstance(read.kind, Kind)
