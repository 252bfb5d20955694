"""Words as the index and the queries see them: the exact form, without case and accents.

One function cuts texts, names and queries alike, so a word that is printed is a word that is found.
Folding follows Unicode: compatibility decomposition, combining marks dropped, case folded. For Arabic
that joins the forms of alef and drops the short vowels; ya, ta marbuta and tatweel are done here, as
Lucene's ArabicNormalizer does. Nothing is stemmed: that is a second field, used on request.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from onrecord.model import Span

LONGEST = 100  # code points of a word that count; what is longer is no word that anybody searches

# Marks that stand inside words, and scripts whose vowel signs Python does not count as letters.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
_INDIC = "\u0900-\u0963\u0966-\u0dff"
# Chinese and Japanese print no spaces: every sign is a word, and a row of them is searched as a phrase.
_SIGN = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_SIGN}|(?:(?!{_SIGN})[^\W_]|[{_MARKS}{_INDIC}])+")
_ARABIC = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})


def fold(word: str) -> str:
    """Return a word's searched form; equal for words that differ only in case, accents or vowel marks."""
    if word.isascii():
        return word.lower()[:LONGEST]
    return _fold(word)


def words(text: str) -> list[str]:
    """Return the searched forms of the words of a text, in order."""
    if text.isascii():
        return [word[:LONGEST] for word in _ASCII_WORD.findall(text.lower())]
    return [folded for word in _WORD.findall(text) if (folded := fold(word))]


def placed(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the same words with the span that each has in the text."""
    if text.isascii():
        for match in _ASCII_WORD.finditer(text.lower()):
            yield match.group()[:LONGEST], match.span()
        return
    for match in _WORD.finditer(text):
        if folded := fold(match.group()):
            yield folded, match.span()


_ASCII_WORD = re.compile(r"[a-z0-9]+")


@functools.lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    whole = unicodedata.normalize("NFKD", word).casefold()
    kept = "".join(char for char in unicodedata.normalize("NFKD", whole) if char.isalnum() or _is_vowel_sign(char))
    return kept.translate(_ARABIC)[:LONGEST]


def _is_vowel_sign(char: str) -> bool:
    """Vowel signs of Indian scripts are part of the word; accents and harakat (of a combining class) are not."""
    return not unicodedata.combining(char) and unicodedata.category(char) in ("Mn", "Mc")
