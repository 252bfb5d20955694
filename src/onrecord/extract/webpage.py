"""An HTML page to an article: one parse, then each field from the module that knows it."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from onrecord.extract import (
    address,
    authors,
    body,
    dates,
    fallback,
    head,
    headline,
    jsonld,
    nesting,
    pictures,
    places,
    published,
    refuse,
    repeats,
    residue,
    texts,
)
from onrecord.extract.blocks import Outline, outline
from onrecord.extract.clean import fold
from onrecord.extract.draft import Draft, finish, skip
from onrecord.extract.repeats import ProfileOf
from onrecord.model import Article, Page, Skip

_UNSURE = 0.55  # below this confidence trafilatura is asked
_NO_TEXT = 100  # characters; less than this is no article
_FROM_DATA = 0.3  # confidence in a text that no reader sees on the page


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page parsed once: its tree, its head, its data, its blocks."""

    tree: LexborHTMLParser
    top: head.Head
    linked: jsonld.LinkedData
    out: Outline
    url: str | None
    base: str | None

    def period(self, page: Page) -> str | None:
        """Return the year of capture, else of publication as far as data or address say: sites are redesigned."""
        if page.capture.time:
            return page.capture.time[:4]
        date = dates.parse(self.linked.published or self.top.first("article:published_time"))
        return (date or dates.from_address(self.url) or "")[:4] or None


def parse(page: Page, source: str | bytes) -> Parsed | None:
    """Parse a page; ``None`` where it has no body or cannot be parsed in time.

    Args:
        page: the capture.
        source: its text, or its bytes where they are valid UTF-8 (:func:`onrecord.extract.decode.source`).
    """
    if nesting.refusal(source):
        return None
    tree = LexborHTMLParser(source)
    if tree.body is None:
        return None
    top = head.read(tree)
    linked = jsonld.read(top.data)
    base = address.absolute(top.base, page.capture.url) or page.capture.url or top.canonical or linked.url
    url = address.canonical(top.canonical or top.first("og:url") or linked.url, page.capture.url, base)
    return Parsed(tree, top, linked, outline(tree.body), url, base)


def from_html(
    page: Page, source: str | bytes, fields: dict[str, list[str]], profile_of: ProfileOf | None = None
) -> Article | Skip:
    """Return the article of an HTML page, or the reason why there is none; arguments as for :func:`parse`."""
    parsed = parse(page, source)
    if parsed is None:
        return skip(page, nesting.refusal(source) or refuse.EMPTY)
    tree, top, linked, out = parsed.tree, parsed.top, parsed.linked, parsed.out
    known = repeats.of_page(profile_of, address.site_of(parsed.url), parsed.period(page)) if profile_of else []
    site = top.first("og:site_name") or linked.site or top.first("application-name", "publisher", "dc.publisher")
    h1s = headline.first_headings(out)
    title, title_source = headline.find(
        h1s, linked=linked.headline, og=top.first("og:title", "twitter:title", "dc.title"), title=top.title, site=site
    )
    news = linked.news or bool(top.first("og:type") == "article" and top.first("article:published_time"))
    summaries = [text for text in (linked.description, top.first("og:description"), top.first("description")) if text]
    found = body.find(out, headline=title, summaries=summaries, hint=linked.body, news=news, apart=linked.news)
    paragraphs, confidence = list(found.paragraphs), found.confidence
    if "format" not in fields and confidence < _UNSURE and len(out.parents) <= fallback.MAX_ELEMENTS:
        text = source if isinstance(source, str) else source.decode("utf-8")
        other = residue.cleared(fallback.paragraphs(text, precise=news), title, out)
        if 2 * len(other) > len(paragraphs):  # with fewer it has run paragraphs of an old page together
            paragraphs, confidence = other or paragraphs, fallback.CONFIDENCE
    paragraphs = residue.less_labels(paragraphs, title)
    if known:
        paragraphs = repeats.less(paragraphs, out, known)
    if sum(map(len, paragraphs)) < _NO_TEXT and linked.news:  # the text is only in the page's data, or behind a wall
        paragraphs = list(texts.paragraphs_of(linked.body or next(iter(summaries), "")))
        confidence = _FROM_DATA
    near = _head_of(out, title, found.first)
    draft = Draft(paragraphs, pictures.find(tree, out, near, top, linked, parsed.base))
    draft.url = parsed.url
    length = sum(map(len, paragraphs))
    why = refuse.reason(top, linked, out, next(iter(h1s), None), length, draft.url, len(draft.pictures))
    if why:
        return skip(page, why)
    draft.confidence = round(confidence, 3)
    draft.declared = top.language or linked.language or top.first("og:locale", "content-language")
    draft.put("headline", title, title_source)
    draft.authors, origin = authors.find(tree, out, top, linked, near, found.last)
    if origin:
        draft.sources["authors"] = origin
    draft.credits = authors.credits_of(out, near)
    moments = published.find(tree, out, top, linked, near, found.last, draft.url)
    draft.put("published", moments.published, moments.source)
    draft.put("modified", moments.modified, moments.modified_source)
    if known:
        places.fill(draft, out, known, top.title)
    draft.paragraphs = _without_labels(paragraphs, draft)
    draft.put("site", site, "meta" if top.first("og:site_name") else "json-ld")
    draft.put("site", headline.outlet(top.title, title), "title")
    draft.put("section", linked.section, "json-ld")
    draft.put("section", top.first("article:section", "section", "parsely-section"), "meta")
    draft.put("standfirst", _standfirst(out, next(iter(summaries), None), near), "page")
    draft.outlets = headline.outlets(top.title, title)
    draft.tags = linked.tags or _tags(top)
    return finish(page, draft, fields)


def _tags(top: head.Head) -> tuple[str, ...]:
    values = top.all("article:tag", "news_keywords", "parsely-tags", "keywords")
    return tuple(dict.fromkeys(tag for value in values for tag in jsonld.split_tags(value)))[:60]


def _without_labels(paragraphs: list[str], draft: Draft) -> list[str]:
    """Leave out paragraphs that are a caption or a byline which has its own field."""
    said = [picture.caption for picture in draft.pictures if picture.caption and len(picture.caption) > 15]
    names = {fold(name) for name in draft.authors}
    return [
        text
        for text in paragraphs
        if not any(text.startswith(caption) and len(text) < len(caption) + 80 for caption in said)
        and not (len(text) < 60 and fold(text) in names)
    ]


def _head_of(out: Outline, title: str | None, first: int) -> tuple[int, int]:
    """Return the blocks between which byline and date stand: the headline's, and the text's first."""
    wanted, length = fold(title or ""), len(title or "")
    alike = (i for i, block in enumerate(out.blocks) if wanted and abs(len(block.text) - length) < 12)
    at = next((i for i in alike if fold(out.blocks[i].text) == wanted and out.blocks[i].linked == 0), -1)
    if at < 0 or at > first >= 0:
        at = next((i for i, block in enumerate(out.blocks) if block.tag == "h1"), 0)
    return (at, first) if first > at else (at, min(at + 12, len(out.blocks)))


def _standfirst(out: Outline, summary: str | None, near: tuple[int, int]) -> str | None:
    wanted = fold(summary or "")
    for block in out.blocks[near[0] : near[1] + 1]:
        if wanted and len(block.text) > 30 and fold(block.text) == wanted:
            return block.text
    return None
