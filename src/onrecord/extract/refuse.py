"""Pages that are not articles, and why: sections, tags, searches, logins, galleries, soft 404s."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from onrecord.extract import listing
from onrecord.extract.blocks import Outline
from onrecord.extract.head import Head
from onrecord.extract.jsonld import LinkedData

EMPTY = "not an article: empty page"
MISSING = "not an article: soft 404"
LOGIN = "not an article: login page"
SEARCH = "not an article: search page"
TAG = "not an article: tag page"
SECTION = "not an article: section page"
GALLERY = "not an article: gallery"
NO_TEXT = "not an article: no running text"

_MISSING = re.compile(
    r"\b404\b|\b(?:page|article|file|document|site)\b.{0,30}\b(?:not (?:be )?found|does(?: "
    r"no|n.)t exist|no longer (?:exists?|available)|cannot be found|could ?n.t (?:be "
    r")?f[oi]u?nd)|^\W*not found\W*$|"
    r"seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|"
    r"pagina niet gevonden|sidan (?:kunde inte hittas|hittades inte)|strona nie istnieje|"
    r"الصفحة غير موجودة",
    re.I,
)
_LOGIN = re.compile(
    r"^\W*(?:log ?in|sign ?in|anmelden|einloggen|anmeldung|connexion|iniciar sesión|logga "
    r"in|zaloguj|create (?:an )?account|register|reset password|forgot(?:ten)? password)\b(?!.{40})",
    re.I,
)
_SEARCH = re.compile(
    r"^\W*(?:search(?: results?)?|results? for|you searched for|suchergebnis(?:se)?|suche|"
    r"résultats? de (?:la )?recherche|resultados de (?:la )?búsqueda|نتائج البحث)\b(?!.{80})",
    re.I,
)
_SEARCH_ADDRESS = re.compile(r"/(?:search|suche|recherche|buscar|zoeken)(?:/|$|\.)")
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:s|q|query|search)=")
_TAG_ADDRESS = re.compile(
    r"/(?:tags?|category|categories|kategorie|topics?|themen?|keyword|labels?|author|"
    r"authors|autor|archives?|feed)/[^/]{0,80}(?:/page/\d+|/\d+)?/?$"
)
_MESSAGE = re.compile(
    r"^\W*(?:nothing (?:here|found|was found)|oops|sorry)\b|"
    r"\b(?:page|article|story|link|address)\b.{0,40}\b(?:you (?:were looking|are looking|requested|asked)|has (?:moved|gone|expired))|"
    r"\b(?:was|is) looking for\b.{0,60}\bnot\b",
    re.I,
)
_MESSAGE_LENGTH = 400  # characters; a page that only says that something is not there has no more
_LOGIN_LENGTH = 600
_SHORT = 1500  # characters; a page with more running text than this is an article whatever its title says


def reason(
    head: Head, linked: LinkedData, out: Outline, h1: str | None, length: int, url: str | None, pictures: int
) -> str | None:
    """Return why a page is not an article, or ``None`` where it is one.

    Args:
        head: its meta elements.
        linked: its JSON-LD.
        out: its blocks.
        h1: its first heading.
        length: characters of running text that were found.
        url: its address, if known.
        pictures: how many pictures it has.
    """
    if not any(block.text for block in out.blocks):
        return EMPTY
    title = h1 or head.title or ""
    said_article = linked.article or head.first("og:type") == "article"
    if length < _SHORT:
        if any(_MISSING.search(text) for text in (head.title, h1) if text and len(text) < 120):
            return MISSING
        if _LOGIN.match(title) and _LOGIN.match(head.title or title) and not linked.article:
            return LOGIN
    if not said_article:
        if length < _MESSAGE_LENGTH and h1 and _MESSAGE.search(h1):
            return MISSING
        if length < _LOGIN_LENGTH and _asks_for_password(out):
            return LOGIN
    path, query = _path(url)
    if not said_article or linked.listing:
        asked = _SEARCH.match(title) or _SEARCH_ADDRESS.search(path) or _SEARCH_QUERY.search(query)
        if asked and (length < _SHORT or _teasers(out)):
            return SEARCH
        if _TAG_ADDRESS.search(path) and _teasers(out):
            return TAG
        if _teasers(out) and (path in ("", "/") or linked.listing or _many_headlines(out)):
            return SECTION
        if listing.is_list(out, url):
            return TAG if _TAG_ADDRESS.search(path) else SECTION
    if length < 200 and pictures >= 6 and not linked.body:
        return GALLERY
    return NO_TEXT if length < 40 else None


def _path(url: str | None) -> tuple[str, str]:
    try:
        parts = urlsplit(url or "http://unknown/unknown")
    except ValueError:
        return "/unknown", ""
    return parts.path, parts.query


def _asks_for_password(out: Outline) -> bool:
    """Whether the page is a form that asks for a password and little else: fewer than three paragraphs."""
    paragraphs = sum(1 for block in out.blocks if len(block.text) > 100 and block.linked < 0.3 * len(block.text))
    return paragraphs < 3 and bool(out.nodes) and out.nodes[0].css_first('input[type="password" i]') is not None


def _teasers(out: Outline) -> bool:
    """Whether most of the page's longer blocks are links or stand alone under a linked heading."""
    linked = sum(1 for block in out.blocks if len(block.text) > 30 and block.linked > 0.8 * len(block.text))
    free = sum(1 for block in out.blocks if len(block.text) > 100 and block.linked < 0.3 * len(block.text))
    return linked >= 12 and linked > 2 * free


def _many_headlines(out: Outline) -> bool:
    """Whether linked headings of the second or third level outnumber the longer paragraphs."""
    headings = sum(
        1
        for block in out.blocks
        if block.tag in ("h2", "h3", "h4") and block.linked > 0.8 * len(block.text) and len(block.text) > 25
    )
    long = sum(1 for block in out.blocks if block.tag == "p" and len(block.text) > 200)
    return headings >= 10 and long < 3
