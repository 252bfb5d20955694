"""Constructions that rules add to what the model finds."""

from __future__ import annotations

import time

from onrecord.attribute.rare import CONFIDENCE, rare_attributions
from onrecord.model import Attribution

TEXT = "It rained.\n\nThe road to the port is open again, as revealed by aid worker Samir Khoury. He left."


def span(words: str) -> tuple[tuple[int, int], ...]:
    return ((TEXT.index(words), TEXT.index(words) + len(words)),)


def test_as_revealed_by() -> None:
    assert list(rare_attributions(TEXT, [])) == [
        Attribution(
            span("aid worker Samir Khoury"),
            span("as revealed by"),
            span("The road to the port is open again"),
            CONFIDENCE,
        )
    ]


def test_what_the_model_found_stays() -> None:
    known = Attribution((), span("revealed by"), span("The road"), 0.9)
    assert list(rare_attributions(TEXT, [known])) == []


def test_other_phrases_with_as_and_by_say_nothing() -> None:
    assert list(rare_attributions("The fee is paid as required by law. It fell, as measured by volume.", [])) == []


def test_a_hostile_text_takes_no_time() -> None:
    start = time.process_time()
    list(rare_attributions("as revealed by " * 3000, []))
    assert time.process_time() - start < 5
