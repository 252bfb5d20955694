"""The folder of an archive: what lies where, which version wrote it, and who may write to it now.

::

    archive/
      onrecord.json      the format version
      lock               held by the one process that builds
      shards/            see ``shards``
      sites/             what each site repeats; see ``onrecord.engine.learning``
      ledger.db          see ``ledger``
      generations/<n>/   see ``generations``
      CURRENT            the number of the generation that is read
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ArchiveError, BusyArchiveError, NewerFormatError, NotAnArchiveError
from onrecord.model import FORMAT_VERSION

_CARD = "onrecord.json"


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in an archive's folder."""

    path: Path

    @property
    def shards(self) -> Path:
        """The folder of the shards."""
        return self.path / "shards"

    @property
    def generations(self) -> Path:
        """The folder of the generations."""
        return self.path / "generations"

    @property
    def sites(self) -> Path:
        """The folder of what was learned of each site."""
        return self.path / "sites"

    @property
    def current(self) -> Path:
        """The file that names the generation in use."""
        return self.path / "CURRENT"

    @property
    def ledger(self) -> Path:
        """The curators' judgements."""
        return self.path / "ledger.db"

    def shard_folders(self) -> list[Path]:
        """Return the finished shards, in the order of their names."""
        if not self.shards.is_dir():
            return []
        return sorted(path for path in self.shards.iterdir() if not path.name.startswith("."))


def create(path: Path) -> Layout:
    """Return the layout of an archive, making its folder where there is none yet.

    Raises:
        NotAnArchiveError: something else is there.
        NewerFormatError: a later version of onrecord wrote it.
        ArchiveError: the folder cannot be made.
    """
    card = path / _CARD
    if card.exists():
        return open_layout(path)
    try:
        if path.is_dir() and any(path.iterdir()):
            raise NotAnArchiveError(f"{path} is not empty and holds no archive; name a new folder")
        path.mkdir(parents=True, exist_ok=True)
        write_whole(card, json.dumps({"format": FORMAT_VERSION}) + "\n")
        Layout(path).shards.mkdir(exist_ok=True)
        Layout(path).generations.mkdir(exist_ok=True)
    except FileExistsError:
        raise NotAnArchiveError(f"{path} is a file; name a folder for the archive") from None
    except PermissionError as error:
        raise ArchiveError(f"{path}: cannot be written: {error.strerror}; choose another folder") from error
    return Layout(path)


def open_layout(path: Path) -> Layout:
    """Return the layout of an archive that exists.

    Raises:
        NotAnArchiveError: there is none.
        NewerFormatError: a later version of onrecord wrote it.
    """
    try:
        version = json.loads((path / _CARD).read_text(encoding="utf-8"))["format"]
    except FileNotFoundError:
        what = "holds no archive" if path.exists() else "does not exist"
        raise NotAnArchiveError(f"{path} {what}; make one with `onrecord build INPUT --into {path}`") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAnArchiveError(f"{path / _CARD} cannot be read ({error}); restore it from a backup") from error
    if not isinstance(version, int) or version > FORMAT_VERSION:
        raise NewerFormatError(
            f"{path} has format {version}; this onrecord reads up to {FORMAT_VERSION}; install a newer onrecord"
        )
    return Layout(path)


@contextlib.contextmanager
def locked(layout: Layout) -> Iterator[None]:
    """Hold the archive's lock. The system gives it back when the process ends, however it ends.

    Raises:
        BusyArchiveError: another process holds it.
    """
    handle = os.open(layout.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BusyArchiveError(
                f"another process is building into {layout.path}; wait until it has finished, then run this again"
            ) from None
        yield
    finally:
        os.close(handle)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it has either its old or its new content, whatever happens."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make the operating system bring a file or a folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
