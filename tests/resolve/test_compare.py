"""Names: what is one, what is two, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.names import command
from onrecord.resolve.compare import WEIGHTS, compare
from onrecord.resolve.names import parse_organisation, parse_person
from onrecord.resolve.romanise import romanise
from onrecord.resolve.sound import distance, skeleton, sounds

SAME = [
    # one sound, many spellings
    ("person", "Hassan Abdel Azim", "Hasan Abdul Azeem"),
    ("person", "Abd Rabbuh Mansur Hadi", "Abdrabbuh Mansour Hadi"),
    ("person", "Nouri Abusahmain", "Nuri Abu Sahmain"),
    ("person", "Munsif al-Marzouqi", "Moncef Marzouki"),
    ("person", "Noureddin Bedoui", "Nour al-Din Bedoui"),
    ("person", "Gholam Hossein Mohseni Ejei", "Gholamhossein Mohseni-Ejei"),
    ("person", "Mao Tse-tung", "Mao Zedong"),
    ("person", "Tsai Ing-wen", "Ing-wen Tsai"),
    ("person", "Yi Myung-bak", "Lee Myung-bak"),
    ("person", "Arseniy Yatsenyuk", "Arsenii Yatseniuk"),
    ("person", "Sviatlana Tsikhanouskaya", "Svetlana Tikhanovskaya"),
    # other scripts
    ("person", "رامي عبد الرحمن", "Rami Abdulrahman"),
    ("person", "محمد البرادعي", "Mohamed ElBaradei"),
    ("person", "Михаил Горбачёв", "Mikhail Gorbachev"),
    # what stands around a name
    ("person", 'George "Jay" Keyworth', "Jay Keyworth"),
    ("person", "Clinton, Hillary", "Secretary of State Hillary Rodham Clinton"),
    ("person", "Jim Mattis", "Gen. James N. Mattis"),
    ("organisation", "the outlawed Kurdistan Workers' Party", "Kurdistan Workers Party"),
    ("organisation", "Russia's TASS news agency", "Tass"),
    ("organisation", "U.S. State Department", "the State Department"),
    ("organisation", "League for Human Rights (LHR)", "LHR"),
    ("organisation", "World Health Organisation", "World Health Organization"),
]
DIFFERENT = [
    ("person", "Uday Hussein", "Qusay Hussein"),
    ("person", "Mahmoud Salem", "Mohammed Salem"),
    ("person", "Hassan Rouhani", "Hussein Rouhani"),
    ("person", "Donald Trump", "Donald Trump Jr."),
    ("person", "George W. Bush", "George H.W. Bush"),
    ("person", "Mr. Pat Smith", "Mrs. Pat Smith"),
    ("person", "Nayef bin Saud", "Saud bin Nayef"),
    ("person", "Ahmed Salem Khaled", "Salem Khaled"),
    ("person", "Kim Il-sung", "Kim Jong-il"),
    ("person", "Obama", "Barack Obama"),
    ("person", "Michael Kofman", "Mike Coffman"),
    ("person", "Dan Backer", "Dean Baker"),
    ("organisation", "U.S. Chamber of Commerce", "Hollywood Chamber of Commerce"),
    ("organisation", "Harbour Committee", "Harbour Drafting Committee"),
    ("person", "Hafez Omar Nasser", "Hafez Nasser"),
    ("organisation", "Egyptian Interior Ministry", "Syrian Interior Ministry"),
    ("organisation", "Senate Judiciary Committee", "House Judiciary Committee"),
    ("organisation", "Washington Post", "Washington Times"),
    ("organisation", "FBI", "CIA"),
    ("organisation", "Hezbollah", "Kataib Hezbollah"),
    ("organisation", "Hezbollah", "Hezbollah leader"),
    ("mixed", "Wagner", "Wagner"),
]


@pytest.mark.parametrize(("type", "a", "b"), SAME)
def test_spellings_of_one_name_are_the_same_in_either_order(type: str, a: str, b: str) -> None:
    found = compare(a, b, type)
    assert found.same, found.why
    assert compare(b, a, type).same


@pytest.mark.parametrize(("type", "a", "b"), DIFFERENT)
def test_look_alikes_are_not_the_same_in_either_order(type: str, a: str, b: str) -> None:
    found = compare(a, b, type)
    assert not found.same, found.why
    assert not compare(b, a, type).same


def test_the_score_is_made_of_its_reasons() -> None:
    found = compare("Rami Abdel Rahman", "Rami Abdulrahman", "person")
    assert all(reason.what in WEIGHTS for reason in found.reasons)
    assert "first parts agree: rami" in found.why


def test_letters_that_fit_a_name_are_said_to_be_its_initials() -> None:
    assert "initials of the other: HRW" in compare("HRW", "Human Rights Watch", "organisation").why


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("Sheikh Moaz al-Khatib", ["moaz", "khatib"]),
        ("Abdurrahman Mustafa", ["abdrahman", "mustafa"]),
        ("Abu Bakr al-Baghdadi", ["abubakr", "baghdadi"]),
        ("Qassem Saad Eddine", ["qassem", "saadudin"]),
        ("U.S. President-elect Donald J. Trump", ["donald", "j", "trump"]),
        ("Sen. Bernie Sanders (I-Vt.)", ["bernie", "sanders"]),
        ("JK Rowling", ["j", "k", "rowling"]),
        ("Ursula von der Leyen", ["ursula", "leyen"]),
    ],
)
def test_a_person_is_taken_apart(printed: str, parts: list[str]) -> None:
    assert [part.text for part in parse_person(printed).parts] == parts


def test_cyrillic_and_arabic_are_spelled_as_the_press_does() -> None:
    assert romanise("Юрий Щербак") == "yuriy shcherbak"
    assert romanise("غزة") == "ghza"
    assert romanise("Erdoğan, Çiçek") == "erdogan, chichek"


def test_a_skeleton_survives_respelling() -> None:
    assert len({skeleton(word) for word in ("qadhafi", "gaddafi", "kadhafi", "khadafy", "gheddafi")}) == 1


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["person", "organisation", "group", "mixed"]))
def test_any_two_texts_can_be_compared(a: str, b: str, type: str) -> None:
    found = compare(a, b, type)
    assert 0 <= found.score <= 1
    assert found.same == compare(b, a, type).same


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(text: str) -> None:
    assert all(part.stem.isascii() for part in parse_person(text).parts)
    assert all(word.text for word in parse_organisation(text).words)


@given(st.text("abdeghiklmnoqrstuwy", min_size=1, max_size=12), st.text("abdeghiklmnoqrstuwy", min_size=1, max_size=12))
def test_the_distance_of_sounds_is_symmetric_and_nought_for_the_same(a: str, b: str) -> None:
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert distance(a, a) == 0
    assert (distance(a, b) == 0) or sounds(a) != sounds(b)


def test_the_command_answers_each_pair_and_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"a": "Ali Saleh", "b": "Aly Salih", "type": "person"}\n\n', encoding="utf-8")
    result = CliRunner().invoke(command, [str(file)])
    answer = json.loads(result.output)
    assert answer["same"] is True
    assert set(answer) >= {"a", "b", "same", "score", "why"}
    file.write_text('{"a": "x"}\n', encoding="utf-8")
    result = CliRunner().invoke(command, [str(file)])
    assert "line 1" in str(result.exception)
