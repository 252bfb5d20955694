"""A build learns what sites repeat, keeps it, and changes nothing that was made before."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

from onrecord.engine.build import build
from onrecord.engine.learning import Sites, sampled
from onrecord.extract import SiteProfile
from onrecord.model import Capture, Page, digest
from onrecord.settings import Settings
from onrecord.store import shards
from onrecord.store.layout import Layout, open_layout

fake_stages = import_module("fake_stages")  # by name, as worker processes do

NOTE = "The Courier is read in every harbour of the coast, and has been since the lighthouse was built in 1901."
ONE = Settings(workers=1)


def page(topic: str) -> str:
    text = "".join(
        f"<p>The {topic} was {word} by the council of the town after a long debate on Monday evening.</p>"
        for word in ("praised", "closed", "sold")
    )
    return (
        f"<html><head><link rel=canonical href=https://courier.example/{topic}></head>"
        f"<body><article><h1>All about the {topic} today</h1>{text}<p>{NOTE}</p></article></body></html>"
    )


def write(folder: Path, *topics: str) -> Path:
    folder.mkdir(exist_ok=True)
    for topic in topics:
        (folder / f"{topic}.html").write_text(page(topic))
    return folder


def made(archive: Path, *inputs: Path) -> Layout:
    build(inputs, archive, settings=ONE, make_stages=fake_stages.make_learning_stages)
    return open_layout(archive)


def with_note(layout: Layout) -> list[bool]:
    return [NOTE in article.text for folder in layout.shard_folders() for article in shards.read_articles(folder)]


def test_a_note_under_every_article_is_taken_out_of_each(tmp_path: Path) -> None:
    layout = made(tmp_path / "archive", write(tmp_path / "in", "ferry", "school", "bakery"))
    assert with_note(layout) == [False, False, False]
    (folder,) = layout.shard_folders()
    (name,) = shards.read_manifest(folder).learned
    assert name.startswith("courier.example all ")


def test_a_file_that_is_added_is_read_with_what_is_known_and_changes_nothing_else(tmp_path: Path) -> None:
    layout = made(tmp_path / "archive", write(tmp_path / "in", "ferry", "school", "bakery"))
    before = {path: path.read_bytes() for path in [*layout.sites.iterdir(), *layout.shard_folders()[0].iterdir()]}
    made(tmp_path / "archive", write(tmp_path / "more", "museum"))
    assert with_note(layout) == [False, False, False, False]
    assert {path: path.read_bytes() for path in before} == before


def test_what_was_learned_is_learned_anew_only_where_it_was_removed(tmp_path: Path) -> None:
    archive, inputs = tmp_path / "archive", write(tmp_path / "in", "ferry", "school", "bakery")
    layout = made(archive, inputs)
    (folder,) = layout.shard_folders()
    first = folder.stat().st_mtime_ns
    made(archive, inputs)
    assert folder.stat().st_mtime_ns == first
    shutil.rmtree(layout.sites)
    built = build([inputs], archive, settings=ONE, make_stages=fake_stages.make_learning_stages)
    assert built.generation == 2, "what was made from the shards before is made anew, too"
    assert folder.stat().st_mtime_ns != first
    assert list(layout.sites.iterdir())
    assert with_note(layout) == [False, False, False]


def test_a_damaged_file_of_a_site_is_as_good_as_none(tmp_path: Path) -> None:
    layout = made(tmp_path / "archive", write(tmp_path / "in", "ferry", "school"))
    (file,) = layout.sites.iterdir()
    file.write_text("{nothing\n")
    assert Sites(layout.sites).profile("courier.example", "") is None


def test_a_profile_of_few_pages_is_replaced_by_one_of_more_and_a_final_one_never(tmp_path: Path) -> None:
    sites = Sites(tmp_path / "sites")
    for pages in (3, 2, 60, 70):
        sites.put(SiteProfile("../courier.example", "2009", pages))
    stands = sites.profile("../courier.example", "2009")
    assert stands is not None
    assert stands.pages == 60
    assert [path.parent for path in tmp_path.rglob("*.jsonl")] == [tmp_path / "sites"]


def test_the_sample_is_bounded_and_the_same_in_every_run() -> None:
    def capture(number: int) -> Page:
        url, body = f"https://courier.example/{number}", b"<p>"
        return Page(Capture(str(number), "f", "html", digest(body), 3, url=url, time="2009-01-01"), body)

    def taken() -> list[str]:
        inputs = iter([[capture(number) for number in range(5_000)], [capture(7)]])
        return [page.capture.id for pages in sampled(inputs) for page in pages]

    assert len(taken()) == 200
    assert taken() == taken()
