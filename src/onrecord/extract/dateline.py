"""The dateline at the head of a text: "Beirut – ", "LONDON (Reuters) -", "GAZA CITY, Feb 3 (AFP) —"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.extract import agency
from onrecord.extract.clean import fold


class Dateline(NamedTuple):
    """What a dateline says, and the text behind it. The place is empty where only an agency stands."""

    place: str
    source: str | None  # what stands in brackets: an agency or the outlet
    rest: str


_DASH = r"(?:\s*(?:—|―|--+|–)\s*|\s+_\s+|\s+[-‐‑−]+\s+|\s?[-‐]\s|\s*/\s*(?=[A-Z“\"]))"
_DATE = (
    r"(?:,?\s*(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s*)?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Ene|Abr|Ago|Dic|Mai|"
    r"Okt|Dez)[a-z]*\.?\s*\d{1,2}|\d{1,2}\.?\s*(?:de\s+)?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Ene|Abr|Ago|Dic|Mai|Okt|"
    r"Dez)[a-z]*\.?)(?:,?\s*(?:de\s+)?(?:19|20)\d\d)?)"
)
_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-ZÀ-ÖØ-ÞĀ-Ž.'’/-]*"
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*"
_REGION = rf"(?:,\s*(?:{_WORD}(?:\s+(?:and|of|the|de|del|{_WORD})){{0,4}}))?"
_SOURCE = r"(?:\s*[(\[](?P<source>[^()\[\]]{2,40})[)\]])"
_CAPITALS = re.compile(
    rf"^(?P<place>{_UPPER}(?:\s+(?:(?:de|la|el|of)\s+)?{_UPPER}){{0,4}}{_REGION}){_DATE}?,"
    rf"?{_SOURCE}?{_DATE}?\s*(?:{_DASH}|:\s+)(?=\S)"
)
_TITLED = re.compile(
    rf"^(?P<place>{_WORD}(?:[\s-](?:(?:de|la|el|of|and|am|an|der)\s+)?{_WORD}){{0,3}}{_REGION}){_DATE}?,"
    rf"?{_SOURCE}?{_DATE}?\s*{_DASH}(?=[^\W\d_]|[“\"'‘«„(\d])"
)
_BRACKETS = re.compile(
    rf"^(?P<place>{_WORD}(?:\s+{_WORD}){{0,3}}{_REGION}){_DATE}?,?{_SOURCE}\s*{_DASH}?(?=[A-Z“\"'‘«„])"
)
_STOPPED = re.compile(
    rf"^(?P<place>{_WORD}(?:\s+{_WORD}){{0,2}})(?:\s*[(\[](?P<source>[^()\[\]]{{2,20}})[)\]])?\s*\.\s+(?=[A-ZÄÖÜ„“\"»])"
)
_WIRE = re.compile(
    r"^(?:[A-Z][\w .']{1,30} via )?\(?(?P<source>[A-Z]{2,6}|Reuters|Bloomberg|Xinhua|dpa)\)?\s*(?:—|–|--|\s-)\s*(?=[A-Z“\"'‘(])"
)
_UNCASED = re.compile(
    r"^(?P<place>[\u0590-\u06ff]+(?: [\u0590-\u06ff]+){0,2})(?:\s*[(\[](?P<source>[^()\[\]]{2,40})[)\]])?\s*[-–—]\s+(?=\S)"
)  # scripts without capitals: Hebrew and Arabic
_AT = "in|at|near|outside|en|à|in der Nähe von|في|قرب"  # what stands before a place and not before a person
_ENDS_OPEN = re.compile(r"(?:[—–―-]|\))\s*$")
_LONGEST = 60  # characters of an opening that another page may repeat
_NO_PLACE = frozenset(
    "breaking update updated exclusive video watch photo photos opinion analysis review "
    "editorial correction live news note editor explainer "
    "interview column comment commentary factbox timeline profile podcast listen read "
    "sponsored advertisement feature obituary letter q a the "
    "monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december "
    "today yesterday yes no but and so still then now here there why how what when who "
    "where this that it its in on at for we they he she i "
    "tldr tl dr ps nb faq step part chapter day week year covid-19 covid usa nfl nba "
    "mlb nhl ipl fifa uefa afl alert just in urgent flash".split()
)
_OPENING = frozenset("“\"'‘«„")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    text = resources.files("onrecord.extract").joinpath("data/places.txt").read_text("utf-8")
    return frozenset(fold(line) for line in text.splitlines() if line and not line.startswith("#"))


def split(
    paragraph: str,
    others: Sequence[str] = (),
    outlets: Collection[str] = (),
    *,
    places: Collection[str] = (),
    wires: Collection[str] = (),
) -> Dateline | None:
    """Return the dateline of a first paragraph and what remains of it, or ``None``.

    Args:
        paragraph: the first one.
        others: the rest of the text: a place that no list knows is one where something is said to be "in" it.
        outlets: the site's names, folded: a masthead is no place, and "Beirut, The Courier - " names its outlet.
        places: what the site's texts begin with elsewhere, folded.
        wires: what its datelines have in brackets elsewhere, folded.

    Capitals before a dash are a dateline unless they are a known label; words in normal case are one only
    where the place is known or an agency stands behind it, for "Donald Trump – the former ..." begins alike.
    """
    if (wire := _WIRE.match(paragraph)) and agency.among(wire["source"]) and len(paragraph) - wire.end() >= 20:
        return Dateline("", wire["source"], paragraph[wire.end() :])
    patterns = ((_CAPITALS, True), (_TITLED, False), (_BRACKETS, False), (_STOPPED, False), (_UNCASED, False))
    for pattern, sure in patterns:
        found = pattern.match(paragraph)
        if not found or len(found[0]) > 90:
            continue
        place, source, rest = found["place"].strip(" ,"), found["source"], paragraph[found.end() :].strip()
        before, _, behind = place.rpartition(", ")
        if by_outlet := bool(before) and fold(behind) in outlets:
            place, source = before, source or behind
        words = fold(place).split()
        if fold(place) in outlets:
            continue
        if len(rest) < 20 or not words or words[0] in _NO_PLACE or not any(len(word) > 2 for word in words):
            continue
        origin = by_outlet or bool(
            source and (agency.among(source) or re.fullmatch(r"[A-Z][A-Za-z.&/ -]{1,24}", source))
        )
        if source and not origin:
            continue
        is_place = is_known(place) or fold(place) in places
        if pattern is _STOPPED and not (is_place and len(words) <= 3 and place.lower() != place):
            continue
        if pattern is _BRACKETS and not (is_place or (source and agency.among(source))):
            continue
        if sure and place.upper() == place and len(words) == 1 and len(place) < 4 and not is_place:
            continue
        alone = pattern is _TITLED and (len(words) == 1 or "," in place) and rest[:1] in _OPENING | _capitals(rest)
        if (
            sure
            or is_place
            or alone
            or by_outlet
            or (source and (agency.among(source) or fold(source) in wires))
            or (pattern in (_TITLED, _UNCASED) and rest[:1] in _OPENING | _starts(rest) and _is_place_in(place, others))
        ):
            return Dateline(place, source, rest)
    return None


def opening(paragraph: str) -> Dateline | None:
    """Return what has the form of a dateline at the head of a paragraph; whether it is one, other pages may tell."""
    for pattern in (_TITLED, _UNCASED):
        if (found := pattern.match(paragraph)) and len(found[0]) < _LONGEST:
            place, rest = found["place"].strip(" ,"), paragraph[found.end() :].strip()
            words = fold(place).split()
            if words and words[0] not in _NO_PLACE and rest[:1] in _OPENING | _starts(rest):
                return Dateline(place, found["source"], rest)
    return None


def joined(before: str, paragraph: str) -> str:
    """Return a first paragraph with the dateline that the page prints in an element of its own before it."""
    if len(before) > 60 or not _ENDS_OPEN.search(before):
        return paragraph
    whole = f"{before} {paragraph}"
    line = split(whole)
    return whole if line and line.rest == paragraph else paragraph


def _capitals(rest: str) -> frozenset[str]:
    return frozenset(rest[:1] if rest[:1].isupper() else "")


def _starts(rest: str) -> frozenset[str]:
    return frozenset(rest[:1] if not rest[:1].islower() else "")


def _is_place_in(place: str, paragraphs: Sequence[str]) -> bool:
    """Whether a text speaks of being in, at or from a place of this name."""
    at = re.compile(rf"\b(?:{_AT})\s?{re.escape(place)}\b")
    return any(place in text and at.search(text) for text in paragraphs)


def is_known(place: str) -> bool:
    """Whether a place (or what stands before its first comma, or behind it) is in the list of places."""
    parts = [part.strip() for part in place.split(",")]
    return any(fold(part) in _places() for part in parts if part)
