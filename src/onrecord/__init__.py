"""onrecord: a news archive in which every statement is tied to who said it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.store.archive import Archive

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | Path) -> Archive:
    """Open an archive for reading.

    Args:
        path: the folder that ``onrecord build --into`` made.

    Raises:
        NotAnArchiveError: the folder holds no archive.
        NewerFormatError: the archive was written by a later version.
    """
    from onrecord.store.archive import Archive

    return Archive.open(path)
