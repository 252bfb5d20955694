"""Names spelled otherwise: which names of the archive a query may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from onrecord.model import Span
from onrecord.store.query import And, Field, Node, Query, Words
from onrecord.store.tokens import words

_CLOSE = 78.0  # of 100; below it, names that are another's turn up
_MOST = 3  # suggestions


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

    def near(self, name: str) -> list[str]:
        """Return the names that are spelled much like this one, the nearest first; not the name itself."""
        asked = _key(words(name))
        if len(asked) < 4 or asked in self._names:
            return []
        found = process.extract(asked, self._names.keys(), scorer=fuzz.ratio, limit=_MOST, score_cutoff=_CLOSE)
        return [self._names[key] for key, _, _ in found]


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
