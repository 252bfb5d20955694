"""A text as words with the marks that the tagger reads: word pieces, case, quotation, paragraph and sentence.

A word is a run of letters and digits or one other visible character. These are also the units in which spans are labelled, so
a span always starts and ends with a word, and offsets cut the given text by construction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"\w+|[^\w\s]|[\r\n]+")

# Quotation state of a word. A mark is neither inside nor outside: the model learns what its two sides mean.
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
# Case of a word. The vocabulary of the encoder knows lower case only.
LOWER, CAPITAL, UPPER, MIXED = range(4)

OPENERS = "\u201c\u201f\u275d\u00ab"
CLOSERS = "\u201d\u275e\u00bb"
SENTENCE_END = frozenset(".?!\u2026\u061f\u3002")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr sen rep gov st jr sr gen lt col capt sgt prof hon vs etc inc corp co ltd no jan feb mar apr jun jul aug sep sept "
    "oct nov dec mt ft ave blvd rev pres dept approx".split()
)

MAX_PIECES = 4  # per word: the rest of a longer word adds cost and hardly any knowledge
MAX_CHARACTERS = 60  # a longer word is unknown: looking for its pieces is quadratic
CACHE_SIZE = 20_000  # words, about 5 MB; a hostile text cannot grow it


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, as columns of equal length.

    Attributes:
        starts, ends: code points, half open.
        pieces: word piece ids of each word, at least one.
        marks: one number a word, `case + 4 * quotation + 16 * begins a paragraph`, below `MARKS`.
        paragraphs, sentences: running numbers; a sentence ends with its paragraph.
    """

    starts: list[int]
    ends: list[int]
    pieces: list[tuple[int, ...]]
    marks: list[int]
    paragraphs: list[int]
    sentences: list[int]

    def __len__(self) -> int:
        return len(self.starts)


MARKS = 32


class Vocabulary:
    """Word pieces of the encoder: greedy longest match, as in BERT (Devlin et al. 2019), on lower case without accents."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(pieces)}
        self.unknown = self._ids["[UNK]"]
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self.mask = self._ids["[MASK]"]
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    @classmethod
    def read(cls, path: Path) -> Vocabulary:
        """Read a vocabulary file: one piece a line, its id is its line."""
        return cls(path.read_text(encoding="utf-8").split("\n")[:-1])

    def look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        """The piece ids of a word and its case."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            found = self._cache[word] = (self._split(word), case_of(word))
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > MAX_CHARACTERS:
            return (self.unknown,)
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        ids: list[int] = []
        begin = 0
        while begin < len(plain):
            for end in range(len(plain), begin, -1):
                piece = plain[begin:end] if begin == 0 else "##" + plain[begin:end]
                if piece in self._ids:
                    ids.append(self._ids[piece])
                    break
            else:
                return (self.unknown,)
            begin = end
        return tuple(ids[:MAX_PIECES]) or (self.unknown,)


def case_of(word: str) -> int:
    """One of LOWER, CAPITAL, UPPER, MIXED; digits and marks count as lower case."""
    if not word[0].isupper():
        return LOWER if word == word.lower() else MIXED
    if len(word) > 1 and word.isupper():
        return UPPER
    return CAPITAL if word[1:] == word[1:].lower() else MIXED


def read_words(text: str, vocabulary: Vocabulary) -> Words:
    """Cut a text into words with their marks.

    Quotation marks are curly ones, `"`, `''` and double backticks; a straight mark opens or closes by turns, and what is still open
    at the end of a paragraph ends there, because papers open each paragraph of a long quotation anew.
    """
    starts: list[int] = []
    ends: list[int] = []
    pieces: list[tuple[int, ...]] = []
    marks: list[int] = []
    paragraphs: list[int] = []
    sentences: list[int] = []
    look_up = vocabulary.look_up
    paragraph = sentence = 0
    begins = True  # the next word begins a paragraph
    inside = False
    ended = False  # a sentence mark was read, and since then only closing marks
    half = ""  # first half of a doubled mark
    previous = ""
    for match in WORD.finditer(text):
        word = match.group()
        if word[0] in "\r\n":
            if starts and not begins:
                paragraph += 1
                sentence += 1
                begins = True
            inside = ended = False
            half = previous = ""
            continue
        start = match.start()
        state = INSIDE if inside else OUTSIDE
        if word == '"' or (half and half == word and start == ends[-1]):
            twice = word != '"'
            inside = True if word == "`" else not inside
            state = OPENING if inside else CLOSING
            if twice:
                marks[-1] = (marks[-1] & ~12) | state << 2
            half = ""
        elif word in OPENERS:
            inside, state, half = True, OPENING, ""
        elif word in CLOSERS:
            inside, state, half = False, CLOSING, ""
        else:
            half = word if word in "'`" else ""
        found, case = look_up(word)
        if ended and state != CLOSING and word not in ")]'\u2019" and word not in SENTENCE_END:
            if state == OPENING or case != LOWER or word[0].isdigit() or half:
                sentence += 1
            ended = False
        if word in SENTENCE_END and not (word == "." and (len(previous) == 1 or previous in ABBREVIATIONS)):
            ended = True
        starts.append(start)
        ends.append(match.end())
        pieces.append(found)
        marks.append(case | state << 2 | begins << 4)
        paragraphs.append(paragraph)
        sentences.append(sentence)
        begins = False
        previous = word.lower()
    return Words(starts, ends, pieces, marks, paragraphs, sentences)


def cut(words: Words, size: int) -> list[tuple[int, int]]:
    """Cut words into windows of at most `size` pieces, at paragraph ends where there is one, else at a sentence end, else anywhere.

    Returns:
        Half open ranges of word numbers that follow each other and cover all words.
    """
    windows: list[tuple[int, int]] = []
    begin = used = 0
    good, rank = 0, 0  # the best place to cut since `begin`, and how good it is
    i = 0
    while i < len(words):
        if i > begin:
            here = (
                2
                if words.paragraphs[i] != words.paragraphs[i - 1]
                else 1
                if words.sentences[i] != words.sentences[i - 1]
                else 0
            )
            if here and (here >= rank):
                good, rank = i, here
        used += len(words.pieces[i])
        if used > size and i > begin:
            stop = good if rank else i
            windows.append((begin, stop))
            begin = i = stop
            used, rank = 0, 0
            continue
        i += 1
    if begin < len(words):
        windows.append((begin, len(words)))
    return windows
