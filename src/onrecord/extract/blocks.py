"""A page as a list of blocks: one walk over the tree, and no rule after it needs the tree again.

A block is a stretch of text between two block boundaries, however the page was built: ``<p>``, ``<div>``,
``<td>``, or text between two ``<br><br>`` as pages of 2005 had it. Each block knows the element that holds
it, and each element its parent, so that scores can be added up towards the root.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from onrecord.extract.clean import tidy

MAX_ELEMENTS = 150_000  # a page of 20 MB reaches this after about 0.3 s; what follows is not read
MAX_DEPTH = 500  # deeper elements hold no article

_SKIPPED = frozenset(
    "script style noscript svg template iframe object embed select option button textarea canvas audio video map math "
    "head title link meta dialog datalist source track param input img picture frameset noframes figure".split()
)
_INLINE = frozenset(
    "a b i em strong span font abbr acronym cite code q small sub sup u mark time label ins del s strike kbd samp bdi "
    "bdo wbr big tt dfn var data ruby rb rt rp rtc nobr blink output meter progress slot hl1 hl2 o:p st1:place".split()
)
_PLAIN = frozenset("li tr td th tbody thead dt dd center".split())  # whose names are not worth asking for
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# What the class, id and role of an element say about it. The words are those of many content systems.
_JUNK = re.compile(
    r"(?:^|[-_\s/:.]|(?<=[a-z])(?=[A-Z]))"
    r"(?:comments?|commentlist|disqus|livefyre|related|relateds|recommend(?:ed|ation|"
    r"ations|s)?|recirc\w*|newsletters?|nl-?signup|promos?|"
    r"promotion|teasers?|sidebar|share|sharing|sharedaddy|social|socials|sociallinks|"
    r"footer|foot|nav|navbar|navi|navigation|menu|submenu|breadcrumbs?|"
    r"cookies?|cookiebanner|consent|banner|adverts?|advertisement|ads|ad|adsbox|sponsor(?:ed)?|"
    r"subscribe|subscription|login|signin|signup|register|popup|modal|"
    r"overlay|taglist|tags|tag-list|mostread|most-read|mostpopular|most-popular|popular|"
    r"trending|outbrain|taboola|plista|"
    r"widgets?|toolbar|tools|pagination|pager|paging|skip|skiplink|copyright|disclaimer|"
    r"feedback|rating|ratings|poll|quiz|donate|donation|"
    r"rss|hidden|visually-hidden|visuallyhidden|screen-reader-text|sr-only|noprint|no-print|"
    r"print-only|author-?(?:bio|box|info|card|profile)|about-?author|"
    r"bio|caption|figcaption|wp-caption-text|gallery|slideshow|carousel|slider|lightbox|photo-credit|"
    r"credit|credits|byline|bylines|dateline|timestamp|metadata|post-meta|postmeta|entry-meta|"
    r"article-meta|meta|meta-?info|pubdate|published|"
    r"twitter-tweet|instagram-media|tiktok-embed|more-?(?:stories|news|on|articles)|read-?(?:more|"
    r"next|also)|readmore|see-?also|also-?read|up-?next|linklist|links|onward|topics?|"
    r"kicker|eyebrow|flag|infobox|factbox-?title|audio-?player|player|video|toc|table-of-contents|"
    r"paywall|piano|regwall|toast|tooltip|hashtag|hashtags)"
    r"(?:$|[-_\s/:.\d]|(?<=[a-z])(?=[A-Z]))"
)
_BODY = re.compile(
    r"(?:article|story|post|entry|news|content|page|main|text|artikel|single|detail)[-_]{0,"
    r"2}(?:body|text|content|copytext|story)\b|"
    r"articlebody|storybody|articletext|entry-content|post-content|article__body|story-body|"
    r"body-?copy|bodytext|copytext|richtext|paragraphs?-?wrapper",
    re.I,
)
_WORDY = frozenset(("body", "html", "main", "article"))

JUNK, BODY, HEADER = 1, 2, 4


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
    marks: list[int] = field(default_factory=list)  # JUNK | BODY | HEADER, of the element itself
    names: list[str] = field(default_factory=list)  # class and id
    nodes: list[LexborNode] = field(default_factory=list)
    cut: bool = False  # the page was too large to be read to its end


@lru_cache(maxsize=20_000)
def mark_of(tag: str, names: str) -> int:
    """Return what an element's tag, class and id say about it."""
    if tag in ("nav", "footer", "aside", "menu"):
        return JUNK
    mark = HEADER if tag == "header" else 0
    if not names or tag in _WORDY:
        return mark
    if _BODY.search(names):
        return mark | BODY
    return mark | JUNK if _JUNK.search(names) else mark


def _bare(buffer: list[str]) -> int:
    return sum(len(text.strip()) for text in buffer)


def outline(root: LexborNode) -> Outline:
    """Return the blocks below ``root`` in one pass, without recursion."""
    out = Outline()
    parents, tags, marks, names, blocks = out.parents, out.tags, out.marks, out.names, out.blocks
    parents.append(-1)
    tags.append(root.tag or "body")
    marks.append(0)
    names.append("")
    out.nodes.append(root)
    buffer: list[str] = []
    linked = strong = 0
    breaks = 0  # <br> seen since the last text
    element = 0  # the block element we are in
    in_link = in_strong = 0
    # what to put back when an element ends: (element, closes a block, in_link, in_strong)
    stack: list[tuple[LexborNode, int, bool, int, int]] = []

    def flush() -> None:
        nonlocal linked, strong
        text = tidy("".join(buffer))
        buffer.clear()
        if text:
            blocks.append(Block(text, tags[element], element, min(linked, len(text)), min(strong, len(text))))
        linked = strong = 0

    node = root.first_child
    while True:
        if node is None:
            if not stack:
                break
            node, was, closes, in_link, in_strong = stack.pop()
            if closes:
                if buffer:
                    flush()
                element, breaks = was, 0
            node = node.next
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            if text and not text.isspace():
                if buffer and (breaks > 1 or (breaks and strong and not in_strong and strong >= _bare(buffer))):
                    flush()  # a blank line, or a bold line above the text: the headline of pages without headings
                breaks = 0
                if in_link:
                    linked += len(text.strip())
                if in_strong:
                    strong += len(text.strip())
                buffer.append(text)
            elif buffer:
                buffer.append(" ")
        elif tag == "br":
            breaks += 1
            if buffer:
                buffer.append(" ")
        elif tag is None or tag in _SKIPPED or not node.is_element_node:
            pass
        else:
            child = node.first_child
            if child is not None and len(stack) < MAX_DEPTH:
                if tag in _INLINE:
                    stack.append((node, element, False, in_link, in_strong))
                    if tag == "a":
                        in_link = 1
                    elif tag in ("b", "strong"):
                        in_strong = 1
                else:
                    if buffer:
                        flush()
                    breaks = 0
                    stack.append((node, element, True, in_link, in_strong))
                    said = ""
                    if tag not in _PLAIN:
                        attributes = node.attributes
                        said = attributes.get("class") or ""
                        if value := attributes.get("id"):
                            said = f"{said} {value}"
                        if value := attributes.get("itemprop"):
                            said = f"{said} {value}"
                    parents.append(element)
                    tags.append(tag)
                    names.append(said)
                    out.nodes.append(node)
                    marks.append(mark_of(tag, said))
                    element = len(parents) - 1
                    if element > MAX_ELEMENTS:
                        out.cut = True
                        break
                node = child
                continue
            if buffer and tag not in _INLINE:
                flush()
        node = node.next
    if buffer:
        flush()
    return out
