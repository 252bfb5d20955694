"""Text captures: pages that a crawler kept without their markup, in the manner of the sample of ``../shared``.

Such a file has, in this order and each part optional: the site's title, the page's title with the site behind
a bar, residue of menus, blocks of ``Media ID:`` and ``Caption:``, a byline and date, the paragraphs, and again
residue. A plain text with blank lines between its paragraphs is read the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract import authors, captions, dates
from onrecord.extract.clean import tidy
from onrecord.extract.residue import is_residue
from onrecord.model import Picture

_BAR = re.compile(r"\s+[|｜]\s+")
_MEDIA = re.compile(r"^(?:Media|Image|Picture|Photo)\s*ID\s*:\s*(?P<id>[\w.-]{1,60})?\s*$", re.I)
_CAPTION = re.compile(r"^(?:Caption|Image caption|Photo caption)\s*:\s*(?P<text>.*)$", re.I)
_CREDIT = re.compile(r"^(?:Photo\s+|Image\s+)?(?:Credit|Copyright|Source)\s*:\s*(?P<text>.{2,120})$", re.I)
_DATE_LINE = re.compile(
    r"^(?:(?:Published|Posted|Updated|Date|Last updated)(?:\s+on)?\s*:?\s*)?(?P<date>.{6,40})$", re.I
)
_BYLINE = re.compile(r"^(?:By|Author:|Written by)\s+(?P<who>[A-Z].{2,80})$")
_SENTENCE_END = re.compile(r"[.!?…؟。][\"'”’»)\]]*$")
_HEAD_LINES = 12
_MENU_LENGTH = 45  # characters; residue of menus is shorter, paragraphs and headlines are longer or end like sentences
_CAPTION_LENGTH = 700


@dataclass(frozen=True, slots=True)
class TextCapture:
    """What a text capture holds."""

    headline: str | None
    site: str | None
    paragraphs: tuple[str, ...]
    pictures: tuple[Picture, ...]
    authors: tuple[str, ...] = ()
    published: str | None = None


def read(text: str) -> TextCapture:
    """Return the parts of a text capture; never raises."""
    lines = [tidy(line) for line in text.splitlines()]
    headline, site, start = _title(lines)
    pictures, rest = _media(lines[start:])
    chunks = _chunks(rest)
    names: tuple[str, ...] = ()
    published: str | None = None
    paragraphs: list[str] = []
    for chunk in chunks:
        if not paragraphs:
            if found := _BYLINE.match(chunk):
                names = names or authors.names_in(chunk)
                continue
            if len(chunk) < 60 and (found := _DATE_LINE.match(chunk)) and (date := dates.parse(found["date"])):
                published = published or date
                continue
            if (len(chunk) < _MENU_LENGTH and not _SENTENCE_END.search(chunk)) or chunk == headline:
                continue
        if not is_residue(chunk):
            paragraphs.append(chunk)
    while paragraphs and len(paragraphs[-1]) < _MENU_LENGTH and not _SENTENCE_END.search(paragraphs[-1]):
        paragraphs.pop()
    return TextCapture(headline, site, tuple(paragraphs), pictures, names, published)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a plain text: blank lines part them; where there are none, every line is one."""
    return tuple(_chunks([tidy(line) for line in text.splitlines()]))


def _title(lines: list[str]) -> tuple[str | None, str | None, int]:
    """Return headline, site and the line behind them.

    Of several lines with a bar the last is the page's own title; the first names the site's front page.
    """
    best: tuple[str | None, str | None, int] | None = None
    filled = 0
    for index, line in enumerate(lines):
        if not line:
            continue
        filled += 1
        if filled > _HEAD_LINES or _MEDIA.match(line) or len(line) > 300:
            break
        bars = list(_BAR.finditer(line))
        if bars:
            best = line[: bars[-1].start()].strip(), line[bars[-1].end() :].strip(), index + 1
    if best:
        return best
    first = next((i for i, line in enumerate(lines) if line), None)
    if first is None:
        return None, None, 0
    alone = first + 1 >= len(lines) or not lines[first + 1]
    if alone and len(lines[first]) < 200 and not lines[first].endswith(".") and any(lines[first + 1 :]):
        return lines[first], None, first + 1
    return None, None, 0


def _media(lines: list[str]) -> tuple[tuple[Picture, ...], list[str]]:
    pictures: list[Picture] = []
    rest: list[str] = []
    index = 0
    while index < len(lines):
        media = _MEDIA.match(lines[index])
        caption = _CAPTION.match(lines[index])
        if not media and not caption:
            rest.append(lines[index])
            index += 1
            continue
        index += 1
        if media:
            ahead = index
            while ahead < len(lines) and not lines[ahead]:
                ahead += 1
            if ahead < len(lines) and (caption := _CAPTION.match(lines[ahead])):
                index = ahead + 1
        said, index = _caption_text(lines, index, caption["text"]) if caption else ("", index)
        credit = None
        if index < len(lines) and (found := _CREDIT.match(lines[index])):
            credit, index = found["text"], index + 1
        parts = captions.take_apart(said, credit)
        name = media["id"] if media else None
        if name or parts.text:
            pictures.append(Picture(name, None, parts.text, parts.credit, parts.taken))
        rest.append("")
    return tuple(pictures), rest


def _caption_text(lines: list[str], index: int, said: str) -> tuple[str, int]:
    if said:
        return said, index
    start = index
    while index < len(lines) and not lines[index]:
        index += 1
    taken: list[str] = []
    while index < len(lines) and lines[index] and not _MEDIA.match(lines[index]) and not _CREDIT.match(lines[index]):
        taken.append(lines[index])
        index += 1
    text = " ".join(taken)
    if len(text) > _CAPTION_LENGTH or not any(lines[index:]):
        return "", start  # the block has no caption; this is the article
    return text, index


def _chunks(lines: list[str]) -> list[str]:
    chunks: list[str] = []
    open_chunk = False
    for line in lines:
        if not line:
            open_chunk = False
        elif open_chunk and not _SENTENCE_END.search(chunks[-1]) and (line[0].islower() or len(chunks[-1]) > 50):
            chunks[-1] = f"{chunks[-1]} {line}"  # a line that was only wrapped
        else:
            chunks.append(line)
            open_chunk = True
    return chunks
