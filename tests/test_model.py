"""The records: they pickle, they cannot be changed, their ids stay the same."""

from __future__ import annotations

import dataclasses
import inspect
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import model

RECORDS = [cls for _, cls in inspect.getmembers(model, inspect.isclass) if dataclasses.is_dataclass(cls)]

EXAMPLES: list[object] = [
    model.Capture(id="c", file="a.warc", media="html", digest="sha256:0", size=3, url="http://a.example/"),
    model.Skip(stage="capture", reason="empty file", file="a.html"),
    model.Article(id="a", capture_id="c", url=None, headline="H", text="One.\n\nTwo.", text_digest="sha256:1"),
    model.Statement(
        id="s",
        article_id="a",
        revision="r",
        source=((0, 3),),
        cue=((4, 8),),
        content=((9, 12), (14, 20)),
        kind=model.Kind.MIXED,
        act=model.Act.SAYS,
        speaker=model.Speaker("Ann Lee", model.SpeakerType.PERSON),
        words="x",
    ),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda cls: cls.__name__)
def test_every_record_is_frozen_and_slotted(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(record)


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda example: type(example).__name__)
def test_a_record_survives_pickling(record: object) -> None:
    assert pickle.loads(pickle.dumps(record)) == record


def test_paragraphs_are_cut_at_blank_lines() -> None:
    article = EXAMPLES[2]
    assert isinstance(article, model.Article)
    assert article.paragraphs == ("One.", "Two.")


def test_ids_are_the_same_on_every_machine() -> None:
    assert model.article_id("http://a.example/x") == "b02fe9713d94bc01"
    assert model.statement_id("a", "r", ((0, 1),), (), ((2, 3),)) == "0e96149f5917b515"


def test_ids_of_different_kinds_do_not_meet() -> None:
    assert model.article_id("x") != model.capture_id("x", "")


@given(st.text())
def test_any_text_has_a_digest(text: str) -> None:
    assert model.text_digest(text).startswith("sha256:")


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=4))
def test_cut_gives_the_words_of_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    assert model.cut(text, spans) == " … ".join(text[a:b] for a, b in spans)
