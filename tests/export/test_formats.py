from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord.cli import export as command_line
from onrecord.errors import OnrecordError
from onrecord.export import formats
from onrecord.export.csv import cell
from onrecord.export.selection import Selection
from onrecord.model import (
    Act,
    Article,
    Capture,
    Claim,
    Copy,
    Dated,
    Kind,
    Origin,
    Passage,
    Picture,
    Source,
    Speaker,
    SpeakerType,
    Statement,
    article_id,
    cut,
    statement_id,
    text_digest,
)
from onrecord.store import indexing
from onrecord.store.archive import Archive
from onrecord.store.documents import SourceRef
from onrecord.store.entries import Entry
from onrecord.store.rows import SCHEMAS

TEXT = "The truce, Rami Haddad said on Sunday, had failed.\n\nSeveral sources said: “-5 degrees & snow”."
BASE = "https://archive.example.org"


def entry() -> Entry:
    address = "https://example.org/1"
    article = Article(
        article_id(address), "c1", address, "Truce fails", TEXT, text_digest(TEXT), authors=("Ann Low",),
        published="2017-04-01", site="The Post", language="ar", tags=("truce", "snow"),
        pictures=(Picture("77", None, "The bridge", "Post/Ann Low"),),
    )  # fmt: skip
    rami = Speaker("Rami Haddad", SpeakerType.PERSON, role="director")
    several = Speaker(None, SpeakerType.ANONYMOUS, description="Several sources")
    found = []
    for speaker, content in ((rami, ("The truce", "had failed")), (several, ("-5 degrees & snow",))):
        spans = tuple((TEXT.index(words), TEXT.index(words) + len(words)) for words in content)
        found.append(
            Statement(
                statement_id(article.id, article.revision, spans), article.id, article.revision, (), (), spans,
                Kind.INDIRECT, Act.SAYS, speaker, cut(TEXT, spans), "said", flags=("negated",),
            )
        )  # fmt: skip
    return Entry(article, Capture("c1", "a.warc", "html", "sha256:00", 9, address, "2018-01-01"), tuple(found))


@pytest.fixture(scope="module")
def archive() -> Any:
    source = Source("s1", "Rami Al-Haddad", SpeakerType.PERSON, (Dated("Rami Haddad", 1),), (Dated("director", 1),))
    with TemporaryDirectory() as folder:
        indexing.write(
            Path(folder, "index"), [entry()], sources=[source],
            source_of=lambda made: SourceRef("s1", "Rami Al-Haddad") if made.speaker.name else None,
        )  # fmt: skip
        yield Archive(Path(folder), Path(folder, "index"), [])


@pytest.fixture(scope="module")
def related() -> Any:
    one, two = (statement.id for statement in entry().statements)
    claim = Claim("c9", "The truce had failed", (one,), (Origin((one,), "alone"),), (two,), one, "alone")
    copy = Copy(entry().article.id, "other", "partial", None, 0.5, 0.6, (Passage((0, 9), (3, 12)),))
    source = Source("s1", "Rami Al-Haddad", SpeakerType.PERSON, (Dated("Rami Haddad", 1),), (Dated("director", 1),))
    with TemporaryDirectory() as folder:
        indexing.write(Path(folder, "index"), [entry()], sources=[source], claims=[claim], copies=[copy])
        yield Archive(Path(folder), Path(folder, "index"), [])


Write = Callable[..., str]


@pytest.fixture
def written(archive: Archive, tmp_path: Path) -> Write:
    def write(form: str, **how: Any) -> str:
        selection = Selection(archive, **{"scope": formats.FORMATS[form].scopes[0], "base": BASE, **how})
        formats.write(form, selection, tmp_path / "out")
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        return (tmp_path / "out").read_bytes().decode()

    return write


@pytest.mark.parametrize("scope", SCHEMAS)
def test_tables_hold_every_record_with_the_same_columns(written: Write, archive: Archive, scope: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", scope=scope), newline="")))
    objects = [json.loads(line) for line in written("jsonl", scope=scope).splitlines()]
    total = archive.search("", scope=scope).total
    assert len(rows) == len(objects) == total > 0
    for row, made in zip(rows, objects, strict=True):
        assert list(row) == list(made) == SCHEMAS[scope].names
        assert row["id"] == made["id"]


def test_parquet_holds_the_same_rows_as_json(archive: Archive, written: Write, tmp_path: Path) -> None:
    objects = [json.loads(line) for line in written("jsonl").splitlines()]
    formats.write("parquet", Selection(archive), tmp_path / "out")
    assert pq.read_table(tmp_path / "out").to_pylist() == objects


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_sources_claims_and_copies_are_tables_too(related: Archive, tmp_path: Path, form: str) -> None:
    counts = {
        scope: formats.write(form, Selection(related, scope), tmp_path / scope)
        for scope in formats.TABLES
        if scope in ("sources", "claims", "copies")
    }
    assert counts == {"sources": 1, "claims": 2, "copies": 1}


def test_a_claim_has_a_row_for_each_statement_and_none_is_of_an_origin_and_contrary(
    related: Archive, tmp_path: Path
) -> None:
    formats.write("jsonl", Selection(related, "claims"), tmp_path / "out")
    first, other = (json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines())
    assert (first["origin"], first["contrary"], first["first"]) == (1, False, True)
    assert (other["origin"], other["contrary"], other["first"]) == (None, True, False)


def test_copies_are_not_searched_by_words(related: Archive, tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="no words"):
        formats.write("csv", Selection(related, "copies", query="truce"), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_cell_never_becomes_a_formula() -> None:
    assert [cell(value) for value in ("=1+1", "-5 degrees", "@x", "plain", None, 3)] == [
        "'=1+1", "'-5 degrees", "'@x", "plain", "", 3,
    ]  # fmt: skip
    assert cell([{"start": 1, "end": 4}, {"start": 6, "end": 9}]) == "1-4; 6-9"
    assert cell(["a", "b"]) == "a; b"


def test_only_what_a_query_finds_is_written(written: Write) -> None:
    assert len(written("jsonl", query="truce").splitlines()) == 1
    assert written("csl-json", query="nothing") == "[]\n"


def test_references_cite_statements_and_articles(written: Write) -> None:
    items = json.loads(written("csl-json"))
    assert {item["id"] for item in items} == {made.id for made in entry().statements}
    assert items[0]["URL"].startswith(f"{BASE}/statement/")
    assert json.loads(written("csl-json", scope="articles"))[0]["URL"] == f"{BASE}/article/{entry().article.id}"
    assert written("ris").count("TY  - NEWS") == 2
    assert written("bibtex", scope="articles").count("@misc{") == 1


def test_annotations_select_their_words_by_quotation_and_by_position(written: Write) -> None:
    page = json.loads(written("web-annotation"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == 2
    for annotation in page["items"]:
        for target in annotation["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert TEXT[start:end] == quote["exact"]
            assert TEXT[:start].endswith(quote["prefix"])
            assert TEXT[end:].startswith(quote["suffix"])
            assert target["source"]["canonical"] == "https://example.org/1"
    by_id = {item["id"].rsplit("/", 1)[1]: item for item in page["items"]}
    first = by_id[entry().statements[0].id]
    assert len(first["target"]) == 2
    assert first["body"][0]["value"] == "Rami Haddad"
    assert first["body"][1]["source"]["id"] == f"{BASE}/source/s1"


def test_schema_org_has_articles_with_their_quotations(written: Write) -> None:
    (article,) = [json.loads(line) for line in written("schema-org").splitlines()]
    assert article["@type"] == "NewsArticle"
    assert article["image"] == [
        {"@type": "ImageObject", "identifier": "77", "caption": "The bridge", "creditText": "Post/Ann Low"}
    ]
    assert "dateModified" not in article
    first, second = article["hasPart"]
    assert first["spokenByCharacter"] == {
        "@type": "Person", "name": "Rami Haddad", "jobTitle": "director", "@id": f"{BASE}/source/s1",
    }  # fmt: skip
    assert second["spokenByCharacter"] == {"@type": "Thing", "name": "Several sources"}


# The schemata and properties that are written, as followthemoney 4.11 defines them.
FTM = {
    "Article": {"title", "author", "publishedAt", "publisher", "sourceUrl", "summary", "keywords", "language",
                "bodyText", "alephUrl"},
    "Person": {"name", "alias", "position", "alephUrl"},
    "Organization": {"name", "alias", "alephUrl"},
    "Note": {"description", "summary", "entity", "publisher", "sourceUrl", "alephUrl"},
    "Mention": {"document", "resolved", "name", "detectedSchema"},
}  # fmt: skip


def test_entities_use_schemata_and_refer_only_to_what_is_there(written: Write) -> None:
    entities = [json.loads(line) for line in written("ftm").splitlines()]
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        properties = entity["properties"]
        assert set(properties) <= FTM[entity["schema"]]
        for name in ("entity", "document", "resolved"):
            assert set(properties.get(name, [])) <= ids
        assert all(isinstance(value, str) and value for values in properties.values() for value in values)
    person = next(entity for entity in entities if entity["schema"] == "Person")
    assert person["properties"]["alias"] == ["Rami Haddad"]
    assert next(e for e in entities if e["schema"] == "Article")["properties"]["language"] == ["ara"]


def test_a_speaker_without_a_name_becomes_no_entity(written: Write) -> None:
    entities = [json.loads(line) for line in written("ftm", query="source:several").splitlines()]
    assert [entity["schema"] for entity in entities] == ["Article", "Note"]
    assert entities[1]["properties"]["summary"] == ["Several sources says"]


def test_without_an_address_records_have_urns(written: Write) -> None:
    assert f"urn:onrecord:statement:{entry().statements[0].id}" in written("web-annotation", base="")
    assert "alephUrl" not in written("ftm", base="")


def test_a_format_says_what_it_cannot_hold(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="holds statements or articles, not pictures"):
        formats.write("ris", Selection(archive, "pictures"), tmp_path / "out")


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left_behind(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="cannot be written"):
        formats.write("csv", Selection(archive), tmp_path / "missing" / "out.csv")
    broken = replace(formats.FORMATS["csv"], text=_full_disk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(formats.FORMATS, "csv", broken)
        with pytest.raises(OnrecordError, match="No space left"):
            formats.write("csv", Selection(archive), tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_to_and_stays_a_pipe(archive: Archive, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        text = pool.submit(pipe.read_text, encoding="utf-8")
        count = formats.write("jsonl", Selection(archive), pipe)
        assert len(text.result().splitlines()) == count
    assert pipe.is_fifo()


def test_a_link_to_a_file_stays_a_link(archive: Archive, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "there")
    (tmp_path / "there").touch()
    formats.write("jsonl", Selection(archive), link)
    assert link.is_symlink()
    assert link.read_text(encoding="utf-8")


def _full_disk(selection: Selection, out: Any) -> int:
    raise OSError(28, "No space left on device")


def test_the_command_offers_every_format() -> None:
    assert tuple(formats.FORMATS) == command_line.FORMATS


def test_the_page_on_exports_names_every_format_and_every_column() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "export.md").read_text(encoding="utf-8")
    for name in (*formats.FORMATS, *(column for schema in SCHEMAS.values() for column in schema.names)):
        assert f"`{name}`" in page, name
