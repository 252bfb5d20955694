"""From a page to its article, whatever the page is: HTML, a text capture, a record, a WordPress post."""

from __future__ import annotations

from onrecord.extract import texts, wordpress
from onrecord.extract.decode import decode, source
from onrecord.extract.draft import Draft, finish, skip
from onrecord.extract.repeats import ProfileOf
from onrecord.extract.webpage import from_html
from onrecord.model import Article, Page, Skip

UNREADABLE = "page cannot be read"


def extract(page: Page, profile_of: ProfileOf | None = None) -> Article | Skip:
    """Return the article of a page, or the reason why there is none. Pure; never raises.

    Args:
        page: a capture with its bytes.
        profile_of: what its site repeats, where that was learned (:func:`onrecord.extract.learn`).
    """
    try:
        return _extract(page, profile_of)
    except Exception as error:  # whatever a page contains, it must not stop a build
        return skip(page, UNREADABLE, f"{type(error).__name__}: {error}"[:200])


def _extract(page: Page, profile_of: ProfileOf | None) -> Article | Skip:
    fields: dict[str, list[str]] = {}
    for name, value in page.fields:
        fields.setdefault(name, []).append(value)
    if page.capture.media == "html":
        return from_html(page, source(page.body, page.capture.charset), fields, profile_of)
    text, _ = decode(page.body, page.capture.charset)
    if fields.get("format") == ["wordpress"]:
        return from_html(page, wordpress.page_of(text, next(iter(fields.get("headline", ())), None)), fields)
    if page.capture.media == "record":
        return finish(page, Draft(paragraphs=list(texts.paragraphs_of(text))), fields)
    found = texts.read(text)
    draft = Draft(paragraphs=list(found.paragraphs), pictures=found.pictures)
    draft.put("headline", found.headline, "page title")
    draft.put("site", found.site, "page title")
    draft.put("published", found.published, "text")
    draft.authors = found.authors
    if found.authors:
        draft.sources["authors"] = "byline"
    if found.pictures:
        draft.sources["pictures"] = "media block"
    return finish(page, draft, fields)
