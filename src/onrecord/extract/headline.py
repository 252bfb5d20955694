"""The headline: what an ``h1`` confirms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.blocks import Outline
from onrecord.extract.clean import fold, tidy

_BAR = re.compile(r"\s+(?:[|•·»«/]|[–—-]{1,2}|::?)\s+|\s*[|｜]\s*|(?<=\w)\s*--\s*(?=\w)")
_BAR_OR_DASH = re.compile(r"\s+[|•·»«–—-]+\s+|[|｜]")
_KICKER_BAR = re.compile(r"\s[-–|]\s")
_CONFIRMED = 0.5  # share of words that an h1 must have in common with what the page says elsewhere


def first_headings(out: Outline) -> list[str]:
    """Return the page's first-level headings, each on one line, in order."""
    wanted = {at for at, tag in enumerate(out.tags) if tag == "h1"}
    if not wanted:
        return []
    parents = out.parents
    texts: dict[int, list[str]] = {}
    for block in out.blocks:
        owner = block.owner
        above = parents[owner]
        for at in (owner, above, parents[above] if above >= 0 else -1):
            if at in wanted:
                texts.setdefault(at, []).append(block.text)
                break
    return [" ".join(lines) for lines in list(texts.values())[:8]]


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
    social, titled = without_site(og, site), without_site(title, site)
    if best is not None and score >= _CONFIRMED:
        if linked and social and fold(linked) == fold(social) != fold(best):
            # said twice, and the h1 is near enough: only its wording is the page's own
            barred = social == titled and " - " in linked and " - " not in social  # a bar that only the data have
            return (social, "meta") if barred else (linked, "json-ld")
        return _without_kicker(best, claims), "h1"
    if linked and social and likeness(linked, social) > _CONFIRMED:
        return (social, "meta") if social == titled else (linked, "json-ld")
    real = [text for text in h1s if text and len(text.split()) >= 3 and fold(text) != fold(site or "")]
    if len(real) == 1 and (not claims or score > 0.2):
        return real[0], "h1"
    for claim, source in (
        (linked, "json-ld"),
        (without_site(og, site), "meta"),
        (without_site(title, site), "title"),
    ):
        if claim:
            return claim, source
    return (real[0], "h1") if real else (None, None)


def without_site(title: str | None, site: str | None) -> str | None:
    """Return a page title without the outlet's name before or behind a bar."""
    if not title:
        return None
    title = tidy(title)
    bars = list(_BAR.finditer(title))
    if not bars:
        return title
    known = fold(site) if site else ""
    first, last = fold(title[: bars[0].start()]), fold(title[bars[-1].end() :])
    rest = title[: bars[-1].start()].strip()
    if known and last and (last == known or known.startswith(last) or last in known or known in last):
        return without_site(rest, site) if len(bars) > 1 else rest
    if known and first and (first == known or first in known):
        return title[bars[0].end() :].strip()
    if len(bars) > 1 and bars[0][0].strip() in ("|", "｜") and 4 <= len(first.split()) >= len(last.split()):
        return title[: bars[0].start()].strip()
    if bars[-1][0].strip() in ("|", "｜", "•", "·", "»", "«") or (
        len(last.split()) <= 4 and len(last) < 0.5 * len(title)
    ):
        return rest if len(rest) > 12 else title
    return title


def outlet(title: str | None, headline: str | None) -> str | None:
    """Return the site's name: what stands behind the bar of a window's title whose other part is the headline."""
    title = tidy(title or "")
    bars = list(_BAR.finditer(title))
    if not bars or not headline or fold(title[: bars[-1].start()]) != fold(headline):
        return None
    return title[bars[-1].end() :].strip() or None


def outlets(title: str | None, headline: str | None) -> frozenset[str]:
    """Return what stands beside the headline in a window's title, folded: the site, a section, a slogan."""
    parts = {fold(part) for part in _BAR_OR_DASH.split(tidy(title or "")) if part}
    return frozenset(parts - {fold(headline or "")})


def likeness(a: str, b: str) -> float:
    """Return the share of words that two titles have in common (F1 of their word sets)."""
    first, second = set(fold(a).split()), set(fold(b).split())
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _without_kicker(h1: str, claims: Sequence[str]) -> str:
    """Return a heading without the kicker that stands in it before the title that the page gives elsewhere."""
    whole = fold(h1)
    for claim in claims:
        part = fold(claim)
        if part == whole and h1 != claim and h1.replace(" ", "") == claim.replace(" ", ""):
            return claim  # the page sets its parts apart by style, and their text has a space too many or too few
        if len(part.split()) >= 4 and part != whole and whole.endswith(f" {part}"):
            at = h1.find(claim)
            return claim if at < 0 else h1[at : at + len(claim)]
        if part != whole and part.replace(" ", "") == whole.replace(" ", ""):
            return claim  # the same letters: the page sets the parts of its heading apart by style alone
    if (bar := _KICKER_BAR.search(h1)) and len((rest := h1[bar.end() :]).split()) >= 4:
        elsewhere = (claim for claim in claims if claim.endswith(f": {rest}"))
        return next((rest for _ in elsewhere), h1)  # the same headline stands there behind another kicker
    return h1
