"""Names of countries and towns and where they lie: GeoNames, cut down by ``training/places/make.py``."""

from __future__ import annotations

import functools
import lzma
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import MissingPartError
from onrecord.store.tokens import words

DATA = Path(__file__).parent / "data"
NEAR_HOME = 3.0  # what a country counts that the whole archive is about: as much as a thousand times the people
OTHER_FORM = 1.0  # what a place loses whose main name is another: a tenth of its people


@dataclass(frozen=True, slots=True)
class Place:
    """A country or a town."""

    name: str
    country: str  # ISO 3166-1, two letters
    is_country: bool
    longitude: float
    latitude: float
    people: int
    forms: tuple[str, ...]  # its names as the words that are searched, the main one first


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places, and which of them a name can mean."""

    places: tuple[Place, ...]
    by_form: Mapping[str, tuple[Place, ...]]
    countries: Mapping[str, str]  # code -> name

    def find(self, name: str, home: Mapping[str, float] | None = None) -> Place | None:
        """Return the place that a name most probably means: of the most people, at home rather than elsewhere.

        Args:
            name: as printed.
            home: country code -> which part of the archive is about that country, 0..1.
        """
        form = " ".join(words(name))
        known = home or {}
        return max(self.by_form.get(form, ()), key=lambda place: weight(place, form, known), default=None)

    def find_dateline(self, dateline: str, home: Mapping[str, float] | None = None) -> Place | None:
        """Return the place of a dateline: ``BEIRUT``, ``Tripoli, Lebanon``, ``Paris/London`` (the first)."""
        parts = [part for piece in dateline.split("/") for part in piece.split(",")]
        if len(parts) > 1:
            country = next((found for part in parts[1:] if (found := self.find(part)) and found.is_country), None)
            if country is not None:
                home = {country.country: 1.0}
        return self.find(dateline, home) or (self.find(parts[0], home) if parts else None)


def weight(place: Place, form: str, home: Mapping[str, float]) -> float:
    """Return how probable it is that a name means this place; only to compare places of one name."""
    people = math.log10(max(place.people, 1)) + (2.0 if place.is_country else 0.0)
    return people + NEAR_HOME * home.get(place.country, 0.0) - (OTHER_FORM if form != place.forms[0] else 0.0)


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the places; they are read at the first call, which takes half a second."""
    try:
        lines = lzma.decompress((DATA / "places.xz").read_bytes()).decode().splitlines()
    except (OSError, lzma.LZMAError) as error:
        raise MissingPartError(f"{DATA / 'places.xz'} cannot be read ({error}); install onrecord again") from error
    places = tuple(_place(line) for line in lines)
    by_form: dict[str, list[Place]] = {}
    for place in places:
        for form in place.forms:
            by_form.setdefault(form, []).append(place)
    countries = {place.country: place.name for place in places if place.is_country}
    return Gazetteer(places, {form: tuple(found) for form, found in by_form.items()}, countries)


def _place(line: str) -> Place:
    kind, name, country, longitude, latitude, people, forms = line.split("\t")
    return Place(name, country, kind == "C", float(longitude), float(latitude), int(people), tuple(forms.split("|")))
