"""An archive for language models: the tools of a Model Context Protocol server.

Every answer is what the JSON API says, with a citation beside each statement, so that a model can
only repeat what the archive holds and has to say where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from onrecord.errors import MissingPartError, OnrecordError
from onrecord.export.citations import sentence
from onrecord.store.archive import Archive
from onrecord.store.results import StatementHit
from onrecord.web.images import Images
from onrecord.web.pages import claim as claims
from onrecord.web.pages import search as searching
from onrecord.web.pages import source as sources
from onrecord.web.pages import statement as statements
from onrecord.web.pages.article import work_of_statement
from onrecord.web.places import Places
from onrecord.web.visit import Build, Plain, Visit

if TYPE_CHECKING:
    from mcp.server import MCPServer

MOST = 50  # hits of one answer


class Tools:
    """What a model may ask of one archive. What cannot be answered comes back as ``{"error": ...}``."""

    def __init__(self, archive: Archive, base: str) -> None:
        """Answer from this archive; permalinks begin with ``base``."""
        self._archive = archive
        self._images = Images(archive)
        self._places = Places(archive)
        self._base = base.rstrip("/")

    def search(
        self,
        query: str,
        scope: Literal["statements", "articles", "pictures"] = "statements",
        limit: int = 20,
        cursor: str = "",
    ) -> Plain:
        """Find who said what. Query: words, "phrases", AND, OR, NOT, source:, act:, kind:, site:, from:, to: dates.

        Statements come with speaker, kind (direct, indirect, mixed), confidence and a citation. A speaker
        without a name was not named in print and must not be given one.
        """
        pairs = {"q": query, "in": scope, "limit": str(min(max(limit, 1), MOST)), "cursor": cursor}
        return self._said(searching.build, query=tuple(pairs.items()))

    def statement(self, id: str) -> Plain:
        """Return one statement with its receipt (where its words stand and how to check them) and its citation."""
        return self._said(statements.build, id=id)

    def source(self, id: str) -> Plain:
        """Return one source: its names, roles over time, and its latest statements."""
        return self._said(sources.build, id=id)

    def claim(self, id: str) -> Plain:
        """Return one claim: all who say so, grouped by independent origin, and all who say the opposite."""
        return self._said(claims.build, id=id)

    def _said(self, build: Build, *, id: str = "", query: tuple[tuple[str, str], ...] = ()) -> Plain:
        visit = Visit(self._archive, self._images, self._places, self._base, query, {"id": id})
        try:
            page = build(visit)
        except OnrecordError as error:
            return {"error": str(error)}
        said = page.data()
        hits = [hit for hit in getattr(page, "hits", ()) if isinstance(hit, StatementHit)]
        if hits:
            said["citations"] = {hit.id: sentence(work_of_statement(hit, self._base)) for hit in hits}
        if getattr(page, "next_cursor", None):
            said["cursor"] = page.next_cursor  # type: ignore[attr-defined]
        return said


def mcp_server(archive: Archive, base: str) -> MCPServer:
    """Return the server, which the caller runs.

    Raises:
        MissingPartError: the ``mcp`` package is not installed.
    """
    try:
        from mcp.server import MCPServer
    except ImportError:
        raise MissingPartError(
            "the mcp package is not installed; install it with `pip install onrecord[mcp]`"
        ) from None
    tools = Tools(archive, base)
    name = archive.summary().name
    server = MCPServer(
        "onrecord",
        instructions=f"The news archive {name!r}: statements tied to who said them. Cite what you use by its citation.",
    )
    for tool in (tools.search, tools.statement, tools.source, tools.claim):
        server.add_tool(tool)
    return server
