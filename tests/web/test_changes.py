from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.changes import Piece, changes

TEXTS = st.lists(st.text("ab .", max_size=8), max_size=5)


def test_one_changed_word_is_shown_with_what_stands_around_it() -> None:
    (passage,) = changes(["Same.", "It failed once."], ["Same.", "It failed twice."])
    assert passage == (Piece("kept", "It failed "), Piece("gone", "once"), Piece("new", "twice"), Piece("kept", "."))


def test_nothing_changed_gives_nothing() -> None:
    assert changes(["a", "b"], ["a", "b"]) == ()


@given(TEXTS, TEXTS)
def test_no_word_is_lost_on_either_side(before: list[str], after: list[str]) -> None:
    pieces = [piece for passage in changes(before, after) for piece in passage]
    old = "".join(piece.text for piece in pieces if piece.fate != "new").replace("\n", "")
    new = "".join(piece.text for piece in pieces if piece.fate != "gone").replace("\n", "")
    assert len("".join(before)) - len(old) == len("".join(after)) - len(new)
