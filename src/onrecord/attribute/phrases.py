"""The noun phrase before or after a cue, without a parser.

A noun phrase is what lies between the cue and the next word that cannot belong to it, with an apposition
("X, an activist in Y,") and with what stands in brackets ("X (R-Tex.)").
"""

from __future__ import annotations

from onrecord.attribute.clauses import QUOTE_MARKS, Clause
from onrecord.attribute.tables import words
from onrecord.model import Span

_STOPS = frozenset(",.;:!?()[]\u2013\u2014-") | QUOTE_MARKS
_PRONOUNS = words("clauses", "pronouns")
_LEFT_STOPS = words("clauses", "left")
_RIGHT_STOPS = words("clauses", "right")
_LEADING = words("clauses", "leading")
_APPOSITION = words("clauses", "apposition")
_LONGEST = 40  # tokens
_LONGEST_TITLE = 8  # tokens of a name in quotation marks
_LONGEST_ABBREVIATION = 4  # characters


def noun_phrase_before(clause: Clause, number: int) -> Span | None:
    """Return the noun phrase that ends right before this token."""
    tokens = clause.tokens
    last = number - 1
    if last < 0 or tokens[last].quoted or tokens[last].text in QUOTE_MARKS:
        return None
    if tokens[last].lower in _PRONOUNS:
        return last, last
    limit = max(0, number - _LONGEST)
    if tokens[last].text != ",":
        first = _walk_left(clause, number, limit)
        return _trimmed(clause, first, last) if first < number else None
    comma = last - 1
    while comma > limit and tokens[comma].text != ",":  # an apposition, or no subject at all
        if tokens[comma].quoted:
            return None
        jump = _jump_left(clause, comma + 1, limit)
        comma = comma - 1 if jump is None else jump - 1
    if comma <= limit:
        return None
    name = _walk_left(clause, comma, limit)
    return _trimmed(clause, name, last) if name < comma else None


def noun_phrase_after(clause: Clause, number: int, *, apposition: bool = True) -> Span | None:
    """Return the noun phrase that starts at this token, with the apposition to a name if wanted."""
    tokens = clause.tokens
    if number >= len(tokens) or not tokens[number].text[0].isalnum() or tokens[number].quoted:
        return None
    if tokens[number].lower in _PRONOUNS:
        return number, number
    last = number
    end = min(len(tokens), number + _LONGEST)
    while last + 1 < end:
        token = tokens[last + 1]
        joins = _abbreviates(clause, last + 1) or _joins_names(clause, last + 1)
        if not joins and (token.lower in _STOPS or token.quoted or token.lower in _RIGHT_STOPS):
            break
        last += 1
    if tokens[last].lower in _RIGHT_STOPS or tokens[last].lower in ("the", "a", "an"):
        return None
    apposition = apposition and tokens[last].text[0].isupper()
    if apposition and last + 2 < end and tokens[last + 1].text == "," and tokens[last + 2].lower in _APPOSITION:
        last += 2
        while last + 1 < end and tokens[last + 1].text not in (".", ";") and not _is_quote(clause, last + 1):
            last += 1
    return number, last


def _walk_left(clause: Clause, number: int, limit: int) -> int:
    """Return the first token of the words that lead up to `number` without a stop between."""
    first = number
    while first > limit:
        token = clause.tokens[first - 1]
        jump = _jump_left(clause, first, limit)
        if jump is not None:
            first = jump
        elif _abbreviates(clause, first - 1) or _joins_names(clause, first - 1):
            first -= 1
        elif token.quoted or token.lower in _STOPS or (token.lower in _LEFT_STOPS and token.text != "Said"):
            break
        else:
            first -= 1
    return first


def _jump_left(clause: Clause, number: int, limit: int) -> int | None:
    """Return where brackets or a name in quotation marks begin that end right before `number`, if they do."""
    tokens = clause.tokens
    closing = number - 1
    if tokens[closing].text == ")":
        opening = closing - 1
        while opening > limit and tokens[opening].text != "(":
            opening -= 1
        return opening if tokens[opening].text == "(" else None
    if tokens[closing].text not in QUOTE_MARKS:
        return None
    opening = closing - 1
    while opening > max(limit, closing - 1 - _LONGEST_TITLE) and tokens[opening].quoted:
        opening -= 1
    speech = tokens[closing - 1].text in ",.?!" or tokens[opening].text not in QUOTE_MARKS
    return opening if not speech and opening > limit and tokens[opening - 1].text.islower() else None


def _abbreviates(clause: Clause, number: int) -> bool:
    """Whether this token is the full stop of an initial or a title: "J.", "Gov."."""
    if clause.tokens[number].text != "." or number < 1 or number + 1 >= len(clause.tokens):
        return False
    word = clause.tokens[number - 1].text
    return word[0].isupper() and len(word) <= _LONGEST_ABBREVIATION


def _joins_names(clause: Clause, number: int) -> bool:
    """Whether this token is the "and" between two names."""
    if clause.lower(number) != "and" or not 0 < number < len(clause.tokens) - 1:
        return False
    return clause.tokens[number - 1].text[0].isupper() and clause.tokens[number + 1].text[0].isupper()


def _is_quote(clause: Clause, number: int) -> bool:
    return clause.tokens[number].quoted or clause.tokens[number].text in QUOTE_MARKS


def _trimmed(clause: Clause, first: int, last: int) -> Span | None:
    """Drop an adverbial at the front: of "On Monday Trump" only "Trump" is the subject."""
    tokens = clause.tokens
    if tokens[first].lower in _LEADING:
        number = last
        while number > first and (tokens[number].text[0].isupper() or tokens[number].text == "."):
            number -= 1
        if number == last:
            return None
        first = number + 1
        if first < last and tokens[first].lower in _RIGHT_STOPS:
            first += 1  # the day
    return (first, last) if any(token.text[0].isalnum() for token in tokens[first : last + 1]) else None
