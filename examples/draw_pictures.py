"""Draw the pictures of the sample archive.

Run it only to change a drawing: the pictures are kept beside the articles, because another version of the
drawing library may give other bytes. Needs Pillow, which nothing else here needs.

    python examples/draw_pictures.py
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from drawings import coast, town
from drawings.canvas import Canvas

PICTURES = Path(__file__).parent / "chronicle" / "pictures"
SCENES: dict[str, Callable[[Canvas], None]] = {
    "55100112": coast.smoke_over_quay,
    "55100118": town.customs_clock,
    "55100131": coast.ruins_and_crane,
    "55100204": coast.numbered_gorge,
    "55100377": town.inquiry_hall,
    "55100461": town.stadium_day,
    "55100589": town.ballot_box,
    "55100602": town.square_at_night,
    "55200115": town.hospital,
    "55200140": coast.dry_field,
    "55200146": town.brass_jar,
    "55200268": coast.dam_and_lake,
    "55300101": coast.boat_at_dusk,
    "55300175": coast.tents,
    "55300233": coast.lighthouse,
    "55300310": town.parliament,
    "55300388": town.stadium_night,
    "55300419": town.corridor,
    "55300502": town.cinema,
    "55370120": coast.lamps_on_quay,
    "55370233": coast.bridge_with_door,
    "55370310": coast.night_ferry,
    "55370342": town.bakery,
    "55370355": coast.spillway,
}


def main() -> None:
    """Draw every scene into the folder of pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for media_id, scene in SCENES.items():
        canvas = Canvas(media_id)
        scene(canvas)
        canvas.save(PICTURES / f"{media_id}.png")


if __name__ == "__main__":
    main()
