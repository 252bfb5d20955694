"""Drawings of buildings, rooms and crowds."""

from __future__ import annotations

import math

from drawings.canvas import HEIGHT, WIDTH, Canvas


def customs_clock(c: Canvas) -> None:
    """A clock that stopped at nineteen minutes to six."""
    c.sky("#e8d9c0", "#f6ead6", HEIGHT)
    c.box(260, 120, 940, 800, "#b98f6b")
    c.shape([(220, 130), (600, -20), (980, 130)], "#8a5f45")
    for x in (320, 470, 690, 840):
        c.box(x, 560, x + 60, 800, "#6d4a37")
        c.line([(x, 560), (x + 60, 700), (x + 8, 740)], "#b98f6b", 5)
    c.disc(600, 320, 190, "#5b3d2e")
    c.disc(600, 320, 168, "#f8f1e0")
    for hour in range(12):
        angle = math.radians(hour * 30)
        east, south = math.sin(angle), -math.cos(angle)
        c.line([(600 + east * 135, 320 + south * 135), (600 + east * 158, 320 + south * 158)], "#5b3d2e", 9)
    for angle, length, width in ((170.5, 90, 14), (246, 140, 9)):  # nineteen minutes to six
        turn = math.radians(angle)
        c.line([(600, 320), (600 + math.sin(turn) * length, 320 - math.cos(turn) * length)], "#2d1e17", width)
    c.line([(470, 200), (560, 300), (540, 360), (650, 470)], "#c9bda4", 4)


def inquiry_hall(c: Canvas) -> None:
    """Three judges and full benches."""
    c.box(0, 0, WIDTH, HEIGHT, "#e7dcc6")
    for x in range(90, WIDTH, 220):
        c.box(x, 60, x + 110, 420, "#b9d0d8")
        c.disc(x + 55, 62, 55, "#b9d0d8")
        c.box(x + 52, 10, x + 58, 420, "#e7dcc6")
    c.box(0, 470, WIDTH, HEIGHT, "#7a4b32")
    c.box(330, 360, 870, 520, "#5a3422")
    c.box(300, 345, 900, 375, "#46281a")
    c.people(440, 800, 350, 3, "#241a17", 30)
    for row in range(3):
        y = 600 + row * 75
        c.box(60 - row * 30, y, 1140 + row * 30, y + 26, "#5a3422")
        c.people(100 - row * 30, 1130 + row * 30, y + 6, 10 - row, "#2e2320", 30 + row * 6)


def stadium_day(c: Canvas) -> None:
    """The football ground by the sea."""
    c.sky("#6fb1d9", "#dfeef0", 400)
    c.sea(330, "#3f86a8", "#8fc1d2", 420)
    c.box(0, 420, WIDTH, HEIGHT, "#56704c")
    c.box(420, 420, 780, 500, "#e6dcc4")
    c.box(420, 420, 780, 432, "#8a5f45")
    c.shape([(0, 300), (420, 380), (420, 520), (0, 560)], "#c9473b")
    c.shape([(1200, 300), (780, 380), (780, 520), (1200, 560)], "#2d4d86")
    for x, y in ((40, 120), (1140, 120)):
        c.box(x, y, x + 16, 500, "#4c545c")
        c.box(x - 34, y - 20, x + 50, y + 40, "#e9ecee")
    for _ in range(420):
        side = c.chance.choice([(0, 420), (780, 1200)])
        x = c.chance.randrange(*side)
        edge = abs(x - 600) / 600
        height = c.chance.uniform(395 - 70 * edge, 505 + 40 * edge)
        c.disc(x, height, 7, c.chance.choice(["#f5e6c8", "#f2c14e", "#ffffff", "#1f2a44"]))
    c.shape([(300, 520), (900, 520), (1200, 800), (0, 800)], "#4c9a4a")
    c.shape([(380, 560), (820, 560), (880, 620), (320, 620)], "#58a955")
    c.shape([(240, 690), (960, 690), (1060, 780), (140, 780)], "#58a955")
    c.line([(600, 520), (600, 800)], "#f2f7ee", 6)
    c.pen.ellipse((460, 590, 740, 710), outline="#f2f7ee", width=6)


def ballot_box(c: Canvas) -> None:
    """A hand and a glass box."""
    c.sky("#2e4a62", "#3d6078", HEIGHT)
    c.box(0, 620, WIDTH, HEIGHT, "#c7a77b")
    c.box(0, 620, WIDTH, 640, "#a88557")
    c.shape([(400, 340), (800, 340), (840, 700), (360, 700)], "#e9f0f2")
    c.shape([(400, 340), (800, 340), (840, 290), (440, 290)], "#cfdde2")
    c.box(540, 305, 700, 322, "#2e4a62")
    for _ in range(26):
        x, y = c.chance.randrange(410, 760), c.chance.randrange(500, 660)
        c.shape(
            [(x, y), (x + 56, y - 14), (x + 64, y + 18), (x + 8, y + 30)],
            c.chance.choice(["#fdfbf3", "#f0e6cf", "#dfe7d7"]),
        )
    c.shape([(560, 130), (680, 110), (690, 312), (572, 314)], "#fdfbf3")
    for y in (160, 195, 230):
        c.line([(592, y), (662, y - 9)], "#8a9aa3", 6)
    c.shape([(690, 60), (1200, 0), (1200, 150), (820, 190), (690, 170), (650, 130)], "#c98f6a")
    c.disc(655, 140, 26, "#c98f6a")


def square_at_night(c: Canvas) -> None:
    """A crowd with candles before dark houses."""
    c.sky("#0f1730", "#2b2f57", 480)
    for _ in range(70):
        c.disc(c.chance.randrange(WIDTH), c.chance.randrange(300), 2, "#8d95bd")
    c.town(520, 300, ["#171d38", "#1d2442", "#141a31"], "#c99a4b")
    c.house(480, 190, 240, 520, "#22294a", "#3a4370", 26)
    c.box(460, 176, 740, 196, "#2d3560")
    c.box(0, 520, WIDTH, HEIGHT, "#1a1c33")
    for row in range(6):
        y = 570 + row * 42
        c.people(-20, 1220, y + 40, 30 - row * 3, "#0b0e1f", 26 + row * 5)
        for _ in range(22):
            x = c.chance.randrange(WIDTH)
            c.disc(x, y - 20, 9, "#7a5a2a")
            c.disc(x, y - 20, 5, "#ffd77a")


def hospital(c: Canvas) -> None:
    """The front of a hospital."""
    c.sky("#a9c7cf", "#f1f1e6", 620)
    c.house(140, 200, 920, 620, "#f4efe2", "#7fa0ab", 30)
    c.box(500, 130, 700, 620, "#e3d9c3")
    c.box(585, 165, 615, 265, "#b7312f")
    c.box(550, 200, 650, 230, "#b7312f")
    c.box(540, 480, 660, 620, "#53666e")
    c.box(596, 480, 604, 620, "#e3d9c3")
    c.box(0, 620, WIDTH, HEIGHT, "#8d9388")
    c.shape([(520, 620), (680, 620), (860, 800), (340, 800)], "#b9bcae")
    for x in (70, 1110):
        c.box(x, 430, x + 16, 640, "#6b4f3a")
        for angle in range(0, 360, 40):
            turn = math.radians(angle)
            c.line([(x + 8, 430), (x + 8 + 80 * math.cos(turn), 410 + 50 * math.sin(turn))], "#4f7350", 14)
    c.people(400, 520, 690, 2, "#2f3438")


def brass_jar(c: Canvas) -> None:
    """A jar on stone steps."""
    c.sky("#3f5e5a", "#6d8f84", HEIGHT)
    for step in range(4):
        c.box(0, 560 + step * 62, WIDTH, 622 + step * 62, ["#d8cfbd", "#c3b9a5", "#aca28e", "#968c79"][step])
    c.shape([(520, 250), (680, 250), (700, 330), (790, 440), (770, 560), (430, 560), (410, 440), (500, 330)], "#c8963e")
    c.shape([(520, 250), (570, 250), (560, 330), (480, 440), (500, 560), (430, 560), (410, 440), (500, 330)], "#e6bd6a")
    c.box(490, 226, 710, 258, "#a87a2d")
    c.box(414, 470, 784, 484, "#a87a2d")
    c.pen.arc((380, 280, 580, 490), 130, 275, fill="#a87a2d", width=18)
    c.pen.ellipse((520, 222, 680, 246), fill="#4d8fa6")


def parliament(c: Canvas) -> None:
    """A dome, columns and steps."""
    c.sky("#3b3f6b", "#f0b892", 560)
    c.box(0, 555, WIDTH, HEIGHT, "#8d7f86")
    c.pen.pieslice((440, 120, 760, 440), 180, 360, fill="#46727a")
    c.box(592, 60, 608, 140, "#d9b25f")
    c.disc(600, 60, 16, "#d9b25f")
    c.box(430, 280, 770, 330, "#e5d3b4")
    c.shape([(300, 420), (600, 310), (900, 420)], "#d8c29c")
    c.box(120, 420, 1080, 640, "#e9dabd")
    for x in range(150, 1060, 90):
        c.box(x, 440, x + 30, 640, "#c7ae85")
        c.box(x + 42, 480, x + 72, 640, "#7b5c49")
    for step in range(4):
        c.box(
            80 - step * 26,
            640 + step * 24,
            1120 + step * 26,
            664 + step * 24,
            ["#cdbb98", "#bba883", "#a9966f", "#97855f"][step],
        )
    c.box(0, 736, WIDTH, HEIGHT, "#4b4a5e")
    c.people(180, 420, 740, 5, "#24243a", 22)


def stadium_night(c: Canvas) -> None:
    """A goalkeeper under floodlights."""
    c.sky("#0b1226", "#1f2c52", 420)
    for x in (150, 1050):
        c.shape([(x - 40, 110), (x + 40, 110), (600 + (x - 600) * 0.4, 760), (600 - (x - 600) * 0.35, 760)], "#33415f")
    for x in (150, 1050):
        c.box(x - 8, 140, x + 8, 480, "#0a0f1f")
        c.box(x - 66, 70, x + 66, 146, "#0a0f1f")
        for column in range(4):
            for row in range(2):
                c.disc(x - 48 + column * 32, 90 + row * 34, 12, "#fff7d8")
    c.shape([(0, 380), (1200, 380), (1200, 520), (0, 520)], "#131b35")
    for _ in range(500):
        c.disc(
            c.chance.randrange(WIDTH),
            c.chance.randrange(392, 512),
            6,
            c.chance.choice(["#2d3b66", "#52639a", "#c9473b", "#e8d6a5"]),
        )
    c.box(0, 520, WIDTH, HEIGHT, "#182440")
    c.shape([(160, 520), (1040, 520), (1200, 800), (0, 800)], "#2f8a50")
    c.shape([(420, 520), (780, 520), (850, 640), (350, 640)], "#37985a")
    c.line([(400, 520), (400, 420), (800, 420), (800, 520)], "#f4f6f4", 9)
    c.people(570, 640, 540, 1, "#f2c14e", 34)
    c.disc(700, 690, 16, "#ffffff")


def corridor(c: Canvas) -> None:
    """A hospital corridor, with one person at its end."""
    c.box(0, 0, WIDTH, HEIGHT, "#dfe9e6")
    c.shape([(0, 0), (450, 250), (450, 520), (0, 800)], "#b7cfc9")
    c.shape([(1200, 0), (750, 250), (750, 520), (1200, 800)], "#a6c2bb")
    c.shape([(0, 800), (450, 520), (750, 520), (1200, 800)], "#8aa39d")
    c.shape([(0, 0), (450, 250), (750, 250), (1200, 0)], "#eef4f2")
    c.box(450, 250, 750, 520, "#f7f9f6")
    c.box(530, 320, 670, 520, "#5d7f86")
    c.box(596, 320, 604, 520, "#f7f9f6")
    for near, far in ((70, 190), (260, 350)):
        c.shape(
            [(near, 800 - near * 0.62), (near, 180 + near * 0.2), (far, 230 + far * 0.12), (far, 800 - far * 0.62)],
            "#7d9ca0",
        )
        c.shape(
            [
                (1200 - near, 800 - near * 0.62),
                (1200 - near, 180 + near * 0.2),
                (1200 - far, 230 + far * 0.12),
                (1200 - far, 800 - far * 0.62),
            ],
            "#6d8d92",
        )
    for wide, y in ((150, 90), (90, 160), (52, 212)):
        c.shape(
            [
                (600 - wide, y),
                (600 + wide, y),
                (600 + wide * 0.86, y + wide * 0.22),
                (600 - wide * 0.86, y + wide * 0.22),
            ],
            "#fffdf0",
        )
    c.people(560, 620, 560, 1, "#31464c", 34)


def cinema(c: Canvas) -> None:
    """A queue before a cinema with a starred front."""
    c.sky("#1b1838", "#40305c", HEIGHT)
    c.box(200, 100, 1000, 700, "#7c3b3f")
    c.box(200, 100, 1000, 160, "#5c2a30")
    c.shape([(470, 100), (600, 20), (730, 100)], "#5c2a30")
    c.box(280, 200, 920, 400, "#2a2140")
    for _ in range(90):
        c.disc(c.chance.randrange(290, 910), c.chance.randrange(208, 392), c.chance.choice([2, 3, 5]), "#f3d27a")
    c.shape([(160, 440), (1040, 440), (1000, 520), (200, 520)], "#e9c15c")
    for x in range(190, 1030, 28):
        c.disc(x, 448, 7, "#fff6d5")
        c.disc(x + 6, 512, 7, "#fff6d5")
    for x in (300, 440, 580, 720, 860):
        c.box(x, 545, x + 70, 700, "#2b1a2a")
        c.box(x + 8, 555, x + 62, 690, "#d98f4e")
    c.box(0, 700, WIDTH, HEIGHT, "#2c2745")
    c.people(260, 960, 760, 14, "#120f22", 26)


def bakery(c: Canvas) -> None:
    """A bakery window before dawn."""
    c.sky("#232b46", "#3b4566", HEIGHT)
    c.box(120, 140, 1080, 700, "#a9603f")
    c.box(120, 140, 1080, 210, "#7d432b")
    for number, x in enumerate(range(160, 1040, 88)):
        c.shape([(x, 210), (x + 88, 210), (x + 78, 290), (x - 10, 290)], "#f1e6cf" if number % 2 else "#c9473b")
    c.box(180, 310, 700, 600, "#ffd98a")
    for row in range(3):
        y = 390 + row * 84
        c.box(180, y + 26, 700, y + 36, "#8a5230")
        for x in range(230, 680, 92):
            c.pen.ellipse((x - 38, y - 20, x + 38, y + 28), fill="#b8742f")
            c.line([(x - 18, y - 8), (x - 6, y + 12)], "#e6ac5c", 6)
            c.line([(x + 2, y - 10), (x + 14, y + 10)], "#e6ac5c", 6)
    c.box(780, 310, 960, 700, "#5b3322")
    c.box(800, 330, 940, 520, "#ffd98a")
    c.box(0, 700, WIDTH, HEIGHT, "#2a2f45")
    c.shape([(180, 700), (700, 700), (820, 800), (60, 800)], "#8a7450")
    c.people(860, 1110, 752, 4, "#141829", 32)
