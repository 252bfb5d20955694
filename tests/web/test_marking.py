from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import UNKNOWN_SPEAKER, Act, Kind, Span, Statement
from onrecord.web.marking import mark_text

TEXTS = st.lists(st.text("ab .”", max_size=12), min_size=1, max_size=4).map("\n\n".join)


def statement(spans: tuple[Span, ...]) -> Statement:
    return Statement("s", "a", "r", spans[1:2], (), spans, Kind.MIXED, Act.SAYS, UNKNOWN_SPEAKER, "words")


@given(
    TEXTS, st.lists(st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), min_size=1, max_size=3), max_size=4)
)
def test_marking_changes_no_letter_of_the_text(text: str, spans: list[list[Span]]) -> None:
    marked = mark_text(text, [statement(tuple(each)) for each in spans])
    assert "\n\n".join("".join(run.text for run in part.runs) for part in marked) == text


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=4))
def test_exactly_the_words_of_a_statement_are_marked(text: str, spans: list[Span]) -> None:
    inside = [(start, end) for start, end in spans if 0 <= start < end <= len(text)]
    wanted = {place for start, end in inside for place in range(start, end)}
    place, found = 0, set()
    for part in mark_text(text, [statement(tuple(inside) or ((0, 0),))]):
        for run in part.runs:
            if any(mark.role == "content" for mark in run.marks):
                found |= set(range(place, place + len(run.text)))
            place += len(run.text)
        place += 2
    assert found == {each for each in wanted if text[each] != "\n"}


def test_a_number_stands_behind_the_stop_that_follows_the_words() -> None:
    (part,) = mark_text("He said “we stay,” and left.", [statement(((9, 16),))])
    assert [(run.text, run.ends) for run in part.runs if run.ends] == [(",”", (1,))]


def test_nested_statements_mark_the_inner_words_twice() -> None:
    (part,) = mark_text("she said he said no", [statement(((9, 19),)), statement(((17, 19),))])
    assert [mark.number for mark in part.runs[-1].marks] == [1, 2]
