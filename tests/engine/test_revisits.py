"""Fetches whose payload was kept before: in the same input, in another, in one of an earlier or a later build."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
from collections.abc import Sequence
from importlib import import_module
from itertools import permutations
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord import capture
from onrecord.engine.build import Built, build
from onrecord.errors import BuildError
from onrecord.model import article_id
from onrecord.settings import Settings
from onrecord.store import entries, report, shards
from onrecord.store.archive import Archive
from onrecord.store.layout import open_layout
from onrecord.store.results import Seen
from onrecord.store.verify import verify

fake_stages = import_module("fake_stages")  # by name, as worker processes do

ONE = Settings(workers=1)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
FIRST, OTHER = b"<html><p>He said one.</p>", b"<html><p>He said two.</p>"
ADDRESS = "http://news.example/a"


def record(kind: str, url: str, time: str, block: bytes, *headers: str) -> bytes:
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:{kind}:{url}:{time}>", f"WARC-Date: {time}",
        f"WARC-Target-URI: {url}", *headers, "Content-Type: application/http", f"Content-Length: {len(block)}",
    ]  # fmt: skip
    return gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)


def fetched(body: bytes, time: str, url: str = ADDRESS) -> bytes:
    digest = f"WARC-Payload-Digest: sha1:{hashlib.sha1(body).hexdigest()}"
    return record("response", url, time, HEAD + body, digest)


def revisited(body: bytes, time: str, url: str = ADDRESS, *headers: str) -> bytes:
    digest = f"WARC-Payload-Digest: sha1:{hashlib.sha1(body).hexdigest()}"
    return record("revisit", url, time, HEAD, digest, *headers)


def made(archive: Path, inputs: Sequence[Path]) -> Built:
    return build(inputs, archive, settings=ONE, make_stages=fake_stages.make_stages)


def put(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(records))
    return path


def shown(archive: Path) -> dict[str, tuple[bool, str | None, str | None, str]]:
    """By text: whether it is current, and address, time and file of the capture that stands for it."""
    return {
        entry.article.text: (entry.current, entry.capture.url, entry.capture.time, Path(entry.capture.file).name)
        for entry in entries.read(open_layout(archive).shard_folders())
    }


def holds(archive: Path) -> None:
    layout = open_layout(archive)
    assert report.account(layout).adds_up
    reread = lambda path, captures, file: capture.reread(path, captures, file=file)  # noqa: E731
    assert list(verify(layout, reread, capture.file_digest))[-1].problems == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("at_once", [True, False])
def test_a_revisit_says_when_words_stood_wherever_their_payload_lies(
    tmp_path: Path, order: tuple[int, ...], at_once: bool
) -> None:
    inputs = [
        put(tmp_path / "first.warc.gz", fetched(FIRST, "2011-01-01")),
        put(tmp_path / "other.warc.gz", fetched(OTHER, "2012-01-01")),
        put(tmp_path / "again.warc.gz", revisited(FIRST, "2013-01-01")),
    ]
    archive, ordered = tmp_path / "archive", [inputs[place] for place in order]
    for step in [ordered] if at_once else [[each] for each in ordered]:
        with contextlib.suppress(BuildError):  # revisits alone are no articles
            built = made(archive, step)
    assert (built.captures, built.articles, built.statements, built.unchanged, built.skips) == (3, 2, 2, 1, 0)
    assert shown(archive) == {
        FIRST.decode(): (True, ADDRESS, "2011-01-01", "first.warc.gz"),
        OTHER.decode(): (False, ADDRESS, "2012-01-01", "other.warc.gz"),
    }
    accounts = {Path(one.input.file).name: one for one in report.file_accounts(open_layout(archive))}
    seen = {hit.article.text: hit.seen for hit in Archive.open(archive).revisions(article_id(ADDRESS))}
    assert seen == {FIRST.decode(): Seen(2, "2013-01-01"), OTHER.decode(): Seen(1, "2012-01-01")}
    assert accounts["again.warc.gz"].skips == (("extract", "unchanged since an earlier capture", 1),)
    assert accounts["first.warc.gz"].skips == ()
    holds(archive)
    assert made(archive, inputs).shards == 0


@pytest.mark.parametrize("names", ["digest", "record", "time"])
def test_a_revisit_at_another_address_is_a_page_with_a_receipt_of_the_file_that_has_the_payload(
    tmp_path: Path, names: str
) -> None:
    says = {
        "digest": (f"WARC-Payload-Digest: sha1:{hashlib.sha1(FIRST).hexdigest()}",),
        "record": (f"WARC-Refers-To: <urn:response:{ADDRESS}:2011-01-01>",),
        "time": (f"WARC-Refers-To-Target-URI: {ADDRESS}", "WARC-Refers-To-Date: 2011-01-01"),
    }[names]
    first = put(
        tmp_path / "first.warc.gz", fetched(OTHER, "2010-01-01", "http://news.example/z"), fetched(FIRST, "2011-01-01")
    )
    again = put(
        tmp_path / "again.warc.gz",
        *(record("revisit", "http://news.example/b", time, HEAD, *says) for time in ("2013", "2012")),
    )
    built = made(tmp_path / "archive", [again, first])
    assert (built.articles, built.captures) == (3, 4)
    archive = Archive.open(tmp_path / "archive")
    (hit,) = (hit for hit in archive.statements("one") if hit.article.url == "http://news.example/b")
    receipt = archive.receipt(hit.id)
    assert receipt.file == str(first)
    assert archive.capture(hit.article.id).time == "2012"
    holds(tmp_path / "archive")
    first.write_bytes(first.read_bytes().replace(fetched(FIRST, "2011-01-01"), fetched(OTHER, "2011-01-01")))
    reread = lambda path, captures, file: capture.reread(path, captures, file=file)  # noqa: E731
    problems = list(verify(open_layout(tmp_path / "archive"), reread, capture.file_digest))[-1].problems
    assert {problem.what for problem in problems} == {"input has changed", "capture has changed"}
    assert receipt.capture_id in {problem.capture for problem in problems}


def test_a_revisit_whose_payload_no_input_has_is_counted_until_one_has_it(tmp_path: Path) -> None:
    other = put(tmp_path / "other.warc.gz", fetched(OTHER, "2012-01-01"))
    again = put(
        tmp_path / "again.warc.gz",
        revisited(FIRST, "2013-01-01", "http://news.example/b"),
        record("revisit", "http://news.example/c", "2013-01-01", b""),
    )
    built = made(tmp_path / "archive", [other, again])
    assert (built.captures, built.articles, built.skips) == (1, 1, 2)
    archive = Archive.open(tmp_path / "archive")
    assert archive.summary().skips == 2
    assert {(skip.reason, skip.url) for skip in archive.skips()} == {
        ("revisit: its payload is in no input", "http://news.example/b"),
        ("revisit: its payload is in no input", "http://news.example/c"),
    }
    holds(tmp_path / "archive")
    first = put(tmp_path / "first.warc.gz", fetched(FIRST, "2011-01-01"))
    built = made(tmp_path / "archive", [first])
    assert (built.captures, built.articles, built.skips) == (3, 3, 1)
    assert len(list(Archive.open(tmp_path / "archive").skips())) == 1
    holds(tmp_path / "archive")


def test_a_payload_that_cannot_be_read_any_more_is_looked_for_again(tmp_path: Path) -> None:
    first = put(tmp_path / "first.warc.gz", fetched(FIRST, "2011-01-01"))
    made(tmp_path / "archive", [first])
    first.rename(tmp_path / "away")
    again = put(tmp_path / "again.warc.gz", revisited(FIRST, "2013-01-01", "http://news.example/b"))
    assert made(tmp_path / "archive", [again]).skips == 1
    (tmp_path / "away").rename(first)
    assert made(tmp_path / "archive", []).skips == 0
    holds(tmp_path / "archive")


def test_a_page_that_another_input_had_unchanged_is_not_read_again(tmp_path: Path) -> None:
    inputs = [
        put(tmp_path / f"{year}.warc.gz", fetched(FIRST, str(year)), fetched(OTHER, str(year), "http://news.example/b"))
        for year in (2011, 2012, 2013)
    ]
    for name, steps in {"at-once": [inputs], "one-by-one": [[each] for each in inputs], "back": [inputs[::-1]]}.items():
        for step in steps:
            built = made(tmp_path / name, step)
        assert (built.captures, built.articles, built.unchanged, built.skips) == (6, 2, 4, 0)
        assert shown(tmp_path / name) == {
            FIRST.decode(): (True, ADDRESS, "2011", "2011.warc.gz"),
            OTHER.decode(): (True, "http://news.example/b", "2011", "2011.warc.gz"),
        }
        holds(tmp_path / name)


def test_a_shard_made_before_there_were_revisits_is_read(tmp_path: Path) -> None:
    made(tmp_path / "archive", [put(tmp_path / "first.warc.gz", fetched(FIRST, "2011-01-01"))])
    (folder,) = open_layout(tmp_path / "archive").shard_folders()
    (folder / "revisits.parquet").unlink()
    captures = pq.read_table(folder / "captures.parquet").drop_columns(["page", "declared", "told_in"])
    pq.write_table(captures, folder / "captures.parquet", write_page_checksum=True)
    (only,) = shards.read_captures(folder)
    assert only.page is None
    again = put(
        tmp_path / "again.warc.gz", revisited(FIRST, "2013-01-01", ADDRESS, f"WARC-Refers-To: {only.record_id}")
    )
    assert made(tmp_path / "archive", [again]).captures == 2
    holds(tmp_path / "archive")
