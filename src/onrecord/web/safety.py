"""What every answer and every request has to keep to: safe headers, known hosts, bounded addresses."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing from elsewhere, no inline script or style, no frame, no base, forms only to this server.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers send forms with the origin "null"
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST_ADDRESS = 8_000  # bytes of path and query


class Safety:
    """ASGI middleware: refuses unknown hosts and endless addresses, puts the headers on every answer.

    A server on the loopback address answers only to the names of the loopback address: otherwise any
    page in the reader's browser could read the archive by pointing a name of its own at it.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] = LOOPBACK) -> None:
        """Wrap ``app``; ``hosts`` are the names that it answers to, all when empty."""
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> Response | None:
        host = _bare(Headers(scope=scope).get("host", ""))
        if self.hosts and host not in self.hosts:
            message = f"This archive does not answer to the name {host[:100]!r}."
            return refused(scope, 421, "not-allowed", message, "Start it with --host to allow others.")
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > LONGEST_ADDRESS:
            message = f"The address is longer than {LONGEST_ADDRESS} bytes."
            return refused(scope, 414, "bad-query", message, "Shorten the search.")
        return None


def refused(scope: Scope, status: int, code: str, message: str, help: str) -> Response:
    """Return an answer that needs no page: the shape of an error as JSON, or one line."""
    if scope["path"].endswith(".json"):
        return JSONResponse({"error": {"status": status, "code": code, "message": message, "help": help}}, status)
    return PlainTextResponse(f"{message} {help}\n", status)


def _bare(host: str) -> str:
    """Return a host without its port: ``[::1]:8000`` -> ``::1``."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()
