"""Copies: what repeats what. The texts are our own."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Copy
from onrecord.resolve import copies, lineage
from onrecord.resolve.candidates import COMMONEST, Marks, candidates
from onrecord.resolve.fingerprints import fingerprint, packed, unpacked

DAM = [
    "The governor of Velmar province closed the Lower Tarn dam on Tuesday after a crack was found in its spillway.",
    "Some 4,300 people in six villages below the dam were told to leave their homes before nightfall.",
    '"We would rather be blamed for haste than for a flood," the governor, Ilse Marrin, told reporters in Tessen.',
    "The crack is eleven metres long and was noticed by a fisherman, the water authority said.",
    "Opposition councillors accused the province of having ignored two inspection reports since March.",
    "The authority denied that, saying that both reports had called the structure sound.",
    "Buses took the evacuated families to a school in Tessen, where the army set up field kitchens.",
    "Rain is forecast for Thursday, and the reservoir stands at 93 per cent.",
]
STRIKE = [
    "Dockers at Port Anselm walked out on Monday and said they would not return before a wage offer was made.",
    "The harbour company called the strike unlawful and asked a court for an order against the union.",
    '"Nobody in this hall has had a rise for six years," the shop steward Bram Okoro told the meeting.',
    "Nineteen ships were waiting in the roads by evening, among them two with grain for the northern mills.",
    "The economy minister urged both sides to accept a mediator and offered the services of his office.",
    "Fruit importers warned that cargoes worth millions would rot within the week.",
    "The union has paid strike money to 2,100 members and says that its fund lasts until the end of the month.",
    "A hearing is set for Friday at the commercial court.",
]
# The same meeting of reporters, told by another who was there: own words, the same quotation.
DAM_OTHER = [
    "Families living beneath a cracked dam in Velmar spent the night on classroom floors.",
    '"We would rather be blamed for haste than for a flood," Ilse Marrin told reporters.',
    "Many had brought no more than a blanket, and children asked when they could fetch their cats.",
    "An old miller said he had watched water seep from the wall for years and that no one had listened.",
    "At the market the talk was of little else than compensation.",
    "Shopkeepers complained that nobody had told them how long the road would stay shut.",
]


def article(*sentences: str) -> str:
    return "\n\n".join(sentences)


def compare(*texts: str, dates: tuple[str | None, ...] = ()) -> tuple[Copy, ...]:
    dates = dates or (None,) * len(texts)
    prints = [
        copies.Print(str(i), fingerprint(text), date=date)
        for i, (text, date) in enumerate(zip(texts, dates, strict=True))
    ]
    return lineage.settle(copies.find(prints), {str(i): len(text) for i, text in enumerate(texts)})


@pytest.mark.parametrize(
    ("manner", "text"),
    [
        ("verbatim", article(*DAM)),
        ("cut to its first half", article(*DAM[:4])),
        ("reordered", article(DAM[0], *DAM[4:], *DAM[1:4])),
        ("with a new lead", article("Velmar sleeps badly this week, and with reason.", *DAM)),
        ("with scanning errors", article(*DAM).replace("th", "tb").replace("ill", "iil")),
    ],
)
def test_an_article_printed_again_is_a_copy(manner: str, text: str) -> None:
    found = compare(article(*DAM), text)
    assert [c.relation for c in found] == ["copy"], manner


def test_two_paragraphs_taken_over_are_partial() -> None:
    found = compare(article(*DAM), article(*STRIKE[:5], DAM[3], DAM[4], DAM[5], *STRIKE[5:]))
    assert [c.relation for c in found] == ["partial"]


def test_reports_of_one_event_with_the_same_quotation_are_independent() -> None:
    assert compare(article(*DAM), article(*DAM_OTHER)) == ()


def test_reports_of_different_events_are_independent() -> None:
    assert compare(article(*DAM), article(*STRIKE)) == ()


def test_an_article_merged_from_two_belongs_to_both_and_chains_them_not() -> None:
    merged = article(*DAM[:5], *STRIKE[:5])
    found = compare(article(*DAM), article(*STRIKE), merged)
    assert {(c.a, c.b, c.relation) for c in found} == {("0", "2", "partial"), ("1", "2", "partial")}
    assert lineage.families(found) == ()


def test_a_short_article_inside_a_merged_one_does_not_chain() -> None:
    merged = article(*DAM[:4], *STRIKE[:4])
    found = compare(article(*DAM[:4]), article(*STRIKE), merged)
    assert lineage.families(found) == ()


def test_copies_of_one_original_are_one_family() -> None:
    found = compare(article(*DAM), article(*DAM[:6]), article(*DAM[2:]), article(*STRIKE))
    assert lineage.families(found) == (("0", "1", "2"),)


def test_the_earlier_print_is_the_original() -> None:
    (found,) = compare(article(*DAM), article(*DAM), dates=("2009-05-04", "2009-05-03"))
    assert found.direction == "1"
    assert found.why is not None
    assert "printed first" in found.why


def test_without_dates_the_longer_text_is_the_original() -> None:
    (found,) = compare(article(*DAM[:4]), article(*DAM))
    assert found.direction == "1"


def test_a_longer_text_with_a_lead_of_its_own_is_not_taken_for_the_original() -> None:
    (found,) = compare(article(*DAM[:6]), article("Velmar sleeps badly this week.", *DAM[:6], "Nobody knows more yet."))
    assert found.direction is None


def test_an_original_that_cannot_be_told_is_not_guessed() -> None:
    (found,) = compare(article(*DAM), article(*DAM))
    assert found.direction is None


def test_an_agency_that_is_credited_is_the_original() -> None:
    prints = [
        copies.Print("a", fingerprint(article(*DAM)), outlet="Chronicle", agency="Meridian", date="2009-05-03"),
        copies.Print("b", fingerprint(article(*DAM)), outlet="Meridian News Agency", date="2009-05-04"),
    ]
    (found,) = copies.find(prints)
    assert found.direction == "b"


def test_passages_are_the_places_of_the_shared_text_in_both() -> None:
    text, other = article(*DAM), article(*STRIKE[:4], *DAM[2:5], *STRIKE[4:])
    (found,) = compare(text, other)
    (passage,) = found.passages
    assert text[slice(*passage.a)] == other[slice(*passage.b)] == article(*DAM[2:5])


def test_a_footer_that_every_article_has_is_no_copy() -> None:
    footer = (
        "Reporting for this page is paid for by readers who subscribe to the Chronicle and by nobody else, and "
        "letters to the editor reach us at the house on Quay Street where we have worked since the paper was founded."
    )
    names = random.Random(5)
    texts = [
        article(
            *(" ".join(str(names.randrange(10**6)) for _ in range(15)) + "." for _ in range(5)),
            footer,
            footer + " Thanks.",
        )
        for _ in range(12)
    ]
    assert compare(*texts) == ()


def test_a_report_that_hundreds_print_is_one_family() -> None:
    prints = [copies.Print(str(i), fingerprint(article(*DAM, f"Page {i}."))) for i in range(60)]
    (family,) = lineage.families(copies.find(prints))
    assert len(family) == 60


def test_what_two_articles_share_does_not_depend_on_the_others() -> None:
    pair = [copies.Print("a", fingerprint(article(*DAM))), copies.Print("b", fingerprint(article(*STRIKE[:3], *DAM)))]
    others = [copies.Print(str(i), fingerprint(article(*DAM[: i + 2]))) for i in range(5)]
    assert copies.find(pair)[0] in copies.find([*pair, *others])


def test_meetings_over_common_keys_that_are_left_out_are_counted() -> None:
    found = candidates(Marks.of(fingerprint(article(*DAM)) for _ in range(COMMONEST + 2)))
    assert found.common > 0
    assert found.left_out > 0
    assert candidates(Marks.of(fingerprint(article(*DAM)) for _ in range(COMMONEST))).left_out == 0


def test_a_packed_fingerprint_is_the_same_when_unpacked() -> None:
    made = fingerprint(article(*DAM))
    again = unpacked(packed(made))
    for name in ("words", "quoted", "starts", "spans"):
        assert (getattr(again, name) == getattr(made, name)).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_texts_can_be_compared(texts: list[str]) -> None:
    for copy in compare(*texts):
        for passage in copy.passages:
            assert texts[int(copy.a)][slice(*passage.a)].strip()
            assert texts[int(copy.b)][slice(*passage.b)].strip()
