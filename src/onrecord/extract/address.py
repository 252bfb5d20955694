"""Addresses: which one is the article's, so that its captures, AMP and print versions share one id."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# Keys of a query that do not name an article: where a reader came from, his session, what he wants the page to look like.
_KEPT_OUT = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ocid|cmp|cmpid|smid|smtyp|ref|ref_src|referrer|ncid|icid|ftag|xtor|wt_mc|at_\w+|"
    r"ito|sref|src|feature|spm|share|shared|via|partner|rss|feed|ns_\w+|__twitter_impression|phpsessid|jsessionid|sessionid|aspsessionid\w*|cfid|"
    r"cftoken|replytocom|nb|tmpl|format|page|amp|output|print|printable|print_version|outputtype|view|mobile|m|mod)$",
    re.I,
)
# Of these only where the value says so: empty, or a version of the page.
_BY_VALUE = frozenset(("view", "m", "src", "share", "feature", "mod", "ref", "partner", "feed", "nb", "tmpl", "format"))
_ONLY_NAMED = frozenset(("page",))  # ... and of these only where it is named: "page=1" is a page of an article
_VERSION = re.compile(
    r"^(?:amp|print|printable|print-?friendly|1|true|html|rss|share|mobile|component|facebook|twitter|x|email|reddit|linkedin|pinterest|tumblr|whatsapp|"
    r"telegram|pocket|skype|google-plus-1|press-this|jetpack-\w+)?$",
    re.I,
)
_PATH = re.compile(
    r"/(?:amp|print|printpage|printable|print-version)(?:/|\.html?)?$|(?:\.amp|\.print|_print|-print)(?=\.html?$|$)|"
    r"/print(?=/\d+(?:/|\.html?)?$)|;jsessionid=[^/]*",
    re.I,
)
_LEADING = re.compile(r"^/(?:amp|print)/(?=.)", re.I)
_HOST = re.compile(r"^(?:www\d?|amp|m|mobile|print|touch)\.(?=[^.]+\.)")
_MARKED = re.compile(
    r"^/(?:amp|print)/.|/(?:amp|print\w*|print-version)(?:/|\.html?)?$|[._-](?:amp|print)(?:\.html?)?$|/print/\d", re.I
)
_MARKED_HOST = re.compile(r"^(?:amp|m|mobile|print|touch)\.")
_LOOKS = frozenset("amp output print printable print_version outputtype view mobile m tmpl format page".split())
_BLOGGER = re.compile(r"\.blogspot\.[a-z.]{2,6}$")  # one blog has an address in every country
# Addresses that hold another's: of copies that web archives and search engines serve.
_COPY = re.compile(
    r"^https?://(?:web\.archive\.org/web/\d+[a-z_]*/(?=https?:)|[\w-]+\.cdn\.ampproject\.org/[a-z]/(?P<amp>s/)?|"
    r"(?:www\.)?google\.[a-z.]{2,6}/amp/(?P<google>s/)?)",
    re.I,
)
_SLUG = 5  # characters; a shorter end of an address names nothing
_REGISTRIES = frozenset(
    ("ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "ne", "net", "or", "org")
)  # below a country
# Where every subdomain is somebody else's site.
_SHARED = frozenset(
    "altervista.org blogg.se blogger.de blogspot.com free.fr github.io hatenablog.com livejournal.com medium.com "
    "over-blog.com substack.com tumblr.com typepad.com weebly.com wixsite.com wordpress.com".split()
)


def canonical(claimed: str | None, captured: str | None, base: str | None = None) -> str | None:
    """Return the article's address.

    The page's own claim holds where it is on the same site, or on a sister of it under the same name, and leads deeper
    than the front page, for many templates of the time named the front page on every page.

    Args:
        claimed: ``<link rel=canonical>``, ``og:url`` or JSON-LD.
        captured: where the page was fetched from.
        base: what relative addresses start from.
    """
    start = base or captured or ""
    try:
        told = _original(urljoin(start, claimed.strip())) if claimed else None
        fetched = _original(captured.strip()) if captured else None
        if told and (not _on_the_web(told) or urlsplit(told).path in ("", "/")):
            told = None
        if told and fetched and site_of(told) != site_of(fetched) and not _moved(told, fetched):
            told = None
        chosen = told or fetched
        return fold(chosen) if chosen and _on_the_web(chosen) else chosen
    except ValueError:
        return captured


def identity(address: str) -> str:
    """Return what the addresses of one article have in common, whatever the site has become: https, with www or without."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in ("http", "https"):
        return address
    host = parts.netloc.removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def is_version(captured: str | None) -> bool:
    """Whether the address that a page was fetched from is of a version of it: for phones or for paper."""
    try:
        parts = urlsplit(_original((captured or "").strip()))
        dropped = {key.lower() for key, value in parse_qsl(parts.query, keep_blank_values=True) if _drops(key, value)}
    except ValueError:
        return False
    marked = (_MARKED_HOST.match((parts.hostname or "").lower()), _MARKED.search(parts.path))
    return any(marked) or not _LOOKS.isdisjoint(dropped)


def site_of(address: str | None) -> str | None:
    """Return the host of an address without ``www.``, ``m.`` or ``amp.``."""
    if not address:
        return None
    try:
        host = (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    return _BLOGGER.sub(".blogspot.com", _HOST.sub("", host)) or None


def fold(address: str) -> str:
    """Return an address as it is kept: no fragment, no tracking, AMP and print versions folded into one."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower().rstrip(".")
    bare = _HOST.sub("", host)
    if bare != host and not host.startswith("www"):
        host = f"www.{bare}" if bare == _registered(bare) else bare
    host = _BLOGGER.sub(".blogspot.com", host)
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    path = _LEADING.sub("/", _PATH.sub("", parts.path)) or "/"
    path = quote(path, safe="/:@!$&()*+,;=~-._%'", errors="surrogatepass")
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _drops(key, value)]
    return urlunsplit((parts.scheme.lower(), host + port, path, urlencode(query), ""))


def _original(address: str) -> str:
    """Return the address of which another serves a copy."""
    copy = _COPY.match(address)
    if copy is None:
        return address
    rest = address[copy.end() :]
    return (
        rest
        if rest.lower().startswith(("http:", "https:"))
        else f"http{'s' if copy['amp'] or copy['google'] else ''}://{rest}"
    )


def _on_the_web(address: str) -> bool:
    return address[:8].lower().startswith(("http://", "https://"))


def _moved(told: str, fetched: str) -> bool:
    """Whether a page may be another's on a sister of its host: of one owner, with an address that ends in the same words."""
    owner = _registered(site_of(told) or "")
    last, own = (urlsplit(fold(each)).path.rstrip("/").rpartition("/")[2] for each in (told, fetched))
    return owner == _registered(site_of(fetched) or "") and owner not in _SHARED and last == own and len(last) > _SLUG


def _registered(host: str) -> str:
    """Return the part of a host that its owner has registered: two labels, or three below a country's registry."""
    labels = host.split(".")
    registry = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _REGISTRIES
    return ".".join(labels[-3 if registry else -2 :])


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
    if not _KEPT_OUT.match(key):
        return False
    if key.lower() in _ONLY_NAMED and (not value or value == "1"):
        return False
    return bool(_VERSION.match(value)) if key.lower() in _BY_VALUE | _ONLY_NAMED else True
