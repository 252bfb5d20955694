"""Which names are worth comparing: pairs that share a key, at a cost that grows with the number of names.

A key is made of consonant skeletons (:func:`onrecord.resolve.sound.skeleton`), so that it survives respelling and
another order of the parts. Names with one key are compared with each other while they are few; in a larger crowd each
is compared with its neighbours by sound only (the sorted neighbourhood of Hernández and Stolfo, 1995), so that the
number of pairs is at most :data:`WINDOW` times the number of keys.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from onrecord.resolve import vocabulary
from onrecord.resolve.names import OrganisationName, PersonName
from onrecord.resolve.sound import skeleton, sounds

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


def candidate_pairs(keys: Iterable[tuple[int, str]], order: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the pairs of numbers that share a key, as rows ``[smaller, larger]`` without repetition.

    Pairs of one key stand together, so that what was worked out for one pair is still at hand for the next.

    Args:
        keys: (number of a name, one of its keys); empty keys are passed over.
        order: for each number, how the name sounds; neighbours in a crowd are found by it.
    """
    numbers: list[int] = []
    digests = bytearray()
    for number, key in keys:
        if key:
            numbers.append(number)
            digests += hashlib.blake2b(key.encode(), digest_size=8).digest()
    if not numbers:
        return np.empty((0, 2), np.int64)
    rank = np.empty(len(order), np.int64)
    rank[sorted(range(len(order)), key=order.__getitem__)] = np.arange(len(order))
    name = np.array(numbers, np.int64)
    key_of = np.frombuffer(bytes(digests), np.uint64)
    sorting = np.lexsort((rank[name], key_of))
    name, key_of = name[sorting], key_of[sorting]
    found, places = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, min(WINDOW, len(name))):
        place = np.flatnonzero((key_of[step:] == key_of[:-step]) & (name[step:] != name[:-step]))
        a, b = name[place], name[place + step]
        found.append(np.minimum(a, b) * len(order) + np.maximum(a, b))
        places.append(place)
    codes, first = np.unique(np.concatenate(found), return_index=True)
    codes = codes[np.argsort(np.concatenate(places)[first], kind="stable")]
    return np.stack([codes // len(order), codes % len(order)], axis=1)


def _pair(one: str, other: str) -> str:
    return f"{one} {other}" if one <= other else f"{other} {one}"


def _squeezed(text: str) -> str:
    return "".join(letter for place, letter in enumerate(text) if not place or letter != text[place - 1])
