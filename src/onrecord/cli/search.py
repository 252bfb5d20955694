"""``onrecord search``: who said what, in a terminal or as JSON."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.model import Spans
    from onrecord.store.archive import Archive
    from onrecord.store.results import ArticleHead, Facet, Hit, Month, SearchPage

_LISTED = 5  # values of a facet
_WIDEST = 60  # columns of the timeline
_BARS = "▁▂▃▄▅▆▇█"

# option -> the field of the query language that it stands for
_FIELDS = {
    "source": ("source", "The speaker's name, or words of it."),
    "role": ("role", "The speaker's role."),
    "org": ("org", "The speaker's organisation."),
    "type": ("type", "person, organisation, group, anonymous, document or generic."),
    "act": ("act", "What the cue does: says, denies, warns ..."),
    "kind": ("kind", "direct, indirect or mixed."),
    "site": ("site", "The outlet."),
    "section": ("section", "The outlet's section."),
    "place": ("place", "The dateline."),
    "lang": ("lang", "A language code such as ar."),
    "since": ("from", "First day: 2017, 2017-04 or 2017-04-01."),
    "until": ("to", "Last day, included."),
}


def _with_fields(function: Any) -> Any:
    names = {"since": "--from", "until": "--to"}
    for name, (_, about) in reversed(_FIELDS.items()):
        function = click.option(names.get(name, f"--{name}"), name, help=about)(function)
    return function


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.argument("query", required=False, default="")
@click.option(
    "--in",
    "scope",
    type=click.Choice(["statements", "articles", "pictures"]),
    default="statements",
    help="What to search.  [default: statements]",
)
@_with_fields
@click.option(
    "--sort", type=click.Choice(["relevance", "date"]), default="relevance", help="Best match, or newest, first."
)
@click.option("--stem", is_flag=True, help="Any form of the words, instead of the exact one.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Hits to show.")
@click.option("--cursor", help="Go on where a search ended: the cursor that it printed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: data and next, the cursor of what follows.")
def command(
    archive: Path,
    query: str,
    scope: Any,
    sort: Any,
    stem: bool,
    limit: int,
    cursor: str | None,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Search the statements, articles or pictures of ARCHIVE.

    QUERY takes words, "phrases", AND, OR, NOT, parentheses, begin* and fields such as source:haddad act:denies
    from:2017-04; without it everything is listed, newest first. docs/search.md explains the rest.
    """
    import onrecord

    opened = onrecord.open(archive)
    found = opened.search(_query(query, fields), scope=scope, sort=sort, stem=stem, limit=limit, cursor=cursor)
    if not found.total and fields["source"] and (meant := _spelled_otherwise(opened, fields["source"])):
        click.echo(f"nobody is called {fields['source']!r}; shown is {meant}, the likest name", err=True)
        asked = _query(query, {**fields, "source": meant})
        found = opened.search(asked, scope=scope, sort=sort, stem=stem, limit=limit, cursor=cursor)
    if as_json:
        click.echo(json.dumps(_envelope(found), ensure_ascii=False).encode("utf-8", "replace"))
        return
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=False)
    console.print(f"{found.total:,} {found.scope if found.total != 1 else found.scope.removesuffix('s')}", style="bold")
    console.print(found.sentence, style="dim", markup=False)
    for hit in found.hits:
        console.print()
        for line in _lines(hit):
            console.print(line)
    for text in _about(found, narrowed=any(fields.values())):
        console.print(text)


def _query(query: str, fields: dict[str, str | None]) -> str:
    """Return the query with the options that were given as fields in it."""
    given = [(_FIELDS[name][0], value.replace('"', " ")) for name, value in fields.items() if value]
    words = f"({query})" if given and query.strip() else query
    return " ".join([*([words] if words else []), *(f'{name}:"{value}"' for name, value in given)])


def _spelled_otherwise(archive: Archive, name: str) -> str | None:
    """Return the name of the source that a name which nobody is called by is another spelling of."""
    from onrecord.cli.sources import alike

    called = any(True for _ in archive.sources(name))
    found = [] if called else alike(archive, name)
    return found[0].name if found else None


def _envelope(found: SearchPage) -> dict[str, Any]:
    """Return the same JSON as the web's ``/search.json``."""
    from onrecord.web import plain

    data = {
        "scope": found.scope,
        "sentence": found.sentence,
        "total": found.total,
        "undated": found.undated,
        "hits": [plain.any_hit(hit) for hit in found.hits],
        "facets": plain.facets(found.facets),
        "timeline": plain.months(found.timeline),
        "did_you_mean": list(found.did_you_mean),
    }
    return {"data": data, "next": found.next}


def _lines(hit: Hit) -> list[Text]:
    """Return the lines that show a hit: who or what, the words, where from."""
    from rich.text import Text

    from onrecord.store.results import ArticleHit, StatementHit
    from onrecord.web import wording

    marks = hit.highlights
    if isinstance(hit, StatementHit):
        said, who = hit.statement, hit.statement.speaker
        name = _marked(who.name or who.description or "speaker unclear", marks.get("speaker", ()), "bold cyan")
        more = ", ".join(part for part in (who.role, who.organisation) if part)
        first = Text.assemble(
            name, _plain(f" ({more})") if more else "", (f"  {said.act}, {wording.KINDS[said.kind]}", "green")
        )
        if said.confidence < 0.5:
            first.append("  unclear", "yellow")
        return [first, _marked(said.words, marks.get("words", ())), _origin(hit.article, hit.id)]
    if isinstance(hit, ArticleHit):
        article = hit.article
        start, end = hit.excerpt
        inside = tuple((a - start, b - start) for a, b in marks.get("text", ()))
        excerpt = _marked(article.text[start:end], inside)
        title = _marked(article.headline or "(no headline)", marks.get("headline", ()), "bold cyan")
        about = Text(
            _plain(_joined(wording.readable_date(article.published), article.site, article.section,
                           f"{hit.statements} statements", f"[{hit.id}]")),
            "dim",
        )  # fmt: skip
        return [title, excerpt, about]
    caption = _marked(hit.picture.caption or "(no caption)", marks.get("caption", ()), "bold cyan")
    credit = _marked(hit.picture.credit or "(no credit)", marks.get("credit", ()))
    return [caption, credit, _origin(hit.article, hit.id)]


def _origin(article: ArticleHead, id: str) -> Text:
    from rich.text import Text

    from onrecord.web import wording

    date = wording.readable_date(article.published)
    return Text(_plain(_joined(date, article.site, article.headline, f"[{id}]")), "dim")


def _marked(text: str, spans: Spans, style: str = "") -> Text:
    from rich.text import Text

    shown = Text(_plain(text), style)
    for start, end in spans:
        shown.stylize("bold yellow underline", start, end)
    return shown


def _plain(text: str) -> str:
    """Return text on one line without the control characters by which a page could steer a terminal."""
    return "".join(
        " " if char.isspace() else "\ufffd" if unicodedata.category(char) in ("Cc", "Cs") else char for char in text
    )


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _about(found: SearchPage, *, narrowed: bool) -> list[str | Text]:
    """Return what is known about all hits: facets, timeline, other spellings, the way on."""
    from rich.text import Text

    lines: list[str | Text] = []
    facets = [_facet(facet) for facet in found.facets if len(facet.values) > 1]
    if facets:
        lines += ["", *facets]
    if len(found.timeline) > 1:
        lines.append(_timeline(found.timeline))
    if found.did_you_mean:
        lines += ["", Text(f"Did you mean: {'   '.join(found.did_you_mean)}", "yellow")]
    if found.total == 0 and narrowed:
        lines.append("Nothing has all of this; try it with fewer options.")
    if found.next:
        lines += ["", Text(f"More: add --cursor {found.next}", "dim")]
    return lines


def _facet(facet: Facet) -> Text:
    from rich.text import Text

    listed = _plain("  ".join(f"{each.label} {each.count:,}" for each in facet.values[:_LISTED]))
    left = len(facet.values) - _LISTED
    more = f"  and {left} more" if left > 0 else ""
    return Text.assemble((f"{facet.name:13}", "dim"), listed, (more, "dim"))


def _timeline(months: tuple[Month, ...]) -> Text:
    """Return a line of bars: one for each month, or for each year where the months are too many. Gaps stay gaps."""
    from rich.text import Text

    def number(month: str) -> int:
        return int(month[:4]) * 12 + int(month[5:7]) - 1

    first, last = number(months[0].month), number(months[-1].month)
    step = 1 if last - first < _WIDEST else 12
    counts = [0] * (last // step - first // step + 1)
    for each in months:
        counts[number(each.month) // step - first // step] += each.count
    if len(counts) > _WIDEST * 2:  # dates of many centuries are a mistake of the pages; a line of bars tells nothing
        return Text(f"from {months[0].month} to {months[-1].month}")
    most = max(counts)
    bars = "".join(_BARS[(count * 8 - 1) // most] if count else " " for count in counts)
    unit = "month" if step == 1 else "year"
    return Text.assemble(
        (f"{'by ' + unit:13}", "dim"), f"{months[0].month} ", (bars, "cyan"), f" {months[-1].month}",
        (f"  most in a {unit}: {most:,}", "dim"),
    )  # fmt: skip
