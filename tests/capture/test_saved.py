"""Pages as browsers and other tools save them, and the files that lie beside them."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from onrecord import capture
from onrecord.capture.sniff import Format, format_of
from onrecord.model import Page, Skip, digest

PAGE = "<html><head><title>New crane</title></head><body><p>The board met. “It is large”, she said.</p></body></html>"
ADDRESS = "http://news.example/2016/01/new-crane"


def only(path: Path) -> Page | Skip:
    (item,) = capture.read(path)
    assert isinstance(item, Page | Skip)
    if isinstance(item, Page):
        assert list(capture.reread(path, [item.capture])) == [(item.capture, item.body)]
    return item


@pytest.mark.parametrize(
    ("page", "url", "time"),
    [
        (f"<!DOCTYPE html>\n<!-- saved from url=(0037){ADDRESS} -->\n{PAGE}", ADDRESS, None),
        (
            f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Mon Jan 04 2016 "
            f"10:00:00 GMT+0100 (Central European Standard Time)\n-->{PAGE}",
            ADDRESS,
            "2016-01-04T10:00:00+01:00",
        ),
        (
            f"{PAGE}\n<!-- Mirrored from news.example/2016/01/new-crane by HTTrack Website Copier/3.x [XR&CO'2014], "
            "Mon, 04 Jan 2016 10:00:00 GMT -->\n",
            ADDRESS,
            "2016-01-04T10:00:00+00:00",
        ),
        (f"<!-- saved from url=(0014)about:internet -->{PAGE}", None, None),
        (f"{PAGE}<p>saved from url=(0037){ADDRESS}</p>", None, None),
    ],
)
def test_a_saved_page_knows_where_it_came_from(tmp_path: Path, page: str, url: str | None, time: str | None) -> None:
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    found = only(tmp_path / "page.html")
    assert isinstance(found, Page)
    assert (found.capture.url, found.capture.time, found.body) == (url, time, page.encode())


@pytest.mark.parametrize("how", ["quoted-printable", "base64"])
def test_a_page_in_mhtml_is_unfolded(tmp_path: Path, how: str) -> None:
    body = PAGE.encode()
    written = quopri.encodestring(body) if how == "quoted-printable" else base64.encodebytes(body)
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nSubject: New crane\r\n"
        "Date: Mon, 4 Jan 2016 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html";\r\n\tboundary="----edge"\r\n\r\n\r\n------edge\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: {how}\r\nContent-Location: {ADDRESS}\r\n\r\n"
    )
    (tmp_path / "page").write_bytes(head.encode() + written + b"\r\n------edge--\r\n")
    found = only(tmp_path / "page")
    assert isinstance(found, Page)
    assert found.capture.digest == digest(body)
    assert (found.capture.url, found.capture.charset) == (ADDRESS, "utf-8")
    assert (found.capture.time or "").startswith("2016-01-04T10:00:00")


def test_mhtml_without_a_page_is_a_skip(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="e"\r\n\r\n--e--\r\n'
    )
    found = only(tmp_path / "page")
    assert isinstance(found, Skip)


@pytest.mark.parametrize(
    "text",
    [
        "(function(w){var a=w.b||{};for(var i=0;i<a.length;i++){a[i].c=function(){return this.d[i]};}})(window);\n"
        * 20,
        "var x = document.createElement('div');\nx.id = 'a_b';\n" * 30 + "x.innerHTML = '<link/><html><body>';\n" * 9,
        ".a-b{color:#fff;margin:0 auto}.c>li{float:left;width:20%}@media(max-width:9px){.d{display:none}}" * 20,
        " CDX N b a m s k r M S V g\ncom,example)/a 20100101000000 http://example.com/a text/html 200 X - - 1 2 a.gz\n",
        "2010-01-04,30.62,31.10,30.59,30.95,38409100,30.95\n" * 40,
    ],
)
def test_what_lies_beside_a_saved_page_is_no_text(text: str) -> None:
    assert format_of(text.encode()) == Format.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "The board met on Monday (for two hours). It paid $9 million; nobody spoke. #harbour @post\n" * 3,
        "اجتمع مجلس الميناء يوم الاثنين وتحدث عن الرافعة الجديدة لمدة ساعتين.",
        "港湾局は月曜日に会合を開き、新しいクレーンについて話し合った。",
        "Results: Harbour 3, Town 1 (Reed 12, 44; Field 60 - Moss 80). Table: Harbour 21, Town 18, Mill 9.",
    ],
)
def test_prose_of_every_script_is_text(text: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        assert format_of(text.encode(encoding)) == Format.TEXT


@pytest.mark.parametrize(
    "head", ["Warning: mysql_connect() in /www/a.php on line 3\n", "<br />\n<b>Notice</b>: x\n", "\n\n"]
)
def test_a_page_may_begin_with_what_its_server_had_to_say(head: str) -> None:
    assert format_of((head + PAGE).encode()) == Format.HTML


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'[\n {"url": "http://news.example/a", "text": "One."}\n]', "json that is not JSON Lines"),
        (b'{\n "url": "http://news.example/a"\n}', "json that is not JSON Lines"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "packed file"),
        (b"BZh91AY", "packed file"),
    ],
)
def test_what_must_be_turned_into_another_form_first_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "input").write_bytes(data)
    found = only(tmp_path / "input")
    assert isinstance(found, Skip)
    assert found.reason == reason
    assert found.detail


BODY = "The board met on Monday. “It is large”, she said.\n\nNobody else spoke for two hours.\n"
TOLD = (
    ("headline", "New crane"),
    ("site", "Harbour Post"),
    ("published", "2016-01-04"),
    ("authors", "Anna Smith"),
    ("authors", "Tom Field"),
)


@pytest.mark.parametrize(
    "head",
    [
        f"URL: {ADDRESS}\nTitle: New crane | Harbour Post\nDate: 2016-01-04\nAuthor: Anna Smith and Tom Field\n\n",
        f"\ufeffSource: {ADDRESS}\r\nHeadline: New crane\r\nSite: Harbour Post\r\nPublished: 2016-01-04\r\n"
        "By: Anna Smith, Tom Field\r\n\r\n",
        f"---\nlayout: post\nurl: \"{ADDRESS}\"\ntitle: 'New crane | Harbour Post'\ndate: 2016-01-04\n"
        "authors: [Anna Smith, Tom Field]\n---\n",
    ],
)
def test_lines_that_name_the_parts_of_a_text_are_its_head(tmp_path: Path, head: str) -> None:
    (tmp_path / "page.txt").write_bytes((head + BODY).encode())
    found = only(tmp_path / "page.txt")
    assert isinstance(found, Page)
    assert (found.capture.url, found.body.decode()) == (ADDRESS, BODY)
    assert found.fields == TOLD


@pytest.mark.parametrize(
    "text",
    [
        f"Media ID: 55\nCaption: The crane.\n\n{BODY}",
        f"Title: New crane\n\n{BODY}",
        f"New crane\nDate: 2016-01-04\nBy: Anna Smith\n\n{BODY}",
        f"---\n\n{BODY}\n---\n",
    ],
)
def test_other_lines_at_the_head_of_a_text_belong_to_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    found = only(tmp_path / "page.txt")
    assert isinstance(found, Page)
    assert (found.body.decode(), found.fields, found.capture.url) == (text, (), None)


def test_a_page_saved_with_the_head_of_its_response_is_unfolded(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n"
    (tmp_path / "page.html").write_bytes(head + PAGE.encode("windows-1252"))
    found = only(tmp_path / "page.html")
    assert isinstance(found, Page)
    assert (found.body, found.capture.charset) == (PAGE.encode("windows-1252"), "cp1252")
