"""Copies and claims from build to build. The texts are our own."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.engine import relations, reuse
from onrecord.engine.kept import Arrays
from onrecord.model import (
    Act,
    Article,
    Capture,
    Claim,
    Copy,
    Kind,
    ShardContents,
    Speaker,
    SpeakerType,
    Statement,
    statement_id,
    text_digest,
)
from onrecord.resolve.alignment import Alignment, align
from onrecord.store import tables
from onrecord.store.entries import Entry
from onrecord.store.shards import write_shard

SENTENCES = [
    "The governor of Velmar province closed the Lower Tarn dam on Tuesday after a crack was found in its spillway.",
    "Ilse Marrin said that the crack in the Lower Tarn spillway was found by a fisherman in March.",
    "Some 4,300 people in six villages below the dam were told to leave their homes before nightfall.",
    "Buses took the evacuated families to a school in Tessen, where the army set up field kitchens.",
]
CONTENT = "that the crack in the Lower Tarn spillway was found by a fisherman in March"


SAYINGS = [
    f"{name} said {words}."
    for name in ("Ilse Marrin", "Bram Okoro", "Dana Veld")
    for words in (
        CONTENT,
        "that the crack in the Lower Tarn spillway was never found by a fisherman in March",
        "that 14 people were hurt when the wall of the school in Tessen fell down",
        "that 40 people were hurt when the wall of the school in Tessen fell down",
        "that grain for the northern mills would be unloaded in Port Anselm by Friday",
    )
]


def entry(number: int) -> Entry:
    return told(number, [*SENTENCES, f"The reservoir stood at {60 + number} per cent that evening."])


def told(number: int, sentences: Sequence[str]) -> Entry:
    text = "\n\n".join(sentences)
    id, capture = f"article{number}", Capture(f"c{number}", "made-up.txt", "text", "sha256:0", len(text))
    article = Article(id, capture.id, None, None, text, text_digest(text), published=f"2009-05-{number:02}")
    statements, at = [], 0
    for sentence in sentences:
        name, said, words = sentence.rstrip(".").partition(" said ")
        if said:
            begin = at + len(name + said)
            source, content = ((at, at + len(name)),), ((begin, begin + len(words)),)
            statements.append(
                Statement(
                    statement_id(id, article.revision, source, (), content), id, article.revision, source, (), content,
                    Kind.INDIRECT, Act.SAYS, Speaker(name, SpeakerType.PERSON), words,
                )
            )  # fmt: skip
        at += len(sentence) + 2
    return Entry(article, capture, tuple(statements))


def shard(folder: Path, *entries: Entry) -> Path:
    contents = ShardContents(
        tuple(entry.capture for entry in entries),
        tuple(entry.article for entry in entries),
        tuple(statement for entry in entries for statement in entry.statements),
    )
    write_shard(folder, contents, ())
    return folder


def build(
    shards: Sequence[Path], folder: Path, before: Path | None, hidden: frozenset[str] = frozenset()
) -> tuple[tuple[Copy, ...], tuple[Claim, ...]]:
    folder.mkdir()
    copies = reuse.find(shards, hidden, folder, before)
    return copies, relations.claims(shards, lambda statement: None, hidden, copies, (), folder, before)


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Three shards of one article each."""
    return [shard(tmp_path / f"shard{number}", entry(number)) for number in (1, 2, 3)]


def test_prints_of_one_saying_are_one_claim_of_one_origin(tmp_path: Path, three: list[Path]) -> None:
    copies, (claim,) = build(three[:2], tmp_path / "1", None)
    assert [copy.relation for copy in copies] == ["copy"]
    assert len(claim.statements) == 2
    assert claim.why == "2 prints, 1 utterance, 1 origin: Ilse Marrin (2 prints)"
    assert list(tables.read(Claim, tmp_path / "1" / "claims.parquet")) == [claim]


def test_what_an_earlier_build_made_of_a_shard_is_taken_over(
    tmp_path: Path, three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(three[:2], tmp_path / "1", None)
    made: list[Path] = []

    def noted(make: Callable[[Path], Arrays], path: Path) -> Arrays:
        made.append(path)
        return make(path)

    for module, name in ((reuse, "_mark"), (relations, "_say")):
        monkeypatch.setattr(module, name, functools.partial(noted, getattr(module, name)))
    build(three, tmp_path / "2", tmp_path / "1")
    assert made == [three[2], three[2]]


def test_only_pairs_with_a_new_article_are_laid_side_by_side(
    tmp_path: Path, three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(three[:2], tmp_path / "1", None)
    aligned: list[int] = []

    def noted(*sides: Any) -> Alignment:
        aligned.append(1)
        return align(*sides)

    monkeypatch.setattr("onrecord.resolve.copies.align", noted)
    copies, _ = build(three, tmp_path / "2", tmp_path / "1")
    assert (len(copies), len(aligned)) == (3, 2)


def test_a_damaged_generation_costs_time_and_nothing_else(tmp_path: Path, three: list[Path]) -> None:
    found = build(three, tmp_path / "1", None)
    for path in (tmp_path / "1" / "relations").iterdir():
        path.write_bytes(path.read_bytes()[:40])
    assert build(three, tmp_path / "2", tmp_path / "1") == found


def test_what_is_hidden_is_in_no_copy_and_no_claim(tmp_path: Path, three: list[Path]) -> None:
    copies, claims = build(three[:2], tmp_path / "1", None, frozenset({"article2"}))
    assert (copies, claims) == ((), ())


def test_what_was_read_by_number_is_gone_when_a_build_is_done(tmp_path: Path, three: list[Path]) -> None:
    build(three, tmp_path / "1", None)
    assert not [path for path in (tmp_path / "1" / "relations").iterdir() if path.name.startswith(".")]


def test_what_was_not_compared_is_written_down(tmp_path: Path, three: list[Path]) -> None:
    build(three, tmp_path / "1", None)
    nothing = {"common_keys": 0, "meetings_left_out": 0}
    noted = json.loads((tmp_path / "1" / "relations" / "left-out.json").read_text(encoding="utf-8"))
    assert noted == {"articles": nothing, "statements": nothing}


@st.composite
def archives(draw: st.DrawFn) -> list[list[Entry]]:
    """Shards of a few articles each, made from sentences that return, in whole and changed a little."""
    made = 0
    folders = []
    for _ in range(draw(st.integers(2, 4))):
        entries = []
        for _ in range(draw(st.integers(0, 3))):
            made += 1
            entries.append(told(made, draw(st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=6))))
        folders.append(entries)
    return folders


@settings(max_examples=8, deadline=None)
@given(archives(), st.data())
def test_a_build_on_another_finds_what_one_from_nothing_finds(parts: list[list[Entry]], data: st.DataObject) -> None:
    """Whatever came first, and wherever the new shards stand in the order."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shards = [shard(folder / f"shard{i}", *entries) for i, entries in enumerate(parts)]
        first = [path for path in shards if data.draw(st.booleans())]
        build(first, folder / "1", None)
        added = build(shards, folder / "2", folder / "1")
        assert added == build(shards, folder / "3", None)
        for file in ("copies.parquet", "claims.parquet"):
            assert (folder / "2" / file).read_bytes() == (folder / "3" / file).read_bytes()
