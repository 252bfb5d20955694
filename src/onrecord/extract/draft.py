"""An article while its fields are being found, and what is the same for every kind of page: how it is finished."""

from __future__ import annotations

from onrecord.extract import address, agency, dateline, dates, language, refuse
from onrecord.extract.clean import fold, join, tidy_or_none
from onrecord.model import VERSION, Article, Page, Picture, Skip, article_id, text_digest

STAGE = "extract"
_FIRST = 3  # paragraphs among which the dateline stands: an introduction may stand above it
GIVEN = (
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


class Draft:
    """An article while its fields are being found; each value comes with where it was found."""

    def __init__(self, paragraphs: list[str], pictures: tuple[Picture, ...] = ()) -> None:
        self.paragraphs = paragraphs
        self.pictures = pictures
        self.authors: tuple[str, ...] = ()
        self.credits: tuple[str, ...] = ()  # agencies named beside the authors
        self.outlets: frozenset[str] = frozenset()  # the site's names as the window's title has them, folded
        self.datelines: frozenset[str] = frozenset()  # with which texts of its site begin, folded
        self.wires: frozenset[str] = frozenset()  # agencies that its site credits behind them, folded
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


def skip(page: Page, reason: str, detail: str | None = None) -> Skip:
    """Return the skip of a page."""
    capture = page.capture
    return Skip(STAGE, reason, capture.file, capture.url, capture.offset, capture.id, detail)


def finish(page: Page, draft: Draft, fields: dict[str, list[str]]) -> Article | Skip:
    """Return the article of a draft: what the input said beside the page, dateline, agency, language, text and ids."""
    values, sources = draft.values, draft.sources
    for name in GIVEN:
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
    outlets = draft.outlets | {fold(site) for site in (values.get("site"),) if site}
    for at, paragraph in enumerate(paragraphs[:_FIRST]):
        line = dateline.split(paragraph, paragraphs, outlets, places=draft.datelines, wires=draft.wires)
        if line and (at == 0 or line.source or dateline.is_known(line.place) or fold(line.place) in draft.datelines):
            paragraphs[at], in_brackets = line.rest, line.source
            draft.put("dateline", line.place or None, "text")
            break
    if not paragraphs:
        return skip(page, refuse.NO_TEXT)
    wires = draft.wires - outlets
    wire, source = agency.find(paragraphs, (*draft.authors, *draft.credits), in_brackets, wires)
    draft.put("agency", wire, source)
    text = join(paragraphs)
    tongue = language.detect(text, values.get("language") or draft.declared)
    url = draft.url or address.canonical(None, page.capture.url)
    if address.is_version(page.capture.url):
        sources["url"] = VERSION
    if draft.pictures and "pictures" not in sources:
        sources["pictures"] = "page"
    return Article(
        id=article_id(address.identity(url) if url else page.capture.digest),
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
