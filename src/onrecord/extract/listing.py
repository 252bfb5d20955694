"""Pages that lead to articles and are none: each text on them is short and stands between the links to other pages.

Judged by the order of links and text, so that it holds for tables of 2005 as for today's cards: an article with a list
beside it has a long run of text without such a link, a list has none. Pages that are no news look like that too,
so the address must bear it out: a front page, a section, a tag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from onrecord.extract.blocks import Block, Outline

_LINK = 15  # characters from which a block that is all link is a headline that leads elsewhere
_TEXT = 25  # characters from which a block is text
_TEASER = 500  # characters; a longer text between two links is no teaser
_RUN = 300  # characters of running text that a list may have between two links
_SHARE = 0.35  # of all running text; a run that holds more, and is longer than that, is the page's own text
_MIXED = 0.12  # share of linked text in a block that is headline and teaser in one
_LEAST = 4  # teasers of a front page or section
_LEAST_TOLD = 2  # where the address says what it is
_TOLD = re.compile(
    r"(?:^|[/_-])(?:tags?|category|categories|kategorien?|categorie|topics?|themen?|keyword|labels?|authors?|autor(?:en)?|"
    r"archives?|sections?|rubrik(?:en)?|rubrique|seccion|channel|ressort)(?:\.\w+)?(?:[/=?][^/]*)?/?$",
    re.I,
)


def is_list(out: Outline, url: str | None) -> bool:
    """Whether a page is a list of teasers, by its blocks and its address."""
    parts = urlsplit(url or "")
    if parts.scheme not in ("http", "https"):
        return False
    told = _TOLD.search(f"{parts.path}?{parts.query}".rstrip("?")) is not None
    if not told and not _leads(parts.path, parts.query):
        return False
    blocks = _own(out)
    longest = _TEASER if told else _RUN
    return max(_parted(blocks, longest), _in_one(blocks)) >= (_LEAST_TOLD if told else _LEAST)


def _leads(path: str, query: str) -> bool:
    """Whether an address is that of a front page or section: short, and without what names one article."""
    words = [word for word in path.strip("/").split("/") if word]
    return not query and len(words) <= 2 and all(re.fullmatch(r"[^\W\d]+(?:-[^\W\d]+)?", word) for word in words)


def _own(out: Outline) -> list[Block]:
    """Return the blocks outside of what a page has around its text, by the names of its elements."""
    junk = [False] * len(out.parents)
    for index in range(1, len(junk)):
        junk[index] = junk[out.parents[index]] or out.junk[index]
    return [block for block in out.blocks if not junk[block.owner]]


def _parted(blocks: Sequence[Block], longest: int) -> int:
    """Count the short texts behind a linked headline; none where the page has a long text of its own."""
    runs: list[int] = []
    teasers, after_link = 0, False
    for block in blocks:
        length, free = len(block.text), len(block.text) - block.linked
        if length >= _LINK and block.linked > 0.8 * length:
            after_link = True
            runs.append(0)
        elif free >= _TEXT:
            teasers += after_link and free < _TEASER
            after_link = False
            runs = runs or [0]
            runs[-1] += free
    return 0 if max(runs, default=0) > max(_SHARE * sum(runs), longest) else teasers


def _in_one(blocks: Sequence[Block]) -> int:
    """Count the blocks that are a link and a short text each, where most blocks of text are."""
    texts = [block for block in blocks if len(block.text) >= 40 and block.linked <= 0.8 * len(block.text)]
    mixed = [b for b in texts if b.linked >= max(_MIXED * len(b.text), _LINK) and len(b.text) < _TEASER]
    return len(mixed) if len(mixed) > 0.7 * len(texts) else 0
