"""After the inputs: revisits whose payloads were found, in whichever input of whichever build, become captures.

A crawler that finds a page unchanged writes down that it was there, and which record has its payload. Such a fetch is a
capture like any other, save that its payload lies elsewhere: ``file``, ``offset`` and ``record_id`` are those of the
payload. At an address where it was read before it costs next to nothing; at another the payload is read again from its
place. What is found becomes a shard of its own, so the order of inputs and builds does not matter; what is not found
is looked for again by the next build.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord import capture
from onrecord.engine.known import Known
from onrecord.engine.local import Pool, write
from onrecord.engine.pipeline import MakeStages
from onrecord.engine.units import Item, Unchanged, Unit
from onrecord.engine.watch import Step, Watch
from onrecord.errors import InputError
from onrecord.model import NO_PAYLOAD, Capture, Page, Revisit, digest, page_key
from onrecord.settings import Settings
from onrecord.store import shards, tables
from onrecord.store.layout import Layout
from onrecord.store.verify import find_input

_AT_ONCE = 20_000  # revisits whose payloads are looked for together


def settle(layout: Layout, settings: Settings, make_stages: MakeStages, watch: Watch) -> None:
    """Make the shards of the revisits whose payloads are in the archive's inputs by now."""
    pending = shards.pending(layout.shard_folders())
    missing = 0
    while some := list(islice(pending, _AT_ONCE)):
        folders = layout.shard_folders()
        payloads = _Payloads(some, folders)
        captures = [_capture(revisit, found) for revisit in some if (found := payloads.of(revisit)) is not None]
        items = _items(captures, layout, Known.of(folders), settings)
        taken = 0
        if (first := next(items, None)) is not None:
            named = hashlib.sha256("".join(sorted(each.id for each in captures)).encode()).hexdigest()
            unit = Unit(f"revisits-{named[:12]}", ())
            with Pool(settings, make_stages, layout.sites) as pool:
                manifest = write(unit, pool.map([chain([first], items)]), layout, watch.step)
            watch.shard(unit, manifest)
            taken = manifest.captures
        missing += len(some) - taken
    if missing:
        watch.step(Step(0, 0, 0, {NO_PAYLOAD: missing}))


def _capture(revisit: Revisit, found: Capture) -> Capture:
    page = page_key(revisit.url, found.digest, found.charset, ()) if revisit.url else None
    return replace(found, id=revisit.id, url=revisit.url, time=revisit.time, page=page, told_in=revisit.file)


def _items(captures: Sequence[Capture], layout: Layout, known: Known, settings: Settings) -> Iterator[Item]:
    """Yield the captures as they are where their page is known, and with their payload where it is not.

    A payload that cannot be read any more is left out with all that would rest on it.
    """
    unread: dict[str, list[Capture]] = defaultdict(list)  # by page, the earliest first
    for each in sorted(captures, key=_age):
        if (first := known.find(each.page or "")) is not None:
            yield Unchanged(each, first)
        else:
            unread[each.page or each.id].append(each)
    inputs = [entry for folder in layout.shard_folders() for entry in shards.read_manifest(folder).inputs]
    named = {entry.file: entry for entry in inputs if entry.digest}
    files: dict[str, list[list[Capture]]] = defaultdict(list)
    for same in unread.values():
        files[shards.input_of(same[0].file, named)].append(same)
    for file, own in sorted(files.items()):
        path = find_input(layout, named[file]) if file in named else None
        own.sort(key=lambda same: (same[0].file, same[0].offset or 0))
        if path is not None:
            yield from _read(path, own, settings, file)


def _read(path: Path, own: Sequence[Sequence[Capture]], settings: Settings, file: str) -> Iterator[Item]:
    payloads = capture.reread(path, [same[0] for same in own], settings, file=file)
    try:
        for same, (first, payload) in zip(own, payloads, strict=True):
            if payload is not None and digest(payload) == first.digest:
                yield Page(first, payload)
                yield from (Unchanged(each, first.id) for each in same[1:])
    except InputError:
        return


class _Payloads:
    """The captures that some revisits may refer to, by each of the ways in which they do."""

    def __init__(self, revisits: Sequence[Revisit], folders: Sequence[Path]) -> None:
        self._by_id: dict[str, Capture] = {}
        self._by_time: dict[tuple[str, str], Capture] = {}
        self._by_digest: dict[str, dict[str | None, Capture]] = defaultdict(dict)  # and address
        ids = pa.array({each.refers_to for each in revisits if each.refers_to}, pa.string())
        urls = pa.array({each.refers_to_url for each in revisits if each.refers_to_time}, pa.string())
        digests = pa.array({each.digest for each in revisits if each.digest}, pa.string())
        for folder in folders:
            for found in _referred_to(folder, ids, urls, digests):
                self._add(found)

    def of(self, revisit: Revisit) -> Capture | None:
        """Return the capture whose payload a revisit says was there again."""
        if revisit.url is None:
            return None
        by_time = self._by_time.get((revisit.refers_to_url or "", revisit.refers_to_time or ""))
        for found in (self._by_id.get(revisit.refers_to or ""), by_time):
            if found is not None and (not revisit.digest or not found.declared or revisit.digest in _digests(found)):
                return found
        alike = self._by_digest.get(revisit.digest or "", {})
        nearest = next((url for url in (revisit.refers_to_url, revisit.url) if url in alike), None)
        return alike[nearest] if nearest is not None else min(alike.values(), key=_age, default=None)

    def _add(self, found: Capture) -> None:
        """Keep a capture where it is the earliest of its name."""
        if found.record_id and _earlier(found, self._by_id.get(found.record_id)):
            self._by_id[found.record_id] = found
        if found.url and found.time and _earlier(found, self._by_time.get((found.url, found.time))):
            self._by_time[found.url, found.time] = found
        for name in _digests(found):
            if _earlier(found, self._by_digest[name].get(found.url)):
                self._by_digest[name][found.url] = found


def _referred_to(folder: Path, ids: pa.Array, urls: pa.Array, digests: pa.Array) -> Iterator[Capture]:
    """Yield the captures of WARCs in a shard that have one of these names, those that are revisits left out."""
    with pq.ParquetFile(folder / "captures.parquet", page_checksum_verification=True) as file:
        for batch in file.iter_batches(tables.BATCH):
            named = pc.or_(pc.is_in(batch["record_id"], value_set=ids), pc.is_in(batch["url"], value_set=urls))
            for column in ("digest", "declared"):
                if column in batch.schema.names:
                    named = pc.or_(named, pc.is_in(batch[column], value_set=digests))
            for found in tables.records(Capture, batch.filter(named)):
                if found.media == "html" and found.told_in is None:
                    yield found


def _digests(found: Capture) -> tuple[str, ...]:
    """Return the digests that a revisit may name: as its record declares it, and our own."""
    return (found.declared, found.digest) if found.declared else (found.digest,)


def _earlier(one: Capture, other: Capture | None) -> bool:
    return other is None or _age(one) < _age(other)


def _age(one: Capture) -> tuple[str, str]:
    return one.time or "", one.id
