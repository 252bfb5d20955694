"""``onrecord sources`` and ``onrecord ledger`` on a small archive of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord.cli import ledger, sources
from onrecord.engine.build import build
from onrecord.settings import Settings
from onrecord.store.results import StatementHit

TEXTS = {
    "2014-02-03": "The bridge will open in May, Rami Haddad, a spokesman for the Water Council, said on Monday.",
    "2015-02-03": '"The bridge is closed," said Ramy Hadad, a spokesman for the Water Council.',
    "2016-02-03": '"Nobody asked us," said Lina Salem. "The bridge is closed," said Rami Haddad.',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    rows = [{"id": day, "text": text, "published": day, "site": "The Post"} for day, text in TEXTS.items()]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build([folder / "in.jsonl"], folder / "archive", settings=Settings(workers=1, attributor="rules"))
    return folder / "archive"


def _sources(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(sources.command, [str(archive), *arguments])


def _ledger(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(ledger.command, [str(archive), *arguments], catch_exceptions=True)


def test_sources_are_listed_with_the_most_quoted_first(built: Path) -> None:
    data = json.loads(_sources(built, "--json").output)["data"]
    counts = [source["statements"] for source in data]
    assert counts == sorted(counts, reverse=True)
    assert data[0]["name"] == "Rami Haddad"


def test_sources_of_one_type_are_listed(built: Path) -> None:
    assert json.loads(_sources(built, "--type", "persons", "--json").output)["data"]
    data = json.loads(_sources(built, "--type", "anonymous", "--json").output)["data"]
    assert all(source["type"] == "anonymous" for source in data)


def test_one_name_shows_a_life(built: Path) -> None:
    shown = _sources(built, "Ramy Hadad").output
    assert shown.startswith("Rami Haddad")
    assert "2014-02-03 to 2016-02-03" in shown
    assert "quoted beside" in shown


def test_why_gives_the_reasons(built: Path) -> None:
    assert _sources(built, "--why", "Rami Haddad", "Ramy Hadad").output.startswith("one source")
    shown = _sources(built, "--why", "Rami Haddad", "Lina Salem")
    assert shown.output.startswith("two sources")
    answer = json.loads(_sources(built, "--why", "Rami Haddad", "Lina Salem", "--json").output)["data"]
    assert answer["same"] is False


def test_a_name_that_is_not_there_is_said_so(built: Path) -> None:
    result = _sources(built, "Nobody At All")
    assert "has no source" in str(result.exception)


def test_a_judgement_holds_until_it_is_undone(built: Path) -> None:
    made = _ledger(built, "add", "not-same", "Rami Haddad", "Ramy Hadad", "--who", "Mona", "--why", "two men")
    assert made.exit_code == 0, made.output
    assert _sources(built, "--why", "Rami Haddad", "Ramy Hadad").output.startswith("two sources")
    identifier = made.output.split()[0]
    exported = _ledger(built, "export").output
    undone = _ledger(built, "undo", identifier, "--who", "Karim")
    assert undone.exit_code == 0, undone.output
    assert _sources(built, "--why", "Rami Haddad", "Ramy Hadad").output.startswith("one source")
    assert "[taken back]" in _ledger(built, "list").output
    again = CliRunner().invoke(ledger.command, [str(built), "import", "-"], input=exported)
    assert again.output == "0 judgements added, 1 known already\n"


def test_a_judgement_that_no_longer_fits_is_reported(built: Path, tmp_path: Path) -> None:
    foreign = {
        "verb": "same", "subject": "0" * 16, "object": "1" * 16, "who": "Mona", "when": "2020-01-01", "why": "",
        "basis": "Someone | Someone Else",
    }  # fmt: skip
    from onrecord.store.ledger import Ledger

    other = Ledger(tmp_path / "other.db")
    other.add(**foreign)
    result = CliRunner().invoke(ledger.command, [str(built), "import", "-"], input="\n".join(other.export()))
    assert result.exit_code == 0, result.output
    assert "NO LONGER FITS: the archive no longer has 'Someone' and 'Someone Else'" in _ledger(built, "list").output
    listed = json.loads(_ledger(built, "list", "--json").output)["data"]
    assert [row["conflict"] for row in listed if row["conflict"]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "merge", "a", "b", "--who", "x"], "there is no judgement"),
        (["add", "same", "Nobody", "Rami Haddad", "--who", "x"], "has no source"),
        (["add", "wrong-speaker", "0000", "Rami Haddad", "--who", "x"], "no statement"),
        (["undo", "0000", "--who", "x"], "no judgement"),
        (["add", "same", "Rami Haddad", "Rami Haddad", "--who", "x"], "both are one"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused(built: Path, arguments: list[str], message: str) -> None:
    result = _ledger(built, *arguments)
    assert result.exit_code != 0
    assert message in str(result.exception)


def _statement(archive: Path, words: str) -> StatementHit:
    (hit,) = [hit for hit in onrecord.open(archive).statements(words) if words in hit.statement.words]
    return hit


def test_another_speaker_is_shown_and_found_wherever_the_statement_is(built: Path) -> None:
    id = _statement(built, "Nobody asked us").id
    made = _ledger(built, "add", "wrong-speaker", id, "Rami Haddad", "--who", "Mona")
    hit = _statement(built, "Nobody asked us")
    assert (hit.source_name, hit.statement.speaker.name) == ("Rami Haddad", "Rami Haddad")
    found = [hit.id for hit in onrecord.open(built).statements("source:salem")]
    assert id not in found
    _ledger(built, "undo", made.output.split()[0], "--who", "Mona")
    assert _statement(built, "Nobody asked us").statement.speaker.name == "Lina Salem"


def test_other_words_are_shown_with_their_place_until_they_are_taken_back(built: Path) -> None:
    hit = _statement(built, "Nobody asked us")
    start = TEXTS["2016-02-03"].index("asked us")
    made = _ledger(built, "add", "wrong-span", hit.id, f"[[{start}, {start + 8}]]", "--who", "Mona")
    shown = onrecord.open(built).statement(hit.id).statement
    assert (shown.words, shown.content) == ("asked us", ((start, start + 8),))
    _ledger(built, "undo", made.output.split()[0], "--who", "Mona")
    assert onrecord.open(built).statement(hit.id).statement == hit.statement


@pytest.mark.parametrize("spans", ["", "x", "[]", "[[5, 3]]", "[[0, 99999]]", "[[0, 2], [1, 3]]", "[[true, 2]]"])
def test_what_are_no_words_of_the_article_is_refused(built: Path, spans: str) -> None:
    result = _ledger(built, "add", "wrong-span", _statement(built, "Nobody asked us").id, spans, "--who", "Mona")
    assert "wrong-span takes" in str(result.exception)


@pytest.mark.parametrize("name", ["رامي حداد", "Rami Hadad", "Lina Saleem"])
def test_a_name_is_found_in_another_spelling_and_script(built: Path, name: str) -> None:
    listed = json.loads(_sources(built, name, "--json").output)["data"]
    assert listed[0]["name"] in ("Rami Haddad", "Lina Salem")


ALIASES = [
    "Twelve boats sank, the Gulf Watch for Sailors (GWS) said on Monday.",
    '"Nobody counted them," said the Gulf Watch for Sailors.',
    '"It was a calm night," GWS said on Tuesday.',
    "Karim Nasser, better known as Abu Sarim, said on Monday that the road was closed.",
    '"The road is open," said Abu Sarim.',
    '"The road was never closed," said Karim Nasser.',
]


def test_what_articles_bind_is_one_source(tmp_path: Path) -> None:
    rows = [{"id": f"a{number}", "text": text, "published": "2015-01-01"} for number, text in enumerate(ALIASES)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build([tmp_path / "in.jsonl"], tmp_path / "archive", settings=Settings(workers=1, attributor="rules"))
    for name, other in (("Gulf Watch for Sailors", "GWS"), ("Karim Nasser", "Abu Sarim")):
        shown = _sources(tmp_path / "archive", other).output
        assert shown.startswith(name)
        assert _sources(tmp_path / "archive", "--why", name, other).output.startswith("one source")


def test_a_type_that_there_is_not_is_refused(built: Path) -> None:
    assert "is not one of" in _sources(built, "--type", "people").output
