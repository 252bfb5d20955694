"""JSON Lines: one flat object per record, with the columns of the tables."""

from __future__ import annotations

import json
from typing import TextIO

from onrecord.export.selection import Selection
from onrecord.store import rows


def write(selection: Selection, out: TextIO) -> int:
    """Write the records and return how many there were."""
    count = 0
    for hit in selection.hits():
        out.write(json.dumps(rows.row(hit), ensure_ascii=False) + "\n")
        count += 1
    return count
