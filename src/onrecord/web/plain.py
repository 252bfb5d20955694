"""Records as JSON: the one shape that each has, wherever it appears."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import Article, Capture, Dated, Picture, Receipt, Source, Span, Speaker
from onrecord.store.results import ArticleHead, ArticleHit, Facet, Hit, Month, PictureHit, Revised, StatementHit
from onrecord.web import addresses
from onrecord.web.visit import Plain


def spans(pairs: Iterable[Span]) -> list[list[int]]:
    """Return spans as lists of two."""
    return [[start, end] for start, end in pairs]


def speaker(value: Speaker) -> Plain:
    """Return a speaker."""
    return {
        "name": value.name,
        "type": value.type,
        "role": value.role,
        "organisation": value.organisation,
        "description": value.description,
        "candidates": list(value.candidates),
        "why": value.why,
        "confidence": round(value.confidence, 4),
    }


def head(value: ArticleHead) -> Plain:
    """Return what a statement or picture says of its article."""
    return {
        "id": value.id,
        "revision": value.revision,
        "href": addresses.article_address(value.id),
        "headline": value.headline,
        "url": value.url,
        "site": value.site,
        "section": value.section,
        "published": value.published,
        "dateline": value.dateline,
        "language": value.language,
        "agency": value.agency,
        "authors": list(value.authors),
    }


def statement(hit: StatementHit) -> Plain:
    """Return a statement with its article's head and its source."""
    value = hit.statement
    source = None
    if hit.source_id:
        source = {"id": hit.source_id, "name": hit.source_name, "href": addresses.source_address(hit.source_id)}
    return {
        "id": value.id,
        "href": addresses.statement_address(value.id),
        "words": value.words,
        "kind": value.kind,
        "act": value.act,
        "cue": value.cue_words,
        "speaker": speaker(value.speaker),
        "source": source,
        "told_to": value.told_to,
        "via": [speaker(each) for each in value.via],
        "flags": list(value.flags),
        "confidence": round(value.confidence, 4),
        "spans": {"source": spans(value.source), "cue": spans(value.cue), "content": spans(value.content)},
        "article": head(hit.article),
        "revised": revised(hit.revised),
    }


def revised(value: Revised | None) -> Plain | None:
    """Return what another wording of the article did to a statement; none where it stands as it always did."""
    if value is None:
        return None
    return {
        "fate": value.fate,
        "revision": value.revision,
        "when": value.when,
        "to": value.to and addresses.statement_address(value.to),
        "was": value.was and addresses.statement_address(value.was),
    }


def picture(value: Picture) -> Plain:
    """Return a picture as its page prints it."""
    return {
        "id": value.id,
        "url": value.url,
        "caption": value.caption,
        "credit": value.credit,
        "taken": value.taken,
    }


def picture_hit(hit: PictureHit) -> Plain:
    """Return a picture with its article's head."""
    return {
        "id": hit.id,
        "href": addresses.picture_address(hit.id),
        "picture": picture(hit.picture),
        "article": head(hit.article),
    }


def article(value: Article, *, text: bool = True) -> Plain:
    """Return an article, with its text or without."""
    found: Plain = {
        "id": value.id,
        "revision": value.revision,
        "href": addresses.article_address(value.id),
        "url": value.url,
        "headline": value.headline,
        "standfirst": value.standfirst,
        "authors": list(value.authors),
        "published": value.published,
        "modified": value.modified,
        "dateline": value.dateline,
        "section": value.section,
        "tags": list(value.tags),
        "site": value.site,
        "language": value.language,
        "agency": value.agency,
        "pictures": [picture(each) for each in value.pictures],
        "provenance": dict(value.provenance),
        "confidence": round(value.confidence, 4),
        "text_digest": value.text_digest,
    }
    if text:
        found["text"] = value.text
    return found


def article_hit(hit: ArticleHit) -> Plain:
    """Return an article that was found, with the part of it that is worth showing."""
    start, end = hit.excerpt
    return {
        **article(hit.article, text=False),
        "statements": hit.statements,
        "excerpt": hit.article.text[start:end],
        "capture": capture(hit.capture),
    }


def any_hit(hit: Hit) -> Plain:
    """Return whatever was found, with the score and the matched words as spans."""
    if isinstance(hit, StatementHit):
        found = statement(hit)
    elif isinstance(hit, ArticleHit):
        found = article_hit(hit)
    else:
        found = picture_hit(hit)
    return {
        **found,
        "score": round(hit.score, 4),
        "highlights": {name: spans(value) for name, value in hit.highlights.items()},
    }


def capture(value: Capture) -> Plain:
    """Return a capture: where the bytes lie and how to know them again."""
    return {
        "id": value.id,
        "file": value.file,
        "media": value.media,
        "digest": value.digest,
        "size": value.size,
        "url": value.url,
        "time": value.time,
        "offset": value.offset,
        "record_id": value.record_id,
    }


def receipt(value: Receipt) -> Plain:
    """Return the proof of a statement."""
    return {
        "statement_id": value.statement_id,
        "article_id": value.article_id,
        "spans": {"source": spans(value.source), "cue": spans(value.cue), "content": spans(value.content)},
        "text_digest": value.text_digest,
        "capture_id": value.capture_id,
        "capture_digest": value.capture_digest,
        "file": value.file,
        "offset": value.offset,
        "record_id": value.record_id,
    }


def dated(values: Iterable[Dated]) -> list[Plain]:
    """Return words in use over a time."""
    return [{"words": each.words, "count": each.count, "first": each.first, "last": each.last} for each in values]


def source(value: Source) -> Plain:
    """Return a source with its variants, roles and counts."""
    return {
        "id": value.id,
        "href": addresses.source_address(value.id),
        "name": value.name,
        "type": value.type,
        "variants": dated(value.variants),
        "roles": dated(value.roles),
        "organisations": dated(value.organisations),
        "outlets": dated(value.outlets),
        "acts": dated(value.acts),
        "statements": value.statements,
        "first": value.first,
        "last": value.last,
    }


def facets(values: Iterable[Facet]) -> list[Plain]:
    """Return facets with their values and counts."""
    return [
        {
            "name": facet.name,
            "values": [{"value": each.value, "label": each.label, "count": each.count} for each in facet.values],
            "others": facet.others,
        }
        for facet in values
    ]


def months(values: Iterable[Month]) -> list[Plain]:
    """Return counts by month."""
    return [{"month": each.month, "count": each.count} for each in values]
