"""Who said it: tables of short texts with the wanted speaker, one table per phenomenon."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.attribute.statements import article_of_text, attributor_named, read_statements
from onrecord.model import Article, Speaker, SpeakerType, cut

RULES = attributor_named("rules")
PERSON, ORGANISATION, GROUP = SpeakerType.PERSON, SpeakerType.ORGANISATION, SpeakerType.GROUP
ANONYMOUS, DOCUMENT, GENERIC = SpeakerType.ANONYMOUS, SpeakerType.DOCUMENT, SpeakerType.GENERIC


def speakers(text: str, article: Article | None = None) -> list[tuple[str, Speaker]]:
    """(source words, speaker) in the order of the sources; statements that the text ties to no source are left out."""
    found = read_statements(article or article_of_text("t", text), attributor=RULES)
    rows = sorted((one for one in found if one.source), key=lambda one: one.source)
    return [(cut(text, one.source), one.speaker) for one in rows]


def names(text: str) -> list[tuple[str, str | None]]:
    return [(source, speaker.name) for source, speaker in speakers(text)]


def last(text: str) -> Speaker:
    return speakers(text)[-1][1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Rana Aziz said the bridge was closed. She added that it would stay so.",
            [("Rana Aziz", "Rana Aziz"), ("She", "Rana Aziz")],
        ),
        (
            "Omar Said met Rana Aziz on Monday. He said the talks went well.",
            [("He", "Omar Said")],
        ),
        (
            "Omar Said met Rana Aziz on Monday. She said the talks went well.",
            [("She", "Rana Aziz")],
        ),
        (
            "Peter Holm told the court that he had slept. He said he remembered nothing.",
            [("Peter Holm", "Peter Holm"), ("He", "Peter Holm")],
        ),
        (
            "Peter Holm said the pump failed.\n\nAnna Lund said it had been repaired.\n\nHe said that was untrue.",
            [("Peter Holm", "Peter Holm"), ("Anna Lund", "Anna Lund"), ("He", "Peter Holm")],
        ),
    ],
)
def test_pronouns_mean_the_likeliest_person_of_their_gender(text: str, wanted: list[tuple[str, str]]) -> None:
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Rana Aziz opened the school. He said it was late.",
        "The mayor's office was shut. She said it was late.",
    ],
)
def test_a_pronoun_never_crosses_a_contradiction_of_gender(text: str) -> None:
    assert last(text).name is None


def test_two_equally_likely_persons_make_the_speaker_unclear_with_both_as_candidates() -> None:
    speaker = last(
        "Peter Holm and Omar Said arrived together at the harbour. It rained. He said the crossing was rough."
    )
    assert speaker.name is None
    assert set(speaker.candidates) == {"Peter Holm", "Omar Said"}
    assert speaker.confidence < 0.7


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rana Aziz arrived on Monday. Aziz said the road was open.", "Rana Aziz"),
        ("Dr. Rana Aziz arrived on Monday. Ms. Aziz said the road was open.", "Rana Aziz"),
        ("Robert J. Miller spoke first. Mr. Miller said the road was open.", "Robert J. Miller"),
        ('Robert "Bobby" Miller spoke first. Miller said the road was open.', 'Robert "Bobby" Miller'),
        ("Senator Miller spoke first. Miller said the road was open.", "Miller"),
        ("Abdul-Rahman al-Masri spoke first. Al-Masri said the road was open.", "Abdul-Rahman al-Masri"),
    ],
)
def test_short_names_grow_to_the_fullest_form_that_the_text_has(text: str, name: str) -> None:
    assert last(text).name == name


def test_a_last_name_means_who_was_introduced_with_a_title_not_long_before() -> None:
    text = (
        "Gary Miller said the plan was good. Miller said it would pass. Harbour Secretary Joan Miller took the floor. "
        "Miller said the plan would fail."
    )
    assert [name for _, name in names(text)] == ["Gary Miller", "Gary Miller", "Joan Miller"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Senator Rana Aziz toured the port. The senator said it was safe.", "Rana Aziz"),
        ("Rana Aziz, director of the clinic, toured the port. The director said it was safe.", "Rana Aziz"),
        (
            "Republican nominee Peter Holm met Democratic nominee Anna Lund. The Democratic nominee said it was safe.",
            "Anna Lund",
        ),
    ],
)
def test_definite_descriptions_mean_who_has_the_role(text: str, name: str) -> None:
    assert last(text).name == name


@pytest.mark.parametrize(
    ("text", "kind", "description"),
    [
        ("Several sources said the pipe had burst.", ANONYMOUS, "Several sources"),
        ("A security official who asked not to be named said the gate was open.", ANONYMOUS, None),
        ("Peter Holm left. A diplomat said the talks had failed.", ANONYMOUS, "A diplomat"),
        ("Two people familiar with the talks said a deal was near.", ANONYMOUS, "Two people familiar with the talks"),
        ("Officials said the pipe had burst.", GROUP, "Officials"),
        ("Voters said the queue was long.", GROUP, "Voters"),
        ("People say that money talks.", GENERIC, "People"),
        ("Everyone says that money talks.", GENERIC, "Everyone"),
        ("The report said that the dam was old.", DOCUMENT, "The report"),
    ],
)
def test_who_is_not_named_keeps_the_description_and_gets_no_name(
    text: str, kind: SpeakerType, description: str | None
) -> None:
    speaker = last(text)
    assert speaker.name is None
    assert speaker.type is kind
    if description:
        assert speaker.description == description


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Harbour Observatory said the wind had turned.", "Harbour Observatory", ORGANISATION),
        ("The Ministry of Health and Sport said the wards were full.", "Ministry of Health and Sport", ORGANISATION),
        ("Reuters reported that the port was shut.", "Reuters", ORGANISATION),
        ("Syria said that its border was shut.", "Syria", ORGANISATION),
        ("A Bloomberg poll said that most agreed.", "Bloomberg poll", DOCUMENT),
        ("The Holm campaign said the rally was off.", "Holm campaign", ORGANISATION),
        (
            "The Harbour Observatory opened in May. The observatory said the wind had turned.",
            "Harbour Observatory",
            ORGANISATION,
        ),
        ("The Harbour Times printed a letter. The newspaper said it was real.", "Harbour Times", ORGANISATION),
    ],
)
def test_organisations_and_documents_are_named_by_their_fullest_form(text: str, name: str, kind: SpeakerType) -> None:
    speaker = last(text)
    assert (speaker.name, speaker.type) == (name, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A spokesman for Peter Holm said the rally was off.", None),
        ("Holm's lawyer said the rally was off.", None),
        ("Peter Holm and Anna Lund said the rally was off.", "Peter Holm ; Anna Lund"),
        ("Clinic director Rana Aziz said the ward was full.", "Rana Aziz"),
        ("A lawyer for the port, Omar Said, said the gate was open.", "Omar Said"),
        ("Reuters' Peter Holm said the gate was open.", "Peter Holm"),
    ],
)
def test_only_the_name_that_is_the_source_counts(text: str, name: str | None) -> None:
    assert last(text).name == name


def test_names_joined_by_and_may_have_their_organisations_before_their_titles() -> None:
    (said,) = speakers("Peter Holm and UNHCR Chairman Omar Said said that the ship had left the harbour.")
    assert said[1].name == "Peter Holm ; Omar Said"


@pytest.mark.parametrize(
    "text",
    [
        "Peter Holm was arrested. His lawyer said that he had slept at home.",
        "Peter Holm was arrested. Holm’s lawyer said that he had slept at home.",
        "Peter Holm met Anna Lund. His wife said that it had been late.",
    ],
)
def test_nobody_is_the_own_lawyer_or_wife(text: str) -> None:
    assert last(text).name is None


@pytest.mark.parametrize(
    "source",
    [
        "Representatives for both Peter Holm and Anna Lund",
        "Politicians like Peter Holm and Anna Lund",
        "A study by Peter Holm and Anna Lund",
    ],
)
def test_names_that_and_joins_to_a_bound_name_are_bound_too(source: str) -> None:
    (said,) = speakers(f"{source} said that the ship had left the harbour.")
    assert said[1].name not in ("Anna Lund", "Peter Holm ; Anna Lund")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Geologists said that the hill would slide.", None, GROUP),
        ("Monetarists said that the hill would slide.", None, GROUP),
        ("The Economist said that the hill would slide.", "Economist", ORGANISATION),
        ("The UN said that the hill would slide. UN Relief was slow.", "UN", ORGANISATION),
    ],
)
def test_a_word_that_begins_a_sentence_is_no_last_name_by_its_capital_alone(
    text: str, name: str | None, kind: SpeakerType
) -> None:
    assert (last(text).name, last(text).type) == (name, kind)


@pytest.mark.parametrize("trade", ["police officer", "bus driver", "teacher"])
def test_a_trade_that_the_article_never_gave_a_person_is_somebody_without_a_name(trade: str) -> None:
    assert last(f"Peter Holm was fined on Monday. The {trade} said that he had shouted.").name is None


def test_nothing_but_capitals_makes_no_person_whom_a_pronoun_means() -> None:
    text = "Mardle Quiver was released in June. He said that the songs had been written in a week."
    assert last(text).name is None


def test_a_name_after_the_statement_is_found() -> None:
    assert names('"The gate is open," said Omar Said, a guard.') == [("Omar Said, a guard", "Omar Said")]


def test_who_is_the_name_before_it() -> None:
    text = "The prize went to Rana Aziz, who said that she was glad."
    assert names(text)[0] == ("who", "Rana Aziz")


def test_first_person_outside_quotations_is_the_only_author() -> None:
    text = "I believe that the bridge will hold."
    article = article_of_text("t", text)
    alone = Article("t", "", None, None, text, article.text_digest, authors=("Rana Aziz",))
    pair = Article("t", "", None, None, text, article.text_digest, authors=("Rana Aziz", "Omar Said"))
    assert [speaker.name for _, speaker in speakers(text, alone)] == ["Rana Aziz"]
    assert [speaker.name for _, speaker in speakers(text, pair)] == [None]


def test_they_mean_the_two_who_were_named_together() -> None:
    text = "Peter Holm and Anna Lund opened the bridge. They said it was safe."
    assert last(text).name == "Peter Holm ; Anna Lund"


def test_every_speaker_says_why() -> None:
    text = "Rana Aziz said the bridge was closed. She added that it would stay so. A guard said nothing was wrong."
    assert all(speaker.why for _, speaker in speakers(text))


def test_a_headline_gives_the_given_name_that_the_text_leaves_out() -> None:
    text = "Senator Aziz arrived on Monday. Aziz said the road was open."
    article = replace(article_of_text("t", text), headline="Rana Aziz Says The Road Is Open")
    assert [speaker.name for _, speaker in speakers(text, article)] == ["Rana Aziz"]
