"""schema.org: each article as a NewsArticle in JSON-LD, with its statements as Quotations; one object a line."""

from __future__ import annotations

import json
from typing import Any, TextIO

from onrecord.export.selection import Selection, called
from onrecord.model import Picture, Speaker, SpeakerType
from onrecord.store.results import ArticleHit, StatementHit


def write(selection: Selection, out: TextIO) -> int:
    """Write the articles and return how many there were."""
    count = 0
    for hit in selection.articles():
        quotations = selection.archive.statements_of(hit.id)
        out.write(json.dumps(news_article(hit, quotations, selection), ensure_ascii=False) + "\n")
        count += 1
    return count


def news_article(hit: ArticleHit, statements: tuple[StatementHit, ...], selection: Selection) -> dict[str, Any]:
    """Return an article; what is unknown is left out."""
    article = hit.article
    found = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": selection.address("article", article.id),
        "url": article.url,
        "headline": article.headline,
        "abstract": article.standfirst,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "datePublished": article.published,
        "dateModified": article.modified,
        "dateline": article.dateline,
        "articleSection": article.section,
        "keywords": list(article.tags),
        "publisher": article.site and {"@type": "NewsMediaOrganization", "name": article.site},
        "inLanguage": article.language,
        "image": [_picture(picture) for picture in article.pictures],
        "articleBody": article.text,
        "archivedAt": hit.capture.url,
        "hasPart": [_quotation(statement, selection) for statement in statements],
    }
    return {name: value for name, value in found.items() if value}


def _quotation(hit: StatementHit, selection: Selection) -> dict[str, Any]:
    made = hit.statement
    found: dict[str, Any] = {
        "@type": "Quotation",
        "@id": selection.address("statement", made.id),
        "text": made.words,
        "spokenByCharacter": _speaker(made.speaker),
    }
    if hit.source_id:
        found["spokenByCharacter"]["@id"] = selection.address("source", hit.source_id)
    return found


def _speaker(speaker: Speaker) -> dict[str, Any]:
    kind = {SpeakerType.PERSON: "Person", SpeakerType.ORGANISATION: "Organization"}
    found = {
        "@type": kind.get(speaker.type, "Thing") if speaker.type else "Thing",
        "name": called(speaker),
        "jobTitle": speaker.role if speaker.type == SpeakerType.PERSON else None,
        "affiliation": speaker.organisation if speaker.type == SpeakerType.PERSON else None,
    }
    return {name: value for name, value in found.items() if value}


def _picture(picture: Picture) -> dict[str, Any]:
    found = {
        "@type": "ImageObject",
        "identifier": picture.id,
        "contentUrl": picture.url,
        "caption": picture.caption,
        "creditText": picture.credit,
        "dateCreated": picture.taken,
    }
    return {name: value for name, value in found.items() if value}
