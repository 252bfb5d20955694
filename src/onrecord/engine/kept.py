"""What one generation keeps so that the next need not find it again: a part for each shard, and decisions on pairs."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from onrecord.engine.spread import spread
from onrecord.resolve.ragged import Numbers
from onrecord.store.generations import share

Arrays = dict[str, npt.NDArray[np.generic]]
Signs = npt.NDArray[np.uint64]
FOLDER = "relations"
LEFT_OUT = "left-out.json"
FILES = 16  # that parts of shards are put into: few enough to be open at once
Part = TypeVar("Part")


def shelf(
    shards: Sequence[Path],
    folder: Path,
    before: Path | None,
    name: str,
    make: Callable[[Path], Arrays],
    counted: str,
) -> list[Arrays]:
    """Return for each shard what is made of it alone, from the generation before where that has it.

    Args:
        shards: their folders; a shard never changes.
        folder: of the generation that is being made, where all is kept.
        before: of the generation before, if any.
        name: of what is made, with the version of its rules.
        make: makes it; a function of a module.
        counted: the table whose rows tell how much work a shard is.
    """
    kept = folder / FOLDER
    kept.mkdir(exist_ok=True)
    targets = [kept / f"{shard.name}.{name}.npz" for shard in shards]
    missing = []
    for shard, target in zip(shards, targets, strict=True):
        if before is None or not _linked(before / FOLDER / target.name, target):
            missing.append((shard, target))
    size = sum(pq.read_metadata(shard / f"{counted}.parquet").num_rows for shard, _ in missing)
    for _ in spread(functools.partial(_make, make), missing, size):
        pass
    return [_load(target) for target in targets]


def _linked(old: Path, new: Path) -> bool:
    """Take a file over; it is read first, so that a damaged one is made anew."""
    try:
        _load(old)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return False
    share(old, new)
    return True


def _make(make: Callable[[Path], Arrays], part: tuple[Path, Path]) -> None:
    shard, target = part
    np.savez(target, allow_pickle=False, **make(shard))


def _load(path: Path) -> Arrays:
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
        return dict(file)


def grouped(parts: Sequence[Part]) -> list[Sequence[Part]]:
    """Return the parts in a few groups, in order."""
    size = -(-len(parts) // FILES) or 1
    return [parts[at : at + size] for at in range(0, len(parts), size)]


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs that were decided on, and what each was found to be."""

    UNKNOWN: ClassVar[int] = -2
    NOTHING: ClassVar[int] = -1
    keys: Signs  # ascending
    results: Numbers  # a number that the caller knows the meaning of, or NOTHING

    def places(self, keys: Signs) -> Numbers:
        """Return the result of each pair, UNKNOWN for those never decided on."""
        if not len(self.keys):
            return np.full(len(keys), self.UNKNOWN)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.results[place], self.UNKNOWN)


def decided(before: Path | None, name: str, rules: str) -> Decided:
    """Return what the generation before decided by the same rules; nothing where it is missing or damaged."""
    with contextlib.suppress(OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        if before is not None:
            arrays = _load(before / FOLDER / f"{name}.npz")
            if str(arrays["rules"]) == rules:
                return Decided(arrays["keys"].astype(np.uint64), arrays["results"].astype(np.int64))
    return Decided(np.zeros(0, np.uint64), np.zeros(0, np.int64))


def write_decided(folder: Path, name: str, rules: str, keys: Signs, results: Numbers) -> None:
    """Keep decisions for the next generation."""
    order = np.argsort(keys)
    path = folder / FOLDER / f"{name}.npz"
    np.savez(path, allow_pickle=False, keys=keys[order], results=results[order], rules=np.array(rules))


def note_left_out(folder: Path, what: str, keys: int, meetings: int) -> None:
    """Write down what was not compared: meetings of two over keys that so many have that they say little.

    Args:
        folder: of the generation that is being made.
        what: articles, statements or names.
        keys: how many such keys there are.
        meetings: how many meetings over one of them were left out; two that meet over several count several times.
    """
    path = folder / FOLDER / LEFT_OUT
    noted = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    noted[what] = {"common_keys": keys, "meetings_left_out": meetings}
    path.write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")


def left_out(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what :func:`note_left_out` wrote into a generation: of what -> keys and meetings; empty where nothing is."""
    try:
        noted = json.loads((folder / FOLDER / LEFT_OUT).read_text(encoding="utf-8"))
        return {what: (int(each["common_keys"]), int(each["meetings_left_out"])) for what, each in noted.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def sign(parts: Sequence[str | None], more: bytes = b"") -> int:
    """Return a 64-bit hash of all that decisions on something rest on; the same on every machine."""
    text = "\0".join("" if part is None else f"+{part}" for part in parts)
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass") + b"\0" + more, digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def pair_keys(one: Signs, other: Signs) -> Signs:
    """Return the key of each pair of signs; the other way round it is another."""
    mixed = one * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed += other * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return mixed * np.uint64(0x94D049BB133111EB)
