"""A page's versions for phones and for paper are captures of one article."""

from __future__ import annotations

import pytest

from onrecord.extract import extract
from onrecord.model import Article, Capture, Page, digest

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
