from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from onrecord.errors import ArchiveError
from onrecord.store import index, indexing
from onrecord.store.archive import Archive


def test_an_index_of_another_version_asks_to_be_rebuilt(tmp_path: Path) -> None:
    card = indexing.write(tmp_path, iter([]))
    assert index.read_card(tmp_path) == card
    older = dataclasses.asdict(card) | {"format": card.format + 1}
    (tmp_path / index.CARD).write_text(json.dumps(older))
    with pytest.raises(ArchiveError, match="rebuild"):
        index.read_card(tmp_path)


@pytest.mark.parametrize("name", [index.CARD, "statements/meta.json", "sources"])
def test_an_index_of_which_a_part_is_missing_asks_to_be_rebuilt(tmp_path: Path, name: str) -> None:
    indexing.write(tmp_path, iter([]))
    part = tmp_path / name
    part.rename(part.with_name("elsewhere"))
    with pytest.raises(ArchiveError, match="rebuild"):
        index.read_card(tmp_path)


def test_a_damaged_index_is_said_to_be_damaged(tmp_path: Path) -> None:
    indexing.write(tmp_path / "index", iter([]))
    (tmp_path / "index" / "articles" / "meta.json").write_text("{")
    with pytest.raises(ArchiveError, match="rebuild"):
        Archive(tmp_path, tmp_path / "index", [])
