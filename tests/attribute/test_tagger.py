"""The shipped model: robust on any text, the same in any batch, right on sentences of our own."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attribute import tagger
from onrecord.attribute.tagger import ModelAttributor, sections
from onrecord.errors import ModelError
from onrecord.model import Attribution, Spans

ATTRIBUTOR = ModelAttributor()

# Text, then for each attribution its source, cue and content as words of the text; "..." joins parts.
OWN = [
    (
        "The mayor said that the bridge would be closed until spring.",
        [("The mayor", "said", "that the bridge would be closed until spring")],
    ),
    (
        "\u201cThe bridge is not safe,\u201d engineer Maria Lopez said. \u201cIt must be closed.\u201d",
        [("engineer Maria Lopez", "said", "\u201cThe bridge is not safe,\u201d...\u201cIt must be closed.\u201d")],
    ),
    (
        "The fire spread within minutes, according to witnesses.",
        [("witnesses", "according to", "The fire spread within minutes")],
    ),
    (
        "Police officials denied that anyone had been hurt.",
        [("Police officials", "denied", "that anyone had been hurt")],
    ),
    ("''We will rebuild,'' the governor told reporters.", [("the governor", "told", "''We will rebuild,''")]),
    ('"We will rebuild," the governor told reporters.', [("the governor", "told", '"We will rebuild,"')]),
]


def words_of(text: str, spans: Spans) -> str:
    return "...".join(text[start:end] for start, end in spans)


def readable(text: str, found: tuple[Attribution, ...]) -> list[tuple[str, str, str]]:
    return [(words_of(text, a.source), words_of(text, a.cue), words_of(text, a.content)) for a in found]


@pytest.mark.parametrize(("text", "expected"), OWN, ids=[text[:30] for text, _ in OWN])
def test_own_sentences(text: str, expected: list[tuple[str, str, str]]) -> None:
    (found,) = ATTRIBUTOR.attribute([text])
    assert readable(text, found) == expected


def check(text: str, found: tuple[Attribution, ...]) -> None:
    for a in found:
        assert a.content
        assert 0 <= a.confidence <= 1
        for spans in (a.source, a.cue, a.content):
            assert list(spans) == sorted(spans)
            for start, end in spans:
                assert 0 <= start < end <= len(text)
                assert text[start:end].strip() == text[start:end]
    assert list(found) == sorted(found, key=lambda a: (a.content, a.cue))


SCRAPS = st.sampled_from(
    [text for text, _ in OWN]
    + [
        "\u201c",
        "''",
        '"',
        "\n\n",
        "said",
        "\u0642\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631",
        "\U0001f600",
        "\x00",
        "\ufeff",
        "A" * 70,
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(SCRAPS, max_size=12).map(" ".join)))
def test_any_text(text: str) -> None:
    (found,) = ATTRIBUTOR.attribute([text])
    check(text, found)


def long_text() -> str:
    return "\n\n".join(text for text, _ in OWN for _ in range(30))


def test_a_text_gives_the_same_in_any_batch() -> None:
    texts = [text for text, _ in OWN] + [long_text(), ""]
    together = ATTRIBUTOR.attribute(texts)
    assert together == [ATTRIBUTOR.attribute([text])[0] for text in texts]
    assert together[::-1] == ATTRIBUTOR.attribute(texts[::-1])


def test_a_text_gives_the_same_in_another_process() -> None:
    text = long_text()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(ATTRIBUTOR.attribute, [text]).result() == ATTRIBUTOR.attribute([text])


def test_a_text_gives_the_same_in_several_threads() -> None:
    texts = [text for text, _ in OWN] * 10
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: ATTRIBUTOR.attribute([text])[0], texts))
    assert found == ATTRIBUTOR.attribute(texts)


def test_the_pickle_is_small() -> None:
    ATTRIBUTOR.attribute(["He said no."])
    assert len(pickle.dumps(ATTRIBUTOR)) < 1000


def test_sections_cover_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "SECTION", 40)
    text = long_text()[:1000] + "x" * 100 + "\n" * 50
    parts = list(sections(text))
    assert "".join(text[begin:end] for begin, end in parts) == text
    assert all(end - begin <= 40 for begin, end in parts)


def test_offsets_hold_behind_the_first_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "SECTION", 400)
    text = long_text()
    (found,) = ATTRIBUTOR.attribute([text])
    check(text, found)
    assert {words_of(text, a.cue) for a in found if a.cue[0][0] > 5000}


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install onrecord again"):
        ModelAttributor(tmp_path).attribute(["He said no."])
