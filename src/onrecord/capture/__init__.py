"""Bytes in, captures out: what a file is, what pages it holds, and where exactly each of them lies.

Public: :func:`read` gives the pages and skips of an input; :func:`reread` gives the payloads of
captures again, for those who check receipts.
"""

from __future__ import annotations

import hashlib
import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.capture import mhtml, pages, records, wacz, warc, wxr
from onrecord.capture.sniff import Format, sniff
from onrecord.capture.source import Source
from onrecord.errors import InputError
from onrecord.model import IN_ZIP, Capture, Page, Revisit, Skip
from onrecord.settings import Settings

__all__ = ["Format", "file_digest", "format_of_file", "read", "reread"]


def read(
    path: Path, settings: Settings | None = None, *, file: str | None = None, digest: str | None = None
) -> Iterator[Page | Skip | Revisit]:
    """Yield every page of an input, a skip for each capture in it that is not a page, and every revisit.

    Args:
        path: where the input lies.
        settings: limits; the defaults when left out.
        file: how captures name the input; the path when left out.
        digest: of the whole file, where it is known already.

    Raises:
        InputError: the file cannot be opened.
    """
    source = _source(path, settings, file, digest)
    with _open(path) as stream:
        try:
            yield from _read(stream, source)
        except OSError as error:
            raise InputError(f"{path}: cannot be read on: {error.strerror or error}; check the disk") from error


def reread(
    path: Path, captures: Sequence[Capture], settings: Settings | None = None, *, file: str | None = None
) -> Iterator[tuple[Capture, bytes | None]]:
    """Yield for each capture of one input the payload that lies at its place now; None where there is none.

    Args:
        path: where the input lies now.
        captures: in the order of their offsets, which makes one pass of it.
        settings: limits; the defaults when left out.
        file: how the captures name the input; the path when left out.

    Raises:
        InputError: the file cannot be opened.
    """
    source = _source(path, settings, file, "")
    with _open(path) as stream:
        archive: zipfile.ZipFile | None = None
        for member, own in _by_member(captures, source.file):
            try:
                if member is None:
                    yield from zip(own, _reread(stream, own, source), strict=True)
                else:
                    archive = archive or zipfile.ZipFile(stream)
                    with archive.open(member) as opened:
                        yield from zip(own, _reread(cast(BinaryIO, opened), own, source), strict=True)
            except (OSError, EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
                yield from ((capture, None) for capture in own)


def format_of_file(path: Path) -> Format:
    """Return what a file is, judged by its bytes.

    Raises:
        InputError: the file cannot be opened.
    """
    with _open(path) as stream:
        return sniff(stream)[0]


def file_digest(path: Path) -> str:
    """Return the digest of a whole file.

    Raises:
        InputError: the file cannot be opened.
    """
    hashed = hashlib.sha256()
    with _open(path) as stream:
        while block := stream.read(1 << 20):
            hashed.update(block)
    return "sha256:" + hashed.hexdigest()


def _source(path: Path, settings: Settings | None, file: str | None, digest: str | None) -> Source:
    limit = (settings or Settings()).max_page_bytes
    return Source(file or str(path), file_digest(path) if digest is None else digest, limit)


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _read(stream: BinaryIO, source: Source) -> Iterator[Page | Skip | Revisit]:
    kind, packed = sniff(stream)
    match kind:
        case Format.WARC:
            yield from warc.read(stream, packed, source)
        case Format.HTML | Format.TEXT:
            yield from pages.read(stream, packed, source, kind.value)
        case Format.RECORDS:
            yield from records.read(stream, packed, source)
        case Format.WXR:
            yield from wxr.read(stream, packed, source)
        case Format.ZIP if not packed and not source.member:
            yield from wacz.read(stream, source, _read)
        case Format.MHTML:
            yield from mhtml.read(stream, packed, source)
        case Format.JSON:
            yield source.skip(
                "json that is not JSON Lines", detail="make it so: `jq -c '.[]'` of a list, `jq -c .` of an object"
            )
        case Format.PACKED:
            yield source.skip("packed file", detail="unpack it: only gzip and zip are read as they are")
        case Format.ZIP:
            yield source.skip("zip in another file", detail="unpack what it lies in")
        case Format.ARC:
            yield source.skip("arc file", detail="convert it to WARC, for example with `warcio recompress`")
        case Format.EMPTY:
            yield source.skip("damaged gzip" if packed else "empty file")
        case _:
            yield source.skip("unknown kind of file")


def _reread(stream: BinaryIO, captures: Sequence[Capture], source: Source) -> Iterator[bytes | None]:
    kind, packed = sniff(stream)
    match kind:
        case Format.WARC:
            yield from warc.reread(stream, packed, captures, source)
        case Format.HTML | Format.TEXT:
            yield from pages.reread(stream, packed, captures, source)
        case Format.RECORDS:
            yield from records.reread(stream, packed, captures, source)
        case Format.WXR:
            yield from wxr.reread(stream, packed, captures, source)
        case Format.MHTML:
            yield from mhtml.reread(stream, packed, captures, source)
        case _:
            yield from (None for _ in captures)


def _by_member(captures: Sequence[Capture], file: str) -> Iterator[tuple[str | None, list[Capture]]]:
    """Group the captures by the member of the zip that they lie in; None where the input is no zip."""
    for name, own in itertools.groupby(captures, key=lambda capture: capture.file):
        yield name.removeprefix(file).removeprefix(IN_ZIP) or None, list(own)
