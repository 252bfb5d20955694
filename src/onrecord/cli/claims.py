"""``onrecord claims``: who says a thing, and how many say it independently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.model import Claim
    from onrecord.resolve.phrasing import Told
    from onrecord.store.archive import Archive

MOST_CHANGES = 4  # stretches of changed words up to which one print is taken to be another's wording


@click.command()
@click.argument("archive", required=False, type=click.Path(path_type=Path))
@click.argument("statement", required=False)
@click.option(
    "--pairs",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Compare the pairs of this file instead: JSON Lines with a and b, each with text, speaker, date, outlet, context.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(archive: Path | None, statement: str | None, file: Path | None, as_json: bool) -> None:
    """Show the claims of ARCHIVE, those of the most independent origins first; or those with STATEMENT, its id or words.

    With --pairs, JSON Lines are printed: pair (its number, from 0), same, utterance, contrary, score, why.
    """
    if file is not None:
        for line in _compare(file):
            click.echo(line)
        return
    if archive is None:
        raise click.UsageError("name an ARCHIVE, or give --pairs FILE")
    import onrecord

    opened = onrecord.open(archive)
    found = _claims(opened, statement)
    if as_json:
        for claim in found:
            click.echo(_line(claim))
        return
    nothing = True
    for claim in found:
        _show(opened, claim)
        nothing = False
    if nothing:
        click.echo(f"no claim has {statement!r}" if statement else "no two statements were found to say the same")


def _claims(archive: Archive, asked: str | None) -> Iterable[Claim]:
    """The claims with a statement, where such an id exists; else those with the words."""
    if asked is None:
        return archive.claims()
    return archive.claims_of(asked) or archive.claims(asked)


def _show(archive: Archive, claim: Claim) -> None:
    click.echo(f"{claim.words}\n  {claim.why}   [{claim.id}]")
    for number, origin in enumerate(claim.origins, 1):
        click.echo(f"  {number}. {origin.why}")
        _prints(archive, origin.statements)
    if claim.contrary:
        click.echo("  to the contrary:")
        _prints(archive, claim.contrary, claim.words)
    click.echo()


def _prints(archive: Archive, ids: Sequence[str], against: str | None = None) -> None:
    """The statements, and in what each differs: from the first, or from the words that it contradicts."""
    from onrecord.errors import NotFoundError
    from onrecord.resolve.accounts import differences, drift

    before: tuple[str, str | None] | None = None if against is None else (against, None)
    for id in ids:
        try:
            hit = archive.statement(id)
        except NotFoundError:
            click.echo(f"       (withheld)  [{id}]")
            continue
        said = hit.statement
        date, site = (hit.article.published or "????-??-??")[:10], hit.article.site or "an unnamed outlet"
        click.echo(f"       {date}  {site}: {said.words}  [{id}]")
        if before is not None and before[0] != said.words:
            for difference in differences(before[0], said.words):
                one, other = (", ".join(words) or "none" for words in (difference.a, difference.b))
                click.echo(f"           {difference.kind}: {one} / {other}")
            changes = drift(before[0], said.words)
            if against is None and len(changes) <= MOST_CHANGES:  # else it is another saying
                for change in changes:
                    click.echo(f"           {change.a or '(nothing)'} → {change.b or '(nothing)'}")
        if against is None and before is not None and said.cue_words and before[1] and said.cue_words != before[1]:
            click.echo(f"           cue: {before[1]} → {said.cue_words}")
        before = before or (said.words, said.cue_words)


def _line(claim: Claim) -> str:
    import dataclasses
    import json

    return json.dumps(dataclasses.asdict(claim), ensure_ascii=False)


def _compare(path: Path) -> Iterator[str]:
    import json

    from onrecord.resolve.phrasing import Weights, phrasing, sentence_around
    from onrecord.resolve.verdict import compare

    pairs = list(_pairs(path))
    told = [side for pair in pairs for side in pair]
    weights = Weights.of(sentence_around(side.context or side.text, side.text) for side in told)
    for number, (a, b) in enumerate(pairs):
        verdict = compare(phrasing(a, weights), phrasing(b, weights))
        row = {name: getattr(verdict, name) for name in ("same", "utterance", "contrary", "score", "why")}
        yield json.dumps({"pair": number, **row}, ensure_ascii=False)


def _pairs(path: Path) -> Iterator[tuple[Told, Told]]:
    from onrecord.cli.lines import objects
    from onrecord.errors import InputError

    for number, row in objects(path):
        try:
            yield _told(row["a"]), _told(row["b"])
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}, line {number}: not a pair of statements a and b ({error!r})") from None


def _told(side: Mapping[str, object]) -> Told:
    from onrecord.resolve.phrasing import Told

    def words(name: str) -> str | None:
        value = side.get(name)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} is no text")
        return value or None

    return Told(words("text") or "", words("speaker"), words("date"), words("outlet"), words("context"))
