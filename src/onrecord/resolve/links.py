"""All statements of an archive compared with their neighbours: which say the same, which contradict each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.model import Article, Span, SpeakerType, Statement
from onrecord.resolve.neighbours import Hashes, Neighbours, bag, neighbours
from onrecord.resolve.phrasing import PRONOUNS, Phrasing, Told, Weights, day_of, phrasing, sentence_around, speaker_key
from onrecord.resolve.ragged import Numbers, Ragged
from onrecord.resolve.verdict import compare_strictly

BEFORE, BEHIND = 600, 400  # characters around a statement in which its sentence is looked for
UNDATED = 10**7  # day of a statement whose article has no date: behind all others
REPEATED = 4  # words that say something, from which the same words by the same speaker are the same saying
# Words of those who say that they say nothing: "did not respond to requests for comment".
NO_COMMENT = (
    "request requests comment comments interview interviews question questions inquiry inquiries message messages "
    "respond reply immediately"
)
CACHED = 1_000  # statements that are kept ready to be compared

SAME, UTTERANCE, CONTRARY = 1, 2, 3
Hashes64 = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as far as claims are concerned."""

    id: str
    article: str
    told: Told
    name: str | None  # whom the statement is tied to, as it is shown
    span: Span  # from the first to the last word of the content, in the article's text
    agency: str | None = None  # that the article credits
    via: tuple[str, ...] = ()  # names of those who passed it on
    cue: str | None = None
    type: SpeakerType | None = None  # what the speaker is
    organisation: str | None = None  # that the article says the speaker belongs to or speaks for


@dataclass(frozen=True, slots=True)
class Link:
    """Two statements that were found to stand in a relation."""

    a: str
    b: str
    kind: int  # SAME, UTTERANCE (which is also the same) or CONTRARY
    score: float


def lines(article: Article, statements: Iterable[Statement], sources: Mapping[str, tuple[str, str]]) -> Iterator[Line]:
    """Yield the statements of an article as lines.

    Args:
        article: the wording that the statements are of.
        statements: those to take.
        sources: id and name of the identity that a statement's speaker is, by the id of the statement.
    """
    text = article.text
    for statement in statements:
        begin, end = statement.content[0][0], statement.content[-1][1]
        low = max(0, begin - BEFORE)
        source = sources.get(statement.id)
        speaker = statement.speaker
        printed = text[statement.source[0][0] : statement.source[-1][1]] if statement.source else None
        name = source[1] if source else speaker.name or _called(speaker.description or printed)
        told = Told(
            text=statement.words,
            speaker=printed,
            date=article.published,
            outlet=article.site,
            context=sentence_around(text[low : end + BEHIND], text[begin:end]),
            source=source[0] if source else speaker_key(speaker.name),
        )
        via = tuple(passed.name for passed in statement.via if passed.name)
        yield Line(
            statement.id, article.id, told, name, (begin, end), article.agency, via, statement.cue_words, speaker.type,
            speaker.organisation,
        )  # fmt: skip


def _called(printed: str | None) -> str | None:
    """Return words that stand for a speaker; a pronoun stands for nobody who could be told from another."""
    return None if printed is None or printed.casefold() in PRONOUNS else printed


@dataclass(frozen=True, slots=True)
class Sayings:
    """All statements of an archive as far as it takes to find which to compare."""

    words: Ragged  # of the sentence that each stands in, see ``neighbours.bag``
    days: Numbers
    articles: Numbers  # number of the article
    twins: Hashes64  # of the words and the speaker, 0 where the words are too few


def said(line: Line) -> tuple[Hashes, int, int]:
    """Return the words around a statement, its day, and the hash of its own words (0 where they are too few).

    A statement that says nothing, or only that nothing was said, has no words: it is compared with no other.
    """
    own = bag(line.told.text)
    if not len(np.setdiff1d(own, bag(NO_COMMENT))):
        return own[:0], day_of(line.told.date) or UNDATED, 0
    twin = hash_of(own.tobytes()) if len(own) >= REPEATED else 0
    return bag(line.told.context or line.told.text), day_of(line.told.date) or UNDATED, twin


def speaks(line: Line) -> str:
    """Return who is taken to speak, in one word; empty where that is unknown."""
    return line.told.source or speaker_key(line.told.speaker) or ""


def hash_of(data: bytes) -> int:
    """Return a 64-bit hash, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def to_compare(sayings: Sayings) -> tuple[Neighbours, Pairs]:
    """Return the pairs of statements to compare, and those that repeat one another, the first before the later.

    A statement that repeats another is not compared with others: what is found for the first holds for it.
    """
    first = _first(sayings.twins)
    found = neighbours(sayings.words, sayings.days)
    own = (first[found.pairs] == found.pairs).all(axis=1)
    other = sayings.articles[found.pairs[:, 0]] != sayings.articles[found.pairs[:, 1]]
    later = np.flatnonzero(first != np.arange(len(first)))
    pairs = found.pairs[own & other]
    order = np.argsort(np.maximum(*sayings.days[pairs].T) if len(pairs) else pairs[:, 0], kind="stable")
    return replace(found, pairs=pairs[order]), np.stack((first[later], later), axis=1)


def compare(pairs: Iterable[Sequence[int]], line_of: Callable[[int], Line]) -> Iterator[tuple[int, float]]:
    """Yield for each pair of statements how they are related (0: not), and how surely.

    How much a word says is taken from how frequent it is in general. So a decision rests on the two statements alone and
    stays the same however many are added.

    Args:
        pairs: numbers of statements; best those of one time together.
        line_of: the statement of a number.
    """
    weights = _General({}, 0)

    @lru_cache(maxsize=CACHED)
    def ready(number: int) -> Phrasing:
        return phrasing(line_of(number).told, weights)

    for i, j in pairs:
        verdict = compare_strictly(ready(i), ready(j))
        kind = CONTRARY if verdict.contrary else UTTERANCE if verdict.utterance else SAME if verdict.same else 0
        yield kind, verdict.score


class _General(Weights):
    """How much a word says in general: what an archive has of it does not count, nor which word of its stem came first."""

    def __call__(self, stem: str, word: str) -> float:
        """Return the weight of a word."""
        return _in_general(stem, word)


@lru_cache(maxsize=20_000)
def _in_general(stem: str, word: str) -> float:
    return Weights({}, 0)(stem, word)


def find(lines: Sequence[Line]) -> tuple[Link, ...]:
    """Return the links between statements that are all at hand."""
    rows = [said(line) for line in lines]
    article: dict[str, int] = {}
    sayings = Sayings(
        Ragged.of(words for words, _, _ in rows),
        np.array([day for _, day, _ in rows], np.int64),
        np.array([article.setdefault(line.article, len(article)) for line in lines], np.int64),
        twins(
            np.array([twin for _, _, twin in rows], np.uint64),
            np.array([hash_of(speaks(line).encode("utf-8", "surrogatepass")) for line in lines], np.uint64),
        ),
    )
    found, repeats = to_compare(sayings)
    pairs = found.pairs.tolist()
    links = [Link(lines[i].id, lines[j].id, UTTERANCE, 1.0) for i, j in repeats.tolist()]
    for (i, j), (kind, score) in zip(pairs, compare(pairs, lines.__getitem__), strict=True):
        if kind:
            links.append(Link(lines[i].id, lines[j].id, kind, score))
    return tuple(links)


def twins(words: Hashes64, speakers: Hashes64) -> Hashes64:
    """Return the hashes of words and speakers together; 0 where the words are too few."""
    return np.where(words == 0, words, (words ^ (speakers * np.uint64(0x9E3779B97F4A7C15))) | np.uint64(1))


def _first(twins: Hashes64) -> Numbers:
    """Return for each statement the first that has its words and speaker."""
    first = np.arange(len(twins))
    order = np.argsort(twins, kind="stable")
    heads = np.append(True, twins[order][1:] != twins[order][:-1]) if len(twins) else np.zeros(0, np.bool_)
    leaders = order[np.flatnonzero(heads)][np.cumsum(heads) - 1] if len(twins) else order
    first[order] = np.where(twins[order] == 0, order, leaders)
    return first
