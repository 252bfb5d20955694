"""Too many readers at once: some are asked to come back, so that the others are answered in time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.web.safety import refused

MOST_INSIDE = 64  # requests of one process that are answered or wait for it: about a second's work
AT_ONCE = 2  # pages that are made at once in one process, so that a slow one does not hold up all others
RETRY_AFTER = 2  # seconds

Made = TypeVar("Made")


class Crowd:
    """ASGI middleware: lets in so many requests and answers 503 to the others, at once and with a word when to return."""

    def __init__(self, app: ASGIApp, *, most: int = MOST_INSIDE) -> None:
        """Wrap ``app``; ``most`` requests are inside at once."""
        self.app = app
        self.most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and self._inside >= self.most:
            busy = refused(scope, 503, "busy", "Too many requests at once.", f"Try again in {RETRY_AFTER} seconds.")
            busy.headers["Retry-After"] = str(RETRY_AFTER)
            await busy(scope, receive, send)
            return
        self._inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._inside -= 1


class Makers:
    """The few threads in which pages are made, beside the event loop that answers what is there already."""

    def __init__(self) -> None:
        """Start none yet."""
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="page")

    async def run(self, make: Callable[[], Made]) -> Made:
        """Return what ``make`` returns, made in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, make)
