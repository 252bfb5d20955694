"""``onrecord sources``: who speaks in an archive, one source's whole life, why two names are one or two."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import NotFoundError

if TYPE_CHECKING:
    from onrecord.model import Dated, Source
    from onrecord.store.archive import Archive

_SHOWN = 12  # values of one kind that a life shows
_BESIDE = 10  # co-quoted sources
_TYPES = {"persons": "person", "organisations": "organisation", "groups": "group", "documents": "document"}


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.argument("name", required=False, default="")
@click.option(
    "--type",
    "kind",
    type=click.Choice([*_TYPES, *_TYPES.values(), "anonymous", "generic"]),
    metavar="TYPE",
    help="Only persons, organisations, groups, anonymous, documents or generic ones.",
)
@click.option("--why", nargs=2, metavar="A B", help="Say why two names are one source, or two.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Sources to list.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(archive: Path, name: str, kind: str | None, why: tuple[str, str] | None, limit: int, as_json: bool) -> None:
    """List the sources of ARCHIVE, or show one source's whole life.

    NAME is a name, words of one, or a source's id; where no source has these words, those are listed
    that it may be a spelling of, in whatever script. Descriptions of anonymous speakers are listed with
    --type anonymous.
    """
    import onrecord

    opened = onrecord.open(archive)
    kind = _TYPES.get(kind, kind) if kind else None
    if why:
        _explain(opened, *why, as_json=as_json)
        return
    found = find(opened, name) if name else None
    if found is not None:
        _print_life(opened, found, as_json)
        return
    listed: list[Source] = []
    for source in opened.sources(name):
        if kind in (None, source.type):
            listed.append(source)
        if len(listed) == limit:
            break
    if not listed and name:
        listed = alike(opened, name, kind)[:limit]
    if not listed and name:
        raise NotFoundError(f"{archive} has no source {name!r}; `onrecord sources {archive}` lists them")
    if as_json:
        from onrecord.web import plain

        click.echo(json.dumps({"data": [plain.source(source) for source in listed], "next": None}, ensure_ascii=False))
        return
    for source in listed:
        known = ", ".join(_distinct(source.roles)[:2] + _distinct(source.organisations)[:1])
        click.echo(
            f"{source.statements:>8,}  {source.name}{f' ({known})' if known else ''}  {source.type}  {source.id}"
        )


def find(archive: Archive, name: str) -> Source | None:
    """Return the source with this id, or the only one that goes by exactly this name."""
    try:
        return archive.source(name)
    except NotFoundError:
        pass
    folded = name.casefold()
    called = [
        s for s in archive.sources(name) if folded in {v.words.casefold() for v in s.variants} | {s.name.casefold()}
    ]
    first = [source for source in called if source.name.casefold() == folded] or called
    return first[0] if len(first) == 1 else None


def alike(archive: Archive, name: str, kind: str | None = None) -> list[Source]:
    """Return the sources whose name is this one spelled otherwise, also in another script, the likest first."""
    from onrecord.model import SpeakerType
    from onrecord.resolve.compare import compare

    named = (SpeakerType.PERSON, SpeakerType.ORGANISATION)
    sources = [each for each in archive.sources("") if each.type in named and kind in (None, each.type)]
    scored = [(compare(name, source.name, source.type), source) for source in sources]
    found = [(comparison.score, source) for comparison, source in scored if comparison.same]
    return [source for _, source in sorted(found, key=lambda pair: -pair[0])]


def _print_life(archive: Archive, source: Source, as_json: bool) -> None:
    beside = _beside(archive, source)
    if as_json:
        from onrecord.web import plain

        data = plain.source(source)
        data["beside"] = [{"id": id, "name": name, "articles": count} for id, name, count in beside]
        click.echo(json.dumps({"data": data, "next": None}, ensure_ascii=False))
        return
    click.echo(f"{source.name}  ({source.type}, {source.id})")
    click.echo(f"{source.statements:,} statements{_span(source.first, source.last)}")
    parts = (
        ("called", source.variants), ("roles", source.roles), ("organisations", source.organisations),
        ("quoted by", source.outlets), ("acts", source.acts),
    )  # fmt: skip
    for title, values in parts:
        if values:
            click.echo(f"\n{title}")
        for value in values[:_SHOWN]:
            click.echo(f"  {value.count:>7,}  {value.words}{_span(value.first, value.last)}")
        if len(values) > _SHOWN:
            click.echo(f"           and {len(values) - _SHOWN} more: --json lists them")
    if beside:
        click.echo("\nquoted beside")
    for id, name, count in beside:
        click.echo(f"  {count:>7,}  {name}  {id}")


def _beside(archive: Archive, source: Source) -> list[tuple[str, str, int]]:
    """Return who else is quoted in the same articles: id, name, in how many of them."""
    from collections import Counter

    articles = {hit.article.id for hit in archive.statements(source=source.id)}
    counted: Counter[tuple[str, str]] = Counter()
    for article in sorted(articles)[:500]:
        named = {(hit.source_id, hit.source_name or "") for hit in archive.statements_of(article) if hit.source_id}
        counted.update((id, name) for id, name in named if id != source.id)
    return [(id, name, count) for (id, name), count in counted.most_common(_BESIDE)]


def _explain(archive: Archive, a: str, b: str, *, as_json: bool) -> None:
    from onrecord.resolve.compare import SAME_FROM
    from onrecord.resolve.judgements import standing
    from onrecord.resolve.life import compare_sources
    from onrecord.store.layout import open_layout
    from onrecord.store.ledger import Ledger

    one, other = (_required(archive, name) for name in (a, b))
    called = [name if name != source.id else source.name for name, source in ((a, one), (b, other))]
    found = compare_sources(one, other, *called)
    judged = [
        judgement
        for judgement in standing(Ledger(open_layout(archive.path).ledger).read())
        if judgement.verb in ("same", "not-same") and {judgement.subject, judgement.object} & {one.id, other.id}
    ]
    if as_json:
        answer = {
            "a": one.id, "b": other.id, "same": one.id == other.id, "score": found.score, "why": found.why,
            "judgements": [judgement.id for judgement in judged],
        }  # fmt: skip
        click.echo(json.dumps({"data": answer, "next": None}, ensure_ascii=False))
        return
    click.echo(f"one source: {one.name}" if one.id == other.id else f"two sources: {one.name} | {other.name}")
    compared = "names alone" if one.id == other.id else "names and use"
    click.echo(f"{compared}: {found.score:.2f} (one from {SAME_FROM:.2f})")
    if one.id == other.id and not found.same:
        click.echo(
            "  joined by roles or organisations that both have, by an article that binds them, or by a judgement"
        )
    for reason in sorted(found.reasons, key=lambda reason: -abs(reason.weight)):
        click.echo(f"  {reason.weight:+.1f}  {reason.what}{f': {reason.words}' if reason.words else ''}")
    for judgement in judged:
        click.echo(f"judged {judgement.verb} by {judgement.who}, {judgement.when[:10]}: {judgement.basis or ''} "
                   f"{judgement.why}".rstrip() + f"  [{judgement.id}]")  # fmt: skip


def _required(archive: Archive, name: str) -> Source:
    found = find(archive, name)
    if found is None:
        raise NotFoundError(
            f"{archive.path} has no source, or several, called {name!r}; `onrecord sources {archive.path} {name!r}` "
            "lists those with these words: use an id"
        )
    return found


def _distinct(values: Iterable[Dated]) -> list[str]:
    return [value.words for value in values]


def _span(first: str | None, last: str | None) -> str:
    if not first or not last:
        return ""
    return f", {first[:10]}" if first[:10] == last[:10] else f", {first[:10]} to {last[:10]}"
