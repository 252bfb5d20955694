"""The ledger: what people have decided, kept apart from what machines have found.

One SQLite file, ``ledger.db``. Rows are only ever added: triggers refuse to change or remove one, and undoing a
judgement is a new row. Every rebuild replays them (:mod:`onrecord.resolve.judgements`). What :meth:`Ledger.add` has
returned is on the disk (write-ahead log, full synchronisation), whatever kills the process afterwards; several
processes and threads may write at once.

As JSON Lines a judgement is one object with the fields of :class:`onrecord.model.Judgement`. Its id is made from
what it says, so importing a file twice, or a file that came back from another archive, adds nothing twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from onrecord.errors import LedgerError
from onrecord.model import Judgement

#: verb -> whether it needs an object, and what it says.
VERBS: dict[str, tuple[bool, str]] = {
    "same": (True, "the two sources are one"),
    "not-same": (True, "the two sources (or a source and one of its variants) are not one"),
    "rename": (True, "the source is to be called so"),
    "wrong-speaker": (True, "the statement was made by someone else; the object is who (empty: unknown)"),
    "wrong-span": (True, "the statement's words are others; the object is the spans as JSON"),
    "not-a-statement": (False, "the statement is none"),
    "withhold": (False, "the article, statement, picture or source must not be shown"),
    "confirm": (False, "the record was checked and holds"),
    "undo": (True, "the judgement with the id in the object no longer holds"),
    "same-claim": (True, "the two statements say the same"),
    "not-same-claim": (True, "the two statements do not say the same"),
    "independent": (True, "neither of the two articles or statements goes back to the other"),
    "not-independent": (True, "one of the two goes back to the other"),
}

_COLUMNS = tuple(field.name for field in fields(Judgement))
_SELECT = 'SELECT id, verb, subject, object, who, "when", why, basis FROM judgements'
_LONGEST = 20_000  # characters of one field
_SCHEMA = """
CREATE TABLE IF NOT EXISTS judgements (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    object TEXT,
    who TEXT NOT NULL,
    "when" TEXT NOT NULL,
    why TEXT NOT NULL,
    basis TEXT
) STRICT;
CREATE TRIGGER IF NOT EXISTS judgements_are_not_changed BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'a judgement is never changed; add another'); END;
CREATE TRIGGER IF NOT EXISTS judgements_are_not_removed BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'a judgement is never removed; undo it'); END;
PRAGMA user_version = 1;
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    added: int
    known: int  # were in the ledger already


class Ledger:
    """The ledger of an archive. Opens a connection for each call, so it may be shared between threads."""

    def __init__(self, path: Path) -> None:
        """Name the ledger's file; it is made with the first judgement."""
        self.path = path

    def add(
        self,
        verb: str,
        subject: str,
        object: str | None = None,
        *,
        who: str,
        why: str = "",
        basis: str | None = None,
        when: str | None = None,
    ) -> Judgement:
        """Record a judgement; it is on the disk when this returns.

        Args:
            verb: one of :data:`VERBS`.
            subject: the id of what it is about.
            object: the other id, the new name, the right speaker ..., where the verb needs one.
            who: the curator.
            why: the reason.
            basis: what the curator saw: the name or words. Of two sources: both names, joined by ``" | "``.
            when: ISO 8601; now, when left out.

        Raises:
            LedgerError: the verb is unknown, something is missing, or the judgement to be undone does not exist.
        """
        judgement = Judgement(
            "", verb, subject.strip(), object, who.strip(), when or datetime.now(UTC).isoformat(), why.strip(), basis
        )
        judgement = _with_id(judgement)
        _check(judgement)
        with self._writing() as connection:
            if verb == "undo":
                self._check_undo(connection, judgement)
            _insert(connection, judgement)
        return judgement

    def undo(self, identifier: str, *, who: str, why: str = "") -> Judgement:
        """Record that a judgement no longer holds. An undo can itself be undone."""
        found = [judgement for judgement in self.read() if judgement.id == identifier]
        if not found:
            raise LedgerError(f"the ledger has no judgement {identifier}; `onrecord ledger ARCHIVE list` shows them")
        return self.add("undo", found[0].subject, identifier, who=who, why=why)

    def read(self) -> tuple[Judgement, ...]:
        """Return all judgements in the order in which they were recorded."""
        if not self.path.exists():
            return ()
        with self._connected() as connection:
            return tuple(Judgement(*row) for row in connection.execute(f"{_SELECT} ORDER BY place"))

    def digest(self) -> str:
        """Return a digest that changes with every judgement recorded."""
        found = hashlib.sha256()
        for judgement in self.read():
            found.update(judgement.id.encode())
        return found.hexdigest()

    def export(self) -> Iterator[str]:
        """Yield the judgements as lines of JSON."""
        for judgement in self.read():
            yield json.dumps(asdict(judgement), ensure_ascii=False)

    def take(self, lines: Iterable[str]) -> Imported:
        """Import judgements from lines of JSON, all or none.

        Raises:
            LedgerError: a line is no judgement; the message names the line.
        """
        judgements = [_parse(line, number) for number, line in enumerate(lines, 1) if line.strip()]
        added = 0
        with self._writing() as connection:
            for judgement in judgements:
                known = connection.execute("SELECT 1 FROM judgements WHERE id = ?", (judgement.id,)).fetchone()
                if not known:
                    _insert(connection, judgement)
                    added += 1
        return Imported(added, len(judgements) - added)

    def _check_undo(self, connection: sqlite3.Connection, judgement: Judgement) -> None:
        known = connection.execute("SELECT 1 FROM judgements WHERE id = ?", (judgement.object,)).fetchone()
        if not known:
            raise LedgerError(f"the ledger has no judgement {judgement.object} that could be undone")

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.IntegrityError as error:
            raise LedgerError(f"{self.path}: {error}") from error
        except sqlite3.Error as error:
            raise LedgerError(
                f"{self.path} cannot be used ({error}); check that it is writable, or restore it from a backup"
            ) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; other writers wait for it."""
        with self._connected() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                connection.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}COMMIT;")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, judgement: Judgement) -> None:
    values = asdict(judgement)
    connection.execute(
        'INSERT INTO judgements (id, verb, subject, object, who, "when", why, basis) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        [values[name] for name in _COLUMNS],
    )


def _with_id(judgement: Judgement) -> Judgement:
    values = asdict(judgement)
    del values["id"]
    said = json.dumps(values, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Judgement(id=hashlib.sha256(said).hexdigest()[:16], **values)


def _check(judgement: Judgement) -> None:
    if judgement.verb not in VERBS:
        raise LedgerError(f"there is no judgement {judgement.verb!r}; use one of {', '.join(VERBS)}")
    needs_object, meaning = VERBS[judgement.verb]
    if not judgement.subject:
        raise LedgerError(f"{judgement.verb}: say what it is about (an id)")
    if needs_object and judgement.object is None:
        raise LedgerError(f"{judgement.verb} ({meaning}): an object is missing")
    if not judgement.who:
        raise LedgerError("say who judges (--who)")
    for name, value in asdict(judgement).items():
        if value and (len(value) > _LONGEST or not (value.isprintable() or name in ("why", "basis"))):
            raise LedgerError(f"the {name} of a judgement must be plain text of at most {_LONGEST:,} characters")


def _parse(line: str, number: int) -> Judgement:
    try:
        values = json.loads(line)
        judgement = Judgement(**{name: values.get(name) for name in _COLUMNS})
        if not all(isinstance(getattr(judgement, name), str) for name in _COLUMNS if name not in ("object", "basis")):
            raise TypeError
        if not all(isinstance(getattr(judgement, name), str | None) for name in ("object", "basis")):
            raise TypeError
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise LedgerError(f"line {number}: not a judgement as `onrecord ledger ARCHIVE export` writes it") from None
    try:
        _check(judgement)
    except LedgerError as error:
        raise LedgerError(f"line {number}: {error}") from None
    if _with_id(judgement).id != judgement.id:
        raise LedgerError(f"line {number}: the id {judgement.id} does not belong to what the judgement says")
    return judgement
