"""WACZ and other zips: every WARC and every page among the members.

A capture's file is then ``crawl.wacz!/archive/data.warc.gz``: the member is an input of its own, and
offsets are in it, so that ``unzip`` and any WARC reader find the record again.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from onrecord.capture.source import DAMAGED, Source
from onrecord.model import IN_ZIP, Page, Revisit, Skip

# Members of a WACZ that describe it: they are no captures.
_ABOUT = ("indexes/", "pages/", "fuzzy.json", "datapackage.json", "datapackage-digest.json")
ReadInput = Callable[[BinaryIO, Source], Iterator[Page | Skip | Revisit]]


def read(stream: BinaryIO, source: Source, read_input: ReadInput) -> Iterator[Page | Skip | Revisit]:
    """Yield what ``read_input`` finds in each member, in the order of the zip."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield source.skip(DAMAGED, detail=str(error)[:200])
        return
    with archive:
        for member in archive.infolist():
            if member.is_dir() or member.filename.startswith(_ABOUT):
                continue
            inner = Source(f"{source.file}{IN_ZIP}{member.filename}", source.digest, source.limit, member.filename)
            try:
                with archive.open(member) as opened:
                    yield from read_input(cast(BinaryIO, opened), inner)
            except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
                yield inner.skip(DAMAGED, detail=str(error)[:200])
