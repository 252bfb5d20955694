"""The word lists of ``resolve/data``, read once, when first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from onrecord.resolve.sound import closeness, skeleton, sounds


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """What a word of an organisation's name may do; the roles are explained in ``data/organisations.txt``."""

    drop: frozenset[str]
    kind: frozenset[str]
    soft: frozenset[str]
    before: frozenset[str]
    weak: frozenset[str]
    office: frozenset[str]
    common: frozenset[str]
    same: dict[str, str]


def lines(name: str) -> Iterator[list[str]]:
    """Yield the words of each line of a list, without comments and empty lines."""
    text = resources.files("onrecord.resolve").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        words = line.split()
        if words and not words[0].startswith("#"):
            yield words


@cache
def titles() -> dict[tuple[str, ...], str]:
    """Return the titles, word by word, with the gender that each tells: ``m``, ``f`` or nothing."""
    found = {}
    for words in lines("titles.txt"):
        gender = words.pop()[1:] if words[-1].startswith("=") else ""
        found[tuple(words)] = gender
    return found


@cache
def equivalents() -> dict[str, frozenset[int]]:
    """Return for each given name, by its sounds, the numbers of the groups of names that stand for one another.

    Groups of English short forms have positive numbers, those of one name in several languages negative ones.
    """
    groups: dict[str, set[int]] = defaultdict(set)
    for number, words in enumerate(lines("equivalents.txt"), 1):
        for word in words:
            if word != "~":
                groups[sounds(word)].add(-number if words[0] == "~" else number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@cache
def _kin_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for words in lines("kin.txt"):
        found[skeleton(words[0])].append(words[0])
    return found


def is_kin_name(word: str, least: float = 0.88) -> bool:
    """Whether the word is a given name common where people carry their father's and grandfather's name."""
    return any(closeness(word, name) > least for name in _kin_names().get(skeleton(word), ()))


@cache
def countries() -> dict[str, str]:
    """Return for each word formed from a country or people the one word that stands for all of them."""
    return {word: words[0] for words in lines("countries.txt") for word in words}


@cache
def organisation_words() -> OrganisationWords:
    """Return the table of words used in and around the names of organisations."""
    table: dict[str, set[str]] = defaultdict(set)
    same = {}
    for role, *words in lines("organisations.txt"):
        table[role].update(words)
        if role == "same":
            same.update(dict.fromkeys(words, words[0]))
    drop, kind, soft, before, weak, office, common = (
        frozenset(table[role]) for role in ("drop", "kind", "soft", "before", "weak", "office", "word")
    )
    return OrganisationWords(drop, kind, soft, before, weak, office, common, same)
