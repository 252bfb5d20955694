"""The attributor that needs no model: quotation marks, reporting verbs, "according to", transcripts.

It reads sentence by sentence and knows these forms (S source, C content, cue in capitals)::

    S SAID (that) C          C, S SAID          "C," SAID S          "C," S SAID. "C."
    S TOLD Y that C          C, ACCORDING TO S  ACCORDING TO S, C    C, AS REVEALED BY S
    S: C                     (headline, transcript)

A wholly quoted sentence without a cue belongs to the attribution beside it in its paragraph; where there
is none, nothing is found. The confidences are the shares that are right (linked) of each form on a quarter
of PolNeAR's training part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.attribute.clauses import Clause, read_clause
from onrecord.attribute.kinds import Quotations
from onrecord.attribute.phrases import noun_phrase_after, noun_phrase_before
from onrecord.attribute.sentences import sentences
from onrecord.model import Attribution, Span, Spans

_AS_SAID_BY = re.compile(r"\bas \w+ by\b")
_SPEAKER_LINE = re.compile(r"^[ \t]*([^\W\d_a-z][^\n:\"\u201c\u201d]{0,60}):[ \t]+(?=\S)", re.MULTILINE)
_SPEAKER_NAME = re.compile(r"(?:[^\W\d_a-z][\w.'\u2019-]*[ \t]*){1,5}\Z")


class RuleAttributor:
    """Finds attributions by rule; implements :class:`onrecord.stages.Attributor`."""

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """Return for each text its attributions in order of their content."""
        return [attribute_text(text) for text in texts]


def attribute_text(text: str) -> tuple[Attribution, ...]:
    """Return the attributions of one text in order of their content."""
    quotations = Quotations(text)
    found: list[_Draft] = []
    lines = _speaker_lines(text)
    open_quote: _Draft | None = None  # the last attribution, while quoted sentences may still go on with it
    waiting: list[Span] = []  # quoted sentences that may belong to the attribution after them
    last_end = 0
    for start, end in sentences(text):
        if "\n" in text[last_end:start]:
            waiting = []
            if open_quote is not None and not open_quote.runs_on:
                open_quote = None
        last_end = end
        if start in lines:
            name, content = lines[start]
            open_quote = _Draft((name,), ((name[1], name[1] + 1),), [(content, end)], 0.67, runs_on=False)
            found.append(open_quote)
            continue
        clause = read_clause(text, start, end, quotations)
        drafts = [draft for draft in (_read_cue(clause, number) for number in clause.cues) if draft is not None]
        drafts = _without_overlap(drafts)
        if not drafts:
            if clause.wholly_quoted:
                if open_quote is not None:
                    open_quote.content.append((start, end))
                else:
                    waiting.append((start, end))
            elif clause.tokens:
                open_quote = None
            continue
        if waiting and drafts[0].quoted:
            drafts[0].content[:0] = waiting
        waiting = []
        found.extend(drafts)
        open_quote = drafts[-1] if drafts[-1].quoted else None
    return tuple(
        sorted(
            (draft.finished(text) for draft in found), key=lambda attribution: (attribution.content, attribution.source)
        )
    )


def said_by(text: str) -> list[Attribution]:
    """Return the attributions of the form "C, as revealed by S", which a model hardly ever sees."""
    if not _AS_SAID_BY.search(text):
        return []
    quotations = Quotations(text)
    found: list[_Draft | None] = []
    for start, end in sentences(text):
        if _AS_SAID_BY.search(text, start, end):
            clause = read_clause(text, start, end, quotations)
            found.extend(_as_said_by(clause, cue) for cue in clause.cues if clause.lower(cue - 1) == "as")
    return [draft.finished(text) for draft in found if draft is not None]


@dataclass(slots=True)
class _Draft:
    """An attribution whose content may still grow."""

    source: Spans
    cue: Spans
    content: list[Span]
    confidence: float
    quoted: bool = False
    runs_on: bool = False  # the next paragraph may go on with it

    def finished(self, text: str) -> Attribution:
        return Attribution(self.source, self.cue, tuple(_joined(sorted(self.content), text)), self.confidence)


def _joined(spans: Sequence[Span], text: str) -> list[Span]:
    """Join spans that only white space parts."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _speaker_lines(text: str) -> dict[int, tuple[Span, int]]:
    """Lines of a transcript, and a headline with a colon: start -> (name, start of the content).

    A name before a colon is a speaker where it stands in capitals, where it opens several lines, or
    where it opens the first line, which is a headline.
    """
    rows: list[tuple[int, Span, int]] = []
    counts: dict[str, int] = {}
    for match in _SPEAKER_LINE.finditer(text):
        name = match.group(1).rstrip()
        if _SPEAKER_NAME.match(name):
            rows.append((match.start(1), (match.start(1), match.start(1) + len(name)), match.end()))
            counts[name] = counts.get(name, 0) + 1
    kept: dict[int, tuple[Span, int]] = {}
    for start, span, content in rows:
        name = text[span[0] : span[1]]
        first = not text[:start].strip()
        if first or name.isupper() or counts[name] > 1:
            kept[start] = (span, content)
    return kept


def _without_overlap(drafts: list[_Draft]) -> list[_Draft]:
    """Keep the first of two attributions that use the same source or whose cue lies in the other's content."""
    kept: list[_Draft] = []
    for draft in drafts:
        inside = any(
            start <= draft.cue[0][0] < end and not earlier.quoted for earlier in kept for start, end in earlier.content
        )
        same = any(draft.source == earlier.source for earlier in kept)
        if not (inside or same):
            kept.append(draft)
    return kept


def _read_cue(clause: Clause, number: int) -> _Draft | None:
    """Read the attribution around one cue word, or return None where no form fits."""
    tokens = clause.tokens
    word = tokens[number].lower
    if word == "according":
        return _according(clause, number)
    if number + 1 < len(tokens) and tokens[number + 1].lower == "by" and clause.lower(number - 1) == "as":
        return _as_said_by(clause, number)
    first, last = clause.cue_group(number)
    before = noun_phrase_before(clause, first)
    if before is not None:
        head = before[0]
        ahead = clause.content_before(head)
        after = clause.complement(last, bare=clause.takes_bare(number))
        if after is not None and (ahead is None or clause.has_prepositional(last) or not clause.ends_at(last)):
            if ahead is not None and clause.quote_follows(last):
                return _draft(clause, before, (first, last), [ahead, after], 0.62)
            if ahead is None or not clause.closes_quote(head):
                return _draft(clause, before, (first, last), [after], 0.66)
        if ahead is not None and (clause.ends_at(last) or clause.closes_quote(head)):
            return _draft(clause, before, (first, last), [ahead], 0.82)
        return None
    ahead = clause.content_before(first)
    if ahead is None:
        return None
    behind = noun_phrase_after(clause, last + 1)
    if behind is None:
        return None
    contents = [ahead]
    rest = clause.quote_after(behind[1])
    if rest is not None:
        contents.append(rest)
    return _draft(clause, behind, (first, last), contents, 0.62)


def _according(clause: Clause, number: int) -> _Draft | None:
    if clause.lower(number + 1) != "to":
        return None
    source = noun_phrase_after(clause, number + 2)
    if source is None:
        return None
    if number == clause.first:
        content = clause.rest_after_comma(source[1])
        if content is None:  # what looked like an apposition is the content
            source = noun_phrase_after(clause, number + 2, apposition=False) or source
            content = clause.rest_after_comma(source[1])
    else:
        content = clause.content_before(number) or clause.span(clause.first, number - 1)
    if content is None:
        return None
    return _draft(clause, source, (number, number + 1), [content], 0.82)


def _as_said_by(clause: Clause, number: int) -> _Draft | None:
    if clause.lower(number + 1) != "by":
        return None
    source = noun_phrase_after(clause, number + 2)
    content = clause.content_before(number - 1)
    if source is None or content is None:
        return None
    return _draft(clause, source, (number - 1, number + 1), [content], 0.7)


def _draft(clause: Clause, source: Span, cue: Span, contents: list[Span], confidence: float) -> _Draft:
    quoted = any(clause.touches_quote(span) for span in contents)
    colon = clause.text[clause.start : clause.end].rstrip().endswith(":")
    return _Draft((clause.characters(source),), (clause.characters(cue),), contents, confidence, quoted, runs_on=colon)
