"""The readable sources of the sample archive: articles, pictures, notebook posts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent / "chronicle"
SITE = "http://www.harbourchronicle.example"
SECTIONS = {
    "News": 1, "Politics": 2, "Region": 3, "Economy": 4, "Sport": 5, "Culture": 6, "Interviews": 7, "Opinion": 8,
    "أخبار": 1, "سياسة": 2, "المنطقة": 3, "ثقافة": 6,
}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """One drawing with what the paper printed under it."""

    id: str
    caption: str
    caption_ar: str
    photographer: str
    house: str
    taken: str

    def url(self, design: str) -> str:
        """Its address; the move of 2012 gave every picture a new one."""
        folder = "wp-content/uploads" if design == "press" else "images"
        return f"{SITE}/{folder}/{self.id}.png"

    @property
    def bytes(self) -> bytes:
        """The drawing."""
        return (ROOT / "pictures" / f"{self.id}.png").read_bytes()


@dataclass(frozen=True)
class Revision:
    """What a later capture of the same address says differently."""

    crawl: str
    modified: str
    replace: list[tuple[str, str]]
    note: str


@dataclass(frozen=True)
class Article:
    """One article as its source file has it."""

    name: str
    fields: dict[str, Any]
    paragraphs: list[str]

    def __getattr__(self, name: str) -> Any:
        """Any other field of the source file; None where the file does not set it."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.fields.get(name)

    @property
    def day(self) -> date:
        """When it was printed."""
        return date.fromisoformat(self.fields["date"][:10])

    @property
    def arabic(self) -> bool:
        """Whether it belongs to the sister edition."""
        return self.fields.get("lang") == "ar"

    @property
    def design(self) -> str:
        """Which of the paper's three page forms it was published in."""
        year = self.day.year
        return "table" if year < 2008 else "block" if year < 2012 else "press"

    @property
    def crawl(self) -> str:
        """The crawl that holds its first capture."""
        if "crawl" in self.fields:
            return str(self.fields["crawl"])
        return "2009" if self.day < date(2009, 10, 1) else "2013" if self.day < date(2013, 3, 1) else "2017"

    @cached_property
    def url(self) -> str:
        """Its permanent address."""
        if self.design != "press":
            edition, section = "arabic" if self.arabic else "english", SECTIONS[self.fields["section"]]
            return f"{SITE}/{edition}/news.asp?section={section}&id={self.fields['number']}"
        edition = "/ar" if self.arabic else ""
        return f"{SITE}{edition}/{self.day:%Y/%m}/{slug(self.fields['title'])}/"

    @property
    def revisions(self) -> list[Revision]:
        """What later captures say differently."""
        return [
            Revision(r["crawl"], r["modified"], [(old, new) for old, new in r["replace"]], r["note"])
            for r in self.fields.get("revisions", [])
        ]

    def revised(self, revision: Revision) -> Article:
        """The article with the words of a later capture."""
        text = "\n\n".join(self.paragraphs)
        for old, new in revision.replace:
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {old!r} is not there exactly once")
            text = text.replace(old, new)
        fields = {**self.fields, "modified": revision.modified}
        return Article(self.name, fields, [*text.split("\n\n"), revision.note])


@dataclass(frozen=True)
class Sources:
    """Everything the sample is made of."""

    articles: list[Article]
    pictures: dict[str, Picture]
    notebook: list[Article]

    def named(self, name: str) -> Article:
        """The article of this file name."""
        return next(article for article in self.articles if article.name == name)


def slug(title: str) -> str:
    """A WordPress-like slug; Arabic letters are percent-encoded in lower case, as WordPress does."""
    kept = "".join(char if char.isalnum() else " " for char in title.lower().replace("'", "").replace("’", ""))
    return quote("-".join(kept.split()[:9])).lower()


def read(path: Path) -> Article:
    """Read a source file: TOML between two lines of +++, then paragraphs."""
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    fields = tomllib.loads(front)
    datetime.fromisoformat(fields["date"])
    return Article(path.stem, fields, body.strip().split("\n\n"))


def load() -> Sources:
    """Read all sources, in the order of publication."""
    articles = [read(path) for path in sorted((ROOT / "articles").glob("*.md"))]
    notebook = [read(path) for path in sorted((ROOT / "notebook").glob("*.md"))]
    table = tomllib.loads((ROOT / "pictures.toml").read_text(encoding="utf-8"))
    pictures = {media_id: Picture(media_id, **row) for media_id, row in table.items()}
    return Sources(articles, pictures, notebook)
