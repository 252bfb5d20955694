"""Write the golden pages: twelve invented outlets, each with the layout of its time. Every word is our own."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "pages"

P1 = (
    "The ferry company said on Tuesday that it would stop all crossings to the northern islands until the "
    "damaged pier has been repaired."
)
P2 = (
    "“We cannot ask anybody to board from a floating bridge,” said Marta Oyelaran, who runs the harbour. She added "
    "that divers had found two broken piles."
)
P3 = (
    "Islanders disagree. Several fishermen, who asked not to be named, told this newspaper that the pier had been "
    "unsafe for at least three winters."
)
P4 = (
    "The regional government denied that it had known of the damage. A report from 2014, seen by our reporters, "
    "mentions cracks below the waterline."
)
BODY = (P1, P2, P3, P4)
HEADLINE = "Ferries to the Northern Islands Stop After Pier Damage"
CAPTION = "Cars wait in front of the closed pier in Holmvik on Monday."
CREDIT = "Jonas Ardal/AFP"
MENU = "<ul class=nav><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/sport>Sport</a></ul>"
LINKS = "".join(f"<li><a href=/n/{i}>Another headline about something else, number {i}</a></li>" for i in range(14))


def paragraphs(texts: tuple[str, ...] = BODY, attribute: str = "") -> str:
    """Return the texts as paragraphs."""
    return "\n".join(f"<p{attribute}>{text}</p>" for text in texts)


def linked_data(**more: object) -> str:
    """Return a JSON-LD script of a news article."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "datePublished": "2016-03-08T09:30:00+01:00",
        "author": {"@type": "Person", "name": "Ines Falk"},
        "publisher": {"@type": "Organization", "name": "The Holmvik Courier"},
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


PAGES: dict[str, str] = {
    "table-2005": f"""<html><head><title>{HEADLINE} - Island Post</title></head><body><table><tr><td width=120>{MENU}</td>
<td><font size=5><b>{HEADLINE}</b></font><br><font size=1>By Ines Falk<br>March 8, 2016</font><br><br>
{"<br><br>".join(BODY)}<br><br></td></tr></table><p align=center>Copyright 2016 Island Post. All rights reserved.</p></body></html>""",
    "wordpress": f"""<html lang=en-GB><head><meta property=og:title content="{HEADLINE}"><meta property=og:type content=article>
<meta property=article:published_time content=2016-03-08T09:30:00+01:00><meta property=og:site_name content="Holmvik Courier"></head>
<body class="single has-sidebar"><header class=site-header>{MENU}</header><article class="post type-post">
<h1 class=entry-title>{HEADLINE}</h1><span class=byline>By <a rel=author href=/author/ines-falk/>Ines Falk</a></span>
<div class=entry-content><div id=attachment_311 class=wp-caption><img class=wp-image-311 src=/up/pier-1024x683.jpg width=1024>
<p class=wp-caption-text>{CAPTION} (Photo: {CREDIT})</p></div>{paragraphs()}
<div class=sharedaddy><p>Share this: Facebook Twitter</p></div></div></article>
<div id=comments><p>I have crossed there for forty years and never once felt unsafe, whatever the papers say about it.</p></div></body></html>""",
    "json-ld": f"""<html lang=en><head>{linked_data()}<title>{HEADLINE} | The Holmvik Courier</title></head><body>
<nav>{MENU}</nav><main><article><h1>{HEADLINE}</h1><figure><img src=/img/pier.jpg><figcaption>{CAPTION}
<span class=credit>{CREDIT}</span></figcaption></figure><section class=article-body>{paragraphs()}</section></article></main>
<aside class=related><h2>Related</h2><ul>{LINKS}</ul></aside><footer><p>The Holmvik Courier is published every day.</p></footer></body></html>""",
    "microdata": f"""<html lang=en><body><div itemscope itemtype=http://schema.org/NewsArticle><h1 itemprop=headline>{HEADLINE}</h1>
<p class=meta>By <span itemprop=author>Ines Falk</span> <time itemprop=datePublished datetime=2016-03-08T09:30:00+01:00>8 March 2016</time></p>
<div itemprop=articleBody>{paragraphs()}</div></div></body></html>""",
    "wire-copy": f"""<html lang=en><head>{linked_data(author="Reuters")}</head><body><article><h1>{HEADLINE}</h1>
<p>HOLMVIK, March 8 (Reuters) - {P1}</p>{paragraphs(BODY[1:])}<p>(Reporting by Ines Falk; Editing by Tom Brandt)</p></article></body></html>""",
    "divs-only": f"""<html lang=en><body><div id=page><div id=top>{MENU}</div><div id=story><h1>{HEADLINE}</h1><div class=date>8 March 2016</div>
<div id=text>{"".join(f"<div>{text}</div>" for text in BODY)}</div></div><div id=bottom><ul>{LINKS}</ul></div></div></body></html>""",
    "paywall": f"""<html lang=en><head>{linked_data()}</head><body><article><h1>{HEADLINE}</h1><p class=lead-text>{P1}</p>
<div class=paywall><p class=lead-text>{P2}</p><p class=lead-text>{P3}</p><p class=lead-text>{P4}</p></div>
<div class=piano><p>Subscribe now to read everything that we publish, every day of the week.</p></div></article></body></html>""",
    "split-body": f"""<html lang=en><head>{linked_data()}</head><body><article><h1>{HEADLINE}</h1>
<div class=grid__container><div class=sidebar-part>{paragraphs(BODY[:2])}</div></div><div class=ad><p>Advertisement</p></div>
<div class=grid__container><div class=sidebar-part>{paragraphs(BODY[2:])}</div></div></article></body></html>""",
    "german": f"""<html lang=de><head><title>Fähren fallen aus</title></head><body><article><h1><span class=kicker>Inselverkehr</span><span>: </span>Fähren zu den nördlichen Inseln fallen aus</h1><p class=autor>Von <a rel=author href=/autor/falk>Ines Falk</a></p>
<p class=datum>08.03.2016, 09:30 Uhr</p><figure><img src=/bild/pier.jpg><figcaption>Autos warten vor der gesperrten Mole. Foto: Jonas Ardal/dpa</figcaption></figure>
<p>Holmvik (dpa) - Die Reederei teilte am Dienstag mit, dass bis zur Reparatur der Mole keine Fähre mehr ablegen werde.</p>
<p>„Wir können niemanden über eine Notbrücke an Bord lassen“, sagte Marta Oyelaran, die den Hafen leitet. Taucher hätten zwei gebrochene Pfähle gefunden.</p>
<p>Die Bewohner sehen das anders. Mehrere Fischer sagten dieser Zeitung, die Mole sei seit mindestens drei Wintern nicht mehr sicher gewesen.</p>
<p>Lesen Sie auch: Was Pendler jetzt wissen müssen</p></article></body></html>""",
    "arabic": """<html lang=ar dir=rtl><head><title>توقف العبارات | بريد الجزر</title></head><body><article><h1>توقف العبارات إلى الجزر الشمالية بعد تضرر الرصيف</h1>
<p class=date>8 مارس 2016</p><p>قالت شركة العبارات يوم الثلاثاء إنها ستوقف جميع الرحلات إلى الجزر الشمالية حتى يتم إصلاح الرصيف المتضرر.</p>
<p>وأضافت مديرة الميناء أن الغواصين عثروا على ركيزتين مكسورتين، وأنه لا يمكن لأحد أن يصعد من جسر عائم في هذا الطقس.</p>
<p>لكن عددا من الصيادين، الذين طلبوا عدم ذكر أسمائهم، قالوا للصحيفة إن الرصيف لم يكن آمنا منذ ثلاثة فصول شتاء على الأقل.</p></article></body></html>""",
    "comments-longer": f"""<html lang=en><head>{linked_data()}</head><body><article><h1>{HEADLINE}</h1>{paragraphs()}</article>
<section class=comments-list>{"".join(f"<div class=comment><p>I do not believe a word of this, said reader {i}, and I have told the council so in three letters, none of which they answered.</p></div>" for i in range(30))}</section></body></html>""",
    "amp": f"""<html amp lang=en><head><link rel=canonical href=https://www.courier.example/news/2016/03/08/pier/amp/>{linked_data()}</head>
<body><amp-sidebar>{MENU}</amp-sidebar><article><h1>{HEADLINE}</h1><amp-img src=https://www.courier.example/pier.jpg width=800 height=500></amp-img>
{paragraphs()}</article></body></html>""",
    "section": f"""<html lang=en><head><title>News - Holmvik Courier</title><meta property=og:type content=website></head><body><h1>News</h1>
<ul>{LINKS}</ul>{"".join(f"<h3><a href=/a/{i}>A linked headline that is long enough to count, number {i}</a></h3>" for i in range(12))}</body></html>""",
    "soft-404": "<html lang=en><head><title>Page not found - Holmvik Courier</title></head><body><h1>Page not found</h1>"
    "<p>The page that you asked for does not exist any more. Perhaps the search can help you to find what you wanted.</p></body></html>",
}


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in PAGES.items():
        (FOLDER / f"{name}.html").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
