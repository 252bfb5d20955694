"""The words around a picture: its caption and its credit as elements of the page.

One climb from the image to the largest element that holds it and its words but nothing else of the article.
Every element passed is looked at once; what it is follows from its name, and where names say nothing (many are
made by machines) from where it stands: a short line of names in an element of its own at the end of a caption is
the credit, whatever the element is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from onrecord.extract import captions, images
from onrecord.extract.clean import fold, tidy
from onrecord.extract.roles import CAPTION, CREDIT, HIDDEN, NOT_OURS, PLAIN, SIGNED, role_of

_MAX_LEVELS = 9
_MAX_TEXT = 1_500  # characters; more is no caption
_MAX_ELEMENTS = 120
_MAX_IMAGES = 3  # further images in one figure
_MAX_PLAIN = 320  # characters that no name calls a caption
_MAX_BEHIND = 700  # characters of a caption that stands behind its picture's element

_NOTICE = re.compile(
    r"(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|reklama|annonse|ad|拡大(?:する)?|写真を拡大|"
    r"(?:view|open|see|show) (?:gallery|image|photo)s?|fullscreen|zoom|enlarge)\W*|(?:video |audio )?\d{1,2}:\d\d(?: min\.?)?|"
    r"\d{1,3} (?:bilder|fotos|photos|images|pictures|imágenes)|"
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}.{0,20}",
    re.I,
)
_OF_A_PICTURE = re.compile(r"caption|credit|copyright|legend|photo|image", re.I)
# The lines of a media block that are no caption: "Media ID: 8812045", and "Caption:" alone.
_MEDIA_LINE = re.compile(
    r"(?:(?:Media|Image|Picture|Photo) ?ID|رقم الصورة)\s*:\s*(?P<id>[\w.-]{1,60})?|(?:(?:Image |Photo )?Caption|التعليق)\s*:",
    re.I,
)
_SAYING = ("itemprop", "data-testid", "data-component")
_NO_TEXT = frozenset(
    "script style svg button noscript template picture video audio source iframe select input textarea object".split()
)
_FOREIGN = frozenset("h1 blockquote form article table main nav header footer dl".split())
_HEADS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_LINKED = frozenset(("ul", "ol", "a", "time"))
_TIGHT = frozenset("a b i em strong font abbr cite q small sub sup u mark span time".split())
_OWN = frozenset("span small cite em i strong b address p div footer".split())


class Piece(NamedTuple):
    """A stretch of text, what it is, and the tag of the element that holds it; the text is a line end between lines."""

    text: str
    role: int
    tag: str


class Legend(NamedTuple):
    """What is said around a picture, and the element that holds both; ``None`` where the picture stands alone."""

    parts: captions.Caption
    holder: LexborNode | None
    media_id: str | None = None  # as printed: "Media ID: 8812045"


def around(image: LexborNode, article: set[int], said: Sequence[str] = ()) -> Legend:
    """Return what is said around an image, or in a figure without one.

    Args:
        image: the image or figure.
        article: the elements (``mem_id``) that hold headline or text too; no caption is as large as these.
        said: what the image or the page's data says that it shows; a line that says the same is its caption.
    """
    pieces: list[Piece] = []
    holder: LexborNode | None = None
    whole = image.tag == "figure"  # the figure is read, what holds it can only be its wrapper
    if whole:
        walk = _Walk(figure=True)
        walk.read(image, PLAIN)
        pieces, holder = walk.pieces, image
    box = image
    inside_of = 0 if whole else _levels_in_figure(image)
    for level_number in range(_MAX_LEVELS):
        parent = box.parent
        if parent is None or parent.mem_id in article or parent.tag in ("body", "html", "main", "article"):
            break
        figure = level_number < inside_of
        level = _Walk(figure=figure).beside(parent, box, pieces)
        if level is None or not (figure or _is_bound(level, said)):
            break
        more = _words(level) > _words(pieces)
        if more and (whole or 0 < _captions(pieces) < _captions(level)):
            break
        if more or parent.tag == "figure":
            holder = parent
        pieces, box = level, parent
        whole = whole or (parent.tag == "figure" and any(piece.text.strip() for piece in pieces))
    parts = _parts(pieces)
    if parts.credit is None and (behind := _behind(box, said, any(piece.role == CAPTION for piece in pieces))):
        parts = _parts([*pieces, Piece("\n", PLAIN, ""), *behind])
        holder = holder if holder is not None else box.parent
    named = next((found["id"] for line in _lines(pieces) if (found := _MEDIA_LINE.fullmatch(_text_of(line)))), None)
    return Legend(parts, holder, named)


def inside(node: LexborNode) -> captions.Caption | None:
    """Return the caption and credit of an element apart from the picture; ``None`` where no name says that it is one."""
    walk = _Walk(figure=False)
    return _parts(walk.pieces) if walk.read(node, PLAIN) and _OF_A_PICTURE.search(" ".join(walk.names)) else None


class _Walk:
    """One walk over elements beside a picture; ``pieces`` is what they say."""

    def __init__(self, *, figure: bool) -> None:
        self.figure = figure
        self.pieces: list[Piece] = []
        self.names: list[str] = []  # of the elements that are a caption or a credit
        self.elements = self.length = self.images = self.paragraphs = 0

    def beside(self, parent: LexborNode, box: LexborNode, middle: list[Piece]) -> list[Piece] | None:
        """Read what stands in ``parent`` beside ``box``; ``None`` where that is more than a picture's words."""
        mine, tag = box.mem_id, parent.tag or ""
        child = parent.first_child
        while child is not None:
            if child.mem_id == mine:
                self._end_line(PLAIN, tag)
                self.pieces.extend(middle)
                self._end_line(PLAIN, tag)
            elif child.tag == "-text":
                self._text(child, CAPTION if tag == "figcaption" else PLAIN, tag)
            elif child.is_element_node and not self.read(child, PLAIN):
                return None
            child = child.next
        return self.pieces

    def read(self, node: LexborNode, role: int) -> bool:
        """Read an element; ``False`` where it is more than a picture's words."""
        above: list[tuple[int, str]] = []
        holder = ""
        while True:
            tag = node.tag or ""
            if tag == "-text":
                self._text(node, role, holder)
            elif node.is_element_node:
                inner = self._enter(node, tag, role)
                if inner < 0:
                    return False
                child = node.first_child if tag not in _NO_TEXT else None
                if child is not None and inner != NOT_OURS:
                    above.append((role, holder))
                    node, role, holder = child, inner, tag
                    continue
            while above and node.next is None:
                parent = node.parent
                if parent is None:
                    return True
                role, holder = above.pop()
                node = parent
                if node.tag not in _TIGHT:
                    self._end_line(role, holder)
            behind = node.next
            if not above or behind is None:
                return True
            node = behind

    def _text(self, node: LexborNode, role: int, tag: str) -> None:
        text = node.text_content or ""
        if not text.isspace():
            self.pieces.append(Piece(text, role, tag))
            self.length += len(text)
        elif self.pieces and self.pieces[-1].text != "\n":
            self.pieces.append(Piece(" ", role, tag))

    def _end_line(self, role: int, tag: str) -> None:
        if self.pieces and self.pieces[-1].text != "\n":
            self.pieces.append(Piece("\n", role, tag))

    def _enter(self, node: LexborNode, tag: str, role: int) -> int:
        """Return the role of an element; -1 where it belongs to no picture."""
        self.elements += 1
        if tag in ("img", "amp-img"):
            attributes = node.attributes
            self.images += not images.is_no_picture(attributes.get("src") or "") and bool(attributes.get("src"))
            return role if self.images <= (_MAX_IMAGES if self.figure else 0) else -1
        if tag in _NO_TEXT or tag == "br":
            self._end_line(role, tag)
            return role
        own, said = _named(node, tag)
        if own in (CAPTION, CREDIT):
            self.names.append(said)
        if own == NOT_OURS and role != PLAIN:  # an author inside of a caption is the picture's
            own = CREDIT
        if own != PLAIN:
            role = SIGNED if own == CREDIT and role in (CREDIT, SIGNED) else own
        known = role in (CAPTION, CREDIT, SIGNED)
        if tag in _FOREIGN or (
            not known and (tag in _HEADS or (not self.figure and tag in _LINKED and node.text().strip()))
        ):
            return -1
        self.paragraphs += tag == "p" and not known and not self.figure
        if self.elements > _MAX_ELEMENTS or self.length > _MAX_TEXT or self.paragraphs > 2:
            return -1
        if tag not in _TIGHT:
            self._end_line(role, tag)
        return role


def _named(node: LexborNode, tag: str) -> tuple[int, str]:
    attributes = node.attributes
    said = attributes.get("class") or ""
    if len(attributes) > 1:
        for name in _SAYING:
            if value := attributes.get(name):
                said = f"{said} {value}"
    return role_of(tag, said), said


def _levels_in_figure(node: LexborNode) -> int:
    """Return how many levels above a node its figure is; 0 where it stands in none."""
    parent = node.parent
    for level in range(1, 7):
        if parent is None:
            return 0
        if parent.tag == "figure":
            return level
        parent = parent.parent
    return 0


def _words(pieces: list[Piece]) -> int:
    return sum(not piece.text.isspace() for piece in pieces)


def _captions(pieces: list[Piece]) -> int:
    return sum(piece.role == CAPTION and not piece.text.isspace() for piece in pieces)


def _is_bound(pieces: list[Piece], said: Sequence[str]) -> bool:
    """Whether text that no name calls a caption may be one, outside of a figure: a line, or a line and its credit."""
    if not any(piece.role == PLAIN and not piece.text.isspace() for piece in pieces):
        return True
    lines = [
        text
        for line in _lines(pieces)
        if (text := _text_of(piece for piece in line if piece.role == PLAIN)) and not _MEDIA_LINE.fullmatch(text)
    ]
    if not lines:
        return True
    if len(lines) > 2 or sum(map(len, lines)) > _MAX_PLAIN:
        return _says(lines[0], said) and len(lines) < 5
    return len(lines) == 1 or any(captions.is_credit_line(line) for line in lines)


def _says(line: str, said: Sequence[str]) -> bool:
    """Whether a line says what the image says of itself, perhaps with a credit behind."""
    bare = fold(line)
    for text in said:
        other = fold(text)
        if len(other) > 12 and bare.startswith(other) and len(bare) < len(other) + 120:
            return True
        if len(bare) > 12 and other.startswith(bare) and 2 * len(bare) > len(other):
            return True
    return False


def _behind(box: LexborNode, said: Sequence[str], captioned: bool) -> list[Piece]:
    """Return the lines right behind a picture's element that call themselves its caption or credit, or say the same."""
    found: list[Piece] = []
    sibling = box.next
    for _ in range(8):
        if sibling is None or (sibling.tag == "-text" and (sibling.text_content or "").strip()):
            break
        if sibling.is_element_node:
            walk = _Walk(figure=False)
            fits = walk.read(sibling, PLAIN)
            text = tidy(" ".join(piece.text for piece in walk.pieces))
            if not fits or len(text) > _MAX_BEHIND:
                break
            if text:
                named = {piece.role for piece in walk.pieces if piece.text.strip()}
                if CREDIT in named and CAPTION not in named and len(text) > 250:
                    break
                if CREDIT in named or CAPTION in named:
                    found.extend(walk.pieces)
                elif not captioned and not found and _says(text, said):
                    found.extend(piece._replace(role=CAPTION) for piece in walk.pieces)
                elif captions.is_credit_line(text):
                    found.append(Piece(text, CREDIT, "p"))
                elif not captioned and not found and captions.is_agency_caption(text):
                    found.append(Piece(text, CAPTION, "p"))
                else:
                    break
                found.append(Piece("\n", PLAIN, ""))
        sibling = sibling.next
    return found


def _lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the lines that the pieces make, without empty ones."""
    line: list[Piece] = []
    for piece in pieces:
        if piece.text != "\n":
            line.append(piece)
        elif line:
            yield line
            line = []
    if line:
        yield line


def _text_of(pieces: Iterable[Piece]) -> str:
    return tidy("".join(piece.text for piece in pieces))


def _parts(pieces: list[Piece]) -> captions.Caption:
    """Sort lines into caption and credit, and take the caption apart."""
    named = any(piece.role == CAPTION and piece.text.strip() for piece in pieces)
    if not named and any(piece.role == SIGNED for piece in pieces):
        outer = _text_of(piece for piece in pieces if piece.role == CREDIT)
        if len(outer.split()) > 3 or captions.is_sentence(outer):  # the caption too stands in what is called credit
            pieces = [piece._replace(role=CAPTION) if piece.role == CREDIT else piece for piece in pieces]
    texts: list[list[Piece]] = []
    credits: list[str] = []
    aside: list[str] = []
    announced = False  # by "Foto:" in a line of its own
    for line in _lines(pieces):
        said: list[Piece] = []
        signed: list[Piece] = []
        beside: list[Piece] = []
        label, announced = announced, False
        for piece in line:
            if piece.role == HIDDEN:
                label = label or captions.is_label(piece.text)
            elif piece.role in (CREDIT, SIGNED) or label or (signed and captions.is_separator(piece.text)):
                signed.append(piece)
            else:
                (said if piece.role == CAPTION or not named else beside).append(piece)
        text = _text_of(said)
        if text.endswith(":") and captions.is_label(text):
            announced, said, text = True, [], ""
        if captions.is_credit_line(text, called=any(piece.role == CAPTION for piece in said)):
            said, signed = [], [*said, *signed]
        elif text and not _NOTICE.fullmatch(text) and not _MEDIA_LINE.fullmatch(text):
            texts.append(said)
        _add(credits, _text_of(signed))
        if text := _text_of(beside):
            aside.append(text)
    credits = credits or _signature(texts, aside)
    caption = " ".join(dict.fromkeys(_text_of(line) for line in texts))
    credit = " / ".join(credits)
    if credit and (len(credit) > 200 or (not caption and captions.is_caption(credit))):
        caption, credit = f"{caption} {credit}".strip(), ""  # all of it stands in an element named after the credit
    return captions.take_apart(caption, credit or None)


def _add(credits: list[str], text: str) -> None:
    bare = fold(text)
    if not bare or any(bare in fold(other) for other in credits):
        return
    if credits and credits[-1].endswith((":", "/", "|", ",", " via")):
        credits[-1] += f" {text}"
    else:
        credits.append(text)


def _signature(texts: list[list[Piece]], aside: list[str]) -> list[str]:
    """Take the credit out of a caption that no name and no word calls one: names in an element of their own."""
    for text in aside:
        if captions.is_names(text):
            return [text]
    if not texts:
        return []
    last = [piece for piece in texts[-1] if piece.text.strip()]
    tail = last[-1]
    alone = len(texts) > 1 and captions.is_names(_text_of(last))
    if alone or (len(last) > 1 and tail.tag != last[-2].tag and tail.tag in _OWN):
        credit = _text_of(last) if alone else tidy(tail.text)
        before = " ".join(map(_text_of, texts[:-1])) if alone else _text_of(last[:-1])
        if tail.tag in ("small", "cite") or captions.is_signed(before, credit):
            texts[-1:] = [] if alone else [last[:-1]]
            return [credit]
    if len(texts) > 1 and captions.is_agency(first := _text_of(texts[0])):
        del texts[0]
        return [first]
    return []
