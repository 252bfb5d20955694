"""Claims: statements that say the same, who contradicts them, and how many say so independently.

A claim is a star, not a chain: every statement of it was itself found to say what the statement in its middle says, the
one that stands for the claim. So two that each resemble a third, but not each other, do not become one by way of it
unless it is the one that all are measured by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.model import Claim, Copy, Judgement, claim_id
from onrecord.resolve.dependence import Reuse
from onrecord.resolve.links import CONTRARY, SAME, UNDATED, Line, Link
from onrecord.resolve.origins import Ties, origins
from onrecord.resolve.phrasing import day_of

MOST_CONTRARY = 200  # statements to the contrary that a claim lists


def claims(
    lines: Mapping[str, Line], links: Sequence[Link], copies: Iterable[Copy] = (), judgements: Sequence[Judgement] = ()
) -> tuple[Claim, ...]:
    """Return the claims of an archive, those of the most origins first.

    Args:
        lines: the linked statements, by id.
        links: the relations between them (``links.compare_all``).
        copies: which articles repeat which (``lineage.settle``).
        judgements: those that stand; same-claim, not-same-claim, independent and not-independent are looked at.

    Every claim has two statements that say the same, or one and another to the contrary.
    """
    joined, parted = _judged(judgements, "same-claim"), _judged(judgements, "not-same-claim")
    joined, parted = joined - parted, parted - joined
    links = [link for link in links if frozenset((link.a, link.b)) not in (parted if link.kind != CONTRARY else joined)]
    links += [Link(min(pair), max(pair), SAME, 1.0) for pair in joined if pair <= lines.keys()]
    alike, contrary = _neighbours(links, lines)
    groups = _bound(_stars(lines, alike), joined, parted)
    reuse, ties = Reuse.of(copies), Ties.of(judgements)
    between: dict[str, list[Link]] = defaultdict(list)
    centre_of = {member: centre for centre, group in groups.items() for member in group}
    for link in links:
        if link.kind != CONTRARY and link.a in centre_of and centre_of[link.a] == centre_of.get(link.b):
            between[centre_of[link.a]].append(link)
    found = []
    for centre, group in groups.items():
        against = {other for member in group for other in contrary.get(member, ())} - group
        against = {one for one in against if not (alike.get(one, {}).keys() & group)}
        if len(group) > 1 or against:
            found.append(_claim(lines, centre, group, against, between[centre], reuse, ties))
    return tuple(sorted(found, key=lambda claim: (-len(claim.origins), -len(claim.statements), claim.id)))


def _judged(judgements: Iterable[Judgement], verb: str) -> set[frozenset[str]]:
    last = {frozenset((j.subject, j.object or "")): j.verb for j in judgements if j.verb.endswith("same-claim")}
    return {pair for pair, said in last.items() if said == verb and len(pair) == 2}


def _neighbours(
    links: Iterable[Link], lines: Mapping[str, Line]
) -> tuple[dict[str, dict[str, float]], dict[str, set[str]]]:
    """Return what says the same as each statement, how surely, and what contradicts it."""
    alike: dict[str, dict[str, float]] = defaultdict(dict)
    contrary: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.a in lines and link.b in lines:
            for one, other in ((link.a, link.b), (link.b, link.a)):
                if link.kind == CONTRARY:
                    contrary[one].add(other)
                else:
                    alike[one][other] = link.score
    return alike, contrary


def _stars(lines: Mapping[str, Line], alike: Mapping[str, Mapping[str, float]]) -> dict[str, set[str]]:
    """Return the statements around each centre; the centres are those that the most others resemble the most.

    Repetitions (links of score 1) go with the one that they repeat.
    """
    repeats = {one: {other for other, score in near.items() if score == 1.0} for one, near in alike.items()}
    order = sorted(lines, key=lambda id: (-sum(alike.get(id, {}).values()), _day(lines[id]), id))
    groups: dict[str, set[str]] = {}
    taken: set[str] = set()
    for id in order:
        if id in taken:
            continue
        near = {other for other in alike.get(id, ()) if other not in taken}
        group = {id} | near | {other for one in near for other in repeats.get(one, ()) if other not in taken}
        groups[id] = group
        taken |= group
    return groups


def _bound(
    groups: dict[str, set[str]], joined: Iterable[frozenset[str]], parted: Iterable[frozenset[str]]
) -> dict[str, set[str]]:
    """Hold to what curators decided about pairs of statements."""
    centre_of = {member: centre for centre, group in groups.items() for member in group}
    for one, other in sorted(map(sorted, joined)):
        if one in centre_of and other in centre_of and (kept := centre_of[one]) != (gone := centre_of[other]):
            for member in groups[gone]:
                centre_of[member] = kept
            groups[kept] |= groups.pop(gone)
    for pair in sorted(map(sorted, parted)):
        here = [centre_of.get(id) for id in pair]
        if here[0] is not None and here[0] == here[1]:
            leaver = next(id for id in reversed(pair) if id != here[0])
            groups[here[0]].discard(leaver)
            groups[leaver] = {leaver}
            centre_of[leaver] = leaver
    return groups


def _claim(
    lines: Mapping[str, Line],
    centre: str,
    group: set[str],
    against: set[str],
    links: Sequence[Link],
    reuse: Reuse,
    ties: Ties,
) -> Claim:
    ordered = sorted(group, key=lambda id: (_day(lines[id]), id))
    ways, why = origins([lines[id] for id in ordered], links, reuse, ties)
    return Claim(
        id=claim_id(ordered[0]),
        words=lines[centre].told.text,
        statements=tuple(ordered),
        origins=ways,
        contrary=tuple(sorted(against, key=lambda id: (_day(lines[id]), id))[:MOST_CONTRARY]),
        first=ordered[0],
        why=why,
    )


def _day(line: Line) -> int:
    return day_of(line.told.date) or UNDATED
