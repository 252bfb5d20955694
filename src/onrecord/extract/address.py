"""Addresses: which one is the article's, so that its captures, AMP and print versions share one id."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ocid|cmp|cmpid|smid|smtyp|ref|ref_src|referrer|ncid|icid|ftag|xtor|wt_mc|at_\w+|"
    r"ito|sref|src|feature|spm|share|shared|via|partner|rss|feed|ns_\w+|__twitter_impression|amp|output|print|printable|print_version|outputtype|view|mobile|m|mod)$",
    re.I,
)
_KEPT_VIEW = frozenset(
    ("view", "m", "src", "share", "feature", "mod", "ref", "partner", "feed")
)  # only when empty or a known word
_VERSION = re.compile(r"^(?:amp|print|printable|1|true|html|rss|share|mobile)?$", re.I)
_PATH = re.compile(
    r"/(?:amp|print|printpage|printable|print-version)(?:/|\.html?)?$|(?:\.amp|\.print|_print|-print)(?=\.html?$|$)",
    re.I,
)
_LEADING = re.compile(r"^/(?:amp|print)/(?=.)", re.I)
_HOST = re.compile(r"^(?:www\d?|amp|m|mobile|print|touch)\.(?=[^.]+\.)")
_WAYBACK = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:)")


def canonical(claimed: str | None, captured: str | None, base: str | None = None) -> str | None:
    """Return the article's address.

    The page's own claim holds where it is on the same site and leads deeper than the front page, for many
    templates of the time named the front page on every page.

    Args:
        claimed: ``<link rel=canonical>``, ``og:url`` or JSON-LD.
        captured: where the page was fetched from.
        base: what relative addresses start from.
    """
    start = base or captured or ""
    try:
        told = _WAYBACK.sub("", urljoin(start, claimed.strip())) if claimed else None
        fetched = _WAYBACK.sub("", captured.strip()) if captured else None
        if told and (not told.startswith(("http://", "https://")) or urlsplit(told).path in ("", "/")):
            told = None
        if told and fetched and site_of(told) != site_of(fetched):
            told = None
        chosen = told or fetched
        return fold(chosen) if chosen and chosen.startswith(("http://", "https://")) else chosen
    except ValueError:
        return captured


def site_of(address: str | None) -> str | None:
    """Return the host of an address without ``www.``, ``m.`` or ``amp.``."""
    if not address:
        return None
    try:
        host = (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    return _HOST.sub("", host) or None


def fold(address: str) -> str:
    """Return an address as it is kept: no fragment, no tracking, AMP and print versions folded into one."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower().rstrip(".")
    bare = _HOST.sub("", host)
    if bare != host and not host.startswith("www"):
        host = f"www.{bare}" if bare.count(".") == 1 else bare
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    path = _LEADING.sub("/", _PATH.sub("", parts.path)) or "/"
    path = quote(path, safe="/:@!$&()*+,;=~-._%'", errors="surrogatepass")
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _drops(key, value)]
    return urlunsplit((parts.scheme.lower(), host + port, path, urlencode(query), ""))


def absolute(address: str | None, base: str | None) -> str | None:
    """Return an address of a picture in full; ``None`` for data URIs and nonsense."""
    if not address or address.startswith(("data:", "blob:", "javascript:", "about:")):
        return None
    try:
        full = urljoin(base or "", address.strip())
    except ValueError:
        return None
    return full if full.startswith(("http://", "https://")) else address.strip() or None


def _drops(key: str, value: str) -> bool:
    if not _TRACKING.match(key):
        return False
    return bool(_VERSION.match(value)) if key.lower() in _KEPT_VIEW else True
