"""WordPress exports (WXR): every published post a page, whatever the size of the export.

The items are cut from the file as bytes and parsed one by one, so one that is damaged costs only
itself and every post has a place in the file. An item is parsed without its file's head: entities
that a document type would declare do not exist in it and are never expanded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from onrecord.capture.source import CUT, DAMAGED, EMPTY, TOO_LARGE, Source
from onrecord.capture.unfold import Unfolded
from onrecord.model import Capture, Page, Skip

_BLOCK = 1 << 20
_START = re.compile(rb"<item[\s>]")
_END = b"</item>"
_AUTHOR = re.compile(rb"<wp:author>.*?</wp:author>", re.DOTALL)
_HEAD = 8_000_000  # bytes in which the authors must stand
_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
_OPEN = ("<r " + " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMESPACES.items()) + ">").encode()
_TOLD = {tag: re.compile(rf"<{tag}>.*?</{tag}>".encode(), re.DOTALL) for tag in ("title", "language")}
_NOT_XML = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
# Types of posts that are articles: WordPress's own, and what outlets call theirs. All others are parts of a site.
_POST = re.compile(
    r"post|page|(?:[\w-]+[_-])?(?:news|articles?|stor(?:y|ies)|reports?|opinions?|columns?|interviews?|features?|"
    r"blogs?|editorials?|analys[ie]s|reviews?|press|posts?|magazine)(?:[_-](?:posts?|items?|articles?|releases?))?"
)
_KINDS = {"category": "section", "post_tag": "tags", "tag": "tags"}  # fields by the domains of categories
_NOBODY = frozenset({"admin", "administrator", "editor", "webmaster", "root", "staff", "test", "user"})
_TAG = re.compile(r"<[^<>]{0,300}>")


def read(stream: BinaryIO, packed: bool, source: Source) -> Iterator[Page | Skip]:
    """Yield a page for each published post, a skip for each other item."""
    opened = Unfolded(stream) if packed else stream
    site = _site(opened)
    opened.seek(0)
    for offset, item in _items(opened, source.limit):
        yield source.skip(TOO_LARGE, offset=offset) if item is None else _page(item, offset, source, site)
    if isinstance(opened, Unfolded) and opened.problem:
        yield source.skip(CUT, detail=opened.problem)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the content of the item that lies at each capture's place now, or None where there is none."""
    opened = Unfolded(stream) if packed else stream
    for capture in captures:
        opened.seek(capture.offset or 0)
        _, item = next(_items(opened, source.limit), (0, None))
        page = _page(item, 0, source, _Site()) if item else None
        yield page.body if isinstance(page, Page) else None


@dataclass(frozen=True, slots=True)
class _Site:
    """What stands before the first item."""

    title: str | None = None
    language: str | None = None
    authors: Mapping[str, str] = field(default_factory=dict)  # names by logins


def _site(stream: BinaryIO) -> _Site:
    stream.seek(0)
    head = b""
    while not _START.search(head) and len(head) < _HEAD and (block := stream.read(_BLOCK)):
        head += block
    if start := _START.search(head):
        head = head[: start.start()]
    names = {}
    for author in _AUTHOR.findall(head):
        node = _parsed(author)
        login, name = _text(node, "wp:author_login"), _text(node, "wp:author_display_name")
        if login and name:
            names[login] = name
    told = {tag: _plain(_text(_parsed(found[0]), ".")) for tag in _TOLD if (found := _TOLD[tag].search(head))}
    return _Site(told.get("title"), told.get("language"), names)


def _parsed(element: bytes) -> etree._Element | None:
    """Return an element that was cut from an export; None where nothing can be made of it.

    Characters that XML does not allow, which WordPress writes all the same, would end its text.
    """
    element = element.translate(None, _NOT_XML)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(_OPEN + element + b"</r>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None or not len(root) else root[0]


def _items(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the bytes of each item with its place; None for one larger than the limit."""
    place = stream.tell()  # of data[0]
    data = b""
    inside = False
    while True:
        if not inside:
            start = _START.search(data)
            cut = start.start() if start else max(0, len(data) - 8)
            place, data = place + cut, data[cut:]
            inside = start is not None
        if inside:
            end = _item_end(data)
            if end or len(data) > limit:
                yield place, data[:end] if end else None
                cut = end or len(data)
                place, data, inside = place + cut, data[cut:], False
                continue
        block = stream.read(_BLOCK)
        if not block:
            if inside:
                yield place, data
            return
        data += block


def _item_end(data: bytes) -> int | None:
    """Return where the item at the head of the data ends: at an end tag that stands outside CDATA."""
    place = 0
    while (end := data.find(_END, place)) >= 0:
        opened = data.rfind(b"<![CDATA[", 0, end)
        if opened < 0 or data.find(b"]]>", opened, end) >= 0:
            return end + len(_END)
        place = end + 1
    return None


def _page(item: bytes, offset: int, source: Source, site: _Site) -> Page | Skip:
    node = _parsed(item)
    if node is None or not item.rstrip().endswith(_END):
        return source.skip(CUT if node is not None else DAMAGED, offset=offset)
    url = _text(node, "link")
    kind, status = _text(node, "wp:post_type") or "post", _text(node, "wp:status") or "publish"
    if not _POST.fullmatch(kind):
        return source.skip("not a post", url=url, offset=offset, detail=kind[:50])
    if status != "publish":
        return source.skip("not published", url=url, offset=offset, detail=status[:50])
    if _text(node, "wp:post_password"):
        return source.skip("not published", url=url, offset=offset, detail="behind a password")
    content = _text(node, "content:encoded")
    if not content:
        return source.skip(EMPTY, url=url, offset=offset)
    return source.page(
        content.encode("utf-8", "replace"),
        "record",
        offset,
        url=url,
        offset=offset,
        record_id=_text(node, "wp:post_id"),
        charset="utf-8",
        fields=tuple(_fields(node, site)),
    )


def _fields(node: etree._Element, site: _Site) -> Iterator[tuple[str, str]]:
    yield "format", "wordpress"
    published = (_text(node, "wp:post_date") or "").replace(" ", "T")
    for name, value in (
        ("headline", _plain(_text(node, "title"))),
        ("published", None if published.startswith("0000") else published),
        ("standfirst", _text(node, "excerpt:encoded")),
        ("site", site.title),
        ("language", site.language),
    ):
        if value:
            yield name, value
    for name in _authors(node, site):
        yield "authors", name
    for category in node.findall("category"):
        word = _plain(category.text)
        if word and category.get("domain", "category") in _KINDS and category.get("nicename") != "uncategorized":
            yield _KINDS[category.get("domain", "category")], word


def _authors(node: etree._Element, site: _Site) -> list[str]:
    """Return the names of a post's authors: of all that the plugin Co-Authors Plus lists, else of who wrote it in.

    A login is no name: it counts only where the head has the name for it, or it is one itself.
    """
    listed = [
        (category.text or "", (category.get("nicename") or "").removeprefix("cap-"))
        for category in node.findall("category")
        if category.get("domain") == "author"
    ]
    logins = listed or [(_text(node, "dc:creator") or "", "")]
    names = []
    for login, slug in logins:
        name = site.authors.get(login) or site.authors.get(slug) or (login if " " in login.strip() else None)
        if name and name.lower() not in _NOBODY and name != site.title:
            names.append(name.strip())
    return list(dict.fromkeys(names))


def _plain(text: str | None) -> str | None:
    """Return a title without the markup that WordPress allows in it."""
    return html.unescape(_TAG.sub("", text)).strip() or None if text else None


def _text(node: etree._Element | None, path: str) -> str | None:
    return None if node is None else (node.findtext(path, namespaces=_NAMESPACES) or "").strip() or None
