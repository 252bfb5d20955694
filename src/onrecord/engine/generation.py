"""After the shards: everything that is seen only when the whole archive is seen, sealed as a generation."""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord import __version__
from onrecord.store import entries, generations, index
from onrecord.store.generations import Generation
from onrecord.store.layout import Layout


def derive(layout: Layout) -> Generation:
    """Return the generation made from the shards and the ledger as they are now; a new one only where they changed.

    The archive's lock is held.
    """
    folders = layout.shard_folders()
    made_from = _made_from(layout, folders)
    folder = generations.current(layout)
    if folder is not None and (card := generations.read_card(folder)).made_from == made_from:
        return card

    def write(folder: Path) -> dict[str, int]:
        card = index.write(folder / "index", entries.read(folders))
        return {"statements": card.statements, "articles": card.articles, "pictures": card.pictures}

    return generations.seal(layout, made_from, [path.name for path in folders], write)


def _made_from(layout: Layout, folders: list[Path]) -> str:
    known = hashlib.sha256(__version__.encode())
    for folder in folders:
        known.update(f"\n{folder.name}".encode())
    return known.hexdigest()
