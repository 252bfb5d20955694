"""The pages of curators: sign in, the queue that offers the least certain first, a source's mends, the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.model import Judgement, Source, Statement
from onrecord.resolve.judgements import standing
from onrecord.store.archive import Archive
from onrecord.store.ledger import VERBS
from onrecord.store.results import CONFIDENCE_BANDS, Filters, StatementHit
from onrecord.web import wording
from onrecord.web.accounts import Session
from onrecord.web.applying import Work
from onrecord.web.marking import Paragraph, touched
from onrecord.web.visit import Page, Plain

LOOKED_AT = 500  # statements of one band that are put in order of certainty at once, the newest first


@dataclass(frozen=True, slots=True)
class SignInPage(Page):
    """The way in."""

    template: ClassVar[str] = "sign-in.html"
    section: ClassVar[str] = "curate"

    failed: Annotated[str | None, "why the last try failed"]
    after: Annotated[str, "the address to go on to"]

    def data(self) -> Plain:
        """Return nothing: the way in is for people."""
        return {}


@dataclass(frozen=True, slots=True)
class CuratePage(Page):
    """One statement of the queue."""

    template: ClassVar[str] = "curate.html"
    section: ClassVar[str] = "curate"

    session: Annotated[Session, "who is curating"]
    hit: Annotated[StatementHit | None, "the statement to be judged; None when the queue is empty"]
    statement: Annotated[Statement | None, "the statement itself"]
    paragraphs: Annotated[tuple[Paragraph, ...], "the paragraphs that it stands in"]
    names: Annotated[tuple[str, ...], "speakers of the same article, offered for a correction"]
    skipped: Annotated[str, "ids of the statements passed over in this sitting, joined by commas"]
    done: Annotated[int, "judgements that stand"]
    work: Annotated[Work, "how far the archive is behind the judgements"]

    def data(self) -> Plain:
        """Return the id of the statement."""
        return {"statement": self.hit.id if self.hit else None, "done": self.done, "waiting": self.work.waiting}


@dataclass(frozen=True, slots=True)
class MendPage(Page):
    """A source, to be merged, split or renamed."""

    template: ClassVar[str] = "mend.html"
    section: ClassVar[str] = "curate"

    session: Annotated[Session, "who is curating"]
    source: Annotated[Source, "the source"]
    words: Annotated[str, "the name that was looked for"]
    others: Annotated[tuple[Source, ...], "sources that it could be one with"]
    work: Annotated[Work, "how far the archive is behind the judgements"]

    def data(self) -> Plain:
        """Return the ids."""
        return {"source": self.source.id, "others": [other.id for other in self.others]}


@dataclass(frozen=True, slots=True)
class LedgerPage(Page):
    """All judgements, the latest first."""

    template: ClassVar[str] = "ledger.html"
    section: ClassVar[str] = "curate"

    session: Annotated[Session, "who is curating"]
    rows: Annotated[tuple[tuple[Judgement, str, bool], ...], "judgement, what it says, whether it stands"]
    work: Annotated[Work, "how far the archive is behind the judgements"]

    def data(self) -> Plain:
        """Return how many there are."""
        return {"judgements": len(self.rows)}


def queue_page(
    archive: Archive,
    judgements: tuple[Judgement, ...],
    session: Session,
    skipped: str,
    work: Work,
    taken: frozenset[str] = frozenset(),
) -> CuratePage:
    """Return the least certain statement that nobody has judged, this curator has not passed over, and no other has."""
    stand = standing(judgements)
    over = {judgement.subject for judgement in stand} | set(skipped.split(",")) | taken
    hit = next((each for each in _least_certain(archive) if each.id not in over), None)
    if hit is None:
        return CuratePage("Nothing is left to judge", session, None, None, (), (), skipped, len(stand), work)
    statement = hit.statement
    article = archive.article(statement.article_id, statement.revision)
    beside = archive.statements_of(statement.article_id, statement.revision)
    names = dict.fromkeys(each.source_name or each.statement.speaker.name for each in beside)
    return CuratePage(
        title=f"{wording.speaker_name(statement.speaker)}: right or wrong?",
        session=session,
        hit=hit,
        statement=statement,
        paragraphs=touched(article.text, [statement]),
        names=tuple(name for name in names if name),
        skipped=skipped,
        done=len(stand),
        work=work,
    )


def mend_page(archive: Archive, session: Session, id: str, words: str, work: Work) -> MendPage:
    """Return one source with those that it could be one with.

    Raises:
        NotFoundError: there is no such source.
    """
    source = archive.source(id)
    looked_for = words or source.name.split()[-1]
    others = tuple(each for each in archive.sources(looked_for, limit=21) if each.id != id)
    return MendPage(f"Mend {source.name}", session, source, looked_for, others, work)


def ledger_page(judgements: tuple[Judgement, ...], session: Session, work: Work) -> LedgerPage:
    """Return what has been judged."""
    stand = {judgement.id for judgement in standing(judgements)}
    rows = [(each, VERBS.get(each.verb, (False, each.verb))[1], each.id in stand) for each in reversed(judgements)]
    return LedgerPage("Judgements", session, tuple(rows), work)


def _least_certain(archive: Archive) -> Iterator[StatementHit]:
    """Yield all statements band by band, the least certain band first, and in it the least certain of so many at once."""
    for band, _ in reversed(CONFIDENCE_BANDS):
        cursor, more = None, True
        while more:
            found = archive.search(filters=Filters(confidence=(band,)), limit=LOOKED_AT, cursor=cursor, facets=False)
            hits = [hit for hit in found.hits if isinstance(hit, StatementHit)]
            yield from sorted(hits, key=lambda hit: hit.statement.confidence)
            cursor, more = found.next, found.next is not None
