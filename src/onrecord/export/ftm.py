"""FollowTheMoney entities, one a line: articles, the people and organisations they quote, and what was said.

Mapping (schemata of followthemoney 4): an article is an ``Article``; a source that is a person or an
organisation is a ``Person`` or ``Organization`` with its other spellings as ``alias``; a statement is a ``Note``
about both, and a ``Mention`` that ties the printed name to the source. Groups, documents and unnamed speakers are
no entities: they stand in the note's ``summary`` as printed.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from onrecord.errors import NotFoundError
from onrecord.export.selection import Selection, called
from onrecord.model import Source, SpeakerType
from onrecord.store.results import ArticleHit, StatementHit

SCHEMATA = {SpeakerType.PERSON: "Person", SpeakerType.ORGANISATION: "Organization"}

# FollowTheMoney writes languages by ISO 639-3. These are the ones that extraction tells apart.
_LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "it": "ita",
    "ja": "jpn", "nl": "nld", "pl": "pol", "pt": "por", "ru": "rus", "tr": "tur", "uk": "ukr", "zh": "zho",
}  # fmt: skip


def write(selection: Selection, out: TextIO) -> int:
    """Write the entities of the statements that are selected and return how many there were."""
    written: set[str] = set()  # ids of articles and sources: each is written once
    count = 0
    for hit in selection.statements():
        entities = []
        if hit.article.id not in written:
            written.add(hit.article.id)
            entities.append(_article(selection.archive.revisions(hit.article.id)[-1], selection))
        if hit.source_id and hit.source_id not in written:
            written.add(hit.source_id)
            source = _source_of(selection, hit.source_id)
            if source is not None and source.type in SCHEMATA:
                entities.append(_source(source, selection))
        for entity in (*entities, *_statement(hit, selection)):
            out.write(json.dumps(entity, ensure_ascii=False) + "\n")
            count += 1
    return count


def _article(hit: ArticleHit, selection: Selection) -> dict[str, Any]:
    article = hit.article
    return _entity(
        article.id, "Article", title=[article.headline], author=list(article.authors), publishedAt=[article.published],
        publisher=[article.site], sourceUrl=[article.url], summary=[article.standfirst], keywords=list(article.tags),
        language=[_LANGUAGES.get(article.language or "")], bodyText=[article.text],
        alephUrl=[selection.base and selection.address("article", article.id)],
    )  # fmt: skip


def _source(source: Source, selection: Selection) -> dict[str, Any]:
    given: dict[str, list[str | None]] = {
        "name": [source.name],
        "alias": [each.words for each in source.variants if each.words != source.name],
        "alephUrl": [selection.base and selection.address("source", source.id)],
    }
    if source.type == SpeakerType.PERSON:
        given["position"] = [each.words for each in source.roles]
    return _entity(source.id, SCHEMATA[source.type], **given)


def _statement(hit: StatementHit, selection: Selection) -> list[dict[str, Any]]:
    made = hit.statement
    schema = SCHEMATA.get(made.speaker.type) if made.speaker.type else None
    known = hit.source_id if schema else None
    note = _entity(
        made.id, "Note", description=[made.words], summary=[f"{called(made.speaker)} {made.act}"],
        entity=[made.article_id, known], publisher=[hit.article.site], sourceUrl=[hit.article.url],
        alephUrl=[selection.base and selection.address("statement", made.id)],
    )  # fmt: skip
    if not known or not made.speaker.name:
        return [note]
    mention = _entity(
        f"{made.id}-speaker", "Mention", document=[made.article_id], resolved=[known], name=[made.speaker.name],
        detectedSchema=[schema],
    )  # fmt: skip
    return [note, mention]


def _entity(id: str, schema: str, **properties: list[str | None]) -> dict[str, Any]:
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _source_of(selection: Selection, id: str) -> Source | None:
    try:
        return selection.archive.source(id)
    except NotFoundError:
        return None
