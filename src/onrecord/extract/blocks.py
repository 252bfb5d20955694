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

# The same by the parser's number of a tag, which is quicker to get than its name, as met. What HTML does not know has a
# number of its own in each document, and a large one.
_KNOWN: dict[int, tuple[int, str]] = {}
_OWN_NUMBERS = 1_000

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
_WORDS = re.compile(r"(?<![^\s_/:.-])[^\s_/:.0-9A-Z-]+")
_BODY = re.compile(
    r"(?:article|story|post|entry|news|content|page|main|text|artikel|single|detail)[-_]{0,"
    r"2}(?:body|text|content|copytext|story)\b|"
    r"articlebody|storybody|articletext|entry-content|post-content|article__body|story-body|"
    r"body-?copy|bodytext|copytext|richtext|paragraphs?-?wrapper",
    re.I,
)
_LINE = 160  # characters; a longer line is running text
_BODY_HINTS = ("body", "text", "content", "story", "paragraph")  # one of them is in all that _BODY matches
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
    words = _WORDS.findall(names)
    if _JUNK.isdisjoint(words) and (_FIRST.isdisjoint(words) or _JUNK_PAIRS.isdisjoint(map("-".join, pairwise(words)))):
        return False
    lower = names.lower()
    return not (any(hint in lower for hint in _BODY_HINTS) and _BODY.search(names))


def _bare(buffer: list[str]) -> int:
    return sum(len(text.strip()) for text in buffer)


def outline(root: LexborNode) -> Outline:
    """Return the blocks below ``root`` in one pass; only elements that hold a text are asked for their names."""
    out = Outline([], [-1], [root.tag or "body"], [False], [""], [root])
    blocks, tags = out.blocks, out.tags
    kind_of = _KNOWN.get
    buffer: list[str] = []
    linked = strong = 0
    breaks = 0  # <br> seen since the last text
    in_link = in_strong = False
    font = set_in = 0  # the <font> we are in, and the one of the last text
    path: list[tuple[LexborNode, int, bool, bool, int]] = []  # the elements we are in, and what was so before each
    around = [(root, _BLOCK, tags[0])]  # the block elements we are in
    numbers = [0]  # theirs; -1 of one in which no text was found yet
    entered = 0

    def end_block(linked: int, strong: int) -> None:
        text = tidy("".join(buffer))
        buffer.clear()
        if text:
            if numbers[-1] < 0:
                _enter(out, around, numbers)
            owner, length = numbers[-1], len(text)
            blocks.append(
                Block(text, tags[owner], owner, linked and min(linked, length), strong and min(strong, length))
            )

    node = root.first_child
    while True:
        if node is None:
            if not path:
                break
            node, kind, in_link, in_strong, font = path.pop()
            if kind >= _PLAIN:
                if buffer:
                    end_block(linked, strong)
                    linked = strong = 0
                around.pop()
                numbers.pop()
                breaks = 0
            node = node.next
            continue
        kind, tag = kind_of(node.tag_id) or _kind(node)
        if kind == _TEXT:
            text = node.text_content or ""
            if not text or text.isspace():
                if buffer:
                    buffer.append(" ")
            else:
                if buffer and (
                    breaks > 1  # a blank line, or a bold line above the text: the headline of pages without headings
                    or (breaks and strong and not in_strong and strong >= _bare(buffer))
                    or (breaks and font != set_in and font and set_in and _bare(buffer) < _LINE)
                ):
                    # or lines set in a type of their own each: section, headline and byline of old pages
                    end_block(linked, strong)
                    linked = strong = 0
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
        elif kind != _SKIPPED and len(path) < MAX_DEPTH:
            if kind >= _PLAIN and buffer:
                end_block(linked, strong)
                linked = strong = 0
            child = node.first_child
            if child is not None:
                path.append((node, kind, in_link, in_strong, font))
                if kind >= _PLAIN:
                    around.append((node, kind, tag))
                    numbers.append(-1)
                    breaks = 0
                    entered += 1
                    if entered > MAX_ELEMENTS:
                        out.cut = True
                        break
                elif kind == _LINK:
                    in_link = True
                elif kind == _STRONG:
                    in_strong = True
                elif kind == _FONT:
                    font = node.mem_id
                node = child
                continue
        node = node.next
    if buffer:
        end_block(linked, strong)
    return out


def _enter(out: Outline, around: list[tuple[LexborNode, int, str]], numbers: list[int]) -> None:
    """Number the elements around a text that have no number yet: what holds no text is no part of the outline."""
    first = len(numbers) - 1
    while numbers[first - 1] < 0:
        first -= 1
    for at in range(first, len(numbers)):
        node, kind, tag = around[at]
        said = ""
        if kind == _BLOCK:
            attributes = node.attributes
            said = attributes.get("class") or ""
            if value := attributes.get("id"):
                said = f"{said} {value}"
            if value := attributes.get("itemprop"):
                said = f"{said} {value}"
        numbers[at] = len(out.parents)
        out.parents.append(numbers[at - 1])
        out.tags.append(tag)
        out.names.append(said)
        out.nodes.append(node)
        out.junk.append(is_junk(tag, said))


def _kind(node: LexborNode) -> tuple[int, str]:
    """Return what becomes of a node, and its tag."""
    tag = node.tag or ""
    found = _KINDS.get(tag, _BLOCK), tag
    if node.tag_id < _OWN_NUMBERS:
        _KNOWN[node.tag_id] = found
    return found
