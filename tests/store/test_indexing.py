from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from onrecord.model import (
    Act,
    Article,
    Capture,
    Claim,
    Kind,
    Picture,
    Source,
    Speaker,
    SpeakerType,
    Statement,
    article_id,
    claim_id,
    statement_id,
    text_digest,
)
from onrecord.store import indexing
from onrecord.store.archive import Archive
from onrecord.store.documents import SourceRef
from onrecord.store.entries import Entry
from onrecord.store.results import SCOPES

Record = TypeVar("Record", Source, Claim)

NAMES = ("Lena Varga", "Omar Haddad", "Tess Quill")


def wording(number: int, speakers: tuple[str, ...], *, day: int = 1) -> Entry:
    """An article in which each of these speakers says one sentence, with one picture."""
    sentences = [f"{name} said item {number} of {place} stands." for place, name in enumerate(speakers)]
    text = " ".join(sentences)
    id = article_id(f"http://paper.example/{number}")
    article = Article(
        id, f"c{number}", f"http://paper.example/{number}", f"Report {number}", text, text_digest(text),
        published=f"2016-03-{day:02}", pictures=(Picture(id=str(number), caption=f"Hall {number}"),),
    )  # fmt: skip
    statements = []
    start = 0
    for name, sentence in zip(speakers, sentences, strict=True):
        content = ((start + len(name) + 6, start + len(sentence) - 1),)
        statements.append(
            Statement(
                statement_id(id, article.revision, content), id, article.revision, ((start, start + len(name)),), (),
                content, Kind.INDIRECT, Act.SAYS, Speaker(name, SpeakerType.PERSON), text[slice(*content[0])],
            )
        )  # fmt: skip
        start += len(sentence) + 1
    capture = Capture(f"c{number}", "a.warc", "html", "sha256:0", 1, article.url, "2016-04-01")
    return Entry(article, capture, tuple(statements))


def shown(archive: Archive) -> dict[str, object]:
    """Everything that a reader of an archive can find."""
    found: dict[str, object] = {}
    for query in ("", "hall", "said", "report", *(f'source:"{name}"' for name in (*NAMES, "Nobody Else"))):
        for scope in SCOPES[:2] if query.startswith("source") else SCOPES:
            page = archive.search(query, scope=scope, limit=1000, sort="date")
            found[f"{scope} {query}"] = page.hits, page.total, page.timeline
            found[f"facets of {scope} {query}"] = {facet.name: sorted(facet.values, key=repr) for facet in page.facets}
    found["sources"] = sorted(archive.sources(), key=lambda source: source.id)
    found["claims"] = sorted(archive.claims(), key=lambda claim: claim.id)
    return found | {"card": dataclasses.replace(archive.card, last=0)}


@dataclass(frozen=True)
class State:
    """What judgements have made of an archive."""

    names: Mapping[str, str]  # of sources
    hidden: frozenset[tuple[int, int]]  # statements that are withheld, by article and place
    removed: frozenset[tuple[int, int]]

    def source_of(self, statement: Statement) -> SourceRef | None:
        name = self.names.get(statement.speaker.name or "", "Nobody Else")
        return SourceRef(name.lower(), name)

    def ids(self, pages: list[Entry], of: frozenset[tuple[int, int]]) -> frozenset[str]:
        return frozenset(pages[a % len(pages)].statements[b % 3].id for a, b in of)

    def sources(self) -> dict[str, Source]:
        made = {name: Source(name.lower(), name, SpeakerType.PERSON) for name in self.names.values()}
        return {source.id: source for source in made.values()}

    def claims(self, pages: list[Entry]) -> dict[str, Claim]:
        shown = [
            statement.id
            for page in pages
            for statement in page.statements
            if statement.id not in self.ids(pages, self.hidden | self.removed)
        ]
        made = [
            Claim(claim_id(id), "words", (id, *shown[at + 1 : at + 2]), (), (), id, "")
            for at, id in enumerate(shown)
            if at % 3 == 0
        ]
        return {claim.id: claim for claim in made}

    def derived(self, pages: list[Entry]) -> dict[str, Any]:
        return {
            "source_of": self.source_of,
            "withheld": self.ids(pages, self.hidden),
            "removed": self.ids(pages, self.removed),
            "revised": {},
        }


def states() -> st.SearchStrategy[State]:
    some = st.frozensets(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=3)
    names = st.fixed_dictionaries({name: st.sampled_from((*NAMES, "Nobody Else")) for name in NAMES})
    return st.builds(State, names, some, some)


def every(pages: list[Entry]) -> list[str]:
    return [statement.id for page in pages for statement in page.statements]


def changes(old: dict[str, Record], new: dict[str, Record]) -> dict[str, Record | None]:
    return {id: new.get(id) for id in old.keys() | new.keys() if old.get(id) != new.get(id)}


@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate))  # to shrink it takes long
@given(states(), states(), states())
def test_an_index_that_is_revised_is_the_index_that_would_be_written_whole(
    first: State, second: State, third: State
) -> None:
    pages = [wording(number, NAMES, day=1 + number // 2) for number in range(4)]
    with TemporaryDirectory() as scratch:

        def whole(name: str, state: State) -> Archive:
            folder = Path(scratch, name)
            indexing.write(
                folder, pages, sources=state.sources().values(), claims=state.claims(pages).values(), **state.derived(pages)
            )  # fmt: skip
            return Archive(folder, folder, [])

        before, past = Path(scratch, "0"), first
        whole("0", first)
        for number, state in enumerate((second, third), 1):
            folder = Path(scratch, f"{number}")
            indexing.revise(
                folder, before, pages, statements=every(pages), sources=changes(past.sources(), state.sources()),
                claims=changes(past.claims(pages), state.claims(pages)), called={}, **state.derived(pages)
            )  # fmt: skip
            assert shown(Archive(folder, folder, [])) == shown(whole(f"whole {number}", state))
            before, past = folder, state


def test_an_index_that_is_revised_leaves_the_one_before_as_it_was(tmp_path: Path) -> None:
    pages = [wording(number, NAMES) for number in range(3)]
    state = State({name: name for name in NAMES}, frozenset(), frozenset())
    indexing.write(tmp_path / "a", pages, **state.derived(pages))
    before = shown(Archive(tmp_path / "a", tmp_path / "a", []))
    other = State(dict.fromkeys(NAMES, "Nobody Else"), frozenset({(0, 1)}), frozenset())
    indexing.revise(
        tmp_path / "b",
        tmp_path / "a",
        pages[:1],
        statements=every(pages[:1]),
        sources={},
        claims={},
        called={},
        **other.derived(pages),
    )
    assert shown(Archive(tmp_path / "a", tmp_path / "a", [])) == before
