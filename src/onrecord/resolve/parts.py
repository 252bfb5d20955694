"""The distinct parts of many names, by number, and how close two of them are.

Parts of names are shared by a Zipf law: a million names have a quarter of a million parts, and pairs of names far fewer
pairs of parts. What is asked of parts is found once for each, however many names have it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt

from onrecord.resolve import vocabulary
from onrecord.resolve.compare import is_mohammed
from onrecord.resolve.hearing import Heard
from onrecord.resolve.names import Part
from onrecord.resolve.pairing import LONGER, MATCH_FROM, MERGE_FROM, part_closeness
from onrecord.resolve.sound import skeleton, sounds

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

NOT_CLOSE = (0.0, "")


class Parts:
    """All parts, each once. None is added any more once a question was asked."""

    def __init__(self) -> None:
        self._numbers: dict[Part, int] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    def number(self, part: Part) -> int:
        """Return the number of a part."""
        return self._numbers.setdefault(part, len(self._numbers))

    def close(self, one: Numbers, other: Numbers) -> list[tuple[float, str]]:
        """Return what :func:`part_closeness` says of pairs of parts; where only the sound counts, for all at once."""
        more = self._unruly[one] | self._unruly[other] | (self._heads[one] != self._heads[other])
        more |= self._shortened[one] & self._shortened[other]
        sound = np.zeros(len(one))
        sound[~more] = self._stems.closeness(self._stem[one[~more]], self._stem[other[~more]])
        found = [(close, "sound") if close >= MATCH_FROM else NOT_CLOSE for close in sound.tolist()]
        for place in np.flatnonzero(more).tolist():
            found[place] = part_closeness(self._parts[one[place]], self._parts[other[place]])
        return found

    def joined(self, several: list[Numbers], one: Numbers) -> Flags:
        """Return where several parts that stand beside each other are written as one part in the other name."""
        total = np.sum([self._letters[number] for number in several], axis=0)
        begin_alike = (self._first[several[0]] == self._first[one]) | (self._heard[several[0]] == self._heard[one])
        found: Flags = begin_alike & (np.abs(total - self._letters[one]) <= LONGER)
        words: dict[str, int] = {}
        pairs = [
            (words.setdefault("".join(self._parts[each].text for each in run), len(words)),
             words.setdefault(self._parts[alone].text, len(words)))
            for *run, alone in np.stack([*several, one], axis=1)[found].tolist()
        ]  # fmt: skip
        found[found] = Heard(list(words)).closeness(*np.array(pairs, np.int64).reshape(-1, 2).T) >= MERGE_FROM
        return found

    def same(self, one: Numbers, other: Numbers) -> list[bool]:
        """Return whether pairs of parts are one word."""
        same: list[bool] = (self._texts[one] == self._texts[other]).tolist()
        return same

    @cached_property
    def kinds(self) -> Numbers:
        """All that :mod:`onrecord.resolve.compare` asks of a part by itself, one bit for each answer."""
        return self._of_each(
            lambda part: (
                part.initial | part.son_of << 1 | vocabulary.is_kin_name(part.text) << 2 | is_mohammed(part.text) << 3
            )
        )

    @cached_property
    def _parts(self) -> list[Part]:
        return list(self._numbers)

    @cached_property
    def _stems(self) -> Heard:
        return Heard(list(dict.fromkeys(part.stem for part in self._parts)))

    @cached_property
    def _stem(self) -> Numbers:
        numbers: dict[str, int] = {}
        return self._of_each(lambda part: numbers.setdefault(part.stem, len(numbers)))

    @cached_property
    def _unruly(self) -> Flags:
        """Parts of which not the sound alone counts: initials, and those that may have an article written on."""
        return self._of_each(lambda part: part.initial or part.stem.startswith(("al", "el"))).astype(np.bool_)

    @cached_property
    def _shortened(self) -> Flags:
        groups = vocabulary.equivalents()
        return self._of_each(lambda part: sounds(part.text) in groups).astype(np.bool_)

    @cached_property
    def _heads(self) -> Numbers:
        return self._of_each(lambda part: ord(part.head[-1:] or "\0"))

    @cached_property
    def _texts(self) -> Numbers:
        numbers: dict[str, int] = {}
        return self._of_each(lambda part: numbers.setdefault(part.text, len(numbers)))

    @cached_property
    def _letters(self) -> Numbers:
        return self._of_each(lambda part: len(part.text))

    @cached_property
    def _first(self) -> Numbers:
        return self._of_each(lambda part: ord(part.text[0]))

    @cached_property
    def _heard(self) -> Numbers:
        return self._of_each(lambda part: ord(skeleton(part.text)[0]))

    def _of_each(self, told: Callable[[Part], int]) -> Numbers:
        return np.array([told(part) for part in self._parts], np.int64)
