"""JSON Lines as the commands read them: one object a line, gzip or plain; what is wrong is told with its line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import InputError


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each object of a file with the number of its line, from 1; empty lines are passed over.

    Raises:
        InputError: the file cannot be read, or a line is no JSON object.
    """
    number = 0
    try:
        with path.open("rb") as file:
            opener = gzip.open if file.read(2) == b"\x1f\x8b" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise InputError(f"{path}, line {number}: not a JSON object")
                    yield number, row
    except (ValueError, EOFError, OSError, RecursionError) as error:
        raise InputError(f"{path}, line {number + 1}: {error}") from error
