"""The search index of a generation: one tantivy index for each kind of record.

::

    index/
      index.json                         format, tantivy's version, what was written
      labels.arrow                       the values of facets
      places.parquet                     where the documents of each wording stand in the order, by its capture
      statements/ articles/ pictures/    what is searched
      sources/ copies/ claims/           what is found by id, by rank and by what belongs to it

Every document holds its whole record in ``record``, so that what is shown is read from here. Fields:

================  ==========================================================================
``id``            of the record, as printed
``article``       id of the article it stands in
``order``         minutes since year 1 of the publication, then the place in the archive turned
                  round: newest first, and inside an article in the order of the text. Unique. What must not
                  be shown has its place, so that it can come back to it.
``any``           the words that a plain query looks at
``stem``          the same, stemmed; used on request
``<name>_words``  the words of one field, for ``name:`` in a query
``<name>``        its whole value, for filters; ``source``: the source's id, and the speaker's name as printed
``<name>_number``  the same as a number, to be counted (see ``labels``); ``source_number``: of id and name;
                  ``period_number``: of the month of publication, or its year where no month is known;
                  ``speaker_number``: of the speaker's name as printed
``member``        ids of the articles of a copy, of the statements of a claim; the type of a source
``earlier``       "1" for a wording that a later capture replaced; not searched. A statement that vanished is
================  ==========================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from onrecord.errors import ArchiveError
from onrecord.store.documents import WORD_FIELDS_OF
from onrecord.store.labels import FILE as LABELS
from onrecord.store.labels import Labels
from onrecord.store.results import FACETS, SCOPES, Scope

INDEX_FORMAT = 4
CARD = "index.json"
PLACES = "places.parquet"
DERIVED = ("sources", "copies", "claims")


@dataclass(frozen=True, slots=True)
class Card:
    """What an index says about itself."""

    format: int
    tantivy: str
    statements: int  # of current wordings
    articles: int
    pictures: int
    sources: int
    copies: int
    claims: int
    earlier: int  # articles with a wording that a later capture replaced
    last: int  # the last place that a source, copy or claim has
    #: by the id that documents have for a source: its id and name now, where a judgement made it another one since
    called: dict[str, tuple[str, str]] = field(default_factory=dict)


def schema(scope: Scope) -> tantivy.Schema:
    """Return the schema of one scope's index."""
    builder = _builder()
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("earlier", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stem", tokenizer_name="stemmed")
    for name in FACETS[scope]:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in counted(scope):
        builder.add_unsigned_field(f"{name}_number", fast=True)
    for name in WORD_FIELDS_OF[scope]:
        builder.add_text_field(f"{name}_words", tokenizer_name="whitespace")
    return builder.build()


def counted(scope: Scope) -> tuple[str, ...]:
    """Return what is counted in a scope, as numbers of labels: its facets, the periods, the names as printed."""
    names = tuple("period" if name == "year" else name for name in FACETS[scope])
    return (*names, "speaker") if scope == "statements" else names


def derived_schema() -> tantivy.Schema:
    """Return the schema of the indexes of sources, copies and claims; there, ``order`` is the rank, then the place."""
    builder = _builder()
    builder.add_text_field("member", tokenizer_name="raw", index_option="basic")
    return builder.build()


def stemmer() -> tantivy.TextAnalyzer:
    """Return what stems words that ``tokens`` has cut: English, and Arabic where the script is Arabic."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer("english")).filter(tantivy.Filter.stemmer("arabic")).build()


def _builder() -> tantivy.SchemaBuilder:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("any", tokenizer_name="whitespace")
    builder.add_unsigned_field("order", fast=True)
    builder.add_bytes_field("record", stored=True)
    return builder


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """One scope's index, opened for reading; never changes."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    labels: Labels
    earlier: bool  # some documents are of wordings that were replaced
    called: Mapping[str, tuple[str, str]]  # see Card


def read_card(folder: Path) -> Card:
    """Return what the index of a generation says about itself.

    Raises:
        ArchiveError: there is none, or another version of onrecord or tantivy wrote it.
    """
    try:
        values = json.loads((folder / CARD).read_text(encoding="utf-8"))
        usable = (
            (folder / LABELS).is_file()
            and values["format"] == INDEX_FORMAT
            and all(tantivy.Index.is_compatible(str(folder / name)) for name in (*SCOPES, *DERIVED))
        )
        if usable:
            values["called"] = {key: (id, name) for key, (id, name) in values.get("called", {}).items()}
            return Card(**values)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise ArchiveError(
        f"the search index in {folder} is missing, damaged or of another version of onrecord; "
        "run `onrecord build --into` on the archive to rebuild it"
    )


def open_index(folder: Path, card: Card, labels: Labels) -> OpenIndex:
    """Open one of the indexes that a card tells of."""
    try:
        index = tantivy.Index.open(str(folder))
    except (ValueError, OSError) as error:
        raise ArchiveError(
            f"the search index {folder} is damaged ({error}); run `onrecord build --into` on the archive to rebuild it"
        ) from None
    index.register_tokenizer("stemmed", stemmer())
    return OpenIndex(index.schema, index.searcher(), labels, card.earlier > 0, card.called)
