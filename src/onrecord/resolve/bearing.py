"""What a statement does with its content: says it, is for it, is against it, or only names it.

"She said the dam would hold" *says* a proposition, "he backs the dam" and "he rejects the dam" are *for* and *against* a thing,
and "they talked about the dam" only *names* it. Likeness of words cannot tell these apart, and two of them are a claim
together only where they do the same with what they share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from onrecord.resolve.phrasing import PRONOUNS, Phrasing
from onrecord.resolve.stance import QUESTION, blames, classes, turned_by_cue
from onrecord.resolve.traits import CONTRACTED, FINITE, is_poll

# Verbs behind which a proposition is told in a clause of its own, with or without "that".
SAYING = re.compile(
    r"say|says|said|saying|tell|tells|told|telling|claim(?:s|ed|ing)?|stat(?:e|es|ed|ing)|argu\w+|wr[io]t\w+|tweet\w*|"
    r"announc\w+|not(?:e|es|ed|ing)|explain\w*|suggest\w*|assert\w*|believ\w+|think\w*|thought|declar\w+|insist\w*|"
    r"repl(?:y|ie)\w*|respond\w*|conclu\w+|charg\w+|report(?:s|ed|ing)?|show(?:s|ed|n)?|warn\w*|predict\w*|find|finds|found|"
    r"reveal\w*|estimat\w+|reiterat\w+|according"
)
RELATIVE = frozenset("that which who whom whose".split())
BEHIND_NOUNS = frozenset("about of over on with to for at in into against from by".split())  # what follows is a thing
CONTRACTIONS = frozenset("it's he's she's that's there's what's who's here's where's let's".split())
WISHED = frozenset("should must ought need needs want wants will would to can't cannot let".split())
QUOTED_CLAUSE = 5  # words from which a quotation says something by itself
GROUPS = frozenset(
    "most many some several few half all both nearly almost about".split()
)  # no name, though they begin with a capital


class Bearing(StrEnum):
    """What the speaker does with the content."""

    SAYS = "says"
    FOR = "for"
    AGAINST = "against"
    NAMES = "names"


def bearing(phrasing: Phrasing) -> Bearing:
    """Return what a statement does with its content."""
    if turned_by_cue(phrasing):
        return Bearing.AGAINST
    quotes = phrasing.told.text.lstrip()[:1] in ("“", '"', "‘", "'", "«")
    if is_proposition(phrasing) or (quotes and len(phrasing.own) >= QUOTED_CLAUSE):
        return Bearing.SAYS
    held = Bearing.NAMES
    for place, word in enumerate(phrasing.cue):
        kinds, behind = classes(word), phrasing.cue[place + 1 : place + 2]
        if word.startswith("call") and behind not in (("for",), ("on",)):  # "called the plan 'reckless'"
            held = Bearing.SAYS if phrasing.quoted else Bearing.NAMES
        elif SAYING.fullmatch(word):
            held = Bearing.NAMES
        elif "for" in kinds and held != Bearing.AGAINST:  # a noun ("his call for") is under the verb
            held = Bearing.FOR
        elif "against" in kinds:
            held = Bearing.AGAINST
    return held


def is_proposition(phrasing: Phrasing) -> bool:
    """Whether the content says something by itself: a clause, a plan ("to close the dam"), a blame ("him for lying")."""
    own = phrasing.own
    if len(own) < 2 or (own[0] in QUESTION or phrasing.open):
        return False
    if own[0] in ("that", "to") or _blames_somebody(phrasing):
        return True
    verb = finite(own)
    if verb is not None and not RELATIVE.intersection(own[1:verb]):
        return True
    cue = [word for word in phrasing.cue if word != "that"]
    last = next((place for place in reversed(range(len(cue))) if SAYING.fullmatch(cue[place])), None)
    return last is not None and (cue[last:] == ["according", "to"] or cue[-1] not in BEHIND_NOUNS)


def _blames_somebody(phrasing: Phrasing) -> bool:
    named = phrasing.told.text.lstrip()[:1].isupper() or phrasing.own[0] in PRONOUNS
    accused = any("against" in classes(word) or word.startswith(("accus", "charg", "blam")) for word in phrasing.cue)
    return (named or accused) and blames(phrasing.own)


def finite(own: Sequence[str]) -> int | None:
    """Return the place of the first word that is surely a finite verb."""
    ends = tuple(end for end in CONTRACTED if end != "'s")  # mostly a genitive
    return next(
        (i for i, word in enumerate(own) if word in FINITE or word in CONTRACTIONS or word.endswith(ends)), None
    )


def predicate(own: Sequence[str]) -> Sequence[str]:
    """Return the words from the first finite verb on; all where there is none or little behind it."""
    verb = finite(own)
    return own if verb is None or verb >= len(own) - 2 else own[verb:]


def is_negated(own: Sequence[str]) -> bool:
    """Whether a word up to the first finite verb, or just behind it, says no."""
    verb = finite(own) or 0
    return any("no" in classes(word) for word in own[: verb + 4])


def is_of_a_poll(phrasing: Phrasing) -> bool:
    """Whether the statement is what people answered in a poll."""
    return phrasing.poll or (is_poll(phrasing.told.context or "") and not _is_named(phrasing.told.speaker))


def _is_named(speaker: str | None) -> bool:
    printed = (speaker or "").split()
    capitals = [word for word in printed if word[0].isupper()]
    return (
        bool(capitals)
        and (len(capitals) > 1 or capitals[0] != printed[0] or len(printed) == 1)
        and (printed[0].casefold() not in GROUPS)
    )
