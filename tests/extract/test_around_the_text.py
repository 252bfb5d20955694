"""What old pages run together above a text and what they announce below it. The pages are our own."""

from __future__ import annotations

import pytest

from onrecord.extract import extract
from onrecord.extract.residue import less_labels
from onrecord.model import Article, Capture, Page, digest

HEADLINE = "Ferry Company Buys Back Its Own Pier"
TEXT = [
    "The company that ran the night ferry for forty years has bought back the pier from which it sailed, at a price "
    "that nobody would name on Monday.",
    "“We should never have sold it,” said Orla Tamsin, who keeps the books. She said that the winter timetable "
    "would be printed again by Friday.",
    "The harbour board, which owns the water but not the planks, asked to see the contract before the first boat leaves.",
]
LINKS = "".join(
    f'<p>&#8226; <a href="/news.asp?id={number}">{name}</a><br>{words}...</p>'
    for number, name, words in [
        (
            7,
            "Lamp Stays Dark",
            "The lamp above the customs house stayed dark for a third night, because the fuse is kept",
        ),
        (
            8,
            "Bread Is Dearer",
            "Bread costs more from today in all shops of the lower town, the bakers said in a letter",
        ),
    ]
)


def read(html: str) -> Article:
    body = html.encode()
    found = extract(
        Page(Capture("c", "f", "html", digest(body), len(body), "http://paper.example/news.asp?id=1"), body)
    )
    assert isinstance(found, Article)
    return found


def page(above: str, below: str) -> str:
    text = "<br><br>".join(TEXT)
    return (
        f"<html><head><title>{HEADLINE} - Paper</title></head><body><table><tr><td>{above}<br><font size=3>{text}</font>"
        f"{below}</td></tr></table></body></html>"
    )


def test_section_headline_date_and_byline_in_one_block_are_no_paragraph() -> None:
    above = f"<font size=1>News</font><br><b>{HEADLINE}</b><br>Monday, March 3, 2008<br><b>By Orla Tamsin</b><br>"
    assert list(read(page(above, "")).paragraphs) == TEXT


def test_the_block_of_a_picture_s_number_and_caption_is_no_paragraph() -> None:
    above = "<table><tr><td>Media ID: 551<br>Caption:<br>The pier at low water, seen from the mole on Sunday.</td></tr></table>"
    assert list(read(page(above, "")).paragraphs) == TEXT


def test_teasers_of_other_articles_below_a_text_are_left_out() -> None:
    found = read(page(f"<h1>{HEADLINE}</h1>", f"<hr><b>More in News</b>{LINKS}"))
    assert list(found.paragraphs) == TEXT


@pytest.mark.parametrize(
    "first",
    [
        "Ferry Company Buys Back Its Own Pier, and the whole lower town came to see how many planks had to be counted before "
        "noon on Monday by the three clerks.",
        "Media attention is not what the company wanted, it said.",
    ],
)
def test_a_paragraph_that_only_begins_like_a_label_stays(first: str) -> None:
    assert less_labels([first, *TEXT], HEADLINE) == [first, *TEXT]


def test_the_site_is_what_stands_behind_the_bar_of_a_title_whose_other_part_is_the_headline() -> None:
    assert read(page(f"<h1>{HEADLINE}</h1>", "")).site == "Paper"
    assert read(page(f"<h1>{HEADLINE}</h1>", "").replace("- Paper", "- in - Port")).site is None
