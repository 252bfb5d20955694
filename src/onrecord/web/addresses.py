"""Addresses: what a search's address says, and the address of every record. Both directions live here.

A search is an address: ``/search?q=water&in=statements&kind=direct&since=2011``. The same question
always has the same address, so that it can be cited.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote, quote_plus, unquote, urlencode

from onrecord.errors import QueryError
from onrecord.store.results import FILTER_NAMES, SCOPES, Filters, Scope, Sort

MOST_WORDS = 1_000  # characters of a query
MOST_FILTERS = 50
MOST_HITS = 50  # on one page; more are read page by page with the cursor
HITS = 20
MOST_LISTED_WORDS = 200  # characters of what a list is searched for
_OPEN = "\x00"  # stands in no value: marks the place of one


@dataclass(frozen=True, slots=True)
class Ask:
    """What a reader asks for: the words, where, what narrows it, in which order, which page."""

    words: str = ""
    scope: Scope = "statements"
    filters: Filters = dataclasses.field(default_factory=Filters)
    sort: Sort = "relevance"
    stem: bool = False
    limit: int = HITS
    cursor: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked: neither words nor filters."""
        return not self.words and not self.filters.values()

    def pairs(self) -> list[tuple[str, str]]:
        """Return what the address says, in a fixed order, without what is said by saying nothing."""
        found = [("q", self.words)] if self.words else []
        if self.scope != "statements":
            found.append(("in", self.scope))
        found += list(self.filters.values())
        if self.sort != "relevance":
            found.append(("sort", self.sort))
        if self.stem:
            found.append(("stem", "1"))
        if self.limit != HITS:
            found.append(("limit", str(self.limit)))
        if self.cursor:
            found.append(("cursor", self.cursor))
        return found

    def address(self, form: str = "") -> str:
        """Return the address of this search; ``form`` is ``.json``, ``.csv``, ``.rss`` or nothing."""
        pairs = self.pairs()
        return f"/search{form}" + (f"?{urlencode(pairs)}" if pairs else "")

    def at(self, cursor: str | None) -> Ask:
        """Return the same question at another page."""
        return dataclasses.replace(self, cursor=cursor)

    def sorted_by(self, sort: Sort) -> Ask:
        """Return the same question in another order, from its first page."""
        return dataclasses.replace(self, sort=sort, cursor=None)

    def inside(self, scope: Scope) -> Ask:
        """Return the same words asked of another kind of record; filters that it does not have are dropped."""
        kept = Filters()
        for name, value in self.filters.values():
            if name in SHARED_FILTERS or scope == "statements":
                kept = kept.with_value(name, value)
        return dataclasses.replace(self, scope=scope, filters=kept, cursor=None)

    def adding(self, name: str, value: str) -> Ask:
        """Return the question narrowed by one more value."""
        return dataclasses.replace(self, filters=self.filters.with_value(name, value), cursor=None)

    def removing(self, name: str, value: str) -> Ask:
        """Return the question without one of its values."""
        return dataclasses.replace(self, filters=self.filters.without(name, value), cursor=None)

    def narrowing(self, *names: str) -> Callable[[str], str]:
        """Return what gives the address of the question with one more value, for many values: all else is encoded once."""
        narrowed = self
        for name in names:
            narrowed = narrowed.adding(name, _OPEN)
        address, place = narrowed.address(), quote(_OPEN)
        return lambda value: address.replace(place, quote_plus(value))

    def by_month(self) -> Callable[[str], str]:
        """Return what gives the address of the question narrowed to a month."""
        return self.narrowing("since", "until")

    def stemmed(self) -> Ask:
        """Return the question asked of other forms of the words too."""
        return dataclasses.replace(self, stem=True, cursor=None)

    def saying(self, words: str) -> Ask:
        """Return the question with other words."""
        return dataclasses.replace(self, words=words, cursor=None)


SHARED_FILTERS = ("site", "section", "place", "year", "language", "agency", "since", "until")


def read_ask(pairs: Iterable[tuple[str, str]]) -> Ask:
    """Return the question that an address asks.

    Raises:
        QueryError: a parameter is unknown, has a value that it cannot have, or there are too many.
    """
    filters = Filters()
    given: dict[str, str] = {}
    count = 0
    for name, value in pairs:
        value = value.strip()
        if not value:
            continue
        if name in FILTER_NAMES:
            count += 1
            if count > MOST_FILTERS:
                raise QueryError(f"more than {MOST_FILTERS} filters; remove some")
            filters = filters.with_value(name, _printable(value, name))
        elif name in ("q", "in", "sort", "stem", "limit", "cursor"):
            if name in given:
                raise QueryError(f"the address has {name} twice; remove one")
            given[name] = value
        else:
            raise QueryError(f"the address has {name[:40]!r}, which is no part of a search; remove it")
    words = given.get("q", "")
    if len(words) > MOST_WORDS:
        raise QueryError(f"the query is longer than {MOST_WORDS} characters; shorten it")
    scope, sort = given.get("in", "statements"), given.get("sort", "relevance")
    if scope not in SCOPES:
        raise QueryError(f"in={scope[:40]!r} should be one of {', '.join(SCOPES)}")
    if sort not in get_args(Sort):
        raise QueryError(f"sort={sort[:40]!r} should be one of {', '.join(get_args(Sort))}")
    if given.get("stem", "1") != "1":
        raise QueryError(f"stem={given['stem'][:40]!r} should be 1, or be left out")
    return Ask(
        words=_printable(words, "q"),
        scope=scope,
        filters=filters,
        sort="date" if sort == "date" else "relevance",
        stem=given.get("stem") == "1",
        limit=_limit(given.get("limit")),
        cursor=given.get("cursor"),
    )


def read_list(pairs: Iterable[tuple[str, str]], *names: str) -> dict[str, str]:
    """Return what the address of a list asks for, by name; what is not asked for is missing.

    Args:
        pairs: the query of the address.
        names: what this list can be asked.

    Raises:
        QueryError: a parameter is unknown, stands twice, or has a value that it cannot have.
    """
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in names:
            raise QueryError(f"the address has {name[:40]!r}, which this list does not know; remove it")
        if name in given:
            raise QueryError(f"the address has {name} twice; remove one")
        given[name] = _printable(value, name)
    if len(given.get("q", "")) > MOST_LISTED_WORDS:
        raise QueryError(f"q is longer than {MOST_LISTED_WORDS} characters; shorten it")
    cursor = given.get("cursor", "")
    if cursor and not (re.fullmatch(r"[0-9]{1,20}", cursor, re.ASCII) and int(cursor) < 1 << 64):
        raise QueryError("the cursor is not one that this list gave; start again without it")
    return {name: value for name, value in given.items() if value}


def place_in(given: Mapping[str, str]) -> int | None:
    """Return the place in a list that its address leads to, None for the beginning."""
    return int(given["cursor"]) if "cursor" in given else None


def _limit(raw: str | None) -> int:
    if raw is None:
        return HITS
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw[:9]) <= MOST_HITS:
        raise QueryError(f"limit={raw[:40]!r} should be a number from 1 to {MOST_HITS}; read further pages with cursor")
    return int(raw)


def _printable(value: str, name: str) -> str:
    if "\x00" in value:
        raise QueryError(f"{name} holds a null character; remove it")
    return value


def article_address(id: str, revision: str | None = None) -> str:
    """Return the address of an article, or of one of its revisions."""
    return f"/article/{quote(id, safe='')}" + (f"/{quote(revision, safe='')}" if revision else "")


def statement_address(id: str) -> str:
    """Return the permalink of a statement."""
    return f"/statement/{quote(id, safe='')}"


def source_address(id: str) -> str:
    """Return the address of a source."""
    return f"/source/{quote(id, safe='')}"


def picture_address(id: str) -> str:
    """Return the address of a picture."""
    return f"/picture/{quote(id, safe='')}"


def claim_address(id: str) -> str:
    """Return the address of a claim."""
    return f"/claim/{quote(id, safe='')}"


def copies_address(id: str, other: str | None = None) -> str:
    """Return the address of an article's copies, or of the article beside one of them."""
    return f"/article/{quote(id, safe='')}/copies" + (f"?{urlencode({'with': other})}" if other else "")


def image_address(id: str) -> str:
    """Return the address of a picture's image."""
    return f"/picture/{quote(id, safe='')}/image"


def readable(url: str) -> str:
    """Return an address as people write it: percent signs turned back into letters, where that is safe to read."""
    plain = unquote(url, errors="strict") if re.fullmatch(r"[\x21-\x7e]+", url) and _decodes(url) else url
    return url if re.search(r"[\s\x00-\x20\u200b-\u200f\u202a-\u202e\u2066-\u2069]", plain) else plain


def _decodes(url: str) -> bool:
    try:
        unquote(url, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def outside(url: str | None) -> str | None:
    """Return an address from a capture if a browser may follow it: only http and https, nothing hidden in it."""
    if url and re.fullmatch(r"https?://[^\s\x00-\x1f\"'<>\\]+", url, re.IGNORECASE):
        return url
    return None


def with_form(path: str, asked: str, form: str) -> str:
    """Return the address of the same page in another form: ``/source/x`` -> ``/source/x.json``."""
    bare = path.removesuffix(".json").rstrip("/") or "/index"
    return bare + form + (f"?{asked}" if asked else "")


def with_query(path: str, parts: Mapping[str, str]) -> str:
    """Return an address with the parts that are not empty."""
    asked = urlencode({name: value for name, value in parts.items() if value})
    return path + (f"?{asked}" if asked else "")
