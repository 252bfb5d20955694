"""How alike two texts are, as the public article-extraction benchmark measures it.

Source: scrapinghub/article-extraction-benchmark, ``evaluate.py``: bags of four-word shingles, counts scaled
so that each page weighs the same, precision and recall averaged over pages, F1 of the two averages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"[\w]+")
_WIDE = re.compile("([\u3040-\u30ff\u3400-\u9fff])")  # no spaces between words: every character is one


class Overlap(NamedTuple):
    """Shares of shingles: in both, only in the prediction, only in the truth; they add up to 1."""

    both: float
    extra: float
    missing: float

    @property
    def precision(self) -> float:
        """Of what was predicted, how much is true."""
        return self.both / (self.both + self.extra) if self.both + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Of what is true, how much was predicted."""
        return self.both / (self.both + self.missing) if self.both + self.missing else 1.0


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Return the bag of runs of ``size`` words; one shorter run when the text has fewer."""
    words = _TOKEN.findall(_WIDE.sub(r" \1 ", text))
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def overlap(truth: str, prediction: str) -> Overlap:
    """Compare one page."""
    a, b = shingles(truth), shingles(prediction)
    both = (a & b).total()
    extra, missing = b.total() - both, a.total() - both
    total = both + extra + missing
    return Overlap(both / total, extra / total, missing / total) if total else Overlap(1.0, 0.0, 0.0)


def f1(pages: Sequence[Overlap]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pages."""
    precision = sum(page.precision for page in pages) / len(pages)
    recall = sum(page.recall for page in pages) / len(pages)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
