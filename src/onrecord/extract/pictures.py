"""The pictures of an article, the lead first, each with address, caption, credit and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.extract import address, captions
from onrecord.extract.blocks import Outline
from onrecord.extract.clean import fold, tidy
from onrecord.extract.head import Head
from onrecord.extract.jsonld import LinkedData
from onrecord.model import Picture

_MAX_PICTURES = 60
_MAX_IMAGES = 300
_CAPTION = ",".join(
    ['figcaption,[itemprop~="caption"],[itemprop~="copyrightHolder"],[itemprop~="author"]']
    + [
        f'[class*="{word}" i]'
        for word in "caption legend bildunter bildtext credit copyright photographer pie-foto pieFoto infotext img-info image-info imagetext "
        "image-desc img-desc img__desc image__desc photo-desc media--lead media__desc photo__desc picture-desc foto-desc image-text image-source".split()
    ]
)
_CREDIT = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z]))(?:credits?|copyright|copy|source|quelle|photographer|photograph(?:ed)?-?by|fotograf\w*|author|autor|firma|attribution|agency|rights|courtesy|holder|provider|zdroj|kilde|byline)(?:$|[-_\s\d]|(?=[A-Z]))",
    re.I,
)
_NO_TEXT = frozenset(("script", "style", "svg", "button", "noscript", "template", "img", "picture", "video", "source"))
_JUNK = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))(?:related|recommend\w*|teasers?|promos?|sidebar|footer|nav|navbar|menu|comments?|avatar|logo|ads?|advert\w*|newsletter|sponsor\w*|most-?(?:read|popular)|"
    r"trending|popular|card|cards|social|share|profile|signup|subscribe|outbrain|taboola|onward|recirc\w*|cookie\w*|breadcrumbs?|weather|author|bio|byline|mehr-?zum|linklist|more-?(?:stories|news)|read-?(?:more|next|also)|"
    r"(?:story|article|news)-?list|similar\w*|up-?next)(?:$|[-_\s\d]|(?=[A-Z]))"
)
_SMALL = re.compile(r"(?:logo|icon|avatar|sprite|pixel|spacer|blank|tracking|1x1|gravatar|emoji|badge)", re.I)
_WIDTH = re.compile(r"(\d+(?:\.\d+)?)([wx])$")
_MEDIA_ID = re.compile(r"(?:media|image|photo|picture|attachment|asset)[-_ ]?id$", re.I)
_WORDPRESS_ID = re.compile(r"(?:attachment_|wp-image-)(\d+)")


def find(
    tree: LexborHTMLParser, out: Outline, text: tuple[int, int], head: Head, linked: LinkedData, base: str | None
) -> tuple[Picture, ...]:
    """Return the pictures.

    Args:
        tree: the page.
        out: its blocks.
        text: indices of the blocks of the headline and of the text's first paragraph.
        head: its meta elements; ``og:image`` names the lead where the page shows none.
        linked: its JSON-LD, whose images give captions and credits that the page prints elsewhere.
        base: what relative addresses start from.
    """
    around, region = _around(out, text)
    inside: list[tuple[Picture, str]] = []
    outside: list[tuple[Picture, str]] = []
    done: set[int] = set()
    printed = {fold(block.text): block.text for block in out.blocks[: text[1] + 40] if 15 < len(block.text) < 500}
    for node in tree.css("figure,img,amp-img")[:_MAX_IMAGES]:
        if len(inside) >= _MAX_PICTURES:
            break
        if node.mem_id in done:
            continue
        image = node if node.tag != "figure" else node.css_first("img,amp-img,video,source,picture")
        path = _path(node, around)
        if path is None or (image is None and node.tag != "figure"):
            continue
        holder = node if node.tag == "figure" else _holder(node, around)
        if node.tag == "figure":
            done.update(inner.mem_id for inner in node.css("img,figure"))
        parts = _parts(holder) if holder is not None else captions.Caption(None, None, None)
        url = _largest(image, base) if image is not None else None
        alt = tidy((image.attributes.get("alt") or image.attributes.get("title") or "") if image is not None else "")
        if parts.text is None and parts.credit is None and alt:
            parts = captions.take_apart(next((printed[k] for k in _readings(alt) if k in printed), None))
        if parts.text is None and parts.credit is None and (holder is None or url is None):
            continue
        if url and (_SMALL.search(url.rsplit("/", 1)[-1]) or (image is not None and _tiny(image))):
            continue
        picture = Picture(_media_id(holder, image), url, parts.text, parts.credit, parts.taken)
        (inside if path in region else outside).append((picture, picture_key(url) if url else ""))
    found = _merged(inside or [pair for pair in outside[:3] if pair[0].caption])
    return _with_claims(found, head, linked, base, printed)


def picture_key(url: str) -> str:
    """Return what names a picture in its address: without size, format, query and proxy."""
    path = re.split(r"[?#]", url.split("://")[-1])[0]
    parts = [part for part in path.split("/") if part][1:]
    for part in reversed(parts):
        name = re.sub(r"(?:\.(?:jpe?g|png|webp|gif|avif))+$", "", part, flags=re.I)
        name = re.sub(
            r"(?:[-_](?:\d{2,4}x\d{2,4}|w?\d{3,4}w?|scaled|large|medium|small|thumb))+$", "", name, flags=re.I
        )
        if len(name) > 5 and not re.fullmatch(r"[\d_x*-]{1,12}|image|original|default|landscape\w*", name, re.I):
            return name.lower()
    return path.lower()


def _around(out: Outline, text: tuple[int, int]) -> tuple[set[int], set[int]]:
    """Return the elements around headline or text, and those of them that hold no more than the article.

    A picture is judged by the elements between it and the first of these: what is said of an element that
    holds the article too ("with-sidebar") says nothing about the picture.
    """
    chains = []
    for index in text:
        if not 0 <= index < len(out.blocks):
            continue
        at, chain = out.blocks[index].owner, []
        while at >= 0:
            chain.append(at)
            at = out.parents[at]
        chains.append(chain)
    around = {out.nodes[at].mem_id for chain in chains for at in chain}
    common = set(chains[0]).intersection(*chains[1:]) if chains else {0}
    top = max(common, default=0)
    if out.tags[top] in ("body", "html"):
        region = around
    else:
        region = {out.nodes[at].mem_id for chain in chains for at in chain if at >= top}
    return around, region


def _path(node: LexborNode, around: set[int]) -> int | None:
    """Return the first element around the article above a node; ``None`` where junk lies between."""
    parent: LexborNode | None = node
    for _ in range(40):
        if parent is None:
            return None
        if parent.mem_id in around:
            return parent.mem_id
        if parent.tag in ("aside", "nav", "footer", "noscript"):
            return None
        attributes = parent.attributes
        if _JUNK.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
            return None
        if parent.tag == "a" and parent.css_first("h2,h3,h4,p") is not None:
            return None  # a teaser
        parent = parent.parent
    return None


def _holder(image: LexborNode, around: set[int]) -> LexborNode | None:
    """Climb from an image to the element that holds it together with its caption, if there is one."""
    parent = image.parent
    for _ in range(6):
        if parent is None or parent.mem_id in around or parent.tag in ("body", "html", "main", "article"):
            return None
        if len(parent.css("img")) > 3:
            return None
        if parent.css_first(_CAPTION) is not None:
            return parent
        parent = parent.parent
    return None


def _parts(holder: LexborNode) -> captions.Caption:
    nodes = holder.css("figcaption") or holder.css(_CAPTION)
    texts: list[str] = []
    credits: list[str] = []
    done: set[int] = set()
    for node in nodes:
        if node.mem_id in done:
            continue
        done.update(inner.mem_id for inner in node.css("*"))
        for text, credit in _segments(node):
            (credits if credit else texts).append(text)
    if not credits and nodes and nodes[0].tag == "figcaption":
        for node in holder.css(_CAPTION):
            if (
                node.mem_id not in done
                and node.tag != "figcaption"
                and _is_credit(node)
                and (text := tidy(_text(node)))
            ):
                credits.append(text)
                break
    credit = tidy(" ".join(dict.fromkeys(credits)))
    if len(credit) > 160:
        texts, credit = [*texts, credit], ""
    return captions.take_apart(" ".join(dict.fromkeys(texts)), credit or None)


def _segments(node: LexborNode) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a caption with whether each stands in an element for credits."""
    whole = _is_credit(node)
    pieces: list[tuple[str, bool]] = []
    stack: list[tuple[LexborNode, bool]] = [(node, whole)]
    while stack:
        at, credit = stack.pop()
        if at.tag == "-text":
            pieces.append((at.text_content or "", credit))
        elif at.is_element_node and at.tag not in _NO_TEXT:
            inner = credit or (at is not node and _is_credit(at))
            if at.tag in ("p", "div", "br", "li", "span") and pieces:
                pieces.append((" ", pieces[-1][1]))
            stack.extend((child, inner) for child in reversed(list(at.iter(include_text=True))))
    run, state = "", whole
    for text, credit in pieces:
        if credit != state and run.strip():
            yield tidy(run), state
            run = ""
        run, state = run + text, credit
    if run.strip():
        yield tidy(run), state


def _is_credit(node: LexborNode) -> bool:
    attributes = node.attributes
    said = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
    return bool(_CREDIT.search(said)) and not (
        "caption" in said.lower() and not re.search("credit|copyright|author", said, re.I)
    )


def _text(node: LexborNode) -> str:
    return " ".join(text for text, _ in _segments(node))


def _readings(alt: str) -> Sequence[str]:
    return (fold(alt), *(fold(part) for part in re.split(r"\s[|–-]\s|: ", alt, maxsplit=1)[1:]))


def _largest(image: LexborNode, base: str | None) -> str | None:
    attributes = image.attributes
    best, size = None, -1.0
    sets = [attributes.get(key) for key in ("srcset", "data-srcset", "data-lazy-srcset")]
    parent = image.parent
    if parent is not None and parent.tag == "picture":
        sets.extend(
            source.attributes.get("srcset") or source.attributes.get("data-srcset")
            for source in parent.css("source")[:8]
        )
    for text in sets:
        for candidate in re.split(r",\s+", text or ""):
            url, _, width = candidate.strip().partition(" ")
            found = _WIDTH.match(width.strip())
            wide = float(found[1]) if found else 0.0
            if url and not url.startswith("data:") and wide > size:
                best, size = url, wide
    for key in ("data-src", "data-original", "data-lazy-src", "src", "data-full-src", "poster"):
        if best is None and (value := attributes.get(key)) and not value.startswith("data:"):
            best = value
    return address.absolute(best, base)


def _tiny(image: LexborNode) -> bool:
    for key in ("width", "height"):
        value = image.attributes.get(key) or ""
        if value.isdigit() and 0 < int(value) < 80:
            return True
    return False


def _media_id(holder: LexborNode | None, image: LexborNode | None) -> str | None:
    for node in (image, holder):
        if node is None:
            continue
        attributes = node.attributes
        for key, value in attributes.items():
            if value and _MEDIA_ID.search(key):
                return value
        if found := _WORDPRESS_ID.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}"):
            return found[1]
    return None


def _merged(pairs: Sequence[tuple[Picture, str]]) -> list[Picture]:
    found: dict[str, Picture] = {}
    for number, (picture, key) in enumerate(pairs):
        name = key or f"#{number}"
        old = found.get(name)
        if old is None:
            found[name] = picture
        elif old.caption is None and picture.caption:
            found[name] = replace(picture, url=old.url)
    return list(found.values())


def _with_claims(
    found: list[Picture], head: Head, linked: LinkedData, base: str | None, printed: dict[str, str]
) -> tuple[Picture, ...]:
    """Add what only the page's data says; name the lead from it where the page shows none."""
    keys = {picture_key(picture.url): at for at, picture in enumerate(found) if picture.url}
    for claim in linked.pictures:
        url = address.absolute(claim.url, base)
        if url and (at := keys.get(picture_key(url))) is not None and found[at].credit is None:
            found[at] = replace(found[at], credit=captions.clean_credit(claim.credit))
    if found:
        return tuple(found)
    if linked.pictures:
        first = linked.pictures[0]
        parts = captions.take_apart(first.caption, first.credit)
        return (Picture(None, address.absolute(first.url, base), parts.text, parts.credit, parts.taken),)
    url = address.absolute(head.first("og:image", "og:image:url", "twitter:image", "twitter:image:src"), base)
    return (Picture(None, url),) if url and not _SMALL.search(url.rsplit("/", 1)[-1]) else ()
