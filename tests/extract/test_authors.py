"""Who wrote it: four signals, weighed against each other."""

from __future__ import annotations

import json

import pytest

from onrecord.extract import dateline, extract, names
from onrecord.model import Article, Capture, Page, digest

TEXT = "".join(
    f"<p>The harbour office said on the {day} day that the ferry stays in port until the pier has been mended again.</p>"
    for day in ("first", "second", "third", "fourth")
)


def article(head: str = "", below: str = "", foot: str = "", text: str = TEXT) -> Article:
    body = (
        f"<html lang=en><head><title>Ferry stays in port</title><meta property='og:site_name' content='The Courier'>{head}"
        f"</head><body><article><h1>Ferry stays in port</h1>{below}{text}{foot}</article></body></html>"
    ).encode()
    found = extract(Page(Capture("test", "page.html", "html", digest(body), len(body)), body))
    assert isinstance(found, Article)
    return found


def data(*authors: str, kind: str = "NewsArticle") -> str:
    people = [{"@type": "Person", "name": name} for name in authors]
    node = {"@type": kind, "headline": "Ferry stays in port", "publisher": {"name": "The Courier"}, "author": people}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("By Ines Falk and Tom Brandt, Staff Writers", ("Ines Falk", "Tom Brandt")),
        ("Von: Ines FALK, Tom BRANDT", ("Ines FALK", "Tom BRANDT")),
        ("Autor: Ines Falk", ("Ines Falk",)),
        ("Veröffentlicht von Ines Falk", ("Ines Falk",)),
        ("Interview: Ines Falk", ("Ines Falk",)),
        ("(责编：李明、王芳)", ("李明", "王芳")),
        ("Ines Falk Feb 3, 2020", ("Ines Falk",)),
        ("Par Ines Falk le 3 mai", ("Ines Falk",)),
        ("~ Ines Falk", ("Ines Falk",)),
        ("di Ines Falk", ("Ines Falk",)),
        ("Na Ines Falk", ("Ines Falk",)),
        ("מאת: דנה כהן", ("דנה כהן",)),
        ("Le Courrier et AFP", ("Le Courrier et AFP",)),
        ("AFP/The Courier", ("AFP/The Courier",)),
        ("Ines Falk, dpa", ("Ines Falk",)),
    ],
)
def test_a_printed_byline_is_taken_apart(printed: str, meant: tuple[str, ...]) -> None:
    assert names.printed(printed) == meant


@pytest.mark.parametrize(
    ("claim", "meant"),
    [
        ("Ines Falk og Tom Brandt", ("Ines Falk", "Tom Brandt")),
        ("By Ines Falk And Tom Brandt For The Courier On Sunday", ("Ines Falk", "Tom Brandt")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Staff and news service reports", ("Staff and news service reports",)),
        ("Office for Forests and Lakes", ("Office for Forests and Lakes",)),
        ("admin", ()),
    ],
)
def test_claims_are_split_only_where_that_leaves_names(claim: str, meant: tuple[str, ...]) -> None:
    assert names.claimed((claim,)) == meant


@pytest.mark.parametrize(
    "text", ["Courier News", "Read More", "Recent Posts", "The Courier", "Editorial Team", "ines falk", "AFP"]
)
def test_what_is_no_person_is_not_taken_for_one(text: str) -> None:
    assert not names.is_person(text)


def test_people_of_the_byline_stand_where_the_data_name_the_outlet() -> None:
    assert article(data("The Courier"), "<p>By Ines Falk</p>").authors == ("Ines Falk",)
    assert article(data("The Courier")).authors == ("The Courier",)
    assert article(data("TheCourier")).authors == ()
    assert article(data("The Courier", kind="BlogPosting")).authors == ()


def test_a_byline_that_names_more_wins_and_one_that_names_others_wins_where_the_data_are_not_shown() -> None:
    assert article(data("Ines Falk"), "<p>By Ines Falk and Tom Brandt</p>").authors == ("Ines Falk", "Tom Brandt")
    assert article(data("Web Admin Seven"), "<p>By Tom Brandt</p>").authors == ("Tom Brandt",)
    assert article(data("Ines Falk"), foot="<h2>More stories</h2><p>By Tom Brandt, 3 May</p>").authors == ("Ines Falk",)


def test_one_name_suffices_where_the_page_calls_it_its_author() -> None:
    assert article(below='<span class="author vcard"><a class="fn" href="/author/ines">Ines</a></span>').authors == (
        "Ines",
    )
    assert article(below="<div>Ines</div>").authors == ()
    assert article(below='<a rel="author" href="/author/x">The Courier</a>').authors == ()


def test_signatures_below_the_text_count_and_bylines_of_other_stories_do_not() -> None:
    assert article(foot="<p>– Ines Falk</p>").authors == ("Ines Falk",)
    assert article(foot="<h2>More stories</h2><p>Pier mended</p><p>By Tom Brandt 12 May 2022</p>").authors == ()
    assert article(foot="<ul><li>Author: Ines Falk</li></ul>").authors == ("Ines Falk",)


@pytest.mark.parametrize(
    "line",
    [
        "Harbour | By Ines Falk | 3 May 2020",
        "03.05.2020 - Redaktion: Ines Falk (Press office)",
        "Datum: 3.5.2020 Autor: Ines Falk Quelle: The Courier",
    ],
)
def test_a_byline_may_stand_in_a_line_with_date_and_section(line: str) -> None:
    assert article(below=f"<div>{line}</div>").authors == ("Ines Falk",)


def test_an_author_may_sign_in_brackets_behind_the_last_sentence() -> None:
    last = "<p>The office said on the fifth day that nobody knows when the pier will open again{}</p>"
    assert article(text=TEXT + last.format(". (Ines Falk) +++")).authors == ("Ines Falk",)
    assert article(text=TEXT + last.format(" (Ines Falk)")).authors == ()


def test_a_name_is_no_outlet_s_because_it_begins_like_a_word_for_one() -> None:
    assert names.is_person("Ines Weber")
    assert names.is_person("Tom Newsome")
    assert not names.is_person("Courier Webteam")


def test_metas_name_authors_whom_the_page_shows() -> None:
    meta = "<meta name='parsely-author' content='Ines Falk'>"
    assert article(meta, "<div>Ines Falk</div>").authors == ("Ines Falk",)
    assert article(meta).authors == ()


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Associated Press in Holmvik", "AP"),
        ("By Ines Falk, Associated Press", "AP"),
        ("REUTERS", "Reuters"),
        ("Boats in the bay. Photo: Ines Falk/AFP", None),
        ("Ines Falk/AFP", None),
        ("AA", None),
    ],
)
def test_an_agency_is_credited_beside_the_authors(line: str, agency: str | None) -> None:
    assert names.agency_credit(line) == agency
    assert article(below=f"<div>{line}</div>").agency == agency


def test_a_dateline_in_an_element_of_its_own_belongs_to_the_text() -> None:
    text = TEXT.replace("<p>", "<span class=dateline>HOLMVIK, Norway —&nbsp;</span><p>", 1)
    found = article(data("Ines Falk"), text=text)
    assert found.dateline == "HOLMVIK, Norway"
    assert found.text.startswith("The harbour office")
    assert dateline.joined("Ferry stays in port", "The harbour office said so.") == "The harbour office said so."


def test_a_dateline_below_an_introduction_is_one_where_its_place_is_known() -> None:
    lead = "<p class=lead>Nobody knows when the ferry will sail again, and nobody at the office will say it either.</p>"
    found = article(text=lead + TEXT.replace("<p>", "<p>Cairo — ", 1))
    assert found.dateline == "Cairo"
    assert not any("Cairo" in paragraph for paragraph in found.paragraphs)
    assert article(text=lead + TEXT.replace("<p>", "<p>COURIER: ", 1)).dateline is None


def test_a_desk_or_an_editors_sign_that_no_reader_sees_is_nobody() -> None:
    assert article(data("CX-Redaktion")).authors == ()
    assert article(data("xy")).authors == ()
    assert article(data("CX-Redaktion"), "<div>CX-Redaktion</div>").authors == ("CX-Redaktion",)
    assert article(data("dpa")).authors == ("dpa",)
