"""Pages of an archive that has everything long: what they and all they load weigh before packing, fonts apart."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from starlette.testclient import TestClient

from onrecord.model import Act, Article, Kind, ShardContents, Speaker, SpeakerType, Statement
from onrecord.store.archive import Archive
from onrecord.web import publish
from onrecord.web.app import create_app
from onrecord.web.rendering import STATIC

from .small_archive import article, page, said, write

LIGHT = 120_000 - sum((STATIC / name).stat().st_size for name in ("style.css", "reading.js"))
LONG = "https://lamp.example/long"
NAMES = ("Haddad", "Khoury", "Mansour", "Saleh", "Aziz", "Nassar", "Rahman")


def speaker(number: int) -> Speaker:
    name = f"Salma {NAMES[number % 7]} of Quarter {number % 40}"
    role, organisation = f"deputy keeper of gate {number % 60}", f"Board of the Canals of Ward {number % 50}"
    return Speaker(name, SpeakerType.PERSON, role, organisation, why="the name stands beside the cue")


def paragraph(number: int) -> str:
    words = f"gate {number} of the old canal would be mended before the rains come back to the valley, " * 3
    return f"{speaker(number).name} said {words.strip(' ,')}. The board has met {number} times about it since spring."


def spoken(record: Article, number: int) -> Statement:
    text = paragraph(number)
    name = speaker(number).name
    words = text[len(f"{name} said ") : text.index(". The board")]
    return said(record, name, None, words, speaker(number), list(Act)[number % 20], list(Kind)[number % 3])


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("heavy")
    capture = page(folder, "long.html", "long")
    many = article(capture, LONG, "The whole hearing", "\n\n".join(map(paragraph, range(300))), published="2011-05-02")
    captures, records = [capture], [many]
    made = [spoken(many, number) for number in range(300)]
    for number in range(160):
        captures.append(page(folder, f"{number}.html", str(number)))
        record = article(
            captures[-1],
            f"https://lamp.example/{number}",
            f"What the board of ward {number} decided about the gates of the old canal this time",
            paragraph(number),
            published=f"{2004 + number // 12}-{number % 12 + 1:02}-03",
            site=f"The Evening Lamp of Ward {number % 40}",
            section=f"Roads and canals, part {number % 40}",
            dateline=f"WARD {number % 40} NEAR THE CANAL",
            language="en",
            authors=(f"Reporter Number {number % 40}",),
            tags=(f"canal {number % 40}",),
        )
        records.append(record)
        made.append(spoken(record, number))
    return Archive.open(write(folder / "archive", [ShardContents(tuple(captures), tuple(records), tuple(made))]))


@pytest.fixture(scope="module")
def client(heavy: Archive) -> TestClient:
    return TestClient(create_app(heavy), base_url="http://127.0.0.1", headers={"accept-encoding": "identity"})


def test_a_search_is_light_however_many_hits_and_however_long_its_address(client: TestClient) -> None:
    words = "canal " * 4 + " ".join(f'OR "{name}"' for name in ("السد القديم " * 6, "gates of the valley"))
    for query in ("canal", words):
        for scope in ("statements", "articles"):
            for limit in (20, 50):
                answer = client.get(f"/search?q={quote_plus(query)}&in={scope}&limit={limit}")
                assert answer.text.count('<li class="hit') == limit
                assert "Narrow by" in answer.text
                assert len(answer.content) < LIGHT, (query[:10], scope, limit)


def test_no_page_is_too_heavy(client: TestClient, heavy: Archive) -> None:
    for address in publish.pages(heavy):
        assert len(client.get(address).content) < LIGHT, address


def test_a_long_article_is_shown_in_parts_that_hold_every_statement_once(client: TestClient, heavy: Archive) -> None:
    id = next(hit.id for hit in heavy.articles() if hit.article.url == LONG)
    pages = [client.get(f"/article/{id}?part={number}").text for number in range(1, 13)]
    parts = pages[0].count("<li><a", *between(pages[0], '<nav class="parts"', "</nav>"))
    assert 2 <= parts <= 12
    shown = [hit.id for hit in heavy.statements_of(id) for page in pages[:parts] if f'id="s-{hit.id}"' in page]
    assert shown == [hit.id for hit in heavy.statements_of(id)]
    assert pages[parts - 1] != pages[0]
    assert len(client.get(f"/article/{id}.json").json()["data"]["statements"]) == 300


def test_the_part_of_a_statement_is_found(client: TestClient, heavy: Archive) -> None:
    id = next(hit.id for hit in heavy.articles() if hit.article.url == LONG)
    last = heavy.statements_of(id)[-1].id
    assert f'id="s-{last}"' not in client.get(f"/article/{id}").text
    assert f'id="s-{last}"' in client.get(f"/article/{id}?at={last}").text
    for nonsense in ("part=0", "part=99", "part=x", "part=%C2%B2", "at=x", "utm_source=y"):
        assert 'id="s-' in client.get(f"/article/{id}?{nonsense}").text


def between(text: str, start: str, end: str) -> tuple[int, int]:
    """Where a piece of a page stands."""
    at = text.index(start)
    return at, text.index(end, at)
