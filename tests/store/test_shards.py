from __future__ import annotations

import dataclasses
import typing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import model
from onrecord.model import Article, Capture, ShardContents, Skip, Statement
from onrecord.store import shards, tables
from onrecord.store.shards import InputFile

WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
INPUT = InputFile(file="pages/a.html", place="../pages/a.html", digest="sha256:00", size=3, kind="html")


def strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type; text without lone surrogates, which no page's text can hold."""
    inner = typing.get_args(hint)
    if hint is str:
        return WORDS
    if hint is int:
        return st.integers(-(2**63), 2**63 - 1)
    if hint is float:
        return st.floats(allow_nan=False)
    if type(None) in inner:
        return st.none() | strategy(next(kind for kind in inner if kind is not type(None)))
    if typing.get_origin(hint) is tuple:
        if inner[1] is Ellipsis:
            return st.lists(strategy(inner[0]), max_size=3).map(tuple)
        return st.tuples(*(strategy(kind) for kind in inner))
    if dataclasses.is_dataclass(hint):
        return record(typing.cast(type, hint))
    return st.sampled_from(list(hint))


def record(kind: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: strategy(hints[field.name]) for field in dataclasses.fields(kind)})


def contents() -> st.SearchStrategy[ShardContents]:
    articles = st.lists(record(Article), max_size=4, unique_by=lambda article: article.capture_id)
    return st.builds(
        ShardContents,
        captures=st.lists(record(Capture), max_size=4).map(tuple),
        articles=articles.map(tuple),
        statements=st.lists(record(Statement), max_size=4).map(tuple),
        skips=st.lists(record(Skip), max_size=4).map(tuple),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_what_is_written_to_a_shard_is_read_back_the_same(written: ShardContents) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "input-00")
        manifest = shards.write_shard(path, written, (INPUT,))
        assert shards.read_shard(path) == written
        assert shards.read_manifest(path) == manifest
        assert manifest.captures == len(written.captures)
        assert manifest.pictures == sum(len(article.pictures) for article in written.articles)


def test_pieces_written_one_after_the_other_keep_their_order(tmp_path: Path) -> None:
    skips = [Skip("capture", "empty file", f"{number}.html") for number in range(3_000)]
    with shards.ShardWriter(tmp_path / "input-00") as writer:
        for skip in skips:
            writer.write(ShardContents(skips=(skip,)))
        writer.finish((INPUT,))
    assert list(shards.read_skips(tmp_path / "input-00")) == skips


def test_a_shard_that_was_not_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    with shards.ShardWriter(tmp_path / "input-00") as writer:
        writer.write(ShardContents(skips=(Skip("capture", "empty file", "a.html"),)))
    assert list(tmp_path.iterdir()) == []


def test_a_shard_of_an_input_that_gave_nothing_can_be_read(tmp_path: Path) -> None:
    shards.write_shard(tmp_path / "input-00", ShardContents(), (INPUT,))
    assert shards.read_shard(tmp_path / "input-00") == ShardContents()


def test_a_file_name_that_is_not_unicode_is_kept_in_the_manifest(tmp_path: Path) -> None:
    odd = dataclasses.replace(INPUT, place="../caf\udce9.html")
    shards.write_shard(tmp_path / "input-00", ShardContents(), (odd,))
    assert shards.read_manifest(tmp_path / "input-00").inputs == (odd,)


def test_the_types_of_the_model_are_those_that_tables_know() -> None:
    for kind in (model.Source, model.Copy, model.Claim, model.Judgement, model.Receipt):
        assert tables.schema(kind).names == [field.name for field in dataclasses.fields(kind)]
