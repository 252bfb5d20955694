"""Bibliographies: every statement or article of a selection as RIS, BibTeX or CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from onrecord.export import citations
from onrecord.export.citations import Work
from onrecord.export.selection import Selection, called
from onrecord.store.results import ArticleHead


def write_ris(selection: Selection, out: TextIO) -> int:
    """Write one RIS record after the other and return how many there were."""
    count = 0
    for work in works(selection):
        out.write(citations.ris(work))
        count += 1
    return count


def write_bibtex(selection: Selection, out: TextIO) -> int:
    """Write one BibTeX entry after the other and return how many there were."""
    count = 0
    for work in works(selection):
        out.write(citations.bibtex(work) + "\n")
        count += 1
    return count


def write_csl(selection: Selection, out: TextIO) -> int:
    """Write a CSL-JSON array and return how many items it has."""
    count = 0
    for work in works(selection):
        out.write(("[\n" if count == 0 else ",\n") + json.dumps(citations.csl(work), ensure_ascii=False))
        count += 1
    out.write("\n]\n" if count else "[]\n")
    return count


def works(selection: Selection) -> Iterator[Work]:
    """Yield what to cite."""
    if selection.scope == "articles":
        for hit in selection.articles():
            article = hit.article
            yield Work(
                article.id, article.headline or "Untitled", selection.address("article", article.id), article.authors,
                article.site, article.published, article.url, article.language,
            )  # fmt: skip
        return
    for found in selection.statements():
        head: ArticleHead = found.article
        yield Work(
            found.id, head.headline or "Untitled", selection.address("statement", found.id), head.authors, head.site,
            head.published, head.url, head.language, found.statement.words, called(found.statement.speaker),
        )  # fmt: skip
