"""All statements of an archive compared with their neighbours: which say the same, which contradict each other.

What was compared stays known: given what an earlier build found, only pairs with a new statement are looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.model import Article, Span, Statement
from onrecord.resolve.neighbours import Bags, Frequencies, Numbers, bag, neighbours
from onrecord.resolve.phrasing import Phrasing, Told, Weights, day_of, phrasing, sentence_around, speaker_key
from onrecord.resolve.verdict import compare_strictly

BEFORE, BEHIND = 600, 400  # characters around a statement in which its sentence is looked for
UNDATED = 10**7  # day of a statement whose article has no date: behind all others
REPEATED = 4  # words that say something, from which the same words by the same speaker are the same saying
CACHED = 6_000  # statements that are kept ready to be compared

SAME, UTTERANCE, CONTRARY = 1, 2, 3
Hashes64 = npt.NDArray[np.uint64]


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


@dataclass(frozen=True, slots=True)
class Link:
    """Two statements that were found to stand in a relation."""

    a: str
    b: str
    kind: int  # SAME, UTTERANCE (which is also the same) or CONTRARY
    score: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found, and what it was found among: given back to the next build, it need not be found again."""

    ids: tuple[str, ...] = ()  # of all statements that were compared with their neighbours
    links: tuple[Link, ...] = ()


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
        name = source[1] if source else speaker.name or speaker.description or printed
        told = Told(
            text=statement.words,
            speaker=printed,
            date=article.published,
            outlet=article.site,
            context=sentence_around(text[low : end + BEHIND], text[begin:end]),
            source=source[0] if source else speaker_key(speaker.name),
        )
        via = tuple(passed.name for passed in statement.via if passed.name)
        yield Line(statement.id, article.id, told, name, (begin, end), article.agency, via, statement.cue_words)


def compare_all(read: Callable[[], Iterable[Line]], known: Compared = Compared()) -> tuple[Compared, dict[str, Line]]:
    """Compare all statements with their neighbours.

    Args:
        read: yields all lines, each time in the same order; it is read twice, so that they need not be held.
        known: what an earlier build found; statements that are gone are forgotten, with their links.

    Returns:
        what was found, and the lines of the statements that are linked to others.
    """
    ids, articles, bags, days, twins, fresh = _gather(read, frozenset(known.ids))
    frequencies = Frequencies(bags)
    first, repeats = _repeats(twins)
    pairs = neighbours(bags, days, frequencies, fresh)
    pairs = pairs[(first[pairs] == pairs).all(axis=1) & (articles[pairs[:, 0]] != articles[pairs[:, 1]])]
    repeats = repeats[(repeats >= fresh).any(axis=1)]
    number = {id: i for i, id in enumerate(ids)}
    kept = [link for link in known.links if link.a in number and link.b in number]
    wanted = np.zeros(len(ids), np.bool_)
    wanted[pairs.ravel()] = wanted[repeats.ravel()] = True
    wanted[[number[id] for link in kept for id in (link.a, link.b)]] = True
    held = {line.id: line for line in read() if wanted[number[line.id]]}
    found = [Link(ids[i], ids[j], UTTERANCE, 1.0) for i, j in repeats.tolist()]
    found += _compared([(ids[i], ids[j]) for i, j in pairs.tolist()], held, Weights(frequencies, len(ids)))
    links = (*kept, *found)
    linked = {id for link in links for id in (link.a, link.b)}
    return Compared(ids, links), {id: line for id, line in held.items() if id in linked}


def _gather(
    read: Callable[[], Iterable[Line]], known: frozenset[str]
) -> tuple[tuple[str, ...], Numbers, Bags, Numbers, Hashes64, int]:
    """Return ids, articles, words, days and twins of all statements, and the number of the first that was not known.

    Those known before come first. An article is a number.

    A *twin* is the hash of the words and the speaker, 0 where the words are too few.
    """
    ids, articles, rows, days, twins = [], [], [], [], []
    seen: dict[str, int] = {}
    taken: set[str] = set()
    for line in read():
        if line.id in taken:
            continue  # the same statement of a page that was fetched again
        taken.add(line.id)
        own = bag(line.told.text)
        who = line.told.source or speaker_key(line.told.speaker) or ""
        ids.append(line.id)
        articles.append(seen.setdefault(line.article, len(seen)))
        rows.append(bag(line.told.context or line.told.text))
        days.append(day_of(line.told.date) or UNDATED)
        twins.append(_hashed(own.tobytes() + who.encode("utf-8", "surrogatepass")) if len(own) >= REPEATED else 0)
    order = sorted(range(len(ids)), key=lambda i: ids[i] not in known)  # stable
    fresh = sum(id in known for id in ids)
    return (
        tuple(ids[i] for i in order),
        np.array(articles, np.int64)[order],
        Bags.of(rows[i] for i in order),
        np.array(days, np.int64)[order],
        np.array(twins, np.uint64)[order],
        fresh,
    )


def _hashed(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def _repeats(twins: Hashes64) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return for each statement the first that has its words and speaker, and the pairs of such a one and a later."""
    first = np.arange(len(twins))
    order = np.argsort(twins, kind="stable")
    heads = np.concatenate(([True], twins[order][1:] != twins[order][:-1])) if len(twins) else np.zeros(0, np.bool_)
    leaders = order[np.flatnonzero(heads)][np.cumsum(heads) - 1] if len(twins) else order
    first[order] = np.where(twins[order] == 0, order, leaders)
    later = np.flatnonzero(first != np.arange(len(twins)))
    return first, np.stack((first[later], later), axis=1)


def _compared(pairs: Sequence[tuple[str, str]], held: Mapping[str, Line], weights: Weights) -> Iterator[Link]:
    @lru_cache(maxsize=CACHED)
    def ready(id: str) -> Phrasing:
        return phrasing(held[id].told, weights)

    for a, b in pairs:
        verdict = compare_strictly(ready(a), ready(b))
        if verdict.same or verdict.contrary:
            kind = CONTRARY if verdict.contrary else UTTERANCE if verdict.utterance else SAME
            yield Link(a, b, kind, verdict.score)
