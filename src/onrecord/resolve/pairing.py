"""Lays the parts of two names beside each other: which belong together, and what is left over where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from onrecord.resolve import vocabulary
from onrecord.resolve.names import OrganisationName, Part, PersonName, Word
from onrecord.resolve.sound import closeness, skeleton, sounds

MATCH_FROM = 0.7  # two parts less close than this are not the same part
MERGE_FROM = 0.75  # several parts written as one must sound more alike than that
LONGER = 4  # letters by which they and the one may differ in length
WORD_FROM = 0.8  # and so must the own names of organisations
_INITIAL = 0.6  # what an initial counts for when the best way is looked for: less than a name
_ROTATED = 0.3  # what another order of the parts costs


@dataclass(frozen=True, slots=True)
class Pair:
    """Parts ``a[a_from:a_to]`` of one name that belong to ``b[b_from:b_to]`` of the other."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int
    closeness: float
    how: str  # sound | initial | short form | other language


@dataclass(frozen=True, slots=True)
class Gap:
    """Parts left over between two pairs, before the first or after the last."""

    where: str  # front | middle | end
    a: tuple[Part, ...]
    b: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best way to lay two names beside each other; ``b`` may have been turned round."""

    a: tuple[Part, ...]
    b: tuple[Part, ...]
    pairs: tuple[Pair, ...]
    gaps: tuple[Gap, ...]
    rotated: bool

    @property
    def value(self) -> float:
        """How much agrees, in parts."""
        return sum(pair.closeness * max(pair.a_to - pair.a_from, pair.b_to - pair.b_from) for pair in self.pairs)


def align_parts(a: PersonName, b: PersonName) -> Alignment:
    """Lay the parts of two persons' names beside each other, in order, or with the family name at the other end."""
    unvowelled = a.unvowelled != b.unvowelled
    best = _align(a.parts, b.parts, unvowelled)
    if not best.gaps or not a.parts or len(b.parts) < 2 or any(part.son_of for part in (*a.parts, *b.parts)):
        return best
    for turned in (b.parts[-1:] + b.parts[:-1], b.parts[1:] + b.parts[:1]):
        if not any(part_closeness(a.parts[end], turned[end], unvowelled)[0] for end in (0, -1)):
            continue
        other = _align(a.parts, turned, unvowelled, rotated=True)
        if other.value - _ROTATED > best.value and not any(gap.a and gap.b for gap in other.gaps):
            best = other
    return best


_ONE_TO_ONE = ((1, 1),)
_JOINED = ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3))


def _align(a: tuple[Part, ...], b: tuple[Part, ...], unvowelled: bool, rotated: bool = False) -> Alignment:
    """Lay one beside the other in order; parts are joined only where one by one something is left over."""
    found = _best_way(a, b, unvowelled, rotated, _ONE_TO_ONE)
    if found.gaps and len(a) != len(b):
        return _best_way(a, b, unvowelled, rotated, _JOINED)
    return found


def _best_way(
    a: tuple[Part, ...], b: tuple[Part, ...], unvowelled: bool, rotated: bool, moves: tuple[tuple[int, int], ...]
) -> Alignment:
    values = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    steps: list[list[Pair | None]] = [[None] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            values[i][j] = max(values[i - 1][j], values[i][j - 1])
            for di, dj in moves:
                if i < di or j < dj:
                    continue
                close, how = _close(a[i - di : i], b[j - dj : j], unvowelled)
                value = values[i - di][j - dj] + (_INITIAL if how == "initial" else close * max(di, dj))
                if close and value > values[i][j]:
                    values[i][j], steps[i][j] = value, Pair(i - di, i, j - dj, j, close, how)
    return _trace(a, b, values, steps, rotated)


def _trace(
    a: tuple[Part, ...],
    b: tuple[Part, ...],
    values: list[list[float]],
    steps: list[list[Pair | None]],
    rotated: bool,
) -> Alignment:
    pairs: list[Pair] = []
    i, j = len(a), len(b)
    while i and j:
        step = steps[i][j]
        if step:
            pairs.append(step)
            i, j = step.a_from, step.b_from
        elif values[i][j] == values[i - 1][j]:
            i -= 1
        else:
            j -= 1
    pairs.reverse()
    gaps = []
    last_a = last_b = 0
    for number, (to_a, to_b) in enumerate([*((p.a_from, p.b_from) for p in pairs), (len(a), len(b))]):
        if to_a > last_a or to_b > last_b:
            where = "end" if number == len(pairs) else "middle" if number else "front"
            gaps.append(Gap(where, a[last_a:to_a], b[last_b:to_b]))
        if number < len(pairs):
            last_a, last_b = pairs[number].a_to, pairs[number].b_to
    return Alignment(a, b, tuple(pairs), tuple(gaps), rotated)


def _close(a: tuple[Part, ...], b: tuple[Part, ...], unvowelled: bool) -> tuple[float, str]:
    if len(a) == 1 and len(b) == 1:
        return part_closeness(a[0], b[0], unvowelled)
    several, one = (a, b[0]) if len(a) > 1 else (b, a[0])
    if (
        all(part.initial for part in several) and one.head == "abd" and len(several) == 2
    ):  # A.Q. Khan, Abdul Qadeer Khan
        return (0.9, "initial") if several[0].stem == "a" and several[1].stem == one.stem[:1] else (0.0, "")
    if one.initial or any(part.initial for part in several):
        return 0.0, ""
    joined = "".join([part.text for part in several])
    if joined[0] != one.text[0] and skeleton(several[0].text)[0] != skeleton(one.text)[0]:
        return 0.0, ""
    if abs(len(joined) - len(one.text)) > LONGER:
        return 0.0, ""
    close = closeness(joined, one.text, unvowelled)
    return (close, "sound") if close >= MERGE_FROM else (0.0, "")


@lru_cache(maxsize=20_000)
def part_closeness(a: Part, b: Part, unvowelled: bool = False) -> tuple[float, str]:
    """Return how close two parts are (0 when they are different parts) and in what way."""
    if a.initial or b.initial:
        same = a.text[0] == b.text[0] or sounds(a.text)[:1] == sounds(b.text)[:1]
        return (0.9, "initial") if same else (0.0, "")
    if a.head != b.head and a.head and b.head:
        return 0.0, ""
    close = closeness(a.stem, b.stem, unvowelled)
    if close < 0.9:
        close = max(close, _without_article(a, b, unvowelled), _without_article(b, a, unvowelled))
    if a.head != b.head:
        close = max(close - 0.12, closeness(a.text, b.text, unvowelled))
    groups = vocabulary.equivalents()
    shared = groups.get(sounds(a.text), frozenset()) & groups.get(sounds(b.text), frozenset())
    if close < 0.95 and shared:
        return 0.95, "short form" if max(shared) > 0 else "other language"
    return (close, "sound") if close >= MATCH_FROM else (0.0, "")


def _without_article(a: Part, b: Part, unvowelled: bool) -> float:
    """Compare as if ``a`` had its article written on: Elsisi, al-Sisi."""
    if a.stem[:2] in ("al", "el") and len(a.stem) > 5 and b.stem[:2] != a.stem[:2]:
        return closeness(a.stem[2:], b.stem, unvowelled) - (0.0 if b.article else 0.05)
    return 0.0


@dataclass(frozen=True, slots=True)
class WordAlignment:
    """Words that two organisations' names share, and those that only one has."""

    pairs: tuple[tuple[Word, float], ...]  # the word as ``a`` has it, and how close
    only_a: tuple[Word, ...]
    only_b: tuple[Word, ...]


def align_words(a: OrganisationName, b: OrganisationName) -> WordAlignment:
    """Lay the words of two organisations' names beside each other, in any order."""
    unvowelled = a.unvowelled != b.unvowelled
    candidates = []
    for i, j in _stretches(a.words):
        for k, m in _stretches(b.words):
            if j - i > 1 and m - k > 1:
                continue
            close = _words_close(a.words[i:j], b.words[k:m], unvowelled)
            if close:
                candidates.append((close * max(j - i, m - k), i, j, k, m, close))
    candidates.sort(key=lambda found: -found[0])
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs = []
    for _, i, j, k, m, close in candidates:
        if used_a.isdisjoint(range(i, j)) and used_b.isdisjoint(range(k, m)):
            used_a.update(range(i, j))
            used_b.update(range(k, m))
            pairs.append((a.words[i], close))
    only_a = tuple(word for place, word in enumerate(a.words) if place not in used_a)
    only_b = tuple(word for place, word in enumerate(b.words) if place not in used_b)
    return WordAlignment(tuple(pairs), only_a, only_b)


def _stretches(words: Sequence[Word]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(words) + 1), 2) if j - i <= 2]


def _words_close(a: Sequence[Word], b: Sequence[Word], unvowelled: bool) -> float:
    if len(a) == len(b) == 1:
        if a[0].text == b[0].text:
            return 1.0
        if a[0].role != "name" or b[0].role != "name":
            return 0.0
        close = part_closeness(Part(a[0].text), Part(b[0].text), unvowelled)[0]
        return close if close >= WORD_FROM else 0.0
    if any(word.role in ("common", "drop") for word in (*a, *b)):
        return 0.0
    close = closeness("".join(word.text for word in a), "".join(word.text for word in b), unvowelled)
    return close if close >= MERGE_FROM else 0.0


def initials_match(acronym: str, words: Sequence[str], may_end: bool = False) -> bool:
    """Whether the letters are the first letters of the words, in order; short linking words may be left out.

    Every longer word must give a letter: "SNC" is not "Syrian National Army Council". With ``may_end`` the words after
    the last letter do not count: "MBS" is "Mohammed bin Salman Al Saud".
    """
    reached = {0}
    for word in words:
        if may_end and len(acronym) in reached:
            return True
        following = {place + 1 for place in reached if place < len(acronym) and word[0] == acronym[place]}
        if len(word) <= 3:
            following |= reached
        reached = following
    return len(acronym) > 1 and len(acronym) in reached
