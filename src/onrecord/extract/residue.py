"""What stands around an article's text and is none of it: residue, labels above, announcements below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract import dates
from onrecord.extract.blocks import Block, Outline
from onrecord.extract.clean import fold

_BYLINE = re.compile(r"^(?:By|Von|Par|Por|Text:)\s+[A-ZÀ-Ž]\S+(?:\s+\S+){1,5}$")
_ABOVE = 6  # paragraphs among which labels of pictures and of the article stand
_MEDIA = re.compile(r"^(?:(?:Media|Image|Picture|Photo)\s*ID|رقم الصورة)\s*:", re.I)
_MORE = re.compile(r"^(?:more|also|related|see also|other|latest)\b[\w\s:'’&-]*$|^(?:اقرأ أيضا|المزيد|أيضا في)", re.I)
_RESIDUE = re.compile(
    r"^(?:advertisement|advertise?ment|anzeige|werbung|publicidad|publicité|reklama|reklame|"
    r"reklam|annonce|story continues below.*|"
    r"article continues (?:after|below).*|continue reading.*|scroll to continue.*|read "
    r"(?:more|next|also|full).{0,160}|also read.{0,160}|more on this.*|"
    r"lesen sie (?:auch|mehr|dazu|hier).{0,160}|mehr zum thema.{0,100}|lesetipp.{0,100}|"
    r"auch interessant.{0,120}|lire aussi.{0,160}|à lire aussi.{0,160}|leer más.{0,120}|"
    r"te puede interesar.{0,120}|czytaj (?:też|także|również|więcej).{0,160}|čtěte také.{0,"
    r"160}|les også.{0,160}|läs (?:mer|också).{0,160}|lees ook.{0,160}|leggi anche.{0,"
    r"160}|"
    r"empfohlener (?:redaktioneller|externer) inhalt.*|an dieser stelle (?:finden sie|"
    r"findest du|steht|befindet sich).{0,300}|ich bin damit einverstanden.{0,200}|"
    r"personenbezogene daten können an drittplattformen.{0,200}|externer inhalt.{0,200}|"
    r"dieser inhalt .{0,60}(?:anbieter|plattform).{0,200}|hier können sie .{0,60}(?:einwilligung|"
    r"anzeigen).{0,200}|"
    r"watch:?.{0,120}|watch \|.*|related:.{0,160}|see also:?.{0,160}|recommended:?.{0,"
    r"60}|share (?:this|on|via).{0,80}|teilen|share|"
    r"tweet|print|email|e-mail|drucken|follow (?:us|[^.]{1,40} on)\b.{0,200}|sign up "
    r"(?:for|to|here).{0,200}|subscribe (?:to|now|here).{0,200}|click here.{0,100}|"
    r"(?:©|\(c\)|copyright).{0,160}|all rights reserved.{0,60}|alle rechte vorbehalten.*|"
    r"leave a (?:comment|reply)|comments?(?: \(\d+\))?|kommentare?|loading.{0,20}|"
    r"download (?:the|our) .{0,40}app.{0,100}|get (?:the|our) .{0,60}newsletter.{0,80})$",
    re.I,
)
_FOOT_HEADING = re.compile(
    r"^(?:about the authors?|related.{0,30}|more (?:on|from|about|stories|news).{0,50}|"
    r"most (?:read|popular).{0,30}|you (?:may|might) also.{0,30}|read next.{0,30}|"
    r"recommended.{0,40}|further reading|see also|topics?|tags?|share this.{0,30}|comments?|"
    r"leave a (?:comment|reply)|mehr zum thema.{0,30}|zum thema|über den autor|über die "
    r"autorin|"
    r"themen|das könnte (?:sie|dich) auch.{0,40}|auch interessant|meistgelesen.{0,30}|"
    r"weitere (?:artikel|themen|nachrichten|meldungen).{0,40}|mehr (?:aus|von|zu).{0,"
    r"60}|kommentare.{0,20}|"
    r"sur le même sujet|à lire aussi.{0,30}|lire aussi|artículos relacionados|más noticias.{0,"
    r"30}|te puede interesar|lo más (?:leído|visto).{0,20}|powiązane|najnowsze|"
    r"newsletter.{0,30}|trending.{0,20}|latest.{0,20}|popular.{0,20}|editors?.{0,3} picks?|"
    r"what to read next|in diesem artikel|quellen|links|sources?)$",
    re.I,
)


def heads_foot(text: str) -> bool:
    """Whether a heading stands above what is below an article: "Most read", "About the author"."""
    return _FOOT_HEADING.match(text.rstrip(": ")) is not None


def is_residue(text: str) -> bool:
    """Whether a short paragraph is residue of the page around an article: "Read more: ...", "Advertisement"."""
    return _RESIDUE.match(text) is not None


def less_labels(paragraphs: Sequence[str], headline: str | None) -> list[str]:
    """Return the paragraphs of a text without what old pages run together above it.

    That is the block of a picture's number and caption, and section, headline, date and byline in one.
    """
    head = fold(headline or "")
    return [
        text
        for at, text in enumerate(paragraphs)
        if not (at < _ABOVE and (_MEDIA.match(text) or (len(head) > 12 and _is_masthead(text, head))))
    ]


def _is_masthead(text: str, head: str) -> bool:
    folded = fold(text)
    at = folded.find(head)
    rest = folded[at + len(head) :] if 0 <= at < 40 else folded
    return at >= 0 and len(rest) < 100 and bool(dates.parse(text[-len(rest) :] if rest else "") or not rest)


def cleared(paragraphs: Sequence[str], headline: str | None, out: Outline) -> list[str]:
    """Return the paragraphs of another extractor without headline, lines under it, residue, and teasers at the foot."""
    head = fold(headline or "")
    kept = [
        text
        for at, text in enumerate(paragraphs)
        if not (fold(text) == head or _RESIDUE.match(text) or (at < 4 and is_label(text)))
    ]
    teasers = [block.text for index, block in enumerate(out.blocks) if is_teaser(out.blocks, index)]
    announced = [any(text in teaser for teaser in teasers) for text in kept]
    foot = next((at for at in range(2, len(kept)) if announced[at] and all(announced[at : at + 2])), len(kept))
    return kept[:foot] if sum(map(len, kept[foot:])) < 0.5 * sum(map(len, kept)) else kept


def is_label(text: str) -> bool:
    """Whether a short line is a date or a byline."""
    return len(text) < 80 and bool(dates.parse(text) or _BYLINE.match(text))


def is_teaser(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block at the foot of a text announces another article: a link, its cut first words, or their label."""
    block = blocks[index]
    if len(block.text) < 40 and _MORE.match(block.text):
        return True
    if block.linked > 0.5 * len(block.text):
        return True
    before = blocks[index - 1] if index else block
    linked = block.linked > 0 or before.linked > 0.5 * len(before.text)
    return linked and block.text.endswith(("...", "…"))
