"""How many independent ways a claim came by, and which statements came by the same.

What makes two statements one origin is told in ``dependence``. What is not known to be one origin is counted as two only
where each has somebody of its own who says it: who is not named may be anyone, so statements that name nobody add no origin
to those that do, and unnamed speakers of the same description are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import Judgement, Origin
from onrecord.resolve.dependence import Edge, Reuse, copied, passed_on, said_by, told_by
from onrecord.resolve.links import UNDATED, UTTERANCE, Line, Link
from onrecord.resolve.phrasing import day_of

INDEPENDENT, DEPENDENT = "independent", "not-independent"
APART = "counted apart because no speaker, saying, copied text or hearsay is common to them"
UNNAMED = "who says it is not named, so it may be one of the others"


@dataclass(slots=True)
class Ties:
    """What a curator decided about pairs of articles or statements; the later decision holds."""

    apart: set[frozenset[str]] = field(default_factory=set)
    together: set[frozenset[str]] = field(default_factory=set)

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Ties:
        """Collect the standing judgements."""
        ties = cls()
        for judgement in judgements:
            pair = frozenset((judgement.subject, judgement.object or ""))
            if judgement.verb in (INDEPENDENT, DEPENDENT):
                ties.apart.discard(pair)
                ties.together.discard(pair)
                (ties.apart if judgement.verb == INDEPENDENT else ties.together).add(pair)
        return ties


def origins(lines: Sequence[Line], links: Iterable[Link], reuse: Reuse, ties: Ties) -> tuple[tuple[Origin, ...], str]:
    """Return the origins of one claim, that of most prints first, and the count in words.

    Args:
        lines: the statements of the claim.
        links: between them.
        reuse: which articles repeat which.
        ties: what curators decided.
    """
    number = {line.id: i for i, line in enumerate(lines)}
    sayings = [(number[link.a], number[link.b], "one saying") for link in links if link.kind == UTTERANCE]
    repeats = list(copied(lines, reuse))
    edges = [*_decided(lines, ties), *repeats, *sayings, *told_by(lines), *passed_on(lines)]
    edges += _nobody(lines, _grouped(lines, edges, ties))
    grouped = _grouped(lines, edges, ties)
    saying_of = _numbers(_grouped(lines, [*repeats, *sayings], ties))
    made = [(_origin(lines, group, saying_of, edges, alone=len(grouped) == 1), group) for group in grouped]
    made.sort(key=lambda pair: (-len(_articles(lines, pair[1])), pair[0][0].statements))
    prints, utterances = len(_articles(lines, range(len(lines)))), len(set(saying_of.values()))
    counted = f"{_count(prints, 'print')}, {_count(utterances, 'utterance')}, {_count(len(made), 'origin')}"
    apart = f"; {APART}" if len(made) > 1 else ""
    return tuple(
        origin for (origin, _), _ in made
    ), f"{counted}: {', '.join(short for (_, short), _ in made[:6])}{apart}"


def _nobody(lines: Sequence[Line], groups: Sequence[Sequence[int]]) -> list[Edge]:
    """Join what names nobody with the first that somebody says."""
    named = [group for group in groups if any(said_by(lines[i]) for i in group)]
    nameless = [group for group in groups if not any(said_by(lines[i]) for i in group)]
    first = min((group[0] for group in named or nameless), default=0)
    return [(first, group[0], "nobody is named") for group in nameless if group[0] != first]


def _decided(lines: Sequence[Line], ties: Ties) -> Iterator[Edge]:
    if not ties.together:
        return
    for i, line in enumerate(lines):
        for j in range(i):
            if _tied(lines[j], line, ties.together):
                yield j, i, "a curator’s judgement"


def _tied(a: Line, b: Line, pairs: set[frozenset[str]]) -> bool:
    return frozenset((a.id, b.id)) in pairs or frozenset((a.article, b.article)) in pairs


def _grouped(lines: Sequence[Line], edges: Iterable[Edge], ties: Ties) -> list[list[int]]:
    """Return the numbers of the statements, joined by the edges that no judgement forbids."""
    groups = [[i] for i in range(len(lines))]
    for i, j, _ in edges:
        one, other = groups[i], groups[j]
        if one is other or (ties.apart and any(_tied(lines[x], lines[y], ties.apart) for x in one for y in other)):
            continue
        large, small = (one, other) if len(one) >= len(other) else (other, one)
        large.extend(small)
        for member in small:
            groups[member] = large
    return list({id(group): sorted(group) for group in groups}.values())


def _origin(
    lines: Sequence[Line], group: Sequence[int], saying_of: Mapping[int, int], edges: Sequence[Edge], *, alone: bool
) -> tuple[Origin, str]:
    members = sorted((lines[i] for i in group), key=lambda line: (day_of(line.told.date) or UNDATED, line.id))
    names = Counter(line.name for line in members if line.name)
    name = max(names, key=lambda n: (names[n], n)) if names else "nobody named"
    agencies = sorted({line.agency for line in members if line.agency})
    through = f" through {' and '.join(agencies[:3])}" if agencies else ""
    prints, sayings = len(_articles(lines, group)), len({saying_of[i] for i in group})
    short = f"{name} ({_count(prints, 'print')}{through})" if prints > 1 or through else name
    first = members[0]
    since = f", first {first.told.date[:10]}" if first.told.date else ""
    where = f" in {first.told.outlet}" if first.told.outlet else ""
    here = set(group)
    reasons = dict.fromkeys(reason for i, j, reason in edges if i in here and j in here)
    joined = f"; one origin: {', '.join(reasons)}" if reasons else ""
    doubt = "" if alone or any(line.told.source for line in members) else f"; {UNNAMED}"
    why = f"{name}: {_count(prints, 'print')}{through}, {_count(sayings, 'utterance')}{since}{where}{joined}{doubt}"
    return Origin(tuple(line.id for line in members), why), short


def _numbers(groups: Iterable[Sequence[int]]) -> dict[int, int]:
    return {member: number for number, group in enumerate(groups) for member in group}


def _articles(lines: Sequence[Line], group: Iterable[int]) -> set[str]:
    return {lines[i].article for i in group}


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
