"""The attributor that needs no model: forms, exact offsets, and hostile texts."""

from __future__ import annotations

import pickle
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribute.rules import RuleAttributor, attribute_text
from onrecord.attribute.sentences import sentences
from onrecord.attribute.statements import article_of_text, read_many, read_statements
from onrecord.model import cut

Row = tuple[str, str, str]


def rows(text: str) -> list[Row]:
    return [(cut(text, one.source), cut(text, one.cue), cut(text, one.content)) for one in attribute_text(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mayor said that the road was shut.", ("The mayor", "said", "that the road was shut")),
        ("The mayor said the road was shut.", ("The mayor", "said", "the road was shut")),
        ("The mayor has also said that it was shut.", ("The mayor", "has also said", "that it was shut")),
        ("The road was shut, the mayor said.", ("the mayor", "said", "The road was shut")),
        ("“The road is shut,” the mayor said.", ("the mayor", "said", "“The road is shut,”")),
        ('"The road is shut," said Rana Aziz.', ("Rana Aziz", "said", '"The road is shut,"')),
        ("He added, “The road is shut.”", ("He", "added", "“The road is shut.”")),
        ("Rana Aziz told Delta Times that it was shut.", ("Rana Aziz", "told", "that it was shut")),
        ("According to the mayor, the road was shut.", ("the mayor", "According to", "the road was shut")),
        ("The road was shut, according to the mayor.", ("the mayor", "according to", "The road was shut")),
        ("The road was shut, as revealed by Rana Aziz.", ("Rana Aziz", "as revealed by", "The road was shut")),
        ("Aziz: The road is shut", ("Aziz", ":", "The road is shut")),
        ("Rana Aziz, a guard in Delta, said it was shut.", ("Rana Aziz, a guard in Delta,", "said", "it was shut")),
        ("On Monday Rana Aziz said it was shut.", ("Rana Aziz", "said", "it was shut")),
        ("Omar Said warned of a storm at sea.", ("Omar Said", "warned", "of a storm at sea")),
    ],
)
def test_each_form_is_found_with_exact_offsets(text: str, wanted: Row) -> None:
    assert rows(text) == [wanted]


def test_a_quoted_sentence_without_a_cue_belongs_to_the_one_beside_it() -> None:
    assert rows("“It is late,” Aziz said. “We must go.”") == [("Aziz", "said", "“It is late,” … “We must go.”")]


def test_the_lines_of_a_transcript_have_speakers() -> None:
    text = "HOLM: Is it late?\nAZIZ: It is."
    assert [row[0] for row in rows(text)] == ["HOLM", "AZIZ"]


def test_a_name_that_looks_like_a_verb_is_no_cue() -> None:
    assert rows("Omar Said walked home.") == []


def test_a_second_cue_with_its_own_subject_ends_the_content() -> None:
    assert [row[2] for row in rows("Aziz said that it was late – he warned of a storm.")] == [
        "that it was late",
        "of a storm",
    ]


TEXTS = st.text(alphabet="abHe said that “”\"'`.,:;–\n()tolduAZ\u0627\u0644\x00\ud800", max_size=200)


@given(TEXTS)
def test_spans_of_any_text_lie_in_it_in_order_and_are_not_empty(text: str) -> None:
    for one in attribute_text(text):
        assert one.content
        for spans in (one.source, one.cue, one.content):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert list(spans) == sorted(spans)
        assert 0 < one.confidence <= 1


@given(TEXTS)
def test_statements_of_any_text_cut_what_they_claim_and_pickle(text: str) -> None:
    for one in read_statements(article_of_text("t", text), attributor=RuleAttributor()):
        assert one.words == cut(text, one.content)
        assert one.cue_words == (cut(text, one.cue) or None)
        assert pickle.loads(pickle.dumps(one)) == one


@given(st.lists(TEXTS, max_size=4))
def test_a_batch_gives_what_each_text_gives_alone(texts: list[str]) -> None:
    articles = [article_of_text(str(number), text) for number, text in enumerate(texts)]
    alone = [read_statements(article, attributor=RuleAttributor()) for article in articles]
    assert read_many(articles, attributor=RuleAttributor()) == alone


@given(TEXTS)
def test_sentences_cover_every_visible_character_once(text: str) -> None:
    spans = sentences(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    "unit",
    [
        "A ",
        "a",
        '"',
        ". ",
        "He said that ",
        "the senator ",
        "Bob told Ann that ",
        "John Smith, ",
        "A and B ",
        "قال ",
        "\x00\x1b",
        "'s ",
        "Bob campaign ",
    ],
)
def test_the_cost_of_a_hostile_text_grows_with_its_length_only(unit: str) -> None:
    def seconds(size: int) -> float:
        article = article_of_text("t", unit * (size // len(unit)))
        begin = time.process_time()
        read_statements(article, attributor=RuleAttributor())
        return time.process_time() - begin

    small = min(seconds(8_000), seconds(8_000))
    assert seconds(64_000) < 24 * small + 0.5  # eight times the text; quadratic would be sixty-four times


def test_empty_and_blank_texts_have_no_statements() -> None:
    assert read_statements(article_of_text("t", ""), attributor=RuleAttributor()) == ()
    assert read_statements(article_of_text("t", " \n\n "), attributor=RuleAttributor()) == ()
