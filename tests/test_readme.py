"""The README: what it shows runs, what it points at exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs_on_an_archive(tmp_path: Path) -> None:
    sample = ROOT / "src" / "onrecord" / "sample"
    build = [sys.executable, "-m", "onrecord", "build", str(sample / "chronicle-2009.warc.gz"), "--into", "archive"]
    subprocess.run(build, cwd=tmp_path, check=True, capture_output=True)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    result = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert result.stderr == ""
    assert "denials" in result.stdout
    assert "sha256:" in result.stdout


def test_every_file_that_it_points_at_exists() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_command_that_it_names_exists() -> None:
    from onrecord.cli import COMMANDS

    shell = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    named = set(re.findall(r"^onrecord (\w+)", "\n".join(shell), re.MULTILINE))
    table = re.search(r"\| command \| does \|\n(.*?)\n\n", README, re.DOTALL)
    assert table is not None
    for row in table.group(1).splitlines()[1:]:
        named |= set(re.findall(r"`(\w+)`", row.split("|")[1]))
    assert named <= set(COMMANDS)
    assert set(COMMANDS) <= named


def test_the_licence_is_the_one_that_it_names() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Licence: Apache-2.0" in README
