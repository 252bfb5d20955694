"""How many independent ways a claim came by, and which statements came by the same.

Two statements have one origin when they stand in copies of one article (or in a passage that one article took from the
other), are one saying printed twice, come from the same speaker, when one only passes on what the other said, or when
both came through the same agency and one names no speaker. What is not known to be one origin is counted as two only
where it has a speaker of its own: unnamed speakers of the same description are one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import Copy, Judgement, Origin
from onrecord.resolve.copies import COPY
from onrecord.resolve.lineage import families
from onrecord.resolve.links import UNDATED, UTTERANCE, Line, Link
from onrecord.resolve.phrasing import day_of

INDEPENDENT, DEPENDENT = "independent", "not-independent"
Edge = tuple[int, int, str]  # two statements of a claim, by number, and why they have one origin


@dataclass(frozen=True, slots=True)
class Reuse:
    """Which articles repeat which, ready to be asked about single articles."""

    family: Mapping[str, int]  # article -> number of its family of copies
    partial: Mapping[str, Sequence[Copy]]  # article -> copies of passages that it has part in

    @classmethod
    def of(cls, copies: Iterable[Copy]) -> Reuse:
        """Sort the copies of an archive."""
        copies = tuple(copies)
        partial: dict[str, list[Copy]] = defaultdict(list)
        for copy in copies:
            if copy.relation != COPY:
                partial[copy.a].append(copy)
        family = {article: number for number, group in enumerate(families(copies)) for article in group}
        return cls(family, partial)


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
    copied = list(_copied(lines, reuse))
    grouped = _grouped(lines, [*_decided(lines, ties), *copied, *sayings, *_told_by(lines), *_passed_on(lines)], ties)
    saying_of = _numbers(_grouped(lines, [*copied, *sayings], ties))
    made = [(_origin(lines, group, saying_of), group) for group in grouped]
    made.sort(key=lambda pair: (-len(_articles(lines, pair[1])), pair[0][0].statements))
    prints, utterances = len(_articles(lines, range(len(lines)))), len(set(saying_of.values()))
    counted = f"{_count(prints, 'print')}, {_count(utterances, 'utterance')}, {_count(len(made), 'origin')}"
    return tuple(origin for (origin, _), _ in made), f"{counted}: {', '.join(short for (_, short), _ in made[:6])}"


def _copied(lines: Sequence[Line], reuse: Reuse) -> Iterator[Edge]:
    """Statements of one article, of copies of it, and of passages that were taken over."""
    first: dict[str | int, int] = {}
    by_article: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        by_article[line.article].append(i)
        family = reuse.family.get(line.article)
        j = first.setdefault(line.article if family is None else family, i)
        if j != i:
            yield j, i, "one article" if lines[j].article == line.article else "copies of one article"
    for article, here in by_article.items():
        for copy in reuse.partial.get(article, ()):
            for i in here:
                for j in by_article.get(copy.b, ()):
                    if any(_within(lines[i], p.a) and _within(lines[j], p.b) for p in copy.passages):
                        yield i, j, "a passage taken over"


def _told_by(lines: Sequence[Line]) -> Iterator[Edge]:
    """Statements of one speaker; of unnamed speakers of one description; of one agency, where no speaker is named."""
    speaker: dict[str, int] = {}
    agency: dict[str, int] = {}
    for i, line in enumerate(lines):
        who = line.told.source or (line.name or "").casefold() or f"nobody in {line.told.outlet}"
        j = speaker.setdefault(who, i)
        if j != i:
            yield j, i, "one speaker" if line.told.source else "speakers who are not told apart"
    for named in (False, True):
        for i, line in enumerate(lines):
            if line.agency and bool(line.told.source) == named:
                j = agency.setdefault(line.agency.casefold(), i) if not named else agency.get(line.agency.casefold(), i)
                if j != i:
                    yield j, i, "through one agency"


def _passed_on(lines: Sequence[Line]) -> Iterator[Edge]:
    """Statements of which one passes on what another said."""
    by_name = {line.name.casefold(): i for i, line in reversed(list(enumerate(lines))) if line.name}
    for i, line in enumerate(lines):
        for name in line.via:
            j = by_name.get(name.casefold())
            if j is not None and j != i:
                yield j, i, f"passed on by {name}"


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


def _origin(lines: Sequence[Line], group: Sequence[int], saying_of: Mapping[int, int]) -> tuple[Origin, str]:
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
    why = f"{name}: {_count(prints, 'print')}{through}, {_count(sayings, 'utterance')}{since}{where}"
    return Origin(tuple(line.id for line in members), why), short


def _numbers(groups: Iterable[Sequence[int]]) -> dict[int, int]:
    return {member: number for number, group in enumerate(groups) for member in group}


def _articles(lines: Sequence[Line], group: Iterable[int]) -> set[str]:
    return {lines[i].article for i in group}


def _within(line: Line, passage: tuple[int, int]) -> bool:
    return passage[0] <= line.span[0] and line.span[1] <= passage[1]


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
