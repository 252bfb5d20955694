from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.search import command
from onrecord.errors import QueryError
from onrecord.model import (
    Act,
    Article,
    Capture,
    Kind,
    Picture,
    ShardContents,
    Speaker,
    SpeakerType,
    Statement,
    article_id,
    statement_id,
    text_digest,
)
from onrecord.store import entries, generations, indexing, layout, shards

TEXT = "The truce had failed, Rami Haddad said on Sunday."


def contents(number: int, published: str, words: str = TEXT) -> ShardContents:
    address = f"https://example.org/{number}"
    pictures = (Picture("77", None, "The bridge at dusk", "Post/Ann Low"),)
    article = Article(
        article_id(address), f"c{number}", address, "Truce \x1b[31mfails", words, text_digest(words),
        published=published, site="The Post", pictures=pictures,
    )  # fmt: skip
    content = ((0, 20),)
    speaker = Speaker("Rami Haddad", SpeakerType.PERSON, role="director")
    statement = Statement(
        statement_id(article.id, article.revision, content), article.id, article.revision, (), (), content,
        Kind.INDIRECT, Act.SAYS, speaker, words[:20],
    )  # fmt: skip
    return ShardContents((Capture(f"c{number}", "a", "html", "", 1),), (article,), (statement,))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = layout.create(tmp_path_factory.mktemp("search") / "archive")
    with shards.ShardWriter(made.shards / "one") as writer:
        for number, date in enumerate(["2016-11-02", "2017-04-01", "2017-04-09"]):
            writer.write(contents(number, date))
        writer.finish(())

    def write(folder: Path) -> dict[str, int]:
        indexing.write(folder / "index", entries.read(made.shard_folders()))
        return {}

    generations.seal(made, "test", ["one"], write)
    return made.path


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)


def test_a_hit_shows_who_said_what_where_and_when(archive: Path) -> None:
    result = run(archive, "truce")
    assert result.exit_code == 0
    for part in ("3 statements", "Rami Haddad (director)", "says", "The truce had failed", "1 April 2017", "The Post"):
        assert part in result.output
    assert "by month" in result.output


def test_words_of_a_page_cannot_steer_the_terminal(archive: Path) -> None:
    assert "\x1b" not in run(archive, "truce").output


def test_articles_and_pictures_are_searched_too(archive: Path) -> None:
    assert "3 articles" in run(archive, "sunday", "--in", "articles").output
    assert "The bridge at dusk" in run(archive, "dusk", "--in", "pictures").output


def test_options_narrow_like_fields_of_the_query(archive: Path) -> None:
    assert run(archive, "truce OR bridge", "--from", "2017", "--source", "haddad").output.startswith("2 statements")
    assert run(archive, "--act", "denies").output.startswith("0 statements")
    assert run(archive, "in:articles sunday", "--to", "2016").output.startswith("1 article\n")


def test_json_is_one_object_with_the_cursor_of_what_follows(archive: Path) -> None:
    first = json.loads(run(archive, "truce", "--json", "--limit", 2).output)
    assert first["data"]["total"] == 3
    hit = first["data"]["hits"][0]
    start, end = hit["highlights"]["words"][0]
    assert hit["words"][start:end] == "truce"
    assert {"scope", "sentence", "hits", "facets", "timeline", "did_you_mean"} <= set(first["data"])
    rest = json.loads(run(archive, "truce", "--json", "--limit", 2, "--cursor", first["next"]).output)
    assert rest["next"] is None
    ids = [hit["id"] for page in (first, rest) for hit in page["data"]["hits"]]
    assert len(set(ids)) == 3


def test_a_name_spelled_otherwise_is_answered_with_the_right_spelling(archive: Path) -> None:
    assert 'Did you mean: "Rami Haddad"' in run(archive, "Rami Hadad").output


def test_a_query_that_is_not_understood_is_an_error_of_its_own(archive: Path) -> None:
    with pytest.raises(QueryError, match="not closed"):
        run(archive, "(truce")
