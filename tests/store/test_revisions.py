"""A statement whose article was printed again in other words says what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.model import (
    Act,
    Article,
    Capture,
    Kind,
    ShardContents,
    Speaker,
    SpeakerType,
    Statement,
    article_id,
    statement_id,
    text_digest,
)
from onrecord.store import entries, indexing, shards
from onrecord.store.archive import Archive
from onrecord.store.generations import seal
from onrecord.store.layout import create
from onrecord.store.results import Filters, Revised
from onrecord.store.revisions import changed

FALK = "the bridge has cost forty thousand dinars"
CORRECTED = "the bridge has cost fourteen thousand dinars so far"
STAYS = "nobody asked the villages before it was built"
GONE = "he had signed for it without reading a line"
ADDRESS = "https://courier.example/bridge"


def wording(year: int, *said: str, more: str = "") -> ShardContents:
    """One capture of the article, each sentence of it a statement of Ines Falk."""
    text = "\n\n".join(f"Ines Falk said that {words}." for words in said) + more
    id = article_id(ADDRESS)
    article = Article(id, f"c{year}", ADDRESS, "The bridge", text, text_digest(text))
    falk = Speaker("Ines Falk", SpeakerType.PERSON)
    statements = []
    for words in said:
        spans = ((text.index(words), text.index(words) + len(words)),)
        own = statement_id(id, article.revision, spans)
        statements.append(Statement(own, id, article.revision, (), (), spans, Kind.INDIRECT, Act.SAYS, falk, words))
    capture = Capture(f"c{year}", "a.warc", "html", "sha256:0", 1, ADDRESS, f"{year}-01-01")
    return ShardContents((capture,), (article,), tuple(statements))


def fates(folder: Path, *wordings: ShardContents) -> dict[str, Revised]:
    """What became of each statement, by year and words."""
    folders = []
    for number, contents in enumerate(wordings):
        folders.append(folder / f"shard-{number}")
        shards.write_shard(folders[-1], contents, ())
    names = {s.id: f"{c.captures[0].id[1:]} {s.words}" for c in wordings for s in c.statements}
    return {names[id]: fate for id, fate in changed(folders).items()}


def test_a_statement_that_stands_is_not_marked(tmp_path: Path) -> None:
    assert fates(tmp_path, wording(2013, STAYS), wording(2017, STAYS, FALK)) == {}


def test_one_that_is_gone_says_since_which_wording(tmp_path: Path) -> None:
    later = wording(2017, STAYS)
    found = fates(tmp_path, wording(2013, STAYS, GONE), later)
    assert found == {f"2013 {GONE}": Revised("vanished", later.articles[0].revision, "2017-01-01")}


def test_one_that_was_reworded_leads_to_what_it_says_now_and_back(tmp_path: Path) -> None:
    old, new = wording(2013, FALK), wording(2017, CORRECTED)
    was, now = old.statements[0].id, new.statements[0].id
    found = fates(tmp_path, new, old)  # whatever the order of the files
    assert found[f"2013 {FALK}"] == Revised("reworded", new.articles[0].revision, "2017-01-01", to=now)
    assert found[f"2017 {CORRECTED}"] == Revised("rewords", was=was)


def test_one_that_stood_once_more_and_then_went_says_so_in_both_wordings(tmp_path: Path) -> None:
    found = fates(tmp_path, wording(2011, GONE), wording(2013, GONE, STAYS), wording(2017, STAYS))
    assert {name: fate.fate for name, fate in found.items()} == {f"2011 {GONE}": "vanished", f"2013 {GONE}": "vanished"}


def test_words_that_are_still_printed_have_not_vanished(tmp_path: Path) -> None:
    """The later page holds them, only no statement was found there."""
    again = wording(2017, STAYS, more=f"\n\nAnd {GONE}, he told friends.")
    assert fates(tmp_path, wording(2013, STAYS, GONE), again) == {}


def test_a_wording_that_came_back_is_the_last_one(tmp_path: Path) -> None:
    back = wording(2013, FALK)
    again = wording(2019, FALK)
    found = fates(tmp_path, back, wording(2017, STAYS), again)
    assert {name: fate.fate for name, fate in found.items()} == {f"2017 {STAYS}": "vanished"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    layout = create(tmp_path / "archive")
    for year, contents in ((2013, wording(2013, STAYS, FALK, GONE)), (2017, wording(2017, STAYS, CORRECTED))):
        shards.write_shard(layout.shards / str(year), contents, ())
    folders = layout.shard_folders()

    def write(folder: Path) -> dict[str, int]:
        indexing.write(folder / "index", entries.read(folders), revised=changed(folders))
        return {}

    seal(layout, "made", [folder.name for folder in folders], write)
    return Archive.open(layout.path)


def test_what_vanished_is_found_and_marked_and_what_was_reworded_is_found_as_it_stands(archive: Archive) -> None:
    def words(**filters: tuple[str, ...]) -> set[str]:
        return {hit.statement.words for hit in archive.statements(filters=Filters(**filters))}  # type: ignore[arg-type]

    assert words() == {STAYS, CORRECTED, GONE}
    assert words(flag=("vanished",)) == {GONE}
    assert words(flag=("rewords",)) == {CORRECTED}


def test_the_permalink_of_an_old_statement_still_says_that_it_was_changed(archive: Archive) -> None:
    old = next(s for s in wording(2013, STAYS, FALK, GONE).statements if s.words == FALK)
    became = archive.statement(old.id).revised
    assert became is not None
    assert became.fate == "reworded"
    assert became.to is not None
    assert archive.statement(became.to).statement.words == CORRECTED
