"""Words, their marks, and windows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attribute.words import CLOSING, INSIDE, MARKS, OPENING, OUTSIDE, Vocabulary, cut, read_words

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "say", "##ing", "##s", "the", "cafe", ".", ",", '"', "'", "a"]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(PIECES)


def states(text: str, vocabulary: Vocabulary) -> str:
    words = read_words(text, vocabulary)
    names = {OUTSIDE: ".", INSIDE: "i", OPENING: "<", CLOSING: ">"}
    return "".join(names[(mark >> 2) & 3] for mark in words.marks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" twice', "..<i>."),
        ("He said \u201cyes\u201d twice", "..<i>."),
        ("He said ''yes'' twice", "..<<i>>."),
        ("He said ``yes'' twice", "..<<i>>."),
        ("the bosses' plan isn't his", "........"[:8]),
        ('"open\n\nnext', "<i."),
    ],
)
def test_quotation_marks(text: str, expected: str, vocabulary: Vocabulary) -> None:
    assert states(text, vocabulary) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("saying", ["say", "##ing"]),
        ("Says", ["say", "##s"]),
        ("caf\u00e9", ["cafe"]),
        ("xyz", ["[UNK]"]),
        ("a" * 500, ["[UNK]"]),
    ],
)
def test_word_pieces(word: str, expected: list[str], vocabulary: Vocabulary) -> None:
    ids, _ = vocabulary.look_up(word)
    assert [PIECES[i] for i in ids] == expected


def test_sentences_and_paragraphs(vocabulary: Vocabulary) -> None:
    words = read_words('Mr. Fox left. "No," he said. The end.\n\nNext one', vocabulary)
    assert words.paragraphs[-2:] == [1, 1]
    assert sorted(set(words.sentences)) == [0, 1, 2, 3]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_every_visible_character_is_in_one_word(text: str) -> None:
    words = read_words(text, Vocabulary(PIECES))
    covered = [i for start, end in zip(words.starts, words.ends, strict=True) for i in range(start, end)]
    assert covered == [i for i, c in enumerate(text) if not c.isspace()]
    assert all(0 <= mark < MARKS for mark in words.marks)
    assert all(words.pieces)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="say the.\n\"'", max_size=400), st.integers(4, 40))
def test_windows_cover_all_words_and_keep_their_size(text: str, size: int) -> None:
    words = read_words(text, Vocabulary(PIECES))
    windows = cut(words, size)
    assert [i for begin, end in windows for i in range(begin, end)] == list(range(len(words)))
    assert all(sum(len(p) for p in words.pieces[begin:end]) <= size for begin, end in windows)


def test_a_window_ends_with_a_paragraph_where_it_can(vocabulary: Vocabulary) -> None:
    words = read_words("the the the.\nthe the the the.\nthe the", vocabulary)
    assert cut(words, 6) == [(0, 4), (4, 9), (9, 11)]
