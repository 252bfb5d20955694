"""Checks one receipt now, against the text that is shown and the bytes that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.capture import reread
from onrecord.errors import InputError
from onrecord.model import IN_ZIP, Article, Capture, Receipt, Statement, cut, digest, text_digest
from onrecord.store.archive import Archive
from onrecord.store.layout import open_layout
from onrecord.store.shards import read_manifest


@dataclass(frozen=True, slots=True)
class Check:
    """One step of a check: what was looked at, whether it holds, and what was found."""

    what: str
    holds: bool
    detail: str


def check(
    archive: Archive, statement: Statement, article: Article, capture: Capture, receipt: Receipt
) -> tuple[Check, ...]:
    """Return the steps of checking a receipt: the text, the words in it, the capture on disk."""
    return (_text(article, receipt), _words(article, statement, receipt), _capture(archive, capture, receipt))


def _text(article: Article, receipt: Receipt) -> Check:
    found = text_digest(article.text)
    holds = found == receipt.text_digest
    detail = f"its digest is {found}" + ("" if holds else f"; the receipt says {receipt.text_digest}")
    return Check("The text is the one that was read.", holds, detail)


def _words(article: Article, statement: Statement, receipt: Receipt) -> Check:
    words = cut(article.text, receipt.content)
    places = ", ".join(f"{start}–{end}" for start, end in receipt.content)
    holds = words == statement.words and bool(words)
    return Check("The words stand at their place in the text.", holds, f"characters {places} read “{words}”")


def _capture(archive: Archive, capture: Capture, receipt: Receipt) -> Check:
    what = "The capture on disk is the one that was read."
    path = place_of(archive, receipt.file)
    try:
        body = next((body for _, body in reread(path, [capture], file=receipt.file.partition(IN_ZIP)[0])), None)
    except InputError as error:
        return Check(what, False, str(error))
    if body is None:
        return Check(what, False, f"{receipt.file} has no such capture at its place any more")
    found = digest(body)
    if found != receipt.capture_digest:
        return Check(what, False, f"its digest is {found}; the receipt says {receipt.capture_digest}")
    return Check(what, True, f"its {len(body):,} bytes in {receipt.file} have the digest {found}")


def place_of(archive: Archive, file: str) -> Path:
    """Return where an input lies now: the manifest knows its place beside the archive."""
    bare = file.partition(IN_ZIP)[0]
    for folder in open_layout(archive.path).shard_folders():
        for each in read_manifest(folder).inputs:
            if each.file == bare and each.place:
                place = archive.path / each.place
                if place.exists():
                    return place
    return Path(bare)
