"""Captions and credits of the layouts that news sites use, each made up in our own words."""

from __future__ import annotations

import pytest

from onrecord.extract import captions, extract, images
from onrecord.model import Article, Capture, Page, Picture, digest

TEXT = (
    "<p>The harbour board met on Tuesday evening and decided, after four hours, to close the old pier for the winter.</p>"
    "<p>Its chairman said the timber had been rotting for years, and that nobody had wanted to pay for its repair.</p>"
    "<p>Two fishermen who moor there said that they had been told nothing, and that they would not leave before spring.</p>"
)


def pictures_of(figure: str, *, head: str = "", behind: str = "", byline: str = "") -> tuple[Picture, ...]:
    body = (
        f"<html lang=en><head><title>Pier to close</title>{head}</head><body><article><header><h1>Pier to close</h1>"
        f"{byline}</header>{figure}<div class=entry-content>{TEXT}{behind}</div></article></body></html>"
    ).encode()
    found = extract(
        Page(Capture("c", "pier.html", "html", digest(body), len(body), url="https://news.example/pier"), body)
    )
    assert isinstance(found, Article)
    assert [text[:12] for text in found.paragraphs[:3]] == ["The harbour ", "Its chairman", "Two fisherme"]
    return found.pictures


IMG = "<img src=/media/pier-1200.jpg width=1200 height=800>"
CAPTION = "Boats lie beside the old pier."
WHO = "Petra Lind/AFP"


def figure(words: str, image: str = IMG) -> str:
    return f"<figure>{image}<figcaption>{words}</figcaption></figure>"


LAYOUTS = {
    "figcaption with a credit element": figure(f"{CAPTION} <span class=credit>{WHO}</span>"),
    "machine-made names and a hidden label": figure(
        f"<span class=css-1jev>{CAPTION}</span><span class=css-9x><span class=css-1ly>Credit...</span><span>{WHO}</span></span>"
    ),
    "brackets at the end": figure(f"{CAPTION} ({WHO})"),
    "square brackets": figure(f"{CAPTION} [{WHO}]", f"<div class=responsive-image>{IMG}</div>"),
    "a label": figure(f"<span class=x1><svg></svg></span><span class=x2>{CAPTION}</span> Photograph: {WHO}"),
    "agency style": figure(f"<span>{CAPTION} {WHO}</span> <a href=/licence>Purchase Licensing Rights</a>"),
    "numbered in a gallery": figure(f"1 of 5 | {CAPTION} ({WHO})"),
    "caption and attribution in one name": (
        f"<div class=image__container><picture>{IMG}</picture></div><div class=image__metadata><div class='image__caption "
        f"attribution'><span>{CAPTION}</span></div><figcaption class=image__credit>{WHO}</figcaption></div>"
    ),
    "credit in small print": figure(f"{CAPTION} <small>{WHO}</small>"),
    "names in an element nobody calls a credit": figure(f"<p>{CAPTION}</p><p>{WHO}</p>"),
    "credit before the caption": figure(f"<span class=copyright>© {WHO}</span><p>{CAPTION}</p>"),
    "credit over the picture": figure(CAPTION, f"<div>{IMG}<span class=x7>{WHO}</span></div>"),
    "caption behind the figure": (
        f"<div><figure>{IMG}</figure><p class=article-media-lead-caption>{CAPTION}</p>"
        f"<p class=image--author>Foto: {WHO}</p></div>"
    ),
    "WordPress": f"<div id=attachment_77 class=wp-caption>{IMG}<p class=wp-caption-text>{CAPTION} Photo: {WHO}</p></div>",
    "Drupal": (
        f"<div class=field--name-field-image>{IMG}</div><div class=field--name-field-image-caption>{CAPTION}</div>"
        f"<div class=field--name-field-image-credit>{WHO}</div>"
    ),
    "AMP": figure(f"{CAPTION} {WHO}", "<amp-img src=/media/pier-1200.jpg width=1200 height=800></amp-img>"),
    "a definition list": f"<dl class=textpic><dt>{IMG}</dt><dd class=textpic-caption>{CAPTION} Foto: {WHO}</dd></dl>",
    "a table of 2005": f"<table><tr><td>{IMG}</td></tr><tr><td><font size=1>{CAPTION} ({WHO})</font></td></tr></table>",
    "italics under the image": f"<p>{IMG}<br><i>{CAPTION} (Photo: {WHO})</i></p>",
    "a paragraph under the image": f"<p align=center>{IMG}</p><p align=center><font color=navy>{CAPTION} ({WHO})</font></p>",
    "both in data attributes": (
        f"<div><img src=/media/pier-1200.jpg width=1200 data-caption='{CAPTION}' data-credit='{WHO}'></div>"
    ),
    "a label in a line of its own": figure(f"<p>{CAPTION}</p><div>Foto:</div><p>{WHO}</p>"),
    "a bar": figure(f"{CAPTION} | {WHO}"),
    "a link to the full picture": f"<figure><a href=/media/pier.jpg>{IMG}<figcaption>{CAPTION} {WHO}</figcaption></a></figure>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_caption_and_credit_are_found_and_kept_apart(layout: str) -> None:
    lead = pictures_of(LAYOUTS[layout])[0]
    assert (lead.caption, lead.credit) == (CAPTION, WHO)
    assert lead.url == "https://news.example/media/pier-1200.jpg"


@pytest.mark.parametrize(
    ("printed", "text", "credit"),
    [
        ("Boats in the bay. (AP Photo/Petra Lind)", "Boats in the bay.", "AP Photo/Petra Lind"),
        ("Boats in the bay. (AP Photo/Petra Lind, File)", "Boats in the bay.", "AP Photo/Petra Lind, File"),
        (
            "Boats in the bay. | Petra Lind/PA Images via Getty Images",
            "Boats in the bay.",
            "Petra Lind/PA Images via Getty Images",
        ),
        ("Boats in the bay. Petra Lind/Reuters files", "Boats in the bay.", "Petra Lind/Reuters files"),
        ("Boats in the bay. (screen grab)", "Boats in the bay.", "screen grab"),
        ("Boats in the bay, Foto: Petra Lind", "Boats in the bay", "Petra Lind"),
        ("Boats in the bay. Photo via Harbour Club", "Boats in the bay.", "Harbour Club"),
        ("Boote in der Bucht. © dpa | Petra Lind", "Boote in der Bucht.", "dpa | Petra Lind"),
        ("Des bateaux dans la baie. Crédit photo : Petra Lind", "Des bateaux dans la baie.", "Petra Lind"),
        ("Barcos en la bahía. Petra Lind (EFE)", "Barcos en la bahía.", "Petra Lind (EFE)"),
        ("Łodzie w zatoce, fot. Petra Lind", "Łodzie w zatoce", "Petra Lind"),
        ("Лодки в бухте. Фото: Петра Линд / ТАСС", "Лодки в бухте.", "Петра Линд / ТАСС"),
        ("قوارب في الخليج (رويترز)", "قوارب في الخليج", "رويترز"),
        ("湾に並ぶ船＝５月３日（ペトラ撮影）", "湾に並ぶ船＝５月３日", "ペトラ"),
        ("만에 있는 배들. [사진 출처 = 연합뉴스]", "만에 있는 배들.", "연합뉴스"),
        (
            "Photo taken on May 3, 2016 shows boats in the bay. (Xinhua/Li Min)",
            "Photo taken on May 3, 2016 shows boats in the bay.",
            "Xinhua/Li Min",
        ),
        ("The mayor (left) and her deputy.", "The mayor (left) and her deputy.", None),
        ("Boats in Varna (Bulgaria)", "Boats in Varna (Bulgaria)", None),
        ("Foto de familia de los ministros", "Foto de familia de los ministros", None),
        (
            "Video games | the new season in pictures and words",
            "Video games | the new season in pictures and words",
            None,
        ),
    ],
)
def test_a_credit_is_cut_from_a_caption_and_nothing_else_is(printed: str, text: str, credit: str | None) -> None:
    assert captions.take_apart(printed)[:2] == (text, credit)


@pytest.mark.parametrize(
    ("caption", "taken"),
    [
        ("Boats in the bay on May 3, 2016.", "2016-05-03"),
        ("Boote in der Bucht am 3. Mai 2016.", "2016-05-03"),
        ("Barcos en la bahía, 3 de mayo de 2016.", "2016-05-03"),
        ("The last 12 boats 2016", None),
        ("Boats on May 3, 2016, and on June 4, 2017.", None),
    ],
)
def test_a_date_in_a_caption_is_the_day_of_the_picture_where_it_is_the_only_one(
    caption: str, taken: str | None
) -> None:
    assert captions.take_apart(caption).taken == taken


def test_a_face_of_who_writes_and_the_pictures_of_other_stories_stay_out() -> None:
    face = "<div class=author-box><img src=/authors/ines-falk.jpg width=300 height=300 alt='Ines Falk'><p>Ines Falk</p></div>"
    related = (
        "<div class=related-stories><a href=/other><img src=/media/other.jpg width=600><h3>Another story of the day</h3></a></div>"
        "<a href=/third><figure><img src=/media/third.jpg width=600><figcaption>A third story of the day</figcaption></figure></a>"
        "<img src=https://count.example/pixel/1.gif width=600>"
    )
    found = pictures_of(LAYOUTS["a bar"], byline=face, behind=related)
    assert [picture.url for picture in found] == ["https://news.example/media/pier-1200.jpg"]


def test_every_picture_of_the_article_is_kept_with_its_own_words() -> None:
    second = "<figure><img src=/media/84057994.jpg width=900><figcaption>The board at work. Foto: Tom Brandt</figcaption></figure>"
    third = "<figure><img src=/media/84058151.jpg width=900><figcaption>The pier in 1950.</figcaption></figure>"
    found = pictures_of(LAYOUTS["a bar"], behind=second + third)
    assert [(picture.caption, picture.credit) for picture in found] == [
        (CAPTION, WHO),
        ("The board at work.", "Tom Brandt"),
        ("The pier in 1950.", None),
    ]


def test_a_picture_that_loads_late_has_its_largest_address_and_is_not_given_twice() -> None:
    late = (
        "<figure><img src=/grey-placeholder.png class=hide-when-no-script><img src='data:image/gif;base64,R0l' "
        "data-srcset='/media/w_240,c_limit/pier.jpg 240w,/media/w_960,c_limit/pier.jpg 960w'>"
        "<noscript><img src=/media/w_240,c_limit/pier.jpg></noscript><figcaption>Boats beside the old pier.</figcaption></figure>"
    )
    (picture,) = pictures_of(late)
    assert picture.url == "https://news.example/media/w_960,c_limit/pier.jpg"


def test_a_credit_under_the_headline_or_at_the_end_belongs_to_the_lead() -> None:
    bare = "<figure><img src=/media/pier-1200.jpg width=1200></figure>"
    above = pictures_of(bare, byline="<p class=story-meta__credit>The old pier. | Petra Lind/Getty Images</p>")
    assert (above[0].caption, above[0].credit) == ("The old pier.", "Petra Lind/Getty Images")
    below = pictures_of(bare, behind="<p><em>Featured image by Petra Lind/The Harbour Post.</em></p>")
    assert below[0].credit == "Petra Lind/The Harbour Post"


@pytest.mark.parametrize("place", ["<table align=right><tr><td>{}</td></tr></table>", "<div class=media>{}</div>"])
def test_a_media_block_gives_id_caption_credit_and_date(place: str) -> None:
    said = "Media ID: 8812045<br>Caption:<br>Boats by the pier in Varna May 3, 2016. Picture taken May 3, 2016. AFP/Petra Lind"
    (picture,) = pictures_of(place.format(f"{IMG}<br><font size=1>{said}</font>"))
    assert picture.id == "8812045"
    assert (picture.caption, picture.credit) == ("Boats by the pier in Varna May 3, 2016.", "AFP/Petra Lind")
    assert picture.taken == "2016-05-03"


def test_the_still_of_a_film_counts_where_it_has_a_caption() -> None:
    still = "<div class=media-player><img src=/media/still.jpg></div>"
    film = f"<figure class='image video'>{still}<figcaption>The board speaks.</figcaption></figure>"
    (picture,) = pictures_of(film)
    assert picture.caption == "The board speaks."


def test_the_same_picture_has_one_name_whatever_its_size_and_proxy() -> None:
    names = {
        images.key("https://i1.wp.com/news.example/a/old-pier-1024x683.jpg?w=3"),
        images.key("https://news.example/b/old-pier.jpg"),
        images.key("https://img.example/resize/2000x/?url=https%3A%2F%2Fnews.example%2Fc%2Fold-pier.jpg"),
    }
    assert names == {"old-pier"}
    assert images.key("https://news.example/img/84057994.webp") != images.key("https://news.example/img/84058151.webp")
