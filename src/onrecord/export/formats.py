"""The formats that an archive can be written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, get_args

from onrecord.errors import OnrecordError
from onrecord.export import csv, ftm, jsonl, parquet, references, schema_org, web_annotation
from onrecord.export.selection import Selection, Table

WriteText = Callable[[Selection, TextIO], int]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it can hold, the first being what it holds unless told otherwise, and who writes it."""

    scopes: tuple[Table, ...]
    text: WriteText | None = None
    file: Callable[[Selection, Path], int] | None = None


TABLES: tuple[Table, ...] = get_args(Table)

FORMATS: dict[str, Format] = {
    "csv": Format(TABLES, csv.write),
    "jsonl": Format(TABLES, jsonl.write),
    "parquet": Format(TABLES, file=parquet.write),
    "csl-json": Format(("statements", "articles"), references.write_csl),
    "ris": Format(("statements", "articles"), references.write_ris),
    "bibtex": Format(("statements", "articles"), references.write_bibtex),
    "web-annotation": Format(("statements",), web_annotation.write),
    "schema-org": Format(("articles",), schema_org.write),
    "ftm": Format(("statements",), ftm.write),
}


def write(name: str, selection: Selection, path: Path) -> int:
    """Write a selection to a file, which appears only when it is whole, and return how many records it has.

    Args:
        name: a key of FORMATS.
        selection: what to write; its scope is one of the format's.
        path: the file; one that is there is replaced. A device or a pipe is written to, and stays what it is.

    Raises:
        OnrecordError: the format does not hold this scope, or the file cannot be written.
    """
    made = FORMATS[name]
    if selection.scope not in made.scopes:
        raise OnrecordError(f"{name} holds {' or '.join(made.scopes)}, not {selection.scope}; choose another format")
    into = path.exists() and not path.is_file()
    if path.is_symlink() and not into:
        path = path.resolve()
    beside = path if into else path.with_name(f".{path.name}.part")
    try:
        if made.file is not None:
            count = made.file(selection, beside)
        else:
            assert made.text is not None
            with beside.open("w", encoding="utf-8", errors="replace", newline="") as out:
                count = made.text(selection, out)
        if not into:
            beside.replace(path)
    except OSError as error:
        raise OnrecordError(f"{path} cannot be written: {error.strerror}; name another --output") from error
    finally:
        if not into:
            beside.unlink(missing_ok=True)
    return count
