"""What a site repeats is learned from the site, in any order and in any shards."""

from __future__ import annotations

import json

from onrecord.extract import Counts, SiteProfile, count, extract, learn, profiles
from onrecord.model import Article, Capture, Page, digest

NOTE = "This newspaper is read in every harbour of the northern coast, and has been since the lighthouse was built."
TOPICS = ("ferry", "lighthouse", "school", "bakery", "council", "museum")


def page(topic: str, *, data: bool = True, line: str = "") -> Page:
    told = {
        "@type": "NewsArticle",
        "headline": f"All about the {topic} today",
        "author": {"@type": "Person", "name": "Ines Falk"},
        "datePublished": "2016-03-08",
    }
    linked = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    text = "".join(
        f"<p>{line if word == 'praised' else ''}The {topic} was {word} by the council of the town after a long debate on "
        "Monday, and nobody asked why.</p>"
        for word in ("praised", "closed", "sold")
    )
    body = (
        f"<html><head>{linked if data else ''}</head><body><article><h1>All about the {topic} today</h1>"
        f"<div class=who>Ines Falk</div>{text}<p>{NOTE}</p></article></body></html>"
    ).encode()
    url = f"https://courier.example/{topic}"
    return Page(Capture(topic, "f.html", "html", digest(body), len(body), url=url), body)


def article(found: object) -> Article:
    assert isinstance(found, Article)
    return found


def test_a_paragraph_that_stands_on_every_page_goes() -> None:
    learned = learn([page(topic) for topic in TOPICS])
    assert NOTE in article(extract(page("ferry"))).text
    assert NOTE not in article(extract(page("ferry"), learned)).text
    assert len(article(extract(page("ferry"), learned)).paragraphs) == 3


def test_a_byline_is_found_where_it_was_confirmed_on_other_pages() -> None:
    learned = learn([page(topic) for topic in TOPICS])
    found = article(extract(page("harbour", data=False), learned))
    assert found.authors == ("Ines Falk",)
    assert dict(found.provenance)["authors"] == "site"


def test_a_place_on_no_list_is_one_where_several_texts_of_the_site_begin_with_it() -> None:
    pages = [page(topic, line="Hollin Sund – ") for topic in TOPICS]
    assert article(extract(pages[0])).dateline is None
    found = article(extract(pages[0], learn(pages)))
    assert (found.dateline, found.paragraphs[0][:10]) == ("Hollin Sund", "The ferry ")
    assert article(extract(pages[0], learn([*pages[:1], *map(page, TOPICS[1:])]))).dateline is None


def test_an_agency_on_no_list_is_one_that_stands_in_brackets_in_several_datelines_of_the_site() -> None:
    pages = [page(topic, line="Hollin Sund (NCA) – ") for topic in TOPICS[:3]]
    found = article(extract(page("museum", line="Oslo (NCA) – "), learn([*pages, *map(page, TOPICS[3:])])))
    assert (found.agency, found.dateline) == ("NCA", "Oslo")
    assert article(extract(page("museum", line="Oslo (NCA) – "))).agency is None


def test_a_profile_is_the_same_when_it_was_written_and_read() -> None:
    for profile in profiles(count([page(topic, line="Hollin Sund (NCA) – ") for topic in TOPICS])).values():
        assert SiteProfile.load(profile.dump()) == profile
        assert profile.datelines == {"hollin sund"}


def test_shards_add_up_in_any_order() -> None:
    pages = [page(topic) for topic in TOPICS]
    forwards, backwards = Counts(), Counts()
    for shard in (pages[:2], pages[2:]):
        forwards.merge(count(shard))
    for shard in (pages[2:], pages[:2]):
        backwards.merge(count(reversed(shard)))
    assert profiles(forwards) == profiles(backwards) == profiles(count(pages))


def test_captures_of_one_address_are_not_what_a_site_repeats() -> None:
    learned = learn([page("ferry")] * 5)
    assert len(article(extract(page("ferry"), learned)).paragraphs) == 4


def test_learning_survives_any_page() -> None:
    broken = Page(Capture("c", "f", "html", "sha256:0", 3), b"\x00<<")
    assert profiles(count([broken, broken])) == {}
