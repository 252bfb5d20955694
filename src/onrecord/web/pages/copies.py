"""The copies page: two articles side by side, the passages that they share marked in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.errors import NotFoundError
from onrecord.model import Article, Copy, Span
from onrecord.store.archive import Archive
from onrecord.web import addresses, plain, wording
from onrecord.web.visit import Page, Plain, Visit


@dataclass(frozen=True, slots=True)
class Twin:
    """Another article that shares text with this one."""

    article: Article
    copy: Copy
    relation: str  # in words, seen from this article
    href: str  # of the two side by side


@dataclass(frozen=True, slots=True)
class Side:
    """One of two articles: its paragraphs, each cut into (shared with, text); 0 is shared with nothing."""

    article: Article
    paragraphs: tuple[tuple[tuple[int, str], ...], ...]
    rtl: bool


@dataclass(frozen=True, slots=True)
class CopiesPage(Page):
    """An article beside one that shares its text."""

    template: ClassVar[str] = "copies.html"
    section: ClassVar[str] = "search"

    article: Annotated[Article, "the article"]
    twins: Annotated[tuple[Twin, ...], "the articles that share text with it"]
    shown: Annotated[Twin | None, "the one that is shown beside it; None when there is none"]
    sides: Annotated[tuple[Side, ...], "the two texts"]

    def data(self) -> Plain:
        """Return the pairs with the places of what they share."""
        return {
            "article": plain.article(self.article, text=False),
            "copies": [
                {
                    "article": plain.article(twin.article, text=False),
                    "relation": twin.copy.relation,
                    "original": twin.copy.direction,
                    "share": round(twin.copy.share, 4),
                    "score": round(twin.copy.score, 4),
                    "why": twin.copy.why,
                    "passages": [{twin.copy.a: list(each.a), twin.copy.b: list(each.b)} for each in twin.copy.passages],
                }
                for twin in self.twins
            ],
        }


def build(visit: Visit) -> CopiesPage:
    """Read an article and those that share its text; ``with=`` names the one that is shown.

    Raises:
        NotFoundError: there is no such article, or no such pair.
    """
    article = visit.archive.article(visit.path["id"])
    found = twins(visit.archive, article.id)
    wanted = dict(visit.query).get("with")
    shown = next((twin for twin in found if twin.article.id == wanted), None if wanted else next(iter(found), None))
    if wanted and not shown:
        raise NotFoundError(f"the articles {article.id} and {wanted[:40]} share no text that is known")
    sides = (_side(article, shown.copy), _side(shown.article, shown.copy)) if shown else ()
    return CopiesPage(
        title=f"Copies of {article.headline or 'an article'}", article=article, twins=found, shown=shown, sides=sides
    )


def twins(archive: Archive, id: str) -> tuple[Twin, ...]:
    """Return the articles that share text with this one; those that are withheld now are left out."""
    found = []
    for copy in archive.copies(id):
        other = copy.b if copy.a == id else copy.a
        try:
            article = archive.article(other)
        except NotFoundError:
            continue
        found.append(Twin(article, copy, relation(copy, id), addresses.copies_address(id, other)))
    return tuple(found)


def relation(copy: Copy, id: str) -> str:
    """Return in words what a pair is, seen from the article ``id``."""
    part = "" if copy.relation == "copy" else "in part "
    if copy.direction is None:
        return f"shares its text {part}".rstrip()
    return f"{part}copies this" if copy.direction == id else f"is {part}the original"


def _side(article: Article, copy: Copy) -> Side:
    first = copy.a == article.id
    spans = sorted((each.a if first else each.b, number) for number, each in enumerate(copy.passages, 1))
    paragraphs = []
    start = 0
    for text in article.paragraphs:
        paragraphs.append(_cut(text, start, spans))
        start += len(text) + 2
    return Side(article, tuple(paragraphs), wording.is_rtl(article.text))


def _cut(text: str, start: int, spans: list[tuple[Span, int]]) -> tuple[tuple[int, str], ...]:
    found: list[tuple[int, str]] = []
    place = 0
    for (left, right), number in spans:
        left, right = max(left - start, place), min(right - start, len(text))
        if left < right:
            found += [(0, text[place:left]), (number, text[left:right])]
            place = right
    found.append((0, text[place:]))
    return tuple((number, part) for number, part in found if part)
