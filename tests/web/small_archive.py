"""A small archive made of records by hand, so that the pages can be tried without reading any page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onrecord.model import (
    Act,
    Article,
    Capture,
    Claim,
    Copy,
    Dated,
    Kind,
    Origin,
    Passage,
    Picture,
    ShardContents,
    Skip,
    Source,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    article_id,
    capture_id,
    digest,
    statement_id,
    text_digest,
)
from onrecord.store import entries, generations, indexing
from onrecord.store.archive import Archive
from onrecord.store.documents import SourceRef
from onrecord.store.layout import create, locked
from onrecord.store.shards import InputFile, write_shard

MAYOR = Speaker(
    "Salma Haddad", SpeakerType.PERSON, "mayor", "Port Amal", why="named by the source words", confidence=0.97
)
SHE = Speaker(
    "Salma Haddad", SpeakerType.PERSON, "mayor", "Port Amal", why="“she” continues the speaker before", confidence=0.8
)
BOARD = Speaker("Water Board", SpeakerType.ORGANISATION, why="named by the source words")
FISHERS = Speaker(None, SpeakerType.ANONYMOUS, description="two fishermen who asked not to be named")
OMAR = Speaker("عمر الخطيب", SpeakerType.PERSON, "وزير المياه", why="named by the source words")
UNCLEAR = Speaker(
    None, SpeakerType.PERSON, candidates=("Salma Haddad", "Idris Noor"), why="two men fit", confidence=0.4
)

TEXT = (
    "Port Amal – Mayor Salma Haddad said the harbour would stay open. "
    "“Nobody will lose a berth this winter,” she added.\n\n"
    "The Water Board told the Evening Lamp that the “old pumps” had failed twice. "
    "Two fishermen who asked not to be named claimed that Haddad had promised them new quays.\n\n"
    "He denied it, and the lights went out on the pier."
)
ARABIC = (
    "بيروت – قال وزير المياه عمر الخطيب إن السد سيبقى مغلقا حتى الربيع. "
    "وأضاف: «لن نفتح البوابات قبل ذلك».\n\nوانتهى الاجتماع مساء."
)
SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>@import 'http://evil.example/x.css'</style>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<form action=http://evil.example/><input name=q autofocus onfocus=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "${alert(1)}",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<object data='data:text/html,<script>alert(1)</script>'>",
    "\u202e<b onclick=alert(1)>\u0000]]>--><!--",
    "<body onload=alert(1)>",
)


def spans_of(text: str, words: str | None) -> tuple[Span, ...]:
    """Where ``words`` stand in the text."""
    if words is None:
        return ()
    start = text.index(words)
    return ((start, start + len(words)),)


def said(
    article: Article,
    source: str | None,
    cue: str | None,
    content: str,
    speaker: Speaker,
    act: Act = Act.SAYS,
    kind: Kind = Kind.INDIRECT,
    confidence: float = 0.95,
    **more: Any,
) -> Statement:
    """A statement whose parts are given by their words."""
    who, how, what = (spans_of(article.text, words) for words in (source, cue, content))
    return Statement(
        id=statement_id(article.id, article.revision, who, how, what),
        article_id=article.id,
        revision=article.revision,
        source=who,
        cue=how,
        content=what,
        kind=kind,
        act=act,
        speaker=speaker,
        words=content,
        cue_words=cue,
        confidence=confidence,
        **more,
    )


def page(folder: Path, name: str, body: str, time: str = "2017-06-01T10:00:00Z") -> Capture:
    """A file on disk and its capture."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = body.encode()
    path.write_bytes(data)
    return Capture(capture_id(digest(data), 0), str(path), "html", digest(data), len(data), time=time)


def article(capture: Capture, address: str, headline: str, text: str, **more: Any) -> Article:
    """An article made from a capture."""
    return Article(article_id(address), capture.id, address, headline, text, text_digest(text), **more)


def build(folder: Path, *, many: int = 30) -> Path:
    """Write the archive and return its folder."""
    contents: list[ShardContents] = []
    lamp: dict[str, Any] = {
        "site": "The Evening Lamp",
        "section": "Harbour",
        "authors": ("Nadia Fares",),
        "language": "en",
    }
    first = page(folder, "pages/harbour-1.html", f"<p>{TEXT}", "2017-06-01T10:00:00Z")
    early = article(
        first,
        "http://lamp.example/harbour",
        "Harbour to stay open, mayor says",
        TEXT.replace("twice", "once"),
        published="2017-04-02",
        **lamp,
    )
    second = page(folder, "pages/harbour-2.html", f"<p>{TEXT} ", "2018-06-01T10:00:00Z")
    picture = Picture(
        "55370",
        "http://lamp.example/pier.jpg",
        "The pier at dusk, seen from the old market.",
        "LAMP/Ida Wells",
        "2017-04-01",
    )
    harbour = article(
        second,
        "http://lamp.example/harbour",
        "Harbour to stay open, mayor says",
        TEXT,
        published="2017-04-02",
        dateline="Port Amal",
        pictures=(picture,),
        standfirst="The board blames the pumps; the fishermen wait.",
        **lamp,
    )
    statements = (
        said(harbour, "Mayor Salma Haddad", "said", "the harbour would stay open", MAYOR),
        said(harbour, "she", "added", "Nobody will lose a berth this winter", SHE, kind=Kind.DIRECT, act=Act.PROMISES),
        said(
            harbour,
            "The Water Board",
            "told",
            "the “old pumps” had failed twice",
            BOARD,
            kind=Kind.MIXED,
            told_to="The Evening Lamp",
        ),
        said(
            harbour,
            "Two fishermen who asked not to be named",
            "claimed",
            "Haddad had promised them new quays",
            FISHERS,
            act=Act.CLAIMS,
            confidence=0.7,
        ),
        said(harbour, None, "promised", "new quays", MAYOR, act=Act.PROMISES, via=(FISHERS,), confidence=0.55),
        said(harbour, "He", "denied", "it", UNCLEAR, act=Act.DENIES, confidence=0.45, flags=("negated",)),
    )
    contents.append(
        ShardContents(
            (first,), (early,), (said(early, "Mayor Salma Haddad", "said", "the harbour would stay open", MAYOR),)
        )
    )
    contents.append(
        ShardContents(
            (second,),
            (harbour,),
            statements,
            (Skip("extract", "not an article: section page", "x.warc", "http://lamp.example/news"),),
        )
    )
    dam = page(folder, "pages/dam.html", f"<p>{ARABIC}")
    arabic = article(
        dam,
        "http://lamp.example/ar/dam",
        "السد مغلق حتى الربيع",
        ARABIC,
        published="2016-11-20",
        language="ar",
        site="المصباح",
        section="محليات",
    )
    contents.append(
        ShardContents(
            (dam,),
            (arabic,),
            (
                said(arabic, "وزير المياه عمر الخطيب", "قال", "السد سيبقى مغلقا حتى الربيع", OMAR),
                said(arabic, None, "وأضاف", "لن نفتح البوابات قبل ذلك", OMAR, kind=Kind.DIRECT, act=Act.PROMISES),
            ),
        )
    )
    contents.append(_hostile(folder))
    contents += [_filler(folder, place) for place in range(many)]
    wire = page(folder, "pages/wire.html", f"<p>{TEXT} wire")
    reprint = article(
        wire, "http://post.example/harbour", "Harbour stays open", TEXT, published="2017-04-03", site="The Post"
    )
    again = said(reprint, "Mayor Salma Haddad", "said", "the harbour would stay open", MAYOR)
    contents.append(ShardContents((wire,), (reprint,), (again,)))
    stop = TEXT.index("\n\n")
    copy = Copy(harbour.id, reprint.id, "copy", harbour.id, 0.98, 0.99, (Passage((0, stop), (0, stop)),), "same words")
    claim = Claim(
        "c1aim", "the harbour would stay open", (statements[0].id, again.id),
        (Origin((statements[0].id, again.id), "both rest on the mayor’s word"),), (statements[-1].id,),
        statements[0].id, "the same words",
    )  # fmt: skip
    return write(folder / "archive", contents, (copy,), (claim,))


def _hostile(folder: Path) -> ShardContents:
    trick = " ".join(SCRIPTS)
    text = "\n\n".join(f"{each.replace(chr(0), '')} said {each.replace(chr(0), '')} happened." for each in SCRIPTS)
    capture = page(folder, "pages/evil.html", trick)
    evil = article(
        capture,
        "javascript:alert(1)",
        trick,
        text,
        published="2015-03-03",
        authors=SCRIPTS[:4],
        site=SCRIPTS[1],
        section=SCRIPTS[2],
        dateline=SCRIPTS[3],
        language='"><script>alert(1)</script>',
        agency=SCRIPTS[5],
        standfirst=trick,
        pictures=(Picture(SCRIPTS[0], "javascript:alert(1)", trick, SCRIPTS[1]),),
    )
    who = Speaker(SCRIPTS[0], SpeakerType.PERSON, SCRIPTS[1], SCRIPTS[2], why=SCRIPTS[5])
    made = tuple(
        said(evil, None, None, paragraph, who, via=(who,), told_to=SCRIPTS[3], flags=(SCRIPTS[4],))
        for paragraph in text.split("\n\n")
    )
    return ShardContents((capture,), (evil,), made, (Skip("capture", "page too large", SCRIPTS[1], SCRIPTS[0]),))


def _filler(folder: Path, place: int) -> ShardContents:
    year, month = 2005 + place % 12, place % 12 + 1
    text = f"Report {place} from the valley. Salma Haddad warned that bridge number {place} needs repair before winter."
    capture = page(folder, f"pages/{place}.html", text)
    record = article(
        capture,
        f"http://lamp.example/{place}",
        f"Bridge {place} in the valley",
        text,
        published=f"{year}-{month:02d}-05",
        site="The Evening Lamp",
        section="Roads",
        language="en",
    )
    return ShardContents(
        (capture,),
        (record,),
        (
            said(
                record,
                "Salma Haddad",
                "warned",
                f"bridge number {place} needs repair before winter",
                MAYOR,
                act=Act.WARNS,
            ),
        ),
    )


def write(
    folder: Path, contents: list[ShardContents], copies: tuple[Copy, ...] = (), claims: tuple[Claim, ...] = ()
) -> Path:
    """Write shards and a generation with one source per name."""
    layout = create(folder)
    names: list[str] = []
    for place, each in enumerate(contents):
        names.append(f"{place:03d}")
        files = tuple(InputFile(one.file, None, one.digest, one.size, "html") for one in each.captures)
        write_shard(layout.shards / names[-1], each, files)
    every = [statement for each in contents for statement in each.statements]
    sources = _sources(every)

    def make(beside: Path) -> dict[str, int]:
        indexing.write(
            beside / "index",
            entries.read([layout.shards / name for name in names]),
            source_of=_source_of,
            sources=sources,
            copies=copies,
            claims=claims,
        )
        return {"statements": len(every)}

    with locked(layout):
        generations.seal(layout, "sha256:0", names, make)
    return folder


def _source_of(statement: Statement) -> SourceRef | None:
    name = statement.speaker.name
    return SourceRef(digest(name.encode())[7:19], name) if name else None


def _sources(statements: list[Statement]) -> list[Source]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.speaker.name:
            found.setdefault(statement.speaker.name, []).append(statement)
    return [
        Source(
            digest(name.encode())[7:19],
            name,
            mine[0].speaker.type or SpeakerType.PERSON,
            variants=(Dated(name, len(mine)), Dated(name.split()[-1], 1)),
            roles=(Dated(mine[0].speaker.role, len(mine), "2005-01", "2017-04"),) if mine[0].speaker.role else (),
            statements=len(mine),
            first="2005-01-05",
            last="2017-04-02",
        )
        for name, mine in found.items()
    ]


def opened(folder: Path) -> Archive:
    """Build and open the archive."""
    return Archive.open(build(folder))
