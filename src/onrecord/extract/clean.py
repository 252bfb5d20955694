"""How text is written in an article: the one normalisation of the whole program.

Everything downstream counts code points of what leaves here, so nothing else may change a text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Soft hyphen, zero-width space, word joiner, byte order mark, direction marks and embeddings.
# The joiners U+200C and U+200D stay: Persian and the Indic scripts are misspelt without them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def tidy(text: str) -> str:
    """Return the text on one line: NFC, single spaces, nothing invisible, no control characters."""
    text = text.strip()
    if not text.isprintable():  # then it has other spaces, too, perhaps nothing else
        text = " ".join(text.split())  # Unicode: every kind of space, line and paragraph separator
        if not text.isprintable():
            text = _CONTROL.sub("", _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text)))
            text = " ".join(text.split())
    elif "  " in text:
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def tidy_or_none(text: str | None) -> str | None:
    """Return the text as :func:`tidy` writes it; ``None`` where nothing is left."""
    return tidy(text) or None if text else None


def join(paragraphs: list[str] | tuple[str, ...]) -> str:
    """Return the text of an article: its paragraphs joined by one blank line."""
    return "\n\n".join(paragraphs)


_WORD = re.compile(r"\w+")


_SHORT = 400  # characters; longer texts are not compared again and again, and would fill the memory


def fold(text: str) -> str:
    """Return the bare words of a text, for comparing two printed forms; never shown."""
    return _folded(text) if len(text) < _SHORT else " ".join(_WORD.findall(tidy(text).casefold()))


@lru_cache(maxsize=2_000)
def _folded(text: str) -> str:
    return " ".join(_WORD.findall(tidy(text).casefold()))
