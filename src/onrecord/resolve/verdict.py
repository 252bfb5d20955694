"""Whether two statements say the same: the decision, with its reasons.

Four logistic regressions over the features of ``likeness``; their weights and the thresholds stand in
``data/claims.json``, which ``training/claims/fit.py`` writes and explains:

=========== ====================================================================
same        they say the same
contrary    one denies the other; also a veto on *same*
utterance   one saying of one speaker, printed twice
matter      both are about the same matter, for or against
=========== ====================================================================
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from onrecord.resolve.likeness import days_apart, features, in_common, text_likeness
from onrecord.resolve.phrasing import Phrasing
from onrecord.resolve.showing import DENIED, QUOTED, objections, objections_to_contrary

SOON = 7  # days within which another number for the same is a contradiction and not news


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two statements stand to each other."""

    same: bool  # they say the same
    # They are one saying of one speaker; then they also say the same. Where the speakers are called otherwise, both must
    # have the same words inside quotation marks.
    utterance: bool
    contrary: bool  # they cannot both be right, or both be followed; then they do not say the same
    related: bool  # they are about the same matter at least
    score: float  # how sure it is that they say the same, 0 to 1
    why: str


def compare(a: Phrasing, b: Phrasing) -> Verdict:
    """Return how two statements stand to each other. Symmetric but for rounding."""
    verdict = decide(features(a, b), days_apart(a, b))
    other = another_number(a, b)
    return replace(verdict, why=f"{verdict.why}; another number: {other}") if other else verdict


def compare_strictly(a: Phrasing, b: Phrasing) -> Verdict:
    """Return how two statements of an archive stand to each other.

    Among labelled pairs one in four says the same; among neighbours in an archive, which share a topic, far fewer do. So
    the same chances are held to higher thresholds, the words of the statements themselves must meet, not only those
    around, and nothing may speak against showing it (``showing``). One saying of one speaker is shown as soon as it is likely.
    """
    limits = _model()["archive"]
    common, names = in_common(a, b)  # two that only name the same one say nothing together
    if common < limits["common"] or common - names < limits["plain"] or text_likeness(a, b) < limits["text"]:
        return Verdict(False, False, False, related=True, score=0.0, why="the words themselves do not meet")
    seen, days = features(a, b), days_apart(a, b)
    if (other := another_number(a, b)) and days is not None and days <= SOON and seen["around"] >= limits["text"]:
        why = f"{reasons(seen, days)}; another number: {other}"
        return Verdict(same=False, utterance=False, contrary=True, related=True, score=0.0, why=why)
    found = decide(seen, days, limits)
    against = _against(a, b, seen, found, limits["same_of_others"])
    if against is None:
        return found
    return replace(found, same=False, utterance=False, contrary=False, related=True, why=f"{found.why}; {against}")


def _against(a: Phrasing, b: Phrasing, seen: Mapping[str, float], found: Verdict, same_of_others: float) -> str | None:
    """Return what speaks against showing what was found. Of one saying of one speaker that is only that one print denies it."""
    if found.contrary:
        return next(objections_to_contrary(a, b, seen), None)
    if not found.same:
        return None
    raised = list(objections(a, b, seen))
    if found.utterance and seen["same_speaker"] == 1:
        return DENIED if DENIED in raised and seen["quoted"] < QUOTED else None
    if seen["same_speaker"] < 1 and not found.utterance and found.score < same_of_others:
        raised.append("not alike enough for two speakers")
    return next(iter(raised), None)


def another_number(a: Phrasing, b: Phrasing) -> str | None:
    """Return what two statements count differently, if they count one thing and no number is the same."""
    if a.numbers & b.numbers:
        return None
    there = dict(b.counted)
    found = ((thing, number, there[thing]) for thing, number in a.counted if thing in there)
    return next((f"{one} against {other} ({thing}…)" for thing, one, other in found), None)


def decide(seen: Mapping[str, float], days: int | None = None, limits: Mapping[str, float] | None = None) -> Verdict:
    """Return the verdict on a pair with these features; the days between are for the reasons only."""
    model = _model()
    limits = limits or model["thresholds"]
    score, matter, contrary, utterance = (
        chance(seen, model[part]) for part in ("same", "matter", "contrary", "utterance")
    )
    denied = contrary >= limits["contrary"] and matter >= limits["contrary_matter"]
    same = score >= limits["same"] and contrary < limits["veto"] and not denied
    return Verdict(
        same=same,
        utterance=same and utterance >= limits["utterance"] and bool(seen["quoted"] or not seen["other_speaker"]),
        contrary=denied,
        related=matter >= limits["related"],
        score=round(score, 4),
        why=reasons(seen, days),
    )


def chance(seen: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the logistic of the weighted sum."""
    total = weights["bias"] + sum(weight * seen[name] for name, weight in weights.items() if name != "bias")
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def reasons(seen: Mapping[str, float], days: int | None) -> str:
    """Return what speaks for and against in words."""
    said = [f"{seen['text']:.0%} of the words meet, {seen['around']:.0%} with those around"]
    if (run := round(math.expm1(seen["run"]))) >= 4:
        said.append(f"{run} words in a row are the same")
    if seen["quoted"] > 0.3:
        said.append("quoted words are the same")
    if seen["same_speaker"] or seen["other_speaker"]:
        said.append(
            {1.0: "the same speaker", 0.5: "perhaps the same speaker"}.get(seen["same_speaker"], "other speakers")
        )
    if days is not None:
        said.append("the same day" if days == 0 else f"{days} day{'s' * (days != 1)} apart")
    if seen["numbers"]:
        said.append("a number is the same")
    if seen["other_numbers"]:
        said.append("numbers differ")
    if seen["other_names"]:
        said.append("other names")
    if seen["odds"] > 0.45:
        said.append("at odds: one turns about what the other says")
    return "; ".join(said)


@cache
def _model() -> dict[str, Any]:
    text = resources.files("onrecord.resolve").joinpath("data", "claims.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
