"""What a reader does, in a real browser. Each test says what it needs when it cannot run."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from starlette.applications import Starlette

from onrecord.store.archive import Archive
from onrecord.store.results import StatementHit
from onrecord.web import server
from onrecord.web.accounts import Curators
from onrecord.web.app import create_app
from onrecord.web.publish import publish

from .addresses_of import every_page
from .small_archive import build

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: `make test` installs it")
from playwright.sync_api import Browser, Page, Response, ViewportSize, expect, sync_playwright  # noqa: E402

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Debian's chromium (apt-get install chromium), or its path in CHROMIUM"
)


@contextlib.contextmanager
def served(app: Starlette) -> Iterator[str]:
    """Serve an application from a thread; gives its address."""
    listener = server._listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture(scope="module")
def base(archive: Archive) -> Iterator[str]:
    """The address of the small archive."""
    with served(create_app(archive)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tool:
        opened = tool.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        expect.set_options(timeout=15_000)
        yield opened
        opened.close()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def reader(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Page]:
    """A page in a browser that runs scripts, and in one that does not."""
    context = browser.new_context(java_script_enabled=request.param, base_url=base)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser: Browser, base: str) -> Iterator[Page]:
    context = browser.new_context(base_url=base)
    yield context.new_page()
    context.close()


def test_from_a_question_to_a_citation(reader: Page) -> None:
    reader.goto("/")
    reader.get_by_label("Who said what about").fill("berth OR bridge")
    reader.get_by_role("button", name="Search").click()
    expect(reader.locator(".sentence")).to_contain_text("berth")
    reader.locator(".facets a", has_text="quoted").click()
    expect(reader.locator(".chips li")).to_have_count(1)
    expect(reader.locator(".hit")).to_have_count(1)
    reader.get_by_role("link", name="Harbour to stay open").click()
    expect(reader.locator("h1")).to_have_text("Harbour to stay open, mayor says")
    note = reader.locator(".note").nth(1)
    expect(note.get_by_text("Verify now")).to_be_visible()
    expect(reader.locator(".note").nth(0).get_by_text("Verify now")).to_be_hidden()
    note.get_by_role("link", name="Permalink").click()
    expect(reader.locator("blockquote")).to_contain_text("Nobody will lose a berth this winter")
    reader.get_by_role("button", name="Verify now").click()
    expect(reader.locator(".checks .holds")).to_have_count(3)
    expect(reader.locator(".cite")).to_contain_text("Salma Haddad, cited in Fares, N.")
    with reader.expect_download() as coming:
        reader.get_by_role("link", name="RIS").click()
    assert Path(coming.value.path()).read_text(encoding="utf-8").startswith("TY  - NEWS")


def test_selecting_a_statement_marks_its_words(reader: Page, archive: Archive) -> None:
    hit = archive.search("harbour would stay open").hits[0]
    reader.goto(f"/article/{hit.statement.article_id}")  # type: ignore[union-attr]
    reader.get_by_role("link", name="Statement 1", exact=True).click()
    words = reader.locator(".run.content.m1").first
    expect(words).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    reader.get_by_role("link", name="Close").locator("visible=true").click()
    expect(reader.get_by_text("Verify now").first).to_be_hidden()


def test_with_the_keyboard_alone(scripted: Page, archive: Archive) -> None:
    hit = archive.search("harbour would stay open").hits[0]
    scripted.goto(f"/article/{hit.statement.article_id}")  # type: ignore[union-attr]
    scripted.keyboard.press("j")
    scripted.keyboard.press("j")
    expect(scripted.locator(".note.open")).to_contain_text("promises")
    scripted.keyboard.press("k")
    expect(scripted.locator(".note.open")).to_contain_text("said")
    scripted.keyboard.press("Escape")
    expect(scripted.locator(".note.open")).to_have_count(0)
    scripted.keyboard.press("/")
    scripted.keyboard.type("bridge")
    scripted.keyboard.press("Enter")
    expect(scripted.locator(".sentence")).to_contain_text("bridge")


def test_clicking_the_words_opens_their_note_and_verifies_in_place(scripted: Page, archive: Archive) -> None:
    hit = archive.search("old pumps").hits[0]
    scripted.goto(f"/article/{hit.statement.article_id}")  # type: ignore[union-attr]
    scripted.locator(".run.content.m3").first.click()
    note = scripted.locator(".note.open")
    expect(note).to_contain_text("Water Board")
    note.get_by_role("link", name="Verify now").click()
    expect(note.locator(".checks .holds")).to_have_count(3)


def test_brushing_over_the_timeline_narrows_to_its_months(scripted: Page) -> None:
    scripted.goto("/search?q=bridge")
    bars = scripted.locator(".months a path:first-of-type")
    first, last = bars.nth(0).bounding_box(), bars.nth(3).bounding_box()
    assert first
    assert last
    scripted.mouse.move(first["x"] + first["width"] / 2, first["y"] + 30)
    scripted.mouse.down()
    scripted.mouse.move(last["x"] + last["width"] / 2, last["y"] + 30, steps=40)
    scripted.mouse.up()
    expect(scripted.locator(".chips li")).to_have_count(2)
    assert "since=2005-01" in scripted.url
    assert "until=2008-04" in scripted.url


def test_twenty_script_tricks_do_nothing(browser: Browser, base: str, archive: Archive) -> None:
    context = browser.new_context(base_url=base)
    page = context.new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: seen.append(dialog.message))
    page.on("request", lambda asked: None if asked.url.startswith(base) else seen.append(asked.url))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda said: seen.append(said.text) if said.type == "error" else None)
    for address in every_page(archive):
        if address.count("/") == 1 or _is_hostile(archive, address):
            page.goto(address)
            page.mouse.move(200, 300)
            page.keyboard.press("Tab")
    page.goto("/search?q=alert&year=2015")
    assert page.locator(".hit").count() > 10
    assert seen == []
    context.close()


def _is_hostile(archive: Archive, address: str) -> bool:
    evil = [hit.id for hit in archive.search("ontoggle", scope="articles").hits]
    evil += [hit.id for hit in archive.search("ontoggle").hits]
    return any(id in address for id in evil) or address.startswith(("/source", "/picture"))


def one_of_each(archive: Archive) -> list[str]:
    """The address of one page of each kind, the fullest first."""
    hit = archive.search("berth").hits[0]
    assert isinstance(hit, StatementHit)
    arabic = archive.search("السد").hits[0]
    assert isinstance(arabic, StatementHit)
    picture = archive.search("pier", scope="pictures").hits[0]
    found = [
        f"/article/{hit.article.id}#s-{hit.id}",
        "/search?q=bridge&kind=indirect",
        f"/statement/{hit.id}/verify",
        "/",
    ]
    found += [
        f"/source/{hit.source_id}",
        "/overview",
        "/sources",
        "/help",
        "/search?in=articles",
        "/search?in=pictures",
    ]
    found += [f"/picture/{picture.id}", "/search?q=nosuchword", f"/article/{arabic.article.id}", "/nowhere"]
    claim, copy = next(iter(archive.claims())), archive.copies()[0]
    found += ["/claims", f"/claim/{claim.id}", f"/article/{copy.a}/copies?with={copy.b}", "/places"]
    return [*found, "/anonymous", "/organisations", "/search?q=(", f"/source/{arabic.source_id}"]


@pytest.mark.parametrize(
    ("scheme", "width", "most"),
    [("light", 1280, 99), ("dark", 390, 99), ("dark", 1280, 4)],
    ids=["wide", "dark and narrow", "dark"],
)
def test_axe_finds_no_violation(
    browser: Browser, base: str, archive: Archive, scheme: Literal["light", "dark"], width: int, most: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe: `make test` installs it")
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(base_url=base, color_scheme=scheme, viewport=size, bypass_csp=True)
    page = context.new_page()
    for address in one_of_each(archive)[:most]:
        page.goto(address)
        found = axe.Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    context.close()


@pytest.mark.parametrize("width", [820, 360])
def test_no_page_is_wider_than_the_screen(browser: Browser, base: str, archive: Archive, width: int) -> None:
    context = browser.new_context(base_url=base, viewport={"width": width, "height": 800})
    page = context.new_page()
    evil = archive.search("ontoggle", scope="articles").hits[0]
    for address in [*one_of_each(archive), f"/article/{evil.id}"]:
        page.goto(address)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, address
    context.close()


def test_the_static_copy_is_searched_without_a_server(browser: Browser, archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    with ThreadPoolExecutor() as beside:  # playwright's own loop runs in this thread
        beside.submit(publish, archive, folder).result()
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{serving.server_port}/")
        page.get_by_label("Who said what about").fill("berth winter")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".hit")).to_have_count(1)
        page.locator(".hit .said a").click()
        expect(page.locator("blockquote")).to_contain_text("Nobody will lose a berth")
        page.close()
        serving.shutdown()


def test_a_curator_judges_by_keyboard_and_takes_it_back(browser: Browser, tmp_path: Path) -> None:
    pytest.importorskip("argon2", reason="needs the optional part curate")
    mine = Archive.open(build(tmp_path, many=1))
    curators = Curators(mine.path)
    curators.add("nadia", "the pier at dusk is quiet")
    with served(create_app(mine, curators=curators)) as base:
        page = browser.new_page(base_url=base)
        page.goto("/curate")
        page.get_by_label("Name").fill("nadia")
        page.get_by_label("Password").fill("the pier at dusk is quiet")
        page.get_by_role("button", name="Sign in").click()
        first = page.locator(".context").inner_text()
        page.keyboard.press("c")
        expect(page.locator(".context")).not_to_have_text(first)
        page.keyboard.press("n")
        expect(page.get_by_text("2 judgements stand")).to_be_visible()
        page.goto("/curate/ledger")
        page.get_by_role("button", name="Take back").first.click()
        expect(page.get_by_text("taken back", exact=True)).to_be_visible()
        page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)], ids=["wide", "dark and narrow"])
def test_a_curator_without_script_mends_and_every_page_of_the_desk_passes_axe(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    pytest.importorskip("argon2", reason="needs the optional part curate")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe: `make test` installs it")
    mine = Archive.open(build(tmp_path, many=1))
    curators = Curators(mine.path)
    curators.add("nadia", "the pier at dusk is quiet")
    with served(create_app(mine, curators=curators)) as base:
        context = browser.new_context(
            base_url=base, java_script_enabled=False, color_scheme=scheme, viewport={"width": width, "height": 800}
        )
        page = context.new_page()
        page.goto("/curate")
        page.get_by_label("Name").fill("nadia")
        page.get_by_label("Password").fill("the pier at dusk is quiet")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Right").click()
        expect(page.get_by_text("1 judgement stands")).to_be_visible()
        seen = context.storage_state()
        context.close()
        context = browser.new_context(
            base_url=base,
            bypass_csp=True,
            storage_state=seen,
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
        )
        page = context.new_page()
        source = next(iter(mine.sources()))
        for address in (
            "/curate",
            f"/curate/source/{source.id}?q=a",
            "/curate/ledger",
            f"/source/{source.id}",
            "/curate/sign-in",
        ):
            page.goto(address)
            found = axe.Axe().run(page)
            assert found.violations_count == 0, f"{address}: {found.generate_report()}"
            too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert too_wide <= 0, address
        context.close()


LIGHT = 120_000  # bytes of a page with all that it loads


def test_every_page_stays_light(browser: Browser, base: str, archive: Archive) -> None:
    for address in one_of_each(archive):
        sent, plain = weight(browser, base, address)
        assert sent <= LIGHT, f"{address}: {sent} bytes on the wire, fonts and images included"
        assert plain <= LIGHT, f"{address}: {plain} bytes unpacked, without fonts"


def weight(browser: Browser, base: str, address: str) -> tuple[int, int]:
    """The bytes of a page and all that it loads with an empty cache: as sent; and unpacked, without fonts."""
    context = browser.new_context(base_url=base)
    page = context.new_page()
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => 0)")
    sent = sum(each.request.sizes()["responseBodySize"] for each in loaded)
    plain = sum(len(each.body()) for each in loaded if each.request.resource_type != "font")
    context.close()
    return sent, plain
