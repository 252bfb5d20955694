"""The statement page: the permalink, with everything needed to check and cite one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.export import citations
from onrecord.model import Capture, Claim, Receipt, Statement
from onrecord.store.results import StatementHit
from onrecord.web import addresses, plain, wording
from onrecord.web.checking import Check, check
from onrecord.web.marking import Paragraph, touched
from onrecord.web.pages.article import work_of_statement
from onrecord.web.visit import Page, Plain, Visit


@dataclass(frozen=True, slots=True)
class StatementPage(Page):
    """One statement."""

    template: ClassVar[str] = "statement.html"
    section: ClassVar[str] = "search"

    hit: Annotated[StatementHit, "the statement, its article's head and its source"]
    statement: Annotated[Statement, "the statement itself"]
    paragraphs: Annotated[tuple[Paragraph, ...], "the paragraphs that it stands in, with its words marked"]
    receipt: Annotated[Receipt, "the proof"]
    capture: Annotated[Capture, "the capture that the text was read from"]
    checks: Annotated[tuple[Check, ...], "what verifying found, step by step; empty when nobody asked"]
    rtl: Annotated[bool, "whether the words read from right to left"]
    outside: Annotated[str | None, "the original address, when it is safe to follow"]
    cite: Annotated[str, "the citation as a sentence"]
    bibtex: Annotated[str, "the citation as BibTeX"]
    claims: Annotated[tuple[Claim, ...], "the claims that it makes or contradicts"]
    before: Annotated[str | None, "the address of the statement before it in the article"]
    after: Annotated[str | None, "the address of the statement after it in the article"]
    json_ld: Annotated[Plain, "schema.org Quotation"]

    def data(self) -> Plain:
        """Return the statement, its proof, and how to cite it."""
        found: Plain = {
            "statement": plain.statement(self.hit),
            "receipt": plain.receipt(self.receipt),
            "capture": plain.capture(self.capture),
            "chain": list(wording.chain(self.statement)),
            "claims": [{"id": claim.id, "href": addresses.claim_address(claim.id)} for claim in self.claims],
            "citation": self.cite,
        }
        if self.checks:
            found["verified"] = all(step.holds for step in self.checks)
            found["checks"] = [{"what": step.what, "holds": step.holds, "detail": step.detail} for step in self.checks]
        return found


def build(visit: Visit, *, verify: bool = False) -> StatementPage:
    """Read one statement; with ``verify`` also check its receipt against the capture.

    Raises:
        NotFoundError: there is no such statement.
    """
    archive = visit.archive
    hit = archive.statement(visit.path["id"])
    statement = hit.statement
    article = archive.article(statement.article_id, statement.revision)
    capture = archive.capture(statement.article_id, statement.revision)
    receipt = archive.receipt(hit.id)
    around = [each.id for each in archive.statements_of(statement.article_id, statement.revision)]
    place = around.index(hit.id) if hit.id in around else 0
    work = work_of_statement(hit, visit.base)
    who = wording.speaker_name(statement.speaker)
    return StatementPage(
        title=f"{who}: {_head(statement.words)}",
        hit=hit,
        statement=statement,
        paragraphs=touched(article.text, [statement]),
        receipt=receipt,
        capture=capture,
        checks=check(archive, statement, article, capture, receipt) if verify else (),
        rtl=wording.is_rtl(statement.words),
        outside=addresses.outside(hit.article.url),
        cite=citations.sentence(work),
        bibtex=citations.bibtex(work),
        claims=tuple(archive.claims_of(hit.id)),
        before=addresses.statement_address(around[place - 1]) if place > 0 else None,
        after=addresses.statement_address(around[place + 1]) if place + 1 < len(around) else None,
        json_ld={
            "@context": "https://schema.org",
            "@type": "Quotation",
            "@id": work.permalink,
            "text": statement.words,
            "spokenByCharacter": {"@type": "Person", "name": statement.speaker.name}
            if statement.speaker.name
            else None,
            "isPartOf": {"@type": "NewsArticle", "headline": hit.article.headline, "url": hit.article.url},
        },
    )


def build_verified(visit: Visit) -> StatementPage:
    """Read one statement and check its receipt now."""
    return build(visit, verify=True)


def _head(words: str, length: int = 70) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"
