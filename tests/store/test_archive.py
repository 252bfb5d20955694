from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import NotFoundError, QueryError
from onrecord.model import (
    Act,
    Article,
    Capture,
    Claim,
    Copy,
    Kind,
    Origin,
    Picture,
    Skip,
    Source,
    Speaker,
    SpeakerType,
    Statement,
    article_id,
    cut,
    statement_id,
    text_digest,
)
from onrecord.store.archive import Archive
from onrecord.store.documents import SourceRef, confidence_band
from onrecord.store.entries import Entry
from onrecord.store.parser import parse
from onrecord.store.query import WORD_FIELDS, Ask
from onrecord.store.results import (
    SCOPES,
    ArticleHit,
    Facet,
    Filters,
    Hit,
    PictureHit,
    Scope,
    SearchPage,
    Sort,
    StatementHit,
)
from onrecord.store.search import cursor

Open = Callable[..., Archive]

TEXT = (
    "The truce had failed, Rami Haddad said on Sunday. Fighting went on near the bridge.\n\n"
    "Several sources reported that the bridge was closed. The minister denied it."
)


def entry(number: int = 1, text: str = TEXT, *, current: bool = True, **fields: Any) -> Entry:
    """An article with two statements: Rami Haddad's first words, and what the sources reported."""
    address = f"https://example.org/{number}"
    given: dict[str, Any] = {
        "published": "2017-04-01", "site": "The Post", "section": "World", "dateline": "Beirut", "language": "en",
        "headline": "Truce fails", "pictures": (Picture("77", None, "The bridge at dusk", "Post/Ann Low"),), **fields,
    }  # fmt: skip
    article = Article(article_id(address), f"c{number}", address, text=text, text_digest=text_digest(text), **given)
    rami = Speaker("Rami Haddad", SpeakerType.PERSON, role="director", organisation="Relief Office")
    several = Speaker(None, SpeakerType.ANONYMOUS, description="Several sources")
    found = (
        statement(article, "The truce had failed", rami, Act.SAYS, confidence=0.95),
        statement(article, "the bridge was closed", several, Act.REPORTS, confidence=0.6),
    )
    capture = Capture(f"c{number}", "a.warc", "html", "sha256:00", 9, address, "2018-01-01", 12, record_id="<urn:1>")
    return Entry(article, capture, found, current)


def statement(article: Article, words: str, speaker: Speaker, act: Act, **fields: Any) -> Statement:
    start = article.text.index(words)
    content = ((start, start + len(words)),)
    id = statement_id(article.id, article.revision, (), (), content)
    return Statement(
        id, article.id, article.revision, (), (), content, Kind.INDIRECT, act, speaker, cut(article.text, content),
        **fields,
    )  # fmt: skip


def found(archive: Archive, query: str, **how: Any) -> list[str]:
    """The words of the statements that a query finds."""
    return [hit.statement.words for hit in archive.search(query, **how).hits if isinstance(hit, StatementHit)]


@pytest.fixture(scope="module")
def archive(open_entries: Open) -> Archive:
    others = [
        entry(2, published="2016", site="The Herald", section="Region", language=None),
        entry(3, published=None, agency="Wire", pictures=()),
    ]
    source = Source("s1", "Rami Al-Haddad", SpeakerType.PERSON, statements=3)
    return open_entries(
        [entry(), *others],
        source_of=lambda made: SourceRef("s1", "Rami Al-Haddad") if made.speaker.name else None,
        sources=[source, Source("s2", "Rami Younes", SpeakerType.PERSON, statements=9)],
        skips=(Skip("capture", "empty file", "b.html"),),
    )


FIRST, SECOND = "The truce had failed", "the bridge was closed"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("truce", {FIRST}),
        ("TRUCE", {FIRST}),
        ("bridge", {SECOND}),
        ("the", {FIRST, SECOND}),
        ("the truce", {FIRST}),
        ("truce OR closed", {FIRST, SECOND}),
        ("the -truce", {SECOND}),
        ("NOT truce", {SECOND}),
        ('"truce had"', {FIRST}),
        ('"had truce"', set()),
        ('"failed Rami"', set()),
        ("tru*", {FIRST}),
        ('"the bri" OR bridg*', {SECOND}),
        ("fail", set()),
        ("haddad", {FIRST}),
        ("source:haddad", {FIRST}),
        ('source:"rami al-haddad"', {FIRST}),
        ("source:s1", {FIRST}),
        ("source:several", {SECOND}),
        ("source:truce", set()),
        ("role:director org:relief", {FIRST}),
        ("act:reports", {SECOND}),
        ("type:anonymous", {SECOND}),
        ("kind:direct", set()),
        ("site:herald truce", {FIRST}),
        ("place:beirut section:region", {FIRST, SECOND}),
        ("lang:fr", set()),
        ("from:2017 truce", {FIRST}),
        ("to:2015", set()),
        ("from:2018 to:2017", set()),
    ],
)
def test_a_query_finds_these_statements(archive: Archive, query: str, words: set[str]) -> None:
    assert set(found(archive, query)) == words


def test_stems_are_compared_only_on_request(archive: Archive) -> None:
    assert found(archive, "failing truces") == []
    assert found(archive, "failing truces", stem=True) == [FIRST] * 3
    assert found(archive, '"truces had"', stem=True) == [FIRST] * 3
    hit = archive.search("bridges", stem=True).hits[0]
    assert isinstance(hit, StatementHit)
    assert cut(hit.statement.words, hit.highlights["words"]) == "bridge"


def test_dates_take_in_their_last_day(archive: Archive) -> None:
    assert archive.search("from:2017-04-01 to:2017-04-01").total == 2
    assert archive.search("to:2017-03").total == 2
    assert archive.search("", filters=Filters(since="2017-04", until="2017-04")).total == 2
    assert archive.search("", filters=Filters(year=("2016", "2017"))).total == 4


def test_filters_are_alternatives_within_a_field_and_all_hold_across_fields(archive: Archive) -> None:
    sites = Filters(site=("The Post", "The Herald"), act=("says",))
    assert archive.search("", filters=sites).total == 3
    assert archive.search("", filters=Filters(site=("Post",))).total == 0
    assert archive.search("", filters=Filters(source=("s1",))).total == 3
    assert archive.search("", filters=Filters(source=("Rami Haddad",))).total == 3


@pytest.mark.parametrize(
    ("query", "how", "message"),
    [
        ("act:says", {"scope": "articles"}, "articles have no act"),
        ("source:rami", {"scope": "pictures"}, "pictures have no source"),
        ("", {"scope": "pictures", "filters": Filters(act=("says",))}, "pictures have no act"),
        ("", {"filters": Filters(since="soon")}, "not a date"),
        ("", {"filters": Filters(year=("17",))}, "not a year"),
        ("", {"limit": 0}, "1 to 1000"),
        ("", {"cursor": "nonsense"}, "not a cursor"),
        ("", {"cursor": "WyJhIiwxXQ"}, "another search"),
        ("truce", {"cursor": "é"}, "not a cursor"),
    ],
)
def test_what_cannot_be_asked_is_refused(archive: Archive, query: str, how: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        archive.search(query, **how)


def test_a_search_that_takes_too_long_is_refused_and_says_what_to_do(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.archive.LONGEST_SEARCH", -1.0)
    with pytest.raises(QueryError, match="ask for rarer words"):
        archive.search("truce")


def test_a_cursor_of_one_search_is_refused_by_another(archive: Archive) -> None:
    cursor = archive.search("truce", limit=1).next
    assert archive.search("truce", limit=1, cursor=cursor).hits
    for other in ({"query": "bridge"}, {"query": "truce", "sort": "date"}, {"query": "truce", "stem": True}):
        with pytest.raises(QueryError, match="another search"):
            archive.search(**other, limit=1, cursor=cursor)


def test_a_cursor_that_was_tampered_with_is_refused(archive: Archive) -> None:
    ask = Ask("statements", parse("truce").node)
    for position in (10, 2**40, 2**64 - 1, 2**64, -1):
        with pytest.raises(QueryError, match="cursor"):
            archive.search("truce", cursor=cursor(archive.generation, ask, position))


def test_a_value_that_an_article_has_twice_counts_once(open_entries: Open) -> None:
    archive = open_entries([entry(tags=("war", "war", "aid"))])
    facets = {facet.name: facet for facet in archive.search("", scope="articles").facets}
    assert {value.value: value.count for value in facets["tag"].values} == {"war": 1, "aid": 1}


def test_articles_and_pictures_are_found_by_their_own_words(archive: Archive) -> None:
    page = archive.search("in:articles minister headline:truce source:haddad")
    assert page.total == 3
    hit = page.hits[0]
    assert isinstance(hit, ArticleHit)
    assert cut(hit.article.text, hit.highlights["text"]) == "minister"
    assert cut(hit.article.headline or "", hit.highlights["headline"]) == "Truce"
    assert hit.statements == 2
    picture = archive.search("dusk", scope="pictures").hits[0]
    assert isinstance(picture, PictureHit)
    assert cut(picture.picture.caption or "", picture.highlights["caption"]) == "dusk"
    assert archive.search("in:pictures 77").total == 2
    assert archive.search("in:pictures headline:truce").total == 2


def test_an_excerpt_shows_the_matches_and_begins_and_ends_between_words(open_entries: Open) -> None:
    text = f"{TEXT} {'Nothing else happened there. ' * 60}Then the envoy returned. {'All was calm. ' * 60}".strip()
    archive = open_entries([entry(text=text)])
    hit = archive.search("in:articles envoy").hits[0]
    assert isinstance(hit, ArticleHit)
    start, end = hit.excerpt
    assert "Then the envoy returned." in text[start:end]
    assert 200 < end - start < 300
    assert text[start - 1].isspace()
    assert text[end].isspace()
    plain = archive.search("in:articles").hits[0]
    assert isinstance(plain, ArticleHit)
    assert plain.excerpt[0] == 0


def test_a_name_spelled_otherwise_is_offered_as_the_archive_spells_it(archive: Archive) -> None:
    assert 'source:"Rami Al-Haddad"' in archive.search("source:ramialhadad").did_you_mean
    assert archive.search("Rami Hadad").did_you_mean[0] == '"Rami Haddad"'
    assert archive.search("truce Haddod").did_you_mean == ("truce Haddad",)
    assert archive.search("Haddad").did_you_mean == ()
    assert archive.search("xylophone").did_you_mean == ()


def test_records_are_found_by_their_id(archive: Archive) -> None:
    made = entry()
    for each in made.statements:
        assert archive.statement(each.id).statement == each
    hit = archive.statement(made.statements[0].id)
    assert (hit.source_id, hit.source_name, hit.article.headline) == ("s1", "Rami Al-Haddad", "Truce fails")
    assert archive.article(made.article.id) == made.article
    assert archive.capture(made.article.id) == made.capture
    assert [hit.statement for hit in archive.statements_of(made.article.id)] == list(made.statements)
    assert [hit.picture for hit in archive.pictures_of(made.article.id)] == list(made.article.pictures)
    assert archive.picture(archive.pictures_of(made.article.id)[0].id).picture.id == "77"
    receipt = archive.receipt(made.statements[0].id)
    assert (receipt.content, receipt.text_digest) == (made.statements[0].content, made.article.text_digest)
    assert (receipt.file, receipt.offset, receipt.record_id) == ("a.warc", 12, "<urn:1>")
    assert archive.source("s2").name == "Rami Younes"


@pytest.mark.parametrize(
    "ask",
    [
        lambda archive: archive.statement("x"),
        lambda archive: archive.article("x"),
        lambda archive: archive.article(entry().article.id, "0"),
        lambda archive: archive.revisions("x"),
        lambda archive: archive.statements_of("x"),
        lambda archive: archive.picture("x"),
        lambda archive: archive.receipt("x"),
        lambda archive: archive.source("x"),
    ],
)
def test_an_id_that_is_not_there_is_said_to_be_not_there(archive: Archive, ask: Callable[[Archive], object]) -> None:
    with pytest.raises(NotFoundError, match="the archive has no"):
        ask(archive)


def test_sources_come_by_name_with_the_most_quoted_first(archive: Archive) -> None:
    assert [source.id for source in archive.sources()] == ["s2", "s1"]
    assert [source.id for source in archive.sources("haddad")] == ["s1"]
    assert [source.id for source in archive.sources("rami", limit=1)] == ["s2"]


def test_copies_are_found_by_either_article_and_claims_by_words_and_statements(open_entries: Open) -> None:
    copies = [Copy("a1", "a2", "copy", None, 1.0, 0.4), Copy("a3", "a2", "partial", "a2", 0.5, 0.9)]
    claims = [
        Claim("k1", "the truce failed", ("s1", "s2"), (Origin(("s1",), "first"),)),
        Claim("k2", "the truce held", ("s3",), (Origin(("s3",), "x"), Origin(("s4",), "y")), contrary=("s1",)),
    ]
    archive = open_entries([], copies=copies, claims=claims)
    assert archive.copies() == [copies[1], copies[0]]
    assert archive.copies("a1") == [copies[0]]
    assert archive.copies("a2") == [copies[1], copies[0]]
    assert archive.copies("a9") == []
    assert archive.claim("k1") == claims[0]
    assert list(archive.claims("truce")) == [claims[1], claims[0]]
    assert archive.claims_of("s1") == [claims[1], claims[0]]
    assert (archive.card.copies, archive.card.claims) == (2, 2)
    hidden = open_entries([], copies=copies, claims=claims, withheld=frozenset({"a1", "s3"}))
    assert (hidden.copies(), list(hidden.claims())) == ([copies[1]], [claims[0]])
    with pytest.raises(NotFoundError):
        hidden.claim("k2")


def test_the_summary_counts_what_is_there(archive: Archive) -> None:
    summary = archive.summary()
    assert (summary.articles, summary.statements, summary.pictures, summary.sources) == (3, 6, 2, 2)
    assert summary.skips == len(list(archive.skips())) == 1
    assert [(month.month, month.count) for month in summary.months] == [("2017-04", 1)]
    assert summary.undated == 2
    assert {section.value: section.count for section in summary.sections} == {"World": 2, "Region": 1}


def test_only_the_latest_wording_is_searched_and_the_earlier_ones_are_kept(open_entries: Open) -> None:
    old = entry(current=False)
    text = TEXT.replace("failed", "held")
    article = replace(old.article, text=text, text_digest=text_digest(text))
    later = (statement(article, "The truce had held", Speaker(None, None), Act.SAYS),)
    new = Entry(article, replace(old.capture, time="2019-01-01"), later)
    archive = open_entries([old, new])
    assert found(archive, "truce") == ["The truce had held"]
    assert archive.search("").facets[4].values[0].count == 1
    assert archive.article(old.article.id) == new.article
    assert archive.article(old.article.id, old.article.revision) == old.article
    assert [hit.article for hit in archive.revisions(old.article.id)] == [old.article, new.article]
    assert archive.statement(old.statements[0].id).statement == old.statements[0]
    assert len(archive.statements_of(old.article.id, old.article.revision)) == 2
    assert archive.receipt(old.statements[0].id).text_digest == old.article.text_digest
    assert archive.search("", scope="pictures").total == 1
    assert archive.summary().revisions == 2


def test_what_is_withheld_is_found_nowhere(open_entries: Open) -> None:
    first, second = entry(1), entry(2)
    secret = first.statements[0]
    archive = open_entries(
        [first, second],
        withheld=frozenset({secret.id, second.article.id, "s1"}),
        sources=[Source("s1", "Rami", SpeakerType.PERSON)],
    )
    assert found(archive, "") == [SECOND]
    assert archive.search("in:articles failed").total == 0
    text = archive.article(first.article.id).text
    assert len(text) == len(TEXT)
    assert text.startswith("███ █████ ███ ██████, Rami Haddad")
    for gone in (lambda: archive.statement(secret.id), lambda: archive.article(second.article.id)):
        with pytest.raises(NotFoundError):
            gone()
    assert list(archive.sources()) == []


def test_what_a_curator_found_to_be_no_statement_is_gone_and_its_words_stay(open_entries: Open) -> None:
    archive = open_entries([entry()], removed=frozenset({entry().statements[0].id}))
    assert found(archive, "") == [SECOND]
    assert archive.article(entry().article.id) == entry().article
    assert archive.search("in:articles failed").hits[0].statements == 1  # type: ignore[union-attr]


def test_all_statements_of_a_withheld_source_and_a_withheld_picture_are_gone(open_entries: Open) -> None:
    whole = open_entries([entry()])
    picture = whole.pictures_of(entry().article.id)[0].id
    archive = open_entries(
        [entry()],
        source_of=lambda made: SourceRef("s1", "Rami") if made.speaker.name else None,
        withheld=frozenset({"s1", picture}),
    )
    assert found(archive, "") == [SECOND]
    assert "truce" not in archive.article(entry().article.id).text
    assert archive.search("", scope="pictures").total == 0
    assert archive.article(entry().article.id).pictures == ()


# Any small archive. Each example writes an index to disk, so there are few of them.

ANY = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = ["truce", "bridge", "aid", "the", "مدرسة"]
NAMES = ["Rami Haddad", "Mona Saleh", None]
DATES = ["2016", "2016-12", "2017-04-01", "2017-04-01T10:00:00+02:00", "2017-05-09", "soon", None]


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    made = []
    for number in range(draw(st.integers(0, 6))):
        sentences = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=4))
        text = "\n\n".join(" ".join(words) for words in sentences)
        article = Article(
            f"a{number}", f"c{number}", None, None, text, text_digest(text),
            published=draw(st.sampled_from(DATES)), site=draw(st.sampled_from(["The Post", "Herald, The", None])),
            language=draw(st.sampled_from(["en", "ar", None])),
        )  # fmt: skip
        found, start = [], 0
        for words in sentences:
            said = " ".join(words)
            content = ((start, start + len(said)),)
            start += len(said) + 2
            speaker = Speaker(draw(st.sampled_from(NAMES)), draw(st.sampled_from([SpeakerType.PERSON, None])))
            found.append(
                Statement(
                    statement_id(article.id, article.revision, content),
                    article.id,
                    article.revision,
                    (),
                    (),
                    content,
                    draw(st.sampled_from(Kind)),
                    draw(st.sampled_from([Act.SAYS, Act.DENIES])),
                    speaker,
                    said,
                    flags=tuple(draw(st.sets(st.sampled_from(["negated", "future"])))),
                    confidence=draw(st.sampled_from([0.2, 0.6, 1.0])),
                )
            )
        made.append(Entry(article, Capture(f"c{number}", "a", "html", "", 0), tuple(found)))
    return made


def value_of(hit: StatementHit, name: str) -> Sequence[str | None]:
    made, article = hit.statement, hit.article
    date = article.published if article.published and article.published[:1].isdigit() else None
    values: dict[str, Sequence[str | None]] = {
        "source": [made.speaker.name], "type": [made.speaker.type], "act": [made.act], "kind": [made.kind],
        "site": [article.site], "language": [article.language], "flag": made.flags, "year": [date and date[:4]],
        "hearsay": ["first-hand"], "confidence": [confidence_band(made.confidence)],
    }  # fmt: skip
    return values.get(name, [])


def brute_force(hits: Sequence[StatementHit], facet: Facet) -> Counter[str]:
    return Counter(str(value) for hit in hits for value in value_of(hit, facet.name) if value)


def all_pages(archive: Archive, query: str, scope: Scope, sort: Sort) -> list[SearchPage]:
    pages = [archive.search(query, scope=scope, sort=sort, limit=3)]
    while pages[-1].next is not None:
        pages.append(archive.search(query, scope=scope, sort=sort, limit=3, cursor=pages[-1].next))
    return pages


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(made=entries(), query=st.sampled_from(["", "the", "truce OR bridge", "act:denies", "NOT aid", '"the truce"']))
def test_any_archive_gives_back_its_records_and_counts_them_rightly(
    open_entries: Open, made: list[Entry], query: str
) -> None:
    archive = open_entries(made)
    for each in made:
        assert archive.article(each.article.id) == each.article
        for one in each.statements:
            assert archive.statement(one.id).statement == one
    assert [hit.statement for hit in sorted_by_text(archive.statements())] == [
        one for each in made for one in each.statements
    ]
    hits = list(archive.statements(query))
    page = archive.search(query)
    assert page.total == len(hits) == len(archive.statements(query))
    for facet in page.facets:
        assert {value.value: value.count for value in facet.values} == dict(brute_force(hits, facet)), facet.name
        assert facet.others == 0
    months = Counter(str(hit.article.published)[:7] for hit in hits if str(hit.article.published)[4:5] == "-")
    assert {month.month: month.count for month in page.timeline} == dict(months)
    assert page.undated == page.total - sum(months.values())


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(made=entries(), scope=st.sampled_from(SCOPES), sort=st.sampled_from(["relevance", "date"]))
def test_pages_lead_through_every_hit_exactly_once(
    open_entries: Open, made: list[Entry], scope: Scope, sort: Sort
) -> None:
    archive = open_entries(made)
    for query in ("", "the OR aid OR bridge", "truce"):
        pages = all_pages(archive, query, scope, sort)
        seen = [hit for page in pages for hit in page.hits]
        assert len({hit.id for hit in seen}) == len(seen) == pages[0].total
        assert all(len(page.hits) == 3 for page in pages[:-1])
        if sort == "date":
            order = [date_of(hit) for hit in seen]
            assert order == sorted(order, reverse=True)


PIECES = st.sampled_from(
    ['"', "(", ")", "AND", "OR", "NOT", "-", "*", "the", "truce had", "ab*", "é", "\x00", "\ud800", "مدرسة", "東京*"]
    + ["act:says", "from:2017", "to:2016-12", "article:a1", "kind:mixed", "lang:en", "in:pictures"]
    + [f"{name}:haddad" for name in WORD_FIELDS]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    query=st.text(max_size=30) | st.lists(PIECES, max_size=6).map(" ".join), scope=st.sampled_from(SCOPES),
    stem=st.booleans(),
)  # fmt: skip
def test_any_string_is_searched_or_refused(archive: Archive, query: str, scope: Scope, stem: bool) -> None:
    try:
        page = archive.search(query, scope=scope, stem=stem)
    except QueryError:
        return
    assert page.total >= len(page.hits)
    for hit in page.hits:
        if isinstance(hit, StatementHit):
            for start, end in hit.highlights.get("words", ()):
                assert 0 <= start < end <= len(hit.statement.words)


def sorted_by_text(hits: Any) -> list[StatementHit]:
    return sorted(hits, key=lambda hit: (hit.statement.article_id, hit.statement.content))


def date_of(hit: Hit) -> str:
    """The day as it is compared: a year or month counts as its first day."""
    date = hit.article.published or ""
    return (date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date[:10]) if date[:1].isdigit() else ""
