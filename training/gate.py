"""The evaluation gate: the shipped model must not fall below its floor on PolNeAR dev.

    python training/gate.py --shared ../shared            exit 1 when a figure is below the floor
    python training/gate.py --shared ../shared --raise    write better figures into the floor, which never falls this way

Takes well under two minutes. Without the shared folder there is nothing to measure on: it says so and exits 0.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from evaluate import gold_of, load_scorer, predict, read_part, table

from onrecord.attribute.tagger import ModelAttributor

FLOOR = Path(__file__).parent / "floor.json"
MARGIN = 0.3  # points below what was measured: the last digits of float sums differ between processors


def digest(path: Path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def below(floor: dict[str, float], figures: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The figures that fell: name to (floor, now)."""
    return {name: (least, figures[name]) for name, least in floor.items() if figures[name] < least}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    corpus = options.shared / "data/polnear/dev.jsonl.gz"
    if not corpus.exists():
        print(f"gate: {corpus} is not here, nothing was measured")
        return 0
    floor = json.loads(FLOOR.read_text())
    if floor["corpus"] != digest(corpus):
        print("gate: the floor was measured on another corpus; measure anew and commit the floor on purpose")
        return 1
    articles = read_part(options.shared, "dev")
    figures = table(load_scorer(options.shared), gold_of(articles), predict(ModelAttributor(), articles))
    fallen = below(floor["figures"], figures)
    for name, value in figures.items():
        print(
            f"{name:<34}{value:>7.1f}  floor {floor['figures'].get(name, 0.0):>6.1f}{'  BELOW' if name in fallen else ''}"
        )
    if options.lift:
        floor["figures"] = {
            name: max(round(value - MARGIN, 1), floor["figures"].get(name, 0.0)) for name, value in figures.items()
        }
        FLOOR.write_text(json.dumps(floor, indent=1) + "\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
