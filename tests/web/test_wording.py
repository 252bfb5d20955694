from __future__ import annotations

import pytest

from onrecord.model import Speaker, SpeakerType
from onrecord.web.wording import is_rtl, plural, readable_date, short_date, speaker_name, standing, sure


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2017", "2017"),
        ("2017-04", "April 2017"),
        ("2017-04-01", "1 April 2017"),
        ("2017-04-01T12:30:00+02:00", "1 April 2017"),
        (None, "no date"),
        ("2017-13-01", "2017-13-01"),
        ("spring", "spring"),
    ],
)
def test_dates_are_as_precise_as_they_are(iso: str | None, words: str) -> None:
    assert readable_date(iso) == words


def test_short_dates_cut_the_month() -> None:
    assert short_date("2017-12-05") == "5 Dec 2017"


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "very likely right"),
        (0.9, "very likely right"),
        (0.89, "likely right"),
        (0.5, "uncertain"),
        (0.49, "unclear"),
    ],
)
def test_confidence_in_words(confidence: float, words: str) -> None:
    assert sure(confidence) == words


def test_who_has_no_name_is_called_by_the_printed_words() -> None:
    assert speaker_name(Speaker(None, SpeakerType.ANONYMOUS, description="a guard")) == "a guard"
    assert speaker_name(Speaker(None, None)) == "speaker unclear"
    assert speaker_name(Speaker(None, SpeakerType.PERSON, candidates=("A", "B"))) == "A or B"


def test_an_organisation_inside_the_role_is_not_said_twice() -> None:
    assert (
        standing(Speaker("A", SpeakerType.PERSON, "head of the Water Board", "Water Board"))
        == "head of the Water Board"
    )


def test_direction_follows_the_first_letter() -> None:
    assert is_rtl("«السد")
    assert not is_rtl("12 dams")


def test_counts_have_thin_spaces_and_the_right_noun() -> None:
    assert plural(1, "page") == "1 page"
    assert plural(12345, "page") == "12\u202f345 pages"
