from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from onrecord.errors import OnrecordError
from onrecord.store.archive import Archive
from onrecord.web.publish import file_of, publish


@pytest.fixture(scope="module")
def copy(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "copy"
    publish(archive, folder, base="https://archive.example/lamp/")
    return folder


def test_every_link_of_the_copy_leads_to_a_file_of_it(copy: Path) -> None:
    missing = set()
    for page in copy.rglob("*.html"):
        tree = html.fromstring(page.read_bytes())
        for link in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src | //form/@action"):
            file = link.partition("#")[0].partition("?")[0]
            if file and not link.startswith(("http://", "https://")) and not (page.parent / file).exists():
                missing.add((str(page.relative_to(copy)), link))
    assert missing == set()


def test_the_copy_knows_nothing_of_the_server_that_made_it(copy: Path) -> None:
    for page in copy.rglob("*"):
        if page.is_file():
            assert b"copy.invalid" not in page.read_bytes(), page


def test_permalinks_are_those_of_the_place_it_goes_to(copy: Path, archive: Archive) -> None:
    hit = archive.search("berth").hits[0]
    text = (copy / file_of(f"/statement/{hit.id}")).read_text(encoding="utf-8")
    assert f"https://archive.example/lamp/statement/{hit.id}" in text


def test_an_earlier_copy_is_replaced_whole_and_nothing_else_ever(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    publish(archive, folder)
    (folder / "article" / "withheld.html").write_text("old")
    publish(archive, folder)
    assert not (folder / "article" / "withheld.html").exists()
    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    with pytest.raises(OnrecordError, match="not empty"):
        publish(archive, other)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("address", ["/article/../../etc/passwd", "/source/a%2F..%2F..%2Fb", "/article/x?with=../../y"])
def test_no_address_becomes_a_file_outside_the_copy(address: str) -> None:
    assert ".." not in file_of(address)
    assert not re.match(r"^[/\\]", file_of(address))
