"""Drawings of the harbour, the river and the sea."""

from __future__ import annotations

from drawings.canvas import HEIGHT, WIDTH, Canvas


def smoke_over_quay(c: Canvas) -> None:
    """The harbour on the morning of the explosion."""
    c.sky("#35456b", "#f2b98b", 520)
    for number in range(60):
        share = number / 60
        c.disc(
            620 + 330 * share**1.4 + c.chance.randrange(-50, 50),
            500 - 470 * share + c.chance.randrange(-25, 25),
            40 + 95 * share,
            c.chance.choice(["#d9772f", "#b9582a", "#6d4a45", "#4b3f48"]),
        )
    c.town(540, 130, ["#2c3550", "#27304a", "#333d5c"], "#4a5676")
    for x in (120, 330, 900):
        c.crane(x, 560, "#1a2138")
    c.box(0, 540, WIDTH, 575, "#161c30")
    c.sea(575, "#243458", "#e09a63")


def ruins_and_crane(c: Canvas) -> None:
    """What is left of the warehouse."""
    c.sky("#9fb0b8", "#e6ddcf", 560)
    c.hills(560, 110, "#8a979c", 1.0)
    c.sea(560, "#5f7a86", "#a9bcc0", 640)
    c.box(0, 620, WIDTH, HEIGHT, "#6b6460")
    for x, top in ((90, 380), (190, 300), (310, 420), (800, 350), (930, 290), (1050, 430)):
        c.shape([(x, 660), (x, top), (x + 40, top + 50), (x + 80, top + 20), (x + 90, 660)], "#4a4441")
    c.shape([(420, 640), (450, 600), (780, 470), (800, 500), (500, 650)], "#d0832f")
    c.line([(450, 620), (800, 484)], "#8f551b", 6)
    for _ in range(120):
        x, y, size = c.chance.randrange(WIDTH), c.chance.randrange(640, 800), c.chance.randrange(8, 34)
        tilted = [(x, y), (x + size, y - size // 3), (x + size + 6, y + size // 2), (x + 4, y + size)]
        c.shape(tilted, c.chance.choice(["#8b837d", "#57504c", "#7a5a4a", "#3f3a38"]))
    c.people(560, 690, 700, 3, "#22201f")


def numbered_gorge(c: Canvas) -> None:
    """The gorge before the dam, with numbers on the boulders."""
    c.sky("#7fb2cf", "#e9efe4", 420)
    c.hills(460, 260, "#a9b58f", 0.4)
    c.box(0, 455, WIDTH, HEIGHT, "#8f9f78")
    c.shape([(0, 180), (220, 240), (430, 520), (500, 800), (0, 800)], "#b07b52")
    c.shape([(1200, 120), (940, 230), (760, 500), (690, 800), (1200, 800)], "#9a6744")
    c.shape([(0, 330), (180, 380), (330, 640), (380, 800), (0, 800)], "#8c5c3d")
    c.shape([(1200, 330), (1010, 380), (880, 620), (830, 800), (1200, 800)], "#7a4d33")
    c.shape([(560, 450), (640, 450), (610, 540), (700, 640), (690, 800), (500, 800), (520, 640), (590, 540)], "#3f8aa3")
    for x, y in ((130, 560), (240, 690), (1010, 540), (930, 690), (1110, 650)):
        c.disc(x, y, 46, "#c99a72")
        c.line([(x - 18, y - 14), (x - 18, y + 18)], "#c0282c", 8)
        c.line(
            [(x, y - 14), (x + 18, y - 14), (x + 18, y + 2), (x, y + 2), (x, y + 18), (x + 18, y + 18)], "#c0282c", 7
        )


def dry_field(c: Canvas) -> None:
    """Cracked earth, a dead tree and a farmer."""
    c.sky("#e2b56b", "#f7e6bd", 400)
    c.disc(900, 150, 70, "#fff4d4")
    c.hills(400, 120, "#c58f57", 2.0)
    c.box(0, 395, WIDTH, HEIGHT, "#b98a58")
    for row in range(9):
        y = 420 + row * row * 5
        for number in range(-2, 16):
            x = 600 + (number - 7) * (60 + row * 24)
            wide = 24 + row * 11
            tall = 9 + row * 4
            c.shape(
                [
                    (x - wide, y),
                    (x, y - tall),
                    (x + wide, y + 2),
                    (x + wide * 0.6, y + tall),
                    (x - wide * 0.7, y + tall),
                ],
                c.chance.choice(["#a87845", "#c99c68", "#9c6d3d"]),
            )
    c.line([(300, 520), (290, 400), (300, 300)], "#4f3a29", 22)
    for x, y in ((210, 250), (260, 190), (330, 200), (390, 260), (230, 320)):
        c.line([(298, 350), (x, y)], "#4f3a29", 9)
    c.people(800, 840, 560, 1, "#3b2c20", 30)


def dam_and_lake(c: Canvas) -> None:
    """The dam, with the lake behind it."""
    c.sky("#5f94b8", "#e5ece6", 340)
    c.hills(360, 210, "#7d8f74", 0.9)
    c.sea(330, "#2f7fa0", "#7fb9c9", 450)
    c.shape([(0, 160), (240, 320), (300, 470), (330, 800), (0, 800)], "#8a6f52")
    c.shape([(1200, 140), (960, 320), (900, 470), (870, 800), (1200, 800)], "#785e44")
    c.shape([(250, 400), (950, 400), (870, 800), (330, 800)], "#c7c5bb")
    c.box(240, 386, 960, 412, "#a3a198")
    for number in range(6):
        x = 330 + number * 98
        c.box(x, 412, x + 50, 470, "#6f7477")
        c.shape([(x + 4, 470), (x + 46, 470), (x + 40, 800), (x + 14, 800)], "#b4b2a8")
    c.shape([(340, 470), (364, 470), (368, 800), (352, 800)], "#eaf4f6")
    c.shape([(830, 470), (856, 470), (846, 800), (830, 800)], "#eaf4f6")


def boat_at_dusk(c: Canvas) -> None:
    """A fishing boat with many people aboard."""
    c.sky("#2b3566", "#ef9a6b", 430, 18)
    c.disc(840, 430, 88, "#ffd29a")
    c.sea(430, "#27345f", "#d9846a")
    c.hills(436, 60, "#1d2548", 2.6)
    c.shape([(380, 520), (860, 520), (800, 610), (440, 610)], "#131a33")
    c.box(560, 430, 680, 520, "#1c2545")
    c.box(580, 450, 612, 482, "#ffd77a")
    c.line([(640, 430), (640, 260)], "#131a33", 10)
    c.line([(640, 270), (830, 515)], "#131a33", 4)
    c.line([(640, 270), (420, 515)], "#131a33", 4)
    c.disc(640, 262, 26, "#8a6a55")
    c.disc(640, 262, 13, "#fff0c2")
    c.people(440, 560, 524, 4, "#131a33", 24)
    c.people(700, 800, 524, 3, "#131a33", 24)


def tents(c: Canvas) -> None:
    """Rows of tents on a football pitch."""
    c.sky("#c5d3d6", "#f3efe3", 330)
    c.hills(340, 90, "#93a3a0", 0.2)
    c.sea(330, "#6b93a3", "#b5ccd1", 390)
    c.box(0, 385, WIDTH, HEIGHT, "#7f9a5c")
    c.line([(0, 700), (1200, 560)], "#eef3e4", 7)
    for row in range(4):
        y, size = 450 + row * 95, 62 + row * 26
        for number in range(11 - row):
            x = 20 + row * 30 + number * (size * 1.75)
            c.shape([(x, y), (x + size * 0.7, y - size * 0.85), (x + size * 1.4, y)], "#f1ead9")
            c.shape([(x + size * 0.7, y - size * 0.85), (x + size * 1.4, y), (x + size * 0.95, y)], "#cfc4ab")
            c.shape([(x + size * 0.55, y), (x + size * 0.7, y - size * 0.5), (x + size * 0.85, y)], "#5a6152")
    c.line([(930, 400), (930, 300), (1090, 300), (1090, 400)], "#ffffff", 9)


def lighthouse(c: Canvas) -> None:
    """A striped tower and two beams."""
    c.sky("#16284a", "#7d8fb0", 520)
    c.shape([(640, 190), (0, 60), (0, 220)], "#d9c98f")
    c.shape([(640, 190), (1200, 120), (1200, 250)], "#bfb588")
    c.sea(520, "#1b3355", "#7f97b5")
    c.shape([(420, 640), (520, 530), (780, 520), (980, 600), (1200, 580), (1200, 800), (340, 800)], "#2b2e35")
    c.shape([(590, 240), (690, 240), (730, 560), (550, 560)], "#efe9dc")
    for y in (300, 400, 500):
        wide = 56 + (y - 240) * 0.12
        c.shape([(640 - wide, y), (640 + wide, y), (640 + wide + 5, y + 44), (640 - wide - 5, y + 44)], "#b8382f")
    c.box(572, 222, 708, 242, "#22262e")
    c.box(600, 150, 680, 222, "#ffe9a8")
    c.shape([(590, 150), (640, 100), (690, 150)], "#22262e")
    c.house(790, 490, 130, 570, "#d9d2c2", "#f3c766", 22)


def lamps_on_quay(c: Canvas) -> None:
    """Thirty-one lamps on the quay."""
    c.sky("#131a33", "#4d4f78", 430)
    c.hills(440, 70, "#1c2340", 1.3)
    c.sea(430, "#18223f", "#565f8c", 600)
    c.crane(1020, 610, "#0d1226", 300, 120)
    c.box(0, 595, WIDTH, HEIGHT, "#20243d")
    for number in range(31):
        x, y = 40 + number * 37, 610 + (number % 3) * 48
        c.people(x, x + 4, y + 60, 1, "#090c1a", 24)
        c.disc(x + 20, y + 22, 22, "#6b5230")
        c.disc(x + 20, y + 22, 9, "#ffdf94")
        c.line([(x + 20, 470 + number % 5 * 18), (x + 20, 500 + number % 5 * 22)], "#c99f5e", 4)


def bridge_with_door(c: Canvas) -> None:
    """A barrier, a bridge, and a man sitting on a door."""
    c.sky("#8fa9b5", "#efe7d6", 430)
    c.hills(450, 200, "#98a28c", 0.7)
    c.hills(470, 110, "#7c876f", 2.2)
    c.sea(470, "#6f98a3", "#b8d0d2")
    c.box(0, 520, WIDTH, 556, "#8b7f70")
    c.box(0, 505, WIDTH, 522, "#6d6356")
    for x in (180, 600, 1020):
        c.shape([(x - 36, 556), (x + 36, 556), (x + 48, 800), (x - 48, 800)], "#7a6f61")
    for x in range(0, WIDTH, 60):
        c.box(x, 455, x + 8, 510, "#5e554a")
    c.box(0, 450, WIDTH, 460, "#5e554a")
    c.shape([(470, 512), (760, 512), (772, 494), (482, 494)], "#a0522d")
    c.disc(740, 503, 6, "#e3c06a")
    c.people(600, 640, 497, 1, "#2d2a28", 32)
    c.box(150, 330, 168, 520, "#b8382f")
    c.line([(158, 350), (400, 390)], "#f2efe9", 16)
    c.line([(208, 358), (256, 366)], "#b8382f", 16)
    c.line([(306, 374), (354, 382)], "#b8382f", 16)


def night_ferry(c: Canvas) -> None:
    """A lit ship under the moon."""
    c.sky("#0e1b33", "#3c5274", 470)
    c.disc(220, 130, 46, "#f2ecd2")
    c.sea(470, "#13253f", "#7d8fae")
    c.shape([(180, 520), (1060, 520), (980, 640), (250, 640)], "#f1efe8")
    c.shape([(214, 580), (1020, 580), (980, 640), (250, 640)], "#b23a34")
    c.house(300, 400, 620, 522, "#e4e0d4", "#ffd77a", 24)
    c.house(380, 320, 400, 402, "#f1efe8", "#ffd77a", 20)
    c.shape([(640, 320), (656, 220), (730, 220), (746, 320)], "#b23a34")
    c.box(654, 244, 732, 264, "#f1efe8")
    for number in range(9):
        c.disc(700 + number * 46, 190 - number * 12, 16 + number * 5, "#4a5f80")
    for x in range(330, 900, 60):
        c.line([(x, 670 + x % 7 * 12), (x + 46, 670 + x % 7 * 12)], "#ffd77a", 5)


def spillway(c: Canvas) -> None:
    """White water over the sluices."""
    c.sky("#9aa8ad", "#d9dedb", 240)
    c.hills(260, 130, "#7b8a83", 1.7)
    c.box(0, 240, WIDTH, HEIGHT, "#bdbbb2")
    c.box(0, 228, WIDTH, 262, "#8f8d85")
    for number in range(5):
        x = 60 + number * 230
        c.box(x, 262, x + 170, 330, "#5f666a")
        c.shape([(x, 330), (x + 170, 330), (x + 200, 800), (x - 30, 800)], "#dcebee")
        for _ in range(26):
            left, top = x + c.chance.randrange(-16, 180), c.chance.randrange(340, 760)
            c.line(
                [(left, top), (left + c.chance.randrange(-6, 6), top + 60)],
                c.chance.choice(["#ffffff", "#b3d0d8", "#9cc0ca"]),
                5,
            )
    for _ in range(70):
        c.disc(
            c.chance.randrange(WIDTH),
            c.chance.randrange(700, 820),
            c.chance.randrange(24, 60),
            c.chance.choice(["#f4f9fa", "#dfecef", "#cbdfe4"]),
        )
    c.line([(270, 262), (262, 420), (282, 520), (268, 690)], "#6b665e", 5)
