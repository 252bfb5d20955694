from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from onrecord.model import ShardContents, Skip
from onrecord.store import indexing, shards
from onrecord.store.archive import Archive
from onrecord.store.entries import Entry

Open = Callable[..., Archive]


@pytest.fixture(scope="session")
def open_entries() -> Iterator[Open]:
    """Writes the index of these entries and opens it, without a build around it."""
    with TemporaryDirectory() as scratch:
        made = 0

        def build(
            entries: Iterable[Entry],
            *,
            skips: tuple[Skip, ...] = (),
            **derived: Any,
        ) -> Archive:
            nonlocal made
            made += 1
            folder = Path(scratch, str(made))
            indexing.write(folder / "index", entries, **derived)
            shards.write_shard(folder / "shard", ShardContents(skips=skips), ())
            return Archive(folder, folder / "index", [folder / "shard"])

        yield build
