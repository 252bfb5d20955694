"""What machines read: the feed of a search, the sitemap, and what robots should leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from starlette.responses import Response, StreamingResponse

from onrecord.errors import NotFoundError
from onrecord.store.results import ArticleHit, Filters, Hit, StatementHit
from onrecord.web import addresses, wording
from onrecord.web.addresses import read_ask
from onrecord.web.visit import Visit

NEWEST = 50  # items of a feed
MOST = 50_000  # addresses of one sitemap (sitemaps.org)
UNDATED = "undated"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def feed(visit: Visit) -> Response:
    """Return the newest hits of a search as RSS 2.0."""
    ask = read_ask(visit.query).sorted_by("date")
    found = visit.archive.search(
        ask.words, scope=ask.scope, filters=ask.filters, sort="date", stem=ask.stem, limit=NEWEST, facets=False
    )
    items = "".join(_item(hit, visit.base) for hit in found.hits)
    here = visit.base + ask.address(".rss")
    body = (
        f'{_HEAD}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{_xml(found.sentence)}</title><link>{_xml(visit.base + ask.address())}</link>"
        f'<atom:link href="{_xml(here)}" rel="self" type="application/rss+xml"/>'
        f"<description>{_xml(found.sentence)}</description>{items}</channel></rss>\n"
    )
    return Response(body.encode("utf-8", "replace"), media_type="application/rss+xml")


def sitemap(visit: Visit) -> Response:
    """Return the index of the sitemaps: one for each month that has articles, one for those without a date."""
    summary = visit.archive.summary()
    parts = [month.month for month in summary.months] + ([UNDATED] if summary.undated else [])
    items = "".join(f"<sitemap><loc>{_xml(f'{visit.base}/sitemap/{part}.xml')}</loc></sitemap>" for part in parts)
    body = f'{_HEAD}<sitemapindex xmlns="{_SITEMAPS}">{items}</sitemapindex>\n'
    return Response(body.encode("utf-8", "replace"), media_type="application/xml")


def sitemap_part(visit: Visit) -> Response:
    """Return the articles of one month, or those without a known month, as a sitemap."""
    part = visit.path["part"]
    if part != UNDATED and part not in {month.month for month in visit.archive.summary().months}:
        raise NotFoundError(f"there is no sitemap {part[:40]}; /sitemap.xml names all")
    return StreamingResponse(_addresses(visit, part), media_type="application/xml")


def robots(visit: Visit) -> Response:
    """Return what robots should leave alone: searches without end, and checks that cost reading."""
    rules = ["User-agent: *", "Disallow: /search", "Disallow: /statement/*/verify", "Disallow: /curate"]
    return Response("\n".join([*rules, f"Sitemap: {visit.base}/sitemap.xml", ""]), media_type="text/plain")


def _addresses(visit: Visit, part: str) -> Iterator[bytes]:
    dated = Filters() if part == UNDATED else Filters(since=part, until=part)
    yield f'{_HEAD}<urlset xmlns="{_SITEMAPS}">'.encode()
    count = 0
    for hit in visit.archive.articles(filters=dated):
        if part == UNDATED and len(hit.article.published or "") >= 7:
            continue
        count += 1
        if count > MOST:
            break
        yield f"<url><loc>{_xml(visit.base + addresses.article_address(hit.id))}</loc></url>".encode("utf-8", "replace")
    yield b"</urlset>\n"


def _item(hit: Hit, base: str) -> str:
    if isinstance(hit, StatementHit):
        link = addresses.statement_address(hit.id)
        title = f"{wording.speaker_name(hit.statement.speaker)}: {hit.statement.words}"
        about = f"{hit.article.headline or 'Untitled'}, {wording.readable_date(hit.article.published)}"
    elif isinstance(hit, ArticleHit):
        link = addresses.article_address(hit.id)
        title = hit.article.headline or "Untitled"
        about = hit.article.text[slice(*hit.excerpt)]
    else:
        link = addresses.picture_address(hit.id)
        title = hit.picture.caption or "Picture"
        about = hit.picture.credit or ""
    return (
        f"<item><title>{_xml(title[:300])}</title><link>{_xml(base + link)}</link>"
        f"<guid>{_xml(base + link)}</guid><description>{_xml(about)}</description></item>"
    )


def _xml(text: str) -> str:
    """Return text for XML: escaped, without the characters that XML 1.0 cannot hold."""
    kept = "".join(letter for letter in text if letter in "\t\n\r" or (letter >= " " and letter not in "\ufffe\uffff"))
    return escape(kept, {'"': "&quot;"})
