"""W3C Web Annotations: each statement as an annotation of the article's text.

Model: https://www.w3.org/TR/annotation-model/. The body says who is said to have said it; the target
selects the words by quotation (with what stands around them) and by position. Positions count Unicode
code points of the article's text as the archive has it.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from onrecord.export.selection import Selection, called
from onrecord.model import Article, Span
from onrecord.store.results import StatementHit

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points of prefix and suffix; what the tools of hypothes.is use


def write(selection: Selection, out: TextIO) -> int:
    """Write an annotation page with all statements and return how many there were."""
    page = {"@context": CONTEXT, "id": "urn:onrecord:annotations", "type": "AnnotationPage"}
    out.write(json.dumps(page, ensure_ascii=False)[:-1] + ', "items": [')
    count = 0
    article: Article | None = None
    for hit in selection.statements():
        made = hit.statement
        if article is None or (article.id, article.revision) != (made.article_id, made.revision):
            article = selection.archive.article(made.article_id, made.revision)
        out.write(("," if count else "") + "\n" + json.dumps(annotation(hit, article, selection), ensure_ascii=False))
        count += 1
    out.write("\n]}\n")
    return count


def annotation(hit: StatementHit, article: Article, selection: Selection) -> dict[str, Any]:
    """Return the annotation of one statement; several spans of content are several targets."""
    made = hit.statement
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "identifying", "value": called(made.speaker), "format": "text/plain"}
    ]
    if hit.source_id:
        source = {"id": selection.address("source", hit.source_id), "type": "Agent", "name": hit.source_name}
        bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": source})
    bodies += [
        {"type": "TextualBody", "purpose": "tagging", "value": value, "format": "text/plain"}
        for value in (made.act, made.kind, *made.flags)
    ]
    found: dict[str, Any] = {
        "id": selection.address("statement", made.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": bodies,
        "target": [_target(article, span, selection) for span in made.content],
    }
    return found


def _target(article: Article, span: Span, selection: Selection) -> dict[str, Any]:
    start, end = span
    text = article.text
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": {"id": selection.address("article", article.id), "type": "Text", "format": "text/plain"},
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
    if article.language:
        target["source"]["language"] = article.language
    if article.url:
        target["source"]["canonical"] = article.url
    return target
