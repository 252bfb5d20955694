"""A page as a list of blocks: one walk over the tree, and no rule after it needs the tree again.

A block is a stretch of text between two block boundaries, however the page was built: ``<p>``, ``<div>``,
``<td>``, or text between two ``<br><br>`` as pages of 2005 had it. Each block knows the element that holds
it, and each element its parent, so that scores can be added up towards the root.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from selectolax.lexbor import LexborNode

from onrecord.extract.clean import tidy

MAX_ELEMENTS = 100_000  # what follows is not read: a page of 20 MB is cut here after a second of work on it
MAX_DEPTH = 500  # deeper elements hold no article

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# What becomes of each kind of node; a tag that is not listed is a block whose names are asked for.
_TEXT, _BREAK, _SKIPPED, _INLINE, _LINK, _STRONG, _FONT, _PLAIN, _BLOCK = range(9)
_KINDS = {
    "": _SKIPPED,
    "-text": _TEXT,
    "-comment": _SKIPPED,
    "br": _BREAK,
    "a": _LINK,
    "b": _STRONG,
    "strong": _STRONG,
    "font": _FONT,
    **dict.fromkeys(
        "script style noscript svg template iframe object embed select option button textarea canvas audio video map "
        "math head title link meta dialog datalist source track param input img picture frameset noframes "
        "figure".split(),
        _SKIPPED,
    ),
    **dict.fromkeys(
        "i em span abbr acronym cite code q small sub sup u mark time label ins del s strike kbd samp bdi bdo wbr "
        "big tt dfn var data ruby rb rt rp rtc nobr blink output meter progress slot hl1 hl2 o:p st1:place".split(),
        _INLINE,
    ),
    **dict.fromkeys("li tr td th tbody thead dt dd center".split(), _PLAIN),  # whose names are not worth asking for
}

# Words in the class and id of an element that say that it stands around articles; of many content systems.
_JUNK = frozenset(
    "comment comments commentlist disqus livefyre related relateds recommend recommended recommendation "
    "recommendations recommends newsletter newsletters nlsignup promo promos promotion teaser teasers sidebar share "
    "sharing sharedaddy social socials sociallinks footer foot nav navbar navi navigation menu submenu breadcrumb "
    "breadcrumbs cookie cookies cookiebanner consent banner advert adverts advertisement ads ad adsbox sponsor "
    "sponsored subscribe subscription login signin signup register popup modal overlay taglist tags mostread "
    "mostpopular popular trending outbrain taboola plista recirc recirculation widget widgets toolbar tools pagination pager paging skip "
    "skiplink copyright disclaimer feedback rating ratings poll quiz donate donation rss hidden visuallyhidden noprint "
    "authorbio authorbox authorinfo authorcard authorprofile aboutauthor bio caption figcaption gallery slideshow "
    "carousel slider lightbox credit credits byline bylines dateline timestamp metadata postmeta meta metainfo pubdate "
    "published morestories morenews moreon morearticles readmore readnext readalso seealso alsoread upnext linklist "
    "links onward topic topics kicker eyebrow flag infobox factboxtitle audioplayer player video toc paywall piano "
    "regwall toast tooltip hashtag hashtags".split()
)
_JUNK_PAIRS = frozenset(
    "nl-signup screen-reader sr-only no-print print-only tag-list most-read author-bio author-box author-info "
    "author-card author-profile about-author twitter-tweet instagram-media tiktok-embed more-stories more-news more-on "
    "more-articles read-more read-next read-also see-also also-read up-next factbox-title audio-player "
    "table-of".split()
)
_FIRST = frozenset(pair.partition("-")[0] for pair in _JUNK_PAIRS)
# A word ends before a capital or a digit and begins with neither: they stand in generated names.
_WORDS = str.maketrans("-_/:.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", " " * 5 + "~" * 36)
_BODY = re.compile(
    r"(?:article|story|post|entry|news|content|page|main|text|artikel|single|detail)[-_]{0,"
    r"2}(?:body|text|content|copytext|story)\b|"
    r"articlebody|storybody|articletext|entry-content|post-content|article__body|story-body|"
    r"body-?copy|bodytext|copytext|richtext|paragraphs?-?wrapper",
    re.I,
)
_LINE = 160  # characters; a longer line is running text
_BODY_HINT = re.compile("body|text|content|story|paragraph", re.I)  # one of them is in all that _BODY matches
_AROUND = frozenset(("nav", "footer", "aside", "menu"))
_WORDY = frozenset(("body", "html", "main", "article"))


@dataclass(slots=True)
class Block:
    """A stretch of text; ``linked`` and ``strong`` count its characters inside links and bold elements."""

    text: str
    tag: str  # of the block element that holds it
    owner: int  # index of that element
    linked: int = 0
    strong: int = 0


@dataclass(slots=True)
class Outline:
    """The blocks of a page and the elements that hold them, both in document order."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)  # of element i; -1 for the root
    tags: list[str] = field(default_factory=list)
    junk: list[bool] = field(default_factory=list)  # whether tag or names of the element itself say so
    names: list[str] = field(default_factory=list)  # class and id
    nodes: list[LexborNode] = field(default_factory=list)
    cut: bool = False  # the page was too large to be read to its end


@lru_cache(maxsize=20_000)
def is_junk(tag: str, names: str) -> bool:
    """Whether tag, class and id of an element say that it stands around an article and not in it."""
    if tag in _AROUND:
        return True
    if not names or tag in _WORDY:
        return False
    words = names.translate(_WORDS).replace("~", " ~").split()
    if _JUNK.isdisjoint(words) and (_FIRST.isdisjoint(words) or _JUNK_PAIRS.isdisjoint(map("-".join, pairwise(words)))):
        return False
    return not (_BODY_HINT.search(names) and _BODY.search(names))


def _bare(buffer: list[str]) -> int:
    return sum(len(text.strip()) for text in buffer)


def outline(root: LexborNode) -> Outline:
    """Return the blocks below ``root`` in one pass.

    The parser hands out nodes in document order and does not say where an element ends: it has ended when a text or
    an element comes whose parent is further up. A parent that was never entered lies in an element that is skipped.
    """
    out = Outline()
    parents, tags, junk, names, nodes, blocks = out.parents, out.tags, out.junk, out.names, out.nodes, out.blocks
    parents.append(-1)
    tags.append(root.tag or "body")
    junk.append(False)
    names.append("")
    nodes.append(root)
    kind_of = _KINDS.get
    buffer: list[str] = []
    linked = strong = 0
    breaks = 0  # <br> seen since the last text
    element = 0  # the block element we are in
    in_link = in_strong = False
    font = set_in = 0  # the <font> we are in, and the one of the last text
    at = root.mem_id  # the element we are in
    entered = {at: 0}  # it and those around it, with their depth
    states = [(at, element, in_link, in_strong, font)]

    def flush() -> None:
        nonlocal linked, strong
        text = tidy("".join(buffer))
        buffer.clear()
        if text:
            blocks.append(Block(text, tags[element], element, min(linked, len(text)), min(strong, len(text))))
        linked = strong = 0

    text = ""
    for node in root.traverse(include_text=True):
        tag = node.tag or ""
        kind = kind_of(tag, _BLOCK)
        if kind == _TEXT:
            text = node.text_content or ""
            if not text or text.isspace():
                if buffer:
                    buffer.append(" ")
                continue
        elif kind == _SKIPPED:
            continue
        parent = node.parent
        above = parent.mem_id if parent is not None else 0
        if above != at:
            depth = entered.get(above)
            if depth is None:
                continue
            at, was, in_link, in_strong, font = states[depth]
            del states[depth + 1 :]
            if was != element:
                if buffer:
                    flush()
                element, breaks = was, 0
        if kind == _TEXT:
            if buffer and (
                breaks > 1  # a blank line, or a bold line above the text: the headline of pages without headings
                or (breaks and strong and not in_strong and strong >= _bare(buffer))
                or (breaks and font != set_in and font and set_in and _bare(buffer) < _LINE)
            ):
                flush()  # or lines that are each set in a type of their own: section, headline and byline of old pages
            breaks, set_in = 0, font
            if in_link:
                linked += len(text.strip())
            if in_strong:
                strong += len(text.strip())
            buffer.append(text)
        elif kind == _BREAK:
            breaks += 1
            if buffer:
                buffer.append(" ")
        elif len(states) <= MAX_DEPTH:
            if kind >= _PLAIN:
                if buffer:
                    flush()
                if node.first_child is None:
                    continue
                breaks = 0
                said = ""
                if kind == _BLOCK:
                    attributes = node.attributes
                    said = attributes.get("class") or ""
                    if value := attributes.get("id"):
                        said = f"{said} {value}"
                    if value := attributes.get("itemprop"):
                        said = f"{said} {value}"
                parents.append(element)
                tags.append(tag)
                names.append(said)
                nodes.append(node)
                junk.append(is_junk(tag, said))
                element = len(parents) - 1
                if element > MAX_ELEMENTS:
                    out.cut = True
                    break
            elif kind == _LINK:
                in_link = True
            elif kind == _STRONG:
                in_strong = True
            elif kind == _FONT:
                font = node.mem_id
            at = node.mem_id
            entered[at] = len(states)
            states.append((at, element, in_link, in_strong, font))
    if buffer:
        flush()
    return out
