"""One source by several names, end to end: what an article binds, and a name in another script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import search, sources
from onrecord.engine.build import build
from onrecord.settings import Settings

TEXTS = [
    "The Harbour Observatory for Public Works (HOPW) said on Monday that nine cranes had stopped.",
    "HOPW said on Tuesday that two more cranes had stopped.",
    '"We counted them twice," said Rami Abdulrahman, the director.',
    "Rami Abdel Rahman said the port was calm.",
    "Abu Omar, whose real name is Khaled Mansour, said that his men would stay.",
    '"We will leave on Friday," said Khaled Mansour.',
    "Abu Omar said the road was open again.",
    "The Dawn Council, also known as Majlis al-Fajr, said it would talk.",
    "The Dawn Council said it had left the talks.",
    "The Union of River Fishers (URF) said the nets were empty.",
    "The United Roads Fund (URF) said the road would be paved.",
    "URF said it would answer next week.",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aliases")
    rows = [
        {"id": f"t{day}", "text": text, "published": f"2016-03-{day:02}", "site": "The Post"}
        for day, text in enumerate(TEXTS, 1)
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build([folder / "in.jsonl"], folder / "archive", settings=Settings(workers=1, attributor="rules"))
    return folder / "archive"


def _called(archive: Path, name: str) -> set[str]:
    shown = CliRunner().invoke(sources.command, [str(archive), name, "--json"])
    assert shown.exit_code == 0, shown.output
    return {variant["words"] for variant in json.loads(shown.stdout)["data"]["variants"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HOPW", "Harbour Observatory for Public Works"),  # an acronym
        ("Abu Omar", "Khaled Mansour"),  # a nom de guerre
        ("Rami Abdulrahman", "Rami Abdel Rahman"),  # a spelling
    ],
)
def test_names_that_an_article_binds_or_that_sound_alike_are_one_source(built: Path, one: str, other: str) -> None:
    assert {one, other} <= {name.removeprefix("the ").removeprefix("The ") for name in _called(built, one)}


def test_letters_that_two_articles_bind_to_two_names_join_neither(built: Path) -> None:
    assert _called(built, "URF") == {"URF"}


def test_a_name_in_arabic_script_finds_its_source(built: Path) -> None:
    listed = CliRunner().invoke(sources.command, [str(built), "رامي عبد الرحمن"])
    assert "Rami Ab" in listed.output


def test_a_speaker_is_searched_for_by_the_name_in_arabic_script(built: Path) -> None:
    found = CliRunner().invoke(search.command, [str(built), "--source", "رامي عبد الرحمن", "--json"])
    assert json.loads(found.stdout)["data"]["total"] == 2
    assert "the likest name" in found.stderr


def test_a_speaker_whom_nobody_sounds_like_is_not_found(built: Path) -> None:
    found = CliRunner().invoke(search.command, [str(built), "--source", "Wholly Unknown", "--json"])
    assert json.loads(found.stdout)["data"]["total"] == 0


def test_the_archive_holds_no_source_twice(built: Path) -> None:
    names = [source.name for source in onrecord.open(built).sources()]
    assert len(names) == len(set(names))
