"""Take the pictures in this folder anew: ``python docs/screenshots/take.py http://127.0.0.1:8000`` while the demo runs.

Build it from its own folder (``cd src/onrecord/sample; onrecord build *.gz *.xml texts --into ...``): pages show the names
of input files as they were given. Needs playwright, Debian's chromium, and Pillow to make the files small.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
COLOURS = 160
WIDE, NARROW = (1280, 900), (390, 844)


def every(base: str, address: str) -> list[Any]:
    """Return what a list of the JSON API gives."""
    with urllib.request.urlopen(base + address) as answer:
        data = json.load(answer)["data"]
    return data.get("hits") or data.get("sources") or data.get("claims") or data.get("copies") or []


def first(base: str, address: str) -> Any:
    """Return the first thing that a list gives, or None."""
    return next(iter(every(base, address)), None)


def copies(base: str, hit: Any) -> list[Any]:
    """Return the copies of an article that are not word for word, which show more."""
    return [copy for copy in every(base, f"{hit['href']}/copies.json") if copy["share"] < 0.97]


def main(base: str) -> None:
    """Take every picture."""
    said = first(base, "/search.json?q=apology")
    article = said["article"]["href"]
    arabic = first(base, "/search.json?in=articles&language=ar")["href"]
    copied = next((hit for hit in every(base, "/search.json?in=articles&limit=50") if copies(base, hit)), None)
    jobs = [
        ("front", "/", WIDE, "light"),
        ("search", "/search?q=water", WIDE, "light"),
        ("search-dark", "/search?q=water&kind=indirect", WIDE, "dark"),
        ("search-narrow", "/search?q=water", NARROW, "light"),
        ("pictures", "/search?in=pictures", WIDE, "light"),
        ("article", article, WIDE, "light"),
        ("article-selected", f"{article}#s-{said['id']}", WIDE, "light"),
        ("article-narrow-dark", f"{article}#s-{said['id']}", NARROW, "dark"),
        ("article-arabic", arabic, WIDE, "light"),
        ("article-arabic-narrow", arabic, NARROW, "light"),
        ("statement", f"{said['href']}/verify", WIDE, "light"),
        ("statement-dark", said["href"], WIDE, "dark"),
        ("source", first(base, "/sources.json")["href"], WIDE, "light"),
        ("sources", "/sources", WIDE, "light"),
        ("picture", first(base, "/search.json?in=pictures")["href"], WIDE, "dark"),
        ("overview", "/overview", WIDE, "light"),
        ("help", "/help", WIDE, "light"),
        ("anonymous", "/anonymous", WIDE, "light"),
        ("organisations-narrow-dark", "/organisations", NARROW, "dark"),
        ("source-narrow-dark", first(base, "/sources.json")["href"], NARROW, "dark"),
        ("claims", "/claims", WIDE, "light"),
        ("places", "/places", WIDE, "light"),
        ("error-dark", "/search?q=%22open", WIDE, "dark"),
    ]
    if copied:
        jobs.append(("copies", f"{copied['href']}/copies", WIDE, "light"))
    claim = first(base, "/claims.json")
    if claim:
        jobs.append(("claim", claim["href"], WIDE, "light"))
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        for name, address, (width, height), scheme in jobs:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(base + address)
            page.wait_for_timeout(300)
            save(page.screenshot(), HERE / f"{name}.png")
            page.close()
        browser.close()


def save(png: bytes, path: Path) -> None:
    """Write a picture with few colours: text on paper needs no more."""
    image = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
