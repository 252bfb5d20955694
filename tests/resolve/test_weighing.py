"""Many names weighed at once weigh what each pair of them weighs alone."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from onrecord.resolve.blocking import WINDOW, Keys, candidates, person_keys, person_order
from onrecord.resolve.compare import WEIGHTS, evidence, odds
from onrecord.resolve.hearing import Heard
from onrecord.resolve.names import parse_organisation, parse_person
from onrecord.resolve.sound import closeness
from onrecord.resolve.weighing import NOT_ONE, Organisations, Persons

PEOPLE = """
Rami Abdulrahman | Rami Abdel Rahman | Rami Abd al-Rahman | Rami Rahman | Abdulrahman Rami | Abu Rami al-Shami
Park Geun-hye | Geunhye Park | Park Geun Hye | Kim Jong-un | Kim Jong Un | Kim Jung Woon
John F. Kennedy | John Kennedy | John Fitzgerald Kennedy | Jack Kennedy | J. F. Kennedy | F. Kennedy
Robert Mason | Bob Mason | Bobby Masson | Roberto Mason | Mr. Robert Mason | Mrs. Robert Mason | Robert Mason Jr.
Ali Hassan Omar | Hassan Ali Omar | Ali bin Hassan Omar | Mohammed Ali Omar | Ali Omar | Muhammad Ali al-Omar
Abdel Fattah Elsisi | Abdel Fattah al-Sisi | Sisi | Ali Saleh ; Omar Hassan | Elalaoui Karim | Elena Karimova
Miguel Ángel Rodríguez López Santos de la Torre | Miguel Rodriguez | رامي عبد الرحمن | William "Bill" Omar | Bill Omar
A. Q. Khan | Abdul Qadeer Khan | Abd Khan | Olga Yegorova | Olga Egorova
""".replace("\n", " | ").split(" | ")
PEOPLE = [name for name in PEOPLE if name]
BODIES = (
    "the Syrian Observatory|Syrian Observatory for Human Rights|Katiba Media|Qatiba Media|Zoura Media|Zura Media Agency|"
    "SOHR|Ministry of Health|Gaza Ministry of Health|Zoura Ministry of Health|Zoura Media ; Katiba Media|وكالة زورا"
).split("|")


def test_words_heard_together_are_as_close_as_each_pair_alone() -> None:
    words = sorted({part.stem for name in PEOPLE for part in parse_person(name).parts} | {"a" * 30, "ba" * 15})
    one, other = (np.array(side) for side in zip(*combinations(range(len(words)), 2), strict=True))
    together = Heard(words).closeness(one, other)
    assert together.tolist() == [closeness(words[a], words[b]) for a, b in zip(one, other, strict=True)]


def _alone(a: str, b: str, kind: str) -> float:
    return WEIGHTS["start"] + odds(evidence(a, b, kind))


def test_persons_weighed_together_weigh_what_each_pair_weighs_alone() -> None:
    names = Persons()
    for name in PEOPLE:
        names.add(name, parse_person(name))
    pairs = list(combinations(range(len(PEOPLE)), 2))
    for (a, b), found in zip(pairs, names.odds(np.array(pairs)), strict=True):
        if found != NOT_ONE:
            assert found == _alone(PEOPLE[a], PEOPLE[b], "person"), (PEOPLE[a], PEOPLE[b])


@pytest.mark.parametrize("name", ["Sisi", "Ali Saleh ; Omar Hassan"])
def test_one_part_alone_and_several_people_are_no_one(name: str) -> None:
    names = Persons()
    for each in (name, "Ali Saleh", "Sisi"):
        names.add(each, parse_person(each))
    assert names.odds(np.array([[0, 1], [0, 2]])).tolist() == [NOT_ONE, NOT_ONE]


def test_organisations_weighed_together_weigh_what_each_pair_weighs_alone() -> None:
    names = Organisations()
    for name in BODIES:
        names.add(name, parse_organisation(name))
    pairs = list(combinations(range(len(BODIES)), 2))
    found = dict(zip(pairs, names.odds(np.array(pairs)), strict=True))
    for (a, b), weight in found.items():
        if weight != NOT_ONE:
            assert weight == _alone(BODIES[a], BODIES[b], "organisation"), (BODIES[a], BODIES[b])
    same = {(BODIES[a], BODIES[b]) for (a, b), weight in found.items() if weight > 0}
    assert ("Zoura Media", "Zura Media Agency") in same
    assert found[BODIES.index("Katiba Media"), BODIES.index("Zoura Media")] == NOT_ONE


def test_in_a_crowd_respellings_meet_and_what_was_left_out_is_counted() -> None:
    given = "Dana Deina Dina Dena Doona Duna Daina Tana Teina Tina Tona Tuna"
    crowd = [f"{each} {family}" for each in given.split() for family in ("Hakim", "Hakeem")]
    keys = Keys()
    for name in crowd:
        keys.add(person_keys(parse_person(name), ()))
    found = candidates(keys, [person_order(parse_person(name)) for name in crowd])
    assert found.crowded == 1
    assert len(crowd) > WINDOW
    assert len(found.pairs) + found.left_out == len(crowd) * (len(crowd) - 1) // 2
    assert [crowd.index("Dena Hakim"), crowd.index("Dena Hakeem")] in found.pairs.tolist()
