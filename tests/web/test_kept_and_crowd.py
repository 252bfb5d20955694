from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from onrecord.engine.build import build as build_archive
from onrecord.store.archive import Archive
from onrecord.store.layout import open_layout
from onrecord.store.ledger import Ledger
from onrecord.web.app import create_app
from onrecord.web.crowd import Crowd
from onrecord.web.kept import Kept, Packed
from onrecord.web.shown import Latest

from .small_archive import build

BASE = "http://127.0.0.1"


def packed(text: str) -> Packed:
    return Packed.of(Response(text, media_type="text/html"))


def test_an_answer_that_was_made_is_given_again_as_it_was(client: TestClient) -> None:
    first, second = client.get("/search?q=bridge&sort=date"), client.get("/search?q=bridge&sort=date")
    assert first.headers["server-timing"].startswith("made")
    assert second.headers["server-timing"] == "kept"
    assert (first.content, first.headers["etag"]) == (second.content, second.headers["etag"])
    assert second.headers["vary"] == "Accept-Encoding"


def test_a_kept_answer_is_unpacked_for_who_does_not_take_it_packed(client: TestClient) -> None:
    zipped = client.get("/search?q=pier", headers={"accept-encoding": "gzip"})
    plain = client.get("/search?q=pier", headers={"accept-encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.text == plain.text


def test_another_host_name_has_answers_of_its_own(archive: Archive) -> None:
    client = TestClient(create_app(archive, hosts=frozenset()), base_url=BASE)
    pages = [client.get("/search.rss", headers={"host": host}).text for host in ("a.example", "b.example")]
    pages += [client.get("/help", headers={"host": host}).text for host in ("a.example", "b.example")]
    assert "a.example" not in pages[1] + pages[3]


def test_errors_and_checks_are_not_kept(client: TestClient, archive: Archive) -> None:
    id = next(iter(archive.statements())).id
    for address in ("/search?q=(", "/statement/none", f"/statement/{id}/verify"):
        assert "server-timing" not in client.get(address).headers
        assert client.get(address).headers["cache-control"] == "no-store"


def test_the_least_recently_asked_for_goes_first() -> None:
    size = len(packed("x" * 100).body) + 1_001
    kept = Kept(most=2 * size)
    for name in ("a", "b"):
        kept.put((name,), packed("x" * 100))
    assert kept.get(("a",))
    kept.put(("c",), packed("x" * 100))
    assert kept.get(("a",))
    assert kept.get(("b",)) is None
    kept.put(("d",), packed("".join(map(chr, range(32, 9000)))))  # larger than all the room there is
    assert kept.get(("d",)) is None
    kept.put(("a",), packed("y" * 100))
    kept.put(("a",), packed("z" * 100))
    found = kept.get(("a",))
    assert found
    assert gzip.decompress(found.body) == b"z" * 100


def test_what_is_built_while_it_is_served_is_shown_by_the_next_answer(tmp_path: Path) -> None:
    mine = Archive.open(build(tmp_path, many=1))
    client = TestClient(create_app(mine), base_url=BASE, raise_server_exceptions=False)
    hit = mine.search("berth").hits[0]
    before = client.get(f"/statement/{hit.id}")
    Ledger(open_layout(mine.path).ledger).add("withhold", hit.id, who="nadia", why="a name in danger")
    build_archive((), mine.path)
    after = client.get(f"/statement/{hit.id}", headers={"if-none-match": before.headers["etag"]})
    assert (before.status_code, after.status_code) == (200, 404)


def test_a_generation_that_cannot_be_opened_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Archive.open(build(tmp_path, many=1))
    latest, tries = Latest(mine), list[Path]()
    broken = mine.path / "generations" / "99"
    broken.mkdir()
    (mine.path / "CURRENT").write_text("99\n")
    opened = Archive.open

    def counted(path: Path) -> Archive:
        tries.append(path)
        return opened(path)

    monkeypatch.setattr(Archive, "open", counted)
    assert latest.now().archive is mine
    assert latest.now().archive is mine
    assert len(tries) == 1


def test_too_many_at_once_are_asked_to_come_back() -> None:
    go_on = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await go_on.wait()
        await PlainTextResponse("done")(scope, receive, send)

    async def status(crowd: Crowd, path: str) -> tuple[int, dict[bytes, bytes]]:
        answers = []

        async def send(message: dict[str, object]) -> None:
            answers.append(message)

        scope = {"type": "http", "path": path, "method": "GET", "headers": []}
        await crowd(scope, None, send)  # type: ignore[arg-type]
        return answers[0]["status"], dict(answers[0]["headers"])  # type: ignore[return-value, call-overload]

    async def everything() -> None:
        crowd = Crowd(slow, most=2)
        inside = [asyncio.create_task(status(crowd, "/search")) for _ in range(2)]
        await asyncio.sleep(0)
        refused, headers = await status(crowd, "/search.json")
        assert refused == 503
        assert headers[b"retry-after"] == b"2"
        go_on.set()
        assert [(await task)[0] for task in inside] == [200, 200]
        assert (await status(crowd, "/search"))[0] == 200

    asyncio.run(everything())
