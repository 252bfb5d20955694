"""The head of a page: its ``<meta>`` and ``<link>`` elements, its title, language and data, read once."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from onrecord.extract.clean import tidy

_READ = 'meta[content],title,link[rel~="canonical"][href],base[href],script[type="application/ld+json"]'


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the head of a page. Keys are in lower case."""

    title: str | None = None
    language: str | None = None
    canonical: str | None = None
    base: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    data: tuple[str, ...] = ()  # JSON-LD

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these names that the page has."""
        return next((values[0] for name in names if (values := self.metas.get(name))), None)

    def all(self, *names: str) -> list[str]:
        """Return all values of the first of these names that the page has."""
        return next((values for name in names if (values := self.metas.get(name))), [])


def read(tree: LexborHTMLParser) -> Head:
    """Return the head of the page; elements that strayed into the body count too."""
    metas: dict[str, list[str]] = {}
    first: dict[str, str | None] = {}
    data: list[str] = []
    for node in tree.css(_READ):
        tag = node.tag
        if tag == "meta":
            attributes = node.attributes
            name = (
                attributes.get("property")
                or attributes.get("name")
                or attributes.get("itemprop")
                or attributes.get("http-equiv")
            )
            if name and (value := tidy(attributes.get("content") or "")):
                metas.setdefault(name.strip().lower(), []).append(value)
        elif tag == "script":
            data.append(node.text())
        elif tag and tag not in first:
            first[tag] = node.text() if tag == "title" else node.attributes.get("href")
    page = tree.root.attributes if tree.root is not None else {}
    return Head(
        title=tidy(first.get("title") or "") or None,
        language=page.get("lang") or page.get("xml:lang") or None,
        canonical=first.get("link"),
        base=first.get("base"),
        metas=metas,
        data=tuple(data),
    )
