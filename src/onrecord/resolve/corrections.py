"""Statements as curators have corrected them: whose they are, and which words they are.

What the machine found stays in the shards; what is indexed, shown and exported is what :func:`corrected` returns. The
id of a statement stays, so that links, receipts and further judgements hold.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Article, Speaker, SpeakerType, Statement, cut
from onrecord.resolve.sources import Resolution

_WHY = "named by a curator"


def corrected(resolution: Resolution, article: Article, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements of an article with the speakers and words that curators gave them."""
    if not resolution.corrected and not resolution.spans:
        return statements
    return tuple(_words(resolution, article, _speaker(resolution, statement)) for statement in statements)


def _speaker(resolution: Resolution, statement: Statement) -> Statement:
    number = resolution.corrected.get(statement.id)
    if number is None:
        return statement
    head = resolution.heads[number] if number >= 0 else None
    speaker = Speaker(head.name if head else None, SpeakerType(head.type) if head else None, why=_WHY)
    return replace(statement, speaker=speaker)


def _words(resolution: Resolution, article: Article, statement: Statement) -> Statement:
    spans = resolution.spans.get(statement.id)
    if spans is None or spans[-1][1] > len(article.text):
        return statement
    return replace(statement, content=spans, words=cut(article.text, spans))
