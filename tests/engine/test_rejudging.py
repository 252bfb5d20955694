"""A judgement costs what it changes, and gives what a build from nothing gives. The texts are our own."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from onrecord.engine import calling, generation
from onrecord.engine.generation import derive
from onrecord.store import entries
from onrecord.store.archive import Archive
from onrecord.store.layout import Layout, create
from onrecord.store.ledger import Ledger
from onrecord.store.results import SCOPES, Filters

from .test_relations import CONTENT, SAYINGS, shard, told

PAGES = [told(number, [SAYINGS[(number * 5 + step) % len(SAYINGS)] for step in range(4)]) for number in range(1, 7)]
STATEMENTS = [statement.id for page in PAGES for statement in page.statements]


def archive(folder: Path) -> Layout:
    made = create(folder)
    for number, page in enumerate(PAGES):
        shard(made.shards / f"shard{number}", page)
    derive(made)
    return made


def shown(layout: Layout) -> dict[str, Any]:
    """Everything that a reader finds."""
    opened = Archive.open(layout.path)
    pages = {scope: opened.search("", scope=scope, limit=1000, sort="date") for scope in SCOPES}
    return {
        "hits": {scope: (page.hits, page.total, page.timeline) for scope, page in pages.items()},
        "facets": {facet.name: sorted(facet.values, key=repr) for facet in pages["statements"].facets},
        "sources": sorted(opened.sources(), key=lambda source: source.id),
        "claims": sorted(opened.claims(), key=lambda claim: claim.id),
        "card": replace(opened.card, last=0),
    }


def from_nothing(layout: Layout, folder: Path) -> dict[str, Any]:
    """What a build from the same shards and ledger gives."""
    shutil.copytree(layout.path, folder)
    shutil.rmtree(folder / "generations")
    layout = type(layout)(folder)
    layout.current.unlink()
    derive(layout)
    return shown(layout)


def judgements() -> st.SearchStrategy[tuple[str, int, int]]:
    verbs = ("same", "not-same", "rename", "wrong-speaker", "not-a-statement", "withhold", "withhold source", "undo",
             "same-claim", "not-same-claim", "independent")  # fmt: skip
    return st.tuples(st.sampled_from(verbs), st.integers(0, 99), st.integers(0, 99))


def judge(layout: Layout, verb: str, one: int, other: int) -> None:
    ledger = Ledger(layout.ledger)
    sources = sorted(Archive.open(layout.path).sources(), key=lambda source: source.name)
    a, b = sources[one % len(sources)], sources[other % len(sources)]
    statement, second = STATEMENTS[one % len(STATEMENTS)], STATEMENTS[other % len(STATEMENTS)]
    if verb in ("same", "not-same") and a.id != b.id:
        ledger.add(verb, a.id, b.id, who="t", basis=f"{a.name} | {b.name}")
    elif verb == "rename":
        ledger.add(verb, a.id, "Somebody Else", who="t", basis=a.name)
    elif verb == "wrong-speaker":
        ledger.add(verb, statement, b.name, who="t")
    elif verb in ("not-a-statement", "withhold"):
        ledger.add(verb, statement, who="t")
    elif verb == "withhold source" and len(sources) > 2:
        ledger.add("withhold", a.id, who="t", basis=a.name)
    elif verb.endswith("claim") or verb == "independent":
        if statement != second:
            ledger.add(verb, statement, second, who="t")
    elif verb == "undo" and (last := ledger.read()) and last[-1].verb != "undo":
        ledger.undo(last[-1].id, who="t")


@settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.lists(judgements(), min_size=2, max_size=4), st.sampled_from((0, calling.MANY)))
def test_after_each_judgement_a_reader_finds_what_a_build_from_nothing_gives(
    made: list[tuple[str, int, int]], many: int
) -> None:
    with tempfile.TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        patch.setattr(calling, "MANY", many)
        layout = archive(Path(scratch, "archive"))
        for number, judgement in enumerate(made):
            judge(layout, *judgement)
            derive(layout)
            now, anew = shown(layout), from_nothing(layout, Path(scratch, str(number)))
            if any(each.verb in ("same", "not-same", "wrong-speaker", "undo") for each in Ledger(layout.ledger).read()):
                for side in (
                    now,
                    anew,
                ):  # who says the same as a statement with a new speaker is asked by the next build
                    del side["claims"], side["card"]
            if not many:  # what claims say of a source by its name follows at the next build
                for side in (now, anew):
                    side.pop("claims", None)
                    side.pop("card", None)
            assert now == anew


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return archive(tmp_path_factory.mktemp("judged") / "archive")


def test_a_judgement_reads_only_the_articles_that_it_is_about(built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: object, **named: object) -> None:
        raise AssertionError("all was read")

    monkeypatch.setattr(generation, "_write", never)
    monkeypatch.setattr(entries, "read", never)
    for verb, subject, object in [
        ("not-a-statement", STATEMENTS[0], None),
        ("wrong-speaker", STATEMENTS[1], "Bram Okoro"),
        ("same-claim", STATEMENTS[1], STATEMENTS[2]),
        ("withhold", STATEMENTS[3], None),
    ]:
        Ledger(built.ledger).add(verb, subject, object, who="t")
        derive(built)
        Ledger(built.ledger).undo(Ledger(built.ledger).read()[-1].id, who="t")
        derive(built)


def test_what_is_withheld_is_found_no_more_and_comes_back_by_an_undo(built: Layout) -> None:
    def found() -> list[str]:
        return [hit.id for hit in Archive.open(built.path).search(f'"{CONTENT}"', limit=100).hits]

    before = found()
    made = Ledger(built.ledger).add("withhold", before[0], who="t")
    derive(built)
    assert sorted(found()) == sorted(before[1:])
    Ledger(built.ledger).undo(made.id, who="t")
    derive(built)
    assert sorted(found()) == sorted(before)


def test_an_article_that_is_withheld_is_left_to_a_build(built: Layout) -> None:
    made = Ledger(built.ledger).add("withhold", PAGES[0].article.id, who="t")
    derive(built)
    assert all(hit.article.id != PAGES[0].article.id for hit in Archive.open(built.path).search("", limit=1000).hits)
    Ledger(built.ledger).undo(made.id, who="t")
    derive(built)


@pytest.mark.parametrize("verb", ["independent", "not-independent"])
def test_what_is_judged_of_two_articles_counts_for_the_claims_of_their_statements(tmp_path: Path, verb: str) -> None:
    layout = archive(tmp_path / "archive")
    claim = max(Archive.open(layout.path).claims(), key=lambda claim: len(claim.statements))
    article_of = {statement.id: statement.article_id for page in PAGES for statement in page.statements}
    one, other = sorted({article_of[id] for id in claim.statements})[:2]
    Ledger(layout.ledger).add(verb, one, other, who="t")
    derive(layout)
    assert shown(layout) == from_nothing(layout, tmp_path / "anew")


def test_a_source_with_many_statements_is_renamed_and_joined_without_writing_them_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "MANY", 0)
    layout = archive(tmp_path / "archive")
    first, second, *_ = sources = list(Archive.open(layout.path).sources())
    ledger = Ledger(layout.ledger)
    ledger.add("same", first.id, second.id, who="t", basis=f"{first.name} | {second.name}")
    ledger.add("rename", first.id, "Somebody Else", who="t", basis=first.name)
    written = {path.name for path in (layout.path / "generations/1/index/statements").iterdir()}
    derive(layout)
    assert {path.name for path in (layout.path / "generations/2/index/statements").iterdir()} <= written
    opened = Archive.open(layout.path)
    (joined,) = opened.sources("Somebody Else")
    assert joined.statements == first.statements + second.statements
    for found in (
        opened.statements(source=joined.id),
        opened.statements('source:"somebody else"'),
        opened.statements(filters=Filters(source=(joined.id,))),
    ):
        assert {(hit.source_id, hit.source_name) for hit in found} == {(joined.id, "Somebody Else")}
        assert len(list(found)) == joined.statements
    facet = opened.values("source", most=50)
    assert [(value.value, value.count) for value in facet.values if value.label == "Somebody Else"] == [
        (joined.id, joined.statements)
    ]
    for judgement in reversed(ledger.read()):
        ledger.undo(judgement.id, who="t")
    derive(layout)
    assert {source.id: source for source in Archive.open(layout.path).sources()} == {each.id: each for each in sources}
    assert not list(Archive.open(layout.path).statements('source:"somebody else"'))
