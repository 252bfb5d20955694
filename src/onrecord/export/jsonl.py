"""JSON Lines: one flat object per record, with the columns of the tables."""

from __future__ import annotations

import json
from typing import TextIO

from onrecord.export import tables
from onrecord.export.selection import Selection


def write(selection: Selection, out: TextIO) -> int:
    """Write the records and return how many there were."""
    count = 0
    for row in tables.read(selection):
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count
