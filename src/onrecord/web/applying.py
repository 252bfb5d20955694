"""Judgements are applied beside the answering of requests: the page comes at once and tells how far it is."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from onrecord.engine.build import build
from onrecord.errors import OnrecordError
from onrecord.store.ledger import Ledger
from onrecord.web.shown import Latest
from onrecord.web.wording import plural


@dataclass(frozen=True, slots=True)
class Work:
    """How far the archive is behind its ledger."""

    waiting: int  # judgements that the archive does not show yet
    running: bool
    words: str  # the same as a sentence; empty when there is nothing to tell


class Applying:
    """Makes the archive show what was judged: one run at a time, whoever asks. Safe to use from several threads."""

    def __init__(self, latest: Latest, ledger: Ledger) -> None:
        """Begin with an archive that shows what the ledger holds now."""
        self._latest, self._ledger = latest, ledger
        self._lock = threading.Lock()
        self._applied = len(ledger.read())
        self._since: float | None = None  # when the run that is going on began
        self._again = False  # asked for while one was going on
        self._took = 0.0
        self._failed = ""

    def start(self) -> None:
        """Begin; where a run is going on, another one follows it for what was judged meanwhile."""
        with self._lock:
            if self._since is not None:
                self._again = True
                return
            self._since, self._failed = time.monotonic(), ""
        threading.Thread(target=self._run, daemon=True).start()  # what is cut off is made again by the next build

    def work(self, judged: int) -> Work:
        """Return how far it is; ``judged`` is how many judgements the ledger holds."""
        with self._lock:
            waiting, since, took, failed = judged - self._applied, self._since, self._took, self._failed
        if since is not None:
            last = f"; the last time it took {plural(round(took), 'second')}" if took else ""
            passed = plural(int(time.monotonic() - since), "second")
            return Work(waiting, True, f"{plural(waiting, 'judgement')} being applied for {passed} now{last}.")
        return Work(waiting, False, f"Not applied: {failed}." if failed else "")

    def _run(self) -> None:
        more = True
        while more:
            judged, began = len(self._ledger.read()), time.monotonic()
            failed = ""
            try:
                build((), self._latest.now().archive.path)
                self._latest.now()
            except OnrecordError as error:
                failed = str(error).rstrip(".")
            except Exception as error:  # the thread's end would be silent, and the desk closed for good
                failed = f"an error that was not expected ({type(error).__name__}); run `onrecord build` to see it"
            with self._lock:
                more = self._again and not failed
                self._again, self._failed = False, failed
                self._applied = self._applied if failed else judged
                self._took = time.monotonic() - began
                self._since = time.monotonic() if more else None
