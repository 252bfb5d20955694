"""The pictures of an article, the lead first, each with address, caption, credit and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.extract import address, captions, images, legends
from onrecord.extract.blocks import HEADINGS, Outline
from onrecord.extract.clean import fold, tidy
from onrecord.extract.head import Head
from onrecord.extract.images import Attributes
from onrecord.extract.jsonld import LinkedData, LinkedPicture
from onrecord.extract.roles import CAPTION, CREDIT, role_of
from onrecord.model import Picture

_MAX_PICTURES = 60
_MAX_IMAGES = 300
_IMAGES = "img,amp-img,figure"
_JUNK = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))(?:related|recommend\w*|sidebar|footer|nav|navbar|"
    r"menu|comments?|avatar|logo|ads?|advert\w*|newsletter|sponsor\w*|most-?(?:read|popular)|"
    r"trending|popular|social|share|profile|signup|subscribe|outbrain|taboola|onward|"
    r"recirc\w*|cookie\w*|breadcrumbs?|weather|"
    r"bio|mehr-?zum|linklist|more-?(?:stories|news)|read-?(?:more|next|also)|"
    r"(?:story|article|news)-?list|similar\w*|up-?next|paywall|app-?(?:promo|download|store))(?:$|[-_\s\d]|(?=[A-Z]))"
)
# A film's still is a picture of the article where a figure with a caption holds it.
_VIDEO = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))(?:videos?|player|jwplayer|media-?player)(?:$|[-_\s\d]|(?=[A-Z]))"
)
# Of those who write, not of what is written about.
_PORTRAIT = re.compile(
    r"(?:author|autor(?!is)|byline|contributor|columnist|writer|reporter|journalist)\w*[-_]{0,2}(?:\w*[-_])?(?:im(?:age|g)|photo|foto|"
    r"pic|picture|thumb|portrait|avatar|bio|box|card|info|head\w*|profile)",
    re.I,
)
_ENLARGES = re.compile(r"zoom|lightbox|gallery|fancybox|fresco|swipe|enlarge", re.I)
_SHOWS = re.compile(r"^#|^javascript|\.(?:jpe?g|png|webp|gif)|photo|foto|picture|image|bild|galer|slide|media", re.I)
_FACE = re.compile(r"(?:^|[-_\s])(?:avatar|logo|gravatar|icon|author)(?:$|[-_\s])", re.I)
# These stand on teasers of other articles and on lead pictures alike: what is linked inside decides.
_MAYBE_JUNK = re.compile(r"teaser|promo|card|author|byline|preview|list", re.I)
_MEDIA_BLOCK = re.compile(r"(?:(?:Media|Image|Picture|Photo) ?ID|رقم الصورة)\s*:", re.I)
_SAID_CREDIT = (
    "data-credit",
    "data-credits",
    "data-copyright",
    "data-source",
    "data-photographer",
    "data-author",
    "data-byline",
)
_SAID_CAPTION = ("data-caption", "data-title-caption", "data-sub-html", "data-description", "data-image-caption")


@dataclass(frozen=True, slots=True)
class _Found:
    picture: Picture
    key: str
    inside: bool  # of the article's own element
    worded: bool  # it has a caption or a credit


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
    while text[1] + 1 < len(out.blocks) and _is_legend(out, text[1]):
        text = (text[0], text[1] + 1)  # what stands at the head of the text is the picture's
    place = _Place.of(out, text)
    page = _Page(_claims(head, linked, base), {fold(name) for name in linked.authors}, base)
    found = page.pictures(place.top.css(_IMAGES), place)
    if not any(one.inside for one in found) and out.nodes and place.top.mem_id != out.nodes[0].mem_id:
        found = [one for one in page.pictures(tree.css(_IMAGES), place) if one.worded]
    pictures = _with_claims(_merged(found), page.claims)
    if pictures and pictures[0].credit is None:
        pictures[0] = _told_apart(pictures[0], out, text)
    return tuple(pictures)


def _is_legend(out: Outline, index: int) -> bool:
    """Whether a block that was taken for the text's first is a caption, a credit or a media block."""
    block = out.blocks[index] if index >= 0 else None
    if block is None:
        return False
    role = role_of(out.tags[block.owner], out.names[block.owner])
    return role in (CAPTION, CREDIT) or bool(_MEDIA_BLOCK.match(block.text))


class _Place:
    """Where the article stands: the elements around headline and text, and what lies between them and a picture.

    A picture is judged by the elements between it and the first of these: what is said of an element that
    holds the article too ("with-sidebar") says nothing about the picture.
    """

    def __init__(self, around: set[int], region: set[int], near: set[int], top: LexborNode) -> None:
        self.around = around
        self.region = region  # those of them that hold no more than the article
        self.near = near  # those right around the text
        self.top = top
        self._known: dict[int, int | None] = {}

    @classmethod
    def of(cls, out: Outline, text: tuple[int, int]) -> _Place:
        """Find the place from the blocks of headline and first paragraph."""
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
        region = around
        if out.tags[top] not in ("body", "html"):
            region = {out.nodes[at].mem_id for chain in chains for at in chain if at >= top}
        near = {out.nodes[at].mem_id for chain in chains[-1:] for at in chain[:3] if at >= top}
        return cls(around, region, near, out.nodes[top])

    def path(self, node: LexborNode) -> int | None:
        """Return the first element around the article above a node; ``None`` where junk lies between.

        The answer is kept for every element passed, for pictures stand in rows.
        """
        passed: list[int] = []
        answer: int | None = None
        film = False
        parent: LexborNode | None = node
        for _ in range(40):
            if parent is None:
                break
            at = parent.mem_id
            if at in self.around or at in self._known:
                answer = None if film else self._known.get(at, at)
                break
            passed.append(at)
            if parent.tag == "figure":
                film = False
            verdict = _junk(parent)
            if verdict == 2:
                break
            film = film or verdict == 3
            parent = parent.parent
        if not film:
            self._known.update(dict.fromkeys(passed, answer))
        return answer


def _junk(node: LexborNode) -> int:
    """Return 2 where an element holds no picture of the article, 3 where it holds a film, else 0."""
    tag = node.tag
    if tag in ("aside", "nav", "footer", "noscript"):
        return 2
    attributes = node.attributes
    if tag in ("img", "picture", "figure"):
        return 2 if attributes and _FACE.search(attributes.get("class") or "") else 0
    verdict = _junk_name(f"{attributes.get('class') or ''} {attributes.get('id') or ''}") if attributes else 0
    if verdict < 2 and (verdict == 1 or tag in ("a", "li", "article")) and _is_teaser(node):
        return 2
    return verdict if verdict > 1 else 0


@lru_cache(maxsize=10_000)
def _junk_name(said: str) -> int:
    """Return 2 for names of junk, 3 for those of films, 1 for names that junk and lead pictures share, else 0."""
    if "[" in said or ":" in said:  # classes that say how it looks may hold any word
        said = " ".join(name for name in said.split() if "[" not in name and ":" not in name)
    if _JUNK.search(said) or _PORTRAIT.search(said):
        return 2
    if _VIDEO.search(said) and not re.search("image|photo|picture", said, re.I):
        return 3
    return 1 if _MAYBE_JUNK.search(said) else 0


def _is_teaser(node: LexborNode) -> bool:
    if node.tag == "a":
        if (node.parent is not None and node.parent.tag == "figure") or _ENLARGES.search(
            node.attributes.get("class") or ""
        ):
            return node.css_first("h2,h3,h4") is not None  # else the picture and its caption lead to its gallery
        length = len(node.text().strip())
        if (
            length > 12
            and node.css_first("figure") is not None
            and not _SHOWS.search(node.attributes.get("href") or "#")
        ):
            return True
        return length > 40 or node.css_first("h2,h3,h4,p") is not None
    return any(len(link.text().strip()) > 25 for link in node.css("a")[:6])


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of the pictures before they are looked at."""

    claims: dict[str, LinkedPicture]
    writers: set[str]
    base: str | None

    def pictures(self, nodes: Sequence[LexborNode], place: _Place) -> list[_Found]:
        """Return what the images show, and the figures without one."""
        found: list[_Found] = []
        for node in nodes[:_MAX_IMAGES]:
            if len(found) >= _MAX_PICTURES:
                break
            if node.tag == "figure" and node.css_first("img,amp-img") is not None:
                continue
            path = place.path(node)
            if path is not None and (one := self._picture(node, path, place)):
                found.append(one)
        return found

    def _picture(self, node: LexborNode, path: int, place: _Place) -> _Found | None:
        """Return the picture that an image or figure shows; ``None`` where it is none of the article's."""
        attributes = node.attributes
        figure = node.tag == "figure"
        url = images.in_markup(node, self.base) if figure else images.largest(node, attributes, self.base)
        if url is None and figure and node.css_first("a,blockquote") is not None:
            return None
        if url is not None and images.is_no_picture(url):
            return None
        width, height = images.size(attributes, url or "")
        if 0 < width < 80 or 0 < height < 80:
            return None
        key = images.key(url) if url else ""
        claim = self.claims.get(key)
        if self.writers and fold(attributes.get("alt") or "-") in self.writers and (claim is None or width == height):
            return None
        legend = legends.around(node, place.around, _said(attributes, claim))
        parts = _completed(legend.parts, attributes, claim)
        worded = parts.text is not None or parts.credit is not None
        if (url is None and (parts.text is None or parts.credit is None)) or fold(parts.text or "-") in self.writers:
            return None
        if url is not None and not worded and claim is None:
            small = 0 < width <= 200 and 0 < height <= 200
            alone = not (legend.holder or width >= 400 or path in place.near)
            if small or alone or not images.looks_like_one(url):
                return None
        holder = legend.holder.attributes if legend.holder is not None else {}
        picture = Picture(
            legend.media_id or images.media_id(attributes, holder), url, parts.text, parts.credit, parts.taken
        )
        return _Found(picture, key, path in place.region, worded)


def _said(attributes: Attributes, claim: LinkedPicture | None) -> list[str]:
    """Return what an image shows in the words of its attributes and of the page's data."""
    texts = [attributes.get("alt"), attributes.get("title"), *(attributes.get(name) for name in _SAID_CAPTION)]
    if claim is not None:
        texts.append(claim.caption)
    return list(dict.fromkeys(text for value in texts if value and len(text := tidy(value)) > 3))


def _completed(parts: captions.Caption, attributes: Attributes, claim: LinkedPicture | None) -> captions.Caption:
    """Complete what the page prints from what the image says of itself and the page's data say of it."""
    if parts.text is None and (
        said := next((value for name in _SAID_CAPTION if (value := attributes.get(name))), None)
    ):
        plain = tidy(re.sub(r"<[^>]{0,300}>", " ", said)) if "<" in said else said
        if plain[:1] not in "{[#" and len(plain) > 12:
            parts = captions.take_apart(plain, parts.credit)
    if parts.credit is None:
        said = (
            next((value for name in _SAID_CREDIT if (value := attributes.get(name))), None)
            or next(
                (
                    found
                    for name in ("title", "alt")
                    if (found := captions.split_credit(tidy(attributes.get(name) or ""))[1])
                ),
                None,
            )
            or (claim.credit if claim is not None else None)
        )
        credit = captions.clean_credit(said)
        if credit and len(credit) < 120 and not credit.startswith("http"):
            parts = parts._replace(text=None if fold(parts.text or "") == fold(credit) else parts.text, credit=credit)
    return parts


def _claims(head: Head, linked: LinkedData, base: str | None) -> dict[str, LinkedPicture]:
    """Return the pictures that the page's data name, by what names them; the first is the lead."""
    claims: dict[str, LinkedPicture] = {}
    named = head.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    for claim in (*linked.pictures, *([LinkedPicture(named, None, None)] if named else [])):
        url = claim.url if claim.url.startswith("http") else address.absolute(claim.url, base)
        if url and not images.is_no_picture(url):
            claims.setdefault(images.key(url), replace(claim, url=url))
    return claims


def _merged(found: Sequence[_Found]) -> list[Picture]:
    """Make one picture of those that are the same: by name, or with the same caption and nearly the same name."""
    pictures: dict[str, Picture] = {}
    captioned: dict[str, str] = {}
    for number, one in enumerate(found):
        picture, name = one.picture, one.key or f"#{number}"
        twin = captioned.get(picture.caption or "")
        if twin is not None and (not one.key or twin.startswith("#") or twin[:12] == name[:12]):
            known = pictures[twin]
            pictures[twin] = replace(
                known, url=known.url or picture.url, id=known.id or picture.id, credit=known.credit or picture.credit
            )
            continue
        old = pictures.get(name)
        if old is None:
            pictures[name] = picture
        elif old.caption is None and picture.caption:
            pictures[name] = replace(picture, url=old.url, id=old.id or picture.id, credit=picture.credit or old.credit)
        if picture.caption:
            captioned.setdefault(picture.caption, name)
    return list(pictures.values())


def _with_claims(found: list[Picture], claims: dict[str, LinkedPicture]) -> list[Picture]:
    """Name the lead from the page's data where the page shows none that the page says anything about."""
    if not claims or any(picture.caption or picture.credit or _key(picture) in claims for picture in found[:3]):
        return found
    first = next(iter(claims.values()))
    parts = captions.take_apart(first.caption, first.credit)
    return [Picture(None, first.url, parts.text, parts.credit, parts.taken), *found]


def _told_apart(lead: Picture, out: Outline, text: tuple[int, int]) -> Picture:
    """Complete the lead from what the page says of it elsewhere: under the headline, or at the end of the text."""
    if lead.caption is None:
        for block in out.blocks[max(0, text[0] - 3) : text[1]]:
            if block.tag in HEADINGS or not 3 < len(block.text) <= 500:
                continue
            parts = legends.inside(out.nodes[block.owner])
            if parts is None and block.tag != "p" and block.text[-1] in ")]":
                parts = captions.take_apart(block.text)
            if parts is not None and parts.credit:
                return replace(lead, caption=parts.text, credit=parts.credit, taken=parts.taken)
    credit = next((credit for block in out.blocks if (credit := captions.featured(block.text))), None)
    return replace(lead, credit=credit) if credit else lead


def _key(picture: Picture) -> str:
    return images.key(picture.url) if picture.url else ""
