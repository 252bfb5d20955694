from __future__ import annotations

import asyncio
from typing import Any

import pytest

from onrecord.store.archive import Archive
from onrecord.web.tools import Tools, mcp_server


@pytest.fixture(scope="module")
def tools(archive: Archive) -> Tools:
    return Tools(archive, "http://archive.example/")


def test_a_search_gives_statements_each_with_its_citation(tools: Tools) -> None:
    said = tools.search("berth")
    (hit,) = said["hits"]
    assert hit["speaker"]["name"] == "Salma Haddad"
    assert said["citations"][hit["id"]].endswith(f"http://archive.example/statement/{hit['id']}")


def test_a_statement_comes_with_its_receipt_and_a_claim_with_its_origins(tools: Tools) -> None:
    id = tools.search("berth")["hits"][0]["id"]
    assert tools.statement(id)["receipt"]["statement_id"] == id
    assert tools.claim("c1aim")["origins"] == 1


def test_pages_of_hits_go_on_with_the_cursor(tools: Tools) -> None:
    first = tools.search("bridge", limit=3)
    second = tools.search("bridge", limit=3, cursor=first["cursor"])
    assert not {hit["id"] for hit in first["hits"]} & {hit["id"] for hit in second["hits"]}


def test_what_cannot_be_answered_is_said_not_raised(tools: Tools) -> None:
    assert "error" in tools.statement("none")
    assert "error" in tools.search('"open')


def test_the_server_offers_the_four_tools(archive: Archive) -> None:
    pytest.importorskip("mcp", reason="needs the optional part mcp")
    server: Any = mcp_server(archive, "http://archive.example")
    names = [tool.name for tool in asyncio.run(server.list_tools())]
    assert sorted(names) == ["claim", "search", "source", "statement"]
