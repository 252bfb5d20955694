"""The first pass of a build: what each site repeats, learned from a sample of its captures and kept in the archive.

A site's profile for a year of capture is made once and then stands, so that a file added to a site changes nothing
that was made before; only one that few pages made is replaced when more come. The sample is bounded, the counts are
added up in the order of the inputs, and the profiles are written before the first shard, so a build that was killed
goes on with the same ones. Each shard's manifest says which it was made with; where a site's file was removed, the
shards of the named inputs that used it are made anew.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onrecord.engine.units import Item
from onrecord.extract import Counts, SiteProfile, profiles
from onrecord.extract.address import site_of
from onrecord.model import Page
from onrecord.store.layout import Layout, write_whole
from onrecord.store.shards import Manifest

_ALL = 50  # captures of a site and year that are all looked at; of later ones every tenth
_EACH = 10
_MOST = 200  # captures of a site and year that are looked at: what repeats shows in few
_MOST_UNKNOWN = 2_000  # captures without an address, whose site is known only when they are parsed
_PATIENCE = 2_000  # pages of an input after which it is not read on, when none of them was looked at
_FINAL = 50  # pages from which a profile is not replaced any more


class Sites:
    """What was learned of sites, as it lies in the archive's folder; looked up page by page in a worker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def profile(self, site: str, period: str) -> SiteProfile | None:
        """Return what stands for a site in a period, and remember that it was used."""
        try:
            changed = (path := self._path(site)).stat().st_mtime_ns
        except OSError:
            return None
        found = _standing(path, changed).get((site, period))
        if found is not None:
            self._used.add(_name(found))
        return found

    def used(self) -> tuple[str, ...]:
        """Return the names of the profiles used since this was asked last."""
        names, self._used = tuple(sorted(self._used)), set()
        return names

    def on_record(self, name: str) -> bool:
        """Say whether a profile of this name stands or stood."""
        return name in {_name(each) for each in _read(self._path(name.split()[0]))}

    def put(self, profile: SiteProfile) -> None:
        """Keep a profile, unless one that is final or of as many pages stands already."""
        path = self._path(profile.site)
        lines = _read(path)
        stands = [each for each in lines if each.period == profile.period]
        if not stands or stands[-1].pages < min(_FINAL, profile.pages):
            self._folder.mkdir(exist_ok=True)
            write_whole(path, "".join(f"{each.dump()}\n" for each in (*lines, profile)))

    def _path(self, site: str) -> Path:
        slug = re.sub(r"[^a-z0-9-]+", "_", site)[:60]
        return self._folder / f"{slug}-{hashlib.sha256(site.encode('utf-8', 'replace')).hexdigest()[:8]}.jsonl"


def keep(layout: Layout, counted: Iterable[Counts]) -> None:
    """Add up what was counted, piece by piece, and keep what it shows."""
    counts = Counts()
    for piece in counted:
        counts.merge(piece)
    sites = Sites(layout.sites)
    for profile in profiles(counts).values():
        sites.put(profile)


def sampled(inputs: Iterable[Iterable[Item]]) -> Iterator[Iterator[Page]]:
    """Yield of each input the pages that are looked at; which they are depends on nothing but the inputs."""
    met: Counter[tuple[str | None, str | None]] = Counter()
    taken: Counter[tuple[str | None, str | None]] = Counter()
    for items in inputs:
        yield _sampled(items, met, taken)


def _sampled(
    items: Iterable[Item],
    met: Counter[tuple[str | None, str | None]],
    taken: Counter[tuple[str | None, str | None]],
) -> Iterator[Page]:
    passed_over = 0
    for item in items:
        if not isinstance(item, Page) or item.capture.media != "html":
            continue
        site = site_of(item.capture.url)
        place = (site, item.capture.time[:4] if site and item.capture.time else None)
        every, most = (_ALL, _MOST) if site else (_MOST_UNKNOWN, _MOST_UNKNOWN)
        met[place] += 1
        if taken[place] < most and (met[place] <= every or met[place] % _EACH == 0):
            taken[place] += 1
            passed_over = 0
            yield item
        elif (passed_over := passed_over + 1) == _PATIENCE:
            return


def stale(manifest: Manifest, layout: Layout) -> bool:
    """Say whether a shard was made with what is no longer known of a site."""
    sites = Sites(layout.sites)
    return any(not sites.on_record(name) for name in manifest.learned)


@functools.lru_cache(maxsize=256)
def _standing(path: Path, changed: int) -> dict[tuple[str, str], SiteProfile]:
    return {(each.site, each.period): each for each in _read(path)}  # the last of several stands


def _read(path: Path) -> Sequence[SiteProfile]:
    try:
        return [SiteProfile.load(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _name(profile: SiteProfile) -> str:
    """Return site, period and digest: what a manifest remembers."""
    digest = hashlib.sha256(profile.dump().encode("utf-8", "replace")).hexdigest()[:12]
    return f"{profile.site} {profile.period or 'all'} {digest}"
