"""Who wrote it: names as printed, and none rather than a guessed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser

from onrecord.extract import agency
from onrecord.extract.blocks import Block, Outline
from onrecord.extract.clean import fold, tidy
from onrecord.extract.head import Head
from onrecord.extract.jsonld import LinkedData

_BY = re.compile(
    r"^\s*(?:(?:written|reported|posted|published|words|story|review(?:ed)?|text|report|"
    r"analysis|opinion|interview)\s+by|by|von|ein (?:gast)?(?:beitrag|kommentar|interview|"
    r"artikel) von|eine? \w+ von|"
    r"text(?:e)?:|par|propos recueillis par|por|di|door|af|av|autorka?|author|autor(?:in)?|"
    r"przez|автор|текст|بقلم|كتب|كتبت|yazan|oleh|na)(?:\s*:\s*|\s+)",
    re.I,
)
_STRICT_BY = re.compile(
    r"^(?:(?:Written |Reported |Posted |Words |Story )?[Bb]y|BY|[Vv]on|VON|P(?:ar|AR)|"
    r"P(?:or|OR)|Texte?:|Written:)(?::\s*|\s+)(?=[\w\"'(])"
)
_ALONE = re.compile(r"^(?:By|BY|von|Von|Par|Por|Written by|Author|Autor):?$")
_TAIL = re.compile(
    r"\s*(?:[|•·/]|\s[–—-]+\s|\s@|\bfor (?:the )?[A-Z]|\bPublished\b|\bUpdated\b|\bPosted\b|"
    r"\bLast\b|\bis an?\b|\bis the\b|\bin [A-Z]\w+$|\bThe Associated Press$(?<!^The Associated "
    r"Press)"
    r"|\bStaff Writer|\bStaff Reporter|\bStaff Correspondent|\bSpecial to\b|\bCorrespondent\b|"
    r"\bContributing\b|\bSenior\b.*(?:Editor|Reporter|Writer)|\d).*$",
)
_SPLIT = re.compile(
    r"\s*(?:[,;|&+•·]|/(?=\s*[A-Z][a-z])|\band\b|\bAND\b|\bund\b|\bet\b|\by\b|\be\b|\boch\b|"
    r"\bog\b|\bve\b|\bi\b(?=\s[A-ZŁŚŻ])|\ba\b(?=\s[A-ZČŠŽ])|\s{2,}|\n|、|，|،)\s*"
)
_SPLIT_CLAIM = re.compile(r"\s*(?:[,;|&]|\band\b|\bund\b|、|،)\s*")
_ROLE = re.compile(
    r"\b(?:editor|reporter|writer|correspondent|columnist|journalist|contributor|director|"
    r"professor|staff|producer|redakteur(?:in)?|korrespondent(?:in)?|"
    r"redaktion|editorial|chief|critic|photographer|intern|fellow|freelancer?|associate|"
    r"analyst|author|autor|producer|bureau|desk|team|volontärin?|ressort\w*|leiter(?:in)?)\b",
    re.I,
)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|author|editor|editors|guest|unknown|anonymous|none|null|"
    r"n/?a|root|webmaster|user|staff|redaktion|the|by|posted|published|updated|share|"
    r"comments?|"
    r"read more|more|follow|contact|email|e-mail|twitter|facebook|subscribe|home|news|"
    r"about|view all posts.*|view profile.*|bio|all articles.*|see all.*|author archive.*|"
    r"posts by.*|"
    r"https?:.*|www\..*|.*\.(?:html?|php)|\W*|wordpress|default|super user|web ?desk|"
    r"online|undefined|advertisement|sponsored|partner content|press release|stock image|"
    r"photo.*|image.*)$",
    re.I,
)
_BAD = re.compile(r"[<>{}@#=?!]|https?:|www\.|\d{2,}|[.…]$(?<!\b\w\.)(?<!Jr\.)(?<!Sr\.)")
_VISIBLE = (
    '[rel~="author"]',
    '[itemprop~="author"]',
    *(f'[class*="{word}" i]' for word in ("byline", "author", "autor", "writer")),
    *(f'[{key}*="{word}" i]' for key in ("data-testid", "data-qa") for word in ("author", "byline")),
    *(f'a[href*="/{word}" i]' for word in ("author/", "authors/", "autor", "staff/", "profile/", "by/")),
)
_METAS = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "cxenseparse:author",
    "article:author", "byl", "citation_author", "authors",
)  # fmt: skip
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,40}[)\]]?")
_DAY = re.compile(
    r"\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|\s+(?:January|February|March|April|"
    r"June|July|August|September|October|November|December)$|\s+(?:Reuters|AFP|AP)$"
)
_BAD_CLAIM = re.compile(r"[<>{}@#=?!]|https?:|www\.|^(?:Foto|Photo|Bild)\b|[:：]")
_INITIAL = re.compile(r"\b(?:Jr|Sr|\w)\.$")
_ORGANISATION = re.compile(
    r"\b(?:GmbH|Inc|Ltd|AG|e\. ?V|Redaktion|Sekretariat|Departement|Ministerium|Institut|"
    r"Universität|University|Team|Press)\b",
    re.I,
)
_NOT_A_NAME = re.compile(r"(?:Foto|Fotos|Photo|Bild|Image|CC|Copyright|Read|View|More|All|About|Follow)\b", re.I)
_NOT_BYLINE = re.compile(
    r"bio|avatar|image|img|photo|picture|comment|related|card-list|teaser|avatar|social|"
    r"follow|description|about|job|role|title|position|email|twitter|date|time",
    re.I,
)


def find(
    tree: LexborHTMLParser, out: Outline, head: Head, linked: LinkedData, near: tuple[int, int], last: int, news: bool
) -> tuple[tuple[str, ...], str | None]:
    """Return the authors and where they came from.

    Args:
        tree: the page; only elements that call themselves byline or author are looked at.
        out: its blocks.
        head: its meta elements.
        linked: its JSON-LD.
        near: indices of the blocks between which a byline may stand (headline and first paragraph).
        news: whether the page is a news article.
        last: index of the text's last block; some outlets sign there.
    """
    site = {fold(name) for name in (linked.site, head.first("og:site_name", "application-name")) if name}
    around = out.blocks[max(0, near[0] - 5) : near[1] + 4] + out.blocks[max(near[1], last - 1) : last + 6]
    seen = _visible(tree, around)
    named = _names(linked.authors, claimed=True)
    people = tuple(name for name in named if fold(name) not in site)
    if people and (linked.news or (_is_full(people[0]) and _is_printed(people[0], out.blocks))):
        return (named if linked.news else people), "json-ld"
    if seen and not people:
        return seen, "byline"
    said = (value for value in head.all(*_METAS) if not value.startswith(("http", "/")))
    metas = _names(said, claimed=True)
    claimed = tuple(name for name in metas if fold(name) not in site and not _ORGANISATION.search(name))
    if claimed and _is_full(claimed[0]) and _is_printed(claimed[0], around):
        return claimed, "meta"
    # An outlet as the author of its own news is what the page says; on other pages it is a template's filler.
    return (named, "json-ld") if named and not people and linked.news else ((), None)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a printed byline."""
    return _names((text,))


def _names(values: Iterable[str], *, claimed: bool = False) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for value in values:
        value = _BY.sub("", tidy(value))
        whole = agency.known(value)
        for part in (value,) if whole else (_SPLIT_CLAIM if claimed else _SPLIT).split(value):
            if part and (name := _name(part, claimed=claimed)):
                names.setdefault(fold(name), name)
    return tuple(names.values())[:30]


def _name(text: str, *, claimed: bool) -> str | None:
    """Return a name without what is printed around it; ``claimed`` ones come from data and hold no date or role."""
    ends = ' ,;:-–—|"“”()[]' if _INITIAL.search(text) else ' ,.;:-–—|"“”()[]'
    text = _BY.sub("", text).strip(ends)
    text = _DAY.sub("", _BRACKETS.sub("", text if claimed else _TAIL.sub("", text))).strip(" ,;:-–—|")
    if not 2 <= len(text) <= 60 or _NOBODY.match(text) or (_BAD_CLAIM if claimed else _BAD).search(text):
        return None
    words = text.split()
    if len(words) > 6 or (len(words) > 1 and text.islower() and _ROLE.search(text)):
        return None
    return text


def _is_full(name: str) -> bool:
    """Whether a name has two parts, is written without spaces, or is an agency's; "admin" and "Jan" are not."""
    return " " in name or not name.isascii() or agency.known(name) is not None


def _is_printed(name: str, around: Sequence[Block]) -> bool:
    """Whether a short line of the page shows the name: what no reader sees is not a byline."""
    wanted = fold(name)
    return any(len(block.text) < 250 and wanted in fold(block.text) for block in around if len(block.text) >= len(name))


def _visible(tree: LexborHTMLParser, around: Sequence[Block]) -> tuple[str, ...]:
    """Return the names of a printed byline: a line that says "By", or an element or link that is an author's."""
    for before, block in zip((None, *around), around, strict=False):
        alone = before is not None and _ALONE.match(before.text)
        if len(block.text) < 160 and (alone or _STRICT_BY.match(block.text)):
            names = tuple(name for name in _names((block.text,)) if _looks_like_a_name(name))
            if names:
                return names
    for selector in _VISIBLE:
        found: list[str] = []
        for node in tree.css(selector)[:6]:
            said = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
            if (node.tag != "a" and _NOT_BYLINE.search(said)) or _in_junk(node):
                continue
            text = tidy(node.text(deep=True, separator=" "))
            if 2 < len(text) < 120:
                names = tuple(name for name in _names((text,)) if _looks_like_a_name(name))
                found.extend(name for name in names if _is_printed(name, around))
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _looks_like_a_name(name: str) -> bool:
    words = name.split()
    if agency.known(name):
        return True
    if _NOT_A_NAME.match(name):
        return False
    return (
        2 <= len(words) <= 5
        and all(
            word[0].isupper() or not word[0].isalpha() or word in _PARTICLES or not word.isascii() for word in words
        )
        and not _ROLE.search(name)
    )


_PARTICLES = frozenset("von van de der den di da dos del della la le el al bin ibn zu of und af ten ter y e".split())


def _in_junk(node: object) -> bool:
    parent = getattr(node, "parent", None)
    for _ in range(20):
        if parent is None or parent.tag in ("body", "html", "article", "main"):
            return False
        said = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}"
        if parent.tag in ("aside", "footer", "nav", "figure", "figcaption") or re.search(
            r"comment|related|recommend|sidebar|footer|most-?(?:read|popular)|widget", said, re.I
        ):
            return True
        parent = parent.parent
    return False
