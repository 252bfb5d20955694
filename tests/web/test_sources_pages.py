from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.engine.kept import FOLDER, note_left_out
from onrecord.model import Claim, Origin, ShardContents, SpeakerType
from onrecord.store.archive import Archive
from onrecord.web.app import create_app
from onrecord.web.topics import ratio, topics

from .small_archive import BOARD, FISHERS, MAYOR, article, page, said, write


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive in which the mayor first says that the pier is safe, and a year later that it is not."""
    folder = tmp_path_factory.mktemp("turned")
    contents, ids = [], []
    for year, words in (("2016", "the pier was safe"), ("2017", "the pier was not safe")):
        text = f"Mayor Salma Haddad said {words}. The Water Board said nothing new."
        capture = page(folder, f"pages/{year}.html", text)
        record = article(capture, f"http://lamp.example/{year}", f"The pier in {year}", text, published=f"{year}-05-01")
        one = said(record, "Mayor Salma Haddad", "said", words, MAYOR)
        contents.append(ShardContents((capture,), (record,), (one, said(record, None, None, "nothing new", BOARD))))
        ids.append(one.id)
    claim = Claim("c1", "the pier was safe", (ids[0],), (Origin((ids[0],), "alone"),), (ids[1],), ids[0])
    return Archive.open(write(folder / "archive", contents, claims=(claim,)))


def mayor(archive: Archive) -> str:
    return next(source.id for source in archive.sources("Haddad"))


def test_a_source_that_contradicts_itself_is_shown_side_by_side_the_earlier_first(turned: Archive) -> None:
    client = TestClient(create_app(turned), base_url="http://127.0.0.1")
    html = client.get(f"/source/{mayor(turned)}").text
    part = html[html.index('id="turns"') : html.index('id="said"')]
    assert part.index("1 May 2016") < part.index("the pier was safe") < part.index("1 May 2017")
    assert "the pier was not safe" in part
    data = client.get(f"/source/{mayor(turned)}.json").json()["data"]
    assert [turn["before"]["words"] for turn in data["contradictions"]] == ["the pier was safe"]


def test_a_contradiction_of_two_sources_is_none_of_either(client: TestClient, archive: Archive) -> None:
    assert client.get(f"/source/{mayor(archive)}.json").json()["data"]["contradictions"] == []


def test_topics_are_words_that_a_source_has_more_often_than_the_archive(archive: Archive) -> None:
    words = ["A berth for Haddad", "no berth before winter", "one berth, Haddad and the bridge"]
    found = [topic.word for topic in topics(archive, words, ("Salma Haddad",), 5)]
    assert found == ["berth"]
    assert topics(archive, [], (), 5) == ()


def test_the_likelihood_ratio_is_zero_for_what_is_not_more_frequent() -> None:
    assert ratio(1, 10, 100, 1000) == ratio(10, 100, 100, 1000) == ratio(5, 10, 5, 10) == 0
    assert ratio(9, 10, 10, 1000) > ratio(3, 10, 10, 1000) > 10


def test_the_registers_hold_their_type_and_are_searched(client: TestClient, archive: Archive) -> None:
    for path, type in (("/anonymous.json", SpeakerType.ANONYMOUS), ("/organisations.json", SpeakerType.ORGANISATION)):
        listed = client.get(path).json()["data"]["sources"]
        assert [each["id"] for each in listed] == [each.id for each in archive.sources() if each.type == type]
    assert [each["name"] for each in client.get("/organisations.json?q=water").json()["data"]["sources"]] == [
        "Water Board"
    ]
    assert client.get("/anonymous.json?q=nobodyhere").json()["data"]["sources"] == []


def test_the_small_archive_has_an_unnamed_source_that_stays_unnamed(client: TestClient) -> None:
    html = client.get("/search?q=quays").text
    assert str(FISHERS.description) in html


@pytest.mark.parametrize(
    "address",
    [
        "/sources?colour=blue",
        "/claims?q=a&q=b",
        "/places?cursor=x",
        "/anonymous?q=" + "a" * 201,
        "/organisations?cursor=%C2%B2",
        "/search?stem=yes",
        "/search?q=a&q=b",
    ],
)
def test_a_list_says_what_it_does_not_know(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert client.get(address.replace("?", ".json?", 1)).json()["error"]["code"] == "bad-query"


def test_a_place_behind_the_end_of_a_list_is_an_empty_page(client: TestClient) -> None:
    for path in ("/sources", "/anonymous", "/organisations", "/claims", "/places"):
        assert client.get(f"{path}?cursor={10**19}").status_code == 200


@pytest.mark.parametrize("type", [None, *SpeakerType])
def test_a_list_goes_on_from_page_to_page_to_its_end(archive: Archive, type: SpeakerType | None) -> None:
    read, place = list[str](), None
    while True:
        sources, place = archive.sources_behind(place, 2, type=type)
        read += [source.id for source in sources]
        if place is None:
            break
        assert len(sources) == 2
    assert read == [source.id for source in archive.sources() if type in (None, source.type)]


def test_each_page_of_this_folder_is_written(turned: Archive, tmp_path: Path) -> None:
    from onrecord.web.publish import publish

    publish(turned, tmp_path / "copy")
    for name in ("places", "anonymous", "organisations"):
        assert (tmp_path / "copy" / f"{name}.html").is_file()


def test_the_account_tells_what_was_not_compared(turned: Archive) -> None:
    folder = turned.folder / FOLDER
    folder.mkdir(exist_ok=True)
    note_left_out(turned.folder, "articles", 7, 4_000)
    note_left_out(turned.folder, "names", 0, 0)
    client = TestClient(create_app(turned), base_url="http://127.0.0.1")
    told = client.get("/overview.json").json()["data"]["not_compared"]
    assert told == [{"what": "articles", "common_keys": 7, "meetings_left_out": 4_000}]
    assert "pairs of articles that met only over one of 7 things" in client.get("/overview").text
