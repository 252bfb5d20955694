"""Which names are worth comparing: pairs that share a key, at a cost that grows with the number of names.

A key is made of consonant skeletons (:func:`onrecord.resolve.sound.skeleton`), so that it survives respelling and
another order of the parts. Names with one key are compared with each other while they are few; in a larger crowd each
is compared with its neighbours by sound only (the sorted neighbourhood of Hernández and Stolfo, 1995), so that the
number of pairs is at most :data:`WINDOW` times the number of keys. How many meetings that leaves out is told.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from onrecord.resolve import vocabulary
from onrecord.resolve.names import OrganisationName, PersonName
from onrecord.resolve.sound import rough, skeleton, sounds

Numbers = npt.NDArray[np.int64]

WINDOW = 12  # neighbours that a name is compared with in a crowd that shares its key
_RARE = 3  # words of an organisation's name, the rarest first, that its keys are made of


def person_keys(name: PersonName, abbreviated: Container[str]) -> Iterator[str]:
    """Yield the keys of a person's name: of every two of its parts, in either order.

    ``abbreviated`` holds the keys of names that give only the first letter of the given name
    (:func:`abbreviated_key`); a full name has such a key only where one of these may be its own.
    """
    full = [part for part in name.parts if not part.initial][:5]
    stems = [skeleton(part.stem) for part in full]
    if len(full) == 1 and (key := abbreviated_key(name)):
        yield key
    if len(full) > 1:
        for one, other in combinations(stems, 2):
            yield _pair(one, other)
        for place in range(len(stems) - 1):  # Geun-hye, Geunhye; Mir Hossein, Mirhossein
            joined = _squeezed(stems[place] + stems[place + 1])
            for other in (*stems[:place], *stems[place + 2 :]):
                yield _pair(joined, other)
        for group in vocabulary.equivalents().get(sounds(full[0].stem), frozenset()):
            yield f"{group} {stems[-1]}"
        if (key := f"{full[0].text[0]}. {stems[-1]}") in abbreviated:
            yield key


def abbreviated_key(name: PersonName) -> str | None:
    """Return the key of a name like "A. Q. Khan": of its first letter and its only part; None for other names."""
    full = [part for part in name.parts if not part.initial]
    if len(full) != 1 or len(name.parts) < 2:
        return None
    return f"{name.parts[0].text[0]}. {skeleton(full[0].stem)}"


def person_order(name: PersonName) -> str:
    """Return what persons are put in order by: first consonants, then vowels in classes, so that respellings meet."""
    texts = [part.text for part in name.parts]
    return "|".join(" ".join(map(heard, texts)) for heard in (skeleton, rough, sounds))


def organisation_keys(name: OrganisationName, frequency: Counter[str]) -> Iterator[str]:
    """Yield the keys of an organisation's name: of its rarest words, singly and in twos.

    ``frequency`` counts the words (:func:`organisation_words`) over all names.
    """
    countries = set(vocabulary.countries().values())
    words = sorted(set(organisation_words(name)), key=lambda word: (frequency[word], word))[:_RARE]
    for word in words:
        if len(words) == 1 or (frequency[word] <= WINDOW and word not in countries):
            yield f"1 {word}"
    for one, other in combinations(words, 2):
        yield _pair(one, other)
    if name.acronym:
        yield f"= {name.acronym}"


def organisation_words(name: OrganisationName) -> list[str]:
    """Return the words that an organisation is told by, own names as skeletons."""
    return [
        f"~{skeleton(word.text)}" if word.role == "name" else word.text
        for word in name.words
        if word.role not in ("drop", "soft")
    ]


class Keys:
    """The keys of names, added in the order of their numbers."""

    def __init__(self) -> None:
        self._count = 0
        self._names = array("q")
        self._digests = bytearray()

    def add(self, keys: Iterable[str]) -> None:
        """Take in the keys of the next name; empty ones are passed over."""
        for key in filter(None, keys):
            self._names.append(self._count)
            self._digests += hashlib.blake2b(key.encode(), digest_size=8).digest()
        self._count += 1

    def sorted(self, rank: Numbers) -> tuple[npt.NDArray[np.uint64], Numbers]:
        """Return the keys in ascending order with their names; names of one key stand in the order of their rank."""
        names, keys = np.frombuffer(self._names, np.int64), np.frombuffer(bytes(self._digests), np.uint64)
        order = np.lexsort((rank[names], keys))
        return keys[order], names[order]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Names to compare, and what was left out."""

    pairs: Numbers  # rows [smaller, larger], each once; those of one key together
    crowded: int  # keys that more than WINDOW names have
    left_out: int  # meetings of two names over such a key that were not looked at

    def renumbered(self, numbers: Sequence[int]) -> Candidates:
        """Return the same with other numbers, ascending, for the names."""
        return replace(self, pairs=np.array(numbers, np.int64)[self.pairs].reshape(-1, 2))


def candidates(keys: Keys, order: Sequence[str]) -> Candidates:
    """Return the pairs of names that share a key.

    Pairs of one key stand together, so that what was worked out for one pair is still at hand for the next.

    Args:
        keys: of all names.
        order: for each name what it is put in order by; neighbours in a crowd are found by it.
    """
    rank = np.empty(len(order), np.int64)
    rank[sorted(range(len(order)), key=order.__getitem__)] = np.arange(len(order))
    key, name = keys.sorted(rank)
    found, places = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, min(WINDOW, len(name))):
        place = np.flatnonzero((key[step:] == key[:-step]) & (name[step:] != name[:-step]))
        a, b = name[place], name[place + step]
        found.append(np.minimum(a, b) * len(order) + np.maximum(a, b))
        places.append(place)
    codes, first = np.unique(np.concatenate(found), return_index=True)
    codes = codes[np.argsort(np.concatenate(places)[first], kind="stable")]
    _, sizes = np.unique(key, return_counts=True)
    crowds = sizes[sizes > WINDOW].astype(np.int64)
    met = (WINDOW - 1) * crowds - WINDOW * (WINDOW - 1) // 2
    left_out = int((crowds * (crowds - 1) // 2 - met).sum())
    return Candidates(np.stack([codes // len(order), codes % len(order)], axis=1), len(crowds), left_out)


def _pair(one: str, other: str) -> str:
    return f"{one} {other}" if one <= other else f"{other} {one}"


def _squeezed(text: str) -> str:
    return "".join(letter for place, letter in enumerate(text) if not place or letter != text[place - 1])
