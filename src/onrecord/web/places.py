"""The places of an archive: those of its datelines, and those that its articles name.

A dateline is looked up as it stands. A name in a text is a place only where the archive uses it as one: often enough
it stands behind "in" or a like word, with a capital, and is not the beginning of a longer name.
Where several places have a name, the one of most people wins, and one in a country that the archive is about
before one elsewhere. A count is what the search that it links to finds.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord.store.archive import Archive
from onrecord.store.results import ArticleHit, Filters
from onrecord.store.tokens import placed, words
from onrecord.web.addresses import Ask
from onrecord.web.gazetteer import Gazetteer, Place, gazetteer, weight

KEPT = "places.json"
RULES = 1  # of counting; another number, and what was kept is counted anew
LARGE = 100_000  # people of a town that is looked for in the texts of every archive
HOME = 0.05  # part of the archive from which on a country's small towns are looked for too
MOST_DATELINES = 5_000  # values, the most frequent first
MOST_NAMES = 400  # names in the texts that are looked at, the most frequent first
FORMS = 5  # of one place in one search
SAMPLE = 2  # articles that are read to see whether a name is printed as one
PROVEN = 0.1  # part of the articles with the main name of a place in which "in" or a like word stands before it
PROVEN_OTHER = 0.2  # the same for its other names, some of which are odd
LONG_NAME = 3  # words; a longer one is hardly anything but the place
# Words after which a place stands and hardly ever a person, in the languages that most archives are in.
IN = "in near outside across around inside a nach em в во на في naar buiten pres cerca w we".split()
IN_THE = ("in the", "across the", "in den", "in der", "dans le", "dans la")  # before countries


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the archive."""

    place: Place
    country: str  # the name of the country that it lies in; empty for a country
    articles: int  # that name it or come from there: the hits of ``href``
    datelines: int  # that come from there: the hits of ``dateline_href``
    href: str
    dateline_href: str | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A dateline that is in no list of places."""

    name: str
    datelines: int
    href: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """All places of an archive, those of most articles first."""

    found: tuple[Found, ...]
    unknown: tuple[Unknown, ...]


class Places:
    """The places of one archive, counted at the first question; safe to ask from several threads.

    What was counted is kept beside the generation, where that can be written to, for the server's other processes
    and the next start. A generation never changes, so neither do its places.
    """

    def __init__(self, archive: Archive) -> None:
        """Know the places of this archive."""
        self._archive = archive
        self._atlas: Atlas | None = None
        self._lock = threading.Lock()

    def atlas(self) -> Atlas:
        """Return all places."""
        with self._lock:
            if self._atlas is None:
                self._atlas = _read(self._archive.folder / KEPT) or self._counted()
            return self._atlas

    def _counted(self) -> Atlas:
        atlas = count(self._archive, gazetteer())
        path = self._archive.folder / KEPT
        beside = path.with_name(f".{KEPT}.{os.getpid()}")
        with contextlib.suppress(OSError):
            beside.write_text(json.dumps([RULES, asdict(atlas)]), encoding="utf-8")
            beside.replace(path)
        return atlas


def _read(path: Path) -> Atlas | None:
    try:
        rules, kept = json.loads(path.read_text(encoding="utf-8"))
        if rules != RULES:
            return None
        found = [
            Found(**{**each, "place": Place(**{**each["place"], "forms": tuple(each["place"]["forms"])})})
            for each in kept["found"]
        ]
        return Atlas(tuple(found), tuple(Unknown(**each) for each in kept["unknown"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def count(archive: Archive, known: Gazetteer) -> Atlas:
    """Find and count the places of an archive."""
    facet = archive.values("place", scope="articles", most=MOST_DATELINES)
    lines = [(each.value, each.count) for each in facet.values]
    home = _home(archive, known, lines)
    datelines: dict[Place, list[tuple[str, int]]] = {}
    strange: dict[str, list[tuple[str, int]]] = {}
    for value, number in lines:
        place = known.find_dateline(value, home)
        if place is not None:
            datelines.setdefault(place, []).append((value, number))
        else:
            strange.setdefault(" ".join(words(value.partition(",")[0])), []).append((value, number))
    named = _named(archive, known, home, datelines)
    found = [
        _found(archive, place, known.countries, named.get(place, []), datelines.get(place, []))
        for place in {**datelines, **named}
    ]
    found = [each for each in found if each.articles]
    return Atlas(
        tuple(sorted(found, key=lambda each: (-each.articles, each.place.name))),
        tuple(sorted((_unknown(values) for values in strange.values()), key=lambda each: (-each.datelines, each.name))),
    )


def _home(archive: Archive, known: Gazetteer, lines: Sequence[tuple[str, int]]) -> dict[str, float]:
    """Return which part of the archive is about each country: names it, or comes from a town of it."""
    counts = Counter[str]()
    for place in known.places:
        if place.is_country:
            counts[place.country] += max(_least_spread(archive, form) for form in place.forms)
    for value, number in lines:
        town = known.find_dateline(value)
        if town is not None:
            counts[town.country] += number
    total = max(archive.search(scope="articles", facets=False, limit=1).total, 1)
    return {country: min(number / total, 1.0) for country, number in counts.items()}


def _named(
    archive: Archive, known: Gazetteer, home: Mapping[str, float], datelines: Iterable[Place]
) -> dict[Place, list[str]]:
    """Return the places that the texts name, with the forms of their names that are used as places."""
    sure = set(datelines)
    spread: list[tuple[int, str, Place]] = []
    for form, candidates in known.by_form.items():
        if len(form) < 3 and form.isascii():
            continue
        place = max(candidates, key=lambda each: weight(each, form, home))
        if place in sure or place.is_country or place.people >= LARGE or home.get(place.country, 0.0) >= HOME:
            number = _least_spread(archive, form)
            if number:
                spread.append((number, form, place))
    spread.sort(key=lambda each: (-each[0], each[1]))
    named: dict[Place, list[str]] = {}
    for _, form, place in spread[:MOST_NAMES]:
        told = named.get(place, [])  # a country that is told of in one language is told of in all
        if len(told) < FORMS and ((told and place.is_country) or _is_place(archive, form, place)):
            named.setdefault(place, []).append(form)
    return named


def _least_spread(archive: Archive, form: str) -> int:
    """Return a bound of the articles that have a name: how many have its rarest word."""
    least = 1 << 60
    for word in form.split():
        least = min(least, archive.spread(word, scope="articles"))
        if not least:
            break
    return least


def _is_place(archive: Archive, form: str, place: Place) -> bool:
    if len(form.split()) > LONG_NAME:
        return True
    total = len(archive.articles(_quoted(form)))
    before = (IN, IN_THE) if place.is_country else (IN,)  # asked for one after the other: a query is bounded
    proofs = [" OR ".join(f'"{word} {form}"' for word in some) for some in before]
    counts = [len(archive.articles(each)) for each in proofs]
    used = sum(counts)
    sure = form == place.forms[0] or place.is_country
    if used < (1 if sure else 2) or used < total * (PROVEN if sure else PROVEN_OTHER):
        return False
    proof = proofs[counts.index(max(counts))]
    hits = archive.search(proof, scope="articles", limit=SAMPLE, facets=False).hits
    printed = [_stands_as_place(hit.article.text, form) for hit in hits if isinstance(hit, ArticleHit)]
    return 2 * sum(printed) >= len(printed)


def _stands_as_place(text: str, form: str) -> bool:
    wanted = form.split()
    tokens = list(placed(text))
    for at in _places_of(tokens, wanted):
        start, end = tokens[at][1][0], tokens[at + len(wanted) - 1][1][1]
        before = " ".join(word for word, _ in tokens[max(at - 2, 0) : at])
        if (before in IN_THE or before.rpartition(" ")[2] in IN) and _has_capital(text[start]):
            after = text[end : end + 2]
            if not (after[:1] == " " and after[1:].isupper()):  # "in Union Square" is not in Union
                return True
    return False


def _places_of(tokens: Sequence[tuple[str, tuple[int, int]]], wanted: Sequence[str]) -> Iterator[int]:
    for at, (word, _) in enumerate(tokens):
        if word == wanted[0] and [each for each, _ in tokens[at : at + len(wanted)]] == list(wanted):
            yield at


def _has_capital(letter: str) -> bool:
    return letter.isupper() or letter.upper() == letter  # Arabic and others have no capitals


def _found(
    archive: Archive,
    place: Place,
    countries: Mapping[str, str],
    forms: Sequence[str],
    lines: Sequence[tuple[str, int]],
) -> Found:
    # The search box understands the same: place:"..." OR "..." finds datelines and names at once.
    kept = sorted(lines, key=lambda each: -each[1])[:FORMS]
    parts = [f"place:{_quoted(form)}" for form in dict.fromkeys(" ".join(words(value)) for value, _ in kept)]
    parts += [_quoted(form) for form in forms]
    ask = Ask(" OR ".join(parts), scope="articles")
    total = archive.search(ask.words, scope="articles", facets=False, limit=1).total
    filters = Filters(place=tuple(value for value, _ in lines))
    return Found(
        place,
        "" if place.is_country else countries.get(place.country, place.country),
        total,
        sum(number for _, number in lines),
        ask.address(),
        Ask(scope="articles", filters=filters).address() if lines and len(lines) < 40 else None,
    )


def _unknown(values: Sequence[tuple[str, int]]) -> Unknown:
    name = min((value.partition(",")[0].strip() for value, _ in values), key=lambda each: (each.isupper(), each))
    filters = Filters(place=tuple(value for value, _ in values[:40]))
    return Unknown(name, sum(number for _, number in values), Ask(scope="articles", filters=filters).address())


def _quoted(form: str) -> str:
    return f'"{form}"' if " " in form else form
