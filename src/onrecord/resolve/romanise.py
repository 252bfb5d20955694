"""Writes any name in plain lower-case Latin letters: accents off, Arabic, Cyrillic and Greek letters spelled out.

The tables are our own, made after the habits of news agencies (BGN/PCGN for Cyrillic, the common press forms for
Arabic and Persian) and not of scholars: what matters is that the result sounds like what newspapers print. Arabic
script has no short vowels, so neither has its romanisation ("محمد" gives ``mhmd``); :mod:`onrecord.resolve.sound`
forgives that when it is told so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ى": "a",
    "ة": "a", "ء": "", "ؤ": "w", "ئ": "y", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ک": "k", "ی": "y", "ۀ": "e",
    "ہ": "h", "ھ": "h", "ے": "e", "ں": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ڤ": "v", "ڵ": "l", "ۆ": "o", "ێ": "e",
    "ە": "e", "ڕ": "r", "ـ": "", "\u200c": " ", "،": ",",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ђ": "dj", "у": "u", "ў": "w", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "ғ": "g", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ә": "a",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
# Letters that Unicode does not take apart into a base and a mark.
_LATIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h",
    "ŋ": "ng", "ç": "ch",
}  # fmt: skip
# Quotation marks and letters that stand for hamza, ayn, the soft sign or an apostrophe: silent in the press.
_SILENT = dict.fromkeys("'’‘`´ʼʹʾʿˈ′ʻ", "")
_DASHES = dict.fromkeys("‐‑‒–—―−_", "-")
_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")
_TABLE = str.maketrans(_ARABIC | _CYRILLIC | _GREEK | _LATIN | _SILENT | _DASHES)


@lru_cache(maxsize=10_000)
def romanise(text: str) -> str:
    """Return the text in lower-case ASCII letters, digits and punctuation; other scripts' letters are dropped.

    The tables see Cyrillic letters before their marks are taken off, so that "й" is not read as "и".
    """
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "").replace("_", "-")
    composed = unicodedata.normalize("NFKC", text).lower().translate(_TABLE)
    plain = unicodedata.normalize("NFKD", composed).translate(_TABLE)
    return plain.encode("ascii", "ignore").decode("ascii")


def is_unvowelled(text: str) -> bool:
    """Whether the text is in Arabic script, which leaves the short vowels out."""
    return _ARABIC_LETTER.search(text) is not None
