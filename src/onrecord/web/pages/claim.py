"""The claim page: all who say a thing, grouped by the independent ways it came; and the list of all claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.errors import NotFoundError
from onrecord.model import Claim
from onrecord.store.archive import Archive
from onrecord.store.results import StatementHit
from onrecord.web import addresses, plain, wording
from onrecord.web.visit import Page, Plain, Visit

ROWS = 50  # claims on a page of the list


@dataclass(frozen=True, slots=True)
class Way:
    """One origin: statements that rest on the same word, and why they are counted as one."""

    hits: tuple[StatementHit, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ClaimPage(Page):
    """One claim."""

    template: ClassVar[str] = "claim.html"
    section: ClassVar[str] = "claims"

    claim: Annotated[Claim, "the claim with the ids of its statements"]
    ways: Annotated[tuple[Way, ...], "its statements by origin, the earliest first"]
    contrary: Annotated[tuple[StatementHit, ...], "statements that say the opposite"]
    first: Annotated[StatementHit | None, "the statement that was printed first"]
    rtl: Annotated[bool, "whether the words read from right to left"]

    def data(self) -> Plain:
        """Return the claim with its statements."""
        return {
            **brief(self.claim),
            "why": self.claim.why,
            "first": plain.statement(self.first) if self.first else None,
            "by_origin": [
                {"why": way.why, "statements": [plain.statement(hit) for hit in way.hits]} for way in self.ways
            ],
            "contrary": [plain.statement(hit) for hit in self.contrary],
        }


@dataclass(frozen=True, slots=True)
class ClaimsPage(Page):
    """The claims of the archive, those with most origins first."""

    template: ClassVar[str] = "claims.html"
    section: ClassVar[str] = "claims"

    words: Annotated[str, "the words that were asked for"]
    claims: Annotated[tuple[Claim, ...], "the claims of this page of the list"]
    next_href: Annotated[str | None, "the address of the rest of the list"]

    def data(self) -> Plain:
        """Return the claims."""
        return {"claims": [brief(claim) for claim in self.claims]}

    @property
    def next(self) -> str | None:
        """The address of the rest as JSON."""
        return self.next_href.replace("/claims", "/claims.json", 1) if self.next_href else None


def build(visit: Visit) -> ClaimPage:
    """Read one claim.

    Raises:
        NotFoundError: there is no such claim.
    """
    archive = visit.archive
    claim = archive.claim(visit.path["id"])
    ways = [Way(_read(archive, origin.statements), origin.why) for origin in claim.origins]
    return ClaimPage(
        title=claim.words,
        claim=claim,
        ways=tuple(sorted((way for way in ways if way.hits), key=lambda way: way.hits[0].article.published or "~")),
        contrary=_read(archive, claim.contrary),
        first=next(iter(_read(archive, (claim.first,))), None) if claim.first else None,
        rtl=wording.is_rtl(claim.words),
    )


def build_list(visit: Visit) -> ClaimsPage:
    """List the claims.

    Raises:
        QueryError: the address asks for something that this list does not know.
    """
    asked = addresses.read_list(visit.query, "q", "cursor")
    words = asked.get("q", "")
    found, following = visit.archive.claims_behind(addresses.place_in(asked), ROWS, words=words)
    more = addresses.with_query("/claims", {"q": words, "cursor": str(following)}) if following else None
    return ClaimsPage(title="Claims", words=words, claims=tuple(found), next_href=more)


def brief(claim: Claim) -> Plain:
    """Return what a list says of a claim."""
    return {
        "id": claim.id,
        "href": addresses.claim_address(claim.id),
        "words": claim.words,
        "statements": len(claim.statements),
        "origins": len(claim.origins),
        "contrary": len(claim.contrary),
    }


def _read(archive: Archive, ids: tuple[str, ...]) -> tuple[StatementHit, ...]:
    """Return the statements in the order of their publication; those that are withheld now are left out."""
    found = []
    for id in ids:
        try:
            found.append(archive.statement(id))
        except NotFoundError:
            continue
    return tuple(sorted(found, key=lambda hit: hit.article.published or "~"))
