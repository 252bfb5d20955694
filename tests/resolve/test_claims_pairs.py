"""Two statements compared: same, one utterance, contrary, or none of it. The sentences are our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cli.claims import command
from onrecord.errors import InputError
from onrecord.resolve import stance, traits
from onrecord.resolve.likeness import FEATURES, features, longest_run
from onrecord.resolve.phrasing import Told, Weights, day_of, phrasing, sentence_around, speaker_key, stem_of
from onrecord.resolve.vectors import pieces, vector
from onrecord.resolve.verdict import Verdict, another_number, compare, compare_strictly

FILLER = [
    "The harbour master said the ferry would sail again on Monday.",
    "Farmers in the Tarn valley complained about the price of seed.",
    "A schoolteacher told the court that she had seen nothing.",
    "The museum announced that its roof had been mended at last.",
]


def told(context: str, text: str, speaker: str | None = None, date: str | None = "2011-03-02") -> Told:
    assert text in context
    return Told(text, speaker, date, "The Gazette", context)


def judged(a: Told, b: Told) -> Verdict:
    weights = Weights.of([*(side.context or side.text for side in (a, b)), *FILLER])
    return compare(phrasing(a, weights), phrasing(b, weights))


def test_one_quotation_in_two_papers_is_one_utterance() -> None:
    words = "“We would rather be blamed for haste than for a flood,”"
    verdict = judged(
        told(f"{words} Governor Ilse Marrin told reporters.", words, "Governor Ilse Marrin"),
        told(f"{words} said Marrin on Tuesday.", words, "Marrin", "2011-03-03"),
    )
    assert (verdict.same, verdict.utterance, verdict.contrary) == (True, True, False)
    assert "the same speaker" in verdict.why
    assert "words in a row are the same" in verdict.why


def test_the_same_demand_by_another_is_the_same_claim_and_no_utterance() -> None:
    verdict = judged(
        told(
            "The dockers' union demands that the northern terminal be closed at night.",
            "that the northern terminal be closed at night",
            "The dockers' union",
        ),
        told(
            "Mayor Okoro has called for the northern terminal to be closed at night.",
            "for the northern terminal to be closed at night",
            "Mayor Okoro",
            "2011-06-20",
        ),
    )
    assert (verdict.same, verdict.utterance, verdict.contrary) == (True, False, False)


def test_condemning_a_call_for_a_thing_is_contrary_to_making_it() -> None:
    verdict = judged(
        told(
            "Mayor Okoro called for a ban on night fishing in the bay.",
            "a ban on night fishing in the bay",
            "Mayor Okoro",
        ),
        told(
            "The fishermen condemned Okoro's call for a ban on night fishing in the bay.",
            "Okoro's call for a ban on night fishing in the bay",
            "The fishermen",
        ),
    )
    assert (verdict.same, verdict.contrary) == (False, True)
    assert "at odds" in verdict.why


def test_a_denial_is_contrary() -> None:
    verdict = judged(
        told("Marrin said the Lower Tarn dam is safe.", "the Lower Tarn dam is safe", "Marrin"),
        told("The engineer said the Lower Tarn dam is not safe.", "the Lower Tarn dam is not safe", "The engineer"),
    )
    assert (verdict.same, verdict.contrary) == (False, True)


def test_statements_on_different_matters_are_neither() -> None:
    verdict = judged(
        told(FILLER[0], "the ferry would sail again on Monday"),
        told(FILLER[3], "that its roof had been mended at last"),
    )
    assert (verdict.same, verdict.utterance, verdict.contrary) == (False, False, False)


def test_another_number_for_the_same_within_a_week_is_contrary() -> None:
    weights = Weights.of(FILLER)
    one = told("The port said 14 people died in the Quay fire.", "14 people died in the Quay fire", "The port")
    other = told("The union said 40 people died in the Quay fire.", "40 people died in the Quay fire", "The union")
    a, b = phrasing(one, weights), phrasing(other, weights)
    assert another_number(a, b) == "14 against 40 (peopl…)"
    assert compare_strictly(a, b).contrary


@pytest.mark.parametrize(
    ("speaker", "key"),
    [
        ("Mr. Rassul", "rassul"),
        ("Ilse Marrin, the governor of Velmar", "marrin"),
        ("Marrin’s", "marrin"),
        ("he", None),
        (None, None),
        ("the harbour company", "company"),
    ],
)
def test_a_speaker_is_known_by_the_last_name(speaker: str | None, key: str | None) -> None:
    assert speaker_key(speaker) == key


@pytest.mark.parametrize(
    ("cue", "text", "turned"),
    [
        ("supports", "the ban", False),
        ("opposes", "the ban", True),
        ("refused to back", "the ban", True),
        ("did not oppose", "the ban", False),
        ("denounced the deal, proposing", "a ban", False),
        ("condemned the mayor’s call for", "a ban", True),
        ("pressed his attack", "that the ban is wrong", False),
        ("denied", "that there is a ban", True),
        ("declined to say", "whether there is a ban", False),
        ("rejected", "“the ban is ours”", False),
    ],
)
def test_a_cue_turns_what_it_opposes(cue: str, text: str, turned: bool) -> None:
    side = told(f"Okoro {cue} {text}.", text, "Okoro")
    assert stance.turned_by_cue(phrasing(side, Weights.of([]))) is turned


@pytest.mark.parametrize(
    ("cue", "text", "turned"),
    [
        ("criticised", "Marrin for selling the quay", False),  # that she sold it is taken for a fact
        ("accused", "the minister of hiding the letters", False),
        ("criticised", "Marrin for her sale of the quay", True),
        ("voiced displeasure with", "the ban", True),
    ],
)
def test_who_is_blamed_for_a_deed_is_said_to_have_done_it(cue: str, text: str, turned: bool) -> None:
    side = told(f"Okoro {cue} {text}.", text, "Okoro")
    assert stance.turned_by_cue(phrasing(side, Weights.of([]))) is turned


@pytest.mark.parametrize(
    ("around", "day"),
    [
        ("he said on Monday that", "2011-02-28"),
        ("Wednesday,", "2011-03-02"),
        ("as she put it yesterday", "2011-03-01"),
        ("he said", None),
    ],
)
def test_the_day_named_is_the_last_before_the_article(around: str, day: str | None) -> None:
    assert traits.day_named(around, day_of("2011-03-02")) == (day_of(day) if day else None)
    assert traits.day_named(around, None) is None


def test_what_two_say_of_their_votes_is_not_one_claim() -> None:
    one = told("A nurse said she would vote for Terry.", "she would vote for Terry", "A nurse")
    other = told("A bus driver said he would vote for Terry.", "he would vote for Terry", "A bus driver")
    seen = features(phrasing(one, Weights.of(FILLER)), phrasing(other, Weights.of(FILLER)))
    assert seen["votes"] == 1.0


def test_two_polls_are_seen_as_polls_and_a_question_as_open() -> None:
    weights = Weights.of(FILLER)
    one = told("A survey found that 40 percent back the dam.", "that 40 percent back the dam", "A survey")
    other = told("A Beacon poll shows 31 percent for the dam.", "31 percent for the dam", "A Beacon poll")
    asked = told("Okoro asked whether the dam is safe.", "whether the dam is safe", "Okoro")
    a, b, c = (phrasing(side, weights) for side in (one, other, asked))
    assert (features(a, b)["polls"], features(a, b)["open"]) == (1.0, 0.0)
    assert (features(a, c)["one_poll"], features(a, c)["open"]) == (1.0, 1.0)


def test_a_number_that_differs_is_named_with_what_is_counted() -> None:
    verdict = judged(
        told("The port said 14 people died in the Quay fire.", "14 people died in the Quay fire", "The port"),
        told("The union said 40 people died in the Quay fire.", "40 people died in the Quay fire", "The union"),
    )
    assert "another number: 14 against 40 (peopl…)" in verdict.why


def test_words_with_a_doubled_letter_meet() -> None:
    assert {stem_of(word) for word in ("ban", "bans", "banned", "banning")} == {"ban"}


def test_the_sentence_around_is_found_in_a_paragraph() -> None:
    paragraph = "It rained. Okoro said that Mr. Tal was late. Nobody answered."
    assert sentence_around(paragraph, "that Mr. Tal was late") == "Okoro said that Mr. Tal was late."
    assert sentence_around(paragraph, "not in it") == paragraph


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    assert len(pieces("the")) == 1
    assert len(pieces("spillway")) > 1
    assert pieces("☃☃") == []
    assert float(vector("dam") @ vector("reservoir")) > float(vector("dam") @ vector("opera"))


def test_pairs_are_printed_as_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    side = {
        "text": "the dam is safe",
        "speaker": None,
        "date": None,
        "outlet": None,
        "context": "He said the dam is safe.",
    }
    file.write_text(json.dumps({"a": side, "b": side}) + "\n\n" + json.dumps({"a": side, "b": {"text": ""}}) + "\n")
    result = CliRunner().invoke(command, ["--pairs", str(file)])
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [row["pair"] for row in rows] == [0, 1]
    assert set(rows[0]) == {"pair", "same", "utterance", "contrary", "score", "why"}
    assert rows[0]["same"] is True
    assert rows[1]["same"] is False


@pytest.mark.parametrize("line", ["x", "[1]", '{"a": {}}', '{"a": [], "b": 3}', '{"a": {"text": 1}, "b": {}}'])
def test_what_is_no_pair_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(line + "\n")
    result = CliRunner().invoke(command, ["--pairs", str(file)])
    assert isinstance(result.exception, InputError)
    assert "line 1" in str(result.exception)


sides = st.builds(
    Told, st.text(max_size=80), *[st.none() | st.text(max_size=30)] * 3, st.none() | st.text(max_size=120)
)


@settings(max_examples=150, deadline=None)
@given(sides, sides)
def test_any_two_statements_can_be_compared(a: Told, b: Told) -> None:
    weights = Weights.of([a.text, b.text])
    one, other = phrasing(a, weights), phrasing(b, weights)
    seen = features(one, other)
    assert tuple(seen) == FEATURES
    verdict = compare(one, other)
    assert 0 <= verdict.score <= 1
    assert not (verdict.same and verdict.contrary)
    assert verdict.same or not verdict.utterance
    assert longest_run(one.order, one.order) == len(one.order)
