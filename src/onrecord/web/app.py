"""The web application: which address shows which page."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.errors import OnrecordError
from onrecord.store.archive import Archive
from onrecord.web import answers, files, openapi
from onrecord.web.accounts import Curators
from onrecord.web.crowd import Crowd, Makers
from onrecord.web.kept import Packed
from onrecord.web.pages import (
    article,
    claim,
    copies,
    help,
    overview,
    picture,
    places,
    register,
    search,
    source,
    statement,
)
from onrecord.web.rendering import STATIC
from onrecord.web.safety import LOOPBACK, Safety
from onrecord.web.shown import Latest, Shown
from onrecord.web.visit import Build, Visit

# address -> what builds its page. Each has a twin that ends in .json.
PAGES: dict[str, Build] = {
    "/": overview.build_front,
    "/search": search.build,
    "/help": help.build,
    "/overview": overview.build,
    "/sources": source.build_list,
    "/source/{id}": source.build,
    "/organisations": register.build_organisations,
    "/anonymous": register.build_anonymous,
    "/article/{id}": article.build,
    "/article/{id}/copies": copies.build,
    "/article/{id}/{revision}": article.build,
    "/statement/{id}": statement.build,
    "/statement/{id}/verify": statement.build_verified,
    "/picture/{id}": picture.build,
    "/claims": claim.build_list,
    "/claim/{id}": claim.build,
    "/places": places.build,
}
# Pages that tell how things are at this moment, and so are made anew each time.
FRESH = frozenset({statement.build_verified})


def create_app(archive: Archive, *, hosts: frozenset[str] = LOOPBACK, curators: Curators | None = None) -> Starlette:
    """Return the application for one archive. It follows the archive: what is built into it later is shown at once.

    Args:
        archive: what is shown first.
        hosts: the names that the server answers to; every name when empty.
        curators: who may judge; nobody, and no page for it, when left out.
    """
    routes = [Route(path, _file(make)) for path, make in files.FILES.items()]
    routes.append(Route("/openapi.json", _openapi))
    makers, latest = Makers(), Latest(archive)
    for path, build in PAGES.items():
        page = _page(build, makers)
        routes += [Route("/index.json" if path == "/" else f"{path}.json", page), Route(path, page)]
    if curators is not None:
        from onrecord.web.curating import Curating

        routes += Curating(latest, curators).routes()
    app = Starlette(
        routes=[*routes, Mount("/static", _Static(directory=STATIC))],
        middleware=[
            Middleware(Safety, hosts=hosts),
            Middleware(Crowd),
            Middleware(GZipMiddleware, minimum_size=600, compresslevel=5),
        ],
        exception_handlers={
            404: lambda request, _: answers.answer(request, answers.missing_page()),
            405: _not_allowed,
            OnrecordError: lambda request, error: answers.answer(request, answers.error_page(error)),
            Exception: lambda request, error: answers.answer(request, answers.error_page(error)),
        },
    )
    app.state.latest = latest
    app.state.curated = curators is not None
    return app


def _visit(request: Request, shown: Shown) -> Visit:
    pairs = tuple(request.query_params.multi_items())
    return Visit(shown.archive, shown.images, shown.places, answers.base_of(request), pairs, dict(request.path_params))


def _page(build: Build, makers: Makers) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers for a page: from what the reader has, from what was made before, or made now."""

    async def endpoint(request: Request) -> Response:
        shown: Shown = request.app.state.latest.now()
        if build in FRESH:
            return await makers.run(partial(_made, request, build, shown))
        etag = answers.etag_of(request, shown.archive.generation)
        if answers.unchanged(request, etag):
            return Response(status_code=304, headers={"ETag": etag, "Cache-Control": "no-cache"})
        key = (request.url.path, request.url.query, answers.base_of(request))
        packed = shown.kept.get(key)
        how = "kept"
        if packed is None:
            began = time.perf_counter()
            packed = await makers.run(partial(_packed, request, build, shown, etag))
            shown.kept.put(key, packed)
            how = f"made;dur={(time.perf_counter() - began) * 1000:.1f}"
        response = packed.response(request)
        response.headers["Server-Timing"] = how
        return response

    return endpoint


def _made(request: Request, build: Build, shown: Shown, etag: str | None = None) -> Response:
    return answers.answer(request, build(_visit(request, shown)), etag=etag)


def _packed(request: Request, build: Build, shown: Shown, etag: str) -> Packed:
    return Packed.of(_made(request, build, shown, etag))


def _not_allowed(request: Request, error: Exception) -> Response:
    response = answers.answer(request, answers.not_allowed_page())
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)  # Allow: what the address takes
    return response


def _openapi(request: Request) -> Response:
    document = openapi.document(_visit(request, request.app.state.latest.now()), PAGES)
    return Response(answers.as_json(document), media_type=answers.JSON)


def _file(make: files.Make) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return make(_visit(request, request.app.state.latest.now()))

    return endpoint


class _Static(StaticFiles):
    """The stylesheet, the script and the fonts; addresses carry a digest, so they may be kept for good."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        scope = kwargs.get("scope", args[2] if len(args) > 2 else {})
        asked = scope.get("query_string") if isinstance(scope, dict) else b""
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if asked else "public, max-age=3600"
        return response
