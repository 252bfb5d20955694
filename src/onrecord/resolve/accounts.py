"""Two accounts laid side by side: in what they differ, and how the wording of one saying drifted from print to print."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from onrecord.resolve.phrasing import ENDING, NAME, NUMBER_WORDS, TITLES, WORD, plain
from onrecord.resolve.stance import classes

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One respect in which two accounts differ."""

    kind: str  # number | name | negation
    a: Words  # what only the first has
    b: Words  # what only the second has


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words that another print has otherwise; empty where it has nothing there."""

    a: str
    b: str


def differences(a: str, b: str) -> tuple[Difference, ...]:
    """Return the numbers, names and negations that two statements do not share. Names are people, places, bodies."""
    found = []
    for kind, pick in (("number", _numbers), ("name", _names), ("negation", _negations)):
        one, other = pick(a), pick(b)
        only_a, only_b = (
            tuple(printed for key, printed in x.items() if key not in y) for x, y in ((one, other), (other, one))
        )
        if (only_a and only_b) or (kind == "negation" and bool(one) != bool(other)):
            found.append(Difference(kind, only_a, only_b))
    return tuple(found)


def drift(a: str, b: str) -> tuple[Change, ...]:
    """Return where two prints of one saying use other words, in order; capitals and marks do not count."""
    left, right = WORD.findall(a), WORD.findall(b)
    matcher = difflib.SequenceMatcher(None, [plain(w) for w in left], [plain(w) for w in right], autojunk=False)
    return tuple(
        Change(" ".join(left[i:j]), " ".join(right[k:m]))
        for kind, i, j, k, m in matcher.get_opcodes()
        if kind != "equal"
    )


def _numbers(text: str) -> dict[str, str]:
    printed = WORD.findall(text)
    return {plain(word): word for word in printed if word[-1].isdigit() or plain(word) in NUMBER_WORDS}


def _names(text: str) -> dict[str, str]:
    found = {}
    for match in NAME.finditer(text):
        word, before = match.group().strip(".'’-"), text[: match.start()].rstrip("\"“‘'( ")
        if before and before[-1] not in ".!?:…" and word != "I" and word.casefold() not in TITLES:
            found[ENDING.sub("", word.casefold())] = word
    return found


def _negations(text: str) -> dict[str, str]:
    return {plain(word): word for word in WORD.findall(text) if "no" in classes(plain(word))}
