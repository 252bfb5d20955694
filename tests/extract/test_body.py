"""Which of a page's texts is its article, where pages of many makes put others beside it. The pages are our own."""

from __future__ import annotations

from onrecord.extract import extract
from onrecord.model import Article, Capture, Page, digest

HEADLINE = "Night Ferry Returns to the Old Pier"
STANDFIRST = "Forty years after the last crossing, the boats are back, and the town argues about the noise."
TEXT = [
    "The first boat left the old pier at half past nine on Monday with eleven passengers, two bicycles and a crate of "
    "plums that nobody had ordered.",
    "“We sold out of coffee before the lamp,” said Orla Tamsin, who runs the kiosk on the mole. She said that she would "
    "order twice as much for the weekend.",
    "The harbour board has promised to measure the noise of the engines until the end of the month, and to publish what it "
    "finds on the notice board by the customs house.",
]
DATA = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{HEADLINE}"}}</script>'
OTHER = [
    "The bakers of the lower town have agreed on a price for the round loaf, which will hold until the harvest is in and "
    "the mill has said what it asks for its flour.",
    "Nobody at the meeting wanted to be the first to speak, one of them said afterwards, because the last to raise the price "
    "had been the first to close his shop, and all of them remember it.",
    "The agreement will be read out on Sunday, and the mayor has been asked to keep a copy of it in the drawer where the "
    "keys of the old mill are kept, in case anybody should ask for it.",
] * 3


def paragraphs(*texts: str, make: str = "") -> str:
    return "".join(f'<p class="{make}">{text}</p>' if make else f"<p>{text}</p>" for text in texts)


def read(body: str, head: str = DATA) -> Article:
    raw = f"<html><head><title>{HEADLINE}</title>{head}</head><body>{body}</body></html>".encode()
    found = extract(Page(Capture("c", "f", "html", digest(raw), len(raw), "http://paper.example/ferry"), raw))
    assert isinstance(found, Article)
    return found


def test_an_endless_page_has_the_text_of_its_first_article_only() -> None:
    first = f"<article><h1>{HEADLINE}</h1>{paragraphs(*TEXT, *TEXT[::-1])}</article>"
    second = f"<article><h1>The Price of Bread</h1>{paragraphs(*OTHER)}</article>"
    assert set(read(f"<main>{first}{second}</main>").paragraphs) == set(TEXT)


def test_forms_behind_the_main_part_of_a_page_are_no_text() -> None:
    main = f"<main><h1>{HEADLINE}</h1>{paragraphs(*TEXT, *TEXT[::-1])}</main>"
    assert set(read(main + f"<section>{paragraphs(*OTHER)}</section>", head="").paragraphs) == set(TEXT)


def test_a_teaser_set_into_a_text_is_no_paragraph() -> None:
    teaser = '<div class=x><h4><a href="/bread">The price of bread is agreed</a></h4><p>The bakers met on Monday and agreed.</p></div>'
    body = f"<article><h1>{HEADLINE}</h1>{paragraphs(*TEXT[:2])}{teaser}{paragraphs(TEXT[2])}</article>"
    assert list(read(body).paragraphs) == TEXT


def test_an_article_set_into_another_is_no_part_of_its_text() -> None:
    inner = f"<article><h3>The price of bread</h3>{paragraphs(OTHER[0])}</article>"
    body = f"<article><h1>{HEADLINE}</h1>{paragraphs(*TEXT[:2])}{inner}{paragraphs(TEXT[2])}</article>"
    assert list(read(body).paragraphs) == TEXT


def test_a_heading_in_a_text_is_part_of_it_whatever_its_class_says() -> None:
    body = (
        f"<h1>{HEADLINE}</h1>{paragraphs(*TEXT[:2])}<h2 class='widget-title toc_1'>The noise</h2>{paragraphs(TEXT[2])}"
    )
    assert list(read(f"<article>{body}</article>").paragraphs) == [*TEXT[:2], "The noise", TEXT[2]]


def test_paragraphs_behind_a_wall_are_text() -> None:
    body = f"<h1>{HEADLINE}</h1>{paragraphs(*TEXT[:2])}{paragraphs(TEXT[2], make='paywall')}{paragraphs(*OTHER[:3])}"
    assert TEXT[2] in read(f"<article>{body}</article>").paragraphs


def test_the_first_paragraph_outside_of_a_wall_is_text_as_it_is_made_like_the_others() -> None:
    wall = f"<div class=wall>{paragraphs(*TEXT[1:], *OTHER[:2], make='c1')}</div>"
    body = f"<h1>{HEADLINE}</h1><p class=lead>{STANDFIRST}</p><div>{paragraphs(TEXT[0], make='c1')}</div>{wall}"
    assert list(read(f"<article>{body}</article>").paragraphs) == [*TEXT, *OTHER[:2]]


def test_what_a_box_of_facts_lists_is_no_paragraph() -> None:
    box = "<div class='column factbox'><h2>In short</h2><ul><li>The ferry sails again, and will until May.</li></ul></div>"
    assert list(read(f"<article><h1>{HEADLINE}</h1>{box}{paragraphs(*TEXT)}</article>").paragraphs) == TEXT


def test_the_introduction_of_a_page_that_no_newsroom_made_is_text() -> None:
    body = f"<h1>{HEADLINE}</h1><p class=teaser>{STANDFIRST}</p><div class=entry>{paragraphs(*TEXT)}</div>"
    blog = '<meta property="og:type" content="article"><meta property="article:published_time" content="2020-03-02">'
    assert list(read(body, head=blog).paragraphs) == [STANDFIRST, *TEXT]
    assert list(read(body).paragraphs) == TEXT


def test_what_readers_wrote_below_a_text_is_no_part_of_it_however_long_the_list_is() -> None:
    letters = "".join(f"<li><h4>Reader {n}</h4><p>{text}</p></li>" for n, text in enumerate((*OTHER, *OTHER)))
    text = [*TEXT, *(line.replace("the", "that") for line in (*TEXT, *TEXT))]
    body = f"<h1>{HEADLINE}</h1>{paragraphs(*text)}<ul class=directory>{letters}</ul>"
    assert not set(read(f"<div>{body}</div>", head="").paragraphs) & set(OTHER)


def test_a_paragraph_set_as_a_heading_is_text() -> None:
    body = f"<article><h1>{HEADLINE}</h1>{paragraphs(*TEXT[:2])}<h3>{OTHER[1]}</h3>{paragraphs(TEXT[2])}</article>"
    assert OTHER[1] in read(body).paragraphs


def test_a_line_at_the_foot_that_announces_what_is_not_there_is_no_text() -> None:
    for last in ("<h3>More from the harbour</h3>", "<p>You may also like to read:</p>", "<p>On this subject：</p>"):
        body = f"<article><h1>{HEADLINE}</h1>{paragraphs(*TEXT)}{last}</article>"
        assert list(read(body).paragraphs) == TEXT


def test_a_heading_below_the_text_is_not_its_headline() -> None:
    body = f"<div><h1>{HEADLINE}</h1></div><div class=entry>{paragraphs(*TEXT)}<h1>Ask me</h1></div>"
    assert list(read(body).paragraphs) == TEXT
