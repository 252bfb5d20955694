from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes
from starlette.testclient import TestClient

from onrecord.store.archive import Archive
from onrecord.store.results import Filters, StatementHit
from onrecord.web import rendering
from onrecord.web.answers import ErrorPage
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
from onrecord.web.visit import Frame, Page, help_of

from .addresses_of import as_json, every_page
from .small_archive import TEXT

PAGES: list[type[Page]] = [
    search.SearchPage,
    article.ArticlePage,
    statement.StatementPage,
    source.SourcePage,
    source.SourcesPage,
    register.AnonymousPage,
    register.OrganisationsPage,
    places.PlacesPage,
    picture.PicturePage,
    claim.ClaimPage,
    claim.ClaimsPage,
    copies.CopiesPage,
    overview.FrontPage,
    overview.OverviewPage,
    help.HelpPage,
    ErrorPage,
]


def berth(archive: Archive) -> StatementHit:
    hit = archive.search("berth").hits[0]
    assert isinstance(hit, StatementHit)
    return hit


def test_every_page_answers(client: TestClient, archive: Archive) -> None:
    answers = {address: client.get(address).status_code for address in every_page(archive)}
    assert {address: status for address, status in answers.items() if status != 200} == {}


def test_every_page_has_a_json_twin_in_the_same_envelope(client: TestClient, archive: Archive) -> None:
    for address in every_page(archive):
        body = client.get(as_json(address)).json()
        assert set(body) == {"data", "links"}, address
        assert set(body["links"]) == {"self", "html", "next"}
        assert body["links"]["html"] == address


@pytest.mark.parametrize("page", [*PAGES, Frame], ids=lambda page: page.__name__)
def test_every_variable_of_a_page_has_a_help_text(page: type[Page]) -> None:
    assert [name for name, text in help_of(page).items() if len(text) < 8] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_templates_and_json_use_the_variables_that_a_page_has_and_no_others(page: type[Page]) -> None:
    used = _used_in_template(page.template) | _used_in_base()
    known = set(help_of(page)) | {"section"}
    assert used - known == set()
    said_as_json = _used_in_methods(page)
    assert known - used - said_as_json - {"section"} == set()


def _used_in_template(name: str) -> set[str]:
    environment = rendering.environment()
    assert environment.loader
    text, _, _ = environment.loader.get_source(environment, name)
    return {
        each.attr
        for each in environment.parse(text).find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Name) and each.node.name == "page"
    }


def _used_in_base() -> set[str]:
    return _used_in_template("base.html")


def _used_in_methods(page: type[Page]) -> set[str]:
    module = __import__(page.__module__, fromlist=["x"])
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    return {
        each.attr
        for each in ast.walk(tree)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "self"
    }


def test_the_article_page_shows_its_text_whole_and_marked(client: TestClient, archive: Archive) -> None:
    hit = berth(archive)
    html = client.get(f"/article/{hit.article.id}").text
    body = html[html.index('id="text"') : html.index('class="after"')]
    paragraphs = re.findall(r'<p dir="ltr">(.*?)</p>', body, re.DOTALL)
    plain = [re.sub(r"<a class=\"ref.*?</a>|<[^>]+>", "", each) for each in paragraphs]
    assert [" ".join(each.split()) for each in plain] == TEXT.split("\n\n")
    assert len(re.findall(r'<li class="note', body)) == 6


def test_a_note_says_who_how_and_how_certain(client: TestClient, archive: Archive) -> None:
    html = client.get(f"/article/{berth(archive).article.id}").text
    note = html[html.index(f'id="s-{berth(archive).id}"') :].split("</li>")[0]
    for words in ("Salma Haddad", "added", "quoted", "very likely right", "continues the speaker before", "Verify now"):
        assert words in note


def test_an_unclear_speaker_is_shown_as_unclear_with_both_names(client: TestClient, archive: Archive) -> None:
    html = client.get(f"/article/{berth(archive).article.id}").text
    assert "Salma Haddad or Idris Noor" in html
    assert "unclear" in html


def test_an_anonymous_speaker_is_quoted_and_never_linked(client: TestClient, archive: Archive) -> None:
    html = client.get(f"/article/{berth(archive).article.id}").text
    assert '<span class="speaker unnamed"><bdi>two fishermen who asked not to be named</bdi></span>' in " ".join(
        html.split()
    ).replace("> <", "><")


def test_arabic_reads_from_right_to_left_inside_the_page(client: TestClient, archive: Archive) -> None:
    hit = archive.search("السد").hits[0]
    assert isinstance(hit, StatementHit)
    html = client.get(f"/article/{hit.article.id}").text
    assert '<p dir="rtl">' in html
    assert '<html lang="en">' in html
    assert 'lang="ar"' in html


def test_a_filter_can_be_taken_back_one_by_one(client: TestClient) -> None:
    html = client.get("/search?kind=direct&kind=mixed&year=2017").text
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.DOTALL)
    assert chips
    links = re.findall(r'href="([^"]+)"', chips[0])
    assert links == [
        "/search?kind=mixed&amp;year=2017",
        "/search?kind=direct&amp;year=2017",
        "/search?kind=direct&amp;kind=mixed",
    ]


def test_pages_of_hits_follow_each_other_without_loss(client: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/search.json?limit=7"
    while address:
        body = client.get(address).json()
        seen += [hit["id"] for hit in body["data"]["hits"]]
        total = body["data"]["total"]
        address = body["links"]["next"]
    assert len(seen) == len(set(seen)) == total


def test_matched_words_are_marked(client: TestClient) -> None:
    assert "<mark>berth</mark>" in client.get("/search?q=berth").text


def test_a_name_spelled_otherwise_is_offered(client: TestClient) -> None:
    assert "Did you mean" in client.get("/search?q=source:hadad").text


def test_the_timeline_links_every_month(client: TestClient) -> None:
    html = client.get("/search?q=bridge").text
    assert "since=2005-01&amp;until=2005-01" in html


def test_csv_holds_exactly_the_hits_and_no_formula(client: TestClient) -> None:
    total = client.get("/search.json").json()["data"]["total"]
    lines = client.get("/search.csv").text.strip().split("\r\n")
    assert lines[0].startswith("statement,speaker,")
    assert len(lines) == total + 1


def test_a_feed_of_a_search_is_well_formed(client: TestClient) -> None:
    from lxml import etree

    tree = etree.fromstring(client.get("/search.rss").content)
    assert len(tree.findall("channel/item")) == 50


@pytest.mark.parametrize("form", ["ris", "bib", "csl.json"])
def test_a_statement_and_an_article_can_be_cited(client: TestClient, archive: Archive, form: str) -> None:
    hit = berth(archive)
    for address in (f"/statement/{hit.id}.{form}", f"/article/{hit.article.id}.{form}"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Harbour to stay open" in answer.text
        assert "attachment" in answer.headers["content-disposition"]


def test_pages_carry_what_zotero_and_search_engines_read(client: TestClient, archive: Archive) -> None:
    html = client.get(f"/article/{berth(archive).article.id}").text
    assert '<meta name="citation_author" content="Nadia Fares">' in html
    assert '"@type": "NewsArticle"' in html


def test_verifying_says_that_all_holds_and_finds_a_changed_byte(client: TestClient, archive: Archive) -> None:
    hit = archive.search("bridge number 3").hits[0]
    address = f"/statement/{hit.id}/verify"
    assert client.get(f"{address}.json").json()["data"]["verified"] is True
    receipt = archive.receipt(hit.id)
    path = Path(receipt.file)
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"winter", b"summer"))
    try:
        answer = client.get(f"{address}.json").json()["data"]
        assert answer["verified"] is False
        assert [step["holds"] for step in answer["checks"]] == [True, True, False]
        assert "Broken" in client.get(address).text
        path.unlink()
        assert client.get(f"{address}.json").json()["data"]["verified"] is False
    finally:
        path.write_bytes(kept)


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/search?q=bridge")
    again = client.get("/search?q=bridge", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/search?q=harbour", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_the_openapi_document_names_every_page_with_an_example(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert "/statement/{id}.json" in document["paths"]
    for path, item in document["paths"].items():
        assert "example" in item["get"]["responses"]["200"]["content"]["application/json"], path


def test_every_page_is_light(client: TestClient, archive: Archive) -> None:
    static = rendering.STATIC
    fonts = sum((static / f"serif-{name}.woff2").stat().st_size for name in ("regular", "italic", "semibold"))
    arabic = (static / "arabic-regular.woff2").stat().st_size
    for address in every_page(archive):
        with client.stream("GET", address) as answer:
            page = int(answer.headers["content-length"])
        style = sum(
            int(client.get(f"/static/{name}").headers["content-length"]) for name in ("style.css", "reading.js")
        )
        assert page + style + fonts + arabic < 120_000, address


def test_a_claim_shows_its_origins_and_what_is_said_against_it(client: TestClient) -> None:
    html = client.get("/claim/c1aim").text
    assert "both rest on the mayor’s word" in html
    assert "Who says the opposite" in html
    assert "1 independent origin" in client.get("/claims").text
    body = client.get("/claim/c1aim.json").json()["data"]
    assert [len(way["statements"]) for way in body["by_origin"]] == [2]


def test_a_statement_leads_to_its_claim_and_an_article_to_its_copies(client: TestClient, archive: Archive) -> None:
    hit = archive.search("harbour would stay open", filters=Filters(site=("The Evening Lamp",))).hits[0]
    assert isinstance(hit, StatementHit)
    assert "1 independent origin says so, in 2 statements" in client.get(f"/statement/{hit.id}").text
    html = client.get(f"/article/{hit.article.id}").text
    assert "copies this" in html
    assert "Printed also in" in html


def test_copies_stand_side_by_side_with_what_they_share_marked(client: TestClient, archive: Archive) -> None:
    (copy,) = archive.copies()
    html = client.get(f"/article/{copy.b}/copies").text
    shared = re.findall(r'<mark class="shared">(.*?)</mark>', html, re.DOTALL)
    assert shared == [TEXT.split("\n\n")[0]] * 2
    assert "is the original" in html
    assert client.get(f"/article/{copy.b}/copies?with=other").status_code == 404


def test_an_article_without_copies_says_so(client: TestClient, archive: Archive) -> None:
    article = archive.search("bridge", scope="articles").hits[0]
    assert "No other article" in client.get(f"/article/{article.id}/copies").text


def test_the_sitemaps_name_every_article_once(client: TestClient, archive: Archive) -> None:
    from lxml import etree

    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    found: list[str] = []
    for part in etree.fromstring(client.get("/sitemap.xml").content).iter(space):
        found += [str(each.text) for each in etree.fromstring(client.get(str(part.text)).content).iter(space)]
    assert sorted(found) == sorted(f"http://127.0.0.1/article/{hit.id}" for hit in archive.articles())
    assert client.get("/sitemap/1066-10.xml").status_code == 404
    assert "Sitemap: http://127.0.0.1/sitemap.xml" in client.get("/robots.txt").text
