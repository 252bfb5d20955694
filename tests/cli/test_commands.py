"""The command line as a whole: what it lists, how fast it starts, how it fails."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from onrecord.cli import COMMANDS


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "onrecord", *args], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_exists_and_has_help(name: str) -> None:
    command = importlib.import_module(f"onrecord.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.help


def test_help_is_shown_before_one_could_wait_for_it() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert run("--help").returncode == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3


@pytest.mark.parametrize("name", COMMANDS)
def test_wrong_arguments_end_with_status_2(name: str) -> None:
    result = run(name, "--no-such-option")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["search", "report", "verify", "sources"])
def test_a_folder_that_is_no_archive_is_refused_in_one_line(name: str, tmp_path: object) -> None:
    result = run(name, str(tmp_path), *(["x"] if name == "search" else []))
    assert result.returncode == 1
    assert result.stderr.startswith("onrecord: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a device that is always full is needed")
@pytest.mark.parametrize("arguments", [["--help"], ["attribute", "--attributor", "rules", "-"]])
def test_an_output_that_is_full_is_told_of_in_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "onrecord", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("onrecord: the output:")


def test_results_are_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    page = tmp_path / "صفحة.html"
    page.write_text("<p>لا شيء</p>", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "onrecord", "extract", str(page)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert "صفحة" in json.loads(result.stdout.decode("utf-8"))["id"]


def test_a_file_that_cannot_be_read_is_a_line_of_its_own_and_the_others_follow(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>nothing</p>")
    result = run("extract", str(tmp_path / "missing.html"), str(tmp_path / "page.html"))
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(row["id"]).name for row in rows] == ["missing.html", "page.html"]
    assert "no such file" in rows[0]["skip"]["reason"]
    assert result.returncode == 1
    assert "1 of 2 files" in result.stderr


def test_a_page_on_standard_input_is_extracted() -> None:
    command = [sys.executable, "-m", "onrecord", "extract", "-"]
    result = subprocess.run(command, input="<p>nothing</p>", capture_output=True, text=True, check=False)
    assert json.loads(result.stdout)["id"] == "-"
    assert result.returncode == 0
