"""The words that a source uses more than the archive does: what it talks about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onrecord.store.archive import Archive
from onrecord.store.tokens import placed, words

LEAST, MANY = 2, 20  # statements that must have a word; one more where there are many statements
COMMON = 0.2  # part of the archive's articles; what more of them have is no topic but grammar
SHORTEST = 3  # letters, in alphabets
CLEAR = 10.83  # of the likelihood ratio: less happens by chance once in a thousand words, and hundreds are tried


@dataclass(frozen=True, slots=True)
class Topic:
    """A word with the number of statements that have it."""

    word: str  # as it is mostly printed
    statements: int
    score: float


def topics(archive: Archive, said: Collection[str], names: Iterable[str], most: int) -> tuple[Topic, ...]:
    """Return the words that distinguish some statements from those of the whole archive, the clearest first.

    The score is the likelihood ratio G2 (Dunning 1993) of the statements with the word, here and in the archive.

    Args:
        archive: what the statements are compared with.
        said: the words of the statements.
        names: of who said them; words of these are no topic.
        most: how many to return.
    """
    mine, printed = Counter[str](), dict[str, Counter[str]]()
    for text in said:
        here: dict[str, str] = {}
        for word, (start, end) in placed(text):
            here.setdefault(word, text[start:end])
        for word, form in here.items():
            mine[word] += 1
            printed.setdefault(word, Counter())[form] += 1
    left_out = {word for name in names for word in words(name)}
    total, whole = len(said), max(archive.card.statements, len(said))
    least = LEAST + (total >= MANY)
    found = []
    for word, count in mine.items():
        if count < least or word in left_out or not word.isalpha() or (len(word) < SHORTEST and word[0] < "\u2e80"):
            continue
        if archive.spread(word, scope="articles") > COMMON * archive.card.articles + LEAST:
            continue
        everywhere = min(max(archive.spread(word), count), whole)
        score = ratio(count, total, everywhere, whole)
        if score >= CLEAR:
            form = min(printed[word].items(), key=lambda each: (-each[1], each[0]))[0]
            found.append(Topic(form, count, score))
    return tuple(sorted(found, key=lambda each: (-each.score, each.word))[:most])


def ratio(count: int, total: int, everywhere: int, whole: int) -> float:
    """Return G2 of ``count`` in ``total`` against ``everywhere`` in ``whole``; 0 where it is not more frequent."""
    if whole == total or count * whole <= everywhere * total:
        return 0.0
    rest, others = everywhere - count, whole - total
    expected = total * everywhere / whole
    expected_rest = others * everywhere / whole
    return 2 * (count * math.log(count / expected) + (rest * math.log(rest / expected_rest) if rest else 0.0))
