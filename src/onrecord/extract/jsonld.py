"""The page's own data about its article: JSON-LD, read forgivingly, never trusted alone."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.clean import tidy

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|Recipe|ClaimReview|SocialMediaPosting)$")
_DATED = re.compile(
    r"(?:Page|HowTo|CreativeWork|Episode|VideoObject)$"
)  # what may carry the date of a page without article
_NOT_ARTICLE = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage", "ContactPage", "CheckoutPage"))
_MAX_NODES = 400
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TRAILING = re.compile(r",(\s*[}\]])")
_TAGS = re.compile(r"<[^>]{1,400}>")

Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class LinkedPicture:
    """An image as the page's data names it."""

    url: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the JSON-LD of a page says about its article; empty where it says nothing."""

    types: frozenset[str] = frozenset()
    article: bool = False
    news: bool = False  # the article calls itself news
    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    body: str | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None
    pictures: tuple[LinkedPicture, ...] = ()

    @property
    def listing(self) -> bool:
        """Whether the page calls itself a listing and no article."""
        return not self.article and bool(self.types & _NOT_ARTICLE)


def read(scripts: Sequence[str]) -> LinkedData:
    """Return what the JSON-LD in a page's scripts says; never raises."""
    nodes: list[Node] = []
    for script in scripts:
        try:
            nodes.extend(_nodes(_load(script)))
        except (ValueError, RecursionError):
            continue
        if len(nodes) > _MAX_NODES:
            break
    types = frozenset(kind for node in nodes for kind in _types(node))
    article = _article(nodes)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    if article is None:
        page = next((node for node in nodes if node.get("datePublished") and any(map(_DATED.search, _types(node)))), {})
        when, changed = _text(page.get("datePublished")), _text(page.get("dateModified"))
        return LinkedData(types=types, site=_site(nodes), published=when, modified=changed)
    people = list(_people(article.get("author"), by_id)) or list(_people(article.get("creator"), by_id))
    return LinkedData(
        types=types,
        article=True,
        news=any(kind.endswith("NewsArticle") for kind in _types(article)),
        headline=_text(article.get("headline")) or _text(article.get("name")),
        authors=tuple(dict.fromkeys(name for name, _ in people)),
        published=_text(article.get("datePublished")) or _text(article.get("dateCreated")),
        modified=_text(article.get("dateModified")),
        section=next(_texts(article.get("articleSection")), None),
        tags=tuple(dict.fromkeys(tag for text in _texts(article.get("keywords")) for tag in split_tags(text))),
        description=_text(article.get("description")),
        body=_text(article.get("articleBody")),
        site=next((name for name, _ in _people(article.get("publisher"), by_id)), None) or _site(nodes),
        language=_text(article.get("inLanguage")),
        url=_address(article.get("url")) or _address(article.get("mainEntityOfPage")),
        pictures=tuple(_pictures(article.get("image"), by_id)),
    )


def split_tags(text: str) -> list[str]:
    """Return the tags of a printed list of keywords."""
    return [tag for part in re.split(r"[,;|]", text) if (tag := tidy(part)) and len(tag) < 80]


def _load(raw: str) -> object:
    raw = raw.strip()
    if raw[:1] not in "{[" or raw[-1:] not in "}]":
        raw = _COMMENT.sub("", _COMMENT.sub("", raw)).strip().rstrip(";")
    try:
        return json.loads(raw, strict=False)
    except ValueError:
        return json.loads(_TRAILING.sub(r"\1", raw), strict=False)


def _nodes(data: object) -> Iterator[Node]:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item[:_MAX_NODES]
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in _NESTED if isinstance(item.get(key), dict | list))


def _types(node: Node) -> list[str]:
    kind = node.get("@type")
    return (
        [kind] if isinstance(kind, str) else [k for k in kind if isinstance(k, str)] if isinstance(kind, list) else []
    )


def _article(nodes: list[Node]) -> Node | None:
    best: Node | None = None
    best_score = 0
    for node in nodes:
        if not any(_ARTICLE.search(kind) for kind in _types(node)):
            continue
        keys = ("headline", "datePublished", "author", "articleBody", "image", "mainEntityOfPage")
        score = sum(bool(node.get(key)) for key in keys) + any("Article" in kind for kind in _types(node))
        if score > best_score:
            best, best_score = node, score
    return best


def _text(value: object) -> str | None:
    return next(_texts(value), None)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        text = tidy(html.unescape(html.unescape(value)) if "&" in value else value)
        if "<" in text:
            text = tidy(_TAGS.sub(" ", text))
        if text:
            yield text
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for item in value[:_MAX_NODES]:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key in ("name", "@value", "alternateName"):
            if isinstance(value.get(key), str | list):
                yield from _texts(value[key])
                return


def _people(value: object, by_id: dict[object, Node]) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        for name in _texts(value):
            yield name, ""
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _people(item, by_id)
    elif isinstance(value, dict):
        if "name" not in value and value.get("@id") in by_id:
            value = by_id[value["@id"]]
        kind = " ".join(_types(value))
        for name in _texts(value.get("name")):
            yield name, kind


def _site(nodes: list[Node]) -> str | None:
    for node in nodes:
        if "WebSite" in _types(node):
            return _text(node.get("name"))
    return None


def _address(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) and value.strip().startswith(("http", "/")) else None


def _pictures(value: object, by_id: dict[object, Node]) -> Iterator[LinkedPicture]:
    if isinstance(value, str):
        if value.startswith(("http", "/")):
            yield LinkedPicture(value.strip(), None, None)
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _pictures(item, by_id)
    elif isinstance(value, dict):
        if "url" not in value and "contentUrl" not in value and value.get("@id") in by_id:
            value = by_id[value["@id"]]
        url = _text(value.get("url")) or _text(value.get("contentUrl")) or _text(value.get("@id"))
        if url and url.startswith(("http", "/")):
            credit = (
                _text(value.get("creditText")) or _text(value.get("creator")) or _text(value.get("copyrightHolder"))
            )
            yield LinkedPicture(url, _text(value.get("caption")) or _text(value.get("description")), credit)
