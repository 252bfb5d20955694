"""What is exported, and the addresses that exported records carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Speaker
from onrecord.store.archive import Archive
from onrecord.store.results import ArticleHit, Hit, PictureHit, StatementHit

UNCLEAR = "speaker unclear"

Table = Literal["statements", "articles", "pictures", "sources", "claims", "copies"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The records of an archive that a query finds; an empty query selects all."""

    archive: Archive
    scope: Table = "statements"
    query: str = ""
    base: str = ""  # where the archive is served: https://archive.example.org; empty when it is not

    def statements(self) -> Iterator[StatementHit]:
        """Yield the statements."""
        return iter(self.archive.statements(self.query))

    def articles(self) -> Iterator[ArticleHit]:
        """Yield the articles."""
        return iter(self.archive.articles(self.query))

    def pictures(self) -> Iterator[PictureHit]:
        """Yield the pictures."""
        return iter(self.archive.pictures(self.query))

    def hits(self) -> Iterator[Hit]:
        """Yield the statements, articles or pictures, whichever are selected."""
        if self.scope == "statements":
            return self.statements()
        return self.articles() if self.scope == "articles" else self.pictures()

    def address(self, kind: str, id: str) -> str:
        """Return the permalink of a record, or a URN where the archive is not served anywhere."""
        return f"{self.base.rstrip('/')}/{kind}/{id}" if self.base else f"urn:onrecord:{kind}:{id}"


def called(speaker: Speaker) -> str:
    """Return what to call a speaker: the name, else the names that it could be, else the words that describe one."""
    return speaker.name or " or ".join(speaker.candidates) or speaker.description or UNCLEAR
