"""The article page: the text with its statements marked, and beside it who said each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.export import references
from onrecord.export.citations import Work, sentence
from onrecord.model import Article, Capture, Claim, Receipt, Statement
from onrecord.store.archive import receipt_of
from onrecord.store.results import ArticleHit, PictureHit, StatementHit
from onrecord.web import addresses, plain, weight, wording
from onrecord.web.changes import Piece, changes
from onrecord.web.marking import Paragraph, mark_text
from onrecord.web.pages.copies import Twin, twins
from onrecord.web.visit import Page, Plain, Visit


@dataclass(frozen=True, slots=True)
class Note:
    """One statement as it stands in the margin."""

    number: int
    hit: StatementHit
    receipt: Receipt
    cite: str
    claims: tuple[Claim, ...] = ()

    @property
    def statement(self) -> Statement:
        """The statement itself."""
        return self.hit.statement


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    """One revision of an article."""

    template: ClassVar[str] = "article.html"
    section: ClassVar[str] = "search"

    article: Annotated[Article, "the clean record"]
    capture: Annotated[Capture, "the capture that it was made from"]
    paragraphs: Annotated[tuple[Paragraph, ...], "this part of the text in runs, with the statements of each paragraph"]
    notes: Annotated[tuple[Note, ...], "the statements in the order of the text; note n has number n"]
    speakers: Annotated[tuple[tuple[str, str | None, int], ...], "who speaks: name, address of the source, how often"]
    pictures: Annotated[tuple[PictureHit, ...], "the pictures of the page"]
    images: Annotated[frozenset[str], "ids of the pictures whose image is shown in the page"]
    twins: Annotated[tuple[Twin, ...], "the articles that share text with it"]
    revisions: Annotated[tuple[ArticleHit, ...], "every wording, oldest first; one when the page never changed"]
    before: Annotated[ArticleHit | None, "the wording before this one"]
    changed: Annotated[tuple[tuple[Piece, ...], ...], "the passages that changed since the wording before"]
    brief: Annotated[bool, "whether the notes are short, because there are many; each statement's page tells the rest"]
    parts: Annotated[tuple[tuple[str, bool], ...], "address of each part of a long article, and whether it is this one"]
    rtl: Annotated[bool, "whether the text reads from right to left"]
    outside: Annotated[str | None, "the original address, when it is safe to follow"]
    cite: Annotated[str, "how to cite the article"]
    json_ld: Annotated[Plain, "schema.org NewsArticle"]

    def data(self) -> Plain:
        """Return the article with its statements and where it came from."""
        return {
            "article": plain.article(self.article),
            "capture": plain.capture(self.capture),
            "statements": [plain.statement(note.hit) for note in self.notes],
            "pictures": [plain.picture_hit(hit) for hit in self.pictures],
            "revisions": [
                {
                    "revision": hit.article.revision,
                    "href": addresses.article_address(hit.article.id, hit.article.revision),
                    "captured": hit.capture.time,
                    "statements": hit.statements,
                }
                for hit in self.revisions
            ],
            "changed": [[{"fate": piece.fate, "text": piece.text} for piece in passage] for passage in self.changed],
            "copies": [
                {"article": twin.article.id, "relation": twin.copy.relation, "original": twin.copy.direction}
                for twin in self.twins
            ],
            "citation": self.cite,
        }


def build(visit: Visit) -> ArticlePage:
    """Read one article with all that stands beside it.

    Raises:
        NotFoundError: there is no such article or revision.
    """
    archive, id, revision = visit.archive, visit.path["id"], visit.path.get("revision")
    article = archive.article(id, revision)
    pictures = archive.pictures_of(id)
    hits = archive.statements_of(id, revision)
    capture = archive.capture(id, revision)
    claims = archive.claims_of(*(hit.id for hit in hits)) if hits else []
    notes = tuple(
        Note(
            number,
            hit,
            receipt_of(hit.statement, article, capture),
            sentence(work_of_statement(hit, visit.base)),
            tuple(claim for claim in claims if hit.id in claim.statements or hit.id in claim.contrary),
        )
        for number, hit in enumerate(hits, 1)
    )
    paragraphs = mark_text(article.text, [hit.statement for hit in hits])
    divided = weight.parts(paragraphs, len(notes))
    shown = _shown(dict(visit.query), paragraphs, divided, [hit.id for hit in hits])
    revisions = archive.revisions(id)
    place = next((number for number, hit in enumerate(revisions) if hit.article.revision == article.revision), 0)
    before = revisions[place - 1] if place else None
    return ArticlePage(
        title=article.headline or "Article without a headline",
        article=article,
        capture=capture,
        paragraphs=paragraphs[divided[shown].start : divided[shown].stop],
        notes=notes,
        speakers=_speakers(hits),
        pictures=pictures,
        images=visit.images.fitting({hit.id: hit.picture.url for hit in pictures}),
        twins=twins(archive, id),
        revisions=revisions,
        before=before,
        changed=changes(before.article.paragraphs, article.paragraphs) if before else (),
        brief=len(notes) > weight.FULL,
        parts=tuple(
            (
                addresses.with_query(
                    addresses.article_address(id, revision), {"part": str(number) if number > 1 else ""}
                ),
                number == shown + 1,
            )
            for number in range(1, len(divided) + 1)
        ),
        rtl=wording.is_rtl(article.text),
        outside=addresses.outside(article.url),
        cite=sentence(work_of_article(article, visit.base)),
        json_ld=_json_ld(article, visit.base),
    )


def _shown(asked: dict[str, str], paragraphs: Sequence[Paragraph], divided: Sequence[range], ids: Sequence[str]) -> int:
    """Return which part is asked for: by its number, or by a statement in it; the first one for anything else."""
    part, at = asked.get("part", ""), asked.get("at", "")
    if at in ids:
        number = ids.index(at) + 1
        return next((n for n, part in enumerate(divided) if any(number in paragraphs[p].numbers for p in part)), 0)
    return int(part) - 1 if part.isascii() and part.isdigit() and 0 < int(part[:6]) <= len(divided) else 0


def work_of_article(article: Article, base: str) -> Work:
    """Return what to cite of an article that is served at ``base``."""
    return references.of_article(article, base + addresses.article_address(article.id))


def work_of_statement(hit: StatementHit, base: str) -> Work:
    """Return what to cite of a statement that is served at ``base``."""
    return references.of_statement(hit, base + addresses.statement_address(hit.id))


def _speakers(hits: tuple[StatementHit, ...]) -> tuple[tuple[str, str | None, int], ...]:
    counts: dict[tuple[str, str | None], int] = {}
    for hit in hits:
        if hit.statement.speaker.type is not None:
            name = hit.source_name or wording.speaker_name(hit.statement.speaker)
            counts[name, hit.source_id] = counts.get((name, hit.source_id), 0) + 1
    return tuple((name, source, count) for (name, source), count in counts.items())


def _json_ld(article: Article, base: str) -> Plain:
    found: Plain = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": base + addresses.article_address(article.id),
        "headline": article.headline,
        "datePublished": article.published,
        "dateModified": article.modified,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "Organization", "name": article.site} if article.site else None,
        "inLanguage": article.language,
        "articleSection": article.section,
        "isBasedOn": article.url,
    }
    return {name: value for name, value in found.items() if value}
