"""A page as blocks: what is one, who holds it, and how much of it is a link or bold."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from onrecord.extract.blocks import MAX_DEPTH, Block, Outline, outline


def read(markup: str) -> Outline:
    body = LexborHTMLParser(markup).body
    assert body is not None
    return outline(body)


def texts(markup: str) -> list[str]:
    return [block.text for block in read(markup).blocks]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        pytest.param("<p>One <b>two</b> three<p>Four", ["One two three", "Four"], id="paragraphs"),
        pytest.param("<div>Above<p>inside</p>below</div>", ["Above", "inside", "below"], id="text around a block"),
        pytest.param("one<br>two<br><br>three", ["one two", "three"], id="a blank line"),
        pytest.param("<b>Headline</b><br>The text begins.", ["Headline", "The text begins."], id="a bold line"),
        pytest.param(
            "<font size=2>News</font><br><font size=5>Headline</font>", ["News", "Headline"], id="lines of two types"
        ),
        pytest.param("<i>a</i> <i>b</i><i>c</i>", ["a bc"], id="spaces between inline elements"),
        pytest.param("a<script>x</script>b<svg><title>no</title></svg>c", ["abc"], id="what no reader sees"),
        pytest.param("<p>a<figure>picture<figcaption>no</figcaption></figure>b", ["a", "b"], id="figures are apart"),
        pytest.param("<x-card>own</x-card><o:p>word</o:p>", ["own", "word"], id="elements that HTML does not know"),
        pytest.param(
            "<div>yes<template><p>no</p></template><noscript><p>no</p></noscript></div>", ["yes"], id="templates"
        ),
        pytest.param('<p title="a > b" class=\'x">\'>text', ["text"], id="quotes and brackets in attributes"),
        pytest.param("a<!-- <p>no</p> -->b", ["ab"], id="comments"),
    ],
)
def test_a_block_is_text_between_two_boundaries(markup: str, blocks: list[str]) -> None:
    assert texts(markup) == blocks


def test_a_block_counts_its_characters_in_links_and_bold_elements() -> None:
    [block] = read("<p>See <a href=/x>the <b>whole</b> list</a> of names").blocks
    assert block == Block(
        "See the whole list of names", "p", 1, linked=len("the") + len("whole") + len("list"), strong=5
    )


def test_elements_know_their_parents_and_names_and_those_without_text_are_left_out() -> None:
    found = read(
        "<main id=m><div class=empty><img src=a></div><section class=a itemprop=b><p class=p>Text</p></section></main>"
    )
    assert found.tags == ["body", "main", "section", "p"]
    assert found.parents == [-1, 0, 1, 2]
    assert found.names == ["", " m", "a b", "p"]
    assert [node.tag for node in found.nodes] == found.tags


def test_what_stands_around_an_article_says_so_by_tag_or_name() -> None:
    found = read("<nav>Menu</nav><div class='related-stories'>More</div><div class=story-body>Text</div>")
    assert found.junk == [False, True, True, False]


def test_text_deeper_than_any_article_is_not_read() -> None:
    assert texts("<div>" * (MAX_DEPTH + 1) + "deep" + "</div>" * (MAX_DEPTH + 1) + "<p>near") == ["near"]
