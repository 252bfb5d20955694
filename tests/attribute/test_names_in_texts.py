"""What is a name, what only stands beside it, and what is no person's name though it looks like one."""

from __future__ import annotations

import pytest

from onrecord.attribute.entities import Entities
from onrecord.attribute.mentions import find_mentions
from onrecord.model import SpeakerType

PERSON, ORGANISATION = SpeakerType.PERSON, SpeakerType.ORGANISATION


def persons(text: str) -> list[str]:
    return [entity.name for entity in Entities(text, find_mentions(text)).all if entity.type is PERSON]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Steven M. Ekdahl, a broker, spoke first.", ["Steven M. Ekdahl"]),
        ("M. Laurent spoke first.", ["Laurent"]),
        ("Yesterday Dr Petra Holm met with Prof Anders Lund again.", ["Petra Holm", "Anders Lund"]),
        ("The Labour MP Petra Holm spoke.", ["Petra Holm"]),
        ("We met April Ferris, a nurse.", ["April Ferris"]),
        ("Will Ferris, a nurse, came.", ["Will Ferris"]),
        ("Former governor Jan Ferris spoke.", ["Jan Ferris"]),
        ("In April Ferris spoke.", []),
        ("Will Ferris speak?", []),
    ],
)
def test_an_initial_is_no_title_and_a_title_without_a_full_stop_is_one(text: str, wanted: list[str]) -> None:
    assert persons(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Entrusting Peter Holm with it was wrong, many felt.", ["Peter Holm"]),
        ("Peter Holm left. Later Beneath Holm the ice broke.", ["Peter Holm"]),
        ("Flu Virus Peter Holm left.", ["Peter Holm"]),
        ("North Korea Peter Holm left.", ["Peter Holm"]),
        ("Here is London-based Peter Holm again.", ["Peter Holm"]),
        ("Then co-moderator and Oscar-winner Peter Holm left.", ["Peter Holm"]),
        ("Here is UNHCR Peter Holm again.", ["Peter Holm"]),
        ("Sara Young-Holm and Tsai Ing-wen left.", ["Sara Young-Holm", "Tsai Ing-wen"]),
    ],
)
def test_words_that_only_stand_before_a_name_are_no_part_of_it(text: str, wanted: list[str]) -> None:
    assert persons(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It was in the Mardle Bugle, which nobody reads.",
        "The Mardle Quiver reported it. So did the Mardle Quiver’s rival.",
        "The film was shot in Vardo Skerry.",
        "The company Vardo Skerry was sold.",
        "Vardo Skerry, a Norwegian charity, was sold.",
        "They sang “Vardo Skerry” twice.",
        "San Bertoldo and South Vardo were flooded.",
    ],
)
def test_what_the_text_uses_as_a_thing_is_no_person(text: str) -> None:
    assert persons(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Vardo Skerrin, who was there, saw it.",
        "Vardo Skerrin, 43, saw it.",
        "The singer Vardo Skerrin saw it.",
        "Vardo Skerrin, a farmer from the north, saw it.",
        "Vardo Skerrin saw it. Later Skerrin left.",
    ],
)
def test_what_the_text_uses_as_a_person_is_surely_one(text: str) -> None:
    (person,) = Entities(text, find_mentions(text)).all
    assert person.type is PERSON
    assert person.sure
