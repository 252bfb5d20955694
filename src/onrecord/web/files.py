"""Answers that are files: tables of a search, images, citations; and the table of all such answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator

from starlette.responses import Response, StreamingResponse

from onrecord.export import citations
from onrecord.export.csv import cell
from onrecord.model import digest
from onrecord.store.results import ArticleHit, Hit, StatementHit
from onrecord.web import addresses, feeds, wording
from onrecord.web.addresses import Ask, read_ask
from onrecord.web.pages.article import work_of_article, work_of_statement
from onrecord.web.visit import Visit

Make = Callable[[Visit], Response]

COLUMNS: dict[str, tuple[str, ...]] = {
    "statements": (
        "statement", "speaker", "type", "role", "organisation", "source", "words", "act", "cue", "kind", "told_to",
        "via", "flags", "confidence", "article", "headline", "published", "site", "url", "permalink",
    ),
    "articles": ("article", "headline", "authors", "published", "section", "site", "agency", "language", "url",
                 "statements", "permalink"),
    "pictures": ("picture", "media_id", "caption", "credit", "taken", "url", "article", "headline", "published",
                 "permalink"),
}  # fmt: skip


def table(visit: Visit) -> Response:
    """Return every hit of a search as CSV, read as it is sent."""
    ask = read_ask(visit.query)
    rows = _hits(visit, ask)
    first = next(rows, None)  # so that a query that cannot be understood is an error, not half a file
    everything = (hit for part in ([first] if first else [], rows) for hit in part)
    return StreamingResponse(
        _lines(COLUMNS[ask.scope], (_row(hit, visit.base) for hit in everything)),
        media_type="text/csv; charset=utf-8",
        headers=_named(f"{ask.scope}.csv"),
    )


def statement_ris(visit: Visit) -> Response:
    """Return the citation of a statement as RIS."""
    work = work_of_statement(visit.archive.statement(visit.path["id"]), visit.base)
    return _citation(citations.ris(work), "application/x-research-info-systems", f"{work.id}.ris")


def statement_bib(visit: Visit) -> Response:
    """Return the citation of a statement as BibTeX."""
    work = work_of_statement(visit.archive.statement(visit.path["id"]), visit.base)
    return _citation(citations.bibtex(work), "application/x-bibtex", f"{work.id}.bib")


def statement_csl(visit: Visit) -> Response:
    """Return the citation of a statement as CSL-JSON."""
    work = work_of_statement(visit.archive.statement(visit.path["id"]), visit.base)
    return _citation(_csl(work), "application/vnd.citationstyles.csl+json", f"{work.id}.csl.json")


def article_ris(visit: Visit) -> Response:
    """Return the citation of an article as RIS."""
    work = work_of_article(visit.archive.article(visit.path["id"]), visit.base)
    return _citation(citations.ris(work), "application/x-research-info-systems", f"{work.id}.ris")


def article_bib(visit: Visit) -> Response:
    """Return the citation of an article as BibTeX."""
    work = work_of_article(visit.archive.article(visit.path["id"]), visit.base)
    return _citation(citations.bibtex(work), "application/x-bibtex", f"{work.id}.bib")


def article_csl(visit: Visit) -> Response:
    """Return the citation of an article as CSL-JSON."""
    work = work_of_article(visit.archive.article(visit.path["id"]), visit.base)
    return _citation(_csl(work), "application/vnd.citationstyles.csl+json", f"{work.id}.csl.json")


def image(visit: Visit) -> Response:
    """Return the image of a picture, read from its capture."""
    body, kind = visit.images.read(visit.archive.picture(visit.path["id"]).picture.url)
    tag = f'"{digest(body)[7:27]}"'
    headers = {"ETag": tag, "Cache-Control": "max-age=3600", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(body, media_type=kind, headers=headers)


# address -> what makes the file
FILES: dict[str, Make] = {
    "/search.csv": table,
    "/search.rss": feeds.feed,
    "/sitemap.xml": feeds.sitemap,
    "/sitemap/{part}.xml": feeds.sitemap_part,
    "/robots.txt": feeds.robots,
    "/statement/{id}.ris": statement_ris,
    "/statement/{id}.bib": statement_bib,
    "/statement/{id}.csl.json": statement_csl,
    "/picture/{id}/image": image,
    "/article/{id}.ris": article_ris,
    "/article/{id}.bib": article_bib,
    "/article/{id}.csl.json": article_csl,
}


def _csl(work: citations.Work) -> str:
    return json.dumps([citations.csl(work)], ensure_ascii=False, indent=1) + "\n"


def _citation(text: str, media_type: str, name: str) -> Response:
    return Response(text.encode("utf-8", "replace"), media_type=f"{media_type}; charset=utf-8", headers=_named(name))


def _named(name: str) -> dict[str, str]:
    kept = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in ".-_"))
    return {"Content-Disposition": f'attachment; filename="{kept}"'}


def _hits(visit: Visit, ask: Ask) -> Iterator[Hit]:
    archive = visit.archive
    if ask.scope == "statements":
        return iter(archive.statements(ask.words, filters=ask.filters, stem=ask.stem))
    if ask.scope == "articles":
        return iter(archive.articles(ask.words, filters=ask.filters, stem=ask.stem))
    return iter(archive.pictures(ask.words, filters=ask.filters, stem=ask.stem))


def _lines(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if buffer.tell() > 60_000:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def _row(hit: Hit, base: str) -> tuple[object, ...]:
    head = hit.article
    if isinstance(hit, StatementHit):
        said, who = hit.statement, hit.statement.speaker
        return (
            hit.id, wording.speaker_name(who), who.type, who.role, who.organisation, hit.source_id, said.words,
            said.act, said.cue_words, said.kind, said.told_to, " < ".join(map(wording.speaker_name, said.via)),
            " ".join(said.flags), round(said.confidence, 4), head.id, head.headline, head.published,
            hit.article.site, head.url, base + addresses.statement_address(hit.id),
        )  # fmt: skip
    if isinstance(hit, ArticleHit):
        text = hit.article
        return (
            text.id, text.headline, "; ".join(text.authors), text.published, text.section, text.site, text.agency,
            text.language, text.url, hit.statements, base + addresses.article_address(text.id),
        )  # fmt: skip
    shown = hit.picture
    return (
        hit.id, shown.id, shown.caption, shown.credit, shown.taken, shown.url, head.id, head.headline, head.published,
        base + addresses.picture_address(hit.id),
    )  # fmt: skip
