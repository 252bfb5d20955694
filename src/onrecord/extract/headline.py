"""The headline: what an ``h1`` confirms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.clean import fold, tidy

_BAR = re.compile(r"\s+(?:[|•·»«/]|[–—-]{1,2}|::?)\s+|\s*[|｜]\s*|(?<=\w)\s*--\s*(?=\w)")


def find(
    h1s: Sequence[str], *, linked: str | None, og: str | None, title: str | None, site: str | None
) -> tuple[str | None, str | None]:
    """Return the headline and where it came from.

    Args:
        h1s: the page's first-level headings, in order.
        linked: as JSON-LD has it.
        og: as the page offers it to social networks.
        title: of the window, usually with the site behind a bar.
        site: the outlet's name.
    """
    claims = [claim for claim in (linked, without_site(og, site), without_site(title, site)) if claim]
    best, score = None, 0.0
    for text in h1s:
        if not text or len(text) > 400:
            continue
        agreed = max((likeness(text, claim) for claim in claims), default=0.0)
        if agreed > score:
            best, score = text, agreed
    if best is not None and score >= 0.5:
        return best, "h1"
    if linked and og and likeness(linked, og) > 0.5:
        return linked, "json-ld"
    real = [text for text in h1s if text and len(text.split()) >= 3 and fold(text) != fold(site or "")]
    if len(real) == 1 and (not claims or score > 0.2):
        return real[0], "h1"
    for claim, source in ((linked, "json-ld"), (without_site(og, site), "meta"), (without_site(title, site), "title")):
        if claim:
            return claim, source
    return (real[0], "h1") if real else (None, None)


def without_site(title: str | None, site: str | None) -> str | None:
    """Return a page title without the outlet's name before or behind a bar."""
    if not title:
        return None
    title = tidy(title)
    parts = _BAR.split(title)
    if len(parts) == 1:
        return title
    known = fold(site) if site else ""
    bars = list(_BAR.finditer(title))
    first, last = fold(parts[0]), fold(parts[-1])
    if known and (last == known or known.startswith(last) or last in known or known in last):
        return without_site(title[: bars[-1].start()], site) if len(parts) > 2 else title[: bars[-1].start()].strip()
    if known and (first == known or first in known):
        return title[bars[0].end() :].strip()
    mark = bars[-1][0].strip()
    if mark in ("|", "｜", "•", "·", "»", "«") or (len(parts[-1].split()) <= 4 and len(parts[-1]) < 0.5 * len(title)):
        rest = title[: bars[-1].start()].strip()
        return rest if len(rest) > 12 else title
    return title


def likeness(a: str, b: str) -> float:
    """Return the share of words that two titles have in common (F1 of their word sets)."""
    first, second = set(fold(a).split()), set(fold(b).split())
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
