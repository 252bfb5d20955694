"""A sheet with the few shapes that all the drawings are made of."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800  # drawn at twice the size and reduced, which smooths the edges
Colour = str


class Canvas:
    """A sheet with the few shapes that all the drawings are made of."""

    def __init__(self, name: str) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT))
        self.pen = ImageDraw.Draw(self.image)
        self.chance = random.Random(name)

    def sky(self, top: Colour, bottom: Colour, horizon: int, steps: int = 14) -> None:
        """Fill the upper part with bands from one colour to the other."""
        first, last = _rgb(top), _rgb(bottom)
        for step in range(steps):
            share = step / (steps - 1)
            mixed = tuple(round(a + (b - a) * share) for a, b in zip(first, last, strict=True))
            self.box(0, horizon * step // steps, WIDTH, horizon * (step + 1) // steps + 1, _hex(mixed))

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """A filled rectangle."""
        self.pen.rectangle((left, top, right, bottom), fill=colour)

    def shape(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        """A filled polygon."""
        self.pen.polygon(list(points), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, width: int) -> None:
        """A stroke from point to point."""
        self.pen.line(list(points), fill=colour, width=width, joint="curve")

    def sea(self, top: int, colour: Colour, glint: Colour, bottom: int = HEIGHT) -> None:
        """Water with short strokes of light, longer towards the viewer."""
        self.box(0, top, WIDTH, bottom, colour)
        y = top + 12
        while y < bottom:
            for _ in range(7):
                x, length = self.chance.randrange(WIDTH), 20 + (y - top) // 5
                self.line([(x, y), (x + length, y)], glint, 3 + (y - top) // 90)
            y += 14 + (y - top) // 9

    def hills(self, base: int, height: int, colour: Colour, seed: float) -> None:
        """A range of hills up to `height` above `base`."""
        tops = [
            (x, base - height * (0.55 + 0.3 * math.sin(x / 190 + seed) + 0.15 * math.sin(x / 71 + 2 * seed)))
            for x in range(0, WIDTH + 20, 20)
        ]
        self.shape([(0, base), *tops, (WIDTH, base)], colour)

    def house(self, left: int, top: int, width: int, bottom: int, wall: Colour, pane: Colour, size: int = 22) -> None:
        """A block with rows of windows."""
        self.box(left, top, left + width, bottom, wall)
        for y in range(top + size, bottom - size, 2 * size):
            for x in range(left + size, left + width - size, 2 * size):
                self.box(x, y, x + size - 4, y + size, pane)

    def town(self, bottom: int, tallest: int, walls: Sequence[Colour], pane: Colour) -> None:
        """A row of houses along the whole width."""
        x = -30
        while x < WIDTH:
            width = self.chance.randrange(90, 190)
            top = bottom - self.chance.randrange(tallest // 2, tallest)
            self.house(x, top, width, bottom, self.chance.choice(walls), pane)
            x += width

    def people(self, left: int, right: int, ground: int, count: int, colour: Colour, size: int = 26) -> None:
        """Standing figures, seen as shadows."""
        for number in range(count):
            x = left + (right - left) * (number + self.chance.random() * 0.6) / count
            tall = size * (2.6 + self.chance.random() * 0.7)
            self.disc(x, ground - tall, size * 0.42, colour)
            self.shape(
                [
                    (x - size * 0.5, ground),
                    (x - size * 0.55, ground - tall * 0.72),
                    (x, ground - tall * 0.86),
                    (x + size * 0.55, ground - tall * 0.72),
                    (x + size * 0.5, ground),
                ],
                colour,
            )

    def crane(self, x: int, ground: int, colour: Colour, height: int = 330, reach: int = 240) -> None:
        """A harbour crane with its arm to the right."""
        top = ground - height
        self.shape([(x - 40, ground), (x - 12, top), (x + 12, top), (x + 40, ground)], colour)
        self.box(x - 70, top - 16, x + reach, top + 8, colour)
        self.line([(x, top - 80), (x + reach, top - 6)], colour, 6)
        self.line([(x, top - 80), (x - 70, top - 6)], colour, 6)
        self.box(x - 6, top - 80, x + 6, top, colour)
        self.line([(x + reach - 30, top), (x + reach - 30, top + 110)], colour, 4)

    def save(self, path: Path) -> None:
        """Reduce to 600 x 400 and a palette, so that a picture takes a few kilobytes."""
        small = self.image.resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.LANCZOS)
        small.quantize(80, dither=Image.Dither.NONE).save(path, optimize=True)


def _rgb(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: tuple[int, ...]) -> Colour:
    return "#" + "".join(f"{part:02x}" for part in colour)
