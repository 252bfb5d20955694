"""The address of every page of an archive that a reader can come to."""

from __future__ import annotations

from onrecord.store.archive import Archive
from onrecord.store.results import ArticleHit, PictureHit, StatementHit
from onrecord.web import addresses


def every_page(archive: Archive) -> list[str]:
    """One address of each kind, and of each record all that stand in a test archive."""
    found = ["/", "/search", "/search?q=harbour", "/search?in=articles&q=harbour", "/search?in=pictures", "/overview"]
    found += [
        "/search?q=nothinglikethis",
        "/search?kind=direct&sort=date",
        "/sources",
        "/sources?type=anonymous",
        "/anonymous",
        "/organisations",
        "/claims",
        "/places",
        "/help",
    ]
    for article in archive.search(scope="articles", limit=100).hits:
        assert isinstance(article, ArticleHit)
        found.append(addresses.article_address(article.id))
        found += [addresses.article_address(hit.id, hit.article.revision) for hit in archive.revisions(article.id)]
    for said in archive.search(limit=100).hits:
        assert isinstance(said, StatementHit)
        found.append(addresses.statement_address(said.id))
        if said.source_id:
            found.append(addresses.source_address(said.source_id))
    for seen in archive.search(scope="pictures", limit=100).hits:
        assert isinstance(seen, PictureHit)
        found.append(addresses.picture_address(seen.id))
    for claim in archive.claims():
        found.append(addresses.claim_address(claim.id))
    for copy in archive.copies():
        found += [addresses.copies_address(copy.a), addresses.copies_address(copy.b, copy.a)]
    return list(dict.fromkeys(found))


def as_json(address: str) -> str:
    """The address of the same page as JSON."""
    path, mark, query = address.partition("?")
    return ("/index" if path == "/" else path) + ".json" + mark + query
