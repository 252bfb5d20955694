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


def test_a_day_in_numbers_is_read_in_the_order_that_the_page_confirms() -> None:
    line = "<div>10/09/2014</div>"
    changed = "<meta property='article:modified_time' content='2014-10-09T14:00:00'>"
    assert published(page_of(below=line))[0] == "2014-09-10"
    assert published(page_of(changed, line))[0] == "2014-10-09"
    assert published(page_of(below=line, url="https://courier.example/2014/10/09/ferry"))[0] == "2014-10-09"
    assert published(page_of(changed, "<div>10 September 2014</div>"))[0] == "2014-09-10"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("الأربعاء 15 آذار 2006", "2006-03-15"),
        ("٣ كانون الثاني ٢٠١١", "2011-01-03"),
        ("2 شباط/فبراير 2012", "2012-02-02"),
    ],
)
def test_arabic_days_are_read_with_the_months_of_the_levant(printed: str, meant: str) -> None:
    assert dates.parse(printed) == meant


@pytest.mark.parametrize("section", ["Port", "Harbour office and ferries"])
def test_lines_in_a_type_of_their_own_are_section_headline_date_and_byline(section: str) -> None:
    lines = (section, "<b>Ferry stays in port</b>", "Tuesday, 8 March 2016", "<b>By Ines Falk</b>")
    printed = "<br>".join(f"<font size={size}>{line}</font>" for size, line in enumerate(lines))
    body = (
        f"<html><head><title>Ferry stays in port - Courier</title></head><body><table><tr><td>{printed}<br><br>"
        f"<font>{TEXT.replace('<p>', '').replace('</p>', '<br><br>')}</font></td></tr></table></body></html>"
    ).encode()
    found = extract(Page(Capture("test", "page.html", "html", digest(body), len(body)), body))
    assert isinstance(found, Article)
    assert (found.headline, found.authors, found.published) == ("Ferry stays in port", ("Ines Falk",), "2016-03-08")
    assert found.text.startswith("The harbour office said")
