"""Bytes to text, for the pages of twenty years.

The order follows what proved right on old crawls, not only what the page claims: a byte order mark;
then UTF-8 if the bytes are valid as such (text in another encoding almost never is); then what the
page says of itself, what the transport said, and last a guess from the letters themselves. A page
that is UTF-8 but for a few bytes was pasted together from two encodings: each stretch is read in its own.
"""

from __future__ import annotations

import codecs
import re

from onrecord.extract import language

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_HEAD_BYTES = 4096  # pages of the time kept the declaration well inside this; HTML 5 asks for 1024
_PIECE = 32_768
_RTL = re.compile(rb"""<html[^>]{0,300}?(?:lang\s*=\s*["']?(?:ar|fa|ur)\b|dir\s*=\s*["']?rtl)""", re.I)
# As browsers do (WHATWG Encoding): what calls itself Latin-1 is windows-1252, and so on.
_ALIASES = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932",
    "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "big5": "cp950", "tis-620": "cp874",
    "x-user-defined": "cp1252", "utf8": "utf-8", "unicode": "utf-8",
}  # fmt: skip
_ESCAPED = frozenset(("iso-2022-jp", "iso2022_jp", "hz", "hz-gb-2312"))  # seven bits: also valid UTF-8
_ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")  # what "surrogateescape" makes of bytes that are not UTF-8
_HIGH = re.compile("[\0-\x7f]+")
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1|<[^>]*>", re.S | re.I)
_GUESSED = 200_000  # bytes that are looked at where nobody says what they are
_HIGH_BYTE, _LETTER = re.compile(rb"[\x80-\xff]"), re.compile(rb"[A-Za-z]")
_DENSE = 0.05  # high bytes for each ASCII letter; below it the text is in Latin letters
_LONGEST = 4  # stretches of text whose language is asked for
_LATIN = frozenset(("cp1252", "cp1250", "cp1254", "iso8859-2"))
_GUESSABLE = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "cp932", "euc_jp", "gb18030", "big5",
    "cp949", "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7",
)  # fmt: skip
_CODE_PAGES = {**dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "hr"), "cp1250"), "tr": "cp1254"}
_ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")  # control characters in ISO 8859, letters and quotation marks in Windows


def source(body: bytes, declared: str | None = None) -> str | bytes:
    """Return a page as a parser takes it: as it is where that is UTF-8 without a mark, else its text.

    Arguments as for :func:`decode`.
    """
    return body if not _signed(body, _names(body, declared))[0] and _is_utf8(body) else decode(body, declared)[0]


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text of a page and the name of the encoding that it was read in.

    Args:
        body: the payload, not compressed.
        declared: the charset that the transport named, if any.
    """
    names = _names(body, declared)
    sign, start = _signed(body, names)
    if sign:
        return body[start:].decode(sign, "replace"), sign
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    others = [name for name in names if not name.startswith(("utf-8", "utf-16")) and name not in _ESCAPED]
    single = others[0] if others else _guess(body)
    if _mostly_utf8(body):
        return _mixed(body, single), f"utf-8+{single}"
    if single == "cp1252" and others:
        single = _guess(body)  # the declaration may be a server's default; the letters say
    elif single == "iso8859-6" and body.count(0xED) > body.count(0xEA):
        single = "cp1256"  # the commonest letter, yeh, is where Windows has it
    return body.decode(single, "replace"), single


def _names(body: bytes, declared: str | None) -> list[str]:
    """Return the encodings that the page and the transport name, as Python calls them."""
    found = _META.search(body, 0, _HEAD_BYTES)
    return [known for name in (found[1].decode("ascii") if found else None, declared) if (known := _known(name))]


def _signed(body: bytes, names: list[str]) -> tuple[str | None, int]:
    """Return the encoding that is seen before UTF-8 is tried, and where the text starts behind its mark."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return name, len(bom)
    if body.count(0, 0, 400) > 100:  # UTF-16 without a mark
        return ("utf-16-le" if body[1:400:2].count(0) > body[0:400:2].count(0) else "utf-16-be"), 0
    return (names[0] if names and names[0] in _ESCAPED and b"\x1b" in body else None), 0


def _is_utf8(body: bytes) -> bool:
    """Whether bytes are valid UTF-8: read piece by piece, for the text of a large page fills the processor's cache."""
    whole, at = memoryview(body), 0
    try:
        while at < len(body):
            at += codecs.utf_8_decode(whole[at : at + _PIECE], "strict", at + _PIECE >= len(body))[1]
    except UnicodeDecodeError:
        return False
    return True


def _known(name: str | None) -> str | None:
    if not name:
        return None
    name = name.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _guess(body: bytes) -> str:
    """Choose an encoding by the letters themselves.

    charset-normalizer tells the script; among the code pages of Latin letters, which differ in few bytes, that one is
    chosen in which the text is of a language that was written in it.
    """
    text = _MARKUP.sub(b"\n", body[:_GUESSED])
    high, letters = len(_HIGH_BYTE.findall(text)), len(_LETTER.findall(text))
    found = None
    if high and (high > _DENSE * letters or _RTL.search(body[:_HEAD_BYTES])):
        found = _by_letters(b" ".join(word for word in text.split() if not word.isascii()))
    if found and found not in _LATIN:
        return found
    running = b" ".join(sorted(text.split(b"\n"), key=len)[-_LONGEST:])
    central = "cp1250" if _ONLY_WINDOWS.search(text) else "iso8859-2"
    for name in ("cp1252", central, "cp1254"):
        spoken = language.detect(running.decode(name, "replace"))
        if spoken and {"cp1250": central}.get(known := _CODE_PAGES.get(spoken, "cp1252"), known) == name:
            return name
    return "cp1252"


def _by_letters(words: bytes) -> str | None:
    from charset_normalizer import from_bytes  # late: most pages need no guess

    best = from_bytes(words, cp_isolation=list(_GUESSABLE)).best()
    return codecs.lookup(best.encoding).name if best else None


def _mostly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(_HIGH.sub("", text)) - bad
    return good > 2 * bad


def _mixed(body: bytes, single: str) -> str:
    """Read what is valid UTF-8 as such and every other byte in the single-byte encoding."""

    def other(run: re.Match[str]) -> str:
        return run[0].encode("utf-8", "surrogateescape").decode(single, "replace")

    return _ESCAPED_BYTES.sub(other, body.decode("utf-8", "surrogateescape"))
