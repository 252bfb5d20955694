"""A static copy of the web app: the same pages as files with relative links, for any web server.

Each page is asked of the application itself, so it cannot differ from what is served. Addresses
become files (``/article/x`` -> ``article/x.html``), links between them relative. Searching needs a
server; in the copy it is done by a script over an index of words that is cut by their first letters.

The copy is made beside its place and swapped in whole: nothing that an earlier copy held, and that
is withheld now, stays behind.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from onrecord.errors import OnrecordError
from onrecord.model import SpeakerType
from onrecord.store.archive import Archive
from onrecord.store.results import StatementHit
from onrecord.store.tokens import words
from onrecord.web import addresses, wording
from onrecord.web.app import create_app
from onrecord.web.asking import Answer, ask
from onrecord.web.pages.claim import ROWS as ROWS_OF_CLAIMS
from onrecord.web.pages.places import ROWS as ROWS_OF_PLACES
from onrecord.web.pages.source import REGISTERS
from onrecord.web.pages.source import ROWS as ROWS_OF_SOURCES
from onrecord.web.places import Places
from onrecord.web.rendering import STATIC

MARK = "onrecord-copy.json"  # tells a folder that may be replaced from one that may not
SHARD = 400  # statements in one file of the index
_LINK = re.compile(r'(\s(?:href|src|action)=")(/[^"]*)(")')
_FORM = re.compile(r"(.*?)(?:\.(csl\.json|json|ris|bib))?", re.DOTALL)
_FIXED = ("/", "/overview", "/help")
HERE = "http://copy.invalid"  # the base of all addresses while the copy is made


Get = Callable[[str], Answer]


def publish(archive: Archive, output: Path, *, base: str = "", done: Callable[[str], None] = lambda file: None) -> int:
    """Write the copy and return how many pages it has.

    Args:
        archive: what is published; what is withheld in it is in no page.
        output: the folder; an earlier copy there is replaced, anything else is left alone.
        base: where the copy will be found, for permalinks in citations: ``https://example.org/archive``.
        done: is told each file that was written.

    Raises:
        OnrecordError: the folder holds something that is no earlier copy.
    """
    if output.exists() and any(output.iterdir()) and not (output / MARK).exists():
        raise OnrecordError(f"{output} is not empty and holds no copy of an archive; name another folder")
    beside = output.with_name(f".{output.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        count = _write(archive, beside, base.rstrip("/"), done)
        (beside / MARK).write_text(json.dumps({"generation": archive.generation, "pages": count}) + "\n")
        old = output.with_name(f".{output.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if output.exists():
            output.rename(old)
        beside.rename(output)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return count


def pages(archive: Archive) -> Iterator[str]:
    """Yield the address of every page that a copy has."""
    yield from _FIXED
    for type in (None, *SpeakerType):
        of_type = partial(archive.sources_behind, limit=ROWS_OF_SOURCES, type=type)
        yield from _list(addresses.with_query("/sources", {"type": type or ""}), of_type)
        if type in REGISTERS:
            yield from _list(REGISTERS[type], of_type)
    yield from _list("/claims", partial(archive.claims_behind, limit=ROWS_OF_CLAIMS))
    places = range(ROWS_OF_PLACES, len(Places(archive).atlas().found), ROWS_OF_PLACES)
    yield from ("/places", *(addresses.with_query("/places", {"cursor": str(start)}) for start in places))
    for article in archive.articles():
        yield addresses.article_address(article.id)
        versions = archive.revisions(article.id)
        if len(versions) > 1:
            yield from _earlier(archive, article.id, [each.article.revision for each in versions])
    for copy in archive.copies():
        yield from (addresses.copies_address(copy.a, copy.b), addresses.copies_address(copy.b, copy.a))
    yield from (addresses.statement_address(hit.id) for hit in archive.statements())
    yield from (addresses.picture_address(hit.id) for hit in archive.pictures())
    yield from (addresses.source_address(source.id) for source in archive.sources())
    yield from (addresses.claim_address(claim.id) for claim in archive.claims())


def _earlier(archive: Archive, id: str, revisions: list[str]) -> Iterator[str]:
    """Yield the wordings of an article, and the statements that only earlier ones have."""
    current = {hit.id for hit in archive.statements_of(id)}
    for revision in revisions:
        yield addresses.article_address(id, revision)
        ids = [hit.id for hit in archive.statements_of(id, revision)]
        yield from (addresses.statement_address(each) for each in ids if each not in current)


def file_of(address: str) -> str:
    """Return the file of an address: ``/article/x?with=y`` -> ``article/x--with-y.html``."""
    parts = urlsplit(address)
    if parts.path.startswith("/static/"):
        return parts.path.lstrip("/")
    bare, form = _FORM.fullmatch(parts.path.strip("/") or "index").groups()  # type: ignore[union-attr]
    safe = "/".join(re.sub(r"[^\w-]", "_", unquote(each)) for each in bare.split("/"))
    asked = "".join(f"--{name}-{value}" for name, value in parse_qsl(parts.query) if value)
    return f"{safe}{re.sub(r'[^-a-zA-Z0-9]', '_', asked)}.{form or 'html'}"


def _list(address: str, behind: Callable[[int | None], tuple[object, int | None]]) -> Iterator[str]:
    """Yield the addresses of the pages of a list, each of which tells the place of the next."""
    yield address
    path, _, asked = address.partition("?")
    place = behind(None)[1]
    while place is not None:
        yield addresses.with_query(path, {**dict(parse_qsl(asked)), "cursor": str(place)})
        place = behind(place)[1]


def _write(archive: Archive, folder: Path, base: str, done: Callable[[str], None]) -> int:
    app = create_app(archive, hosts=frozenset())
    count = 0
    shutil.copytree(STATIC, folder / "static")
    with asyncio.Runner() as runner:

        def get(address: str) -> Answer:
            return runner.run(ask(app, address))

        for address in pages(archive):
            count += 1
            _page(get, folder, address, base)
            if address.startswith("/picture/"):
                _image(get, folder, address)
            for other in _other_forms(address):
                _put(folder, file_of(other), get(other).body.decode("utf-8", "replace").replace(HERE, base))
            done(file_of(address))
        _page(get, folder, "/search", base)
    _index(archive, folder)
    return count


def _other_forms(address: str) -> Iterator[str]:
    path, _, asked = address.partition("?")
    yield addresses.with_form(path, asked, ".json")
    if re.fullmatch(r"/(?:article|statement)/[^/]+", path):
        yield from (path + form for form in (".ris", ".bib", ".csl.json"))


def _page(get: Get, folder: Path, address: str, base: str) -> None:
    file = file_of(address)
    answer = get(address)
    text = answer.body.decode("utf-8", "replace")
    if answer.status != 200:
        raise OnrecordError(f"{address} could not be written: {text[:200]}")
    depth = "../" * file.count("/")
    html = _LINK.sub(lambda link: link[1] + depth + _target(link[2]) + link[3], text)
    html = html.replace(HERE, base)
    if file == "search.html":
        html = _without_hits(html)
    html = html.replace(
        "</head>", f'<script src="{depth}static/copy.js" data-root="{depth}" defer></script>\n</head>', 1
    )
    _put(folder, file, html)


def _target(link: str) -> str:
    address, mark, anchor = link.replace("&amp;", "&").partition("#")
    if address.startswith("/search"):
        return ("search.html#" + urlsplit(address).query).replace("&", "&amp;")
    if address.startswith("/openapi"):
        address = "/help"
    address = re.sub(r"/verify$", "", address)
    if address.startswith("/static/"):
        return address.lstrip("/").partition("?")[0]
    if address.endswith("/image"):
        return file_of(address).removesuffix(".html") + ".img"
    return file_of(address) + mark + anchor


def _without_hits(html: str) -> str:
    start, end = html.index('<nav class="tabs"'), html.index("</main>")
    return (
        html[:start]
        + '<div class="columns"><section class="results" id="copy-results" aria-live="polite"></section></div>\n'
        + html[end:]
    )


def _image(get: Get, folder: Path, address: str) -> None:
    answer = get(f"{address}/image")
    if answer.status == 200:
        path = folder / (file_of(f"{address}/image").removesuffix(".html") + ".img")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer.body)


def _put(folder: Path, file: str, text: str) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "replace"))


def _index(archive: Archive, folder: Path) -> None:
    """Write what the script searches: statements in files of some hundred, and words to the statements they are in."""
    place = folder / "index"
    place.mkdir()
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows: list[list[str | None]] = []
    number = 0
    for number, hit in enumerate(archive.statements()):
        rows.append(_row(hit))
        for word in sorted(set(words(f"{hit.statement.words} {wording.speaker_name(hit.statement.speaker)}"))):
            found[_prefix(word)][word].append(number)
        if len(rows) == SHARD:
            _json(place / f"s{number // SHARD}.json", rows)
            rows = []
    if rows:
        _json(place / f"s{number // SHARD}.json", rows)
    for prefix, entries in found.items():
        _json(place / f"w{prefix}.json", entries)


def _row(hit: StatementHit) -> list[str | None]:
    said = hit.statement
    return [
        hit.id, wording.speaker_name(said.speaker), said.words, str(said.kind), wording.short_date(hit.article.published),
        hit.article.headline or "Untitled", hit.article.id, hit.article.site,
    ]  # fmt: skip


def _prefix(word: str) -> str:
    """Return the part of the index that a word stands in: the code points of its first two letters."""
    return "-".join(f"{ord(letter):x}" for letter in word[:2])


def _json(path: Path, body: object) -> None:
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", errors="replace")
