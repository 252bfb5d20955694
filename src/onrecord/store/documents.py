"""The documents that the index holds, made from entries. The fields are explained in ``index``."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace

import tantivy

from onrecord.model import Article, Claim, Copy, Picture, Source, Statement, picture_id
from onrecord.store import stored
from onrecord.store.entries import Entry
from onrecord.store.labels import LabelWriter
from onrecord.store.results import (
    CONFIDENCE_BANDS,
    FACETS,
    ArticleHead,
    ArticleHit,
    PictureHit,
    Revised,
    Scope,
    StatementHit,
)
from onrecord.store.tokens import words

# The fields that ``name:`` can look into, by scope. ``org`` is the short name of organisation.
WORD_FIELDS_OF: dict[Scope, tuple[str, ...]] = {
    "statements": ("source", "role", "org", "site", "section", "place"),
    "articles": ("source", "site", "section", "place", "author", "headline"),
    "pictures": ("site", "section", "place", "headline"),
}

_SERIAL_BITS = 31
_LAST_SERIAL = (1 << _SERIAL_BITS) - 1
_LONGEST_VALUE = 500  # code points of a facet's value
_MASK = "█"


@dataclass(frozen=True, slots=True)
class SourceRef:
    """The source that a statement's speaker was resolved to."""

    id: str
    name: str
    key: str | None = None  # what a document says in place of the id (see ``index.Card.called``)


SourceOf = Callable[[Statement], SourceRef | None]


class Draft:
    """A document that is being filled; empty values are left out."""

    def __init__(self, id: str, record: bytes, published: str | None, *, rank: int | None = None) -> None:
        minute, period = minutes(published)
        self._rank = minute if rank is None else rank
        self._facets: list[tuple[str, str]] = []
        self._document = tantivy.Document()
        self._document.add_text("id", id)
        self._document.add_bytes("record", record)
        if period is not None and rank is None:
            self._facets.append(("period", period))

    def value(self, field: str, *values: str | None) -> None:
        """Add whole values to be found by."""
        for value in values:
            if value:
                self._document.add_text(field, value[:_LONGEST_VALUE])

    def facet(self, field: str, *values: str | None) -> None:
        """Add whole values to be found by and counted."""
        kept = dict.fromkeys(value[:_LONGEST_VALUE] for value in values if value)  # a tag given twice counts once
        self.value(field, *kept)
        self._facets += [(field, value) for value in kept]

    def counted(self, field: str, label: str) -> None:
        """Add a value to be counted only."""
        self._facets.append((field, label))

    def words(self, fields: tuple[str, ...], *texts: str | None) -> None:
        """Add the words of texts; a phrase cannot begin in one text and end in the next."""
        for text in texts:
            if text and (joined := " ".join(words(text))):
                for field in fields:
                    self._document.add_text(field, joined)

    def finished(self, serial: int, labels: LabelWriter) -> tantivy.Document:
        """Return the document, with its place in the order and its facets as numbers."""
        for field, label in self._facets:
            self._document.add_unsigned(f"{field}_number", labels.number(label))
        self._document.add_unsigned("order", least_order(self._rank) + _LAST_SERIAL - serial)
        return self._document


def of_entry(
    entry: Entry,
    source_of: SourceOf,
    withheld: Container[str],
    removed: Container[str],
    revised: Mapping[str, Revised],
    only: Container[str] | None = None,
) -> Iterator[tuple[Scope, int, Draft]]:
    """Make the documents of one wording of an article: its statements, its pictures, and the article itself.

    A statement that vanished from its article is searched like those that stand, and says so. Each document comes with
    its number among all of the wording in its scope, those that must not be shown included. With ``only`` there are no
    documents of other statements than those.
    """
    article, head = entry.article, _head(entry.article)
    drafts: list[tuple[Scope, int, Draft]] = []
    speakers: list[str | None] = []
    gone: list[Statement] = []
    vanished: set[int] = set()
    shown = 0
    for number, statement in enumerate(entry.statements):
        ref = source_of(statement)
        if statement.id in withheld or (ref is not None and ref.id in withheld):
            gone.append(statement)
        elif statement.id not in removed:
            speakers += _names(statement, ref)
            shown += 1
            if only is not None and statement.id not in only:
                continue
            became = revised.get(statement.id)
            drafts.append(("statements", number, _statement_document(statement, head, ref, became)))
            if became is not None and became.fate == "vanished":
                vanished.add(number)
    pictures = []
    for number, (id, picture) in enumerate(zip(_picture_ids(article), article.pictures, strict=True)):
        if id not in withheld:
            pictures.append(picture)
            drafts.append(("pictures", number, _picture_document(id, picture, head)))
    visible = _without(article, gone, pictures)
    drafts.append(("articles", 0, _article_document(visible, entry, shown, speakers)))
    for scope, number, draft in drafts:
        draft.value("article", article.id)
        searched = entry.current or (scope == "statements" and number in vanished)
        draft.value("earlier", None if searched else "1")
        _describe(draft, scope, article)
        yield scope, number, draft


def _statement_document(
    statement: Statement, head: ArticleHead, ref: SourceRef | None, became: Revised | None
) -> Draft:
    speaker = statement.speaker
    hit = StatementHit(
        statement.id, statement, head, (ref.key or ref.id) if ref else None, ref.name if ref else None, revised=became
    )
    draft = Draft(statement.id, stored.dump(hit), head.published)
    names = _names(statement, ref)
    draft.words(("any", "stem"), statement.words, *names)
    draft.words(("source_words",), *names)
    draft.words(("role_words",), speaker.role)
    draft.words(("org_words",), speaker.organisation)
    key, label = (ref.key or ref.id, ref.name) if ref else (speaker.name, speaker.name)
    if key and label:
        draft.counted("source", f"{key[:100]}\x1f{label[:_LONGEST_VALUE]}")
    if speaker.name:
        draft.counted("speaker", speaker.name[:_LONGEST_VALUE])
    draft.value("source", key, speaker.name if speaker.name != key else None)
    draft.facet("type", speaker.type)
    draft.facet("role", speaker.role)
    draft.facet("organisation", speaker.organisation)
    draft.facet("act", statement.act)
    draft.facet("kind", statement.kind)
    draft.facet("hearsay", "passed on" if statement.depth else "first-hand")
    draft.facet("confidence", confidence_band(statement.confidence))
    draft.facet("flag", *statement.flags, became.fate if became else None)
    return draft


def _article_document(article: Article, entry: Entry, statements: int, speakers: list[str | None]) -> Draft:
    hit = ArticleHit(article.id, article, entry.capture, (0, 0), statements, seen=entry.seen)
    draft = Draft(article.id, stored.dump(hit), article.published)
    draft.words(("any", "stem"), article.headline, article.standfirst, article.text)
    draft.words(("headline_words",), article.headline)
    draft.words(("author_words",), *article.authors)
    draft.words(("source_words",), *dict.fromkeys(speakers))
    draft.facet("author", *article.authors)
    draft.facet("tag", *article.tags)
    return draft


def _picture_document(id: str, picture: Picture, head: ArticleHead) -> Draft:
    draft = Draft(id, stored.dump(PictureHit(id, picture, head)), picture.taken or head.published)
    draft.words(("any", "stem"), picture.caption, picture.credit, picture.id)
    draft.words(("headline_words",), head.headline)
    draft.facet("credit", picture.credit)
    return draft


def _describe(draft: Draft, scope: Scope, article: Article) -> None:
    """Add what every document tells of its article."""
    for field, value in (("site", article.site), ("section", article.section), ("place", article.dateline)):
        draft.facet(field, value)
        draft.words((f"{field}_words",), value)
    draft.facet("language", article.language)
    if "agency" in FACETS[scope]:
        draft.facet("agency", article.agency)


def of_source(source: Source) -> Draft:
    """Make the document of a source; it is found by its name, its variants and its type, the most quoted first."""
    draft = Draft(source.id, stored.dump(source), None, rank=source.statements)
    draft.value("member", source.type)
    draft.words(("any",), source.name, *(variant.words for variant in source.variants))
    return draft


def of_copy(copy: Copy) -> Draft:
    """Make the document of a copy; it is found by either article, the most alike first."""
    draft = Draft(f"{copy.a} {copy.b}", stored.dump(copy), None, rank=max(0, int(copy.score * 1_000_000)))
    draft.value("member", copy.a, copy.b)
    return draft


def of_claim(claim: Claim) -> Draft:
    """Make the document of a claim; it is found by its words and its statements, the one of most origins first."""
    draft = Draft(claim.id, stored.dump(claim), None, rank=len(claim.origins))
    draft.words(("any",), claim.words)
    draft.value("member", *claim.statements, *claim.contrary)
    return draft


def _head(article: Article) -> ArticleHead:
    return ArticleHead(
        article.id, article.revision, article.headline, article.url, article.site, article.section,
        article.published, article.dateline, article.language, article.agency, article.authors,
    )  # fmt: skip


def _names(statement: Statement, ref: SourceRef | None) -> list[str | None]:
    speaker = statement.speaker
    return list(dict.fromkeys([speaker.name, ref.name if ref else None, speaker.description, *speaker.candidates]))


def _picture_ids(article: Article) -> list[str]:
    """Return the id of each picture: of its media id or address, numbered where the page shows it again."""
    seen = Counter[str]()
    ids = []
    for number, picture in enumerate(article.pictures):
        key = picture.id or picture.url or str(number)
        ids.append(picture_id(article.id, f"{key} {seen[key]}" if seen[key] else key))
        seen[key] += 1
    return ids


def _without(article: Article, gone: list[Statement], pictures: list[Picture]) -> Article:
    """Take out withheld pictures and black out what withheld statements say; every offset stays."""
    if not gone and len(pictures) == len(article.pictures):
        return article
    text = list(article.text)
    for start, end in (span for statement in gone for span in statement.content):
        text[start:end] = [char if char.isspace() else _MASK for char in text[start:end]]
    return replace(article, text="".join(text), pictures=tuple(pictures))


def confidence_band(confidence: float) -> str:
    """Return the value of the confidence facet."""
    return next((name for name, least in CONFIDENCE_BANDS if confidence >= least), CONFIDENCE_BANDS[-1][0])


def minutes(published: str | None) -> tuple[int, str | None]:
    """Return the minutes since year 1 of a date as printed, and its month, or its year where that is all it tells.

    A date without month or day counts as the first of them; what is no date is 0.
    """
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d))?)?)?", published or "", re.ASCII)
    if match is None:
        return 0, None
    year, month, day, hour, minute = match.groups()
    try:
        moment = datetime.datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0))
    except ValueError:
        return 0, None
    return first_minute(moment.date()) + moment.hour * 60 + moment.minute, f"{year}-{month}" if month else year


def first_minute(day: datetime.date) -> int:
    """Return the minutes from year 1 to the start of a day."""
    return day.toordinal() * 1440


def least_order(minute: int) -> int:
    """Return the least ``order`` that a record published in this minute can have."""
    return minute << _SERIAL_BITS
