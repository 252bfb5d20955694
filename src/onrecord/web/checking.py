"""Checks one receipt now, against the text that is shown and the bytes that it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Article, Receipt, Statement, cut, text_digest
from onrecord.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Check:
    """One step of a check: what was looked at, whether it holds, and what was found."""

    what: str
    holds: bool
    detail: str


def check(archive: Archive, statement: Statement, article: Article, receipt: Receipt) -> tuple[Check, ...]:
    """Return the steps of checking a receipt: the text, the words in it, the capture on disk."""
    text_holds = text_digest(article.text) == receipt.text_digest
    words = cut(article.text, receipt.content)
    words_hold = words == statement.words and receipt.content == statement.content
    return (
        Check(
            "The article’s text is the text that was read",
            text_holds,
            f"its digest is {text_digest(article.text)}"
            + ("" if text_holds else f", the receipt says {receipt.text_digest}"),
        ),
        Check(
            "The words stand at their place in the text",
            words_hold,
            f"characters {_places(receipt)} read “{words}”",
        ),
        _capture(archive, receipt),
    )


def _places(receipt: Receipt) -> str:
    return ", ".join(f"{start}–{end}" for start, end in receipt.content)


def _capture(archive: Archive, receipt: Receipt) -> Check:
    raise NotImplementedError
