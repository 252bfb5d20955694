"""``build``, ``report`` and ``verify`` as they are called, with the real stages, on input of every bad kind."""

from __future__ import annotations

import gzip
import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

STORY = (
    "<html><head><title>Dam plan delayed</title></head><body><article><h1>Dam plan delayed</h1>"
    "<p>The regional council postponed the building of the upper dam on Tuesday, after a long debate about its cost "
    "and about the villages that would have to move.</p>"
    "<p>“We will not build on sand,” Mayor Ilse Brandt told reporters after the meeting, which had lasted until "
    "midnight and was followed by many people in the square.</p>"
    "<p>The engineer Omar Nassif said that the report had been ready for a year, and that nobody had read it.</p>"
    "</article></body></html>"
)


def onrecord(*args: object, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )


def build(archive: Path, *inputs: object, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    result = onrecord("build", *inputs, "--into", archive, "--attributor", "rules", "--workers", 1, before=before)
    assert "Traceback" not in result.stderr, result.stderr
    return result


def account(archive: Path) -> dict[str, Any]:
    result = onrecord("report", archive, "--json")
    assert result.returncode == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    assert answer["adds_up"]
    return answer


def test_from_a_page_to_an_archive_whose_account_adds_up_and_whose_receipts_hold(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(STORY, encoding="utf-8")
    result = build(tmp_path / "archive", tmp_path / "story.html")
    assert result.returncode == 0
    assert "1 articles" in result.stdout
    assert "1 of 1 files" in result.stderr
    assert account(tmp_path / "archive")["articles"] == 1
    holds = onrecord("verify", tmp_path / "archive")
    assert holds.returncode == 0
    assert "everything holds" in holds.stdout
    (tmp_path / "story.html").write_text(STORY.replace("Tuesday", "Thursday"), encoding="utf-8")
    broken = onrecord("verify", tmp_path / "archive")
    assert broken.returncode == 1
    assert "capture has changed" in broken.stdout
    assert "story.html" in broken.stdout


def test_bad_input_of_every_kind_is_a_counted_skip_beside_the_good_page(tmp_path: Path) -> None:
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "good.html").write_text(STORY, encoding="utf-8")
    (folder / "large.html").write_bytes(b"<html><p>" + b"all work and no play " * 10_000_000)
    (folder / "deep.html").write_text("<html>" + "<div>" * 100_000 + "<p>deep down</p>")
    (folder / "wrong.html").write_bytes(STORY.encode("utf-16") + b"\xff\xfe\x00")
    (folder / "liar.html").write_bytes(
        b'<html><head><meta charset="utf-8"></head><body>\xe9\xff\xfe '
        + STORY.encode("windows-1252")
        + b"</body></html>"
    )
    (folder / "cut.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" + b"x" * 99)[:-30])
    (folder / "xml.xml").write_text('<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa">]><lolz>&a;</lolz>')
    result = build(tmp_path / "archive", folder)
    assert result.returncode == 0
    told = account(tmp_path / "archive")
    by_name = {Path(entry["file"]).name: entry for entry in told["inputs"]}
    assert len(by_name) == 7
    assert by_name["good.html"]["articles"] == 1
    for name in ("large.html", "deep.html", "cut.warc.gz", "xml.xml"):
        assert by_name[name]["articles"] == 0
        assert by_name[name]["skips"]
    assert by_name["large.html"]["skips"][0]["reason"] == "page too large"
    assert by_name["deep.html"]["skips"][0]["reason"] == "page nested too deep"
    assert onrecord("verify", tmp_path / "archive").returncode == 0


@pytest.mark.parametrize("name", ["missing.warc", "empty.html", "noise.bin"])
def test_where_nothing_could_be_taken_one_line_says_so(tmp_path: Path, name: str) -> None:
    if name == "empty.html":
        (tmp_path / name).touch()
    if name == "noise.bin":
        (tmp_path / name).write_bytes(bytes(range(256)) * 10)
    result = build(tmp_path / "archive", tmp_path / name)
    assert result.returncode == 1
    assert "no article could be taken" in result.stderr
    assert "  skipped 1: " in result.stderr
    assert account(tmp_path / "archive")["files"] == 1


def test_a_full_disk_is_told_of_and_the_same_command_goes_on_later(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(STORY, encoding="utf-8")
    full = build(
        tmp_path / "archive",
        tmp_path / "story.html",
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000)),
    )
    assert full.returncode == 1
    assert "is full" in full.stderr
    assert build(tmp_path / "archive", tmp_path / "story.html").returncode == 0
    assert onrecord("verify", tmp_path / "archive").returncode == 0


@pytest.mark.parametrize("arguments", [["report"], ["build", "--into"]])
def test_a_damaged_shard_is_told_of_with_the_way_out(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "story.html").write_text(STORY, encoding="utf-8")
    assert build(tmp_path / "archive", tmp_path / "story.html").returncode == 0
    (table,) = tmp_path.glob("archive/shards/*/statements.parquet")
    table.write_bytes(b"no table")
    (tmp_path / "archive" / "CURRENT").unlink()  # so that the next build reads all shards
    result = onrecord(*arguments, tmp_path / "archive")
    assert result.returncode == 1
    assert "damaged" in result.stderr
    assert "onrecord verify" in result.stderr
    assert "Traceback" not in result.stderr


def _at_a_keyboard() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would what it starts in turn."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_a_build_at_once_and_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "html": STORY.replace("Tuesday", f"day {n}")}) + "\n" for n in range(20_000))
    )
    arguments = ["build", tmp_path / "pages.jsonl", "--into", tmp_path / "archive", "--attributor", "rules"]
    with subprocess.Popen(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_at_a_keyboard,
    ) as process:
        while not list(tmp_path.glob("archive/shards/.*")):
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in told
    assert told.endswith("stopped\n")


def test_arguments_that_make_no_sense_end_with_status_2(tmp_path: Path) -> None:
    assert onrecord("build", "--into", tmp_path / "archive").returncode == 2
    assert onrecord("build", "x").returncode == 2
    assert onrecord("build", "x", "--into", tmp_path / "a", "--engine", "steam").returncode == 2


def test_the_report_says_of_a_file_in_another_form_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text('[{"url": "http://news.example/a", "text": "The board met."}]')
    (tmp_path / "story.html").write_text(STORY, encoding="utf-8")
    build(tmp_path / "archive", tmp_path / "list.json", tmp_path / "story.html")
    told = onrecord("report", tmp_path / "archive").stdout
    assert "json that is not JSON Lines (such as" in told
    assert "jq -c" in told
    assert "1 captures of pages = 1 articles + 0 unchanged since an earlier capture + 0 skipped" in told
