"""What is served now: the newest generation of an archive, with what was read and made from it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from onrecord.errors import OnrecordError
from onrecord.store import generations
from onrecord.store.archive import Archive
from onrecord.store.layout import Layout
from onrecord.web.images import Images
from onrecord.web.kept import Kept
from onrecord.web.places import Places


@dataclass(frozen=True, slots=True)
class Shown:
    """One generation as it is served. Everything that depends on it goes with it when the next one comes."""

    archive: Archive
    name: str
    images: Images
    places: Places
    kept: Kept = field(default_factory=Kept)

    @classmethod
    def of(cls, archive: Archive) -> Shown:
        """Return what is served of an archive."""
        return cls(archive, archive.path.name, Images(archive), Places(archive))

    def warm(self) -> None:
        """Read and count what nearly every visit asks for, so that the first visitor need not wait for it."""
        self.archive.summary()
        self.archive.search(limit=1)
        self.archive.search("source:nobodyiscalledso", limit=1, facets=False)  # reads the names for "did you mean"


class Latest:
    """Follows an archive: a build that ends, or a judgement that is applied, is seen by the next request.

    Opening takes some hundredths of a second, in which all requests wait: what was withheld must not be shown
    by the one that came first. Safe to ask from several threads.
    """

    def __init__(self, archive: Archive) -> None:
        """Begin with an archive that is open."""
        self._shown = Shown.of(archive)
        self._layout = Layout(archive.path)
        self._refused = archive.folder  # a generation that could not be opened is not tried again
        self._lock = threading.Lock()

    def now(self) -> Shown:
        """Return the newest generation that can be opened."""
        if generations.current(self._layout) not in (None, self._shown.archive.folder, self._refused):
            self._renew()
        return self._shown

    def _renew(self) -> None:
        with self._lock:
            folder = generations.current(self._layout)
            if folder in (None, self._shown.archive.folder, self._refused):
                return  # another request was faster
            try:
                self._shown = Shown.of(Archive.open(self._layout.path))
            except OnrecordError:
                self._refused = folder
                return
        threading.Thread(target=self._shown.warm, daemon=True).start()
