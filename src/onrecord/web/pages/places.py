"""The places page: where articles come from and what they tell of, on a map and as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.web import addresses, outlines
from onrecord.web.outlines import Window
from onrecord.web.places import Found, Unknown
from onrecord.web.visit import Page, Plain, Visit
from onrecord.web.wording import plural

ROWS = 80  # places on a page of the list, and on its map
STRANGE = 60  # unknown datelines that are shown
WIDTH, INSET = 720, 240  # of the drawings, in their own units
LABELS = 14
LEAST, GREATEST = 3.5, 26.0  # radius of a circle
LARGEST_UNIT = 6.0  # radius of the circle of one article, where few places have more
LETTER, LARGER = 6.6, 10.6  # width of a letter of a label, and on a narrow screen
OUTER = 0.04  # part of the articles that may lie outside the map on each side, and then stand in the inset


@dataclass(frozen=True, slots=True)
class Circle:
    """One place on the map, in units of the drawing; the area stands for the number of articles."""

    x: float
    y: float
    radius: float
    href: str
    label: str
    is_country: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a circle."""

    x: float
    y: float
    text: str
    anchor: str  # start | end


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing of a part of the world."""

    width: int
    height: int
    land: str  # the ``d`` of SVG paths
    borders: str
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]
    frame: tuple[float, float, float, float] | None = None  # x, y, width, height of the part that another map shows


@dataclass(frozen=True, slots=True)
class PlacesPage(Page):
    """The places of the archive, those of most articles first."""

    template: ClassVar[str] = "places.html"
    section: ClassVar[str] = "places"

    rows: Annotated[tuple[Found, ...], "the places of this page of the list"]
    total: Annotated[int, "how many places there are in all"]
    map: Annotated[Map | None, "the map of these places"]
    inset: Annotated[Map | None, "the world, where the map shows a part of it and some places lie outside"]
    unknown: Annotated[tuple[Unknown, ...], "datelines that are on no map"]
    strange: Annotated[int, "how many of them there are in all"]
    next_href: Annotated[str | None, "the address of the rest of the list"]

    def data(self) -> Plain:
        """Return the places with where they lie and how many articles have them."""
        return {
            "total": self.total,
            "places": [
                {
                    "name": each.place.name,
                    "country": each.place.country,
                    "kind": "country" if each.place.is_country else "town",
                    "longitude": each.place.longitude,
                    "latitude": each.place.latitude,
                    "articles": each.articles,
                    "datelines": each.datelines,
                    "href": each.href,
                }
                for each in self.rows
            ],
            "unknown": [{"name": each.name, "datelines": each.datelines, "href": each.href} for each in self.unknown],
            "unknown_total": self.strange,
        }

    @property
    def next(self) -> str | None:
        """The address of the rest as JSON."""
        return self.next_href.replace("/places", "/places.json", 1) if self.next_href else None


def build(visit: Visit) -> PlacesPage:
    """List the places, and draw those of this page of the list.

    Raises:
        QueryError: the address asks for something that this list does not know.
    """
    start = int(addresses.read_list(visit.query, "cursor").get("cursor", 0))
    atlas = visit.places.atlas()
    shown = atlas.found[start : start + ROWS]
    whole, inset = draw(shown)
    more = addresses.with_query("/places", {"cursor": str(start + ROWS)})
    return PlacesPage(
        title="Places",
        rows=shown,
        total=len(atlas.found),
        map=whole,
        inset=inset,
        unknown=atlas.unknown[:STRANGE],
        strange=len(atlas.unknown),
        next_href=more if start + ROWS < len(atlas.found) else None,
    )


def draw(found: Sequence[Found]) -> tuple[Map | None, Map | None]:
    """Return the map of some places, and the world beside it where the map does not show them all."""
    if not found:
        return None, None
    window = outlines.around(_core(found), WIDTH)
    whole = _map(found, window)
    if all(window.holds(each.place.longitude, each.place.latitude) for each in found):
        return whole, None
    world = outlines.world(INSET)
    left, top = world.place(window.west, window.north)
    right, bottom = world.place(window.east, window.south)
    frame = (round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))
    dots = tuple(
        Circle(round(x, 1), round(y, 1), 1.6, "", "", each.place.is_country)
        for each in found
        for x, y in [world.place(each.place.longitude, each.place.latitude)]
    )
    return whole, Map(world.width, world.height, outlines.land(world), "", dots, (), frame)


def _core(found: Sequence[Found]) -> list[tuple[float, float]]:
    """Return the places among which nearly all articles lie."""
    total = sum(each.articles for each in found)
    kept = set(found)
    for axis in (lambda one: one.place.longitude, lambda one: one.place.latitude):
        ranked = sorted(found, key=axis)
        for side in (ranked, ranked[::-1]):
            passed = 0
            for each in side:
                passed += each.articles
                if passed > total * OUTER:
                    break
                kept.discard(each)
    return [(each.place.longitude, each.place.latitude) for each in found if each in kept or len(kept) == 0]


def _map(found: Sequence[Found], window: Window) -> Map:
    inside = [each for each in found if window.holds(each.place.longitude, each.place.latitude)]
    most = max(each.articles for each in inside) if inside else 1
    unit = min(GREATEST / math.sqrt(most), LARGEST_UNIT)
    circles = []
    for each in inside:  # the greatest first, so that the small ones lie above them
        x, y = window.place(each.place.longitude, each.place.latitude)
        radius = max(LEAST, unit * math.sqrt(each.articles))
        label = f"{each.place.name}: {plural(each.articles, 'article')}"
        circles.append(Circle(round(x, 1), round(y, 1), round(radius, 1), each.href, label, each.place.is_country))
    labels = _labels([(each.place.name, circle) for each, circle in zip(inside, circles, strict=True)], window)
    return Map(
        window.width, window.height, outlines.land(window), outlines.borders(window), tuple(circles), tuple(labels)
    )


def _labels(named: Sequence[tuple[str, Circle]], window: Window) -> list[Label]:
    """Return the names of the greatest circles that have room."""
    taken = [_square(circle) for _, circle in named]
    found: list[Label] = []
    for name, circle in named:
        wide, widest = LETTER * len(name) + 4, LARGER * len(name) + 4
        for anchor, left in (("start", circle.x + circle.radius + 2), ("end", circle.x - circle.radius - 2 - wide)):
            box = (left, circle.y - 7, left + wide, circle.y + 7)
            others = [each for each in taken if each != _square(circle)]
            outside = left + widest > window.width if anchor == "start" else left + wide - widest < 0
            if outside or not 10 < circle.y < window.height - 6 or _hit(box, others):
                continue
            taken.append(box)
            x = left if anchor == "start" else left + wide
            found.append(Label(round(x, 1), round(circle.y + 4.5, 1), name, anchor))
            break
        if len(found) == LABELS:
            break
    return found


def _square(circle: Circle) -> tuple[float, float, float, float]:
    half = circle.radius * (0.6 if circle.is_country else 0.8)
    return circle.x - half, circle.y - half, circle.x + half, circle.y + half


def _hit(box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]) -> bool:
    return any(
        box[0] < right and left < box[2] and box[1] < bottom and top < box[3] for left, top, right, bottom in taken
    )
