"""Compares two sources by what is kept of their lives, with reasons."""

from __future__ import annotations

from onrecord.model import Source
from onrecord.resolve.compare import Comparison, evidence, weigh
from onrecord.resolve.context import Context, usage
from onrecord.resolve.romanise import romanise


def compare_sources(a: Source, b: Source, name_a: str | None = None, name_b: str | None = None) -> Comparison:
    """Say whether two sources can be one, from their names and their use.

    Args:
        a: a source.
        b: another, or the same one.
        name_a: the name to compare, when not the source's own.
        name_b: likewise.
    """
    kind = str(a.type) if a.type == b.type else "mixed"
    names = evidence(name_a or a.name, name_b or b.name, kind)
    return weigh([*names, *(usage(_context(a), _context(b)) if a.id != b.id else ())])


def _context(source: Source) -> Context:
    return Context(
        frozenset(romanise(value.words).removeprefix("the ") for value in source.organisations),
        frozenset(romanise(value.words).removeprefix("the ") for value in source.roles),
        frozenset(),
        source.first,
        source.last,
    )
