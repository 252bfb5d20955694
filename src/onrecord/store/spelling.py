"""Names spelled otherwise: which names of the archive a query may have meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from onrecord.model import Span
from onrecord.store.query import And, Field, Node, Query, Words
from onrecord.store.tokens import words

_CLOSE = 78.0  # of 100; below it, names that are another's turn up
_MOST = 3  # suggestions
_KINDS = 32  # of letters, by their code points; letters that fall together only let more names through


class Names:
    """The names that the archive knows, most frequent first, prepared for comparison."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for name in names:
            parts = words(name)
            if parts:
                self._names.setdefault(_key(parts), name)
                if len(parts) > 1:
                    self._names.setdefault("".join(parts), name)
                    for part in name.split():
                        if len(part) > 3:
                            self._names.setdefault(_key(words(part)), part)
        self._keys = list(self._names)
        self._lengths = np.array([len(key) for key in self._keys], np.int32)
        letters = np.frombuffer("".join(self._keys).encode("utf-32-le", "surrogatepass"), np.uint32) % _KINDS
        places = np.repeat(np.arange(len(self._keys)), self._lengths)
        counts = np.bincount(letters * len(self._keys) + places, minlength=_KINDS * len(self._keys))
        #: how often each name has letters of each kind; one row for each kind
        self._letters = np.minimum(counts, 255).astype(np.uint8).reshape(_KINDS, len(self._keys))

    def near(self, name: str) -> list[str]:
        """Return the names that are spelled much like this one, the nearest first; not the name itself."""
        asked = _key(words(name))
        if len(asked) < 4 or asked in self._names:
            return []
        close = [self._keys[place] for place in self._may_be_near(asked)]
        found = process.extract(asked, close, scorer=fuzz.ratio, limit=_MOST, score_cutoff=_CLOSE)
        return [self._names[key] for key, _, _ in found]

    def _may_be_near(self, asked: str) -> npt.NDArray[np.intp]:
        """Return the places of all names near enough, and of few others: a ratio counts letters in common, in order.

        Letters in common in any order are at least as many, and counted for all names at once.
        """
        shared = np.zeros(len(self._keys), np.int32)
        for kind, number in Counter(ord(letter) % _KINDS for letter in asked).items():
            shared += np.minimum(self._letters[kind], min(number, 255))
        return np.flatnonzero(200 * shared >= _CLOSE * (self._lengths + len(asked)))


def suggestions(query: Query, names: Names) -> tuple[str, ...]:
    """Return the query with a name in it spelled as the archive spells it: at most three, the nearest first."""
    found: dict[str, None] = {}
    for asked, (start, end) in _asked(query.node):
        for name in names.near(asked):
            prefix = "source:" if query.text[start:end].lower().startswith("source:") else ""
            written = f'"{name}"' if prefix or len(words(name)) > 1 else name
            found.setdefault(query.text[:start] + prefix + written + query.text[end:])
    return tuple(found)[:_MOST]


def _asked(node: Node | None) -> Iterator[tuple[str, Span]]:
    """Yield what may be a name: each run of plain words, each word or phrase, each ``source:``."""
    parts = node.parts if isinstance(node, And) else (node,) if node is not None else ()
    run: list[Words] = []
    for part in parts:
        if isinstance(part, Words) and not part.prefix:
            run.append(part)
            continue
        yield from _of_run(run)
        run = []
        if isinstance(part, Field) and part.name == "source":
            yield part.text, part.place
    yield from _of_run(run)


def _of_run(run: list[Words]) -> Iterator[tuple[str, Span]]:
    if len(run) > 1:
        yield " ".join(each.text for each in run), (run[0].place[0], run[-1].place[1])
    for each in run:
        yield each.text, each.place


def _key(parts: list[str]) -> str:
    return " ".join(sorted(parts))
