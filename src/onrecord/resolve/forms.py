"""Gathers how speakers are named in the whole archive: one row per form, one row per use.

A *form* is a type and a name exactly as printed (for speakers without a name: the description, in lower case without
its article). The two tables stay in Arrow, where two million uses take some hundred megabytes and no Python object.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.model import SpeakerType
from onrecord.resolve.bindings import Binding, count_bindings

#: what :func:`collect` reads of the statements and articles of each shard (columns of the shards' tables).
STATEMENT_COLUMNS = ("id", "article_id", "act", "speaker")
ARTICLE_COLUMNS = ("id", "site", "published", "text")

#: types whose speakers go by a description, not a name; those of the second may have either
DESCRIBED = (SpeakerType.ANONYMOUS, SpeakerType.GENERIC)
MAYBE_NAMED = (SpeakerType.GROUP, SpeakerType.DOCUMENT)
_ARTICLE_WORD = re.compile(r"^(?:an?|the|one|some)[ \t\n\r\f]+")
# Said of somebody whom only its own article knows: "they", "some of them", "his lawyer", "both governments".
_NOBODY = re.compile(
    r"(?i)^(?:(?:we|us|i|me|you|he|him|she|her|they|them|it|one|ones|who|which|that|this|these|those|all|both|each|either"
    r"|neither|half|some|many|most|more|few|several|any|another|other|others|none|nobody|no one|nothing|everyone"
    r"|everybody|everything|someone|somebody|anyone|anybody)(?: others?)?(?: of (?:them|us|you|these|those))?"
    r"|(?:of )?(?:my|our|your|his|her|its|their|both|these|those|this|that) .+|of (?:them|us|you|these|those))$"
)
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms and their uses."""

    forms: pa.Table  # type, words, count, first, last; row number = number of the form
    #: one row per statement: its id, form (int32; -1: of nobody), article (int32), role, organisation, site, act, date
    uses: pa.Table
    bindings: Counter[Binding]

    def number_of(self) -> dict[tuple[str, str], int]:
        """Return the number of each form by its type and words."""
        keys = zip(self.forms["type"].to_pylist(), self.forms["words"].to_pylist(), strict=True)
        return {key: number for number, key in enumerate(keys)}

    def rows_of(self, statements: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the rows in ``uses`` of those of the statements that are there, and the place of each of these."""
        if not statements:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        places = pc.index_in(self.uses["id"], value_set=pa.array(statements, pa.string()))
        rows = pc.indices_nonzero(pc.is_valid(places)).to_numpy().astype(np.int64)
        return rows, places.take(pa.array(rows)).to_numpy().astype(np.int64)


def form_key(name: str | None, type: str | None, description: str | None) -> tuple[str, str] | None:
    """Return the form of one speaker as :func:`collect` makes it: type and words, or None where there is neither."""
    if type is None:
        return None
    words = name
    if type in DESCRIBED:
        words = _ARTICLE_WORD.sub("", description.lower()) if description is not None else name and name.lower()
    elif type in MAYBE_NAMED and name is None and description is not None:
        words = _ARTICLE_WORD.sub("", description.lower())
    words = _SPACES.sub(" ", words or "").strip()
    by_name = name is not None and type not in DESCRIBED
    return (type, words) if words and (by_name or not _NOBODY.match(words)) else None


def collect(shards: Iterable[tuple[pa.Table, pa.Table]]) -> Forms:
    """Gather the forms of an archive.

    Args:
        shards: for each shard its statements and articles, with at least :data:`STATEMENT_COLUMNS` and
            :data:`ARTICLE_COLUMNS`. A statement that comes twice counts once.
    """
    uses: list[pa.Table] = []
    bindings: Counter[Binding] = Counter()
    articles_before = 0
    for statements, articles in shards:
        bindings.update(count_bindings(articles["text"].to_pylist()))
        uses.append(_uses(statements, articles, articles_before))
        articles_before += articles.num_rows
    if not uses:
        uses = [_uses(_empty(STATEMENT_COLUMNS), _empty(ARTICLE_COLUMNS), 0)]
    table = pa.concat_tables(uses).unify_dictionaries().combine_chunks()
    table = _once(table)
    named = table.filter(pc.and_(pc.is_valid(table["type"]), pc.is_valid(table["words"])))
    grouped = named.group_by(["type", "words"]).aggregate(
        [("date", "count", pc.CountOptions("all")), ("date", "min"), ("date", "max")]
    )
    grouped = grouped.rename_columns({"date_count": "count", "date_min": "first", "date_max": "last"})
    grouped = pa.table({name: _plain(grouped[name]) for name in ("type", "words", "count", "first", "last")})
    grouped = grouped.sort_by([("type", "ascending"), ("words", "ascending")])
    keys = pc.binary_join_element_wise(grouped["type"], grouped["words"], "\x1f")
    mine = pc.binary_join_element_wise(_plain(table["type"]), _plain(table["words"]), "\x1f")
    numbers = pc.fill_null(pc.index_in(mine, value_set=keys.combine_chunks()), -1).cast(pa.int32())
    table = table.drop_columns(["type", "words"]).add_column(0, "form", numbers)
    return Forms(grouped, table, bindings)


def _uses(statements: pa.Table, articles: pa.Table, articles_before: int) -> pa.Table:
    speaker = statements["speaker"].combine_chunks()
    place = pc.index_in(statements["article_id"], value_set=articles["id"].combine_chunks())
    fields = {name: pc.struct_field(speaker, name) for name in ("name", "type", "role", "organisation", "description")}
    words = _words(fields["name"], fields["type"], fields["description"])
    table = pa.table(
        {
            "id": statements["id"],
            "article": pc.add(place, articles_before).cast(pa.int32()),
            "type": fields["type"],
            "words": words,
            "role": fields["role"],
            "organisation": fields["organisation"],
            "site": articles["site"].take(place),
            "act": statements["act"],
            "date": articles["published"].take(place),
        }
    )
    for name in ("type", "words", "role", "organisation", "site", "act"):
        place_of = table.schema.get_field_index(name)
        table = table.set_column(place_of, name, pc.dictionary_encode(table[name].cast(pa.string())))
    return table


def _words(name: pa.Array, type: pa.Array, description: pa.Array) -> pa.Array:
    """Return what a speaker is called. Null where that is no identity: "he", "some of them", "his lawyer"."""
    described = pc.is_in(type, value_set=pa.array([str(kind) for kind in DESCRIBED]))
    short = pc.replace_substring_regex(pc.utf8_lower(description.cast(pa.string())), _ARTICLE_WORD.pattern, "")
    maybe = pc.is_in(type, value_set=pa.array([str(kind) for kind in MAYBE_NAMED]))
    name = name.cast(pa.string())
    chosen = pc.if_else(described, pc.coalesce(short, pc.utf8_lower(name)), name)
    chosen = pc.if_else(maybe, pc.coalesce(name, short), chosen)
    chosen = pc.utf8_trim_whitespace(pc.replace_substring_regex(chosen, _SPACES.pattern, " "))
    by_name = pc.and_(pc.is_valid(name), pc.invert(described))
    nobody = pc.and_(pc.match_substring_regex(chosen, _NOBODY.pattern), pc.invert(by_name))
    return pc.if_else(pc.or_(pc.equal(chosen, ""), nobody), None, chosen)


def _once(table: pa.Table) -> pa.Table:
    """Keep one row per statement: a page that was fetched again brings its statements again."""
    ids = pc.dictionary_encode(table["id"].combine_chunks())
    indices = (ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids).indices
    _, first = np.unique(indices.to_numpy(zero_copy_only=False), return_index=True)
    return table if len(first) == table.num_rows else table.take(np.sort(first))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _empty(columns: tuple[str, ...]) -> pa.Table:
    fields = [(name, pa.string()) for name in ("name", "type", "role", "organisation", "description")]
    kinds = {"speaker": pa.struct(fields)}
    return pa.table({name: pa.array([], kinds.get(name, pa.string())) for name in columns})
