from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.tokens import LONGEST, fold, placed, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe"),
        ("cafe\u0301", "CAFÉ"),
        ("STRASSE", "straße"),
        ("أحمد", "احمد"),
        ("المُعلِّم", "المعلم"),
        ("مـــدرسة", "مدرسه"),
        ("على", "علي"),
        ("ﬁne", "fine"),
    ],
)
def test_forms_that_a_reader_takes_for_the_same_word_are_the_same(one: str, other: str) -> None:
    assert words(one) == words(other)
    assert len(words(one)) == 1


def test_signs_that_are_no_letters_part_words() -> None:
    assert words("Rami's well-known 2,000 U.S. x_y") == ["rami", "s", "well", "known", "2", "000", "u", "s", "x", "y"]


def test_chinese_signs_are_words_of_their_own() -> None:
    assert words("東京 said") == ["東", "京", "said"]


def test_vowel_signs_of_indian_scripts_stay_in_their_word() -> None:
    assert len(words("हिन्दी में")) == 2
    assert words("कि") != words("का")


@given(st.text())
def test_words_and_their_places_agree_in_any_text(text: str) -> None:
    found = list(placed(text))
    assert [word for word, _ in found] == words(text)
    for word, (start, end) in found:
        assert words(text[start:end]) == [word]
    assert all(before[1][1] <= after[1][0] for before, after in itertools.pairwise(found))


@given(st.text())
def test_folded_words_hold_no_space_and_fold_to_themselves(text: str) -> None:
    for word in words(text):
        assert not any(char.isspace() for char in word)
        assert len(word) <= LONGEST
        assert fold(word) == word
