"""One suite for every engine: the same inputs give the same shards, whoever does the work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from onrecord.engine.build import ENGINES, build
from onrecord.model import ShardContents
from onrecord.settings import Settings
from onrecord.store import shards
from onrecord.store.layout import open_layout

fake_stages = import_module("fake_stages")  # by name, as worker processes do


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    if name == "spark":
        pytest.importorskip("pyspark")
        if shutil.which("java") is None:
            pytest.skip("Spark needs Java")
        path = os.pathsep.join([str(Path(str(fake_stages.__file__)).parent), os.environ.get("PYTHONPATH", "")])
        monkeypatch.setenv("PYTHONPATH", path)
        monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
        monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    return name


def contents(archive: Path) -> dict[str, ShardContents]:
    return {folder.name: shards.read_shard(folder) for folder in open_layout(archive).shard_folders()}


def test_every_engine_writes_the_same_shards(tmp_path: Path, engine: str) -> None:
    for number in range(3):
        texts = [f"He said word{number}{place}." for place in range(40)]
        texts[7] = "KILL" if number == 1 else "SECTION"
        rows = [
            json.dumps({"url": f"http://news.example/{number}/{place}", "text": text})
            for place, text in enumerate(texts)
        ]
        rows.append(json.dumps({"url": "http://news.example/all", "text": "He said the same in all."}))
        (tmp_path / f"{number}.jsonl").write_text("\n".join(rows))
    inputs = [tmp_path / f"{number}.jsonl" for number in range(3)]
    made = build(
        inputs, tmp_path / "archive", settings=Settings(engine=engine, workers=2), make_stages=fake_stages.make_stages
    )
    wanted = build(inputs, tmp_path / "wanted", settings=Settings(workers=1), make_stages=fake_stages.make_stages)
    assert (
        (made.articles, made.unchanged, made.skips) == (wanted.articles, wanted.unchanged, wanted.skips) == (118, 2, 3)
    )
    assert contents(tmp_path / "archive") == contents(tmp_path / "wanted")
    again = build(
        inputs, tmp_path / "archive", settings=Settings(engine=engine, workers=2), make_stages=fake_stages.make_stages
    )
    assert again.shards == 0


def test_an_engine_that_is_not_installed_is_told_of_with_the_command_that_installs_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "He said one."}\n')
    script = (
        "import sys; sys.modules['pyspark'] = None\n"
        "from onrecord.cli import main\n"
        f"sys.argv = ['onrecord', 'build', '{tmp_path}/a.jsonl', '--into', '{tmp_path}/archive', '--engine', 'spark']\n"
        "main()\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "pip install onrecord[spark]" in result.stderr
    assert "Traceback" not in result.stderr
