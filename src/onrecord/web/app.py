"""The web application: which address shows which page."""

from __future__ import annotations

from collections.abc import Callable

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
from onrecord.web.images import Images
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
from onrecord.web.places import Places
from onrecord.web.rendering import STATIC
from onrecord.web.safety import LOOPBACK, Safety
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
    """Return the application for one archive.

    Args:
        archive: what is shown.
        hosts: the names that the server answers to; every name when empty.
        curators: who may judge; nobody, and no page for it, when left out.
    """
    routes = [Route(path, _file(make)) for path, make in files.FILES.items()]
    routes.append(Route("/openapi.json", _openapi))
    for path, build in PAGES.items():
        routes += [Route("/index.json" if path == "/" else f"{path}.json", _page(build)), Route(path, _page(build))]
    if curators is not None:
        from onrecord.web.curating import Curating

        routes += Curating(archive, curators).routes()
    app = Starlette(
        routes=[*routes, Mount("/static", _Static(directory=STATIC))],
        middleware=[Middleware(Safety, hosts=hosts), Middleware(GZipMiddleware, minimum_size=600, compresslevel=5)],
        exception_handlers={
            404: lambda request, _: answers.answer(request, answers.missing_page()),
            405: _not_allowed,
            OnrecordError: lambda request, error: answers.answer(request, answers.error_page(error)),
            Exception: lambda request, error: answers.answer(request, answers.error_page(error)),
        },
    )
    app.state.archive = archive
    app.state.curated = curators is not None
    app.state.images = Images(archive)
    app.state.places = Places(archive)
    app.state.name = archive.summary().name
    return app


def _visit(request: Request) -> Visit:
    pairs, state = tuple(request.query_params.multi_items()), request.app.state
    return Visit(state.archive, state.images, state.places, answers.base_of(request), pairs, dict(request.path_params))


def _page(build: Build) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        etag = None if build in FRESH else answers.etag_of(request, request.app.state.archive.generation)
        if etag and answers.unchanged(request, etag):
            return Response(status_code=304, headers={"ETag": etag, "Cache-Control": "no-cache"})
        return answers.answer(request, build(_visit(request)), etag=etag)

    return endpoint


def _not_allowed(request: Request, error: Exception) -> Response:
    response = answers.answer(request, answers.not_allowed_page())
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)  # Allow: what the address takes
    return response


def _openapi(request: Request) -> Response:
    document = openapi.document(_visit(request), PAGES)
    return Response(answers.as_json(document), media_type=answers.JSON)


def _file(make: files.Make) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return make(_visit(request))

    return endpoint


class _Static(StaticFiles):
    """The stylesheet, the script and the fonts; addresses carry a digest, so they may be kept for good."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        scope = kwargs.get("scope", args[2] if len(args) > 2 else {})
        asked = scope.get("query_string") if isinstance(scope, dict) else b""
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if asked else "public, max-age=3600"
        return response
