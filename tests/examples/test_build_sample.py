"""The sample archive is what its sources make and what its README says."""

from __future__ import annotations

import gzip
import html
import json
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SAMPLE = ROOT / "src" / "onrecord" / "sample"
MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # how the builder starts a record
CRAWLS = ("chronicle-2009", "chronicle-2013", "chronicle-2016", "chronicle-2017")


@dataclass(frozen=True)
class Record:
    """One record of a WARC file, read without the help of any library."""

    kind: str
    url: str
    body: bytes
    encoding: str

    @property
    def words(self) -> str:
        """The visible text in one line, with straight quotation marks."""
        text = re.sub(r"(?s)<script.*?</script>|<[^>]+>", " ", self.body.decode(self.encoding, "replace"))
        return " ".join(straight(html.unescape(text)).split())


def build(target: Path) -> None:
    script = [sys.executable, str(EXAMPLES / "build_sample.py"), "--into", str(target)]
    subprocess.run(script, check=True, capture_output=True)


def members(path: Path) -> Iterator[bytes | str]:
    """Each record's bytes, or the word for what is wrong with it."""
    for part in path.read_bytes().split(MEMBER)[1:]:
        unpacker = zlib.decompressobj(31)
        try:
            data = unpacker.decompress(MEMBER + part)
        except zlib.error:
            yield "damaged"
        else:
            yield data if unpacker.eof else "cut"


def parse(member: bytes) -> Record:
    head, block = member.split(b"\r\n\r\n", 1)
    fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    body, kind, answer = block[: int(fields["Content-Length"])], fields["WARC-Type"], fields["Content-Type"]
    if kind == "response":
        http, body = body.split(b"\r\n\r\n", 1)
        answer = http.decode()
        if "chunked" in answer:
            body = b"".join(re.split(rb"(?:\r\n)?[0-9a-f]+\r\n", body))
        if "Content-Encoding: gzip" in answer:
            body = gzip.decompress(body)
    charset = re.search(r"charset=([\w-]+)", answer)
    return Record(kind, fields.get("WARC-Target-URI", ""), body, charset.group(1) if charset else "utf-8")


@cache
def records(crawl: str) -> list[Record | str]:
    found = members(SAMPLE / f"{crawl}.warc.gz")
    return [member if isinstance(member, str) else parse(member) for member in found]


def pages() -> Iterator[Record]:
    for crawl in CRAWLS:
        yield from (r for r in records(crawl) if isinstance(r, Record) and r.kind in ("response", "resource"))


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def readme_table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of the README, without its head."""
    section = (EXAMPLES / "README.md").read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def truth() -> list[dict[str, str]]:
    lines = (EXAMPLES / "chronicle" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build(tmp_path / name)
    first = {path.name: path.read_bytes() for path in (tmp_path / "one").rglob("*.*")}
    assert first
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "two").rglob("*.*")}


def test_the_committed_sample_is_what_the_sources_make(tmp_path: Path) -> None:
    """Compared unpacked, because another zlib may pack the same records into other bytes."""
    build(tmp_path)
    for built in tmp_path.rglob("*.*"):
        kept = SAMPLE / built.relative_to(tmp_path)
        if built.suffix == ".gz":
            assert list(members(built)) == list(members(kept)), built.name
        else:
            assert built.read_bytes() == kept.read_bytes(), built.name


def test_the_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*.*")) < 4_000_000


@pytest.mark.parametrize("row", readme_table("Records"), ids=lambda row: row[0])
def test_the_readme_counts_the_records(row: list[str]) -> None:
    kinds = Counter(record if isinstance(record, str) else record.kind for record in records(row[0]))
    names = ("warcinfo", "request", "response", "resource", "revisit", "metadata", "damaged", "cut")
    assert [int(cell) for cell in row[1:]] == [kinds[name] for name in names]


def test_the_readme_counts_the_pages() -> None:
    counts = {row[0]: int(row[1]) for row in readme_table("Pages")}
    articles = list((EXAMPLES / "chronicle" / "articles").glob("*.md"))
    assert counts["Articles in the crawls"] == len(articles)
    assert counts["of them in Arabic"] == sum('lang = "ar"' in path.read_text(encoding="utf-8") for path in articles)
    assert counts["Text captures"] == len(list((SAMPLE / "texts").glob("*.txt")))
    assert counts["Posts in the WordPress export"] == len(list((EXAMPLES / "chronicle" / "notebook").glob("*.md")))
    assert counts["Pictures"] == len(list((EXAMPLES / "chronicle" / "pictures").glob("*.png")))
    html_captures = [page for page in pages() if b"<html" in page.body[:600].lower()]
    assert counts["HTML pages that can be read"] == len(html_captures)


def test_every_trap_is_where_the_readme_says() -> None:
    known = {page.url.removeprefix("http://www.harbourchronicle.example") for page in pages()}
    known |= {
        r.url.removeprefix("http://www.harbourchronicle.example")
        for r in records("chronicle-2013")
        if isinstance(r, Record)
    }
    addresses = [url for row in readme_table("Traps") for url in re.findall(r"`(/[^`]*)`", row[1])]
    assert len(addresses) > 20
    assert [url for url in addresses if url not in known] == []


def test_every_planted_statement_is_on_its_page() -> None:
    text: dict[str, str] = {}
    for page in pages():
        if page.body.lstrip()[:5].lower().startswith(b"<!doc"):
            text[page.url] = text.get(page.url, "") + page.words
    for path in (SAMPLE / "texts").glob("*.txt"):
        text[f"texts/{path.name}"] = " ".join(straight(path.read_text(encoding="utf-8")).split())
    missing = [
        (row["url"] or row["file"], row["quote_start"])
        for row in truth()
        if " ".join(straight(row["quote_start"]).split()) not in text[row["url"] or row["file"]]
    ]
    assert missing == []


def test_every_spelling_of_a_name_occurs() -> None:
    folder = EXAMPLES / "chronicle"
    sources = [*folder.glob("articles/*.md"), *folder.glob("texts/*.txt"), *folder.glob("notebook/*.md")]
    printed = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    people = [json.loads(line) for line in (folder / "people.jsonl").read_text(encoding="utf-8").splitlines()]
    ids = {person["id"] for person in people}
    assert [name for person in people for name in person["names"] if name not in printed] == []
    assert all(set(person["not"]) <= ids for person in people)
