"""What is known about one article while its speakers are read, and what is read of each source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field

from onrecord.attribute.entities import Entities, Entity
from onrecord.attribute.kinds import Quotations
from onrecord.attribute.mentions import find_mentions
from onrecord.attribute.sentences import sentences
from onrecord.model import Article, Span, Spans, SpeakerType

_NEAR = 40  # contents before a place that may hold it
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says about its speaker, before roles and organisations are looked up.

    Attributes:
        persons: named persons or organisations; two or more where they speak together.
        type, name, role, organisation: where no named entity is meant.
        description: the source words, where the speaker stays without a name.
        candidates: where two are equally likely.
        why: the rule or score.
        confidence: that the speaker is right.
    """

    persons: tuple[Entity, ...] = ()
    type: SpeakerType | None = None
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    description: str | None = None
    candidates: tuple[str, ...] = ()
    why: str | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class Scene:
    """An article and the speakers found so far.

    Attributes:
        entities: the names.
        sentences, paragraphs: where they start.
        quotations: what is quoted.
        spoke: (place, person) of each speaker found so far, in the order of the text.
        contents: (content span, quoted, person) of each statement read so far.
        unnamed: the last document, organisation, group or unnamed speaker by its head word.
    """

    article: Article
    text: str
    entities: Entities
    sentences: list[int]
    paragraphs: list[int]
    quotations: Quotations
    spoke: list[tuple[int, Entity]] = field(default_factory=list)
    contents: list[tuple[Span, bool, Entity]] = field(default_factory=list)
    unnamed: dict[str, Reading] = field(default_factory=dict)

    def sentence(self, place: int) -> int:
        """Number of the sentence at a place, from 1."""
        return bisect_right(self.sentences, place)

    def paragraph(self, place: int) -> int:
        """Number of the paragraph at a place, from 1."""
        return bisect_right(self.paragraphs, place)

    def sentence_end(self, place: int) -> int:
        """Where the sentence after the one at a place begins, or the text ends."""
        number = self.sentence(place)
        return self.sentences[number] if number < len(self.sentences) else len(self.text)

    def sentence_at(self, place: int) -> Span:
        """The sentence at a place, with the white space after it."""
        number = self.sentence(place)
        return (self.sentences[number - 1] if number else 0), self.sentence_end(place)

    def speaks(self, place: int, person: Entity, contents: Spans) -> None:
        """Remember who spoke, where the source stands, and what was said."""
        self.spoke.append((place, person))
        for span in contents:
            insort(self.contents, (span, self.quotations.inside(span[0] + 1), person), key=lambda item: item[0])

    def spoke_before(self, place: int, count: int) -> list[tuple[int, Entity]]:
        """The last speakers before a place, the latest last."""
        number = bisect_left(self.spoke, place, key=lambda item: item[0])
        return self.spoke[max(0, number - count) : number]

    def around(self, place: int) -> list[tuple[bool, Entity]]:
        """In whose contents a place stands, and whether these are quotations, the innermost last."""
        number = bisect_right(self.contents, place, key=lambda item: item[0][0])
        near = self.contents[max(0, number - _NEAR) : number]
        return [(quoted, person) for (_, end), quoted, person in near if place < end]


def set_scene(article: Article) -> Scene:
    """Read the names, sentences and quotations of an article; its headline may give fuller names."""
    text = article.text
    entities = Entities(text, find_mentions(text))
    if article.headline:
        entities.learn(article.headline)
    return Scene(
        article,
        text,
        entities,
        [start for start, _ in sentences(text)],
        [match.start() for match in _LINE.finditer(text)],
        Quotations(text),
    )
