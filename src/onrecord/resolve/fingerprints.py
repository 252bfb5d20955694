"""What is kept of an article's text to find its copies: hashed words, sentences, what is quoted.

A fingerprint is a pure function of one text, so it is made once, kept, and never made again when
articles are added. It holds 32-bit hashes of the words (a collision among the few hundred words of two
articles is harmless: decisions rest on many sentences).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

WORD = re.compile(r"\w+")
# A sentence ends at a line's end, or at a full stop (with closing marks) before white space and a capital or digit.
SENTENCE_END = re.compile(r"\n+|(?<=[.!?؟])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[^\Wa-z_])")
# A longer text is known by its beginning: two texts are laid beside each other sentence by sentence, and a
# book, a page of links or a page made to be large would take the square of its length.
MOST_SENTENCES = 1_000
QUOTE_MARK = re.compile('["“”«»\n]')


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text's words as hashes, in order; ``starts`` has the first word of each sentence."""

    words: Hashes  # (n,) hash of each word, case folded
    quoted: Flags  # (n,) whether the word stands inside quotation marks
    starts: Numbers  # (m + 1,) index of each sentence's first word; the last is n
    spans: Numbers  # (m, 2) code point span of each sentence in the text

    @property
    def sentences(self) -> int:
        """How many sentences the text has."""
        return len(self.spans)


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text's first ``MOST_SENTENCES`` sentences. Linear in its length; may be empty."""
    inside = _quoted_spans(text)
    words: list[int] = []
    quoted: list[bool] = []
    starts: list[int] = [0]
    spans: list[tuple[int, int]] = []
    at = 0
    for begin, end in _sentences(text):
        first = len(words)
        for match in WORD.finditer(text, begin, end):
            words.append(_hash(match.group()))
            while at < len(inside) and inside[at][1] <= match.start():
                at += 1
            quoted.append(at < len(inside) and inside[at][0] <= match.start())
        if len(words) > first:
            starts.append(len(words))
            spans.append((begin, begin + len(text[begin:end].rstrip())))
            if len(spans) == MOST_SENTENCES:
                break
    return Fingerprint(
        np.array(words, np.uint32),
        np.array(quoted, np.bool_),
        np.array(starts, np.int64),
        np.array(spans, np.int64).reshape(-1, 2),
    )


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return [(a, b) for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b]


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Spans inside double quotation marks; what is open at a line's end ends there."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in QUOTE_MARK.finditer(text):
        mark = match.group()
        if opened is None:
            if mark in '"“«':
                opened = match.end()
        elif mark in '"”»\n':
            spans.append((opened, match.start()))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


@lru_cache(maxsize=30_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.casefold().encode("utf-8", "surrogatepass"))
