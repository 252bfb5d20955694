"""What names are by themselves: forms that are written differently only are one node."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nodes:
    """What each node is by itself; all columns have one entry per node."""

    words: list[str]  # its most frequent form
    types: list[str]
    counts: list[int]  # statements
    firsts: list[str]  # date of the first of them; "9999" where none is known
    ids: list[str]  # of a source that is called so, made of its consonants, where no other source has this id
    own_ids: list[str]  # the same, made of the whole name
    full: list[bool]  # a source is called by a full name rather than by one that is not
    families: list[str]  # consonants of a person's last part; "" for all that is not the name of one person
    singles: list[bool]  # a person's name of one part
