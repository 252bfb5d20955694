"""``onrecord ledger``: what people have decided about an archive."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from onrecord.errors import LedgerError, NotFoundError, OnrecordError

if TYPE_CHECKING:
    from onrecord.model import Judgement
    from onrecord.store.ledger import Ledger

_OF_SOURCES = ("same", "not-same", "rename")


@click.group()
@click.argument("archive", type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, archive: Path) -> None:
    """List, add, undo, export and import the judgements of ARCHIVE.

    A judgement is never changed or removed: undoing one is another. What was judged holds in every
    rebuild; where it no longer fits the archive, list says so.
    """
    context.obj = archive


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def list_all(archive: Path, as_json: bool) -> None:
    """Show all judgements, those taken back and those that no longer fit marked."""
    from onrecord.engine.judging import conflicts as find_conflicts
    from onrecord.resolve.judgements import standing
    from onrecord.store.layout import open_layout

    layout = open_layout(archive)
    judgements = _ledger(archive).read()
    stand = {judgement.id for judgement in standing(judgements)}
    conflicts = find_conflicts(layout)
    if as_json:
        data = [{**asdict(each), "stands": each.id in stand, "conflict": conflicts.get(each.id)} for each in judgements]
        click.echo(json.dumps({"data": data, "next": None}, ensure_ascii=False))
        return
    for each in judgements:
        click.echo(_line(each, taken_back=each.id not in stand and each.verb != "undo"))
        if each.id in stand and each.id in conflicts:
            click.echo(f"    NO LONGER FITS: {conflicts[each.id]}")
    if not judgements:
        click.echo("no judgements yet")


@command.command()
@click.argument("verb")
@click.argument("subject")
@click.argument("object", required=False)
@click.option("--who", default=getpass.getuser, show_default="your user name", help="Who judges.")
@click.option("--why", default="", help="The reason.")
@click.option("--later", is_flag=True, help="Record it only; the next build applies it.")
@click.pass_obj
def add(archive: Path, verb: str, subject: str, object: str | None, who: str, why: str, later: bool) -> None:
    """Record a judgement and apply it.

    SUBJECT and OBJECT are ids; those of sources may be given as names. VERB is one of: same A B,
    not-same A B, rename SOURCE NAME, wrong-speaker STATEMENT NAME, wrong-span STATEMENT SPANS,
    not-a-statement STATEMENT, withhold ID, confirm ID, same-claim, not-same-claim, independent,
    not-independent.

    A corrected speaker or wording is shown, searched and exported in place of what was found, under the same id. SPANS
    are the places of the right words in the article's text as JSON: [[120, 164]].
    """
    basis = None
    if verb in _OF_SOURCES:
        subject, seen, kind = _source(archive, subject)
        basis = seen
        if verb != "rename" and object is not None:
            object, other, other_kind = _source(archive, object)
            basis = f"{seen} | {other}"
            if verb == "same" and kind != other_kind:
                raise LedgerError(f"{seen} is {kind}, {other} is {other_kind}; two of different types are never one")
    elif verb in ("wrong-speaker", "not-a-statement", "wrong-span"):
        basis = _statement(archive, subject)
        if verb == "wrong-span":
            _check_spans(archive, subject, object)
    if object == subject and verb in ("same", "same-claim"):
        raise LedgerError("both are one already")
    made = _ledger(archive).add(verb, subject, object, who=who, why=why, basis=basis)
    click.echo(_line(made))
    _apply(archive, later)


@command.command()
@click.argument("id")
@click.option("--who", default=getpass.getuser, show_default="your user name", help="Who takes it back.")
@click.option("--why", default="", help="The reason.")
@click.option("--later", is_flag=True, help="Record it only; the next build applies it.")
@click.pass_obj
def undo(archive: Path, id: str, who: str, why: str, later: bool) -> None:
    """Take a judgement back; the judgement stays in the ledger, with this one behind it."""
    click.echo(_line(_ledger(archive).undo(id, who=who, why=why)))
    _apply(archive, later)


@command.command()
@click.pass_obj
def export(archive: Path) -> None:
    """Print all judgements, one JSON object a line."""
    for line in _ledger(archive).export():
        click.echo(line)


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--later", is_flag=True, help="Record them only; the next build applies them.")
@click.pass_obj
def import_all(archive: Path, file: TextIO, later: bool) -> None:
    """Take in judgements that another archive has exported; those known already are passed over."""
    try:
        done = _ledger(archive).take(file)
    except UnicodeDecodeError:
        raise LedgerError(f"{file.name} is not text in UTF-8") from None
    click.echo(f"{done.added:,} judgements added, {done.known:,} known already")
    if done.added:
        _apply(archive, later)


def _ledger(archive: Path) -> Ledger:
    from onrecord.store.layout import open_layout
    from onrecord.store.ledger import Ledger

    return Ledger(open_layout(archive).ledger)


def _source(archive: Path, called: str) -> tuple[str, str, str]:
    """Return the id of a source that is given as an id or a name, the name as it was seen, and its type."""
    import onrecord
    from onrecord.cli.sources import find

    opened = onrecord.open(archive)
    source = find(opened, called)
    if source is None:
        raise NotFoundError(f"{archive} has no source, or several, called {called!r}; `onrecord sources` shows the ids")
    return source.id, source.name if called == source.id else called, source.type


def _statement(archive: Path, id: str) -> str:
    import onrecord

    return onrecord.open(archive).statement(id).statement.words


def _check_spans(archive: Path, id: str, given: str | None) -> None:
    """Refuse spans that cannot be a statement's words."""
    import onrecord
    from onrecord.resolve.judgements import read_spans

    spans = read_spans(given)
    hit = onrecord.open(archive).statement(id)
    article = onrecord.open(archive).article(hit.article.id, hit.article.revision)
    if spans is None or spans[-1][1] > len(article.text):
        raise LedgerError(
            f"wrong-span takes the right spans as JSON, [[start, end], ...]: places in the text of the article, which has "
            f"{len(article.text):,} characters, in order; found were {json.dumps(hit.statement.content)}"
        )


def _apply(archive: Path, later: bool) -> None:
    if later:
        return
    from onrecord.engine.build import build
    from onrecord.engine.judging import conflicts
    from onrecord.store.layout import open_layout

    try:
        build((), archive)
    except OnrecordError as error:
        raise OnrecordError(f"the judgement is recorded, but could not be applied yet: {error}") from error
    for reason in conflicts(open_layout(archive)).values():
        click.echo(f"no longer fits: {reason}", err=True)


def _line(judgement: Judgement, taken_back: bool = False) -> str:
    about = f"{judgement.subject}{f' {judgement.object}' if judgement.object is not None else ''}"
    seen = f"  ({judgement.basis[:80]})" if judgement.basis else ""
    why = f": {judgement.why}" if judgement.why else ""
    mark = "  [taken back]" if taken_back else ""
    return f"{judgement.id}  {judgement.when[:16]}  {judgement.who}  {judgement.verb} {about}{seen}{why}{mark}"
