"""One JSON envelope, one error shape, and ETags: every answer is made here.

======== ==================================================================================
success  ``{"data": {...}, "links": {"self": ..., "html": ..., "next": ... | null}}``
error    ``{"error": {"status": 404, "code": "not-found", "message": ..., "help": ...}}``
======== ==================================================================================
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from starlette.requests import Request
from starlette.responses import Response

from onrecord import __version__
from onrecord.errors import LedgerError, NotFoundError, OnrecordError, QueryError
from onrecord.web import rendering
from onrecord.web.addresses import with_form
from onrecord.web.visit import Frame, Page, Plain

JSON = "application/json"
HELP = {
    "not-found": "Search for the words that you remember, or start again from the front page.",
    "bad-query": "Correct the address or the query; the search page explains the syntax.",
    "refused": "Go back, open the page again and repeat it there.",
    "not-allowed": "This address can only be read.",
    "broken": "Try again. If it stays, restart the server; `onrecord verify` tells whether the archive is damaged.",
}


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    """Something that could not be answered, and what to do."""

    template: ClassVar[str] = "error.html"

    status: Annotated[int, "the HTTP status"]
    code: Annotated[str, "a short fixed name of what went wrong"]
    message: Annotated[str, "what happened"]
    help: Annotated[str, "what to do"]

    def data(self) -> Plain:
        """Return the error shape."""
        return {"status": self.status, "code": self.code, "message": self.message, "help": self.help}


def error_page(error: Exception) -> ErrorPage:
    """Return what to show for an error."""
    if isinstance(error, NotFoundError):
        return _error(404, "not-found", "Nothing here", str(error))
    if isinstance(error, QueryError):
        return _error(400, "bad-query", "This search cannot be understood", str(error))
    if isinstance(error, LedgerError):
        return _error(400, "refused", "Not recorded", str(error))
    if isinstance(error, OnrecordError):
        return _error(503, "broken", "The archive cannot answer", str(error))
    return _error(500, "broken", "Something went wrong here", "The server met an error that it did not expect.")


def missing_page() -> ErrorPage:
    """Return what to show for an address that leads nowhere."""
    return _error(404, "not-found", "Nothing here", "No page of this archive has this address.")


def not_allowed_page() -> ErrorPage:
    """Return what to show for a method that an address does not have."""
    return _error(405, "not-allowed", "Not possible here", "This address does not take this kind of request.")


def refused_page(message: str) -> ErrorPage:
    """Return what to show for something that this reader may not do."""
    return _error(403, "refused", "Not done", message)


def _error(status: int, code: str, title: str, message: str) -> ErrorPage:
    return ErrorPage(title, status, code, message, HELP[code])


def wants_json(request: Request) -> bool:
    """Return whether the address asks for JSON."""
    return request.url.path.endswith(".json")


def answer(request: Request, page: Page, *, etag: str | None = None) -> Response:
    """Return a page in the form that the address asks for."""
    status = page.status if isinstance(page, ErrorPage) else 200
    if wants_json(request):
        body = {"error": page.data()} if isinstance(page, ErrorPage) else _envelope(request, page)
        response = Response(as_json(body), status, media_type=JSON)
    else:
        html = rendering.render(page, frame(request, page))
        response = Response(html, status, media_type="text/html")
    if etag and status == 200:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def as_json(body: Any) -> bytes:
    """Return JSON in UTF-8; lone surrogates are written as escapes."""
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()


def etag_of(request: Request, generation: str) -> str:
    """Return the tag of what this address shows while the archive stays as it is."""
    query = request.scope.get("query_string", b"")
    parts = "\x1f".join(
        (
            __version__,
            generation,
            str(request.app.state.curated),
            rendering.static_address("style.css"),
            request.url.path,
        )
    ).encode()
    return f'W/"{hashlib.sha256(parts + query).hexdigest()[:20]}"'


def unchanged(request: Request, etag: str) -> bool:
    """Return whether the reader already has what the tag stands for."""
    given = request.headers.get("if-none-match", "")
    return given == "*" or etag in [tag.strip() for tag in given.split(",")]


def frame(request: Request, page: Page) -> Frame:
    """Return what stands around a page."""
    query = request.url.query
    return Frame(
        archive=request.app.state.latest.now().name,
        here=request.url.path + (f"?{query}" if query else ""),
        base=base_of(request),
        json_here=None if _has_no_json(page) else with_form(request.url.path, query, ".json"),
        style=rendering.static_address("style.css"),
        script=rendering.static_address("reading.js"),
        curated=request.app.state.curated,
    )


def _has_no_json(page: Page) -> bool:
    return isinstance(page, ErrorPage) or page.section == "curate"


def base_of(request: Request) -> str:
    """Return scheme and host of this server."""
    return f"{request.url.scheme}://{request.url.netloc}"


def _envelope(request: Request, page: Page) -> Plain:
    path, query = request.url.path, request.url.query
    html = path.removesuffix(".json")
    asked = f"?{query}" if query else ""
    return {
        "data": page.data(),
        "links": {"self": path + asked, "html": ("/" if html == "/index" else html) + asked, "next": page.next},
    }
