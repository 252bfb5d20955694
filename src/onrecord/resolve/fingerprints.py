"""What is kept of an article's text to find its copies: hashed words, sentences, what is quoted.

A fingerprint is a pure function of one text, so it is made once, kept, and never made again when
articles are added. It holds 32-bit hashes of the words (a collision among the few hundred words of two
articles is harmless: decisions rest on many sentences).
"""

from __future__ import annotations

import itertools
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.resolve.ragged import Numbers

Hashes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

WORD = re.compile(r"\w+")
# A sentence ends at a line's end, or at a full stop (with closing marks) before white space and a capital or digit.
SENTENCE_END = re.compile(r"\n+|(?<=[.!?؟])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[^\Wa-z_])")
# A longer text is known by its beginning: two texts are laid beside each other sentence by sentence, and a
# book, a page of links or a page made to be large would take the square of its length.
MOST_SENTENCES = 1_000
_NO_SPANS = np.zeros((0, 2), np.int64)
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
    ends = np.array(_sentence_ends(text), np.int64)
    found = [(match.start(), match.group()) for match in WORD.finditer(text, 0, int(ends[-1]))]
    if not found:
        return Fingerprint(np.zeros(0, np.uint32), np.zeros(0, np.bool_), np.zeros(1, np.int64), _NO_SPANS)
    at = np.fromiter((place for place, _ in found), np.int64, len(found))
    words = np.fromiter((hash_of(word) for _, word in found), np.uint32, len(found))
    number, firsts = np.unique(np.searchsorted(ends, at, "right"), return_index=True)  # sentences that have words
    begins = np.concatenate(([0], ends))[number]
    stops = [int(begin) + len(text[begin:end].rstrip()) for begin, end in zip(begins, ends[number], strict=True)]
    return Fingerprint(
        words, _inside(text, at), np.append(firsts, len(words)).astype(np.int64), np.stack((begins, stops), axis=1)
    )


def _sentence_ends(text: str) -> list[int]:
    """Where each of the first sentences ends; an empty text has one empty sentence."""
    ends = [match.end() for match in itertools.islice(SENTENCE_END.finditer(text), MOST_SENTENCES)]
    return ends if len(ends) == MOST_SENTENCES else [*ends, len(text)]


def _inside(text: str, places: Numbers) -> Flags:
    """Which places stand inside double quotation marks."""
    spans = np.array(_quoted_spans(text), np.int64).reshape(-1, 2)
    begun = np.searchsorted(spans[:, 0], places, "right") - 1
    return (begun >= 0) & (places < np.append(spans[:, 1], 0)[begun])


def packed(print_: Fingerprint) -> bytes:
    """Return a fingerprint as bytes, for :func:`unpacked`."""
    counts = np.array((len(print_.words), print_.sentences), np.int64)
    parts = (counts, print_.starts, print_.spans, print_.words, print_.quoted)
    return b"".join(part.tobytes() for part in parts)


def unpacked(data: bytes) -> Fingerprint:
    """Return the fingerprint that was packed."""
    words, sentences = np.frombuffer(data, np.int64, 2).tolist()
    starts = np.frombuffer(data, np.int64, sentences + 1, 16)
    spans = np.frombuffer(data, np.int64, 2 * sentences, 24 + 8 * sentences).reshape(-1, 2)
    at = 24 + 24 * sentences
    return Fingerprint(
        np.frombuffer(data, np.uint32, words, at), np.frombuffer(data, np.bool_, words, at + 4 * words), starts, spans
    )


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


@lru_cache(maxsize=10_000)
def hash_of(word: str) -> int:
    """Return the hash that a word is known by; the same on every machine."""
    return zlib.crc32(word.casefold().encode("utf-8", "surrogatepass"))
