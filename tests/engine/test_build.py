"""Builds with stages that a page's words steer; what real stages make of pages is tested with them."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from onrecord import capture
from onrecord.engine.build import Built, build
from onrecord.errors import BuildError, BusyArchiveError, ModelError, NewerFormatError, NotAnArchiveError
from onrecord.model import ShardContents
from onrecord.settings import Settings
from onrecord.store import entries, report, shards
from onrecord.store.layout import locked, open_layout
from onrecord.store.ledger import Ledger
from onrecord.store.verify import Verification, verify

fake_stages = import_module("fake_stages")  # by name, as worker processes do

TWO = Settings(workers=2, max_page_seconds=0.5)


def lines(path: Path, texts: list[str]) -> Path:
    path.write_text(
        "".join(
            json.dumps({"url": f"http://news.example/{path.name}/{number}", "text": text}) + "\n"
            for number, text in enumerate(texts)
        )
    )
    return path


def made(tmp_path: Path, *inputs: Path, settings: Settings = TWO, name: str = "archive") -> Built:
    return build(inputs, tmp_path / name, settings=settings, make_stages=fake_stages.make_stages)


def contents(archive: Path) -> dict[str, ShardContents]:
    return {folder.name: shards.read_shard(folder) for folder in open_layout(archive).shard_folders()}


def verified(archive: Path, inputs: Path | None = None) -> Verification:
    reread = lambda path, captures, file: capture.reread(path, captures, file=file)  # noqa: E731
    return list(verify(open_layout(archive), reread, capture.file_digest, inputs=inputs))[-1]


def test_pages_come_out_in_the_order_of_the_input_whatever_the_number_of_workers(tmp_path: Path) -> None:
    texts = [f"He said word{number} in page {number}." for number in range(300)]
    file = lines(tmp_path / "crawl.jsonl", texts)
    made(tmp_path, file)
    made(tmp_path, file, settings=Settings(workers=1), name="other")
    one, other = contents(tmp_path / "archive"), contents(tmp_path / "other")
    assert one == other
    (shard,) = one.values()
    assert [article.text for article in shard.articles] == texts
    assert [statement.words for statement in shard.statements] == [f"word{number}" for number in range(300)]


def test_a_page_costs_only_itself_whatever_it_does(tmp_path: Path) -> None:
    texts = [f"He said word{number}." for number in range(80)]
    for place, word in ((5, "KILL"), (30, "SPIN"), (31, "RAISE"), (50, "SURROGATE"), (60, "SECTION"), (70, "KILL")):
        texts[place] = f"{word} he said nothing"
    texts[20] = "MUTE he said nothing"
    built = made(tmp_path, lines(tmp_path / "crawl.jsonl", texts))
    (shard,) = contents(tmp_path / "archive").values()
    assert len(shard.captures) == 80
    reasons = [(skip.stage, skip.reason) for skip in shard.skips]
    assert sorted(reasons) == [
        ("attribute", "failed"),
        ("extract", "failed"),
        ("extract", "killed its process"),
        ("extract", "killed its process"),
        ("extract", "not an article: section page"),
        ("extract", "text is not unicode"),
        ("extract", "took too long"),
    ]
    assert built.articles == 74
    assert len({statement.words for statement in shard.statements}) == 73
    assert report.account(open_layout(tmp_path / "archive")).adds_up
    assert verified(tmp_path / "archive").problems == []


def test_stages_that_cannot_be_made_ready_end_the_build_with_their_own_message(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", ["He said one."])
    with pytest.raises(ModelError, match="install onrecord again"):
        build([file], tmp_path / "archive", settings=TWO, make_stages=fake_stages.make_no_stages)
    assert contents(tmp_path / "archive") == {}


def test_workers_that_die_whatever_they_are_given_end_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.engine.local._MOST_DEATHS", 2)
    with pytest.raises(BuildError, match="enough memory"):
        made(tmp_path, lines(tmp_path / "a.jsonl", ["KILL"] * 9))


def test_a_script_that_builds_needs_no_guard_against_being_run_again(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", ["He said one."])
    script = tmp_path / "script.py"
    script.write_text(
        "import sys; sys.path.append(sys.argv[1])\n"
        "from pathlib import Path\n"
        "import fake_stages\n"
        "from onrecord.engine.build import build\n"
        "print(build([Path('a.jsonl')], Path('archive'), make_stages=fake_stages.make_stages).articles)\n"
    )
    command = [sys.executable, str(script), str(Path(__file__).parent)]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("1\n", "")


def test_a_second_run_does_nothing_and_a_new_file_is_added(tmp_path: Path) -> None:
    first = lines(tmp_path / "a.jsonl", ["He said one."])
    assert made(tmp_path, first).generation == 1
    again = made(tmp_path, first)
    assert (again.generation, again.shards, again.done_before) == (1, 0, 1)
    more = made(tmp_path, first, lines(tmp_path / "b.jsonl", ["He said two."]))
    assert (more.generation, more.shards, more.articles) == (2, 1, 2)


def test_a_damaged_index_is_made_anew_and_so_it_is_after_a_judgement(tmp_path: Path) -> None:
    made(tmp_path, lines(tmp_path / "a.jsonl", ["He said one."]))
    layout = open_layout(tmp_path / "archive")
    (layout.generations / "1" / "index" / "index.json").unlink()
    assert made(tmp_path).generation == 2
    assert made(tmp_path).generation == 2
    Ledger(layout.ledger).add("withhold", "0123456789abcdef", who="a curator", why="asked for")
    assert made(tmp_path).generation == 3


def test_many_small_pages_become_few_shards(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.html").write_text(f"<html><p>He said word{number}.</p>")
    built = made(tmp_path, folder)
    assert (built.files, built.shards, built.articles) == (300, 2, 300)
    (folder / "new.html").write_text("<html><p>He said more.</p>")
    assert made(tmp_path, folder).shards == 1
    assert verified(tmp_path / "archive").problems == []


def test_the_same_bytes_under_two_names_are_taken_once_and_told_of(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", ["He said one."])
    (tmp_path / "b.jsonl").write_bytes((tmp_path / "a.jsonl").read_bytes())
    built = made(tmp_path, tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert (built.articles, built.skips) == (1, 1)
    assert made(tmp_path, tmp_path / "a.jsonl", tmp_path / "b.jsonl").shards == 0


def test_the_archive_itself_is_no_input(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", ["He said one."])
    made(tmp_path, tmp_path)
    assert made(tmp_path, tmp_path).files == 1


def test_what_cannot_be_taken_is_told_of_and_the_rest_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(b"<html><p>He said nothing.</p>" + os.urandom(999))[:-99])
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(b"<html>" + b"<p>" * 9_000_000))
    (tmp_path / "caf\udce9.html").write_text("<html><p>He said odd.</p>")
    lines(tmp_path / "good.jsonl", ["He said good."])
    built = made(tmp_path, tmp_path, tmp_path / "missing.warc")
    assert built.articles == 2
    layout = open_layout(tmp_path / "archive")
    assert {Path(skip.file).name: skip.reason for skip in report.skips(layout)} == {
        "empty.html": "empty file",
        "noise.bin": "unknown kind of file",
        "cut.html.gz": "input cut off",
        "bomb.html.gz": "page too large",
        "missing.warc": "no such file",
    }
    assert report.account(layout).adds_up
    assert report.account(layout).files == 7
    assert verified(tmp_path / "archive").problems == []


def test_a_file_that_was_missing_and_came_is_told_of_once(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", ["He said one."])
    made(tmp_path, tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    lines(tmp_path / "b.jsonl", ["He said two."])
    made(tmp_path, tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert [one.articles for one in report.file_accounts(open_layout(tmp_path / "archive"))] == [1, 1]


def test_no_article_at_all_is_a_failure_that_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="onrecord report"):
        made(tmp_path, lines(tmp_path / "a.jsonl", ["SECTION"]))
    assert report.account(open_layout(tmp_path / "archive")).captures == 1


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", ["He said one."])
    made(tmp_path, file)
    with locked(open_layout(tmp_path / "archive")), pytest.raises(BusyArchiveError, match="wait"):
        made(tmp_path, file)


def test_folders_that_are_no_archive_of_ours_are_left_alone(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", ["He said one."])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").touch()
    with pytest.raises(NotAnArchiveError, match="not empty"):
        made(tmp_path, file, name="full")
    made(tmp_path, file)
    (tmp_path / "archive" / "onrecord.json").write_text('{"format": 99}')
    with pytest.raises(NewerFormatError, match="newer onrecord"):
        made(tmp_path, file)


def test_killed_in_the_middle_and_run_again_it_is_the_same_archive(tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    for number in range(12):
        lines(folder / f"{number:02}.jsonl", [f"He said word{place}." for place in range(20)])
    script = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from pathlib import Path\n"
        "import fake_stages\n"
        "from onrecord.engine.build import build\n"
        "from onrecord.settings import Settings\n"
        "build([Path(sys.argv[2])], Path(sys.argv[3]), settings=Settings(workers=2),"
        " make_stages=fake_stages.make_slow_stages)\n"
    )
    archive = tmp_path / "archive"
    command = [sys.executable, "-c", script, str(Path(__file__).parent), str(folder), str(archive)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not (archive / "shards").is_dir() or len(list((archive / "shards").glob("[!.]*"))) < 3:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert len(contents(archive)) < 12
    assert not (archive / "CURRENT").exists()
    made(tmp_path, folder)
    made(tmp_path, folder, name="undisturbed")
    assert contents(archive) == contents(tmp_path / "undisturbed")
    assert not list((archive / "shards").glob(".*"))


def test_a_changed_byte_in_an_input_is_found_and_named(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", ["He said one.", "He said two.", "He said three."])
    made(tmp_path, file)
    file.write_bytes(file.read_bytes().replace(b"said two", b"said twx"))
    problems = verified(tmp_path / "archive").problems
    assert [(problem.what, problem.file) for problem in problems] == [
        ("input has changed", str(file)),
        ("capture has changed", str(file)),
    ]
    (capture_of_two,) = (
        row
        for shard in contents(tmp_path / "archive").values()
        for row in shard.captures
        if row.url.endswith("/1")  # type: ignore[union-attr]
    )
    assert problems[1].capture == capture_of_two.id


def test_an_input_that_is_gone_is_named_and_found_again_where_it_was_moved_to(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", ["He said one."])
    made(tmp_path, file)
    (tmp_path / "moved").mkdir()
    file.rename(tmp_path / "moved" / file.name)
    assert [problem.what for problem in verified(tmp_path / "archive").problems] == ["input is gone"]
    assert verified(tmp_path / "archive", tmp_path / "moved").problems == []


def test_an_archive_moved_together_with_its_inputs_still_holds(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    made(tmp_path / "here", lines(tmp_path / "here" / "a.jsonl", ["He said one."]))
    (tmp_path / "here").rename(tmp_path / "there")
    assert verified(tmp_path / "there" / "archive").problems == []


def test_a_changed_byte_in_a_shard_is_found(tmp_path: Path) -> None:
    made(tmp_path, lines(tmp_path / "a.jsonl", [f"He said word{number}." for number in range(50)]))
    (folder,) = open_layout(tmp_path / "archive").shard_folders()
    path = folder / "articles.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    assert verified(tmp_path / "archive").problems


def test_a_page_captured_again_unchanged_is_read_once_and_the_account_and_the_receipts_hold(tmp_path: Path) -> None:
    page, other = b"<p>He said one.</p>", b"<p>He said two.</p>"
    fetched = [(page, "2011"), (page, "2012"), (other, "2013"), (page, "2014")]
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(b"".join(_response("http://news.example/a", body, year) for body, year in fetched))
    built = made(tmp_path, crawl)
    (shard,) = contents(tmp_path / "archive").values()
    assert [article.text for article in shard.articles] == [page.decode(), other.decode()]
    assert [(skip.reason, skip.detail) for skip in shard.skips] == [
        ("unchanged since an earlier capture", shard.captures[0].id)
    ] * 2
    assert (built.captures, built.articles, built.statements) == (4, 2, 2)
    assert report.account(open_layout(tmp_path / "archive")).adds_up
    assert verified(tmp_path / "archive").problems == []
    current = {
        entry.article.text: entry.current for entry in entries.read(open_layout(tmp_path / "archive").shard_folders())
    }
    assert current == {page.decode(): True, other.decode(): False}, "the words that came back are current"


def _response(url: str, body: bytes, year: str) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:test:{year}>\r\nWARC-Date: {year}-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}"
    )
    return head.encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
