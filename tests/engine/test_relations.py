"""Copies and claims from build to build. The texts are our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onrecord.engine import relations
from onrecord.model import (
    Act,
    Article,
    Capture,
    Claim,
    Copy,
    Kind,
    Speaker,
    SpeakerType,
    Statement,
    statement_id,
    text_digest,
)
from onrecord.resolve.links import Link
from onrecord.store import tables
from onrecord.store.entries import Entry

SENTENCES = [
    "The governor of Velmar province closed the Lower Tarn dam on Tuesday after a crack was found in its spillway.",
    "Ilse Marrin said that the crack in the Lower Tarn spillway was found by a fisherman in March.",
    "Some 4,300 people in six villages below the dam were told to leave their homes before nightfall.",
    "Buses took the evacuated families to a school in Tessen, where the army set up field kitchens.",
]
CONTENT = "that the crack in the Lower Tarn spillway was found by a fisherman in March"


def entry(number: int) -> Entry:
    text = "\n\n".join([*SENTENCES, f"The reservoir stood at {60 + number} per cent that evening."])
    article = Article(
        f"article{number}", f"c{number}", None, None, text, text_digest(text), published=f"2009-05-0{number}"
    )
    begin = text.index(CONTENT)
    source, content = ((text.index("Ilse"), text.index(" said")),), ((begin, begin + len(CONTENT)),)
    statement = Statement(
        statement_id(article.id, article.revision, source, (), content), article.id, article.revision, source, (),
        content, Kind.INDIRECT, Act.SAYS, Speaker("Ilse Marrin", SpeakerType.PERSON), CONTENT,
    )  # fmt: skip
    return Entry(article, Capture(f"c{number}", "made-up.txt", "text", "sha256:0", len(text)), (statement,))


def build(
    entries: list[Entry], folder: Path, before: Path | None, hidden: frozenset[str] = frozenset()
) -> tuple[tuple[Copy, ...], tuple[Claim, ...]]:
    folder.mkdir()
    read: Callable[[], list[Entry]] = lambda: entries  # noqa: E731
    copies = relations.copies(read, hidden, folder, before)
    return copies, relations.claims(read, lambda statement: None, hidden, copies, (), folder, before)


def test_prints_of_one_saying_are_one_claim_of_one_origin(tmp_path: Path) -> None:
    copies, (claim,) = build([entry(1), entry(2)], tmp_path / "1", None)
    assert [copy.relation for copy in copies] == ["copy"]
    assert len(claim.statements) == 2
    assert claim.why == "2 prints, 1 utterance, 1 origin: Ilse Marrin (2 prints)"
    assert list(tables.read(Claim, tmp_path / "1" / "claims.parquet")) == [claim]


def test_what_an_earlier_build_found_is_kept_and_only_the_new_is_compared(tmp_path: Path) -> None:
    build([entry(1), entry(2)], tmp_path / "1", None)
    links = tmp_path / "1" / relations._name("links")
    (link,) = tables.read(Link, links)
    links.unlink()
    tables.write(Link, [Link(link.a, link.b, link.kind, 0.4321)], links)
    copies, (claim,) = build([entry(1), entry(2), entry(3)], tmp_path / "2", tmp_path / "1")
    assert len(copies) == 3
    assert len(claim.statements) == 3
    assert 0.4321 in [kept.score for kept in tables.read(Link, tmp_path / "2" / relations._name("links"))]


def test_two_builds_find_what_one_finds(tmp_path: Path) -> None:
    build([entry(1), entry(2)], tmp_path / "1", None)
    assert build([entry(1), entry(2), entry(3)], tmp_path / "2", tmp_path / "1") == build(
        [entry(1), entry(2), entry(3)], tmp_path / "3", None
    )


def test_what_is_hidden_is_in_no_copy_and_no_claim(tmp_path: Path) -> None:
    copies, claims = build([entry(1), entry(2)], tmp_path / "1", None, frozenset({"article2"}))
    assert (copies, claims) == ((), ())
