"""Hits as flat rows: what ``to_arrow``, ``to_polars`` and the table exports give. Columns never depend on the data."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from onrecord.model import Spans
from onrecord.store.results import ArticleHit, Hit, PictureHit, Scope, StatementHit

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_SPANS = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))

SCHEMAS: dict[Scope, pa.Schema] = {
    "statements": pa.schema(
        {
            "id": _TEXT, "article_id": _TEXT, "revision": _TEXT, "source_id": _TEXT, "source_name": _TEXT,
            "speaker": _TEXT, "speaker_type": _TEXT, "role": _TEXT, "organisation": _TEXT, "description": _TEXT,
            "candidates": _TEXTS, "act": _TEXT, "kind": _TEXT, "words": _TEXT, "cue": _TEXT, "told_to": _TEXT,
            "via": _TEXTS, "flags": _TEXTS, "confidence": pa.float64(), "source_spans": _SPANS, "cue_spans": _SPANS,
            "content_spans": _SPANS, "headline": _TEXT, "site": _TEXT, "section": _TEXT, "published": _TEXT,
            "dateline": _TEXT, "language": _TEXT, "agency": _TEXT, "url": _TEXT,
        }
    ),
    "articles": pa.schema(
        {
            "id": _TEXT, "revision": _TEXT, "url": _TEXT, "headline": _TEXT, "standfirst": _TEXT, "authors": _TEXTS,
            "published": _TEXT, "modified": _TEXT, "dateline": _TEXT, "section": _TEXT, "tags": _TEXTS, "site": _TEXT,
            "language": _TEXT, "agency": _TEXT, "text": _TEXT, "statements": pa.int64(), "confidence": pa.float64(),
            "captured": _TEXT, "capture_digest": _TEXT, "file": _TEXT,
        }
    ),
    "pictures": pa.schema(
        {
            "id": _TEXT, "article_id": _TEXT, "media_id": _TEXT, "picture_url": _TEXT, "caption": _TEXT,
            "credit": _TEXT, "taken": _TEXT, "headline": _TEXT, "site": _TEXT, "section": _TEXT, "published": _TEXT,
            "language": _TEXT, "url": _TEXT,
        }
    ),
}  # fmt: skip


def row(hit: Hit) -> dict[str, Any]:
    """Return the flat row of a hit, by the columns of its scope."""
    if isinstance(hit, StatementHit):
        return _statement(hit)
    return _article(hit) if isinstance(hit, ArticleHit) else _picture(hit)


def _statement(hit: StatementHit) -> dict[str, Any]:
    statement, speaker, article = hit.statement, hit.statement.speaker, hit.article
    return {
        "id": statement.id,
        "article_id": statement.article_id,
        "revision": statement.revision,
        "source_id": hit.source_id,
        "source_name": hit.source_name,
        "speaker": speaker.name,
        "speaker_type": speaker.type and str(speaker.type),
        "role": speaker.role,
        "organisation": speaker.organisation,
        "description": speaker.description,
        "candidates": list(speaker.candidates),
        "act": str(statement.act),
        "kind": str(statement.kind),
        "words": statement.words,
        "cue": statement.cue_words,
        "told_to": statement.told_to,
        "via": [each.name or each.description or "" for each in statement.via],
        "flags": list(statement.flags),
        "confidence": statement.confidence,
        "source_spans": _spans(statement.source),
        "cue_spans": _spans(statement.cue),
        "content_spans": _spans(statement.content),
        "headline": article.headline,
        "site": article.site,
        "section": article.section,
        "published": article.published,
        "dateline": article.dateline,
        "language": article.language,
        "agency": article.agency,
        "url": article.url,
    }


def _article(hit: ArticleHit) -> dict[str, Any]:
    article = hit.article
    return {
        "id": article.id,
        "revision": article.revision,
        "url": article.url,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "published": article.published,
        "modified": article.modified,
        "dateline": article.dateline,
        "section": article.section,
        "tags": list(article.tags),
        "site": article.site,
        "language": article.language,
        "agency": article.agency,
        "text": article.text,
        "statements": hit.statements,
        "confidence": article.confidence,
        "captured": hit.capture.time,
        "capture_digest": hit.capture.digest,
        "file": hit.capture.file,
    }


def _picture(hit: PictureHit) -> dict[str, Any]:
    picture, article = hit.picture, hit.article
    return {
        "id": hit.id,
        "article_id": article.id,
        "media_id": picture.id,
        "picture_url": picture.url,
        "caption": picture.caption,
        "credit": picture.credit,
        "taken": picture.taken,
        "headline": article.headline,
        "site": article.site,
        "section": article.section,
        "published": article.published,
        "language": article.language,
        "url": article.url,
    }


def _spans(spans: Spans) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
