from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.model import ShardContents
from onrecord.store.archive import Archive
from onrecord.web import outlines
from onrecord.web.app import create_app
from onrecord.web.gazetteer import gazetteer
from onrecord.web.places import KEPT, Found, Places

from .small_archive import article, page, write

TEXTS = (
    ("BEIRUT", "A bakery near the port reopened on Monday."),
    ("Beirut", "The harbour master said the cranes had come from Tripoli."),
    ("Tripoli, Lebanon", "Fishermen in Tripoli repaired their nets."),
    ("Port Amal", "Jordan Haddad, a pilot, said the weather was nice in Aleppo."),
    (None, "A concert in Aleppo was a nice evening, Jordan Haddad said, and so nice a hall."),
    (None, "Jordan Haddad flew home. Nice people met him, he said; it was nice."),
    (None, "حضر الوفد اجتماعا في حلب."),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("places")
    contents = []
    for number, (dateline, text) in enumerate(TEXTS):
        capture = page(folder, f"pages/{number}.html", text)
        record = article(capture, f"http://lamp.example/{number}", f"Report {number}", text, dateline=dateline)
        contents.append(ShardContents((capture,), (record,)))
    return Archive.open(write(folder / "archive", contents))


@pytest.fixture(scope="module")
def client(archive: Archive) -> TestClient:
    return TestClient(create_app(archive), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def found(archive: Archive) -> dict[str, Found]:
    return {each.place.name: each for each in Places(archive).atlas().found}


def test_datelines_of_one_place_are_counted_together(found: dict[str, Found]) -> None:
    assert (found["Beirut"].datelines, found["Beirut"].articles) == (2, 2)


def test_a_name_with_two_places_is_the_one_at_home(found: dict[str, Found]) -> None:
    assert found["Tripoli"].place.country == "LB"
    assert (found["Tripoli"].datelines, found["Tripoli"].articles) == (1, 2)


def test_a_place_named_behind_in_is_found_in_any_script_and_a_person_is_no_country(found: dict[str, Found]) -> None:
    assert found["Aleppo"].articles == 2
    assert found["Aleppo"].datelines == 0
    assert "Jordan" not in found
    assert "Nice" not in found


def test_a_dateline_on_no_map_is_listed(archive: Archive, client: TestClient) -> None:
    assert [(each.name, each.datelines) for each in Places(archive).atlas().unknown] == [("Port Amal", 1)]
    assert "Port Amal" in client.get("/places").text


def test_a_long_name_is_a_place_without_further_proof(tmp_path: Path) -> None:
    capture = page(tmp_path, "long.html", "long")
    text = "The Democratic Republic of the Congo has signed the treaty, and so has the Central African Republic."
    record = article(capture, "http://lamp.example/long", "Signed", text)
    archive = Archive.open(write(tmp_path / "archive", [ShardContents((capture,), (record,))]))
    assert "Democratic Republic of the Congo" in {each.place.name for each in Places(archive).atlas().found}


def test_every_number_is_what_its_search_finds(client: TestClient, found: dict[str, Found]) -> None:
    for each in found.values():
        for address, number in ((each.href, each.articles), (each.dateline_href, each.datelines)):
            if address:
                assert client.get(address.replace("/search", "/search.json")).json()["data"]["total"] == number


def test_the_table_and_the_json_have_every_circle_of_the_map(client: TestClient, found: dict[str, Found]) -> None:
    html = client.get("/places").text
    assert html.count("<circle") == html.count('<th scope="row">') == len(found)
    assert {each["name"] for each in client.get("/places.json").json()["data"]["places"]} == set(found)


def test_what_was_counted_is_kept_beside_the_generation(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Places(archive).atlas()
    with monkeypatch.context() as patched:
        patched.setattr("onrecord.web.places.count", None)  # would fail if it were called
        assert Places(archive).atlas() == counted
    (archive.folder / KEPT).write_text("[0, {}]")  # by other rules
    assert Places(archive).atlas() == counted


def test_a_dateline_says_which_of_two_places_it_is() -> None:
    known = gazetteer()
    assert [known.find_dateline(line).country for line in ("PARIS", "Tripoli", "Tripoli, Lebanon")] == [  # type: ignore[union-attr]
        "FR", "LY", "LB",
    ]  # fmt: skip
    assert known.find_dateline("Nowhere-on-Sea") is None
    assert known.find_dateline("") is None


@pytest.mark.parametrize("points", [[(35.5, 33.9)], [(35.5, 33.9), (37.2, 36.2)], [(-74.0, 40.7), (139.7, 35.7)]])
def test_a_map_holds_its_points_and_stays_light(points: list[tuple[float, float]]) -> None:
    window = outlines.around(points, 720)
    for longitude, latitude in points:
        x, y = window.place(longitude, latitude)
        assert 0 < x < window.width
        assert 0 < y < window.height
    assert 0.3 < window.height / window.width < 0.8
    assert 100 < len(outlines.land(window)) + len(outlines.borders(window)) < 40_000
