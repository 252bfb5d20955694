"""Cuts a text into runs, so that a template can mark who said what without any arithmetic of its own.

Statements may overlap and nest: a run carries the numbers of all statements it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.model import Kind, Span, Statement
from onrecord.web.wording import is_rtl


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement's claim on a run: its number on the page, and as what it takes the run."""

    number: int  # from 1, in the order of the statements
    role: str  # source | cue | content
    kind: Kind


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks."""

    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[int, ...] = ()  # numbers of the statements whose content ends with this run

    @property
    def classes(self) -> str:
        """The CSS classes: role, kind of the innermost content, and ``m<number>`` of each statement."""
        content = [mark for mark in self.marks if mark.role == "content"]
        names = [f"m{number}" for number in sorted({mark.number for mark in self.marks})]
        names += sorted({mark.role for mark in self.marks})
        if content:
            names.append(str(content[-1].kind))
        return " ".join(names)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as runs, with the statements that belong beside it."""

    runs: tuple[Run, ...]
    numbers: tuple[int, ...] = ()  # of the statements whose content begins here
    rtl: bool = False


def mark_text(text: str, statements: Sequence[Statement]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``text`` with the statements marked.

    Args:
        text: an article's text; paragraphs are divided by a blank line.
        statements: of this text; they are numbered from 1 in the order given. A span outside the
            text marks nothing.
    """
    paragraphs: list[Paragraph] = []
    start = 0
    spans = _spans(text, statements)
    for part in text.split("\n\n") if text else ():
        end = start + len(part)
        inside = [(span, mark) for span, mark in spans if span[0] < end and span[1] > start]
        numbers = tuple(
            number
            for number, statement in enumerate(statements, 1)
            if statement.content and start <= statement.content[0][0] <= end
        )
        paragraphs.append(Paragraph(_runs(text, (start, end), inside, statements), numbers, is_rtl(part)))
        start = end + 2
    return tuple(paragraphs)


def touched(text: str, statements: Sequence[Statement]) -> tuple[Paragraph, ...]:
    """Return only the paragraphs that the statements have words in."""
    return tuple(part for part in mark_text(text, statements) if any(run.marks for run in part.runs))


def _spans(text: str, statements: Sequence[Statement]) -> list[tuple[Span, Mark]]:
    found: list[tuple[Span, Mark]] = []
    for number, statement in enumerate(statements, 1):
        for role, spans in (("source", statement.source), ("cue", statement.cue), ("content", statement.content)):
            mark = Mark(number, role, statement.kind)
            found += [((start, end), mark) for start, end in spans if 0 <= start < end <= len(text)]
    # Longer spans first, so that the innermost mark of a run is its last.
    return sorted(found, key=lambda item: (item[0][0], -item[0][1]))


def _runs(
    text: str, paragraph: Span, spans: Sequence[tuple[Span, Mark]], statements: Sequence[Statement]
) -> tuple[Run, ...]:
    start, end = paragraph
    ends: dict[int, list[int]] = {}
    for number, item in enumerate(statements, 1):
        if item.content:
            ends.setdefault(max(stop for _, stop in item.content), []).append(number)
    cuts = {start, end}
    for span, _ in spans:
        cuts.update(place for place in span if start < place < end)
    places = sorted(cuts)
    runs = [
        Run(
            text[left:right],
            tuple(mark for span, mark in spans if span[0] <= left and right <= span[1]),
            tuple(ends.get(right, ())),
        )
        for left, right in pairwise(places)
    ]
    return tuple(_numbers_after_stops(runs))


_STOPS = re.compile(r"""[.,;:!?…’”"'»)\]،؛؟]+""")


def _numbers_after_stops(runs: list[Run]) -> list[Run]:
    """Return the runs with each number put behind the stops and closing marks that follow it, as printers do."""
    found: list[Run] = []
    for run in runs:
        before = found[-1] if found else None
        stops = _STOPS.match(run.text) if before and before.ends else None
        if before and stops:
            found[-1] = replace(before, ends=())
            head = Run(run.text[: stops.end()], run.marks, before.ends)
            rest = run.text[stops.end() :]
            found += [head, replace(run, text=rest)] if rest else [replace(head, ends=before.ends + run.ends)]
        else:
            found.append(run)
    return found
