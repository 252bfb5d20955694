from __future__ import annotations

import base64
import gzip
import hashlib
import random
import zlib
from pathlib import Path

import pytest

from onrecord import capture
from onrecord.model import Page, Revisit, Skip, digest
from onrecord.settings import Settings

from .warcs import packed, record, response

PAGES = [f"<html><body><p>Page {number} of the crawl.</p></body></html>".encode() for number in range(5)]
RECORDS = [response(f"http://news.example/{number}", page) for number, page in enumerate(PAGES)]


def read(tmp_path: Path, data: bytes, settings: Settings | None = None) -> tuple[list[Page], list[Skip]]:
    path = tmp_path / "crawl"
    path.write_bytes(data)
    items = list(capture.read(path, settings))
    pages = [item for item in items if isinstance(item, Page)]
    again = list(capture.reread(path, [page.capture for page in pages], settings))
    assert again == [(page.capture, page.body) for page in pages], "a page is not where its capture says"
    assert len({page.capture.id for page in pages}) == len(pages)
    return pages, [item for item in items if isinstance(item, Skip)]


@pytest.mark.parametrize("data", [b"".join(RECORDS), packed(RECORDS), gzip.compress(b"".join(RECORDS))])
def test_every_response_of_a_warc_is_a_page_that_can_be_read_again(tmp_path: Path, data: bytes) -> None:
    pages, skips = read(tmp_path, data)
    assert [page.body for page in pages] == PAGES
    assert skips == []
    first = pages[0].capture
    assert (first.url, first.time, first.media) == ("http://news.example/0", "2011-05-02T10:00:00Z", "html")
    assert first.record_id == "<urn:test:response:http://news.example/0>"
    assert first.digest == digest(PAGES[0])


@pytest.mark.parametrize("members", [False, True])
def test_a_warc_cut_anywhere_keeps_every_whole_record_and_tells_of_the_cut(tmp_path: Path, members: bool) -> None:
    parts = [gzip.compress(part, mtime=0) for part in RECORDS[:3]] if members else RECORDS[:3]
    whole = b"".join(parts)
    ends = [sum(map(len, parts[: number + 1])) for number in range(3)]
    for cut in range(8, len(whole), 3):
        pages, skips = read(tmp_path, whole[:cut])
        complete = sum(end <= cut for end in ends)
        assert len(pages) >= complete
        assert [page.body for page in pages] == PAGES[: len(pages)]
        if cut not in ends and len(pages) == complete:
            assert [skip.reason for skip in skips] in (["input cut off"], ["damaged gzip"], ["damaged"]), cut


@pytest.mark.parametrize("members", [False, True])
def test_a_damaged_record_costs_only_itself(tmp_path: Path, members: bool) -> None:
    parts = [gzip.compress(part, mtime=0) for part in RECORDS] if members else RECORDS
    start, end = len(parts[0]) + len(parts[1]), len(parts[0]) + len(parts[1]) + len(parts[2])
    whole = b"".join(parts)
    for place in range(start, end, 3):
        damaged = bytearray(whole)
        damaged[place : place + 12] = bytes(255 - byte for byte in damaged[place : place + 12])
        pages, skips = read(tmp_path, bytes(damaged))
        bodies = [page.body for page in pages]
        neighbours = [PAGES[0], PAGES[1], PAGES[4]] if place + 12 > end else [*PAGES[:2], *PAGES[3:]]
        assert [body for body in bodies if body in neighbours] == neighbours, place
        assert len(pages) + len(skips) >= len(neighbours) + 1, place


def test_a_record_whose_length_is_too_large_does_not_swallow_the_next(tmp_path: Path) -> None:
    wrong = RECORDS[1].replace(b"Content-Length: ", b"Content-Length: 9")
    pages, skips = read(tmp_path, b"".join([RECORDS[0], wrong, *RECORDS[2:]]))
    assert [page.body for page in pages] == [PAGES[0], *PAGES[2:]]
    assert len(skips) == 1


def test_bodies_are_unfolded_whatever_their_encodings(tmp_path: Path) -> None:
    page = PAGES[0]
    zipped = gzip.compress(page)
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, page[:9], len(page) - 9, page[9:])
    records = [
        response("http://a.example/gzip", zipped, "Content-Encoding: gzip"),
        response("http://a.example/deflate", zlib.compress(page), "Content-Encoding: deflate"),
        response("http://a.example/raw-deflate", zlib.compress(page)[2:-4], "Content-Encoding: deflate"),
        response("http://a.example/chunked", chunked, "Transfer-Encoding: chunked"),
        response(
            "http://a.example/both",
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(zipped), zipped),
            "Transfer-Encoding: chunked",
            "Content-Encoding: gzip",
        ),
        response("http://a.example/undone", page, "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
    ]
    pages, skips = read(tmp_path, packed(records))
    assert [page.body for page in pages] == [page] * len(records)
    assert skips == []


def test_what_is_no_page_is_a_skip_with_its_reason(tmp_path: Path) -> None:
    records = [
        record("warcinfo", "", b"software: test", "application/warc-fields"),
        response("http://a.example/moved", b"", "Location: http://a.example/", status="301 Moved Permanently"),
        response("http://a.example/gone", b"<html>gone</html>", status="404 Not Found"),
        response("http://a.example/photo.jpg", b"\xff\xd8\xff", kind="image/jpeg"),
        response("http://a.example/empty", b" "),
        record("response", "dns:a.example", b"20110502 a.example 1.2.3.4", "text/dns"),
    ]
    pages, skips = read(tmp_path, packed(records))
    assert pages == []
    assert [(skip.reason, skip.url) for skip in skips] == [
        ("http status 301", "http://a.example/moved"),
        ("http status 404", "http://a.example/gone"),
        ("not html", "http://a.example/photo.jpg"),
        ("empty page", "http://a.example/empty"),
        ("not a web page", "dns:a.example"),
    ]


def test_an_address_cannot_command_a_terminal(tmp_path: Path) -> None:
    pages, _ = read(tmp_path, packed([response("http://a.example/\x1b[2J", PAGES[0])]))
    assert [page.capture.url for page in pages] == ["http://a.example/\ufffd[2J"]


def test_a_resource_record_is_a_page(tmp_path: Path) -> None:
    pages, _ = read(tmp_path, packed([record("resource", "http://a.example/r", PAGES[0], "text/html; charset=utf-8")]))
    assert [(page.body, page.capture.charset) for page in pages] == [(PAGES[0], "utf-8")]


def test_a_bomb_in_a_body_is_a_skip(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" * 5_000_000)
    records = [response("http://a.example/bomb", bomb, "Content-Encoding: gzip"), RECORDS[0]]
    pages, skips = read(tmp_path, packed(records), Settings(max_page_bytes=1_000_000))
    assert [page.body for page in pages] == [PAGES[0]]
    assert [skip.reason for skip in skips] == ["page too large"]


def test_a_record_larger_than_a_page_may_be_is_passed_over_unread(tmp_path: Path) -> None:
    records = [response("http://a.example/large", b"<p>large</p>" * 100_000), RECORDS[0]]
    pages, skips = read(tmp_path, packed(records), Settings(max_page_bytes=100_000))
    assert [page.body for page in pages] == [PAGES[0]]
    assert [(skip.reason, skip.url) for skip in skips] == [("page too large", "http://a.example/large")]


def test_a_revisit_is_passed_on_with_all_that_it_says_of_its_payload(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n"
    says = (
        "WARC-Refers-To: <urn:test:response:http://news.example/0>",
        "WARC-Refers-To-Target-URI: <http://news.example/0>",
        "WARC-Refers-To-Date: 2011-05-02T10:00:00Z",
        "WARC-Payload-Digest: sha1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U",
    )
    (tmp_path / "crawl").write_bytes(record("revisit", "http://news.example/print/0", head, "application/http", *says))
    (revisit,) = capture.read(tmp_path / "crawl")
    assert isinstance(revisit, Revisit)
    assert (revisit.url, revisit.offset, revisit.time) == ("http://news.example/print/0", 0, "2011-05-02T10:00:00Z")
    assert revisit.refers_to == "<urn:test:response:http://news.example/0>"
    assert (revisit.refers_to_url, revisit.refers_to_time) == ("http://news.example/0", "2011-05-02T10:00:00Z")
    assert revisit.digest == "sha1:" + b"abcdefghijklmnopqrst".hex()


@pytest.mark.parametrize("spelling", ["{}", "sha1:{}", "SHA1:{}", "sha-1:{}"])
def test_a_payload_is_known_by_its_digest_however_that_is_spelled(tmp_path: Path, spelling: str) -> None:
    hashed = hashlib.sha1(PAGES[0])
    for digits in (base64.b32encode(hashed.digest()).decode(), hashed.hexdigest(), hashed.hexdigest().upper()):
        says = f"WARC-Payload-Digest: {spelling.format(digits)}"
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGES[0]
        pages, _ = read(tmp_path, record("response", "http://news.example/0", block, "application/http", says))
        assert pages[0].capture.declared == "sha1:" + hashed.hexdigest()


def test_a_payload_without_a_digest_gets_the_one_that_crawlers_give(tmp_path: Path) -> None:
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGES[0][:9], PAGES[0][9:], b""))
    pages, _ = read(tmp_path, response("http://news.example/0", chunked, "Transfer-Encoding: chunked"))
    assert pages[0].capture.declared == "sha1:" + hashlib.sha1(PAGES[0]).hexdigest()


def test_a_revisit_of_what_is_no_page_is_a_skip(tmp_path: Path) -> None:
    heads = (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n")
    revisits = [record("revisit", "http://news.example/a", head, "application/http") for head in heads]
    _, skips = read(tmp_path, b"".join(revisits))
    assert [(skip.reason, skip.detail) for skip in skips] == [
        ("revisit: not html", "image/png"),
        ("http status 301", "to /b"),
    ]


def test_a_body_is_unfolded_whatever_its_head_says_of_it(tmp_path: Path) -> None:
    body = PAGES[0]
    records = [
        response("http://a.example/0", gzip.compress(body), "Transfer-Encoding: gzip"),
        response("http://a.example/1", gzip.compress(body)),
        response("http://a.example/2", gzip.compress(gzip.compress(body)), "Content-Encoding: gzip, gzip"),
        *(
            response(f"http://a.example/{name}", body, f"Content-Encoding: {name}")
            for name in ("br", "deflate", "zstd")
        ),
        response("http://a.example/203", body, status="203 Non-Authoritative Information"),
        response("http://a.example/xml", b"<?xml version='1.0'?>" + body, kind="application/xml"),
    ]
    pages, skips = read(tmp_path, b"".join(records))
    assert [page.body.removeprefix(b"<?xml version='1.0'?>") for page in pages] == [body] * 8
    assert skips == []


def test_bytes_that_are_no_text_are_no_page_whatever_their_type_says(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 9
    records = [response("http://a.example/0", noise), response("http://a.example/1", noise, "Content-Encoding: br")]
    pages, skips = read(tmp_path, b"".join(records))
    assert (pages, [skip.reason for skip in skips]) == ([], ["not html", "damaged"])


def test_the_text_that_a_crawler_made_of_a_page_is_a_page(tmp_path: Path) -> None:
    text = b"New crane for the harbour\n\nThe board met on Monday and spoke about it for two hours.\n"
    records = [
        record("conversion", "http://a.example/0", text, "text/plain"),
        response("http://a.example/1", text, kind="text/plain"),
    ]
    pages, skips = read(tmp_path, b"".join(records))
    assert [(page.capture.media, page.body) for page in pages] == [("text", text)]
    assert [skip.url for skip in skips] == ["http://a.example/1"]


def test_what_a_gzip_that_is_cut_off_still_holds_is_read_again_as_often_as_asked(tmp_path: Path) -> None:
    noise = "".join(
        random.Random(1).choices("abcdefghijklmnop", k=4_000)
    )  # hard to fold, so that a cut costs something
    bodies = [
        f"<html><p>Page {number} {random.Random(number).choices(noise, k=3_000)}</p>".encode() for number in range(9)
    ]
    whole = gzip.compress(b"".join(response(f"http://a.example/{n}", body) for n, body in enumerate(bodies)))
    pages, skips = read(tmp_path, whole[: len(whole) // 2])  # read() reads every page again
    assert len(pages) > 1
    assert "input cut off" in {skip.reason for skip in skips}


def test_a_changed_byte_gives_another_payload_at_the_capture(tmp_path: Path) -> None:
    data = b"".join(RECORDS)
    (tmp_path / "crawl").write_bytes(data)
    captures = [item.capture for item in capture.read(tmp_path / "crawl") if isinstance(item, Page)]
    (tmp_path / "crawl").write_bytes(data.replace(b"Page 3", b"Page X"))
    wrong = [
        number
        for number, (known, body) in enumerate(capture.reread(tmp_path / "crawl", captures))
        if body is None or digest(body) != known.digest
    ]
    assert wrong == [3]
