"""Pages that only lead to articles are skips with that reason; an article with lists around it is none of them."""

from __future__ import annotations

import pytest

from onrecord.extract import extract
from onrecord.model import Article, Capture, Page, Skip, digest

TOPICS = ("Ferry", "Lighthouse", "School", "Bakery", "Council", "Museum")
SITE = "https://courier.example"
CARDS = "".join(
    f"<h2><a href='/2016/{topic}'>All about the {topic} of the town</a></h2><p>3 March 2016</p>"
    f"<p>The {topic} was praised by the council on Monday after a long debate, and then… <a href='#'>Continue</a></p>"
    for topic in TOPICS
)
OLD = "<table><tr><td>" + "".join(
    f"<p><a href='/news.asp?id={n}'><b>All about the {topic} of the town</b></a><br>"
    f"The {topic} was sold by the town to nobody… <a>More</a></p>"
    for n, topic in enumerate(TOPICS)
)
TEXT = "".join(
    f"<p>The {topic} was {word} by the council of the town after a long debate on Monday evening, said the mayor.</p>"
    for topic in TOPICS
    for word in ("praised", "sold")
)


def found(body: str, url: str = SITE + "/") -> Article | Skip:
    data = f"<html><head><title>The Courier</title></head><body>{body}</body></html>".encode()
    return extract(Page(Capture("c", "f.html", "html", digest(data), len(data), url=url), data))


def reason(body: str, url: str) -> str | None:
    answer = found(body, url)
    return answer.reason if isinstance(answer, Skip) else None


@pytest.mark.parametrize("path", ["/", "/english/", "/sport", "/section.asp?id=3", "/category/sport/"])
@pytest.mark.parametrize("body", [CARDS, OLD], ids=["cards", "table"])
def test_a_front_page_or_section_is_no_article(body: str, path: str) -> None:
    assert (reason(body, SITE + path) or "").startswith("not an article: ")


def test_a_tag_page_of_two_teasers_says_that_it_is_one() -> None:
    assert reason(CARDS[: CARDS.index("<h2><a href='/2016/School")], SITE + "/tag/harbour/") == (
        "not an article: tag page"
    )


@pytest.mark.parametrize("path", ["/", "/ferry", "/category/sport/", "/2016/03/all-about-the-ferry/"])
def test_an_article_with_a_list_of_teasers_under_it_is_taken(path: str) -> None:
    assert isinstance(found(f"<h1>All about the ferry</h1>{TEXT}<h3>More</h3>{CARDS}", SITE + path), Article)


def test_a_list_at_an_address_of_its_own_is_left_to_the_reader() -> None:
    """Where the address names one page, its short texts may be the article: a round-up, a table of prices."""
    assert isinstance(found(f"<h1>Six notes from the town</h1>{CARDS}", SITE + "/2016/03/six-notes-4711.html"), Article)


def test_a_form_that_asks_for_a_password_is_a_login_page() -> None:
    form = "<h1>Subscribers</h1><p>Please enter what we sent you by letter in the spring.</p><input type=password>"
    assert reason(form, SITE + "/login.asp") == "not an article: login page"
    assert isinstance(found(f"<h1>All about the ferry</h1>{TEXT}<input type=password>", SITE + "/f"), Article)


@pytest.mark.parametrize("line", ["Nothing here", "Sorry, we lost it", "The page you requested has sailed"])
def test_a_page_that_says_that_nothing_is_there_is_missing(line: str) -> None:
    body = f"<h1>{line}</h1><p>Perhaps the harbour master knows where the page of this name has gone to.</p>"
    assert reason(body, SITE + "/2016/03/gone/") == "not an article: soft 404"
    assert isinstance(found(f"<h1>{line}</h1>{TEXT}", SITE + "/2016/03/gone/"), Article)
