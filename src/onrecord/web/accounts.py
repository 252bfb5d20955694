"""Who may curate: names with password hashes in one file, sessions in memory, a lock after wrong passwords.

Passwords are hashed with argon2id at the library's defaults (RFC 9106, low memory). The file is
``curators.json`` in the archive's folder, readable by its owner only. Sessions end with the process.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import OnrecordError

FILE = "curators.json"
SHORTEST = 10  # characters of a password
LONGEST = 1_000
SESSION = 8 * 3600.0  # seconds
TRIES = 5  # wrong passwords before a name is locked
LOCK = 60.0  # seconds of the first lock; each further wrong password doubles it, to an hour at most


@dataclass(frozen=True, slots=True)
class Session:
    """A curator who has signed in."""

    name: str
    csrf: str  # must stand in every form that changes anything
    ends: float


class Curators:
    """The curators of one archive."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Read names and hashes from the archive's folder at each sign-in."""
        from argon2 import PasswordHasher

        self._path = folder / FILE
        self._hasher = PasswordHasher()
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}
        self._wrong: dict[str, tuple[int, float]] = {}  # name -> wrong passwords, when the lock ends
        self._nobody = self._hasher.hash(secrets.token_hex())  # checked for unknown names, so that they take as long

    def names(self) -> list[str]:
        """Return who may curate."""
        return sorted(self._read())

    def add(self, name: str, password: str) -> None:
        """Add a curator, or change the password.

        Raises:
            OnrecordError: the name is empty or the password too short.
        """
        if not name.strip() or not name.isprintable() or len(name) > 100:
            raise OnrecordError("a curator needs a name of 1 to 100 printable characters")
        if not SHORTEST <= len(password) <= LONGEST:
            raise OnrecordError(
                f"the password must have at least {SHORTEST} characters; a sentence is easy to remember"
            )
        known = self._read() | {name.strip(): self._hasher.hash(password)}
        beside = self._path.with_suffix(".part")
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, indent=1, ensure_ascii=False)
        beside.rename(self._path)

    def sign_in(self, name: str, password: str) -> str | None:
        """Return the token of a new session; None when name or password is wrong, or the name is locked."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._lock:
            if self.locked(name):
                return None
        right = False
        known = self._read().get(name)
        try:
            right = self._hasher.verify(known or self._nobody, password[:LONGEST]) and known is not None
        except (VerificationError, InvalidHashError):
            right = False
        with self._lock:
            if not right:
                self._note_wrong(name)
                return None
            self._wrong.pop(name, None)
            now = self._clock()
            self._sessions = {token: one for token, one in self._sessions.items() if one.ends > now}
            token = secrets.token_urlsafe(32)
            self._sessions[token] = Session(name, secrets.token_urlsafe(32), now + SESSION)
            return token

    def locked(self, name: str) -> bool:
        """Return whether a name has had too many wrong passwords just now."""
        return self._wrong.get(name, (0, 0.0))[1] > self._clock()

    def session(self, token: str | None) -> Session | None:
        """Return the session of a token while it lasts."""
        found = self._sessions.get(token or "")
        return found if found and found.ends > self._clock() else None

    def sign_out(self, token: str | None) -> None:
        """End a session."""
        self._sessions.pop(token or "", None)

    def _note_wrong(self, name: str) -> None:
        tries = self._wrong.get(name, (0, 0.0))[0] + 1
        until = self._clock() + min(LOCK * 2 ** (tries - TRIES), 3600.0) if tries >= TRIES else 0.0
        if len(self._wrong) > 10_000:  # names that were never known must not fill the memory
            self._wrong.clear()
        self._wrong[name] = (tries, until)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise OnrecordError(
                f"{self._path} cannot be read ({error}); restore it, or add the curators anew"
            ) from None
        return {str(name): str(hashed) for name, hashed in found.items()}
