"""A statement as far as claims are concerned: its words, names, numbers, quoted words, who speaks, the words around.

Everything here looks at one statement by itself, so it is made once for each and compared many times.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.resolve import traits, vectors
from onrecord.resolve.vectors import Vector

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

WORD = re.compile(
    r"[$€£]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|[$€£]?\d[\d.,]*\d|[$€£]?\d|[^\W\d_]+(?:['’.-][^\W\d_]+)*"
)
QUOTED = re.compile("[\"“”«»]([^\"“”«»]+)[\"“”«»]|''([^']+(?:'[^']+)*?)''|‘([^‘’]+(?:’\\w[^‘’]*)*)’")
SENTENCE_END = re.compile(r"\n+|(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘'(\[]*[^\Wa-z_])")
MOST_WORDS = 60  # of a text or its surroundings that are compared; what comes after is another matter
PRIOR = 500.0  # statements that what is known of a word's frequency in general is worth
SEEN = 2.5  # a word of rank r stands in about 2.5 / r of all statements (Zipf 1949; a statement has some 25 words)
SUFFIX = re.compile(r"(?<=...)(?:ations|ation|ings|ing|edly|ed|ies|es|s|ly|e|y)$")
DOUBLED = re.compile(r"([^\Waeiou_])\1$")
ENDING = re.compile(r"['’](?:s|re|ve|ll|d|m)?$")
EMPTY = frozenset(
    "a an the and or but nor if then than so that this these those of to in on at for with by from as into about over "
    "after before is are was were be been being am do does did doing has have had having will would shall should can "
    "could may might must it its he him his she her hers they them their theirs we us our ours you your yours i me my "
    "who whom whose which what when where how why there here also just very more most such some any each both all one "
    "said says say saying told according up out not no never s t re ve ll d m mr mrs ms".split()
)
NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred half third thirds quarter quarters dozen".split()
)
SCALES = NUMBER_WORDS | {"percent", "per", "cent", "million", "billion", "thousand", "points", "percentage"}
PRONOUNS = frozenset("he she they it i we who his her their our my which that him them you".split())
SPEAKER_END = re.compile(r",|\(|\s(?:who|of|in|for|on|at|from|with|to|that|which)\s")
NAME = re.compile(r"[^\W\d_a-z][\w’'.-]*")
TITLES = frozenset(
    "the a an mr mrs ms miss dr sen rep gov gen col lt sgt rev sir lady president senator governor former vice sheikh "
    "secretary minister prime judge justice mayor director chief king queen prince pope republican democratic "
    "democrat".split()
)
# Who speaks for somebody speaks nearly as he does.
MOUTHPIECE = frozenset(
    "himself herself itself themselves campaign campaigns aides aide advisers adviser spokesman spokeswoman team office".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with what is around it, as it comes in. What is not known is None."""

    text: str
    speaker: str | None = None  # as printed
    date: str | None = None  # ISO 8601
    outlet: str | None = None
    context: str | None = None  # the sentence or paragraph around
    source: str | None = None  # id of the speaker's identity, where that was found out


@dataclass(frozen=True, slots=True)
class Bag:
    """The distinct words of a text that say something, with their weights and vectors."""

    stems: tuple[str, ...]
    weights: Floats  # (n,)
    vectors: Vector  # (n, dimensions)
    mean: Vector  # (dimensions,), one long


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One statement, ready to be compared."""

    told: Told
    bag: Bag  # of its own words
    around: Bag  # of its own words and those around
    order: Codes  # hash of every word in order
    quoted: frozenset[str]  # stems inside quotation marks
    names: frozenset[str]
    named: frozenset[str]  # stems of all names, also of those around and of the speaker
    numbers: frozenset[str]
    counted: tuple[tuple[str, str], ...]  # what is counted, and how many: ("people", "40")
    speaker: str | None  # the last name of the speaker or what stands for it; None where it is a pronoun or unknown
    near: frozenset[str]  # names around, one of which a pronoun means
    day: int | None  # days since year 1
    said_on: int | None  # the day that the words around name
    poll: bool  # these four: see ``traits``
    vote: bool
    open: bool
    clause: bool
    cue: tuple[str, ...]  # words between the speaker and the content
    own: tuple[str, ...]  # words of the content, lower case, in order


class Counts(Protocol):
    """In how many statements each word stands."""

    def get(self, stem: str, default: int, /) -> int:
        """Return the count of a stem."""


class Weights:
    """How much each word says: how rare it is among the statements, and in general."""

    def __init__(self, counts: Counts, statements: int) -> None:
        self._counts, self._statements = counts, statements
        self._known: dict[str, float] = {}

    @classmethod
    def of(cls, texts: Iterable[str]) -> Weights:
        """Count the words of texts."""
        counts: dict[str, int] = {}
        number = 0
        for text in texts:
            number += 1
            for stem in {stem_of(word) for word in words(text)}:
                counts[stem] = counts.get(stem, 0) + 1
        return cls(counts, number)

    def __call__(self, stem: str, word: str) -> float:
        """Return the inverse document frequency of a word, smoothed by how frequent it is in general."""
        weight = self._known.get(stem)
        if weight is None:
            usual = PRIOR * min(0.5, SEEN / (vectors.rank(word) + 5))
            seen = self._counts.get(stem, 0) + usual
            weight = self._known[stem] = float(np.log((self._statements + PRIOR + 1) / (seen + 0.5)))
        return weight


def words(text: str) -> list[str]:
    """Return the words of a text, lower case, numbers without their commas."""
    return [plain(word) for word in WORD.findall(text)]


@lru_cache(maxsize=20_000)
def plain(printed: str) -> str:
    """Return a word as it is compared: lower case, a number without commas, spaces and currency."""
    word = printed.casefold().replace("’", "'")
    return "".join(word.replace(",", "").split()).strip("$€£.") if word[-1].isdigit() else word


@lru_cache(maxsize=20_000)
def is_empty(word: str) -> bool:
    """Whether a word by itself says nothing, also where it is drawn together with another ("it's", "don't")."""
    return word in EMPTY or word.endswith("n't") or ENDING.sub("", word) in EMPTY


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """Return a word without its ending, roughly: enough that "banned" and "bans" meet."""
    bare = ENDING.sub("", word)
    return DOUBLED.sub(r"\1", SUFFIX.sub("", bare)) if len(bare) > 3 else bare


def phrasing(told: Told, weights: Weights) -> Phrasing:
    """Return a statement ready to be compared."""
    own = tuple(words(told.text))
    outside = _outside(told.context or "", told.text)
    context = sentence_around(told.context or told.text, told.text)
    key = told.source or speaker_key(told.speaker)
    day = day_of(told.date)
    named = {stem_of(name) for name in _names(context)}
    if key is not None:
        named.add(stem_of(key))
    return Phrasing(
        told=told,
        bag=_bag(own[:MOST_WORDS], weights),
        around=_bag(words(context)[:MOST_WORDS], weights),
        order=np.array([hash(word) for word in own[: 2 * MOST_WORDS]], np.int64),
        quoted=frozenset(stem_of(w) for w in words(" ".join(filter(None, _parts(told.text)))) if not is_empty(w)),
        names=frozenset(_names(told.text)),
        named=frozenset(named),
        numbers=frozenset(w for word in own for w in word.split("-") if w[-1:].isdigit() or w in NUMBER_WORDS),
        counted=tuple(_counted(own)),
        speaker=key,
        near=frozenset(_names(outside)) if key is None else frozenset(),
        day=day,
        said_on=traits.day_named(context.replace(told.text, " "), day),
        poll=traits.is_poll(f"{told.speaker or ''} {told.text}"),
        vote=traits.is_vote(told.text),
        open=traits.is_open(own),
        clause=traits.is_clause(own),
        cue=_cue(context, told),
        own=own,
    )


def speaker_key(speaker: str | None) -> str | None:
    """Return the last name in a speaker's words, or the last word where there is no name; None for a pronoun."""
    if not speaker:
        return None
    plain_words: list[str] = []
    for part in SPEAKER_END.split(re.sub(r"['’]s?(?=\s|$)", "", speaker)):
        found = [word for printed in part.split() if (word := printed.strip(".'’,()"))]
        while len(found) > 1 and found[-1].casefold() in MOUTHPIECE:
            found.pop()
        if found and NAME.match(found[-1]) and found[-1].casefold() not in TITLES | PRONOUNS:
            return found[-1].casefold()
        plain_words = plain_words or [word.casefold() for word in found]
        if plain_words and plain_words[-1] in PRONOUNS:
            return None
    kept = [word for word in plain_words if word not in EMPTY]
    return kept[-1] if kept else None


def day_of(date: str | None) -> int | None:
    """Return the day of an ISO 8601 date, counted from year 1; None where it has none."""
    try:
        return datetime.date.fromisoformat((date or "")[:10]).toordinal()
    except ValueError:
        return None


def sentence_around(context: str, text: str) -> str:
    """Return the sentence or sentences of a context in which the text stands; all of it where it is not found."""
    parts = text.split(" … ")
    begin = context.find(parts[0][:60])
    if begin < 0:
        return context
    last = context.find(parts[-1][-60:], begin)
    end = min(len(context), begin + len(parts[0]) if last < 0 else last + len(parts[-1][-60:]))
    marks = list(SENTENCE_END.finditer(context))
    start = max((mark.end() for mark in marks if mark.end() <= begin), default=0)
    stop = min((mark.start() for mark in marks if mark.start() >= end - 1), default=len(context))
    return context[start : max(stop, end)]


def _bag(found: Sequence[str], weights: Weights) -> Bag:
    first: dict[str, str] = {}
    for word in found:
        if not is_empty(word):
            first.setdefault(stem_of(word), word)
    if not first:
        zero = np.zeros(vectors.table().shape[1], np.float32)
        return Bag((), np.zeros(0), np.zeros((0, len(zero)), np.float32), zero)
    weigh = np.array([weights(stem, word) for stem, word in first.items()])
    rows = np.stack([vectors.vector(word) for word in first.values()])
    mean = weigh.astype(np.float32) @ rows
    mean /= np.float32(np.sqrt(mean @ mean) + 1e-9)
    return Bag(tuple(first), weigh, rows, mean)


def _parts(text: str) -> list[str]:
    return [part for match in QUOTED.finditer(text) for part in match.groups() if part]


def _counted(own: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield for each number the word behind it that says something, and the number; shares of a whole are none."""
    for i, word in enumerate(own):
        if word[-1].isdigit() or word in NUMBER_WORDS:
            behind = next((w for w in own[i + 1 : i + 3] if not is_empty(w)), None)
            if behind and not behind[-1].isdigit() and behind not in SCALES:
                yield stem_of(behind), word


def _names(text: str) -> set[str]:
    """Capitalised words that do not begin a sentence."""
    found = set()
    for match in NAME.finditer(text):
        before = text[: match.start()].rstrip("\"“‘'( ")
        if before and before[-1] not in ".!?:…" and match.group() != "I":
            found.add(ENDING.sub("", match.group().casefold().strip(".'’-")))
    return found


def _outside(context: str, text: str) -> str:
    for part in text.split(" … "):
        context = context.replace(part, " … ")
    return context


def _cue(context: str, told: Told) -> tuple[str, ...]:
    """The words between speaker and content, or between its parts; without a speaker the eight before the content."""
    parts = told.text.split(" … ")
    begin = context.find(parts[0][:60])
    if begin < 0:
        return ()
    last = context.rfind(parts[-1][-60:])
    end = begin + len(told.text) if last < 0 else last + len(parts[-1][-60:])
    at = context.find(told.speaker) if told.speaker else -1
    if told.speaker and 0 <= at <= begin:
        found = words(context[at + len(told.speaker) : begin])[-14:]
    elif told.speaker and at >= end:
        found = words(context[end:at])[-6:] + words(context[at + len(told.speaker) :])[:4]
    elif told.speaker and len(parts) == 2 and begin < at < last:  # "the mayor was rebuked by opponents for ..."
        found = words(context[begin + len(parts[0]) : last].replace(told.speaker, " "))[-14:]
    else:
        found = words(context[:begin])[-8:]
    return tuple(found)
