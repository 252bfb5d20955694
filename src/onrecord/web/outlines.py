"""Maps as plain numbers: the part of the world that holds some points, its land and borders as SVG paths.

Equirectangular, stretched so that shapes are right in the middle of the map. The outlines are Natural Earth's,
cut down by ``training/places/make.py``.
"""

from __future__ import annotations

import functools
import lzma
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.errors import MissingPartError
from onrecord.web.gazetteer import DATA

UNIT = 20  # steps of the data file in a degree
MARGIN = 0.15  # of the extent, around the outermost points
LEAST = 9.0  # degrees that a map shows at least: outlines this coarse say nothing closer
MOST = 110.0  # degrees of longitude from which on the whole world is shown
FINEST = 3  # units of the drawing
SHAPES = (0.45, 0.72)  # the least and the greatest height of a map of width 1

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world and the drawing that shows it."""

    west: float
    south: float
    east: float
    north: float
    width: int  # of the drawing, in its own units

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return round((self.north - self.south) * self._scale / self._squeeze)

    @property
    def _scale(self) -> float:
        return self.width / (self.east - self.west)

    @property
    def _squeeze(self) -> float:
        return math.cos(math.radians(max(-60.0, min(60.0, (self.north + self.south) / 2))))

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a point lies in the drawing."""
        return (longitude - self.west) * self._scale, (self.north - latitude) * self._scale / self._squeeze

    def holds(self, longitude: float, latitude: float) -> bool:
        """Return whether a point lies in this part of the world."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True)
class Outlines:
    """Land and borders in degrees."""

    land: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]


def world(width: int) -> Window:
    """Return the window of all inhabited land."""
    return Window(-170.0, -57.0, 180.0, 78.0, width)


def around(points: Sequence[Point], width: int) -> Window:
    """Return the window that holds the points (longitude, latitude); the world when they are spread over it."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    if east - west > MOST:
        return world(width)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    squeeze = math.cos(math.radians(max(-60.0, min(60.0, middle_y))))
    wide = max((east - west) * (1 + 2 * MARGIN), LEAST / squeeze)
    high = max((north - south) * (1 + 2 * MARGIN), LEAST)
    ratio = high / squeeze / wide
    if ratio < SHAPES[0]:
        high = wide * SHAPES[0] * squeeze
    elif ratio > SHAPES[1]:
        wide = high / squeeze / SHAPES[1]
    if wide > 200:
        return world(width)
    middle_y = max(-85 + high / 2, min(85 - high / 2, middle_y))
    return Window(middle_x - wide / 2, middle_y - high / 2, middle_x + wide / 2, middle_y + high / 2, width)


def land(window: Window) -> str:
    """Return the land of a window as the ``d`` of an SVG path."""
    rings = (_inside(ring, window) for ring in outlines().land)
    return "".join(f"{path}z" for ring in rings if (path := _path(ring, window, 3)))


def borders(window: Window) -> str:
    """Return the borders of a window as the ``d`` of an SVG path."""
    return "".join(_path(part, window, 2) for line in outlines().borders for part in _parts(line, window))


@functools.cache
def outlines() -> Outlines:
    """Return land and borders of the whole world."""
    try:
        lines = lzma.decompress((DATA / "outlines.xz").read_bytes()).decode().splitlines()
    except (OSError, lzma.LZMAError) as error:
        raise MissingPartError(f"{DATA / 'outlines.xz'} cannot be read ({error}); install onrecord again") from error
    found: dict[str, list[tuple[Point, ...]]] = {"L": [], "B": []}
    for line in lines:
        found[line[0]].append(tuple(_points(line[2:])))
    return Outlines(tuple(found["L"]), tuple(found["B"]))


def _points(coded: str) -> Iterable[Point]:
    x = y = 0
    for step in coded.split():
        dx, _, dy = step.partition(",")
        x, y = x + int(dx), y + int(dy)
        yield x / UNIT, y / UNIT


def _inside(ring: Sequence[Point], window: Window) -> list[Point]:
    """Return a ring cut to a window (Sutherland and Hodgman 1974)."""
    found = list(ring)
    for axis, edge, sign in ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1)):
        if not found:
            break
        kept: list[Point] = []
        before = found[-1]
        for point in found:
            inside, was_inside = (point[axis] - edge) * sign >= 0, (before[axis] - edge) * sign >= 0
            if inside != was_inside:
                part = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
            if inside:
                kept.append(point)
            before = point
        found = kept
    return found


def _parts(line: Sequence[Point], window: Window) -> Iterable[list[Point]]:
    """Yield the parts of a line that touch a window, each with one point beyond it on both sides."""
    part: list[Point] = []
    for place, point in enumerate(line):
        near = any(window.holds(*each) for each in line[max(place - 1, 0) : place + 2])
        if near:
            part.append(point)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _path(points: Sequence[Point], window: Window, least: int) -> str:
    """Return points as a path in whole units, each step from the one before; nothing for fewer than ``least``.

    Steps shorter than ``FINEST`` are joined: nobody sees them, and every page carries them.
    """
    steps: list[str] = []
    before: tuple[int, int] | None = None
    for longitude, latitude in points:
        x, y = window.place(longitude, latitude)
        now = (round(x), round(y))
        if before is None:
            steps.append(f"M{now[0]} {now[1]}l")
        else:
            dx, dy = now[0] - before[0], now[1] - before[1]
            if abs(dx) + abs(dy) < FINEST:
                continue
            steps.append(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}")
        before = now
    if len(steps) < least:
        return ""
    return steps[0] + "".join(
        step if place == 0 or step[0] == "-" else f" {step}" for place, step in enumerate(steps[1:])
    )
