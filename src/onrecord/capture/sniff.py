"""What an input is, judged by its first bytes; names and suffixes are not asked."""

from __future__ import annotations

import codecs
import re
import zlib
from enum import StrEnum
from typing import BinaryIO

HEAD = 65_536  # bytes that are looked at
GZIP = b"\x1f\x8b"


class Format(StrEnum):
    """The kinds of input."""

    WARC = "warc"
    HTML = "html"
    TEXT = "text"
    RECORDS = "records"  # JSON Lines
    WXR = "wxr"  # WordPress export
    ARC = "arc"  # the form of crawls before 2009
    ZIP = "wacz"  # WACZ, or any other zip
    MHTML = "mhtml"  # a page saved as one file, as a mail
    JSON = "json"  # other than JSON Lines
    PACKED = "packed"  # in a way that is not unfolded here
    EMPTY = "empty"
    UNKNOWN = "unknown"


_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|base)\b", re.IGNORECASE)
_BEFORE = 500  # characters of whatever kind that may stand before the markup of a page; a script has it inside strings
_FRAGMENT = re.compile(r"\s*<(?:div|p|article|section|h[1-6]|table|main|center|span|font)\b", re.IGNORECASE)
_WXR = re.compile(r"wordpress\.org/export/|<wp:wxr_version>")
_RECORDS = re.compile(r'\s*\{[ \t]*"')
_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*[{\[]\s*")')
_MHTML = re.compile(r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related\b", re.IGNORECASE)
_SIGN = re.compile(r"[{}()\[\];=<>|\\_*/^~+]")  # what prose has little of
_LETTER = re.compile(r"[A-Za-z\x80-\U0010ffff]")  # bytes of other scripts among them
_SPACE = re.compile(r"\s")
_PACKED = (b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18", b"\xfd7zXZ\0", b"BZh", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(stream: BinaryIO) -> tuple[Format, bool]:
    """Return the format of a seekable stream and whether it is wrapped in gzip; leaves it at its start.

    A gzip that is damaged within the first bytes is judged by what could be unfolded.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    packed = head.startswith(GZIP)
    if packed:
        stream.seek(0)
        head = _unfolded(head)
    stream.seek(0)
    return format_of(head), packed


def format_of(head: bytes) -> Format:
    """Return the format of what begins with these bytes."""
    if not head:
        return Format.EMPTY
    if head.startswith(b"WARC/"):
        return Format.WARC
    if head.startswith(b"filedesc://"):
        return Format.ARC
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.ZIP
    if head.startswith(_PACKED) or head[257:262] == b"ustar":
        return Format.PACKED
    text = decode_head(head)
    if not text.strip():
        return Format.EMPTY
    if text.lstrip().startswith("<") and _WXR.search(text):
        return Format.WXR
    if _RECORDS.match(text):
        return Format.RECORDS
    if _JSON.match(text):
        return Format.JSON
    if _MHTML.match(text):
        return Format.MHTML
    if _MARKUP.match(text.lstrip()):
        return Format.HTML
    if _controls(text):
        return Format.UNKNOWN
    markup = _MARKUP.search(text)
    if markup and (text.lstrip().startswith("<") or markup.start() < _BEFORE or _is_prose(text[: markup.start()])):
        return Format.HTML
    if _FRAGMENT.match(text):
        return Format.HTML
    if text.lstrip().startswith(("<?xml", "%PDF", "{", "[")):
        return Format.UNKNOWN
    return Format.TEXT if _is_prose(text) else Format.UNKNOWN


def _is_prose(text: str) -> bool:
    """Say whether a text is no script, style sheet, index or table: by its letters, signs and spaces."""
    signs, letters, spaces = len(_SIGN.findall(text)), len(_LETTER.findall(text)), len(_SPACE.findall(text))
    marks = len(text) - spaces
    return 2 * letters > marks and signs * 16 < marks and (signs * 40 < marks or spaces * 20 > len(text))


def is_binary(head: bytes) -> bool:
    """Say whether what begins with these bytes is no text in any encoding."""
    return _controls(decode_head(head))


def _controls(text: str) -> bool:
    return len(_CONTROLS.findall(text)) * 50 > len(text)


def decode_head(head: bytes) -> str:
    """Return the bytes as text, good enough to look for ASCII marks in it."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    if head[1:200:2].count(0) > len(head[:200]) // 3:
        return head.decode("utf-16-le", "replace")
    if head[0:200:2].count(0) > len(head[:200]) // 3:
        return head.decode("utf-16-be", "replace")
    return head.decode("latin-1")


def one_record_a_member(stream: BinaryIO) -> bool:
    """Say whether a gzipped WARC has each record in a gzip member of its own, so that records can be sought.

    Judged by the first member; leaves the stream at its start.
    """
    stream.seek(0)
    unfold = zlib.decompressobj(wbits=31)
    head, size = b"", 0
    try:
        while not unfold.eof and (block := stream.read(HEAD)):
            while block and not unfold.eof:
                data = unfold.decompress(block, 1 << 20)
                block = unfold.unconsumed_tail
                size += len(data)
                if len(head) < HEAD:
                    head += data
            if size > (record_size(head) or size) + 64:
                return False
    except zlib.error:
        return True
    finally:
        stream.seek(0)
    return size <= (record_size(head) or size) + 64


def record_size(head: bytes) -> int | None:
    """Return the size of the WARC record that begins with these bytes, its head included."""
    end = head.find(b"\r\n\r\n")
    length = re.search(rb"\r?\ncontent-length:\s*(\d{1,15})", head[: max(end, 0)], re.IGNORECASE)
    return end + 4 + int(length[1]) if length else None


def _unfolded(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""
