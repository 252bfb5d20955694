"""Text captures: what a crawler kept of a page without its markup."""

from __future__ import annotations

from onrecord.extract import extract
from onrecord.model import Article, Capture, Page, digest

CAPTURE = """Northern Ledger News and Opinion | Northern Ledger

Harbour Cranes Fall Silent as Talks Stall | NORTHERN LEDGER English Archive 2005 -2017
Select Page
Media ID: 8812045
Caption:

A docker waits beside an idle crane in the port of Varna, May 3, 2016. Picture taken May 3, 2016. REUTERS/Petra Lindqvist


Varna – The port has not moved a container since Monday, and nobody expects it to do so before the weekend.

“We are not asking for the moon,” said union leader Ivo Marinov.

He added that the talks would go on.
"""


def article_of(text: str, media: str = "text") -> Article:
    body = text.encode()
    found = extract(Page(Capture("c", "page.txt", media, digest(body), len(body)), body))
    assert isinstance(found, Article), found
    return found


def test_site_stands_behind_the_bar_and_headline_before_it() -> None:
    article = article_of(CAPTURE)
    assert article.site == "NORTHERN LEDGER English Archive 2005 -2017"
    assert article.headline == "Harbour Cranes Fall Silent as Talks Stall"


def test_media_block_becomes_a_picture_with_credit_and_date_apart() -> None:
    (picture,) = article_of(CAPTURE).pictures
    assert picture.id == "8812045"
    assert picture.caption == "A docker waits beside an idle crane in the port of Varna, May 3, 2016."
    assert picture.credit == "REUTERS/Petra Lindqvist"
    assert picture.taken == "2016-05-03"


def test_dateline_is_cut_from_the_text_and_kept() -> None:
    article = article_of(CAPTURE)
    assert article.dateline == "Varna"
    assert article.text.startswith("The port has not moved")


def test_body_holds_no_title_menu_or_caption() -> None:
    assert len(article_of(CAPTURE).paragraphs) == 3
