"""What an image element says of itself: its address in the largest version, its size, its id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from onrecord.extract import address

# No picture, whatever stands around it: the name of the file says so.
_SMALL = re.compile(
    r"logo|icon|avatar|sprite|pixel|spacer|blank|tracking|1x1|gravatar|emoji|badge|placeholder|loading|spinner|"
    r"qr-?(?:code|img)|leer\.gif|transparent|arrow|button|banner|paywall|-login\.|\.svg$"
)
_COUNTER = re.compile(
    r"[/.](?:ads?/|adverts?/|advertising/|banners?/|[\w.]*vgwort|track(?:ing)?/|pageviews?/|doubleclick|scorecardresearch|ivwbox|pixel|beacon|count(?:er)?[/.])"
)
# Folders in which sites keep the portraits of those who write.
_PORTRAIT = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|avatars?|bylines?|profiles?|profile-?(?:images|pictures)|columnists?|"
    r"headshots?|contributors?|opinionators)/"
)
_QUERY = re.compile(r"[?#]")
_SIZE_IN_NAME = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=[-_.]|$)")
_DESCRIPTOR = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)[wx](?:,(\S*))?$")
_SOURCE_NAME = re.compile(r"^(?:data-[\w-]*)?(?:src|original|url|image|img|href)(?:-[\w-]*)?$")
_LOOKS_LIKE_ONE = re.compile(
    r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#!:/])|/(?:images?|img|photos?|media|pictures?)[/-]", re.I
)
_IN_MARKUP = re.compile(
    r"""<(?!script|iframe|embed|input)[\w-]+[^<>]*?\s(?:data-[\w-]*)?(?:src(?:set)?|poster|image|img|url)=["']?"""
    r"""([^"'\s<>,]{8,600})""",
    re.I,
)
_SIZE_ASKED = re.compile(r"[?&](?:w|width|h|height)=(\d{1,5})(?=&|$)")
_MEDIA_ID = re.compile(r"(?:media|image|photo|picture|attachment|asset)[-_ ]?id$", re.I)
_WORDPRESS_ID = re.compile(r"(?:attachment_|wp-image-)(\d+)")
_ENDING = re.compile(r"(?:\.(?:jpe?g|png|webp|gif|avif|img))+$", re.I)
_VERSION = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|w?\d{3,4}w?|scaled|large|medium|small|thumb))+$", re.I)
_UNNAMED = re.compile(r"[\d_x*-]{1,4}|\d{1,4}[x_*-]\d{1,4}|(?:raw)?image|original|default|landscape\w*", re.I)
_TOLD = re.compile(r"https?(?::|%3A)(?:/|%2F){2}", re.I)

Attributes = Mapping[str, str | None]


@lru_cache(maxsize=4_096)
def key(url: str) -> str:
    """Return what names a picture in its address: without size, format, query and proxy."""
    inner = [found.end() for found in _TOLD.finditer(url)]
    path = re.split(r"[?#&]", unquote(url[inner[-1] :] if inner else url))[0]
    parts = [part for part in path.split("/") if part][1:]
    for part in reversed(parts):
        name = _VERSION.sub("", _ENDING.sub("", part))
        if len(name) > 4 and not _UNNAMED.fullmatch(name):
            return name.lower() if re.search(r"[\d_-]|[^\W_]{12}", name) or part is parts[-1] else path.lower()
    return path.lower()


@lru_cache(maxsize=4_096)
def is_no_picture(url: str) -> bool:
    """Whether an address names a logo, a button or a placeholder, or someone who writes."""
    path = _QUERY.split(url, 1)[0].lower()
    return bool(_SMALL.search(path.rsplit("/", 1)[-1]) or _PORTRAIT.search(path) or _COUNTER.search(path))


def largest(image: LexborNode, attributes: Attributes, base: str | None) -> str | None:
    """Return the address of the largest version that an image names; ``None`` where it names none.

    What loads late keeps its address in attributes of many names, and a placeholder in ``src``.
    """
    parent = image.parent
    best: str | None = None
    size = -1.0
    sets = [(name, value) for name, value in attributes.items() if value and "srcset" in name]
    if parent is not None and parent.tag == "picture":
        sets.extend(_sources(parent))
    for _, text in sets:
        for url, wide in _candidates(text):
            if wide > size and _loads(url):
                best, size = url, wide
    if best is None:
        plain = attributes.get("data-src") or attributes.get("data-original") or attributes.get("src")
        best = plain if plain and _loads(plain) else None
    if best is None:
        named = (value for name, value in attributes.items() if value and _SOURCE_NAME.match(name))
        best = next((value for value in named if _LOOKS_LIKE_ONE.search(value) and _loads(value)), None)
    return best.strip() if best and best.startswith(("https://", "http://")) else address.absolute(best, base)


def _candidates(text: str) -> Iterator[tuple[str, float]]:
    """Yield the addresses of a ``srcset`` with their widths or densities; 0 where one has none."""
    url = ""
    for token in text[:20_000].split():
        found = _DESCRIPTOR.match(token)
        if found:
            if url:
                yield url, float(found[1])
            url = found[2] or ""
        else:
            if url:
                yield url.rstrip(","), 0.0
            url = token.lstrip(",")
    if url:
        yield url.rstrip(","), 0.0


def _sources(picture: LexborNode) -> Iterator[tuple[str, str]]:
    child = picture.first_child
    for _ in range(30):
        if child is None:
            return
        if child.tag == "source":
            for name, value in child.attributes.items():
                if value and "srcset" in name:
                    yield name, value
            inner = child.first_child  # a source that was closed wrongly holds the next one
            child = inner if inner is not None else child.next
        else:
            child = child.next


def _loads(value: str) -> bool:
    return (
        not value.startswith(("data:", "blob:", "about:", "#", "{")) and "placeholder" not in value and "{" not in value
    )


def looks_like_one(url: str) -> bool:
    """Whether an address is called like a picture's."""
    return bool(_LOOKS_LIKE_ONE.search(url))


def in_markup(figure: LexborNode, base: str | None) -> str | None:
    """Return the address in a figure that has no image element: a custom element's, or what loads late."""
    markup = figure.html or ""
    for found in _IN_MARKUP.finditer(markup[:20_000]):
        if _loads(found[1]) and "/" in found[1] and not is_no_picture(found[1]):
            return address.absolute(found[1].replace("&amp;", "&"), base)
    return None


def size(attributes: Attributes, url: str) -> tuple[int, int]:
    """Return width and height in pixels as far as attributes or the file's name say; 0 where they do not."""
    width, height = (_number(attributes.get(name)) for name in ("width", "height"))
    if not width and not height and (found := _SIZE_IN_NAME.search(url)):
        return int(found[1]), int(found[2])
    if not width and not height and (asked := [int(number) for number in _SIZE_ASKED.findall(url) if int(number)]):
        return asked[0], asked[-1]
    return width, height


def _number(value: str | None) -> int:
    text = (value or "").removesuffix("px")
    return int(text) if text.isdigit() and len(text) < 6 else 0


def media_id(*elements: Attributes) -> str | None:
    """Return the id under which the site keeps the picture, from the first element that says it."""
    for attributes in elements:
        for name, value in attributes.items():
            if value and len(value) < 200 and _MEDIA_ID.search(name):
                return value
        if found := _WORDPRESS_ID.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}"):
            return found[1]
    return None
