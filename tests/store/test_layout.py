from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import BusyArchiveError, NewerFormatError, NotAnArchiveError
from onrecord.store import generations
from onrecord.store.layout import Layout, create, locked, open_layout, write_whole


def test_a_new_folder_becomes_an_archive_that_can_be_opened(tmp_path: Path) -> None:
    layout = create(tmp_path / "deep" / "archive")
    assert open_layout(layout.path) == layout == create(layout.path)
    assert layout.shard_folders() == []
    assert generations.current(layout) is None


@pytest.mark.parametrize("card", ['{"format": 2}', '{"format": "new"}'])
def test_an_archive_of_a_later_version_is_refused(tmp_path: Path, card: str) -> None:
    layout = create(tmp_path / "archive")
    (layout.path / "onrecord.json").write_text(card)
    with pytest.raises(NewerFormatError, match="install a newer onrecord"):
        open_layout(layout.path)


@pytest.mark.parametrize("card", ["", "{", "[]", "{}", "\xff"])
def test_a_damaged_card_is_no_archive(tmp_path: Path, card: str) -> None:
    layout = create(tmp_path / "archive")
    (layout.path / "onrecord.json").write_text(card, encoding="latin-1")
    with pytest.raises(NotAnArchiveError):
        open_layout(layout.path)


def test_a_file_or_a_full_folder_is_not_made_an_archive(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotAnArchiveError, match="is a file"):
        create(tmp_path / "file")
    with pytest.raises(NotAnArchiveError, match="not empty"):
        create(tmp_path)
    with pytest.raises(NotAnArchiveError, match="does not exist"):
        open_layout(tmp_path / "none")


def test_the_lock_is_held_against_other_processes_and_goes_with_its_holder(tmp_path: Path) -> None:
    layout = create(tmp_path / "archive")
    script = (
        "import sys; from pathlib import Path\n"
        "from onrecord.store.layout import Layout, locked\n"
        "with locked(Layout(Path(sys.argv[1]))):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(layout.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(BusyArchiveError), locked(layout):
            pass
        process.kill()
        process.wait()
    with locked(layout):
        pass


def sealed(layout: Layout, words: str) -> generations.Generation:
    def write(folder: Path) -> dict[str, int]:
        (folder / "data").write_text(words)
        return {"words": len(words)}

    return generations.seal(layout, words, ["a", "b"], write)


def test_a_generation_is_swapped_whole_and_the_one_before_is_kept(tmp_path: Path) -> None:
    layout = create(tmp_path / "archive")
    for number, words in enumerate(("one", "two", "three"), 1):
        card = sealed(layout, words)
        folder = generations.current(layout)
        assert folder is not None
        assert generations.read_card(folder) == card
        assert (card.number, card.made_from, card.shards) == (number, words, ("a", "b"))
        assert (folder / "data").read_text() == words
    assert sorted(path.name for path in layout.generations.iterdir()) == ["2", "3"]


def test_a_generation_that_fails_changes_nothing(tmp_path: Path) -> None:
    layout = create(tmp_path / "archive")
    sealed(layout, "one")

    def fail(folder: Path) -> dict[str, int]:
        (folder / "half").touch()
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        generations.seal(layout, "two", [], fail)
    assert [path.name for path in layout.generations.iterdir()] == ["1"]
    folder = generations.current(layout)
    assert folder is not None
    assert folder.name == "1"


def test_what_a_killed_build_left_of_a_generation_is_swept_away(tmp_path: Path) -> None:
    layout = create(tmp_path / "archive")
    (layout.generations / ".7.part").mkdir()
    sealed(layout, "one")
    assert [path.name for path in layout.generations.iterdir()] == ["1"]


def test_a_small_file_is_old_or_new_and_never_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "CURRENT", "1\n")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="space"):
        write_whole(tmp_path / "CURRENT", "2\n")
    assert (tmp_path / "CURRENT").read_text() == "1\n"
