"""The OpenAPI document of the JSON API: made from the table of pages, with examples of the archive at hand."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import get_args

from onrecord import __version__
from onrecord.errors import OnrecordError
from onrecord.model import SpeakerType
from onrecord.store.results import FACETS, FILTER_NAMES, SCOPES, PictureHit, Sort, StatementHit
from onrecord.web.addresses import HITS, MOST_FILTERS, MOST_HITS, MOST_LISTED_WORDS, MOST_WORDS
from onrecord.web.visit import Build, Plain, Visit

_TEXT: Plain = {"type": "string"}
_PLACES = {"id": "the id, as it stands in the address of the page", "revision": "which wording of the article"}
_LINKS: Plain = {
    "type": "object",
    "required": ["self", "html", "next"],
    "properties": {"self": _TEXT, "html": _TEXT, "next": {"type": ["string", "null"]}},
}
_SUCCESS: Plain = {
    "type": "object",
    "required": ["data", "links"],
    "properties": {"data": {"type": "object"}, "links": _LINKS},
    "additionalProperties": False,
}
_ERROR: Plain = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "code", "message", "help"],
            "properties": {"status": {"type": "integer"}, "code": _TEXT, "message": _TEXT, "help": _TEXT},
        }
    },
}


def document(visit: Visit, pages: dict[str, Build]) -> Plain:
    """Return the document for these pages.

    Args:
        visit: the archive whose records are the examples, and the server.
        pages: address -> what builds the page.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": __version__,
            "description": "Every page of the web app has a twin that ends in .json. Lists go on at links.next.",
        },
        "servers": [{"url": visit.base}],
        "paths": {
            ("/index" if path == "/" else path) + ".json": {"get": _operation(visit, path, build)}
            for path, build in pages.items()
        },
        "components": {"schemas": {"Success": _SUCCESS, "Error": _ERROR}},
    }


def _operation(visit: Visit, path: str, build: Build) -> Plain:
    names = re.findall(r"{(\w+)}", path)
    ids = _ids(visit, path)
    example = _example(visit, path, build, ids)
    content: Plain = {"schema": {"$ref": "#/components/schemas/Success"}}
    if example is not None:
        content["example"] = {"data": example, "links": {"self": path, "html": path, "next": None}}
    found: Plain = {
        "summary": (build.__doc__ or "").strip().splitlines()[0],
        "operationId": re.sub(r"\W+", "_", path).strip("_") or "index",
        "parameters": [_in_path(name, ids.get(name)) for name in names] + list(_in_query(path)),
        "responses": {
            "200": {"description": "what the page shows", "content": {"application/json": content}},
            "304": {"description": "nothing has changed since the ETag in If-None-Match"},
            "400": _failure("the address or the query in it cannot be understood"),
            "404": _failure("the archive has no such record"),
            "default": _failure("anything else: a method that is not allowed, an address that is too long, a fault"),
        },
    }
    return found


def _failure(description: str) -> Plain:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _in_path(name: str, example: str | None) -> Plain:
    found = {"name": name, "in": "path", "required": True, "description": _PLACES[name], "schema": _TEXT}
    return {**found, "example": example} if example else found


def _in_query(path: str) -> Iterable[Plain]:
    if path in ("/claims", "/sources", "/organisations", "/anonymous"):
        yield _asked("q", "words of a claim, a name or a description", {**_TEXT, "maxLength": MOST_LISTED_WORDS})
    if path in ("/claims", "/sources", "/organisations", "/anonymous", "/places"):
        yield _asked("cursor", "from links.next", {**_TEXT, "pattern": "^[0-9]{0,19}$"})
    if path == "/sources":
        yield _asked("type", "what they are", {"enum": ["", *SpeakerType]})
    if path == "/article/{id}/copies":
        yield _asked("with", "id of the article to show beside it", _TEXT)
    if path != "/search":
        return
    yield _asked("q", "words, phrases, operators and fields", {**_TEXT, "maxLength": MOST_WORDS})
    yield _asked("in", "what is searched", {"enum": list(SCOPES), "default": SCOPES[0]})
    yield _asked("sort", "the order", {"enum": list(get_args(Sort)), "default": "relevance"})
    yield _asked("stem", "1: other forms of the words too", {"enum": ["1"]})
    yield _asked("limit", "hits on a page", {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": HITS})
    yield _asked("cursor", "from links.next", _TEXT)
    for name in FILTER_NAMES:
        one = name in ("since", "until")
        schema = _TEXT if one else {"type": "array", "items": _TEXT, "maxItems": MOST_FILTERS}
        scopes = [scope for scope in SCOPES if one or name == "article" or name in FACETS[scope]]
        where = "" if len(scopes) == len(SCOPES) else f"; only in {' and '.join(scopes)}"
        yield _asked(name, "a date: 2017, 2017-04, 2017-04-01" if one else f"a value of this facet{where}", schema)


def _asked(name: str, description: str, schema: Plain) -> Plain:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _ids(visit: Visit, path: str) -> dict[str, str]:
    """Return what the archive has for the parts of an address in braces; empty where it has none."""
    said = next(
        (hit for hit in visit.archive.search(limit=1, facets=False).hits if isinstance(hit, StatementHit)), None
    )
    if said is None or "{" not in path:
        return {}
    seen = visit.archive.search(scope="pictures", limit=1, facets=False).hits
    ids = {
        "/article": said.statement.article_id,
        "/statement": said.id,
        "/source": said.source_id or next((source.id for source in visit.archive.sources(limit=1)), None),
        "/claim": next((claim.id for claim in visit.archive.claims(limit=1)), None),
        "/picture": seen[0].id if seen and isinstance(seen[0], PictureHit) else None,
    }
    id = ids.get("/" + path.split("/")[1])
    return {"id": id, "revision": said.statement.revision} if id else {}


def _example(visit: Visit, path: str, build: Build, ids: dict[str, str]) -> Plain | None:
    """Return what the page says for a record that the archive has; None where it has none."""
    query = (("limit", "1"),) if path == "/search" else ()
    try:
        return build(dataclasses.replace(visit, query=query, path=ids)).data()
    except (OnrecordError, KeyError):
        return None
