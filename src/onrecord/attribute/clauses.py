"""One sentence as tokens, and the pieces of it that the rules ask for: cues and contents.

Token numbers are positions in :attr:`Clause.tokens`; ranges of them are inclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.attribute.acts import forms_of, lemma_of
from onrecord.attribute.kinds import Quotations
from onrecord.attribute.tables import words
from onrecord.model import Span

_TOKEN = re.compile("(?:[^\\W\\d_]\\.){2,}|\\w+(?:[-'\u2019.]\\w+)*|``|''|[^\\w\\s]")
QUOTE_MARKS = frozenset(["``", "''", '"', *"\u201c\u201f\u275d\u201d\u275e"])

_DOUBTFUL = words("clauses", "doubtful")
_CUES = {form for lemma in words("clauses", "reporting") for form in forms_of(lemma)} | {"according"}
_BARE = {form for lemma in words("clauses", "bare") for form in forms_of(lemma)} - _DOUBTFUL
_AUXILIARY = words("clauses", "auxiliary")
_PRONOUNS = words("clauses", "pronouns")
_RIGHT_STOPS = words("clauses", "right")
_SUBJECTS = frozenset("he she they it we i you there this these those his her their its".split())
_PREPOSITIONAL = frozenset(form for lemma in ("warn", "complain", "boast") for form in forms_of(lemma))
_NO_CLAUSE = frozenset(", . ; ? ! of about to so".split())
_MOST_CUES = 24  # of one sentence that are read; more are no prose
_OBJECT_GAP = 14  # tokens between a cue and its "that" or quotation


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark."""

    start: int
    end: int
    text: str
    lower: str
    quoted: bool


@dataclass(slots=True)
class Clause:
    """The tokens of one sentence and what can be asked about them."""

    text: str
    start: int
    end: int
    tokens: list[Token]
    cues: list[int] = field(default_factory=list)
    first: int = 0  # the first token that is not an opening mark

    @property
    def wholly_quoted(self) -> bool:
        """Whether every word stands inside a quotation."""
        spoken = [token.quoted for token in self.tokens if token.text[0].isalnum()]
        return bool(spoken) and all(spoken)

    def lower(self, number: int) -> str:
        """The token in small letters; empty beyond the ends."""
        return self.tokens[number].lower if 0 <= number < len(self.tokens) else ""

    def characters(self, tokens: Span) -> Span:
        """Characters of an inclusive range of tokens."""
        return self.tokens[tokens[0]].start, self.tokens[tokens[1]].end

    def span(self, first: int, last: int) -> Span | None:
        """Characters of an inclusive range of tokens without marks at its ends, except quotation marks."""
        while first <= last and self.tokens[first].lower in ",;:-\u2013\u2014.)":
            first += 1
        while last >= first and self.tokens[last].lower in ",;:-\u2013\u2014(.":
            if self.tokens[last].quoted and last > first:
                break
            last -= 1
        if last < first or not any(token.text[0].isalnum() for token in self.tokens[first : last + 1]):
            return None
        return self.characters((first, last))

    def cue_group(self, number: int) -> Span:
        """The cue with its auxiliaries and adverbs: "has also said"."""
        first = number
        while first > 0 and (self.lower(first - 1) in _AUXILIARY or self.lower(first - 1).endswith("ly")):
            first -= 1
        return first, number

    def takes_bare(self, number: int) -> bool:
        """Whether this form of a verb takes a clause without "that"."""
        return self.lower(number) in _BARE

    def content_before(self, number: int) -> Span | None:
        """What stands before ", S said": from the start of the sentence to the comma or closing mark."""
        last = number - 1
        if last < 1 or not (self.tokens[last].text in QUOTE_MARKS or self.tokens[last].text in ",-\u2013\u2014?!"):
            return None
        first = 0
        if self.tokens[last].text in QUOTE_MARKS:
            opening = last
            while opening > 0 and self.tokens[opening - 1].quoted:
                opening -= 1
            if opening <= 2 and self.lower(0) in ("and", "but"):
                first = opening
        return self.span(first, last) if last - first > 2 else None

    def closes_quote(self, number: int) -> bool:
        """Whether a quotation ends right before this token."""
        return number > 0 and self.tokens[number - 1].text in QUOTE_MARKS

    def ends_at(self, last: int) -> bool:
        """Whether nothing that could be content follows: the end, a stop, or an adverbial and the end."""
        follow = self.lower(last + 1)
        return follow in ("", ".", ",", ";", "!", "?", "\u2014") or follow in _RIGHT_STOPS - {"that"} or follow == "of"

    def quote_follows(self, last: int, within: int = 14) -> bool:
        """Whether a quotation opens within so many tokens."""
        return any(token.quoted or token.text in QUOTE_MARKS for token in self.tokens[last + 1 : last + 1 + within])

    def quote_after(self, last: int) -> Span | None:
        """The rest of the sentence from its next quotation on."""
        for number in range(last + 1, len(self.tokens)):
            if self.tokens[number].quoted or self.tokens[number].text in QUOTE_MARKS:
                return self.characters((number, len(self.tokens) - 1))
        return None

    def complement(self, last: int, *, bare: bool) -> Span | None:
        """What follows a cue as its content: "that ...", a quotation, or a bare clause."""
        end = self.end_of(last)
        if self.has_prepositional(last):
            return self.span(last + 1, end)
        begin = last + 2 if self.lower(last + 1) in (",", ":") and self.quote_follows(last, within=2) else last + 1
        if bare and self.lower(begin) in _SUBJECTS and lemma_of(self.lower(last)) != "tell":
            return self.span(begin, end)
        for number in range(begin, min(last + _OBJECT_GAP, end + 1)):
            token = self.tokens[number]
            if bare and number in self.cues:
                return self.span(begin, end)
            if token.lower in ("that", "whether", "how", "why", "what") and not token.quoted:
                return self.span(number, end)
            if token.quoted or token.text in QUOTE_MARKS:
                return self.span(begin if bare and number > begin + 1 else number, end)
            if token.lower in (";", "but", "because", "while") or (token.lower == "," and not bare):
                return None
            if token.lower == ",":
                break
        if bare and end - last > 2 and self.lower(last + 1) not in _NO_CLAUSE:
            return self.span(last + 1, end)
        return None

    def has_prepositional(self, last: int) -> bool:
        """Whether the content of this cue is a noun phrase: "warned of the danger"."""
        return self.lower(last) in _PREPOSITIONAL and self.lower(last + 1) in ("of", "about", "against")

    def end_of(self, last: int) -> int:
        """The last token that a content after this cue can have: another cue with a subject of its own ends it."""
        for cue in self.cues:
            subject = self.cue_group(cue)[0] - 1
            if cue > last and self.lower(subject) in _PRONOUNS:
                before = self.lower(subject - 1)
                joined = before in ("and", "but", "while") and self.lower(subject - 2) == ","
                if subject - 1 > last and (before in ("-", ";", "\u2013", "\u2014") or joined):
                    return subject - 2
        return len(self.tokens) - 1

    def rest_after_comma(self, last: int) -> Span | None:
        """The rest of the sentence after the next comma."""
        for number in range(last + 1, len(self.tokens)):
            if self.tokens[number].lower == ",":
                return self.span(number + 1, len(self.tokens) - 1)
        return None

    def touches_quote(self, span: Span) -> bool:
        """Whether any token of this stretch of characters is quoted."""
        return any(token.quoted for token in self.tokens if span[0] <= token.start < span[1])


def read_clause(text: str, start: int, end: int, quotations: Quotations) -> Clause:
    """Cut a sentence into tokens and find its cue words, those outside quotations."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        place = match.start()
        tokens.append(
            Token(place, match.end(), word, word.lower(), quotations.inside(place) and word not in QUOTE_MARKS)
        )
    clause = Clause(text, start, end, tokens)
    while clause.first < len(tokens) - 1 and not tokens[clause.first].text[0].isalnum():
        clause.first += 1
    for number, token in enumerate(tokens):
        name = token.text == "Said" and number and tokens[number - 1].text[0].isupper()  # "Omar Said"
        if token.lower in _CUES and not token.quoted and not name:
            if token.lower in _DOUBTFUL and not _certain(clause, number):
                continue
            clause.cues.append(number)
            if len(clause.cues) == _MOST_CUES:
                break
    return clause


def _certain(clause: Clause, number: int) -> bool:
    """Whether a doubtful form is surely a verb: "that" or a quotation follows at once, or a pronoun stands before."""
    follow = clause.lower(number + 1)
    if follow == "," or follow == ":":
        follow = clause.lower(number + 2)
    return follow == "that" or follow in QUOTE_MARKS or clause.lower(number - 1) in _PRONOUNS
