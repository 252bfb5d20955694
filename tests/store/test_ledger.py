"""The ledger keeps what people decided."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.errors import LedgerError
from onrecord.model import Judgement
from onrecord.store.ledger import VERBS, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.db")


def test_a_ledger_that_was_never_written_is_empty_and_reading_makes_no_file(ledger: Ledger) -> None:
    assert ledger.read() == ()
    assert not ledger.path.exists()


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "undo"])
def test_every_judgement_comes_back_as_it_was_recorded(ledger: Ledger, verb: str) -> None:
    made = ledger.add(verb, "s1", "s2", who="Mona", why="same office\nsame years", basis="A | B")
    assert ledger.read() == (made,)
    assert made.when.endswith("+00:00")


def test_undo_is_a_new_row_and_the_old_one_stays(ledger: Ledger) -> None:
    made = ledger.add("same", "s1", "s2", who="Mona")
    undone = ledger.undo(made.id, who="Karim", why="two men")
    assert [judgement.verb for judgement in ledger.read()] == ["same", "undo"]
    assert undone.object == made.id


def test_what_does_not_exist_cannot_be_undone(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no judgement"):
        ledger.undo("0000", who="Mona")
    with pytest.raises(LedgerError, match="no judgement"):
        ledger.add("undo", "s1", "0000", who="Mona")
    assert ledger.read() == ()


@pytest.mark.parametrize(
    ("verb", "subject", "object", "who", "message"),
    [
        ("merge", "s1", "s2", "Mona", "there is no judgement"),
        ("same", "s1", None, "Mona", "object is missing"),
        ("same", " ", "s2", "Mona", "what it is about"),
        ("same", "s1", "s2", "", "who"),
        ("rename", "s1", "x\0y", "Mona", "plain text"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(
    ledger: Ledger, verb: str, subject: str, object: str | None, who: str, message: str
) -> None:
    with pytest.raises(LedgerError, match=message):
        ledger.add(verb, subject, object, who=who)
    assert ledger.read() == ()


@pytest.mark.parametrize("attack", ["UPDATE judgements SET who = 'me'", "DELETE FROM judgements"])
def test_rows_can_be_neither_changed_nor_removed(ledger: Ledger, attack: str) -> None:
    ledger.add("same", "s1", "s2", who="Mona")
    connection = sqlite3.connect(ledger.path)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(attack)
    connection.close()
    assert ledger.read()[0].who == "Mona"


def test_importing_what_was_exported_gives_the_same_ledger_and_a_second_time_nothing(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = ledger.add("same", "s1", "s2", who="منى", basis="رامي | Rami")
    ledger.undo(first.id, who="Karim")
    other = Ledger(tmp_path / "other.db")
    lines = list(ledger.export())
    assert other.take(lines) == type(other.take([]))(added=2, known=0)
    assert other.read() == ledger.read()
    assert other.digest() == ledger.digest()
    assert other.take(lines).known == 2


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '"x"', '{"id":"a","verb":"same","subject":"s"}'])
def test_a_line_that_is_no_judgement_is_named_and_nothing_is_imported(ledger: Ledger, line: str) -> None:
    ledger.add("confirm", "s1", who="Mona")
    good = next(ledger.export())
    other = Ledger(ledger.path.with_name("other.db"))
    with pytest.raises(LedgerError, match="line 2"):
        other.take([good, line])
    assert other.read() == ()


def test_a_judgement_altered_on_the_way_is_refused(ledger: Ledger) -> None:
    ledger.add("confirm", "s1", who="Mona")
    line = next(ledger.export()).replace("Mona", "Karim")
    with pytest.raises(LedgerError, match="does not belong"):
        ledger.take([line])


def test_many_curators_write_at_once_and_nothing_is_lost(ledger: Ledger) -> None:
    def judge(number: int) -> Judgement:
        return Ledger(ledger.path).add("confirm", f"s{number}", who=f"curator {number % 8}")

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(judge, range(80)))
    assert {judgement.id for judgement in ledger.read()} == {judgement.id for judgement in made}
    assert len(ledger.read()) == 80


def test_what_was_acknowledged_survives_a_kill(ledger: Ledger) -> None:
    program = (
        "import sys; from pathlib import Path; from onrecord.store.ledger import Ledger\n"
        "ledger = Ledger(Path(sys.argv[1]))\n"
        "for number in range(100000): print(ledger.add('confirm', f's{number}', who='x').id, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(ledger.path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(25)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += process.stdout.read().split("\n")[:-1]
    process.stdout.close()
    process.wait()
    kept = {judgement.id for judgement in ledger.read()}
    assert set(acknowledged) - {""} <= kept
    assert ledger.add("confirm", "after", who="x") in ledger.read()


def test_a_damaged_file_gives_one_line_and_no_traceback(ledger: Ledger) -> None:
    ledger.path.write_bytes(b"not a database at all" * 200)
    with pytest.raises(LedgerError, match="cannot be used"):
        ledger.read()
