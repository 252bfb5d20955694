"""The OpenAPI document of the JSON API, made from the table of pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response


def document(request: Request) -> Response:
    raise NotImplementedError
