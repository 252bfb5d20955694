"""Every kind of input but WARC; what is found lies where its capture says."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from onrecord import capture
from onrecord.capture.sniff import Format, format_of
from onrecord.errors import InputError
from onrecord.model import Page, Skip
from onrecord.settings import Settings

from .warcs import packed, response

PAGE = b"<html><body><p>The bridge was closed.</p></body></html>"
CDATA_END = "]]>"


def read(path: Path, data: bytes, settings: Settings | None = None) -> tuple[list[Page], list[Skip]]:
    path.write_bytes(data)
    items = list(capture.read(path, settings))
    pages = [item for item in items if isinstance(item, Page)]
    again = list(capture.reread(path, [page.capture for page in pages], settings))
    assert again == [(page.capture, page.body) for page in pages]
    assert len({page.capture.id for page in pages}) == len(pages)
    return pages, [item for item in items if isinstance(item, Skip)]


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (b"", Format.EMPTY),
        (b" \r\n\t", Format.EMPTY),
        (b"WARC/1.1\r\n", Format.WARC),
        (b"PK\x03\x04rest", Format.ZIP),
        (b"\xef\xbb\xbf<!DOCTYPE HTML PUBLIC>", Format.HTML),
        (b"<!-- saved --><HTML>", Format.HTML),
        ("<html>".encode("utf-16"), Format.HTML),
        ("<html>".encode("utf-16-le") * 40, Format.HTML),
        (b"<div>half a page</div>", Format.HTML),
        ("<html><p>مرحبا".encode("windows-1256"), Format.HTML),
        (b'{"id": "1", "text": "x"}', Format.RECORDS),
        (b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/">', Format.WXR),
        (b'<?xml version="1.0"?><rss><channel>', Format.UNKNOWN),
        (b"The Daily\n\nHeadline | The Daily\nSelect Page\n", Format.TEXT),
        ("Überschrift\nText".encode("windows-1252"), Format.TEXT),
        (b"%PDF-1.4 ...", Format.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Format.UNKNOWN),
    ],
)
def test_the_kind_is_told_by_the_bytes(head: bytes, wanted: Format) -> None:
    assert format_of(head) == wanted


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page.jpg"])
def test_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    pages, _ = read(tmp_path / name, PAGE)
    assert [(page.body, page.capture.media) for page in pages] == [(PAGE, "html")]


def test_a_page_in_a_gzip_is_the_page(tmp_path: Path) -> None:
    pages, _ = read(tmp_path / "page.html.gz", gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]) + b"\0\0")
    assert [page.body for page in pages] == [PAGE]


def test_a_text_capture_is_passed_on_as_it_is(tmp_path: Path) -> None:
    text = "The Daily\n\nBridge closed | The Daily\nMedia ID: 12\n\nBeirut – The bridge …\n".encode()
    pages, _ = read(tmp_path / "capture.txt", text)
    assert [(page.body, page.capture.media) for page in pages] == [(text, "text")]


@pytest.mark.parametrize(
    ("data", "reason"), [(gzip.compress(PAGE)[:-9], "input cut off"), (b"", "empty file")], ids=["cut", "empty"]
)
def test_half_a_page_is_no_page(tmp_path: Path, data: bytes, reason: str) -> None:
    pages, skips = read(tmp_path / "page.html.gz", data)
    assert pages == []
    assert [skip.reason for skip in skips] == [reason]


def test_a_page_nested_without_end_is_a_skip(tmp_path: Path) -> None:
    _, skips = read(tmp_path / "page.html", b"<html>" + b"<div>" * 20_000 + b"</div>" * 20_000)
    assert [skip.reason for skip in skips] == ["page nested too deep"]
    pages, _ = read(tmp_path / "page.html", b"<html>" + b"<div><p>one<br><img src=x></div>" * 20_000)
    assert len(pages) == 1


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.html"):
        list(capture.read(tmp_path / "gone.html"))


def test_each_line_of_json_lines_is_a_page_or_a_skip(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": 7, "url": "http://a.example/7", "title": "Seven", "author": ["A", "B"], "text": "Words."}),
        "",
        "{broken",
        "[1]",
        json.dumps({"id": "8", "html": PAGE.decode(), "date": "2011-02-03"}),
        json.dumps({"id": "9", "title": "nothing else"}),
        json.dumps({"id": "10", "text": "lone \ud800 surrogate"}),
        '{"text": "last, without an end of line"}',
    ]
    data = "\n".join(rows).encode()
    for name, packed_data in (("rows.jsonl", data), ("rows.jsonl.gz", gzip.compress(data))):
        pages, skips = read(tmp_path / name, packed_data)
        assert [page.capture.media for page in pages] == ["record", "html", "record", "record"]
        assert pages[0].fields == (("headline", "Seven"), ("authors", "A"), ("authors", "B"))
        assert (pages[0].capture.record_id, pages[0].capture.url) == ("7", "http://a.example/7")
        assert pages[1].fields == (("published", "2011-02-03"),)
        assert pages[2].body == b"lone ? surrogate"
        assert [skip.reason for skip in skips] == ["not json", "not json", "empty page"]


def test_a_gzip_of_json_lines_that_was_cut_gives_the_lines_before_the_cut(tmp_path: Path) -> None:
    rows = b"".join(json.dumps({"id": str(n), "text": f"Text {n * n}."}).encode() + b"\n" for n in range(5_000))
    zipped = gzip.compress(rows)
    pages, skips = read(tmp_path / "rows.jsonl.gz", zipped[: len(zipped) // 2])
    assert 1_000 < len(pages) < 4_000
    assert skips[-1].reason == "input cut off"


def test_a_line_longer_than_a_page_may_be_is_a_skip_and_the_next_is_read(tmp_path: Path) -> None:
    rows = json.dumps({"text": "x" * 5_000}) + "\n" + json.dumps({"text": "short"}) + "\n"
    pages, skips = read(tmp_path / "rows.jsonl", rows.encode(), Settings(max_page_bytes=1_000))
    assert [page.body for page in pages] == [b"short"]
    assert [skip.reason for skip in skips] == ["page too large"]


def export(*items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<title>The Daily</title><wp:author><wp:author_login><![CDATA[jd]]></wp:author_login>"
        "<wp:author_display_name><![CDATA[Jane Doe]]></wp:author_display_name></wp:author>"
        + "".join(items)
        + "</channel></rss>"
    ).encode()


def post(number: int, content: str, *, kind: str = "post", status: str = "publish") -> str:
    return (
        f"<item><title>Post {number} &amp; more</title><link>http://a.example/{number}</link>"
        f"<dc:creator><![CDATA[jd]]></dc:creator><content:encoded><![CDATA[{content}{CDATA_END}</content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>2009-01-0{number} 10:00:00</wp:post_date>"
        f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>"
        '<category domain="category"><![CDATA[World]]></category><category domain="post_tag">dam</category></item>'
    )


def test_the_published_posts_of_a_wordpress_export_are_pages(tmp_path: Path) -> None:
    data = export(
        post(1, "First.\n\n[caption id='a1']<img src='x'> A caption[/caption]"),
        post(2, "A code sample: &lt;/item> and </item> inside."),
        post(3, "Draft.", status="draft"),
        post(4, "", kind="attachment"),
        post(5, ""),
        post(6, "Sixth."),
    )
    for name, exported in (("export.xml", data), ("export.xml.gz", gzip.compress(data))):
        pages, skips = read(tmp_path / name, exported)
        assert [page.capture.record_id for page in pages] == ["1", "2", "6"]
        assert b"</item> inside." in pages[1].body
        assert dict(pages[0].fields) == {
            "format": "wordpress",
            "headline": "Post 1 & more",
            "authors": "Jane Doe",
            "published": "2009-01-01T10:00:00",
            "site": "The Daily",
            "section": "World",
            "tags": "dam",
        }
        assert [skip.reason for skip in skips] == ["not published", "not a post", "empty page"]


def test_a_post_has_all_its_authors_and_its_section_and_tags_whatever_else_it_is_filed_under(tmp_path: Path) -> None:
    filed = (
        '<category domain="author" nicename="cap-jd"><![CDATA[jd]]></category>'
        '<category domain="author" nicename="cap-carl-moor"><![CDATA[Carl Moor]]></category>'
        '<category domain="author" nicename="cap-x"><![CDATA[x]]></category>'
        '<category domain="post_format" nicename="aside"><![CDATA[Aside]]></category>'
        '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category></item>'
    )
    pages, _ = read(tmp_path / "export.xml", export(post(1, "First.").replace("</item>", filed)))
    fields = pages[0].fields
    assert [value for name, value in fields if name == "authors"] == ["Jane Doe", "Carl Moor"]
    assert [value for name, value in fields if name in ("section", "tags")] == ["World", "dam"]


def test_a_login_is_no_name(tmp_path: Path) -> None:
    pages, _ = read(tmp_path / "export.xml", export(post(1, "First.").replace("[jd]", "[ghost]")))
    assert "authors" not in dict(pages[0].fields)


def test_what_outlets_call_their_articles_is_taken_and_parts_of_a_site_are_not(tmp_path: Path) -> None:
    kinds = ("news", "article", "np_story", "press-release", "product", "wp_block", "revision")
    posts = [post(number, f"Text {kind}.", kind=kind) for number, kind in enumerate(kinds, 1)]
    pages, skips = read(tmp_path / "export.xml", export(*posts))
    assert [page.body.decode() for page in pages] == [
        "Text news.",
        "Text article.",
        "Text np_story.",
        "Text press-release.",
    ]
    assert [skip.detail for skip in skips] == ["product", "wp_block", "revision"]


def test_a_post_behind_a_password_is_not_published(tmp_path: Path) -> None:
    behind = post(1, "Secret.").replace("</item>", "<wp:post_password>x</wp:post_password></item>")
    pages, skips = read(tmp_path / "export.xml", export(behind))
    assert (pages, [(skip.reason, skip.detail) for skip in skips]) == ([], [("not published", "behind a password")])


def test_characters_that_xml_does_not_allow_cost_no_text(tmp_path: Path) -> None:
    pages, _ = read(
        tmp_path / "export.xml",
        export(post(1, "Before\x08 and\x0b after.").replace("Post 1", "Po\x01st &lt;i>1&lt;/i>")),
    )
    assert pages[0].body == b"Before and after."
    assert dict(pages[0].fields)["headline"] == "Post 1 & more"


def test_entities_of_a_hostile_export_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    hostile = post(1, "Words.").replace("Post 1", "&b;&f;")
    pages, _ = read(tmp_path / "export.xml", export(hostile, post(2, "Good."), head=bomb))
    told = str([page.fields for page in pages])
    assert "aaaa" not in told
    assert "root" not in told
    assert pages[-1].body == b"Good."


def test_an_export_that_was_cut_gives_the_posts_before_the_cut(tmp_path: Path) -> None:
    data = export(post(1, "First."), post(2, "Second."))
    pages, skips = read(tmp_path / "export.xml", data[: data.index(b"Second")])
    assert [page.body for page in pages] == [b"First."]
    assert [skip.reason for skip in skips] == ["input cut off"]


def zipped(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path.read_bytes()


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_warcs_of_a_wacz_are_read_in_place(tmp_path: Path, compression: int) -> None:
    crawl = packed([response(f"http://a.example/{number}", PAGE + b"%d" % number) for number in range(3)])
    data = zipped(
        tmp_path / "crawl.wacz",
        {
            "archive/one.warc.gz": crawl,
            "archive/two.warc.gz": crawl,
            "indexes/index.cdx": b"x",
            "pages/pages.jsonl": b'{"text": "about"}',
            "datapackage.json": b"{}",
        },
        compression,
    )
    pages, skips = read(tmp_path / "crawl.wacz", data)
    assert len(pages) == 6
    assert skips == []
    assert pages[0].capture.file.endswith("crawl.wacz!/archive/one.warc.gz")
    assert pages[5].capture.file.endswith("crawl.wacz!/archive/two.warc.gz")


def test_a_zip_of_pages_is_read_and_a_zip_in_it_is_not(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.html": PAGE})
    data = zipped(tmp_path / "saved.zip", {"a.html": PAGE, "b.bin": bytes(range(256)), "inner.zip": inner})
    pages, skips = read(tmp_path / "saved.zip", data)
    assert [page.body for page in pages] == [PAGE]
    assert [skip.reason for skip in skips] == ["unknown kind of file", "zip in another file"]


def test_a_damaged_zip_is_a_skip(tmp_path: Path) -> None:
    data = zipped(tmp_path / "saved.zip", {"a.html": PAGE})
    _, skips = read(tmp_path / "saved.zip", data[:-30])
    assert [skip.reason for skip in skips] == ["damaged"]
    pages, skips = read(tmp_path / "saved.zip", data.replace(b"bridge", b"brXdge"))
    assert [skip.reason for skip in skips] == ["damaged"]
    assert pages == []


def test_a_folder_called_like_the_mark_of_a_zip_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "odd!").mkdir()
    pages, _ = read(tmp_path / "odd!" / "page.html", PAGE)
    assert len(pages) == 1


def test_an_arc_file_is_a_skip_that_says_what_to_do(tmp_path: Path) -> None:
    head = b"filedesc://IA-001102.arc 0.0.0.0 19960923142103 text/plain 76\n1 0 Alexa Internet\nURL IP-address\n\n"
    page = (
        b"http://courier.example/ 127.0.0.1 19961104142103 text/html 40\nHTTP/1.0 200 OK\n\n<html>Hello there</html>\n"
    )
    for name, data in (("a.arc", head + page), ("a.arc.gz", gzip.compress(head) + gzip.compress(page))):
        (tmp_path / name).write_bytes(data)
        (skip,) = capture.read(tmp_path / name)
        assert isinstance(skip, Skip)
        assert skip.reason == "arc file"
        assert "WARC" in (skip.detail or "")


def test_a_zip_of_a_version_that_nobody_has_written_yet_is_a_skip(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "saved.zip", {"a.html": PAGE}))
    data[data.index(b"PK\x01\x02") + 6] = 247  # the version needed to read the member
    pages, skips = read(tmp_path / "saved.zip", bytes(data))
    assert (pages, [skip.reason for skip in skips]) == ([], ["damaged"])
