"""The extractors that are compared, each as a function from a page's bytes to the same record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead picture as an extractor gives it."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What an extractor found on a page."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    pictures: tuple[Lead, ...] = ()


Tool = Callable[[bytes], Found]


def onrecord(learned_from: Iterable[bytes] = ()) -> Tool:
    """This project; with pages of the same outlets, what these sites repeat is learned first."""
    from onrecord.extract import extract, learn
    from onrecord.model import Article, Capture, Page, digest

    def page(body: bytes) -> Page:
        return Page(Capture("benchmark", "page.html", "html", digest(body), len(body)), body)

    profile = learn(page(body) for body in learned_from)

    def run(body: bytes) -> Found:
        found = extract(page(body), profile)
        if not isinstance(found, Article):
            return Found()
        pictures = tuple(Lead(p.url, p.caption, p.credit) for p in found.pictures)
        return Found(found.text, found.headline, found.authors, found.published, pictures)

    return run


def trafilatura() -> Tool:
    """Trafilatura with metadata, as its own evaluation calls it."""
    return _trafilatura(precise=False)


def trafilatura_precise() -> Tool:
    """Trafilatura in its precise mode."""
    return _trafilatura(precise=True)


def _trafilatura(*, precise: bool) -> Tool:
    from trafilatura import bare_extraction

    def run(body: bytes) -> Found:
        found: Any = bare_extraction(body, include_comments=False, with_metadata=True, favor_precision=precise)
        if found is None:
            return Found()
        authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
        return Found(found.text or "", found.title, authors, found.date, (Lead(found.image),) if found.image else ())

    return run


def newspaper4k() -> Tool:
    """Newspaper4k on the page that was fetched already."""
    import newspaper

    def run(body: bytes) -> Found:
        article = newspaper.Article("https://unknown.example/page", fetch_images=False)
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        date = article.publish_date
        when = date.isoformat() if hasattr(date, "isoformat") else None
        lead = (Lead(article.top_image),) if article.top_image else ()
        return Found(article.text, article.title or None, tuple(article.authors), when, lead)

    return run


TOOLS: dict[str, Callable[[], Tool]] = {
    "onrecord": onrecord,
    "trafilatura": trafilatura,
    "trafilatura-precise": trafilatura_precise,
    "newspaper4k": newspaper4k,
}
