"""Which person a pronoun means: every person named so far gets a score, and the scores become chances.

A conditional logit: the score of a person is the sum of the weights of what holds for it (see :data:`FEATURES`), and the
chances are the softmax of the scores. The weights are learned by ``benchmarks/speakers/fit.py`` and lie in
``data/pronoun-weights.json``. A contradiction of gender rules a person out before any score.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.attribute.entities import Entity
from onrecord.attribute.mentions import Mention
from onrecord.attribute.scene import Scene

FEATURES = (
    "same sentence",  # the last mention before the pronoun lies in its sentence
    "sentence before",  # ... in the sentence before
    "distance",  # log of the sentences between
    "same paragraph",
    "last speaker",  # spoke last before the pronoun
    "speaker before last",
    "last speaker near",  # spoke last, and in this or the previous sentence
    "first in sentence",  # the last mention is the first name of its sentence: mostly the subject
    "subject near",  # ... and that is this sentence or the one before
    "quoted",  # the last mention stands in a quotation
    "possessive",  # the last mention has 's
    "count",  # log of the mentions before
    "most named",  # no other candidate was named more often
    "gender sure",
    "own words",  # the pronoun stands in reported speech of this person
    "own quotation",  # the pronoun stands in a quotation of this person
    "nearest",  # no other candidate was named later
    "next nearest",
    "only after",  # named only after the pronoun, in its sentence
    "first line",  # named in the first line
    "addressed",  # the last mention follows a verb of telling or a preposition
)
_ADDRESSED = (
    "told",
    "asked",
    "to",
    "of",
    "by",
    "with",
    "for",
    "from",
    "against",
    "on",
    "about",
    "like",
    "than",
    "over",
)
_MAX_CANDIDATES = 12  # the latest named; who was named before them is never meant


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person that a pronoun may mean."""

    entity: Entity
    chance: float
    features: tuple[float, ...]


@cache
def weights() -> tuple[float, ...]:
    """The learned weights in the order of :data:`FEATURES`."""
    data = json.loads(files("onrecord.attribute").joinpath("data/pronoun-weights.json").read_text(encoding="utf-8"))
    return tuple(float(data.get(name, 0.0)) for name in FEATURES)


def rank(scene: Scene, place: int, gender: str) -> list[Candidate]:
    """Return the persons that the pronoun at a place can mean, the likeliest first.

    Args:
        scene: what is known so far.
        place: where the pronoun begins.
        gender: ``f`` or ``m``, or empty for a description that has none.
    """
    people = candidates(scene, place, gender)
    if not people:
        return []
    rows = features(scene, place, people)
    scores = [sum(weight * value for weight, value in zip(weights(), row, strict=True)) for row in rows]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    ranked = [Candidate(person, power / total, row) for person, power, row in zip(people, powers, rows, strict=True)]
    return sorted(ranked, key=lambda candidate: -candidate.chance)


def candidates(scene: Scene, place: int, gender: str) -> list[Entity]:
    """The persons of this gender named before the place, or after it in its sentence; the latest named first."""
    end = scene.sentence_end(place)
    found: list[tuple[int, Entity]] = []
    for entity in scene.entities.persons():
        if gender and entity.gender and entity.gender != gender:
            continue
        mention = entity.before(place)
        if mention is not None:
            found.append((-mention.start, entity))
        elif any(place < start < end for start in entity.starts):
            found.append((1, entity))
    spoken = {id(person) for _, person in scene.spoke[-4:]}
    found.sort(key=lambda item: (id(item[1]) not in spoken, item[0]))
    return [entity for _, entity in found[:_MAX_CANDIDATES]]


def features(scene: Scene, place: int, people: list[Entity]) -> list[tuple[float, ...]]:
    """Return for each person the values of :data:`FEATURES`."""
    sentence, paragraph = scene.sentence(place), scene.paragraph(place)
    last = [person for where, person in scene.spoke if where < place][-2:]
    last_place = max((where for where, _ in scene.spoke if where < place), default=-1)
    places = [_place_of(scene, person, place) for person in people]
    order = sorted((where for where in places if where >= 0), reverse=True)
    counts = [bisect_right(person.starts, place) for person in people]
    most = max(counts, default=0)
    speech = [(quoted, person) for (start, end), quoted, person in scene.contents if start <= place < end]
    rows: list[tuple[float, ...]] = []
    for person, where, count in zip(people, places, counts, strict=True):
        mention = person.before(place)
        apart = sentence - scene.sentence(where) if where >= 0 else 0
        near = where >= 0 and apart <= 1
        subject = mention is not None and _is_first(scene, mention)
        is_last = bool(last) and last[-1] is person
        row = (
            where >= 0 and apart == 0,
            where >= 0 and apart == 1,
            math.log1p(apart),
            where >= 0 and scene.paragraph(where) == paragraph,
            is_last,
            len(last) == 2 and last[0] is person and not is_last,
            is_last and sentence - scene.sentence(last_place) <= 1,
            subject,
            subject and near,
            mention is not None and scene.quotations.inside(mention.start),
            mention is not None and scene.text.startswith(("'s", "\u2019s"), mention.end),
            math.log1p(count),
            count == most,
            bool(person.gender),
            any(speaker is person and not quoted for quoted, speaker in speech),
            any(speaker is person and quoted for quoted, speaker in speech),
            bool(order) and where == order[0],
            len(order) > 1 and where == order[1],
            where < 0,
            bool(person.starts) and scene.paragraph(person.starts[0]) == 1,
            mention is not None and scene.text[max(0, mention.begin - 9) : mention.begin].rstrip().endswith(_ADDRESSED),
        )
        rows.append(tuple(float(value) for value in row))
    return rows


def _place_of(scene: Scene, person: Entity, place: int) -> int:
    """Where a person was last named or spoke before the place; -1 where not at all."""
    mention = person.before(place)
    spoke = max((where for where, speaker in scene.spoke[-8:] if speaker is person and where < place), default=-1)
    return max(mention.start if mention else -1, spoke)


def _is_first(scene: Scene, mention: Mention) -> bool:
    """Whether no other name of a person or organisation stands before this one in its sentence."""
    begin = scene.sentences[scene.sentence(mention.start) - 1]
    earlier = scene.entities.within(begin, mention.start)
    return not any(scene.entities.of(other).type is not None for other in earlier if other is not mention)
