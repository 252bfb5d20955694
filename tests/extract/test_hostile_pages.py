"""Hostile and broken pages: no exception leaves extract, and none takes long."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.extract import extract
from onrecord.model import Article, Capture, Page, Skip, digest

GOLDEN = sorted((Path(__file__).parent.parent / "golden" / "pages").glob("*.html"))
TEXT = b"".join(
    b"<p>The council agreed on day %d to open the bridge again, a spokeswoman said in the town hall.</p>" % day
    for day in range(5)
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def run(body: bytes, media: str = "html", charset: str | None = None, **fields: str) -> Article | Skip:
    capture = Capture("c", "f.html", media, digest(body), len(body), charset=charset)
    return extract(Page(capture, body, tuple(fields.items())))


def readable(found: Article | Skip) -> bool:
    return isinstance(found, Article) or found.reason.startswith(("not an article", "page nested", "page of too many"))


@QUIET
@given(st.sampled_from(GOLDEN), st.integers(0, 2**32), st.integers(1, 40))
def test_mutated_pages_are_read_or_skipped_with_a_reason(path: Path, seed: int, cuts: int) -> None:
    chance = random.Random(seed)
    body = bytearray(path.read_bytes())
    for _ in range(cuts):
        at = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randrange(60)]
            case 2:
                body[at:at] = body[at : at + chance.randrange(200)]
            case _:
                body[at:at] = chance.choice(
                    [
                        *(b"<", b"\x00", b"</div>", b"<table>", b"<svg>", b"&#x;", b"\xff\xfe", b"<!--", b"<script>"),
                        *(b"<plaintext>", b"<template>", b"<math><mi>", b"<a title='>", b'" x=">', b"<x-own>", b"\xc3"),
                    ]
                )
        if not body:
            break
    assert readable(run(bytes(body)))


@QUIET
@given(
    st.binary(max_size=2000),
    st.sampled_from(["html", "text", "record"]),
    st.sampled_from([None, "utf-16", "big5", "none", "utf-7"]),
)
def test_any_bytes_are_read_or_skipped(body: bytes, media: str, charset: str | None) -> None:
    assert readable(run(body, media, charset))


@QUIET
@given(st.text(max_size=500), st.sampled_from(["html", "text", "record"]))
def test_text_holds_nothing_invisible_and_single_spaces(text: str, media: str) -> None:
    found = run(text.encode("utf-8", "surrogatepass"), media)
    if isinstance(found, Article):
        assert all(paragraph == " ".join(paragraph.split()) for paragraph in found.paragraphs)
        assert "\u00ad" not in found.text
        assert "\x00" not in found.text


@pytest.mark.parametrize(
    ("body", "length"),
    [
        pytest.param(b'<div title="a > b" class=\'x">\' data-a="<p>no</p>">' + TEXT, 5, id="markup in attributes"),
        pytest.param(TEXT + b"<script>var a = '<p>" + TEXT, 5, id="a script without an end"),
        pytest.param(TEXT + b"<script><!-- <script> </script> --></script>" + TEXT, 10, id="a script in a script"),
        pytest.param(TEXT + b"<!-- <script> -->" + TEXT, 10, id="a script in a comment"),
        pytest.param(TEXT.replace(b" ", b"\x00 "), 5, id="nulls between words"),
        pytest.param(b"<svg><g><path/>" + TEXT, 5, id="text that ends a drawing"),
        pytest.param(TEXT[:-4] + b"\xc3", 5, id="a character cut off"),
        pytest.param(TEXT.replace(b"bridge", b"br\xfccke"), 5, id="another encoding"),
    ],
)
def test_broken_markup_loses_no_paragraph(body: bytes, length: int) -> None:
    found = run(body)
    assert isinstance(found, Article)
    assert sum(paragraph.startswith("The council agreed") for paragraph in found.paragraphs) == length


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<div>" * 100_000 + b"<p>deep</p>", id="nesting"),
        pytest.param(b"<b>" * 100_000 + b"deep", id="nested bold"),
        pytest.param(b"<p>a sentence that is long enough to count, is it not?</p>" * 350_000, id="20 MB of paragraphs"),
        pytest.param(b"<a href=/x><img src=/y.jpg class=a>z</a>" * 120_000, id="pictures"),
        pytest.param(b"<figure>" * 5_000 + b"<img src=a.jpg><figcaption>c</figcaption>" * 5_000, id="figures"),
        pytest.param(b"\x00" * 1_000_000, id="nulls"),
        pytest.param(b"<h1>" + b"x " * 2_000_000, id="one long heading"),
        pytest.param(b"<p>" + b"(" * 300_000, id="brackets"),
        pytest.param(b"<p>" + b"A. " * 300_000, id="initials"),
        pytest.param(b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>x", id="nested data"),
        pytest.param(b"<meta name=a content=b>" * 100_000, id="metas"),
        pytest.param(b"<table><tr><td>" * 20_000, id="tables"),
        pytest.param(b"<p class='" + b"comment " * 100_000 + b"'>x</p>", id="class"),
        pytest.param(b"<br>" * 500_000, id="breaks"),
        pytest.param(b"<div> </div>\n" * 150_000 + TEXT, id="empty elements"),
        pytest.param(b"<p>" + b"<i>x</i> " * 200_000, id="inline elements"),
        pytest.param(b"".join(b"<x-%d>t</x-%d>" % (i, i) for i in range(19_000)), id="elements of own names"),
        pytest.param(b"".join(b"<x-%d>t</x-%d>" % (i, i) for i in range(500_000)), id="too many names"),
        pytest.param(b"<div>t</div>" * 14_000 + TEXT, id="as many elements as the second opinion is asked about"),
        pytest.param(b"<script>a</script>" * 200_000 + TEXT, id="scripts"),
        pytest.param(b"<template>" * 2_000 + TEXT + b"</template>" * 2_000 + TEXT, id="templates"),
        pytest.param(b"<svg><path d=x></svg>" * 200_000 + TEXT, id="drawings"),
        pytest.param(b"<font>" * 400 + b"x<br>" * 50_000, id="fonts"),
    ],
)
def test_no_page_takes_more_than_two_seconds(body: bytes) -> None:
    start = time.process_time()
    assert readable(run(body))
    assert time.process_time() - start < 2.0
