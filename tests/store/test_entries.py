from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from onrecord.model import (
    UNCHANGED,
    VERSION,
    Act,
    Article,
    Capture,
    Kind,
    ShardContents,
    Skip,
    Speaker,
    Statement,
    article_id,
    statement_id,
    text_digest,
)
from onrecord.store import entries, revisions, shards
from onrecord.store.results import Seen


def page(capture: str, address: str, text: str, time: str | None) -> ShardContents:
    """One capture of an article of which the first word is a statement."""
    id = article_id(address)
    article = Article(id, capture, address, None, text, text_digest(text))
    spans = ((0, len(text.split()[0])),)
    statement = Statement(
        statement_id(id, article.revision, spans), id, article.revision, (), (), spans, Kind.DIRECT, Act.SAYS,
        Speaker(None, None), text.split()[0],
    )  # fmt: skip
    return ShardContents((Capture(capture, "a.warc", "html", "sha256:0", 1, address, time),), (article,), (statement,))


def read(folder: Path, *inputs: list[ShardContents]) -> list[tuple[str, bool, list[str]]]:
    """Capture, current, words of the statements; one shard per input."""
    folders = []
    for number, pages in enumerate(inputs):
        folders.append(folder / f"shard-{number}")
        with shards.ShardWriter(folders[-1]) as writer:
            for each in pages:
                writer.write(each)
            writer.finish(())
    return [
        (entry.capture.id, entry.current, [statement.words for statement in entry.statements])
        for entry in entries.read(folders)
    ]


def test_every_article_comes_with_its_capture_and_its_statements(tmp_path: Path) -> None:
    pages = [page("c1", "http://a", "One word", None), page("c2", "http://b", "Two words", None)]
    assert read(tmp_path, pages) == [("c1", True, ["One"]), ("c2", True, ["Two"])]


def test_an_article_without_statements_does_not_take_those_of_the_next(tmp_path: Path) -> None:
    silent = replace(page("c1", "http://a", "One word", None), statements=())
    assert read(tmp_path, [silent, page("c2", "http://b", "Two", None)]) == [("c1", True, []), ("c2", True, ["Two"])]


def test_the_wording_that_was_fetched_last_is_the_current_one(tmp_path: Path) -> None:
    late, early = page("c1", "http://a", "New", "2019-01-01"), page("c2", "http://a", "Old", "2018-01-01")
    assert read(tmp_path, [late], [early]) == [("c1", True, ["New"]), ("c2", False, ["Old"])]


def test_the_same_words_fetched_again_are_taken_once_with_the_first_capture(tmp_path: Path) -> None:
    first, again = page("c1", "http://a", "Same", "2018-01-01"), page("c2", "http://a", "Same", "2019-01-01")
    assert read(tmp_path / "one", [first, again]) == [("c1", True, ["Same"])]
    assert read(tmp_path / "two", [again], [first]) == [("c1", True, ["Same"])]


def test_words_that_came_back_are_current(tmp_path: Path) -> None:
    fetched = [("c1", "First", "2017"), ("c2", "Other", "2018"), ("c3", "First", "2019")]
    pages = [page(capture, "http://a", text, time) for capture, text, time in fetched]
    assert read(tmp_path, pages) == [("c1", True, ["First"]), ("c2", False, ["Other"])]


def again(first: str, capture: str, time: str | None) -> ShardContents:
    """A capture that found the page of another unchanged."""
    skip = Skip("extract", UNCHANGED, "a.warc", capture_id=capture, detail=first)
    return ShardContents((Capture(capture, "a.warc", "html", "sha256:0", 1, "http://a", time),), skips=(skip,))


def test_a_capture_that_found_the_page_unchanged_says_that_its_words_stood_then(tmp_path: Path) -> None:
    first, other = page("c1", "http://a", "First", "2017"), page("c2", "http://a", "Other", "2018")
    unchanged = again("c1", "c3", "2019")
    assert read(tmp_path / "one", [first, unchanged, other]) == [("c1", True, ["First"]), ("c2", False, ["Other"])]
    assert read(tmp_path / "two", [other], [first, unchanged]) == [("c2", False, ["Other"]), ("c1", True, ["First"])]
    assert read(tmp_path / "three", [unchanged], [other], [first])[1:] == [("c1", True, ["First"])]


def test_the_earliest_capture_stands_for_a_page_whichever_was_read(tmp_path: Path) -> None:
    read_one = page("c1", "http://a", "Same", "2018")
    assert read(tmp_path / "one", [read_one], [again("c1", "c2", "2017")]) == [("c2", True, ["Same"])]
    assert read(tmp_path / "two", [again("c2", "c3", "2016")], [again("c1", "c2", "2017"), read_one]) == [
        ("c3", True, ["Same"])
    ]
    assert read(tmp_path / "three", [read_one], [again("c1", "c2", None)]) == [("c1", True, ["Same"])]


def test_no_shards_give_no_entries() -> None:
    assert list(entries.read([])) == []


def test_a_wording_says_how_often_it_was_fetched(tmp_path: Path) -> None:
    first, same = page("c1", "http://a", "Same", "2017"), page("c2", "http://a", "Same", "2019")
    shards.write_shard(tmp_path / "one", first, ())
    shards.write_shard(tmp_path / "two", same, ())
    shards.write_shard(tmp_path / "three", again("c2", "c3", "2021"), ())
    shards.write_shard(tmp_path / "four", page("c4", "http://a", "Other", "2018"), ())
    folders = [tmp_path / name for name in ("one", "two", "three", "four")]
    assert [entry.seen for entry in entries.read(folders)] == [Seen(3, "2021"), Seen(1, "2018")]


def test_the_words_of_a_version_are_current_only_where_the_page_itself_was_never_captured(tmp_path: Path) -> None:
    itself, printed = page("c1", "http://a", "Whole text", "2017"), page("c2", "http://a", "Part", "2019")
    printed = replace(printed, articles=(replace(printed.articles[0], provenance=(("url", VERSION),)),))
    assert read(tmp_path / "one", [itself, printed]) == [("c1", True, ["Whole"]), ("c2", False, ["Part"])]
    assert read(tmp_path / "two", [printed]) == [("c2", True, ["Part"])]
    folders = [tmp_path / "one" / "shard-0"]
    assert revisions.changed(folders) == {}, "what a version leaves out did not vanish"
