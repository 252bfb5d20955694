"""Says whether two names can name the same person or organisation: a score and the reasons for it, together.

Names are taken apart (:mod:`onrecord.resolve.names`), the parts of one are laid beside the parts of the other, and
every agreement and every contradiction found gives a :class:`Reason` whose weight stands in :data:`WEIGHTS`. The
weights are log-odds: they add up, and the score is the probability that follows. They were calibrated by
``benchmarks/sources/calibrate.py`` on half of the labelled names; ``benchmarks/sources/README.md`` has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.resolve import vocabulary
from onrecord.resolve.names import OrganisationName, Part, PersonName, Word, parse_organisation, parse_person
from onrecord.resolve.pairing import Alignment, Gap, align_parts, align_words, initials_match
from onrecord.resolve.sound import closeness

SAME_FROM = 0.5  # a score from here on says "the same"

# What each agreement or contradiction weighs, in log-odds. A reason that is measured (a share, a count) weighs its
# measure times this.
WEIGHTS: dict[str, float] = {
    "start": -1.0,
    # persons
    "first parts agree": 2.0,
    "last parts agree": 2.0,
    "more parts agree": 1.0,
    "spelled differently": -6.0,  # times 1 - closeness of the least close pair
    "only an initial": -0.3,
    "short form of a name": -0.5,
    "name as another language has it": -0.5,
    "respelled beside a short form": -3.0,
    "family name first": -0.3,
    "parts differ in the same place": -5.0,
    "extra part in the middle": -0.7,
    "extra father's name in the middle": -3.2,
    "extra initial": 0.0,
    "initials differ": -4.0,
    "extra part in front": -1.5,
    "extra Mohammed in front": -0.3,
    "extra part in front of a father's name": -3.5,
    "extra part at the end": -1.0,
    "one part only, of several": -3.5,
    "one part each": 0.0,
    "generation mark on one side": -4.5,
    "generation marks differ": -6.0,
    "titles tell different genders": -4.0,
    "father and son in other order": -6.0,
    # how the names are used
    "same organisation": 1.5,
    "same role": 2.2,
    "organisations differ": -0.7,
    "both in one article": -1.2,
    "many years apart": -1.0,
    # organisations
    "own names agree": 3.0,
    "common words agree": 0.8,
    "all words agree": 2.0,
    "country agrees": 0.5,
    "countries differ": -5.0,
    "country on one side": -0.5,
    "own names only on one side": -2.4,
    "own name between shared words": -1.5,
    "common words only on one side": -3.0,
    "words that say little on one side": -0.6,
    "words differ": -3.5,
    "kind of thing on one side": -0.1,
    "kinds of thing differ": -0.6,
    "initials of the other": 2.5,
    "letters agree": 4.0,
    "letters differ": -6.0,
    "nothing agrees": -6.0,
    "one is an office": -6.0,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against, with what it weighs (log-odds)."""

    what: str  # a key of WEIGHTS
    weight: float
    words: str = ""  # the parts that it is about


@dataclass(frozen=True, slots=True)
class Comparison:
    """A score with its reasons."""

    score: float  # 0..1
    reasons: tuple[Reason, ...]

    @property
    def same(self) -> bool:
        """Whether the names can name the same one."""
        return self.score >= SAME_FROM

    @property
    def why(self) -> str:
        """The reasons in words, the weightiest first."""
        ordered = sorted((r for r in self.reasons if r.what != "start" and r.weight), key=lambda r: -abs(r.weight))
        return "; ".join(f"{r.what}{': ' + r.words if r.words else ''} ({r.weight:+.1f})" for r in ordered)


Evidence = Iterator[tuple[str, float, str]]  # key of WEIGHTS, measure, words


def compare(a: str, b: str, type: str) -> Comparison:
    """Compare two names.

    Args:
        a: a name as printed.
        b: another.
        type: ``person`` or ``organisation`` (``group`` and ``document`` are compared like organisations); with any
            other word, for example ``mixed``, the two are of different types and never the same.
    """
    return weigh(evidence(a, b, type))


def weigh(found: Iterable[tuple[str, float, str]]) -> Comparison:
    """Add up evidence."""
    reasons = [Reason("start", WEIGHTS["start"])]
    reasons.extend(Reason(what, _weight(what, measure), words) for what, measure, words in found)
    return Comparison(probability(sum(reason.weight for reason in reasons)), tuple(reasons))


def odds(found: Iterable[tuple[str, float, str]]) -> float:
    """Return the log-odds that evidence adds up to, without what all comparisons start from."""
    return sum(_weight(what, measure) for what, measure, _ in found)


def probability(total: float) -> float:
    """Return the probability that log-odds stand for."""
    return round(1 / (1 + math.exp(-total)), 4)


def _weight(what: str, measure: float) -> float:
    return round(WEIGHTS[what] * measure, 3)


def evidence(a: str, b: str, type: str) -> Evidence:
    """Yield what speaks for and against, without weights."""
    if type == "person":
        ways = [tuple(_persons(x, y)) for x in _called(parse_person(a)) for y in _called(parse_person(b))]
        yield from max(ways, key=lambda way: sum(WEIGHTS[what] * measure for what, measure, _ in way))
    elif type in ("organisation", "group", "document"):
        yield from _organisations(parse_organisation(a), parse_organisation(b))
    else:
        yield "nothing agrees", 1.0, "a person and an organisation"


def _called(name: PersonName) -> tuple[PersonName, ...]:
    """Return the name, and the name with its nickname in place of the given names."""
    if not name.nickname:
        return (name,)
    return name, replace(name, parts=(Part(name.nickname), name.parts[-1]), nickname="")


def _persons(a: PersonName, b: PersonName) -> Evidence:
    for short, full in ((a, b), (b, a)):
        if short.acronym and len(full.parts) > 1:
            letters = [part.text for part in full.parts]
            if any(initials_match(short.acronym, way, may_end=True) for way in (letters, _with_sons(full))):
                yield "initials of the other", 1.0, short.acronym.upper()
                return
    found = align_parts(a, b)
    if not found.pairs:
        yield "nothing agrees", 1.0, ""
        return
    yield from _agreements(found)
    yield from _left_over(found)
    if a.mark != b.mark:
        yield ("generation marks differ" if a.mark and b.mark else "generation mark on one side"), 1.0, a.mark or b.mark
    if a.gender and b.gender and a.gender != b.gender:
        yield "titles tell different genders", 1.0, f"{a.titles[-1]}, {b.titles[-1]}"


def _with_sons(name: PersonName) -> list[str]:
    return [letter for part in name.parts for letter in (["bin", part.stem] if part.son_of else [part.stem])]


def _agreements(found: Alignment) -> Evidence:
    a, b, pairs = found.a, found.b, found.pairs
    full = [pair for pair in pairs if pair.how != "initial"]
    shown = [" ".join(part.text for part in a[pair.a_from : pair.a_to]) for pair in pairs]
    first = pairs[0].a_from == pairs[0].b_from == 0
    last = pairs[-1].a_to == len(a) and pairs[-1].b_to == len(b)
    if len(a) == len(b) == 1 or (len(full) == 1 and first and last and len(pairs) == 1):
        yield "one part each", 1.0, shown[0]
    elif sum(pair.b_to - pair.b_from for pair in full) == 1 or sum(pair.a_to - pair.a_from for pair in full) == 1:
        others = len(pairs) - len(full)
        if not others:
            yield "one part only, of several", 1.0, shown[0]
    if first:
        yield "first parts agree", 1.0, shown[0]
    if last:
        yield "last parts agree", 1.0, shown[-1]
    between = len(full) - first - last
    if between > 0:
        yield "more parts agree", float(min(between, 2)), ""
    worst = min(pairs, key=lambda pair: pair.closeness if pair.how == "sound" else 1.0)
    if worst.how == "sound" and worst.closeness < 1:
        words = (
            " ".join(p.text for p in a[worst.a_from : worst.a_to]),
            " ".join(p.text for p in b[worst.b_from : worst.b_to]),
        )
        yield "spelled differently", 1 - worst.closeness, " / ".join(words)
    respelled = any(
        pair.how == "sound"
        and "".join(part.text for part in a[pair.a_from : pair.a_to])
        != "".join(part.text for part in b[pair.b_from : pair.b_to])
        for pair in pairs
    )
    if respelled and any(pair.how == "short form" for pair in pairs):  # Michael Kofman, Mike Coffman
        yield "respelled beside a short form", 1.0, ""
    for how, what in (
        ("initial", "only an initial"),
        ("short form", "short form of a name"),
        ("other language", "name as another language has it"),
    ):
        if any(pair.how == how for pair in pairs):
            yield what, 1.0, ""
    if found.rotated:
        yield "family name first", 1.0, ""


def _left_over(found: Alignment) -> Evidence:
    for gap in found.gaps:
        words = " ".join(part.text for part in gap.a), " ".join(part.text for part in gap.b)
        extra = gap.a or gap.b
        if gap.a and gap.b and gap.where == "end" and gap.a[0].son_of != gap.b[0].son_of:
            yield "extra part at the end", 1.0, " / ".join(words)  # the grandfather's name here, the family's there
        elif gap.a and gap.b:
            yield "parts differ in the same place", 1.0, " / ".join(words)
        elif all(part.initial for part in extra):
            both = any(pair.how == "initial" for pair in found.pairs)  # George W. Bush, George H. W. Bush
            yield ("initials differ" if both else "extra initial"), 1.0, words[0] or words[1]
        elif gap.where == "front":
            longer, place = (found.a, len(gap.a)) if gap.a else (found.b, len(gap.b))
            yield _in_front(extra[-1].text, longer[place].text, longer[place].son_of), 1.0, words[0] or words[1]
        else:
            yield _behind(gap), 1.0, words[0] or words[1]


def _in_front(extra: str, father: str, son_of: bool) -> str:
    """A name before a name common among fathers is a child's; "Mohammed" is also simply left out."""
    if not son_of and is_mohammed(extra):
        return "extra Mohammed in front"
    if son_of or vocabulary.is_kin_name(father):
        return "extra part in front of a father's name"
    return "extra part in front"


def is_mohammed(part: str) -> bool:
    """Whether a part of a name is a way of writing "Mohammed"."""
    return closeness(part, "mohammed") > 0.85


def _behind(gap: Gap) -> str:
    """A father's name may be left out, and it may tell grandson from grandfather."""
    if gap.where == "end":
        return "extra part at the end"
    father = any(part.son_of or vocabulary.is_kin_name(part.text) for part in gap.a or gap.b)
    return "extra father's name in the middle" if father else "extra part in the middle"


def _organisations(a: OrganisationName, b: OrganisationName) -> Evidence:
    if a.office != b.office:
        yield "one is an office", 1.0, ""
    if a.acronym and b.acronym:
        yield ("letters agree" if a.acronym == b.acronym else "letters differ"), 1.0, a.acronym.upper()
        if a.acronym != b.acronym or len(a.acronym) < 6:
            return
    for short, full in ((a, b), (b, a)):
        if short.acronym and short.acronym == full.given_acronym:
            yield "letters agree", 1.0, short.acronym.upper()
            return
        if short.acronym and len(full.initials) > 1 and _initials_of(short.acronym, full):
            yield "initials of the other", 1.0, short.acronym.upper()
            return
    found = align_words(a, b)
    own = [close for word, close in found.pairs if word.role == "name"]
    common = [word for word, _ in found.pairs if word.role == "common"]
    if not own and not common:
        if found.only_a or found.only_b or not found.pairs:
            yield "nothing agrees", 1.0, ""
        else:  # "Russia", "the European Union"
            yield "all words agree", 1.0, ""
        return
    if own:
        yield "own names agree", 1.0, ""
        if min(own) < 1:
            yield "spelled differently", 1 - min(own), ""
    if common:
        yield "common words agree", float(min(len(common), 3)), ""
    if all(word.role == "drop" for word in (*found.only_a, *found.only_b)):
        yield "all words agree", 1.0, ""
    yield from _countries(a, b)
    yield from _unshared(found.only_a, found.only_b)
    for whole, only in ((a, found.only_a), (b, found.only_b)):
        if inner := [word.text for word in _inside(whole.words, only) if word.role == "name"]:
            yield "own name between shared words", 1.0, " ".join(inner)


def _inside(words: tuple[Word, ...], only: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words that only one side has and that stand between words of both: "Platform *Drafting* Committee"."""
    shared = [place for place, word in enumerate(words) if word not in only and word.role != "drop"]
    return tuple(word for word in words[shared[0] : shared[-1]] if word in only) if shared else ()


def _initials_of(acronym: str, full: OrganisationName) -> bool:
    words, countries, table = full.initials, vocabulary.countries(), vocabulary.organisation_words()
    if words[0] in countries or words[0] in table.before or words[:2] == ("united", "nations"):
        start = 2 if words[0] == "united" else 1  # "UN World Food Programme"
        if initials_match(acronym, words[start:]):
            return True
    may_go = words[-1] in countries or words[-1] in table.kind | table.drop  # "Kurdish National Council of Syria"
    if may_go and initials_match(acronym, words[:-1]):
        return True
    spelled = tuple(word for each in words for word in (("united", "nations") if each == "un" else (each,)))
    return initials_match(acronym, spelled)


def _countries(a: OrganisationName, b: OrganisationName) -> Evidence:
    mine = {word.text for word in a.words if word.role == "country"}
    other = {word.text for word in b.words if word.role == "country"}
    if mine & other:
        yield "country agrees", 1.0, ", ".join(sorted(mine & other))
    only_mine, only_other = mine - other - set(b.hints), other - mine - set(a.hints)
    if only_mine and only_other:
        yield "countries differ", 1.0, f"{', '.join(sorted(only_mine))} / {', '.join(sorted(only_other))}"
    elif only_mine or only_other:
        yield "country on one side", 1.0, ", ".join(sorted(only_mine | only_other))


def _unshared(only_a: tuple[Word, ...], only_b: tuple[Word, ...]) -> Evidence:
    mine = [word for word in only_a if word.role in ("name", "common")]
    other = [word for word in only_b if word.role in ("name", "common")]
    if not mine or not other:  # "U.S. Chamber of Commerce", "Hollywood Chamber of Commerce"
        mine += [word for word in only_a if word.role == "country" and any(each.role == "name" for each in other)]
        other += [word for word in only_b if word.role == "country" and any(each.role == "name" for each in mine)]
    words = " ".join(word.text for word in mine), " ".join(word.text for word in other)
    if mine and other:
        yield "words differ", 1.0, " / ".join(words)
    else:
        for role, what in (("name", "own names only on one side"), ("common", "common words only on one side")):
            count = sum(word.role == role for word in mine or other)
            if count:
                yield what, float(min(count, 3)), words[0] or words[1]
    soft = [word.text for word in (*only_a, *only_b) if word.role == "soft"]
    if soft:
        yield "words that say little on one side", float(len(soft)), " ".join(soft)
    kinds = [word for word in only_a if word.role == "drop"], [word for word in only_b if word.role == "drop"]
    if kinds[0] and kinds[1]:
        yield "kinds of thing differ", 1.0, f"{kinds[0][0].text} / {kinds[1][0].text}"
    elif kinds[0] or kinds[1]:
        yield "kind of thing on one side", 1.0, " ".join(word.text for word in kinds[0] or kinds[1])
