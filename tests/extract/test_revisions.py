"""Revisions: what changed between two wordings of an article."""

from __future__ import annotations

from onrecord.extract.revisions import Change, differences
from onrecord.model import Article, text_digest

A = "The ferry company stopped all crossings on Tuesday."
B = "Divers found two broken piles below the pier."
C = "Divers found three broken piles below the old pier."
D = "The council will meet again next week."


def article(*paragraphs: str) -> Article:
    text = "\n\n".join(paragraphs)
    return Article("id", "capture", None, None, text, text_digest(text))


def test_an_unchanged_text_has_no_differences() -> None:
    assert differences(article(A, B), article(A, B)) == ()


def test_a_reworded_paragraph_is_told_from_one_that_is_new() -> None:
    old, new = article(A, B), article(A, C, D)
    first, second = differences(old, new)
    assert (first.change, second.change) == (Change.REWORDED, Change.ADDED)
    assert first.old is not None
    assert first.new is not None
    assert old.text[slice(*first.old)] == B
    assert new.text[slice(*first.new)] == C


def test_a_paragraph_that_vanished_keeps_its_place_in_the_older_text() -> None:
    old = article(A, D)
    (only,) = differences(old, article(A))
    assert only.change is Change.REMOVED
    assert only.old is not None
    assert old.text[slice(*only.old)] == D
