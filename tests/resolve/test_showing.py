"""What an archive shows as one claim or as contrary, and what speaks against it. The sentences are our own."""

from __future__ import annotations

import pytest

from onrecord.resolve.bearing import Bearing, bearing, is_negated, is_of_a_poll, predicate
from onrecord.resolve.likeness import features
from onrecord.resolve.phrasing import Phrasing, Told, Weights, is_empty, phrasing, words
from onrecord.resolve.showing import objections, objections_to_contrary
from onrecord.resolve.verdict import compare_strictly

GENERAL = Weights({}, 0)


def said(sentence: str, speaker: str | None, date: str = "2011-03-02") -> Phrasing:
    """A statement whose content stands in brackets."""
    text = sentence[sentence.index("[") + 1 : sentence.index("]")]
    return phrasing(Told(text, speaker, date, "The Gazette", sentence.replace("[", "").replace("]", "")), GENERAL)


@pytest.mark.parametrize(
    ("sentence", "speaker", "expected"),
    [
        ("Okoro said [the ferry would sail at night].", "Okoro", Bearing.SAYS),
        ("Okoro said [guards beat two prisoners].", "Okoro", Bearing.SAYS),  # no word that is surely a verb
        ("Okoro backs [the ban on night ferries].", "Okoro", Bearing.FOR),
        ("Okoro condemned [the ban on night ferries].", "Okoro", Bearing.AGAINST),
        ("Okoro talked about [the ban on night ferries].", "Okoro", Bearing.NAMES),
        ("Okoro explained [why the ferry was late].", "Okoro", Bearing.NAMES),
        ("Okoro discussed [the storm that has closed the port].", "Okoro", Bearing.NAMES),  # a thing, with more of it
        ("The board accused [Okoro of hiding the letters].", "The board", Bearing.SAYS),
        ("Okoro called [the ban “a gift to smugglers”].", "Okoro", Bearing.SAYS),
        ("Okoro called for [a ban on night ferries].", "Okoro", Bearing.FOR),
        ("[The ferry sailed at night], according to Okoro.", "Okoro", Bearing.SAYS),
    ],
)
def test_what_a_speaker_does_with_the_content(sentence: str, speaker: str, expected: Bearing) -> None:
    assert bearing(said(sentence, speaker)) == expected


def test_between_the_parts_of_a_content_stands_its_cue() -> None:
    context = "The mayor has been rebuked by opponents for his plan to close the quay."
    told = Told("The mayor … for his plan to close the quay", "opponents", None, None, context)
    assert bearing(phrasing(told, GENERAL)) == Bearing.AGAINST


def test_what_is_said_of_a_matter_begins_with_the_verb() -> None:
    assert predicate(("the", "old", "quay", "should", "be", "closed")) == ("should", "be", "closed")
    assert predicate(("a", "ban", "on", "ferries")) == ("a", "ban", "on", "ferries")
    assert is_negated(words("nobody was hurt in the fire"))
    assert not is_negated(words("the fire was put out before anybody came to no harm"))


@pytest.mark.parametrize(
    ("sentence", "speaker", "polled"),
    [
        ("Nearly half of those surveyed said [the quay should stay open].", "Nearly half of those surveyed", True),
        ("In a survey of the harbour, Ilse Marrin said [the quay should stay open].", "Ilse Marrin", False),
    ],
)
def test_who_is_named_speaks_for_himself_and_not_in_a_poll(sentence: str, speaker: str, polled: bool) -> None:
    assert is_of_a_poll(said(sentence, speaker)) is polled


def test_words_drawn_together_say_nothing_either() -> None:
    assert [is_empty(word) for word in ("it's", "don't", "they're", "quay", "mayor's")] == [
        True,
        True,
        True,
        False,
        False,
    ]


BAN = "Mayor Okoro called for [a ban on night ferries in the bay of Tarn]."


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (BAN, "The dockers talked about [a ban on night ferries in the bay].", "one only names the matter"),
        (BAN, "The dockers opposed [a ban on night ferries in the bay of Tarn].", "one is against it"),
        (
            "Mayor Okoro said [the Tarn ferry was seaworthy when it left port].",
            "The dockers said [the Tarn ferry was not seaworthy when it left port].",
            "one says no",
        ),
        (
            "Mayor Okoro said [the wreck had cost 40 lives on the ferry].",
            "The dockers said [the wreck had cost 62 lives on the ferry].",
            "numbers differ",
        ),
        (
            "Mayor Okoro said [the harbour of Tarn should get a new light].",
            "The dockers said [the harbour of Tarn had been sold to strangers].",
            "they say other things of it",
        ),
        (
            "A survey found that a third said [the night ferries should be banned].",
            "The dockers said [the night ferries should be banned in winter].",
            "polls count other people",
        ),
        (BAN, "Marrin disliked his proposal for [a ban on night ferries in the bay].", "whose it is, is not sure"),
    ],
)
def test_what_speaks_against_one_claim(one: str, other: str, reason: str) -> None:
    speaker = "his" if " his " in other else "The dockers" if "dockers" in other else None
    a, b = said(one, "Mayor Okoro" if "Okoro" in one else "a third"), said(other, speaker)
    raised = list(objections(a, b, features(a, b)))
    assert reason in raised
    assert raised == list(objections(b, a, features(b, a)))


def test_the_same_demand_by_two_is_shown() -> None:
    a = said(BAN, "Mayor Okoro")
    b = said("The dockers' union demanded [a ban on night ferries in the bay].", "The dockers' union")
    assert list(objections(a, b, features(a, b))) == []


def test_one_text_is_shown_whatever_its_form() -> None:
    text = "the slow old ferry with the red funnel, its captain, its crew"
    a, b = said(f"Okoro spoke of [{text}].", "Okoro"), said(f"Marrin spoke of [{text}].", "Marrin")
    assert list(objections(a, b, features(a, b))) == []


def test_contrary_is_who_wants_a_thing_and_who_is_against_it() -> None:
    wants = said(BAN, "Mayor Okoro")
    against = said("The dockers' union condemned [the ban on night ferries in the bay].", "The dockers' union")
    names = said("The pilots spoke about [a ban on night ferries in the bay].", "The pilots")
    too = said("The fishermen oppose [a ban on night ferries in the bay].", "The fishermen")
    assert list(objections_to_contrary(wants, against, features(wants, against))) == []
    assert "one only names the matter" in objections_to_contrary(names, against, features(names, against))
    assert "none opposes what the other wants" in objections_to_contrary(against, too, features(against, too))


def test_who_is_for_a_thing_must_be_named_and_be_another() -> None:
    wants = said("He called for [a ban on night ferries in the bay].", "He")
    against = said("The union condemned [the ban on night ferries in the bay].", "The union")
    assert "nobody is named who is for it" in objections_to_contrary(wants, against, features(wants, against))
    once = said("Mayor Okoro condemned [the ban on night ferries in the bay].", "Mayor Okoro", "2012-01-01")
    before = said(BAN, "Mayor Okoro")
    assert "the same speaker" in objections_to_contrary(before, once, features(before, once))


def test_what_speaks_against_it_stands_among_the_reasons() -> None:
    a = said("Mayor Okoro said [the Tarn ferry was seaworthy when it left the northern port].", "Mayor Okoro")
    b = said("Mayor Okoro said [the Tarn ferry was not seaworthy when it left the northern port].", "Mayor Okoro")
    verdict = compare_strictly(a, b)
    assert not verdict.same
    assert not verdict.contrary
    assert verdict.related
