"""WordPress exports (WXR): every published post a page, whatever the size of the export.

The items are cut from the file as bytes and parsed one by one, so one that is damaged costs only
itself and every post has a place in the file. An item is parsed without its file's head: entities
that a document type would declare do not exist in it and are never expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
_POSTS = frozenset({"post", "page"})


def read(stream: BinaryIO, packed: bool, source: Source) -> Iterator[Page | Skip]:
    """Yield a page for each published post, a skip for each other item."""
    opened = Unfolded(stream) if packed else stream
    authors = _authors(opened)
    opened.seek(0)
    for offset, item in _items(opened, source.limit):
        yield source.skip(TOO_LARGE, offset=offset) if item is None else _page(item, offset, source, authors)
    if isinstance(opened, Unfolded) and opened.problem:
        yield source.skip(CUT, detail=opened.problem)


def reread(stream: BinaryIO, packed: bool, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    """Yield the content of the item that lies at each capture's place now, or None where there is none."""
    opened = Unfolded(stream) if packed else stream
    for capture in captures:
        opened.seek(capture.offset or 0)
        _, item = next(_items(opened, source.limit), (0, None))
        page = _page(item, 0, source, {}) if item else None
        yield page.body if isinstance(page, Page) else None


def _authors(stream: BinaryIO) -> dict[str, str]:
    """Return the names of the authors by their logins, which stand before the first item."""
    stream.seek(0)
    head = b""
    while not _START.search(head) and len(head) < _HEAD and (block := stream.read(_BLOCK)):
        head += block
    names = {}
    for author in _AUTHOR.findall(head):
        node = _parsed(author)
        login, name = _text(node, "wp:author_login"), _text(node, "wp:author_display_name")
        if login and name:
            names[login] = name
    return names


def _parsed(element: bytes) -> etree._Element | None:
    """Return an element that was cut from an export; None where nothing can be made of it."""
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


def _page(item: bytes, offset: int, source: Source, authors: Mapping[str, str]) -> Page | Skip:
    node = _parsed(item)
    if node is None or not item.rstrip().endswith(_END):
        return source.skip(CUT if node is not None else DAMAGED, offset=offset)
    url = _text(node, "link")
    kind, status = _text(node, "wp:post_type") or "post", _text(node, "wp:status") or "publish"
    if kind not in _POSTS:
        return source.skip("not a post", url=url, offset=offset, detail=kind[:50])
    if status != "publish":
        return source.skip("not published", url=url, offset=offset, detail=status[:50])
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
        fields=tuple(_fields(node, authors)),
    )


def _fields(node: etree._Element, authors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "format", "wordpress"
    login = _text(node, "dc:creator")
    published = (_text(node, "wp:post_date") or "").replace(" ", "T")
    for field, value in (
        ("headline", _text(node, "title")),
        ("authors", authors.get(login or "", login)),
        ("published", None if published.startswith("0000") else published),
        ("standfirst", _text(node, "excerpt:encoded")),
    ):
        if value:
            yield field, value
    for category in node.findall("category"):
        if category.text:
            yield ("tags" if category.get("domain") == "post_tag" else "section"), category.text.strip()


def _text(node: etree._Element | None, path: str) -> str | None:
    return None if node is None else (node.findtext(path, namespaces=_NAMESPACES) or "").strip() or None
