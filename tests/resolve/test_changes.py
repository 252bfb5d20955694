"""What a judgement changed."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from onrecord.model import Judgement
from onrecord.resolve.changes import Changes, changed
from onrecord.resolve.forms import collect
from onrecord.resolve.groundwork import Groundwork
from onrecord.resolve.prepare import prepare
from onrecord.resolve.sources import Resolution, settle

NAMES = ("Rami Haddad", "Ramy Haddad", "Lina Salem", "Lina Salem", "Omar Nasser", "Haddad", None)


@pytest.fixture(scope="module")
def ground() -> Groundwork:
    speakers: list[dict[str, Any]] = [
        {"name": name, "type": name and "person", "role": None, "organisation": None, "description": None}
        for name in NAMES
    ]
    statements = [
        {"id": f"s{number}", "article_id": f"a{number}", "act": "says", "speaker": speaker}
        for number, speaker in enumerate(speakers)
    ]
    articles = [
        {"id": f"a{number}", "site": "The Post", "published": "2010-01-01", "text": ""} for number in range(len(NAMES))
    ]
    return prepare(collect([(pa.Table.from_pylist(statements), pa.Table.from_pylist(articles))]))


def _id(resolution: Resolution, name: str) -> str:
    head = resolution.of_form(name, "person")
    assert head is not None
    return head.id


def _changes(
    ground: Groundwork, verb: str, subject: str, object: str | None = None, basis: str | None = None
) -> Changes:
    plain = settle(ground)
    subject = _id(plain, subject) if " " in subject else subject
    return changed(plain, settle(ground, [Judgement("j", verb, subject, object, "Mona", "2020-01-01", "", basis)]))


def test_without_a_judgement_nothing_changed(ground: Groundwork) -> None:
    assert changed(settle(ground), settle(ground)) == Changes({}, frozenset(), {})


def test_joining_two_tells_the_statements_that_moved_and_the_source_that_is_no_more(ground: Groundwork) -> None:
    plain = settle(ground)
    salem, nasser = _id(plain, "Lina Salem"), _id(plain, "Omar Nasser")
    found = _changes(ground, "same", "Omar Nasser", salem, "Omar Nasser | Lina Salem")
    assert {id: (was and was.id, now and now.id) for id, (was, now) in found.statements.items()} == {
        "s4": (nasser, salem)
    }
    assert found.sources[nasser] is None
    joined = found.sources[salem]
    assert joined is not None
    assert (joined.name, joined.statements) == ("Lina Salem", 3)
    assert set(found.sources) == {nasser, salem}


def test_parting_two_spellings_tells_both_lives(ground: Groundwork) -> None:
    found = _changes(ground, "not-same", "Rami Haddad", "x", "Rami Haddad | Ramy Haddad")
    assert set(found.statements) == {"s1"} or set(found.statements) == {"s0"}
    assert sorted(source.name for source in found.sources.values() if source) == ["Rami Haddad", "Ramy Haddad"]


def test_a_rename_touches_all_statements_of_the_source(ground: Groundwork) -> None:
    found = _changes(ground, "rename", "Lina Salem", "L. Salem", "Lina Salem")
    assert set(found.statements) == {"s2", "s3"}
    assert [source and source.name for source in found.sources.values()] == ["L. Salem"]


def test_a_statement_of_nobody_can_be_given_to_someone(ground: Groundwork) -> None:
    found = _changes(ground, "wrong-speaker", "s6", "Lina Salem")
    assert [(was, now and now.name) for was, now in found.statements.values()] == [(None, "Lina Salem")]
    (source,) = found.sources.values()
    assert source is not None
    assert source.statements == 3


def test_what_is_hidden_is_told_and_its_source_counted_anew(ground: Groundwork) -> None:
    struck = _changes(ground, "not-a-statement", "s2")
    assert struck.statements == {}
    assert struck.hidden == {"s2"}
    assert [source and source.statements for source in struck.sources.values()] == [1]
    withheld = _changes(ground, "withhold", "Lina Salem")
    assert list(withheld.sources.items()) == [(_id(settle(ground), "Lina Salem"), None)]


def test_two_ways_to_the_same_resolution_are_one(ground: Groundwork) -> None:
    plain = settle(ground)
    judgement = Judgement("j", "rename", _id(plain, "Lina Salem"), "L. Salem", "Mona", "2020-01-01", "", "Lina Salem")
    undo = Judgement("k", "undo", judgement.subject, "j", "Mona", "2020-01-02")
    assert changed(plain, settle(ground, [judgement, undo])) == Changes({}, frozenset(), {})
    there, back = changed(plain, settle(ground, [judgement])), changed(settle(ground, [judgement]), plain)
    assert {id: (now, was) for id, (was, now) in there.statements.items()} == back.statements
