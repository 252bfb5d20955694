"""The head of a page: its ``<meta>`` and ``<link>`` elements, its title and language, read once."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from onrecord.extract.clean import tidy


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the head of a page. Keys are in lower case."""

    title: str | None = None
    language: str | None = None
    canonical: str | None = None
    base: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these names that the page has."""
        return next((values[0] for name in names if (values := self.metas.get(name))), None)

    def all(self, *names: str) -> list[str]:
        """Return all values of the first of these names that the page has."""
        return next((values for name in names if (values := self.metas.get(name))), [])


def read(tree: LexborHTMLParser) -> Head:
    """Return the head of the page; elements that strayed into the body count too."""
    metas: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        value = tidy(attributes.get("content") or "")
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        if name and value:
            metas.setdefault(name.strip().lower(), []).append(value)
    title = tree.css_first("title")
    page = tree.css_first("html")
    canonical = tree.css_first('link[rel~="canonical"][href]')
    base = tree.css_first("base[href]")
    language = page.attributes.get("lang") or page.attributes.get("xml:lang") if page is not None else None
    return Head(
        title=tidy(title.text()) or None if title is not None else None,
        language=language or None,
        canonical=canonical.attributes.get("href") if canonical is not None else None,
        base=base.attributes.get("href") if base is not None else None,
        metas=metas,
    )
