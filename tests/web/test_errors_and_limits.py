from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.store.archive import Archive
from onrecord.web.app import create_app
from onrecord.web.safety import HEADERS
from onrecord.web.server import hosts_for

from .addresses_of import as_json, every_page

WRONG = [
    ("/nowhere", 404, "not-found"),
    ("/article/none", 404, "not-found"),
    ("/article/none/at-all", 404, "not-found"),
    ("/statement/none", 404, "not-found"),
    ("/statement/none/verify", 404, "not-found"),
    ("/source/none", 404, "not-found"),
    ("/picture/none", 404, "not-found"),
    ("/search?q=%22open", 400, "bad-query"),
    ("/search?q=(a", 400, "bad-query"),
    ("/search?in=everything", 400, "bad-query"),
    ("/search?sort=size", 400, "bad-query"),
    ("/search?limit=0", 400, "bad-query"),
    ("/search?limit=101", 400, "bad-query"),
    ("/search?limit=%C2%B2", 400, "bad-query"),
    ("/search?cursor=rubbish", 400, "bad-query"),
    ("/search?since=yesterday", 400, "bad-query"),
    ("/search?colour=blue", 400, "bad-query"),
    ("/search?q=a%00b", 400, "bad-query"),
    ("/search?q=" + "a" * 1001, 400, "bad-query"),
    ("/search?q=" + "(" * 300 + "a" + ")" * 300, 400, "bad-query"),
    ("/search?" + "&".join(f"year={year}" for year in range(60)), 400, "bad-query"),
    ("/sources?type=animal", 400, "bad-query"),
    ("/sources?cursor=-1", 400, "bad-query"),
]


@pytest.mark.parametrize(("address", "status", "code"), WRONG, ids=[address[:40] for address, _, _ in WRONG])
def test_what_cannot_be_answered_says_so_in_one_shape(client: TestClient, address: str, status: int, code: str) -> None:
    html, json = client.get(address), client.get(as_json(address))
    assert html.status_code == json.status_code == status
    error = json.json()["error"]
    assert set(error) == {"status", "code", "message", "help"}
    assert (error["status"], error["code"]) == (status, code)
    assert error["help"] in html.text.replace("&#39;", "'")


def test_pages_can_only_be_read(client: TestClient) -> None:
    answer = client.post("/search.json")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "not-allowed"


def test_every_answer_has_the_safe_headers(client: TestClient, archive: Archive) -> None:
    for address in [*every_page(archive)[:30], "/nowhere", "/static/style.css", "/search.csv", "/openapi.json"]:
        answer = client.get(address)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_no_page_has_inline_script_or_style_or_loads_from_elsewhere(client: TestClient, archive: Archive) -> None:
    from lxml import html

    for address in every_page(archive):
        tree = html.fromstring(client.get(address).content)
        assert tree.xpath("//style | //*[@style] | //iframe | //object | //embed | //base") == [], address
        for element in tree.xpath("//*"):
            assert not [name for name in element.attrib if str(name).lower().startswith("on")], address
        for script in tree.xpath("//script"):
            assert script.get("type") == "application/ld+json" or script.get("src").startswith("/static/")
        for loaded in tree.xpath("//link[@rel='stylesheet']/@href | //img/@src | //link[@rel='icon']/@href"):
            assert loaded.startswith("/static/"), address
        for link in tree.xpath("//a/@href"):
            assert link.startswith(("/", "#", "http://lamp.example/", "http://post.example/")), (address, link)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_a_server_on_this_machine_answers_to_no_other_name(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:8000"])
def test_it_answers_to_the_names_of_this_machine(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_server_for_others_answers_to_every_name(archive: Archive) -> None:
    assert hosts_for("127.0.0.1")
    assert not hosts_for("0.0.0.0")
    app = create_app(archive, hosts=hosts_for("0.0.0.0"))
    assert TestClient(app, base_url="http://archive.example").get("/").status_code == 200


def test_an_address_without_end_is_refused(client: TestClient) -> None:
    assert client.get("/search?q=" + "a" * 9000).status_code == 414


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/"]
)
def test_no_file_beside_the_static_ones_can_be_read(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/..", "/\\evil.example", "/search//evil.example/"])
def test_no_address_leads_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(f"http://127.0.0.1{path}", follow_redirects=False)
    assert answer.status_code in (200, 404) or answer.headers["location"].startswith("http://127.0.0.1/")
