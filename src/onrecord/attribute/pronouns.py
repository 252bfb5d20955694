"""Which person a pronoun means: every person named so far gets a score, and the scores become chances.

The score of a person is the sum of the weights of what holds for it (:data:`WEIGHTS`), and the chances are the softmax of the
scores. A contradiction of gender rules a person out before any score. The weights are set by hand; weights learned by a
conditional logit on half of the labelled pronouns were no better on the other half (91-94% right against 93-95%).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass

from onrecord.attribute.entities import Entity
from onrecord.attribute.naming import Mention
from onrecord.attribute.scene import Scene
from onrecord.model import SpeakerType

WEIGHTS: dict[str, float] = {
    "same sentence": 0.5,  # the last mention before the pronoun lies in its sentence
    "sentence before": 0.3,  # ... in the sentence before
    "distance": -0.8,  # log of the sentences between
    "same paragraph": 0.3,
    "last speaker": 0.7,  # spoke last before the pronoun
    "speaker before last": 0.2,
    "last speaker near": 0.8,  # spoke last, and in this or the previous sentence
    "first in sentence": 0.3,  # the last mention is the first name of its sentence: mostly the subject
    "subject near": 0.7,  # ... and that is this sentence or the one before
    "quoted": -0.5,  # the last mention stands in a quotation
    "possessive": -0.2,  # the last mention has 's
    "count": 0.2,  # log of the mentions before
    "most named": 0.2,  # no other candidate was named more often
    "gender sure": 0.5,
    "unsure": -1.0,  # nothing says that the name is a person's but its capitals
    "own words": 1.0,  # the pronoun stands in reported speech of this person
    "own quotation": -2.0,  # the pronoun stands in a quotation of this person
    "nearest": 0.7,  # no other candidate was named later
    "next nearest": 0.3,
    "only after": -1.5,  # named only after the pronoun, in its sentence
    "first line": 0.1,  # named in the first line
    "addressed": -0.4,  # the last mention follows a verb of telling or a preposition
}
_ORDER = tuple(WEIGHTS.values())
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
_SPOKEN = 8  # speakers before the pronoun that are looked at
_REACH = 6000  # characters before the pronoun in which persons are looked for
_MAX_CANDIDATES = 12  # the latest named; who was named before them is never meant


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person that a pronoun may mean."""

    entity: Entity
    chance: float


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
    scores = [sum(weight * value for weight, value in zip(_ORDER, row, strict=True)) for row in rows]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    ranked = [Candidate(person, power / total) for person, power in zip(people, powers, strict=True)]
    return sorted(ranked, key=lambda candidate: -candidate.chance)


def candidates(scene: Scene, place: int, gender: str) -> list[Entity]:
    """The persons of this gender named or speaking before the place, or named after it in its sentence.

    None where nothing but its capitals says of any of them that it is a person.
    """
    found = dict.fromkeys(person for _, person in reversed(scene.spoke_before(place, _SPOKEN)))
    found.update(dict.fromkeys(scene.entities.persons_before(place, _REACH, 2 * _MAX_CANDIDATES)))
    for mention in scene.entities.within(place, scene.sentence_end(place)):
        found.setdefault(scene.entities.of(mention))
    fitting = [
        person
        for person in found
        if person.type is SpeakerType.PERSON and not (gender and person.gender and person.gender != gender)
    ]
    return fitting[:_MAX_CANDIDATES] if any(person.sure for person in fitting) else []


def features(scene: Scene, place: int, people: list[Entity]) -> list[tuple[float, ...]]:
    """Return for each person the values that :data:`WEIGHTS` weighs, in its order."""
    sentence, paragraph = scene.sentence(place), scene.paragraph(place)
    spoke = scene.spoke_before(place, _SPOKEN)
    last = [person for _, person in spoke[-2:]]
    last_place = spoke[-1][0] if spoke else -1
    places = [_place_of(spoke, person, place) for person in people]
    order = sorted((where for where in places if where >= 0), reverse=True)
    counts = [bisect_right(person.starts, place) for person in people]
    most = max(counts, default=0)
    speech = scene.around(place)
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
            not person.sure,
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


def _place_of(spoke: list[tuple[int, Entity]], person: Entity, place: int) -> int:
    """Where a person was last named or spoke before the place; -1 where not at all."""
    mention = person.before(place)
    said = max((where for where, speaker in spoke if speaker is person), default=-1)
    return max(mention.start if mention else -1, said)


def _is_first(scene: Scene, mention: Mention) -> bool:
    """Whether no other name of a person or organisation stands before this one in its sentence."""
    begin = scene.sentences[scene.sentence(mention.start) - 1]
    earlier = scene.entities.within(begin, mention.start)
    return not any(scene.entities.of(other).type is not None for other in earlier if other is not mention)
