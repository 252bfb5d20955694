"""Draws the table that ``scale.py`` prints: seconds against forms, both logarithmic, beside n log n.

python benchmarks/sources/scale.py | tee table.md
python benchmarks/sources/plot.py table.md > scale.svg
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

_WIDTH, _HEIGHT, _EDGE = 560, 360, 60
_SECONDS = (1.0, 1_000.0)


def svg(points: list[tuple[int, float]]) -> str:
    """Return the drawing of (forms, CPU seconds), fewest forms first."""
    least, most = points[0][0], points[-1][0]

    def at(forms: float, seconds: float) -> str:
        x = _EDGE + (_WIDTH - 2 * _EDGE) * math.log(forms / least) / math.log(most / least)
        share = math.log(seconds / _SECONDS[0]) / math.log(_SECONDS[1] / _SECONDS[0])
        return f"{x:.0f},{_HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * share:.0f}"

    first = points[0][1] / (least * math.log(least))
    steady = " ".join(at(forms, first * forms * math.log(forms)) for forms, _ in points)
    measured = " ".join(at(*point) for point in points)
    words = [(at(forms, 1), -15, 20, f"{forms:,}") for forms, _ in points]
    words += [(at(least, seconds), -45, 4, f"{seconds:g} s") for seconds in (1, 10, 100, 1_000)]
    words += [(at(*point), -15, -8, f"{point[1]:g}") for point in points]
    texts = ""
    for place, right, down, text in words:
        x, y = map(int, place.split(","))
        texts += f'<text x="{x + right}" y="{y + down}">{text}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/><text x="{_EDGE}" y="25">CPU seconds of resolving sources, by '
        f'distinct forms; dashed: n log n</text><polyline points="{steady}" fill="none" stroke="gray" '
        f'stroke-dasharray="5"/><polyline points="{measured}" fill="none" stroke="black" stroke-width="2"/>{texts}</svg>\n'
    )


if __name__ == "__main__":
    rows = [
        line.strip("| \n").split(" | ") for line in Path(sys.argv[1]).read_text().splitlines() if line[2:3].isdigit()
    ]
    sys.stdout.write(svg([(int(row[1].replace(",", "")), float(row[8])) for row in rows]))
