"""``onrecord attribute``: the JSON of the contract, and its errors."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli.attribute import command
from onrecord.errors import InputError

TEXT = "Delta Clinic director Rana Aziz told Delta Times that the ward was full. She warned that more would come."


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(command, ["--attributor", "rules", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_text_file_gives_one_object_with_its_name_as_id(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    row = json.loads(run(path))
    assert row["id"] == str(path)
    first, second = row["attributions"]
    assert {"source", "cue", "content", "kind", "act", "told_to", "via", "confidence", "speaker"} <= set(first)
    assert {key: first["speaker"][key] for key in ("name", "type", "role", "organisation")} == {
        "name": "Rana Aziz",
        "type": "person",
        "role": "director",
        "organisation": "Delta Clinic",
    }
    assert first["told_to"] == "Delta Times"
    assert TEXT[first["content"][0][0] : first["content"][0][1]] == "that the ward was full"
    assert (second["speaker"]["name"], second["act"], second["kind"]) == ("Rana Aziz", "warns", "indirect")


def test_lines_of_json_keep_their_ids_and_may_be_packed(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": f"x{number}", "text": TEXT}) + "\n" for number in range(40))
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text(lines, encoding="utf-8")
    packed.write_bytes(gzip.compress(lines.encode()))
    assert [json.loads(line)["id"] for line in run(plain).splitlines()] == [f"x{number}" for number in range(40)]
    assert run(plain) == run(packed)


def test_offsets_are_those_of_the_given_text_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffTitle\r\n\r\nRana Aziz said it was late.".encode())
    given = path.read_bytes().decode()
    (row,) = json.loads(run(path))["attributions"]
    assert given[row["source"][0][0] : row["source"][0][1]] == "Rana Aziz"


def test_explain_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    output = run("--explain", path)
    assert "likeliest of Rana Aziz" in output
    assert "told:   Delta Times" in output


@pytest.mark.parametrize("content", [b"{", b'{"id": 1}\n', b"[1]\n", b'{"text": 5}\n'])
def test_a_line_that_is_no_text_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="line 1"):
        run(path)


@pytest.mark.parametrize("name", ["missing.txt", "missing.jsonl", "missing.jsonl.gz"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="missing"):
        run(tmp_path / name)


def test_a_truncated_gzip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"id": 1, "text": TEXT}).encode())[:-9])
    with pytest.raises(InputError, match=r"a\.jsonl\.gz"):
        run(path)


def test_an_empty_file_gives_an_empty_list(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    assert json.loads(run(path))["attributions"] == []


def fed(given: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "onrecord", "attribute", "--attributor", "rules", "-"]
    return subprocess.run(command, input=given, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("given", "id"),
    [(TEXT.encode(), "-"), (b"", "-"), (json.dumps({"id": "one", "text": TEXT}).encode() + b"\n", "one")],
)
def test_a_dash_reads_a_text_or_json_lines_from_standard_input(given: bytes, id: str) -> None:
    row = json.loads(fed(given).stdout)
    assert row["id"] == id
    assert len(row["attributions"]) == (2 if given else 0)


def test_a_text_of_windows_1252_is_read_and_offsets_count_its_letters() -> None:
    (row,) = json.loads(fed("Rana Aziz said that the café was full. “Très chère,” she added.".encode("cp1252")).stdout)[
        "attributions"
    ][:1]
    assert row["content"][0][1] == len("Rana Aziz said that the café was full")


def test_what_stands_on_standard_input_and_is_no_json_is_named() -> None:
    result = fed(b'{"id": 1\n')
    assert result.returncode == 1
    assert b"line 1" in result.stderr
    assert b"Traceback" not in result.stderr
