"""The pictures of an article, the lead first, each with address, caption, credit and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.extract import address, captions
from onrecord.extract.blocks import HEADINGS, Outline
from onrecord.extract.clean import fold, tidy
from onrecord.extract.head import Head
from onrecord.extract.jsonld import LinkedData
from onrecord.model import Picture

_MAX_PICTURES = 60
_MAX_IMAGES = 300
_CAPTION = (
    "figcaption,[class*=caption i],[class*=legend i],[class*=bildunter i],[class*=bildtext "
    "i],[class*=credit i],[class*=copyright i],"
    "[class*=photographer i],[class*=infotext i],[itemprop~=caption],[itemprop~=copyrightHolder]"
)
_CAPTION_NAME = re.compile("caption|credit|legend|bildunter|copyright", re.I)
_CREDIT = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z]))(?:credits?|copyright|copy|source|quelle|photographer|photograph(?:ed)?-?by|"
    r"fotograf\w*|firma|attribution|agency|rights|courtesy|holder|provider|zdroj|kilde)(?:$|"
    r"[-_\s\d]|(?=[A-Z]))",
    re.I,
)
_TIGHT = frozenset("a b i em strong font abbr cite q small sub sup u mark".split())
_NO_TEXT = frozenset(("script", "style", "svg", "button", "noscript", "template", "img", "picture", "video", "source"))
_JUNK = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))(?:related|recommend\w*|sidebar|footer|nav|navbar|"
    r"menu|comments?|avatar|logo|ads?|advert\w*|newsletter|sponsor\w*|most-?(?:read|popular)|"
    r"trending|popular|social|share|profile|signup|subscribe|outbrain|taboola|onward|"
    r"recirc\w*|cookie\w*|breadcrumbs?|video|videos|player|jwplayer|mediaplayer|weather|"
    r"bio|mehr-?zum|linklist|more-?(?:stories|news)|read-?(?:more|next|also)|"
    r"(?:story|article|news)-?list|similar\w*|up-?next)(?:$|[-_\s\d]|(?=[A-Z]))"
)
# These stand on teasers of other articles and on lead pictures alike: what is linked inside decides.
_MAYBE_JUNK = re.compile(r"teaser|promo|card|author|byline|preview|list", re.I)
_SAYING = frozenset("alt title data-caption data-credit data-copyright data-source data-photographer".split())
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
    around, region, top = _around(out, text)
    inside: list[tuple[Picture, str]] = []
    outside: list[tuple[Picture, str]] = []
    done: set[int] = set()
    known: dict[int, int | None] = {}
    near = out.blocks[max(0, text[0] - 10) : text[1] + 3]
    title = fold(out.blocks[text[0]].text) if out.blocks else ""
    printed = [b.text for b in near if 12 < len(b.text) < 500 and b.tag not in HEADINGS and fold(b.text) != title]
    for node in _images(tree, top):
        if len(inside) >= _MAX_PICTURES:
            break
        if node.mem_id in done:
            continue
        image = node if node.tag != "figure" else node.css_first("img,amp-img") or node.css_first("video,source")
        path = _path(node, around, known)
        if path is None or (image is None and node.tag != "figure"):
            continue
        url = _largest(image, base) if image is not None else None
        if url and (_SMALL.search(url.rsplit("/", 1)[-1]) or (image is not None and _tiny(image))):
            continue
        holder = node if node.tag == "figure" and node.css_first("figcaption") is not None else _holder(node, around)
        if holder is not None:
            done.update(inner.mem_id for inner in holder.css("img,figure"))
        parts = _parts(holder) if holder is not None else captions.Caption(None, None, None)
        if image is not None:
            parts = _from_attributes(parts, image, printed)
        if parts.text is None and parts.credit is None and (url is None or (holder is None and not _wide(image))):
            continue
        picture = Picture(_media_id(holder, image), url, parts.text, parts.credit, parts.taken)
        (inside if path in region else outside).append((picture, picture_key(url) if url else ""))
    found = _merged(inside or [pair for pair in outside[:3] if pair[0].caption])
    return _with_claims(found, head, linked, base)


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


def _images(tree: LexborHTMLParser, top: LexborNode) -> Iterator[LexborNode]:
    """Yield the figures and images of the article's element; where it has none, those of the page."""
    inside = top.css("figure,img,amp-img")
    yield from (inside or tree.css("figure,img,amp-img"))[:_MAX_IMAGES]


def _around(out: Outline, text: tuple[int, int]) -> tuple[set[int], set[int], LexborNode]:
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
    return around, region, out.nodes[top]


def _path(node: LexborNode, around: set[int], known: dict[int, int | None]) -> int | None:
    """Return the first element around the article above a node; ``None`` where junk lies between.

    ``known`` keeps the answer for every element passed, for pictures stand in rows.
    """
    passed: list[int] = []
    answer: int | None = None
    parent: LexborNode | None = node
    for _ in range(40):
        if parent is None:
            break
        at = parent.mem_id
        if at in around:
            answer = at
            break
        if at in known:
            answer = known[at]
            break
        passed.append(at)
        if _is_junk(parent):
            break
        parent = parent.parent
    known.update(dict.fromkeys(passed, answer))
    return answer


def _is_junk(node: LexborNode) -> bool:
    tag = node.tag
    if tag in ("aside", "nav", "footer", "noscript"):
        return True
    attributes = node.attributes
    verdict = _junk_name(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
    return verdict == 2 or ((verdict == 1 or tag in ("a", "li", "article")) and _is_teaser(node))


@lru_cache(maxsize=10_000)
def _junk_name(said: str) -> int:
    """Return 2 for names of junk, 1 for names that junk and lead pictures share, else 0."""
    return 2 if _JUNK.search(said) else 1 if _MAYBE_JUNK.search(said) else 0


def _is_teaser(node: LexborNode) -> bool:
    if node.tag == "a":
        return node.css_first("h2,h3,h4,p") is not None or len(node.text().strip()) > 40
    return any(len(link.text().strip()) > 25 for link in node.css("a")[:6])


def _holder(image: LexborNode, around: set[int]) -> LexborNode | None:
    """Climb from an image to the largest element that holds it and its caption but nothing of the article."""
    best: LexborNode | None = image if image.tag == "figure" else None
    box, parent = image, image.parent
    for _ in range(7):
        if parent is None or parent.mem_id in around or parent.tag in ("body", "html", "main", "article", "p", "td"):
            break
        if parent.css_first("h1,h2,h3,ul,ol,form") is not None or len(parent.css("img")) > 3:
            break
        text = parent.text().strip()
        if len(text) > 1500:
            break
        if parent.css_first(_CAPTION) is not None or (
            text and not any(link.text().strip() for link in parent.css("a")[:4])
        ):
            best = parent
        box, parent = parent, parent.parent
    return best if best is not None else _beside(box)


def _beside(box: LexborNode) -> LexborNode | None:
    """Return the caption that stands right behind a picture's element, where it calls itself one."""
    sibling = box.next
    for _ in range(4):
        if sibling is None:
            return None
        named_so = _CAPTION_NAME.search(sibling.attributes.get("class") or "") if sibling.is_element_node else None
        if sibling.tag in ("p", "h1", "h2") and not named_so:
            return None
        if sibling.is_element_node and _text(sibling):
            named = sibling.css_first(_CAPTION)
            return sibling if named is not None and len(_text(sibling)) < 500 else None
        sibling = sibling.next
    return None


def _parts(holder: LexborNode) -> captions.Caption:
    """Take a picture's element apart: its caption elements where it has some, else all the text in it."""
    nodes = holder.css("figcaption") or holder.css(_CAPTION)
    texts: list[str] = []
    credits: list[str] = []
    done: set[int] = set()
    for node in nodes or [holder]:
        if node.mem_id in done:
            continue
        done.update(inner.mem_id for inner in node.css("*"))
        for text, credit in _segments(node):
            (credits if credit else texts).append(text)
    if nodes and not credits:  # the credit may stand outside the caption: over the picture, in its corner
        inside = {text for node in nodes for text, _ in _segments(node)}
        for text, credit in _segments(holder):
            if text not in inside and len(text) < 160 and credit:
                credits.append(text)
    joined = tidy(" ".join(dict.fromkeys(credits)))
    if len(joined) > 160 or (not texts and len(joined) > 60 and captions.split_credit(joined)[1]):
        texts, joined = [*texts, joined], ""  # the whole caption stands in an element named after its credit
    return captions.take_apart(" ".join(dict.fromkeys(texts)), joined or None)


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
            if at.tag not in _TIGHT and pieces:
                pieces.append(("\n", pieces[-1][1]))
            stack.extend((child, inner) for child in reversed(list(at.iter(include_text=True))))
    run, state = "", whole
    for text, credit in (*pieces, ("\n", whole)):
        head, *lines = text.split("\n") if text == "\n" else (text,)
        if (credit != state or lines) and (line := tidy(run)):
            yield line, state or captions.is_credit_line(line)
        run = head if credit != state or lines else run + head
        state = credit


def _is_credit(node: LexborNode) -> bool:
    attributes = node.attributes
    said, prop = attributes.get("class"), attributes.get("itemprop")
    return _credit_name(f"{said or ''} {prop or ''}") if said or prop else False


@lru_cache(maxsize=10_000)
def _credit_name(said: str) -> bool:
    return bool(_CREDIT.search(said)) and not (
        "caption" in said.lower() and not re.search("credit|copyright|author", said, re.I)
    )


def _text(node: LexborNode) -> str:
    return " ".join(text for text, _ in _segments(node))


def _from_attributes(parts: captions.Caption, image: LexborNode, printed: Sequence[str]) -> captions.Caption:
    """Complete a caption from what the image says of itself, as far as the page prints it too."""
    attributes = image.attributes
    said: dict[str, str] = {key: tidy(value) for key, value in attributes.items() if value and key in _SAYING}
    if parts.text is None and (caption := said.get("data-caption")):
        parts = captions.take_apart(caption, parts.credit)
    if parts.text is None:
        for alt in (said.get("alt", ""), said.get("title", "")):
            for reading in (alt, *re.split(r"\s[|–-]\s", alt, maxsplit=1)[1:]) if len(alt) > 12 else ():
                line = next(
                    (text for text in printed if text.startswith(reading) and len(text) < len(reading) + 120), None
                )
                if line:
                    rest = line[len(reading) :].strip()
                    parts = captions.take_apart(reading, rest or parts.credit)
    if parts.credit is None:
        own = next(
            (said[key] for key in ("data-credit", "data-copyright", "data-source", "data-photographer") if key in said),
            None,
        )
        credit = own or next(
            (found for key in ("title", "alt") if (found := captions.split_credit(said.get(key, ""))[1])), None
        )
        if credit and len(credit) < 100 and not credit.startswith("http"):
            parts = parts._replace(credit=captions.clean_credit(credit))
    return parts


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


def _wide(image: LexborNode | None) -> bool:
    """Whether an image says that it is as wide as a text column; without a caption only those count."""
    value = (image.attributes.get("width") or "") if image is not None else ""
    return value.isdigit() and int(value) >= 400


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


def _with_claims(found: list[Picture], head: Head, linked: LinkedData, base: str | None) -> tuple[Picture, ...]:
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
