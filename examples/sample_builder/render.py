"""Turn an article into the page that the paper's server would have sent."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sample_builder.sources import ROOT, SITE, Article, Picture, Sources

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS_AR = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|")
DAYS_AR = "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد".split("|")
NAMES_AR = {
    "Lina Marwick": "لينا مارويك",
    "Pavel Ostin": "بافل أوستين",
    "Hassan Ruwaili": "حسن الرويلي",
    "MNA": "وكالة أنباء ميريديان",
    "Harbour Chronicle": "وقائع المرفأ",
}
LEAD = re.compile(r"^([A-Z][A-Z .]+:|\d\d\.\d\d)(?= )")  # who speaks in a transcript, or the time in a live report


def english_date(day: date, weekday: bool = False) -> str:
    """`March 14, 2006`, with the weekday before it if wanted."""
    text = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{DAYS[day.weekday()]}, {text}" if weekday else text


def arabic_date(day: date) -> str:
    """Weekday, day, month and year, with the months as they are called in the Levant."""
    return f"{DAYS_AR[day.weekday()]} {day.day} {MONTHS_AR[day.month - 1]} {day.year}"


def curly(text: str) -> str:
    """Typographic quotation marks and apostrophes, as an editing system sets them."""
    text = re.sub(r"(^|[\s(\[—“‘])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[—“])'", r"\1‘", text).replace("'", "’")


class Pages:
    """Renders pages; knows all articles, for menus, teasers and related links."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.templates = Environment(
            loader=FileSystemLoader(ROOT / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals.update(site=SITE)

    def article(self, article: Article, form: str = "article") -> str:
        """The page of an article; `form` may also be `print` or `amp`."""
        typographic = article.design == "press" or str(article.encoding).startswith("windows")
        setting = curly if typographic and not article.arabic else str
        printed = arabic_date(article.day) if article.arabic else english_date(article.day, weekday=True)
        return self._render(
            f"{article.design}/{form}.html",
            article,
            title=setting(article.title),
            head_title=setting(article.head_title or article.title),
            paragraphs=[_paragraph(setting(text)) for text in article.paragraphs],
            printed_date=printed,
            figures=[self._figure(self.sources.pictures[key], article, setting) for key in article.pics or []],
            json_ld=self._json_ld(article) if article.design == "press" and article.jsonld is not False else None,
            related=self._related(article),
            comments=[Markup(text) for text in article.comments or []],  # as the paper did: not escaped
        )

    def listing(self, template: str, title: str, articles: Sequence[Article], lang: str = "en", **more: Any) -> str:
        """A home, section, tag, author or search page."""
        teasers = [(a, a.paragraphs[0], english_date(a.day)) for a in articles]
        page = self.templates.get_template(template)
        return page.render(title=title, teasers=teasers, lang=lang, newest=articles[:5], **more)

    def _render(self, template: str, article: Article, **context: Any) -> str:
        same = [a for a in self.sources.articles if a.design == article.design and a.arabic == article.arabic]
        newest = [a for a in reversed(same) if a.day <= article.day and a is not article][:5]
        byline = _join(article.author or [], article.arabic)
        lang = "ar" if article.arabic else "en"
        return self.templates.get_template(template).render(
            a=article, lang=lang, byline=byline, newest=newest, **context
        )

    def _figure(self, picture: Picture, article: Article, setting: Any) -> dict[str, str]:
        taken = date.fromisoformat(picture.taken)
        who, house = picture.photographer, picture.house
        caption = picture.caption_ar if article.arabic else setting(picture.caption)
        return {
            "id": picture.id,
            "src": picture.url(article.design),
            "caption": caption,
            "taken": arabic_date(taken) if article.arabic else english_date(taken),
            "who": NAMES_AR[who] if article.arabic else who,
            "house": NAMES_AR[house] if article.arabic else house,
        }

    def _json_ld(self, article: Article) -> Markup:
        names = [article.jsonld_author] if article.jsonld_author else article.author or ["MNA"]
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": article.url,
            "headline": article.title,
            "datePublished": article.date,
            "dateModified": article.modified or article.date,
            "author": [{"@type": "Person", "name": name} for name in names],
            "publisher": {"@type": "Organization", "name": "Harbour Chronicle"},
            "articleSection": article.section,
            "inLanguage": "ar" if article.arabic else "en",
            "image": [self.sources.pictures[key].url("press") for key in article.pics or []],
        }
        return Markup(json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/"))

    def _related(self, article: Article) -> list[Article]:
        wanted = set(article.tags or [])
        near = [
            other
            for other in self.sources.articles
            if other.design == article.design and other.arabic == article.arabic and other is not article
            and (wanted & set(other.tags or []) or other.section == article.section)
        ]  # fmt: skip
        near.sort(key=lambda other: (-len(wanted & set(other.tags or [])), abs((other.day - article.day).days)))
        return near[:3]


def _paragraph(text: str) -> Markup:
    """Escaped text, with the speaker of a transcript line or the time of a live entry in bold."""
    lead = LEAD.match(text)
    if not lead:
        return escape(text)
    return Markup("<strong>{}</strong>{}").format(lead.group(1), text[lead.end() :])


def _join(names: Sequence[str], arabic: bool) -> str:
    return (" و" if arabic else " and ").join(names)


def stamp(text: str) -> datetime:
    """The moment a source file gives, as a datetime."""
    return datetime.fromisoformat(text)
