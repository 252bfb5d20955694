"""A page's versions for phones and for paper are captures of one article."""

from __future__ import annotations

import pytest

from onrecord.extract import extract
from onrecord.extract.address import canonical, is_version
from onrecord.model import VERSION, Article, Capture, Page, digest

ADDRESS = "http://news.example/2016/01/new-crane"
SAID = "The harbour board met on day {} and spoke at length about the new crane, its price and its colour."


def article(url: str, head: str = "") -> Article:
    text = "".join(f"<p>{SAID.format(day)}</p>" for day in range(8))
    title = "New crane for the harbour"
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )
    body = html.encode()
    found = extract(Page(Capture(url, "crawl.warc", "html", digest(body), len(body), url, "2016-01-09"), body))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    "version",
    [
        "/amp",
        "/amp/",
        "?amp=1",
        "?amp",
        "?outputType=amp",
        "?print=1",
        "?print=true",
        "/print",
        "/print/",
        "?view=print",
        "?format=amp",
        "?tmpl=component&print=1",
        "?replytocom=77",
        "?share=facebook&nb=1",
        "?PHPSESSID=0a1b",
        ";jsessionid=0A1B",
    ],
)
def test_a_version_is_told_by_its_address(version: str) -> None:
    page, other = article(ADDRESS), article(ADDRESS + version)
    assert (other.id, other.url, other.text_digest) == (page.id, ADDRESS, page.text_digest)


@pytest.mark.parametrize("folder", ["amp", "print"])
def test_a_version_in_a_folder_of_its_own_is_the_same_article(folder: str) -> None:
    assert article(f"http://news.example/{folder}/2016/01/new-crane").id == article(ADDRESS).id


def test_a_version_that_names_the_page_as_canonical_is_the_same_article_wherever_on_the_site_it_lies() -> None:
    version = article("http://news.example/phone/x?id=7", f'<link rel="canonical" href="{ADDRESS}">')
    page = article(ADDRESS, '<link rel="amphtml" href="http://news.example/phone/x?id=7">')
    assert (version.id, version.url) == (page.id, page.url)


@pytest.mark.parametrize(
    ("claimed", "captured", "kept"),
    [
        (None, "https://m.news.co.example/2016/new-crane", "https://news.co.example/2016/new-crane"),
        (None, "https://m.news.co.uk/2016/new-crane", "https://www.news.co.uk/2016/new-crane"),
        (None, "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/new-crane", "https://www.news.example/new-crane"),
        (None, "https://www.google.com/amp/s/www.news.example/new-crane/amp/", "https://www.news.example/new-crane"),
        (None, "http://post.blogspot.de/2016/01/new-crane.html?m=1", "http://post.blogspot.com/2016/01/new-crane.html"),
        (None, "http://www.news.example/story/print/7", "http://www.news.example/story/7"),
        ("https://www.news.example/2016/new-crane", "https://edition.news.example/x/new-crane", "https://www.news.example/2016/new-crane"),
        ("https://www.news.example/", "https://edition.news.example/x/new-crane", "https://edition.news.example/x/new-crane"),
        ("https://www.news.example/other", "https://edition.news.example/new-crane", "https://edition.news.example/new-crane"),
        ("https://other.co.uk/new-crane", "https://news.co.uk/new-crane", "https://news.co.uk/new-crane"),
        ("https://b.wordpress.com/new-crane", "https://a.wordpress.com/new-crane", "https://a.wordpress.com/new-crane"),
        (None, "http://news.example/list?page=2&id=7", "http://news.example/list?page=2&id=7"),
    ],
)  # fmt: skip
def test_an_article_keeps_the_address_of_the_page_itself(claimed: str | None, captured: str, kept: str) -> None:
    assert canonical(claimed, captured) == kept


def test_an_article_stays_the_same_when_its_site_moves_to_https_or_gets_its_www() -> None:
    ids = {
        article(f"{scheme}://{www}news.example/2016/new-crane{end}").id
        for scheme in ("http", "https")
        for www in ("", "www.")
        for end in ("", "/")
    }
    assert len(ids) == 1
    assert article("https://news.example/2016/new-crane?id=7").id not in ids


@pytest.mark.parametrize(
    ("captured", "version"),
    [
        ("http://m.news.example/2016/new-crane", True),
        ("http://news.example/2016/new-crane/amp/", True),
        ("http://news.example/2016/new-crane?outputType=amp", True),
        ("http://news.example/2016/new-crane?tmpl=component&print=1", True),
        ("http://news.example/print/2016/new-crane", True),
        ("http://www.news.example/2016/new-crane?utm_source=x&share=facebook&replytocom=7", False),
        ("http://news.example/2016/blueprint", False),
        ("http://news.example/2016/new-crane?page=2", False),
        ("http://[broken", False),
    ],
)
def test_an_article_says_whether_it_was_read_from_a_version_of_its_page(captured: str, version: bool) -> None:
    assert is_version(captured) == version
    if "[" not in captured:
        assert (dict(article(captured).provenance).get("url") == VERSION) == version
