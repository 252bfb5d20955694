"""What words mean, near enough: a vector for each word, from the pieces of a small table that is shipped.

``data/pieces.npy`` has one row of signed bytes for each word piece in ``data/pieces.txt``, each row one long (127 is
1.0): every piece run alone through MiniLM and turned to its principal axes; ``training/claims/vectors.py`` made it. The
vocabulary is that of BERT, sorted by how frequent a piece is, which gives a first idea of how much a word says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]

FIRST_WORD = 1996  # row of the most frequent whole word, "the"; before it stand marks and single characters
NEVER = 100_000  # rank of a word that is not a piece by itself
PART = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")


@cache
def table() -> npt.NDArray[np.int8]:
    """Return the vectors of all pieces, (pieces, dimensions)."""
    with resources.as_file(resources.files("onrecord.resolve").joinpath("data", "pieces.npy")) as path:
        loaded: npt.NDArray[np.int8] = np.load(path, allow_pickle=False)
    return loaded


@cache
def vocabulary() -> dict[str, int]:
    """Return the row of each piece; a piece that continues a word begins with ``##``."""
    text = resources.files("onrecord.resolve").joinpath("data", "pieces.txt").read_text(encoding="utf-8")
    return {piece: row for row, piece in enumerate(text.split("\n")) if piece}


def pieces(word: str) -> list[int]:
    """Return the rows of a word's pieces: the longest that fits, again and again; none where one cannot be had."""
    known, rows = vocabulary(), []
    for part in PART.findall(_plain(word)):
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                row = known.get(part[start:end] if start == 0 else f"##{part[start:end]}")
                if row is not None:
                    rows.append(row)
                    start = end
                    break
            else:
                break
    return rows


@lru_cache(maxsize=10_000)
def vector(word: str) -> Vector:
    """Return a word's vector, one long; zeros for a word without a piece."""
    rows = pieces(word[:60])
    if not rows:
        return np.zeros(table().shape[1], np.float32)
    mean: Vector = table()[rows].astype(np.float32).mean(axis=0)
    mean /= np.float32(np.sqrt(mean @ mean) + 1e-9)
    return mean


def ranks() -> Iterator[tuple[str, int]]:
    """Yield the words whose rank is known, and it."""
    for piece, row in vocabulary().items():
        if row >= FIRST_WORD and not piece.startswith("##"):
            yield piece, row - FIRST_WORD


@lru_cache(maxsize=10_000)
def rank(word: str) -> int:
    """Return the place of a word in the order of frequency, 0 for the most frequent; ``NEVER`` where it is unknown."""
    row = vocabulary().get(_plain(word), -1)
    return row - FIRST_WORD if row >= FIRST_WORD else NEVER


def _plain(word: str) -> str:
    """Lower case without accents, as the vocabulary is written."""
    spread = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in spread if unicodedata.category(c) != "Mn")
