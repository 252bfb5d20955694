"""The pictures of an article, the lead first, each with address, caption, credit and date."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.extract import address, captions
from onrecord.extract.clean import tidy
from onrecord.extract.head import Head
from onrecord.extract.jsonld import LinkedData
from onrecord.model import Picture

_MAX_PICTURES = 60
_CAPTION = (
    'figcaption,[class*="caption" i],[class*="legend" i],[class*="bildunter" i],[class*="bildtext" i],[itemprop~="caption"],[class*="credit" i],[class*="copyright" i],'
    '[class*="photographer" i],[class*="pie-foto" i],[class*="image-description" i],[class*="imagetext" i],[class*="bu-text" i],[itemprop~="copyrightHolder"],[itemprop~="author"]'
)
_CREDIT = re.compile(
    r"credit|copyright|source|quelle|photographer|photograph|fotograf|author|autor|byline|attribution|agency|rights|courtesy|kilde|owner|copy(?![a-z])|licen[sc]e|provider|holder|supplier",
    re.I,
)
_NOT_CAPTION = re.compile(r"video|title-card|hidden-label|button|counter|toggle|icon|share", re.I)
_JUNK = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))(?:related|recommend\w*|teaser\w*|promo\w*|sidebar|footer|nav|menu|comments?|avatar|author(?!-?ised)\w*|bio|logo|ads?|advert\w*|newsletter|sponsor\w*|most-?(?:read|popular)|"
    r"trending|popular|more|carousel-related|card-list|byline\w*|social|share|profile|signup|subscribe|outbrain|taboola|onward|recirc\w*|mitarbeiter|autor\w*|cookie\w*|breadcrumb\w*|weather|gallery-thumb\w*|thumbs?|thumbnails|widget)(?:$|[-_\s\d]|(?=[A-Z]))",
    re.I,
)
_SMALL = re.compile(
    r"(?:logo|icon|avatar|sprite|pixel|spacer|blank|tracking|1x1|placeholder|gravatar|emoji|badge|button|flag)", re.I
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)([wx])$")
_MEDIA_ID = re.compile(r"(?:media|image|photo|picture|attachment|asset)[-_ ]?id", re.I)


def find(tree: LexborHTMLParser, head: Head, linked: LinkedData, base: str | None) -> tuple[Picture, ...]:
    """Return the pictures.

    Args:
        tree: the page.
        head: its meta elements; ``og:image`` names the lead where the page shows none.
        linked: its JSON-LD, whose images give captions and credits that the page does not print.
        base: what relative addresses start from.
    """
    found: list[Picture] = []
    keys: dict[str, int] = {}
    seen_holders: set[int] = set()
    for node in tree.css("figure,img,amp-img")[:400]:
        if len(found) >= _MAX_PICTURES:
            break
        image = node if node.tag != "figure" else node.css_first("img,amp-img,video,source")
        if image is None or _is_junk(node):
            continue
        url = _largest(image, base)
        if url is None or _SMALL.search(url.rsplit("/", 1)[-1]) or _tiny(image):
            continue
        key = picture_key(url)
        holder = node if node.tag == "figure" else _holder(image)
        if key in keys:
            if holder is None or holder.mem_id in seen_holders:
                continue
        parts = _parts(holder) if holder is not None else captions.Caption(None, None, None)
        if holder is None and node.tag != "figure":
            continue  # a picture without anything around it that says so: a logo, a teaser
        seen_holders.add(holder.mem_id if holder is not None else 0)
        picture = Picture(_media_id(holder, image), url, parts.text, parts.credit, parts.taken)
        if key in keys:
            if found[keys[key]].caption is None and parts.text:
                found[keys[key]] = picture
            continue
        keys[key] = len(found)
        found.append(picture)
    return _with_claims(found, keys, head, linked, base)


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


def _with_claims(
    found: list[Picture], keys: dict[str, int], head: Head, linked: LinkedData, base: str | None
) -> tuple[Picture, ...]:
    """Add the credits that only the page's data has; name the lead from it where the page shows none."""
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


def _is_junk(node: LexborNode) -> bool:
    parent: LexborNode | None = node
    for _ in range(30):
        if parent is None or parent.tag in ("body", "html"):
            return False
        if parent.tag in ("aside", "nav", "footer", "noscript", "form", "button", "li") and parent.tag != "li":
            return True
        attributes = parent.attributes
        said = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if parent.tag not in ("article", "main") and _JUNK.search(said):
            return True
        parent = parent.parent
    return False


def _holder(image: LexborNode) -> LexborNode | None:
    """Climb from an image to the element that holds it together with its caption, if there is one."""
    parent = image.parent
    for _ in range(5):
        if parent is None or parent.tag in ("body", "html", "main", "article"):
            return None
        if parent.tag == "figure":
            return parent
        if parent.css_first("p + p + p") is not None or len(parent.css("img")) > 3:
            return None
        if parent.css_first(_CAPTION) is not None:
            return parent
        parent = parent.parent
    return None


def _parts(holder: LexborNode) -> captions.Caption:
    texts: list[str] = []
    credits: list[str] = []
    done: set[int] = set()
    nodes = holder.css("figcaption") or holder.css(_CAPTION)
    for node in nodes:
        if node.mem_id in done:
            continue
        for inner in node.css("*"):
            done.add(inner.mem_id)
        said = f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''}"
        if node.tag != "figcaption" and _CREDIT.search(said) and "caption" not in said.lower():
            credits.append(_text(node))
            continue
        inner_credits = [
            n
            for n in node.css("*")
            if _CREDIT.search(
                f"{n.attributes.get('class') or ''} {n.attributes.get('itemprop') or ''} {n.tag if n.tag in ('cite', 'small') else ''}"
            )
        ]
        text = _text(node)
        for inner in inner_credits:
            credit = _text(inner)
            if credit and credit in text and credit != text:
                text = tidy(text.replace(credit, " ", 1))
                credits.append(credit)
            elif credit and credit == text:
                credits.append(credit)
                text = ""
        if text:
            texts.append(text)
    for node in holder.css("*") if not credits else ():
        said = f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''}"
        if (
            _CREDIT.search(said)
            and node.tag not in ("img", "picture", "source", "a")
            and (text := _text(node))
            and len(text) < 120
        ):
            credits.append(text)
            break
    text = " ".join(dict.fromkeys(texts))
    return captions.take_apart(text, next((c for c in credits if c), None))


def _text(node: LexborNode) -> str:
    parts = [part for part in node.text(deep=True, separator="\x00").split("\x00")]
    return tidy(" ".join(part for part in parts if part.strip()))


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
            found = _SIZE.match(width.strip())
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


def _media_id(holder: LexborNode | None, image: LexborNode) -> str | None:
    for node in (image, holder):
        if node is None:
            continue
        for key, value in node.attributes.items():
            if value and _MEDIA_ID.search(key):
                return value
        if found := re.search(
            r"(?:attachment_|wp-image-)(\d+)", f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
        ):
            return found[1]
    return None
