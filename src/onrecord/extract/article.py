"""From a page to its article: one parse, then each field from the module that knows it."""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from onrecord.extract import (
    address,
    agency,
    authors,
    body,
    dateline,
    dates,
    fallback,
    head,
    headline,
    jsonld,
    language,
    pictures,
    refuse,
    texts,
    wordpress,
)
from onrecord.extract.blocks import Outline, outline
from onrecord.extract.clean import fold, join, tidy_or_none
from onrecord.extract.decode import decode
from onrecord.model import Article, Page, Picture, Skip, article_id, text_digest

STAGE = "extract"
UNREADABLE = "page cannot be read"
_UNSURE = 0.55  # below this confidence trafilatura is asked
_NO_TEXT = 100  # characters; less than this is no article
_FROM_DATA = 0.3  # confidence in a text that no reader sees on the page
_GIVEN = (
    "headline",
    "authors",
    "published",
    "modified",
    "dateline",
    "standfirst",
    "section",
    "tags",
    "site",
    "language",
    "agency",
)


def extract(page: Page) -> Article | Skip:
    """Return the article of a page, or the reason why there is none. Pure; never raises."""
    try:
        return _extract(page)
    except Exception as error:  # whatever a page contains, it must not stop a build
        return skip(page, UNREADABLE, f"{type(error).__name__}: {error}"[:200])


def skip(page: Page, reason: str, detail: str | None = None) -> Skip:
    """Return the skip of a page."""
    capture = page.capture
    return Skip(STAGE, reason, capture.file, capture.url, capture.offset, capture.id, detail)


def _extract(page: Page) -> Article | Skip:
    fields: dict[str, list[str]] = {}
    for name, value in page.fields:
        fields.setdefault(name, []).append(value)
    text, _ = decode(page.body, page.capture.charset)
    if page.capture.media == "html":
        return _from_html(page, text, fields)
    if fields.get("format") == ["wordpress"]:
        return _from_html(page, wordpress.page_of(text, next(iter(fields.get("headline", ())), None)), fields)
    if page.capture.media == "record":
        return _finish(page, _Draft(paragraphs=list(texts.paragraphs_of(text))), fields)
    found = texts.read(text)
    draft = _Draft(paragraphs=list(found.paragraphs), pictures=found.pictures)
    draft.put("headline", found.headline, "page title")
    draft.put("site", found.site, "page title")
    draft.put("published", found.published, "text")
    draft.authors = found.authors
    if found.authors:
        draft.sources["authors"] = "byline"
    if found.pictures:
        draft.sources["pictures"] = "media block"
    return _finish(page, draft, fields)


class _Draft:
    """An article while its fields are being found; each value comes with where it was found."""

    def __init__(self, paragraphs: list[str], pictures: tuple[Picture, ...] = ()) -> None:
        self.paragraphs = paragraphs
        self.pictures = pictures
        self.authors: tuple[str, ...] = ()
        self.tags: tuple[str, ...] = ()
        self.values: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.confidence = 1.0
        self.url: str | None = None
        self.declared: str | None = None

    def put(self, name: str, value: str | None, source: str | None) -> None:
        """Keep a value that is there, unless the field has one already."""
        if value and name not in self.values:
            self.values[name] = value
            self.sources[name] = source or "page"


def _from_html(page: Page, text: str, fields: dict[str, list[str]]) -> Article | Skip:
    tree = LexborHTMLParser(text)
    if tree.body is None:
        return skip(page, refuse.EMPTY)
    top, linked = head.read(tree), jsonld.read(tree)
    out = outline(tree.body)
    site = top.first("og:site_name") or linked.site or top.first("application-name", "publisher", "dc.publisher")
    h1s = headline.first_headings(out)
    title, title_source = headline.find(
        h1s, linked=linked.headline, og=top.first("og:title", "twitter:title", "dc.title"), title=top.title, site=site
    )
    summary = linked.description or top.first("og:description", "description", "twitter:description")
    news = linked.news or bool(top.first("og:type") == "article" and top.first("article:published_time"))
    summaries = [text for text in (linked.description, top.first("og:description"), top.first("description")) if text]
    found = body.find(out, headline=title, summaries=summaries, hint=linked.body, news=news)
    paragraphs, confidence = list(found.paragraphs), found.confidence
    if confidence < _UNSURE and (other := fallback.paragraphs(text)):
        paragraphs, confidence = list(other), fallback.CONFIDENCE
    if sum(map(len, paragraphs)) < _NO_TEXT and linked.news:  # the text is only in the page's data, or behind a wall
        paragraphs, confidence = list(texts.paragraphs_of(linked.body or summary or "")), _FROM_DATA
    base = address.absolute(top.base, page.capture.url) or page.capture.url or top.canonical or linked.url
    near = _head_of(out, title, found.first)
    draft = _Draft(paragraphs, pictures.find(tree, out, near, top, linked, base))
    draft.url = address.canonical(top.canonical or top.first("og:url") or linked.url, page.capture.url, base)
    why = refuse.reason(
        top, linked, out, h1s[0] if h1s else None, sum(map(len, paragraphs)), draft.url, len(draft.pictures)
    )
    if why:
        return skip(page, why)
    draft.confidence = round(confidence, 3)
    draft.declared = top.language or linked.language or top.first("og:locale", "content-language")
    draft.put("headline", title, title_source)
    draft.authors, source = authors.find(tree, out, top, linked, near, found.last)
    if source:
        draft.sources["authors"] = source
    draft.paragraphs = _without_labels(paragraphs, draft)
    _dates(draft, tree, out, top, linked, near)
    draft.put("site", site, "meta" if top.first("og:site_name") else "json-ld")
    draft.put("section", linked.section, "json-ld")
    draft.put("section", top.first("article:section", "section", "parsely-section"), "meta")
    draft.put("standfirst", _standfirst(out, summary, near), "page")
    tags = linked.tags or tuple(
        tag
        for value in top.all("article:tag", "news_keywords", "parsely-tags", "keywords")
        for tag in jsonld.split_tags(value)
    )
    draft.tags = tuple(dict.fromkeys(tags))[:60]
    return _finish(page, draft, fields)


def _without_labels(paragraphs: list[str], draft: _Draft) -> list[str]:
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
    at = next((i for i, block in enumerate(out.blocks) if block.tag == "h1"), -1)
    if at < 0 and wanted:
        alike = (i for i, block in enumerate(out.blocks) if abs(len(block.text) - length) < 12)
        at = next((i for i in alike if fold(out.blocks[i].text) == wanted), 0)
    at = max(at, 0)
    return (at, first) if first > at else (at, min(at + 12, len(out.blocks)))


def _standfirst(out: Outline, summary: str | None, near: tuple[int, int]) -> str | None:
    wanted = fold(summary or "")
    for block in out.blocks[near[0] : near[1] + 1]:
        if wanted and len(block.text) > 30 and fold(block.text) == wanted:
            return block.text
    return None


def _dates(
    draft: _Draft,
    tree: LexborHTMLParser,
    out: Outline,
    top: head.Head,
    linked: jsonld.LinkedData,
    near: tuple[int, int],
) -> None:
    month_first = (top.language or "").lower().startswith("en-us")
    draft.put("published", dates.parse(linked.published), "json-ld")
    draft.put("modified", dates.parse(linked.modified), "json-ld")
    metas = (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "article.published",
        "og:pubdate",
        "cxenseparse:recs:publishtime",
        "date",
        "citation_publication_date",
        "dc.created",
        "last-published",
        "datecreated",
    )
    draft.put("published", dates.first((top.first(name) for name in metas), month_first=month_first), "meta")
    draft.put(
        "modified",
        dates.first(
            top.first(name)
            for name in (
                "article:modified_time",
                "og:updated_time",
                "datemodified",
                "dcterms.modified",
                "last-modified",
                "dc.date.modified",
            )
        ),
        "meta",
    )
    if "published" not in draft.values:
        draft.put("published", dates.first(_printed_dates(tree, out, near), month_first=month_first), "page")
        draft.put("published", dates.from_address(draft.url), "address")


def _printed_dates(tree: LexborHTMLParser, out: Outline, near: tuple[int, int]) -> Iterable[str | None]:
    for node in tree.css('[itemprop~="datePublished"],time[pubdate]')[:3]:
        yield node.attributes.get("datetime") or node.attributes.get("content") or node.text(deep=True)
    for node in tree.css("time[datetime]")[:2]:
        yield node.attributes.get("datetime")
    for block in out.blocks[max(0, near[0] - 4) : near[1] + 1]:
        if len(block.text) < 160:
            yield block.text
    for node in tree.css('[class*="date" i],[class*="time" i],[id*="date" i],time')[:6]:
        yield node.text(deep=True)[:120]


def _finish(page: Page, draft: _Draft, fields: dict[str, list[str]]) -> Article | Skip:
    values, sources = draft.values, draft.sources
    for name in _GIVEN:
        if given := [value for raw in fields.get(name, ()) if (value := tidy_or_none(raw))]:
            if name == "authors":
                draft.authors = tuple(given)
            elif name == "tags":
                draft.tags = tuple(dict.fromkeys(given))
            else:
                values[name] = (dates.parse(given[0]) or "") if name in ("published", "modified") else given[0]
            sources[name] = "input"
    paragraphs = [paragraph for paragraph in draft.paragraphs if paragraph]
    in_brackets = None
    if paragraphs and (line := dateline.split(paragraphs[0])):
        paragraphs[0], in_brackets = line.rest, line.source
        draft.put("dateline", line.place, "text")
    if not paragraphs:
        return skip(page, refuse.NO_TEXT)
    wire, source = agency.find(paragraphs, draft.authors, in_brackets)
    draft.put("agency", wire, source)
    text = join(paragraphs)
    tongue = language.detect(text, values.get("language") or draft.declared)
    url = draft.url or address.canonical(None, page.capture.url)
    if draft.pictures and "pictures" not in sources:
        sources["pictures"] = "page"
    return Article(
        id=article_id(url or page.capture.digest),
        capture_id=page.capture.id,
        url=url,
        headline=values.get("headline"),
        text=text,
        text_digest=text_digest(text),
        authors=draft.authors,
        published=values.get("published") or None,
        modified=values.get("modified") or None,
        dateline=values.get("dateline"),
        standfirst=values.get("standfirst"),
        section=values.get("section"),
        tags=draft.tags,
        site=values.get("site"),
        language=tongue,
        agency=values.get("agency"),
        pictures=draft.pictures,
        provenance=tuple(sorted(sources.items())),
        confidence=draft.confidence,
    )
