"""Who wrote it: names as printed, and none rather than a guessed one.

Four signals are heard: the page's JSON-LD, its meta elements, the byline near the headline, the signature below the
text. People named by the data stand, unless the byline names them and more, or names others and not them. Where
the data name only an outlet, a desk or an agency, the people of the byline are the authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.extract import address, agency, names
from onrecord.extract.blocks import HEADINGS, Block, Outline
from onrecord.extract.clean import fold, tidy
from onrecord.extract.head import Head
from onrecord.extract.jsonld import LinkedData

_VISIBLE = ",".join(
    (
        '[rel~="author"]',
        '[itemprop~="author"]',
        ".fn",
        *(f'[class*="{word}" i]' for word in ("byline", "author", "autor", "writer")),
        *(f'[{key}*="{word}" i]' for key in ("data-testid", "data-qa") for word in ("author", "byline")),
        *(f'a[href*="/{word}" i]' for word in ("author/", "authors/", "autor", "staff/", "profile/", "by/")),
    )
)
_NOT_BYLINE = re.compile(
    r"bio|avatar|image|img|photo|picture|comment|related|card-list|teaser|social|follow|description|about|job|role|title|"
    r"position|email|twitter|date|time|licen[sc]e|copyright|caption|media|credit|print",
    re.I,
)
_EXPLICIT = re.compile(r"(?:^|[\s_-])(?:author|autor|byline|fn|vcard)(?:$|[\s_-](?:name|link|vcard)?(?:$|\s))", re.I)
_PEOPLE_PAGE = re.compile(r"/(?:authors?|autor(?:en|in)?|redakteure?|profile|writers?)/", re.I)
_JUNK = re.compile(r"comment|related|recommend|sidebar|footer|most-?(?:read|popular)|widget", re.I)
_JUNK_TAGS = frozenset(("aside", "footer", "nav", "figure", "figcaption"))
# Names that content systems give to the writer of the page, and those that many templates fill with the outlet.
_OWN_METAS = (
    "parsely-author", "article:author_name", "articleauthor", "sailthru.author", "cxenseparse:author", "article:byline", "byl",
    "shareaholic:article_author_name", "og:article:author", "twitter:misc:written by", "citation_author", "dc.creator", "dc:creator",
    "dcterms.creator", "dc.contributor", "article:author",
)  # fmt: skip
_METAS = ("author", "authors")
_WROTE = re.compile(r"^(?:written by|author|verfasst von|geschrieben von|écrit par|escrito por|scritto da|autor)", re.I)
_SIGNED = re.compile(r"^(?:[–—-]+\s*|\()(?P<who>[^()]{4,40}?)\)?\.?$")
_SIGNED_IN = re.compile(r"[.!?”“\"»]\s*\((?P<who>[^()\d:/]{5,40})\)[\s+*.]*$")
_RUN_IN = re.compile(r"^(?:By|BY|Von|VON|Par|PAR|Por|POR) (?P<who>\S+(?: \S+){1,3}?)(?::| [–—-]) ")
_MAIL = re.compile(r"^(?:E-?mail: ?)?([\w.+-]+)@[\w-]+\.[\w.-]+$")
_CODES = re.compile(r"^\(?(?P<who>[a-zäöüß]{2,6}(?:\s?[,/]\s?[A-Za-zäöüß]{2,6}){1,3})\)?(?=\.?$|;)")
_SOURCE = re.compile(r"^(?P<outlet>\S.{2,25}?) / (?P<who>\S.{2,25})$")  # "The Courier / Evening Post": taken over
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s+(?=(?:Autor(?:in)?|Author|Auteur|Autore|Quelle|Source|Foto|Photo):\s)")
_SIGNS = re.compile(r"\s*[,;]\s*")
_DIGITS = re.compile(r"\d")
_ABOVE, _BELOW, _FOOT = 5, 4, 12  # blocks around headline, first paragraph and end of the text that may hold a byline
_SIGNING = 6  # blocks before the end of the text, for lists of links are sometimes taken for its last lines
_SIGNATURE = 60  # characters
_SHOWN = 250  # characters; a name in a longer block is one that the text speaks of
_LINE = 160  # characters; a longer block is running text


class _Zones(NamedTuple):
    """Where a byline may stand: between headline and text, above the headline, below the text; and its last lines."""

    top: Sequence[Block]
    above: Sequence[Block]
    foot: Sequence[Block]
    end: Sequence[Block]


class _Byline(NamedTuple):
    names: tuple[str, ...] = ()
    people: bool = False  # whether one of them is a person's
    below: bool = False  # whether they stand below the text


def find(
    tree: LexborHTMLParser, out: Outline, head: Head, linked: LinkedData, near: tuple[int, int], last: int
) -> tuple[tuple[str, ...], str | None]:
    """Return the authors and where they came from: ``json-ld``, ``byline`` or ``meta``.

    Args:
        tree: the page; only elements that call themselves byline or author are looked at.
        out: its blocks.
        head: its meta elements.
        linked: its JSON-LD.
        near: indices of the blocks between which a byline may stand (headline and first paragraph).
        last: index of the text's last block; some outlets sign there.
    """
    named = frozenset(fold(name) for name in (linked.site, head.first("og:site_name", "application-name")) if name)
    host = address.site_of(head.canonical or head.first("og:url") or linked.url) or ""
    site = named | ({fold(host), host.split(".")[-2]} if "." in host else frozenset())
    zones = _Zones(
        out.blocks[near[0] : near[1] + _BELOW],
        [block for block in out.blocks[max(0, near[0] - _ABOVE) : near[0]] if block.tag != "li"],
        out.blocks[max(near[1], last - 1) : last + _FOOT],
        out.blocks[max(near[1], last - _SIGNING) : last + 3],
    )
    around = (*zones.top, *zones.above, *zones.foot)
    said = names.claimed(linked.authors)
    told = tuple(name for name in said if fold(name) not in site and not _is_spelling_of(name, site))
    people = tuple(name for name in told if names.is_person(name))
    metas = _from_metas(head, site, zones.top, out.blocks if linked.news else zones.top)
    if people and (linked.news or _is_shown(people[0], out.blocks)):
        lines = _of_people(_from_lines(zones.top))  # enough to check the data: the elements need a walk over the page
        for other, source in ((lines, "byline"), (metas, "meta")):
            if other.people and _adds_to(people, other.names) and all(_is_shown(name, around) for name in other.names):
                return other.names, source
        if lines.people and not any(_is_shown(name, out.blocks) for name in people):
            return lines.names, "byline"
        return told if linked.news else people, "json-ld"
    # On a news page a writer called like the outlet is the outlet; elsewhere the site may well be a person's.
    printed = _printed(tree, zones, site)
    if linked.news and all(_is_spelling_of(name, site) for name in printed.names):
        printed = _Byline()
    signals = ((printed, "byline"), (metas, "meta"))
    own = linked.news and any(
        _is_shown(name, around) if _is_code(name) else not names.is_desk(name) or _is_shown(name, out.blocks)
        for name in told
    )
    for other, source in signals:
        if other.people and not (own and other.below):
            return other.names, source
    if own:
        return told, "json-ld"
    for other, source in signals:
        if other.names:
            return other.names, source
    if told and any(_is_shown(name, around) and not _is_sign(name) for name in told):
        return told, "json-ld"
    # An outlet as the author of its own news is what the page says; on other pages it is a template's filler.
    outlets = tuple(name for name in said if fold(name) in named) if linked.news else ()
    return (outlets, "json-ld") if outlets else ((), None)


def credits_of(out: Outline, near: tuple[int, int]) -> tuple[str, ...]:
    """Return the agencies that are credited between headline and text, whoever the authors are."""
    lines = (names.agency_credit(block.text) for block in out.blocks[near[0] + 1 : near[1] + 1])
    return names.unique(name for name in lines if name)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a printed byline."""
    return names.printed(text)


def _from_metas(head: Head, site: frozenset[str], top: Sequence[Block], around: Sequence[Block]) -> _Byline:
    """Return whom the meta elements name; a name that no reader sees does not count."""
    own = [value for name in _OWN_METAS for value in head.metas.get(name, ())]
    for number in "12":
        if _WROTE.match(head.first(f"twitter:label{number}") or ""):
            own.extend(head.metas.get(f"twitter:data{number}", ()))
    for values, zone in ((own, around), (head.all(*_METAS), top)):
        told = names.claimed(value for value in values if not value.startswith(("http", "/")) and "@" not in value)
        told = tuple(name for name in told if fold(name) not in site and _is_shown(name, zone))
        if people := tuple(name for name in told if names.is_person(name)):
            return _Byline(people, people=True)
        if agencies := tuple(name for name in told if agency.among(name)):
            return _Byline(agencies)
    return _Byline()


def _printed(tree: LexborHTMLParser, zones: _Zones, site: frozenset[str]) -> _Byline:
    """Return whom the page shows as its writers: people before others, near the headline before below the text."""
    elements: list[tuple[LexborNode, bool]] | None = None
    nicknames: tuple[str, ...] = ()
    foot = [block for block in zones.foot if not _DIGITS.search(block.text)]
    for zone in (zones.top, zones.above, foot):
        found = _of_people(_from_foot(zones.foot) if zone is foot else _from_lines(zone))
        if not found.names:
            elements = list(_elements(tree)) if elements is None else elements
            known, others = _from_elements(elements, zone)
            found = _of_people(known)
            signed = tuple(name for name in others if not (_is_of(name, site) or _is_sign(name)))
            if not found.names and signed and zone is not foot:
                return _Byline(signed)
            nicknames = nicknames or signed
        if found.names:
            return found._replace(below=zone is foot)
    for block in reversed(zones.end):
        if not nicknames and (codes := _CODES.match(block.text)):
            nicknames = names.unique(_SIGNS.split(codes["who"]))
        if (sign := _SIGNED_IN.search(block.text[-_SIGNATURE:])) and names.is_person(sign["who"]):
            return _Byline((sign["who"],), people=True, below=True)
        if len(block.text) > _SIGNATURE:
            continue
        if (sign := _SIGNED.match(block.text)) and names.is_person(sign["who"]):
            return _Byline((sign["who"],), people=True, below=True)
        if names.is_desk(block.text):
            return _Byline((block.text,), below=True)
        if (source := _SOURCE.match(block.text)) and _is_of(source["outlet"], site):
            return _Byline((source["who"],), below=True)
    return _Byline(nicknames)


def _of_people(found: Sequence[str]) -> _Byline:
    """Return the people and agencies among names."""
    known = tuple(name for name in found if names.is_person(name) or agency.among(name))
    return _Byline(known, any(map(names.is_person, known)))


def _from_lines(zone: Sequence[Block]) -> tuple[str, ...]:
    """Return the names of the first lines that say "By", which stand together, or of a name above its own address."""
    found: list[str] = [block.text for block in zone if names.is_agency_line(block.text)][:1]
    since = 9
    for before, block, behind in zip((None, *zone), zone, (*zone[1:], None), strict=False):
        since += 1
        text = block.text
        if (opening := _RUN_IN.match(text)) and names.is_person(opening["who"]):
            text = opening["who"]
        elif len(text) >= _LINE:
            continue
        elif not (
            names.LINE_BY.match(text)
            or (before is not None and names.ALONE.match(before.text))
            or (behind is not None and _is_address_of(behind.text, text))
        ):
            text = next((part for part in _PARTS.split(text)[1:] if names.LINE_BY.match(part)), "")
        told = names.printed(text)
        if any(names.is_person(name) or agency.known(name) for name in told) and (not found or since <= 2):
            found.extend(told)
            since = 0
    return names.unique(found)


def _from_foot(zone: Sequence[Block]) -> tuple[str, ...]:
    """The same below the text, up to the first heading: behind it stand other articles, whose bylines carry dates."""
    end = next((at for at, block in enumerate(zone) if block.tag in HEADINGS), len(zone))
    labelled = tuple(block for block in zone[end:] if names.LABELLED.match(block.text))
    return _from_lines((*(block for block in zone[:end] if not _DIGITS.search(block.text)), *labelled))


def _is_address_of(text: str, name: str) -> bool:
    """Whether a line is the mail address of the person named above it."""
    account = _MAIL.match(text)
    return account is not None and names.is_person(name) and fold(name.split()[-1]) in fold(account[1])


def _is_of(name: str, site: frozenset[str]) -> bool:
    """Whether a name is the outlet's, in whatever spelling."""
    bare = fold(name).replace(" ", "")
    inside = any(len(whole) > 4 and whole in bare for whole in (one.replace(" ", "") for one in site))
    return inside or names.is_outlet(name) or _is_spelling_of(name, site)


def _is_spelling_of(name: str, site: frozenset[str]) -> bool:
    """Whether a name is the outlet's or its host's but for spaces and ending."""
    bare = fold(name).replace(" ", "")
    return any(bare in (one.replace(" ", ""), one.rpartition(" ")[0].replace(" ", "")) for one in site if one)


def _is_sign(name: str) -> bool:
    """Whether a name is the sign of an editor, which means nothing to a reader."""
    return len(name) <= 3 and name.islower() and agency.known(name) is None


def _is_code(name: str) -> bool:
    """Whether a name is the sign of an editor or a login, which mean nothing to a reader."""
    return agency.among(name) is None and " " not in name and (len(name) <= 4 or name.islower())


def _elements(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, bool]]:
    """Yield the elements that call themselves byline or author, and whether they say it of one name only."""
    for node in tree.css(_VISIBLE)[:40]:
        attributes = node.attributes
        said = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if (node.tag != "a" and _NOT_BYLINE.search(said)) or _in_junk(node):
            continue
        explicit = (
            "author" in (attributes.get("rel") or "")
            or "author" in (attributes.get("itemprop") or "")
            or bool(_EXPLICIT.search(attributes.get("class") or ""))
            or (node.tag == "a" and bool(_PEOPLE_PAGE.search(attributes.get("href") or "")))
        )
        yield node, explicit


def _from_elements(
    elements: Iterable[tuple[LexborNode, bool]], zone: Sequence[Block]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the people and agencies that the elements of a zone name, and the nicknames."""
    sure: list[str] = []
    found: list[str] = []
    nicknames: list[str] = []
    for node, explicit in elements:
        lines = [line for text in node.text(deep=True, separator="\n").split("\n") if (line := tidy(text))]
        if not lines or sum(map(len, lines)) > 120 or not _is_shown(max(lines, key=len), zone):
            continue
        told = [name for line in lines for name in names.printed(line)]
        known = [name for name in told if names.is_person(name) or agency.among(name)]
        if not known and len(lines) > 1:
            known = [name for name in names.printed(" ".join(lines)) if names.is_person(name)]
        (sure if explicit else found).extend(known)
        if explicit and not known and len(signs := told if len(told) == 1 else _SIGNS.split(lines[-1])) <= 3:
            nicknames.extend(sign for sign in signs if names.is_nickname(sign))
    return names.unique(sure or found), names.unique(nicknames)[:2]


def _adds_to(people: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a list names these people and more, and nobody who is none."""
    mine, theirs = {fold(name) for name in people}, {fold(name) for name in other}
    return mine < theirs and all(names.is_person(name) for name in other)


def _is_shown(name: str, blocks: Iterable[Block]) -> bool:
    """Whether a short line of the page shows the name: what no reader sees is not a byline."""
    wanted, bare = name.casefold(), "" if name.replace(" ", "").isalpha() else fold(name)
    for block in blocks:
        if len(name) <= len(text := block.text) < _SHOWN and (
            wanted in text.casefold() or (bare and bare in fold(text))
        ):
            return True
    return False


def _in_junk(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(20):
        if parent is None or parent.tag in ("body", "html", "article", "main"):
            return False
        attributes = parent.attributes
        if parent.tag in _JUNK_TAGS or _JUNK.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
            return parent.css_first("h1") is None  # "content with-sidebar" holds the article itself
        parent = parent.parent
    return False
