"""Word lists from ``data/``: what is known about English that no rule gives.

A file has ``#`` comments, ``[section]`` heads and words between blanks; entries of several words join them by ``_``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of each section of a file, in order; words before the first head stand under ``""``."""
    found: dict[str, list[str]] = {"": []}
    section = ""
    for line in lines(name):
        if line.startswith("["):
            section = line.strip("[]")
            found.setdefault(section, [])
        else:
            found[section].extend(line.split())
    return {key: tuple(words) for key, words in found.items()}


def words(name: str, section: str = "") -> frozenset[str]:
    """Return the words of one section as a set, with blanks in the place of ``_``."""
    return frozenset(word.replace("_", " ") for word in sections(name)[section])


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a file without comments and empty lines."""
    text = files("onrecord.attribute").joinpath("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
