"""When an article was published, from everything that a page can say about it."""

from __future__ import annotations

import pytest

from onrecord.extract import dates, extract
from onrecord.model import Article, Capture, Page, digest

TEXT = "".join(
    f"<p>The harbour office said on the {day} day that the ferry stays in port until the pier has been mended again.</p>"
    for day in ("first", "second", "third", "fourth")
)


def page_of(head: str = "", below: str = "", foot: str = "", url: str | None = None, language: str = "en-GB") -> Page:
    body = (
        f"<html lang={language}><head><title>Ferry stays in port</title>{head}</head><body><nav>June 2019</nav>"
        f"<article><h1>Ferry stays in port</h1>{below}{TEXT}</article>{foot}<footer>© 2011 Courier</footer></body></html>"
    ).encode()
    return Page(Capture("test", url or "page.html", "html", digest(body), len(body), url=url), body)


def published(page: Page) -> tuple[str | None, str | None]:
    found = extract(page)
    assert isinstance(found, Article)
    return found.published, dict(found.provenance).get("published")


@pytest.mark.parametrize(
    ("parts", "meant"),
    [
        ({"below": "<div>8 March 2016 | 9.30am</div>"}, ("2016-03-08T09:30", "page")),
        ({"below": "<div>Von Ines Falk | 08.03.16</div>", "language": "de"}, ("2016-03-08", "page")),
        ({"below": "<p>(8. März 2016) Die Fähre bleibt.</p>", "language": "de"}, ("2016-03-08", "page")),
        ({"below": "<time>Tuesday, 8 March 2016</time>"}, ("2016-03-08", "page")),
        (
            {"foot": "<aside><time datetime=2015-01-02>teaser</time></aside><p>Published: 8 March 2016</p>"},
            ("2016-03-08", "page"),
        ),
        ({"foot": "<ul><li><b>Datum</b> 08.03.2016</li></ul>"}, ("2016-03-08", "page")),
        ({"url": "https://courier.example/2016/mar/8/ferry"}, ("2016-03-08", "address")),
        ({"url": "https://courier.example/news/08-03-2016"}, ("2016-03-08", "address")),
        ({"head": "<meta property='article:modified_time' content='2016-03-09'>"}, ("2016-03-09", "modified")),
        ({}, (None, None)),
    ],
)
def test_the_day_is_found_where_the_page_has_it(parts: dict[str, str], meant: tuple[str | None, str | None]) -> None:
    assert published(page_of(**parts)) == meant


def test_a_caption_near_the_headline_and_the_copyright_notice_are_no_date() -> None:
    caption = "<div>The old pier of Holmvik seen from the harbour office, 24 April 2009</div>"
    assert published(page_of(below=caption, foot="<p>Date: 8 March 2016</p>")) == ("2016-03-08", "page")


def test_two_signals_outvote_the_data_unless_they_name_the_last_change() -> None:
    data = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2016-03-01"%s}</script>'
    meta = "<meta property='article:published_time' content='2016-03-08'>"
    line = "<div>8 March 2016</div>"
    assert published(page_of(data % "" + meta, line)) == ("2016-03-08", "meta")
    assert published(page_of(data % ',"dateModified":"2016-03-08"' + meta, line)) == ("2016-03-01", "json-ld")


def test_a_moment_in_utc_is_written_with_the_clock_that_the_page_prints() -> None:
    meta = "<meta property='article:published_time' content='2016-03-09T00:30:12Z'>"
    assert published(page_of(meta, "<div>8 March 2016, 21:30</div>"))[0] == "2016-03-08T21:30:12-03:00"
    assert (
        published(page_of(meta, "<div>8. März 2016, 4:30 Uhr</div>", language="de"))[0] == "2016-03-09T00:30:12+00:00"
    )
    assert published(page_of(meta, "<div>8 March 2016, 20:11</div>"))[0] == "2016-03-09T00:30:12+00:00"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("28.01.22", "2022-01-28"), ("v3.5.12", None), ("12.30.45", None), ("10.1.2.3", None), ("1.2.3", None)],
)
def test_years_of_two_digits_are_read_only_where_a_date_is_expected(printed: str, meant: str | None) -> None:
    assert dates.parse(printed, short_years=True) == meant
    assert dates.parse(printed) is None


def test_a_day_and_a_clock_run_together_are_not_a_year() -> None:
    assert dates.parse("28.09.1912:44") is None
