"""From what was named on the command line to units of work, each of which becomes one shard.

A large input (a WARC, WACZ, JSON Lines file or WordPress export) is a unit of its own. Files that are
one page each are bundled, so that a hundred thousand pages do not become a hundred thousand folders.
A file that some shard has already, by its digest and name, is done; a page that was read before, of one
address and the same bytes, is not read again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from onrecord import capture
from onrecord.capture import Format
from onrecord.capture.source import clean
from onrecord.engine.known import Known
from onrecord.errors import InputError
from onrecord.model import Capture, Page, Revisit, Skip
from onrecord.settings import Settings
from onrecord.store.shards import InputFile, Manifest

BUNDLE = 256  # page files that make one shard
SAME_BYTES = "same bytes as another input"
_OWN_SHARD = frozenset({Format.WARC, Format.RECORDS, Format.WXR, Format.ZIP})
_THREADS = 8  # reading for digests waits for the disk more than for a core


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A capture with the address and bytes of one before it, in this or another input, which stands for both."""

    capture: Capture
    first: str  # id of the capture before


Item = Page | Skip | Revisit | Unchanged


@dataclass(frozen=True, slots=True)
class Member:
    """One input file of a unit."""

    path: Path
    input: InputFile
    skip: Skip | None = None  # why it is not read at all


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of work: what becomes one shard."""

    name: str  # of the shard's folder
    members: tuple[Member, ...]

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """What the manifest says of the input files."""
        return tuple(member.input for member in self.members)


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do."""

    units: tuple[Unit, ...]
    files: int  # that were named
    done: int  # of them in the archive already


def plan(inputs: Sequence[Path], archive: Path, known: Iterable[Manifest]) -> Plan:
    """Return the units that are still to be done, always in the same order.

    Args:
        inputs: files and folders; folders with all that is below them.
        archive: its folder; nothing in it is an input.
        known: the manifests of the shards that exist.
    """
    done = {(entry.digest, entry.file) for manifest in known for entry in manifest.inputs}
    files = dict.fromkeys(_files(inputs, archive))
    with ThreadPoolExecutor(_THREADS) as pool:
        looked_at = list(pool.map(lambda path: _member(path, archive), files))
    first = {digest: file for digest, file in sorted(done, key=str) if digest}
    left: list[Member] = []
    for member in looked_at:
        entry = member.input
        if (entry.digest, entry.file) not in done:
            left.append(_once(member, first))
        if entry.digest:
            first.setdefault(entry.digest, entry.file)
    return Plan(tuple(_units(left)), len(looked_at), len(looked_at) - len(left))


def read(unit: Unit, settings: Settings, known: Known) -> Iterator[Item]:
    """Yield what a unit's inputs hold, in their order.

    Args:
        unit: whose inputs are read.
        settings: limits.
        known: the pages that were read before; those of this unit are added.
    """
    for item in _read(unit, settings):
        if not isinstance(item, Page) or item.capture.page is None:
            yield item
            continue
        capture = item.capture
        first = known.first(item.capture.page, capture.id)
        yield item if first == capture.id else Unchanged(capture, first)


def _read(unit: Unit, settings: Settings) -> Iterator[Page | Skip | Revisit]:
    for member in unit.members:
        if member.skip is not None:
            yield member.skip
            continue
        try:
            yield from capture.read(member.path, settings, file=member.input.file, digest=member.input.digest)
        except InputError as error:
            yield Skip("capture", "file cannot be read", member.input.file, detail=str(error))


def _files(inputs: Sequence[Path], archive: Path) -> Iterator[Path]:
    own = archive.resolve()
    for path in inputs:
        if not path.is_dir():
            yield path
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if Path(folder, name).resolve() != own)
            yield from (file for name in sorted(names) if not (file := Path(folder, name)).is_dir())


def _member(path: Path, archive: Path) -> Member:
    file = clean(os.fsencode(path).decode("utf-8", "replace"))
    place = os.path.relpath(path.absolute(), archive.resolve())
    try:
        if not path.is_file():
            missing = "no such file" if not path.exists() else "not a regular file"
            return Member(path, InputFile(file, place, None, 0, "missing"), Skip("capture", missing, file))
        entry = InputFile(
            file, place, capture.file_digest(path), path.stat().st_size, capture.format_of_file(path).value
        )
        return Member(path, entry)
    except (InputError, OSError) as error:
        skip = Skip("capture", "file cannot be read", file, detail=str(error))
        return Member(path, InputFile(file, place, None, 0, "missing"), skip)


def _once(member: Member, first: dict[str, str]) -> Member:
    other = first.get(member.input.digest or "")
    if other is None:
        return member
    return Member(member.path, member.input, Skip("capture", SAME_BYTES, member.input.file, detail=other))


def _units(members: Iterable[Member]) -> Iterator[Unit]:
    bundle: list[Member] = []
    for member in members:
        if member.skip is None and member.input.kind in _OWN_SHARD:
            yield Unit(f"{_slug(member.path.name)}-{_short(member.input.digest or '')}", (member,))
            continue
        bundle.append(member)
        if len(bundle) == BUNDLE:
            yield _bundled(bundle)
            bundle = []
    if bundle:
        yield _bundled(bundle)


def _bundled(members: Sequence[Member]) -> Unit:
    listed = "\n".join(f"{member.input.digest} {member.input.file}" for member in members)
    digest = hashlib.sha256(listed.encode()).hexdigest()
    first = members[0].path
    return Unit(
        f"{_slug(first.parent.name if len(members) > 1 else first.name) or 'pages'}-{_short(digest)}", tuple(members)
    )


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._-")[:60]


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:12]
