"""Chains of hearsay, and to whom something was said."""

from __future__ import annotations

import pytest

from onrecord.attribute.statements import article_of_text, attributor_named, read_statements
from onrecord.model import Statement, cut

RULES = attributor_named("rules")


def statements(text: str) -> dict[str, Statement]:
    """Statements by their source words."""
    return {cut(text, one.source): one for one in read_statements(article_of_text("t", text), attributor=RULES)}


@pytest.mark.parametrize(
    ("text", "source", "chain"),
    [
        ("Reuters reported on Monday that the observatory said the road was mined.", "the observatory", ["Reuters"]),
        ("Rana Aziz said Omar Holm had told her that the road was mined.", "Omar Holm", ["Rana Aziz"]),
        ("“The road is mined,” Omar Holm said, according to Reuters.", "Omar Holm", ["Reuters"]),
        ("The police report said a witness told officers that the road was mined.", "a witness", ["police report"]),
    ],
)
def test_what_lies_inside_the_content_of_another_came_through_its_speaker(
    text: str, source: str, chain: list[str]
) -> None:
    found = statements(text)
    assert [one.name or (one.description or "").removeprefix("The ") for one in found[source].via] == chain
    assert found[source].depth == len(chain)


@pytest.mark.parametrize(
    "text",
    [
        "Rana Aziz said she had said that the road was mined.",
        "Rana Aziz said the claims were old.",
        "“I did say that it was late,” Rana Aziz said.",
        "Rana Aziz said nobody could say that the road was safe.",
    ],
)
def test_own_words_and_what_nobody_said_make_no_chain(text: str) -> None:
    assert all(not one.via for one in read_statements(article_of_text("t", text), attributor=RULES))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rana Aziz told Delta Times that the road was mined.", "Delta Times"),
        ("Rana Aziz told reporters on Monday that the road was mined.", "reporters"),
        ("In an interview with Reuters, Rana Aziz said that the road was mined.", "Reuters"),
        ("Rana Aziz said in a statement that the road was mined.", "statement"),
        ("Rana Aziz said on Twitter that the road was mined.", "Twitter"),
        ("Rana Aziz testified before the Senate Committee that the road was mined.", "Senate Committee"),
        ("Rana Aziz told him that the road was mined.", None),
        ("Rana Aziz said on Monday that the road was mined.", None),
        ("Rana Aziz said that she told Delta Times nothing.", None),
    ],
)
def test_told_to_is_the_outlet_or_channel_outside_the_content(text: str, wanted: str | None) -> None:
    assert statements(text)["Rana Aziz"].told_to == wanted
