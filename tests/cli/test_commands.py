"""The command line as a whole: what it lists, how fast it starts, how it fails."""

from __future__ import annotations

import importlib
import subprocess
import sys
import time

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
