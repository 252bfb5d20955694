"""Made-up news of any size, with what copies and claims are made of: events, agencies, reprints, repeated sayings.

An event has a few names, numbers and some forty words of its own, and is reported by about eight articles within days. One
in six articles reprints another of its event, whole, cut or with a new lead. In every article ten people speak, half of
the sentences about words of the event, the rest as in any text; one in eight statements is another's of the event, word
for word or with a fifth of its words changed. Nothing is taken from anywhere; the same seed gives the same news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.resolve.links import Line
from onrecord.resolve.phrasing import Told, speaker_key

ARTICLES = 8  # of an event, on average
STATEMENTS = 10  # of an article
WORDS = 20  # of a sentence
BESIDE = 12  # sentences of an article in which nobody speaks
DAYS = 4_700
_SYLLABLES = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "l", "n", "r", "s")]
_COMMON = "the of to and a in that was for on with as he by had at it from they were which not be their".split()


@dataclass(frozen=True, slots=True)
class Made:
    """An article with its statements."""

    id: str
    text: str
    date: str
    outlet: str
    agency: str | None
    statements: tuple[Line, ...]


class News:
    """The same words, names and outlets for every event."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        draw = random.Random(seed)
        self._words = _COMMON + [_word(draw) for _ in range(60_000)]
        self._names = [f"{_word(draw).title()} {_word(draw).title()}" for _ in range(20_000)]
        self._outlets = [f"The {_word(draw).title()}" for _ in range(12)]

    def articles(self, number: int) -> Iterator[Made]:
        """Yield so many articles, event after event."""
        event = made = 0
        while made < number:
            for article in self._event(event):
                if made < number:
                    yield article
                    made += 1
            event += 1

    def lines(self, number: int) -> Iterator[Line]:
        """Yield the statements of so many articles."""
        for article in self.articles(number):
            yield from article.statements

    def _event(self, event: int) -> Iterator[Made]:
        draw = random.Random(self._seed * 1_000_003 + event)
        own = [self._zipf(draw, self._words[200:]) for _ in range(40)] + [str(draw.randrange(2, 900)) for _ in range(5)]
        names = [self._zipf(draw, self._names) for _ in range(12)]
        day = draw.randrange(DAYS)
        sayings: list[tuple[str, str]] = []
        sentences: list[list[str]] = []
        for number in range(1 + int(draw.expovariate(1 / ARTICLES))):
            date = f"{2005 + (day // 365):04}-{1 + (day % 365) // 31:02}-{1 + (day % 365) % 28:02}"
            if sentences and draw.random() < 1 / 6:
                body = self._reprint(draw, draw.choice(sentences))
            else:
                body = [self._sentence(draw, own) for _ in range(BESIDE)]
                body += [self._said(draw, own, names, sayings) for _ in range(STATEMENTS)]
                draw.shuffle(body)
            sentences.append(body)
            yield self._article(f"{event}-{number}", body, date, draw)
            day = min(DAYS - 1, day + draw.randrange(2))

    def _said(self, draw: random.Random, own: list[str], names: list[str], sayings: list[tuple[str, str]]) -> str:
        if sayings and draw.random() < 1 / 8:
            name, saying = draw.choice(sayings)
            if draw.random() < 0.5:
                words = [word if draw.random() < 0.8 else self._zipf(draw, self._words) for word in saying.split()]
                saying = " ".join(words)
        else:
            name, saying = draw.choice(names), self._sentence(draw, own).rstrip(".")
        sayings.append((name, saying))
        return f"{name} said that {saying}."

    def _reprint(self, draw: random.Random, body: list[str]) -> list[str]:
        manner = draw.randrange(3)
        if manner == 0:
            return list(body)
        if manner == 1:
            return body[: max(6, len(body) * 2 // 3)]
        return [self._sentence(draw, self._words[:2000]) for _ in range(2)] + body

    def _sentence(self, draw: random.Random, own: list[str]) -> str:
        topical = 0.35 if draw.random() < 0.5 else 0.1
        words = [draw.choice(own) if draw.random() < topical else self._zipf(draw, self._words) for _ in range(WORDS)]
        return " ".join(words).capitalize() + "."

    def _article(self, id: str, body: list[str], date: str, draw: random.Random) -> Made:
        outlet = draw.choice(self._outlets)
        agency = "Wire" if draw.random() < 0.3 else None
        lines, at = [], 0
        for number, sentence in enumerate(body):
            name, said, words = sentence.partition(" said that ")
            if said and name in sentence[:40]:
                begin = at + len(name) + len(said)
                told = Told(words.rstrip("."), name, date, outlet, sentence, speaker_key(name))
                lines.append(Line(f"{id}-{number}", id, told, name, (begin, at + len(sentence) - 1), agency))
            at += len(sentence) + 1
        return Made(id, " ".join(body), date, outlet, agency, tuple(lines))

    @staticmethod
    def _zipf(draw: random.Random, items: list[str]) -> str:
        return items[int(len(items) ** draw.random()) - 1]


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.randrange(2, 5)))
