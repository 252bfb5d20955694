"""CSV: one flat row per record, for spreadsheets. UTF-8, comma, CRLF, as RFC 4180 says."""

from __future__ import annotations

import csv
from typing import Any, TextIO

from onrecord.export import tables
from onrecord.export.selection import Selection


def write(selection: Selection, out: TextIO) -> int:
    """Write the records and return how many there were."""
    columns = tables.SCHEMAS[selection.scope].names
    writer = csv.writer(out)
    writer.writerow(columns)
    count = 0
    for row in tables.read(selection):
        writer.writerow([cell(row[column]) for column in columns])
        count += 1
    return count


def cell(value: Any) -> object:
    """Return what stands in a cell: lists joined by ``"; "``, spans as ``12-40``.

    Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").
    """
    if isinstance(value, list):
        return "; ".join(_part(each) for each in value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def _part(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['start']}-{value['end']}"
    return "" if value is None else str(value)
