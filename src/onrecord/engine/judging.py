"""Whether the ledger still fits the archive."""

from __future__ import annotations

import pyarrow.parquet as pq

from onrecord.resolve.forms import ARTICLE_COLUMNS, STATEMENT_COLUMNS, collect
from onrecord.resolve.groundwork import prepare
from onrecord.resolve.sources import settle
from onrecord.store.layout import Layout
from onrecord.store.ledger import Ledger


def conflicts(layout: Layout) -> dict[str, str]:
    """Return for each standing judgement that no longer fits the archive (by its id) the reason why."""
    judgements = Ledger(layout.ledger).read()
    if not judgements:
        return {}
    shards = (
        (
            pq.read_table(folder / "statements.parquet", columns=list(STATEMENT_COLUMNS)),
            pq.read_table(folder / "articles.parquet", columns=list(ARTICLE_COLUMNS)),
        )
        for folder in layout.shard_folders()
    )
    found = settle(prepare(collect(shards)), judgements).conflicts
    return {conflict.judgement.id: conflict.reason for conflict in found}
