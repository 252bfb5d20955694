"""Weighs many pairs of names at once: pairs whose parts are as close as those of a pair weighed before weigh the same.

What names weigh is said by :mod:`onrecord.resolve.compare` alone. Here is told which pairs are alike for it, so that it
is asked once for all of them, and which pairs it need not be asked about.
"""

from __future__ import annotations

import math
from array import array
from itertools import product

import numpy as np
import numpy.typing as npt

from onrecord.model import SpeakerType
from onrecord.resolve.compare import WEIGHTS, evidence, odds
from onrecord.resolve.names import OrganisationName, Part, PersonName
from onrecord.resolve.pairing import WORD_FROM
from onrecord.resolve.parts import Flags, Numbers, Parts

SEVERAL = " ; "  # stands between the names of several speakers of one statement
NOT_ONE = -math.inf
Odds = npt.NDArray[np.float64]

_CHUNK = 200_000  # pairs that are weighed at once; bounds the memory
_WIDTH = 4  # parts of a name whose pairs are weighed by likeness
_UNUSUAL, _NOBODY = -1, -2  # names that are weighed one by one; names that are not one person's
_SETTLED = ("name", "common", "drop")  # roles of words of which none joins the word beside it
# Initials are bound by articles only; who differs in a part of the name, or an organisation in its own words, is another.
_DECIDES = frozenset(("initials of the other", "words differ", "parts differ in the same place"))


class Persons:
    """Names of persons, taken apart one after the other and then weighed in pairs."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._parts = Parts()
        self._rows = array("i")
        self._marks: dict[tuple[str, str], int] = {}
        self._closeness: dict[tuple[float, str, bool], int] = {(0.0, "", False): 0}
        self._weighed: dict[bytes, float] = {}

    def add(self, words: str, name: PersonName) -> None:
        """Take in the next name."""
        self._words.append(words)
        parts = name.parts
        row: list[int] = []
        if SEVERAL in words or len(parts) < 2:
            kind = _NOBODY
        elif len(parts) > _WIDTH or name.nickname or name.unvowelled or sum(part.initial for part in parts) > 1:
            kind = _UNUSUAL
        else:
            row = [self._parts.number(part) for part in parts]
            kind = self._marks.setdefault((name.mark, name.gender), len(self._marks))
        self._rows.extend((*row, *[-1] * (_WIDTH - len(row)), kind))

    def odds(self, pairs: Numbers) -> Odds:
        """Return the log-odds that two names are one, minus infinity for those that no use of them can make one.

        Args:
            pairs: rows of two numbers of names, in the order in which they were added.
        """
        rows = np.frombuffer(self._rows, np.int32).reshape(-1, _WIDTH + 1)
        found = [np.zeros(0)]
        for start in range(0, len(pairs), _CHUNK):
            a, b = pairs[start : start + _CHUNK].T
            found.append(self._odds(a, b, rows[a].astype(np.int64), rows[b].astype(np.int64)))
        return np.concatenate(found)

    def _odds(self, a: Numbers, b: Numbers, mine: Numbers, theirs: Numbers) -> Odds:
        found = np.full(len(a), NOT_ONE)
        kinds = np.minimum(mine[:, -1], theirs[:, -1])
        alike = kinds >= 0
        alike[alike] = ~self._joined(mine[alike, :-1], theirs[alike, :-1])
        for place in np.flatnonzero(~alike & (kinds != _NOBODY)).tolist():
            found[place] = _weigh(self._words[a[place]], self._words[b[place]], SpeakerType.PERSON)
        usual = np.flatnonzero(alike)
        if not len(usual):
            return found
        signs = self._signs(mine[usual], theirs[usual])
        distinct, first, which = np.unique(signs, return_index=True, return_inverse=True)
        odds = np.empty(len(distinct))
        for number, place in enumerate(usual[first].tolist()):
            sign = distinct[number].tobytes()
            if sign not in self._weighed:
                self._weighed[sign] = _weigh(self._words[a[place]], self._words[b[place]], SpeakerType.PERSON)
            odds[number] = self._weighed[sign]
        found[usual] = odds[which]
        return found

    def _signs(self, mine: Numbers, theirs: Numbers) -> npt.NDArray[np.void]:
        """Return all that the weight of each pair depends on: how close which parts are, and of what kind all are."""
        columns = [mine[:, -1], theirs[:, -1]]
        for side in (mine, theirs):
            columns += [np.where(part >= 0, self._parts.kinds[part], -1) for part in side[:, :-1].T]
        cells = list(product(range(_WIDTH), repeat=2))
        codes = np.stack([mine[:, i] * len(self._parts) + theirs[:, j] for i, j in cells], axis=1)
        there = np.stack([(mine[:, i] >= 0) & (theirs[:, j] >= 0) for i, j in cells], axis=1)
        close = np.zeros(codes.shape, np.int64)
        close[there] = self._close(codes[there])
        signs = np.concatenate([np.stack(columns, axis=1), close], axis=1).astype(np.int32)
        return np.ascontiguousarray(signs).view(np.dtype((np.void, signs.shape[1] * 4))).ravel()

    def _close(self, codes: Numbers) -> Numbers:
        """Return for pairs of parts a number that stands for how close they are, in what way, and whether the same."""
        distinct, which = np.unique(codes, return_inverse=True)
        one, other = np.divmod(distinct, max(1, len(self._parts)))
        numbers = [
            self._closeness.setdefault((close, how, close > 0 and same), len(self._closeness))
            for (close, how), same in zip(self._parts.close(one, other), self._parts.same(one, other), strict=True)
        ]
        return np.array(numbers, np.int64)[which]

    def _joined(self, mine: Numbers, theirs: Numbers) -> Flags:
        """Whether several parts of one name are one part of the other ("Geun-hye", "Geunhye"): the parts do not tell."""
        found = np.zeros(len(mine), np.bool_)
        unequal = (mine >= 0).sum(axis=1) != (theirs >= 0).sum(axis=1)
        for several, one in ((mine, theirs), (theirs, mine)):
            for length, start in product((2, 3), range(_WIDTH - 1)):
                run = several[:, start : start + length]
                for part in one.T if run.shape[1] == length else ():
                    there = np.flatnonzero(unequal & (run >= 0).all(axis=1) & (part >= 0))
                    found[there] |= self._parts.joined(list(run[there].T), part[there])
        return found


class Organisations:
    """Names of organisations, taken apart one after the other and then weighed in pairs."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._parts = Parts()
        self._own = array("i")

    def add(self, words: str, name: OrganisationName) -> None:
        """Take in the next name."""
        self._words.append(words)
        own = [word.text for word in name.words if word.role == "name"]
        told_by_it = len(own) == 1 and not name.unvowelled and all(word.role in _SETTLED for word in name.words)
        self._own.append(
            _NOBODY if SEVERAL in words else self._parts.number(Part(own[0])) if told_by_it else _UNUSUAL
        )  # fmt: skip

    def odds(self, pairs: Numbers) -> Odds:
        """Return the same as :meth:`Persons.odds`. Two names with one word of their own are two where it differs."""
        own = np.frombuffer(self._own, np.int32).astype(np.int64)
        found = np.full(len(pairs), NOT_ONE)
        kinds = own[pairs]
        asked = (kinds != _NOBODY).all(axis=1)
        told = np.flatnonzero((kinds >= 0).all(axis=1))
        codes, which = np.unique(kinds[told, 0] * len(self._parts) + kinds[told, 1], return_inverse=True)
        close = self._parts.close(*np.divmod(codes, max(1, len(self._parts))))
        asked[told] = np.array([each >= WORD_FROM for each, _ in close], np.bool_)[which]
        for place in np.flatnonzero(asked).tolist():
            a, b = pairs[place].tolist()
            found[place] = _weigh(self._words[a], self._words[b], SpeakerType.ORGANISATION)
        return found


def _weigh(a: str, b: str, kind: str) -> float:
    found = tuple(evidence(a, b, kind))
    if any(what in _DECIDES for what, _, _ in found):
        return NOT_ONE
    return WEIGHTS["start"] + odds(found)
