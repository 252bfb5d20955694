"""When an article was published and changed: what the page's data say, what it prints, what its address says.

The signals are heard in the order of their trust and each date says where it came from. Two rules stand above the
order: two signals that agree on a day outvote the page's data, unless that day is the one of the last change; and a
moment given in UTC is written with the clock that the page itself prints, where both name the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from onrecord.extract import dates
from onrecord.extract.blocks import Block, Outline
from onrecord.extract.clean import tidy
from onrecord.extract.head import Head
from onrecord.extract.jsonld import LinkedData


class Moments(NamedTuple):
    """A page's dates in ISO 8601, each with where it came from."""

    published: str | None
    source: str | None  # json-ld, meta, page, address, modified (the page knows of its last change only)
    modified: str | None
    modified_source: str | None


# The names that content systems give to the day of publication, and those that may as well mean another day.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.created", "dc.date.created", "pubdate",
    "publishdate", "publish-date", "publish_date", "published", "publication_date", "publication-date", "article.published",
    "article:publication_date", "og:pubdate", "og:publish_date", "og:published_time", "rnews:datepublished", "ptime",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "shareaholic:article_published_time", "bt:pubdate",
    "citation_online_date", "citation_publication_date", "originalpublicationdate", "article_date_original",
    "article.created", "datecreated", "schema:datepublished",
)  # fmt: skip
_DATED = ("date", "dc.date", "dcterms.date", "dc.date.available", "last-published", "displaydate", "citation_date")
_MODIFIED = (
    "article:modified_time", "article:modified", "og:updated_time", "datemodified", "dateupdate", "dcterms.modified", "lastmod",
    "last-modified", "last_modified", "dc.date.modified", "dc.modified", "article:updated_time", "revised",
)  # fmt: skip
_MARKED = (
    '[itemprop~="datePublished"],[property~="datePublished"],[property~="schema:dateCreated"],time,abbr.published,'
    ".published,.entry-date,.post-date,.date-published,.published-date,.publish-date,.pubdate,.submitted"
)
_DATE_NAMED = '[class*="date" i],[id*="date" i],[class*="time" i],[class*="stamp" i]'
_LABEL = re.compile(
    r"^\W*(?:first )?(?:published|posted|created|written|submitted|released?|date|dated|issued|on|stand|"
    r"veröffentlicht(?:ung)?|erschienen|erstellt|publiziert|datum|gespeichert|geschrieben|eingestellt|vom|"
    r"publié|paru|mis en ligne|mise en ligne|créé|le|publicado|publicada|fecha|data|pubblicato|scritto|"
    r"gepubliceerd|geplaatst|publicerad|publicerat|publisert|udgivet|julkaistu|opublikowano|dodano|"
    r"vydáno|publikováno|megjelent|publicat|yayın(?:lanma)?|giriş|опубликовано|дата|نشر|تاريخ)\b",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|edited|changed|reviewed|aktualisiert|geändert|änderung|bearbeitet|mis(?:e)? à jour|modifié|"
    r"actualizado|modificado|atualizado|aggiornato|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|güncelleme|"
    r"zaktualizowano|обновлено)\b",
    re.I,
)
_OPENING = re.compile(
    r"^[(\[]?(?:[^\W\d_]+ (?:vom|of|from|du|del|van|från|z dnia) )?(?P<date>[^()\[\]]{6,28}?\d{4})[)\]]?\s?"
    r"(?:[-–—:.|„“\"]|(?=[A-ZÄÖÜ])|\d\d?[:.]\d\d)"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_FIRST_WEB_YEAR = "1991"  # no page printed the day of its publication before
_LINE = 90  # characters; a longer block is running text
_FOOT = 12  # blocks behind the text in which its date may stand
_WHOLE_DAY = len("2016-03-08")


def find(
    tree: LexborHTMLParser,
    out: Outline,
    head: Head,
    linked: LinkedData,
    near: tuple[int, int],
    last: int,
    url: str | None,
) -> Moments:
    """Return when a page's article was published and last changed.

    Args:
        tree: the page; only asked where its data say nothing.
        out: its blocks.
        head: its meta elements.
        linked: its JSON-LD.
        near: indices of the blocks between which a date may stand (headline and first paragraph).
        last: index of the text's last block.
        url: its address.
    """
    language = (head.language or "").lower()
    turned = language.startswith("en-us")
    halves = language.startswith("en")  # a clock that goes to twelve is printed with its half of the day
    in_data = dates.parse(linked.published)
    in_metas = _first_of(head, _PUBLISHED, turned)
    changed, changed_source = dates.parse(linked.modified), "json-ld"
    if changed is None:
        changed, changed_source = _first_of(head, _MODIFIED, turned), "meta"
    near_it = _lines(out, near, turned=turned)
    printed = [*near_it.clear, *near_it.other]
    found, source = (in_data, "json-ld") if in_data else (in_metas, "meta")
    if found is None:
        found, source = _undeclared(tree, out, near_it, near, last, turned=turned), "page"
        confirming = (_first_of(head, _DATED, turned), changed, dates.from_address(url))
        if found and _may_be_turned(found) and not any(_same_day(found, other) for other in confirming):
            other_lines = _lines(out, near, turned=not turned)
            other = _undeclared(tree, out, other_lines, near, last, turned=not turned)
            found = other if any(_same_day(other, said) for said in confirming) else found
        if found is None:
            found, source = _first_of(head, _DATED, turned), "meta"
        if found is None:
            found, source = dates.from_address(url), "address"
        if found is None:
            found, source = _anywhere(tree, out, head, turned=turned), "page"
        if found is None and changed:
            found, source = changed, "modified"
    elif (
        in_data
        and in_metas
        and not _same_day(in_data, in_metas)
        and not _same_day(in_metas, changed)
        and any(_same_day(in_metas, other) for other in printed)
    ):
        found, source = in_metas, "meta"
    if found:
        witnesses = (in_metas, _first_of(head, _DATED, turned), *printed)
        found = next(
            (local for other in witnesses if other and (local := _by_clock_of(found, other, halves=halves))), found
        )
    return Moments(found, source if found else None, changed, changed_source if changed else None)


def _first_of(head: Head, names: Sequence[str], turned: bool) -> str | None:
    """Return the first whole day among these metas, else the first date."""
    less = None
    for name in names:
        for value in head.metas.get(name, ())[:2]:
            if date := dates.parse(value, month_first=turned):
                if len(date) >= _WHOLE_DAY:
                    return date
                less = less or date
    return less


class _Lines(NamedTuple):
    clear: list[str]  # of lines that are a date and little else, and of dates that open the text
    other: list[str]  # of lines that name the last change, or stand above the headline, or say more


def _lines(out: Outline, near: tuple[int, int], *, turned: bool) -> _Lines:
    """Return the days printed between headline and text, then those that open the text, then those above the headline."""
    found = _Lines([], [])
    for block in out.blocks[near[0] : near[1]]:
        if len(block.text) <= 160 and (date := _printed(block.text, turned)):
            is_clear = _is_date_alone(block.text) or _LABEL.match(block.text)
            (found.clear if is_clear and not _CHANGED.search(block.text) else found.other).append(date)
    for block in out.blocks[near[0] : near[1] + 4]:
        if (opening := _OPENING.match(block.text)) and len(_WORDS.findall(opening["date"])) < 4:
            found.clear.extend(filter(None, (_printed(opening["date"], turned),)))
    above = (block.text for block in reversed(out.blocks[max(0, near[0] - 4) : near[0]]) if len(block.text) <= _LINE)
    found.other.extend(filter(None, (_printed(text, turned) for text in above)))
    return found


def _printed(text: str, turned: bool) -> str | None:
    date = dates.parse(text, month_first=turned, short_years=True)
    return date if date and len(date) >= _WHOLE_DAY and date >= _FIRST_WEB_YEAR else None


def _undeclared(
    tree: LexborHTMLParser, out: Outline, near_it: _Lines, near: tuple[int, int], last: int, *, turned: bool
) -> str | None:
    """Return the day that a page prints without declaring it: in a marked element, near the headline, below the text."""
    around = [block.text for block in out.blocks[max(0, near[0] - 6) : near[1] + 2]]
    foot = [block.text for block in out.blocks[max(near[1], last - 1) : last + _FOOT] if len(block.text) < 160]
    elsewhere = []
    for said, value in _marked(tree):
        date = dates.parse(value, month_first=turned, short_years=True)
        if not date or len(date) < _WHOLE_DAY:
            continue
        if not said or any(said in text for text in around):
            return date
        elsewhere.append((date, said))
    at_foot = (date for date, said in elsewhere if any(said in text for text in foot))
    labelled = (date for text in foot if _LABEL.match(text) and (date := _printed(text, turned)))
    alone = (date for text in foot if _is_date_alone(text) and (date := _printed(text, turned)))
    first = (date for date, _ in elsewhere[:1])
    return next(chain(near_it.clear, labelled, near_it.other, at_foot, alone, first), None)


def _marked(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield what elements that call themselves a date show, and the date that they carry."""
    for node in tree.css(_MARKED)[:12]:
        attributes = node.attributes
        if "itemprop" in attributes and "datePublished" not in (attributes["itemprop"] or ""):
            continue
        said = tidy(node.text(deep=True))[:120]
        value = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or said
        yield said, value if dates.parse(value) else said


def _anywhere(tree: LexborHTMLParser, out: Outline, head: Head, *, turned: bool) -> str | None:
    """Return a labelled day from anywhere on the page, else one in an element named so, else one in the title."""
    short = [block for block in out.blocks if 5 < len(block.text) < _LINE]
    for before, block in zip((None, *short), short, strict=False):
        label = _LABEL.match(block.text) or (before is not None and _is_label(before) and _is_date_alone(block.text))
        if label and not out.junk[block.owner] and (date := _printed(block.text, turned)):
            return date
    for node in tree.css(_DATE_NAMED)[:8]:
        said = tidy(node.text(deep=True)[:120])
        if len(said) < _LINE and (date := _printed(said, turned)):
            return date
    for block in short:
        if _CHANGED.search(block.text) and (date := _printed(block.text, turned)):
            return date
    return _printed(head.title or "", turned)


def _may_be_turned(date: str) -> bool:
    """Whether a date may be one in numbers whose day and month were read the wrong way round."""
    return date[5:7] != date[8:10] <= "12"


def _is_label(block: Block) -> bool:
    return len(block.text) < 24 and bool(_LABEL.match(block.text))


def _is_date_alone(text: str) -> bool:
    return len(text) < 40 and len(_WORDS.findall(text)) <= 4


def _same_day(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and bool(_days(a) & _days(b))


def _days(text: str) -> frozenset[str]:
    """Return the days of a moment: where it was printed, and in UTC."""
    moment = _moment(text)
    return frozenset((text[:10],) if moment is None else (text[:10], moment.astimezone(UTC).isoformat()[:10]))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _by_clock_of(text: str, other: str, *, halves: bool) -> str | None:
    """Return a moment in UTC as another signal's clock has it, where both name the same minute."""
    moment = _moment(text)
    if moment is None or moment.utcoffset() or len(other) < len("2016-03-08T09:30"):
        return None
    there = datetime.fromisoformat(other)
    if there.tzinfo:
        same = there.utcoffset() and abs(there - moment) < timedelta(minutes=1)
        return moment.astimezone(there.tzinfo).isoformat() if same else None
    ahead = there - moment.replace(tzinfo=None, second=0)
    quarters, rest = divmod(round(ahead.total_seconds() / 60), 15)
    if rest or not -44 <= quarters <= 56 or quarters == 0:  # the zones of the world, from -11:00 to +14:00
        return None
    if (
        not halves and quarters < 0 and 1 <= there.hour <= 12
    ):  # as well the clock of an eastern zone that goes to twelve
        return None
    return moment.astimezone(timezone(timedelta(minutes=15 * quarters))).isoformat()
