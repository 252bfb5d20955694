from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.errors import BusyArchiveError, OnrecordError
from onrecord.store.archive import Archive
from onrecord.store.layout import open_layout
from onrecord.store.ledger import Ledger
from onrecord.web.accounts import Curators
from onrecord.web.app import create_app

from .small_archive import build

pytest.importorskip("argon2", reason="needs the optional part curate")

NAME, PASSWORD = "nadia", "the pier at dusk is quiet"


class Clock:
    """A clock that a test can put forward."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mine(tmp_path: Path) -> Archive:
    return Archive.open(build(tmp_path, many=2))


@pytest.fixture
def client(mine: Archive, clock: Clock) -> Iterator[TestClient]:
    curators = Curators(mine.path, clock=clock)
    curators.add(NAME, PASSWORD)
    app = create_app(mine, curators=curators)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def signed_in(client: TestClient) -> str:
    """Sign in and return the token that forms need."""
    answer = client.post("/curate/sign-in", data={"name": NAME, "password": PASSWORD})
    assert answer.status_code == 303
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/curate").text)
    assert found
    return found[1]


def applied(client: TestClient) -> dict[str, object]:
    """Wait until what was judged is applied; gives how it ended."""
    for _ in range(300):
        work: dict[str, object] = client.get("/curate/applying.json").json()["data"]
        if not work["running"]:
            return work
        time.sleep(0.1)
    raise AssertionError("it did not end within half a minute")


def ledger(archive: Archive) -> Ledger:
    return Ledger(open_layout(archive.path).ledger)


def test_without_curate_there_is_no_way_to_change_anything(archive: Archive) -> None:
    client = TestClient(create_app(archive), base_url="http://127.0.0.1")
    assert client.get("/curate").status_code == 404
    assert client.post("/curate/judge", data={"verb": "withhold"}).status_code == 404
    assert "Curate" not in client.get("/").text


def test_who_is_not_signed_in_is_sent_to_the_way_in(client: TestClient, mine: Archive) -> None:
    for path in ("/curate", "/curate/ledger", "/curate/source/x"):
        assert client.get(path).headers["location"].startswith("/curate/sign-in")
    assert client.post("/curate/judge", data={"verb": "withhold", "subject": "x"}).status_code == 303
    assert ledger(mine).read() == ()


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: TestClient) -> None:
    cookie = client.post("/curate/sign-in", data={"name": NAME, "password": PASSWORD}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


def test_five_wrong_passwords_lock_a_name_for_a_while(client: TestClient, clock: Clock) -> None:
    for _ in range(5):
        assert client.post("/curate/sign-in", data={"name": NAME, "password": "wrong"}).status_code == 403
    right = {"name": NAME, "password": PASSWORD}
    assert "wait" in client.post("/curate/sign-in", data=right).text
    clock.now += 61
    assert client.post("/curate/sign-in", data=right).status_code == 303


def test_a_session_ends(client: TestClient, clock: Clock) -> None:
    signed_in(client)
    clock.now += 9 * 3600
    assert client.get("/curate").status_code == 303


def test_the_queue_offers_the_least_certain_first_and_never_twice(client: TestClient, mine: Archive) -> None:
    csrf = signed_in(client)
    first = re.search(r'name="subject" value="([^"]+)"', client.get("/curate").text)
    assert first
    least = min((hit.statement.confidence, hit.id) for hit in mine.statements())
    assert first[1] == least[1]
    done = client.post("/curate/judge", data={"csrf": csrf, "verb": "confirm", "subject": first[1], "basis": "it"})
    assert done.headers["location"] == "/curate"
    assert f'value="{first[1]}"' not in client.get("/curate").text
    (judgement,) = ledger(mine).read()
    assert (judgement.verb, judgement.who) == ("confirm", NAME)


def test_a_form_without_the_token_or_from_elsewhere_does_nothing(client: TestClient, mine: Archive) -> None:
    csrf = signed_in(client)
    form = {"csrf": csrf, "verb": "withhold", "subject": "x", "why": "because"}
    assert client.post("/curate/judge", data={**form, "csrf": "guess"}).status_code == 403
    assert client.post("/curate/judge", data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/curate/judge", content="x" * 200_000).status_code == 403
    assert ledger(mine).read() == ()


def test_a_judgement_can_be_taken_back(client: TestClient, mine: Archive) -> None:
    csrf = signed_in(client)
    id = next(iter(mine.statements())).id
    client.post("/curate/judge", data={"csrf": csrf, "verb": "not-a-statement", "subject": id})
    (made,) = ledger(mine).read()
    assert "Take back" in client.get("/curate/ledger").text
    client.post("/curate/judge", data={"csrf": csrf, "verb": "undo", "subject": id, "object": made.id})
    assert "taken back" in client.get("/curate/ledger").text


def test_what_is_withheld_is_gone_everywhere_once_applied(client: TestClient, mine: Archive) -> None:
    csrf = signed_in(client)
    hit = mine.search("berth").hits[0]
    form = {"csrf": csrf, "verb": "withhold", "subject": hit.id, "basis": "words", "why": "a name in danger"}
    client.post("/curate/judge", data=form)
    assert "Apply 1 now" in client.get("/curate").text
    assert client.get(f"/statement/{hit.id}").status_code == 200
    assert client.post("/curate/apply", data={"csrf": csrf}).status_code == 303
    assert applied(client) == {"running": False, "waiting": 0, "words": ""}
    assert client.get(f"/statement/{hit.id}").status_code == 404
    assert client.get("/search.json?q=berth").json()["data"]["total"] == 0
    assert "lose a berth" not in client.get("/search.csv").text


def test_applying_is_answered_at_once_and_tells_how_far_it_is(
    client: TestClient, mine: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    csrf, go_on, runs = signed_in(client), threading.Event(), list[Path]()

    def run(inputs: object, path: Path) -> None:
        runs.append(path)
        go_on.wait(20)

    monkeypatch.setattr("onrecord.web.applying.build", run)
    judgement = {"csrf": csrf, "verb": "confirm", "subject": "x", "basis": "it"}
    client.post("/curate/judge", data=judgement)
    assert client.post("/curate/apply", data={"csrf": csrf}).status_code == 303
    page = client.get("/curate").text
    assert "1 judgement being applied for 0 seconds now." in page
    assert "Apply 1 now" not in page
    client.post("/curate/judge", data={**judgement, "subject": "y"})
    client.post("/curate/apply", data={"csrf": csrf})  # what is judged meanwhile is applied by a run that follows
    go_on.set()
    assert applied(client)["waiting"] == 0
    assert len(runs) == 2


def test_a_run_that_fails_says_so_and_another_can_be_started(
    client: TestClient, mine: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(inputs: object, path: Path) -> None:
        raise BusyArchiveError("another process is building into it; wait until it has finished")

    csrf = signed_in(client)
    client.post("/curate/judge", data={"csrf": csrf, "verb": "confirm", "subject": "x", "basis": "it"})
    with monkeypatch.context() as patched:
        patched.setattr("onrecord.web.applying.build", refuse)
        client.post("/curate/apply", data={"csrf": csrf})
        applied(client)
        page = client.get("/curate").text
    assert "Not applied: another process is building into it" in page
    client.post("/curate/apply", data={"csrf": csrf})
    assert applied(client) == {"running": False, "waiting": 0, "words": ""}


def test_the_queue_goes_on_to_the_last_statement(
    client: TestClient, mine: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.pages.curate.LOOKED_AT", 3)
    csrf, offered = signed_in(client), list[str]()
    while found := re.search(r'name="subject" value="([^"]+)"', client.get("/curate").text):
        offered.append(found[1])
        client.post("/curate/judge", data={"csrf": csrf, "verb": "confirm", "subject": found[1], "basis": "it"})
    assert sorted(offered) == sorted(hit.id for hit in mine.statements())


def test_two_curators_are_shown_different_statements(mine: Archive) -> None:
    curators = Curators(mine.path)
    app = create_app(mine, curators=curators)
    shown = []
    for name in ("nadia", "omar"):
        curators.add(name, PASSWORD)
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        client.post("/curate/sign-in", data={"name": name, "password": PASSWORD})
        page = client.get("/curate").text
        assert page == client.get("/curate").text  # the same one sees the same until it is judged
        shown += re.findall(r'name="subject" value="([^"]+)"', page)[:1]
    assert len(set(shown)) == 2


@pytest.mark.parametrize(
    "after", ["http://evil.example/", "//evil.example", "/curatex", "/curate/../x\\@evil", "/search"]
)
def test_signing_in_leads_nowhere_else(client: TestClient, after: str) -> None:
    form = {"name": NAME, "password": PASSWORD}
    answer = client.post("/curate/sign-in", params={"after": after}, data=form)
    assert answer.headers["location"].startswith("/curate")
    assert "evil" not in answer.headers["location"] or answer.headers["location"].startswith("/curate/")


def test_judgements_that_no_page_offers_are_refused(client: TestClient, mine: Archive) -> None:
    csrf = signed_in(client)
    assert client.post("/curate/judge", data={"csrf": csrf, "verb": "explode", "subject": "x"}).status_code == 400
    assert ledger(mine).read() == ()


def test_two_sources_are_judged_one_and_a_spelling_someone_else(client: TestClient, mine: Archive) -> None:
    csrf = signed_in(client)
    source = next(iter(mine.sources("haddad")))
    page = client.get(f"/curate/source/{source.id}").text
    assert "someone else" in page
    form = {"csrf": csrf, "subject": source.id, "basis": "Salma Haddad | Haddad", "object": "Haddad"}
    assert client.post("/curate/judge", data={**form, "verb": "not-same"}).status_code == 303
    assert [judgement.verb for judgement in ledger(mine).read()] == ["not-same"]


def test_passwords_are_kept_as_hashes_that_only_the_owner_reads(mine: Archive) -> None:
    curators = Curators(mine.path)
    curators.add(NAME, PASSWORD)
    path = mine.path / "curators.json"
    assert PASSWORD not in path.read_text()
    assert "$argon2id$" in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(OnrecordError, match="at least 10"):
        curators.add(NAME, "short")
