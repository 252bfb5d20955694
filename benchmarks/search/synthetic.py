"""A made-up archive of any size: invented words with the frequencies of real ones, the same for the same seed.

Nothing in it is taken from anywhere: the words are made of syllables, save for a few of the most
common English ones. Word frequencies follow Zipf's law, as do speakers, roles and organisations.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np

from onrecord.model import (
    Act,
    Article,
    Capture,
    Kind,
    Picture,
    Speaker,
    SpeakerType,
    Statement,
    article_id,
    statement_id,
    text_digest,
)
from onrecord.store.documents import SourceRef
from onrecord.store.entries import Entry

COMMON = "the of to and a in that was said for on with as he by had at it from they".split()
ACTS = list(Act)
KINDS = [Kind.INDIRECT, Kind.DIRECT, Kind.MIXED]
PER_ARTICLE = 10  # statements
_SYLLABLES = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "l", "n", "r", "s")]


class Maker:
    """Makes the entries of an archive; words, names and places are fixed by the seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        self.words = COMMON + self._invented(60_000)
        self.names = [f"{a.title()} {b.title()}" for a, b in zip(*[iter(self._invented(40_000))] * 2, strict=True)]
        self.organisations = [word.title() for word in self._invented(2_000)]
        self.roles = [f"{word} of {other}" for word, other in zip(*[iter(self._invented(400))] * 2, strict=True)]
        self.places = [word.title() for word in self._invented(60)]
        self.sections = [word.title() for word in self._invented(25)]
        self.sites = [f"The {word.title()}" for word in self._invented(8)]

    def entries(self, statements: int, words: int = 22) -> Iterator[Entry]:
        """Yield articles until they hold this many statements, each of about so many words."""
        for number in range(statements // PER_ARTICLE):
            yield self._entry(number, words)

    def pick(self, items: list[str], number: int) -> list[str]:
        """Return items drawn by Zipf's law."""
        ranks = len(items) ** self._random.random(number)  # log-uniform: probability of rank r falls as 1/r
        return [items[int(rank) - 1] for rank in ranks]

    def _entry(self, number: int, words: int) -> Entry:
        id = article_id(f"https://example.org/{number}")
        drawn = self.pick(self.words, PER_ARTICLE * words + 8)
        sentences = [" ".join(drawn[at : at + words]) for at in range(0, PER_ARTICLE * words, words)]
        text = "\n\n".join(sentences)
        day = datetime.date(2005, 1, 1) + datetime.timedelta(days=int(self._random.integers(0, 4700)))
        article = Article(
            id, f"c{number}", f"https://example.org/{number}", " ".join(drawn[-8:]), text, text_digest(text),
            published=day.isoformat(), site=self.pick(self.sites, 1)[0], section=self.pick(self.sections, 1)[0],
            dateline=self.pick(self.places, 1)[0], language="en", agency="Wire" if number % 3 == 0 else None,
            authors=(self.pick(self.names, 1)[0],),
            pictures=(Picture(str(number), None, " ".join(drawn[:12]), "Wire/Photographer"),) if number % 2 else (),
        )  # fmt: skip
        capture = Capture(f"c{number}", "made-up.warc", "html", "sha256:0", len(text), article.url)
        return Entry(article, capture, tuple(self._statements(article, sentences)))

    def _statements(self, article: Article, sentences: list[str]) -> Iterator[Statement]:
        names = self.pick(self.names, len(sentences))
        roles = self.pick(self.roles, len(sentences))
        organisations = self.pick(self.organisations, len(sentences))
        draws = self._random.random((len(sentences), 4))
        start = 0
        for sentence, name, role, organisation, draw in zip(sentences, names, roles, organisations, draws, strict=True):
            content = ((start, start + len(sentence)),)
            start += len(sentence) + 2
            named = draw[0] < 0.8
            speaker = Speaker(
                name if named else None,
                SpeakerType.PERSON if named else SpeakerType.ANONYMOUS,
                role if draw[1] < 0.5 else None,
                organisation if draw[1] < 0.3 else None,
                None if named else "a source",
            )
            via = (Speaker("Wire", SpeakerType.ORGANISATION),) if draw[2] < 0.2 else ()
            yield Statement(
                statement_id(article.id, article.revision, (), (), content), article.id, article.revision, (), (),
                content, KINDS[int(draw[3] * 3)], ACTS[int(draw[3] * draw[3] * len(ACTS))], speaker, sentence, "said",
                via=via, confidence=round(0.4 + 0.6 * float(draw[2]), 3),
            )  # fmt: skip

    def _invented(self, number: int) -> list[str]:
        lengths = self._random.integers(2, 5, number)
        picks = self._random.integers(0, len(_SYLLABLES), (number, 4))
        return ["".join(_SYLLABLES[pick] for pick in row[:length]) for row, length in zip(picks, lengths, strict=True)]


def source_of(statement: Statement) -> SourceRef | None:
    """Resolve a made-up speaker: every name is a source."""
    name = statement.speaker.name
    return SourceRef(f"source-{name.lower().replace(' ', '-')}", name) if name else None
