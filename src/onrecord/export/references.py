"""Bibliographies: every statement or article of a selection as RIS, BibTeX or CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from onrecord.export import citations
from onrecord.export.citations import Work
from onrecord.export.selection import Selection, called
from onrecord.model import Article
from onrecord.store.results import StatementHit


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
            yield of_article(hit.article, selection.address("article", hit.article.id))
        return
    for found in selection.statements():
        yield of_statement(found, selection.address("statement", found.id))


def of_article(article: Article, permalink: str) -> Work:
    """Return what to cite of an article."""
    return Work(
        article.id, article.headline or "Untitled", permalink, article.authors, article.site, article.published,
        article.url, article.language,
    )  # fmt: skip


def of_statement(hit: StatementHit, permalink: str) -> Work:
    """Return what to cite of a statement: its article, with the words and who said them."""
    head, said = hit.article, hit.statement
    return Work(
        hit.id, head.headline or "Untitled", permalink, head.authors, head.site, head.published, head.url, head.language,
        said.words, called(said.speaker),
    )  # fmt: skip
