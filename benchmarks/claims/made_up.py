"""Made-up news of any size, with what copies and claims are made of, and what makes them costly.

Words are drawn by Zipf's law, the frequent ones from the English that the program knows, the rare ones made up. An event
has a few names, numbers and some forty words of its own, and is reported by about eight articles within days. One in four
articles reprints another of its event: whole, cut, or with a lead of its own; one event in two hundred is reprinted by a
hundred papers. In every article ten people speak, half of the sentences about words of the event, the rest as in any text;
one in eight statements is another's of the event, word for word or with a fifth of its words changed.

Against a program that compares whatever has something in common: two sentences of its outlet stand under most articles,
one statement in a hundred is by one spokesman, in one of twenty formulas, and one number is in a twentieth of all
statements. Nothing is taken from anywhere; the same seed gives the same news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from onrecord.model import Act, Article, Capture, Kind, Speaker, SpeakerType, Statement, statement_id, text_digest
from onrecord.resolve import vectors

ARTICLES = 8  # of an event, on average
STATEMENTS = 10  # of an article
WORDS = 20  # of a sentence
BESIDE = 12  # sentences of an article in which nobody speaks
DAYS = 4_700
RARE_WORDS = 60_000
NAMES = 20_000
OUTLETS = 40
REPRINTED = 0.25  # of the articles after the first of an event
BIG = 200  # one event in so many is printed a hundred times
SPOKESMAN = "Major Ambrose Tull"
NUMBER = "42"
_SYLLABLES = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "l", "n", "r", "s")]


@dataclass(frozen=True, slots=True)
class Made:
    """An article with its capture and statements."""

    article: Article
    capture: Capture
    statements: tuple[Statement, ...]


class News:
    """The same words, names and outlets for every event."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        draw = np.random.default_rng(seed)
        known = [word for word, _ in sorted(vectors.ranks(), key=lambda pair: pair[1]) if word.isalpha()]
        self._words = np.array(known + [_word(draw) for _ in range(RARE_WORDS)], object)
        self._names = [f"{_word(draw).title()} {_word(draw).title()}" for _ in range(NAMES)]
        self._outlets = [f"The {_word(draw).title()}" for _ in range(OUTLETS)]
        self._footers = [[self._sentence(draw, self._words[:2_000]) for _ in range(2)] for _ in range(OUTLETS)]
        self._formulas = [self._sentence(draw, self._words[:5_000]).rstrip(".") for _ in range(20)]

    def articles(self, number: int) -> Iterator[Made]:
        """Yield so many articles, event after event."""
        event = made = 0
        while made < number:
            for article in self._event(event):
                if made < number:
                    yield article
                    made += 1
            event += 1

    def _event(self, event: int) -> Iterator[Made]:
        draw = np.random.default_rng((self._seed, event))
        own = np.array([*self._zipf(draw, self._words[200:], 40), *map(str, draw.integers(2, 900, 5))], object)
        names = [str(name) for name in self._zipf(draw, np.array(self._names, object), 12)]
        day = int(draw.integers(DAYS))
        sayings: list[tuple[str, str]] = []
        bodies: list[list[tuple[str | None, str]]] = []
        big = event % BIG == BIG - 1
        for number in range(100 if big else 1 + int(draw.exponential(ARTICLES))):
            if bodies and (big or draw.random() < REPRINTED):
                body = self._reprint(draw, bodies[int(draw.integers(1 if big else len(bodies)))])
            else:
                body = [(None, self._sentence(draw, own)) for _ in range(BESIDE)]
                body += [self._said(draw, own, names, sayings) for _ in range(STATEMENTS)]
                body = [body[i] for i in draw.permutation(len(body))]
            bodies.append(body)
            yield self._article(f"{event}-{number}", body, day, draw)
            day = min(DAYS - 1, day + int(draw.integers(2)))

    def _said(
        self, draw: np.random.Generator, own: np.ndarray, names: list[str], sayings: list[tuple[str, str]]
    ) -> tuple[str, str]:
        if draw.random() < 0.01:
            return SPOKESMAN, self._formulas[int(draw.integers(20))]
        if sayings and draw.random() < 1 / 8:
            name, saying = sayings[int(draw.integers(len(sayings)))]
            if draw.random() < 0.5:
                others = self._zipf(draw, self._words, WORDS)
                kept = draw.random(WORDS) < 0.8
                saying = " ".join(w if k else o for w, k, o in zip(saying.split(), kept, others, strict=False))
        else:
            name, saying = names[int(draw.integers(len(names)))], self._sentence(draw, own).rstrip(".")
            if draw.random() < 0.05:
                saying = f"{NUMBER} {saying}"
        sayings.append((name, saying))
        return name, saying

    def _reprint(self, draw: np.random.Generator, body: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
        manner = int(draw.integers(3))
        if manner == 0:
            return body
        if manner == 1:
            return body[: max(6, len(body) * 2 // 3)]
        return [(None, self._sentence(draw, self._words[:2_000])) for _ in range(2)] + body

    def _sentence(self, draw: np.random.Generator, own: np.ndarray) -> str:
        topical = 0.35 if draw.random() < 0.5 else 0.1
        words = np.where(
            draw.random(WORDS) < topical, own[draw.integers(len(own), size=WORDS)], self._zipf(draw, self._words, WORDS)
        )
        return (" ".join(words) + ".").capitalize()

    def _article(self, id: str, body: list[tuple[str | None, str]], day: int, draw: np.random.Generator) -> Made:
        number = int(draw.integers(OUTLETS))
        said = [f"{name} said that {words}." if name else words for name, words in body]
        if draw.random() < 0.8:
            said += self._footers[number]
        text = "\n\n".join(said)
        date = f"{2005 + (day // 365):04}-{1 + (day % 365) // 31:02}-{1 + (day % 365) % 28:02}"
        article = Article(
            id, f"c{id}", None, None, text, text_digest(text), published=date, site=self._outlets[number],
            agency="Wire" if draw.random() < 0.3 else None,
        )  # fmt: skip
        statements, at = [], 0
        for (name, words), sentence in zip(body, said, strict=False):
            if name:
                begin = at + len(name) + len(" said ")
                source, cue = ((at, at + len(name)),), ((at + len(name) + 1, begin - 1),)
                content = ((begin, at + len(sentence) - 1),)
                statements.append(
                    Statement(
                        statement_id(id, article.revision, source, cue, content), id, article.revision, source, cue,
                        content, Kind.INDIRECT, Act.SAYS, Speaker(name, SpeakerType.PERSON), f"that {words}", "said",
                    )
                )  # fmt: skip
            at += len(sentence) + 2
        return Made(article, Capture(f"c{id}", "made-up.txt", "text", "sha256:0", len(text)), tuple(statements))

    @staticmethod
    def _zipf(draw: np.random.Generator, items: np.ndarray, count: int) -> np.ndarray:
        return items[(len(items) ** draw.random(count)).astype(np.int64) - 1]


def _word(draw: np.random.Generator) -> str:
    return "".join(_SYLLABLES[i] for i in draw.integers(len(_SYLLABLES), size=int(draw.integers(2, 5))))
