from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from onrecord.store import highlight, spelling
from onrecord.store.highlight import Needle, spans
from onrecord.store.spelling import Names
from onrecord.store.tokens import placed, words

LETTERS = st.text("abcdeéßقمر '", min_size=1, max_size=14)
TEXTS = st.text("abAB01 .,-_\u00e9", max_size=60)
WORDS = st.text("ab01é", min_size=1, max_size=4)


@given(st.lists(LETTERS, max_size=30), LETTERS)
def test_looking_only_at_names_with_the_same_letters_finds_what_looking_at_all_finds(
    names: list[str], asked: str
) -> None:
    known = Names(names)
    key = spelling._key(words(asked))
    if len(key) < 4 or key in known._names:
        assert known.near(asked) == []
        return
    every = process.extract(key, list(known._names), scorer=fuzz.ratio, limit=3, score_cutoff=spelling._CLOSE)
    assert known.near(asked) == [known._names[found] for found, _, _ in every]


@given(TEXTS, st.lists(st.builds(lambda word, prefix: Needle((word,), prefix), WORDS, st.booleans()), max_size=3))
def test_a_pattern_marks_the_words_that_cutting_the_text_marks(text: str, wanted: list[Needle]) -> None:
    expected = highlight._merged(
        sorted(
            {
                place
                for word, place in placed(text)
                for needle in wanted
                if word == needle.words[0] or (needle.prefix and word.startswith(needle.words[0]))
            }
        )
    )
    assert spans(text, wanted) == expected


def test_a_very_long_word_is_marked_by_what_of_it_counts() -> None:
    assert spans(f"the {'x' * 150} end", [Needle(("x" * 100,))]) == ((4, 154),)
