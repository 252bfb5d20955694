"""Claims and their independent origins. The statements are our own."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from onrecord.model import Act, Article, Claim, Copy, Judgement, Kind, Passage, Speaker, SpeakerType, Statement
from onrecord.resolve import links
from onrecord.resolve.accounts import Change, differences, drift
from onrecord.resolve.claims import claims as find
from onrecord.resolve.dependence import Reuse
from onrecord.resolve.links import CONTRARY, SAME, UTTERANCE, Line, Link
from onrecord.resolve.neighbours import FEW, bag, neighbours
from onrecord.resolve.origins import Ties, origins
from onrecord.resolve.phrasing import Told, speaker_key
from onrecord.resolve.ragged import Ragged

CRACK = "that the crack in the Lower Tarn spillway was found by a fisherman in March"


def line(
    id: str, name: str | None, words: str = CRACK, day: int = 1, article: str | None = None, **more: object
) -> Line:
    told = Told(
        words, name, f"2009-05-{day:02}", f"Paper {id}", f"{name or 'Someone'} said {words}.", speaker_key(name)
    )
    made = Line(id, article or f"article {id}", told, name, (0, len(words)))
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


def described(id: str, words: str, type: SpeakerType = SpeakerType.GENERIC) -> Line:
    made = line(id, words, type=type)
    return dataclasses.replace(made, told=dataclasses.replace(made.told, source=None))


def count(
    lines: list[Line], links: Sequence[Link] = (), copies: Sequence[Copy] = (), *judgements: Judgement
) -> list[list[str]]:
    found, _ = origins(lines, links, Reuse.of(copies), Ties.of(judgements))
    return sorted(sorted(origin.statements) for origin in found)


def test_two_named_speakers_are_two_origins() -> None:
    assert count([line("a", "Ilse Marrin"), line("b", "Bram Okoro")]) == [["a"], ["b"]]


def test_one_speaker_twice_is_one_origin() -> None:
    assert count([line("a", "Ilse Marrin"), line("b", "Ms. Marrin", day=9)]) == [["a", "b"]]


def test_statements_of_copies_are_one_origin() -> None:
    copy = Copy("article a", "article b", "copy", "article a", 1.0, 1.0)
    assert count([line("a", "Ilse Marrin"), line("b", "an official")], [], [copy]) == [["a", "b"]]


def test_a_passage_taken_over_joins_only_what_stands_in_it() -> None:
    passage = Passage((0, 200), (0, 200))
    copy = Copy("article a", "article b", "partial", "article a", 0.4, 0.4, (passage,))
    inside, outside = line("b", "Bram Okoro"), line("c", "Dana Veld", article="article b", span=(300, 340))
    apart = dataclasses.replace(outside, article="article b")
    assert count([line("a", "Ilse Marrin"), inside], [], [copy]) == [["a", "b"]]
    assert count([line("a", "Ilse Marrin"), apart], [], [copy]) == [["a"], ["c"]]


def test_one_saying_by_a_speaker_called_otherwise_is_one_origin() -> None:
    lines = [line("a", "Ilse Marrin"), line("b", "the governor")]
    assert count(lines, [Link("a", "b", UTTERANCE, 0.9)]) == [["a", "b"]]


def test_who_passes_on_what_another_said_adds_no_origin() -> None:
    assert count([line("a", "Ilse Marrin"), line("b", "Bram Okoro", via=("Ilse Marrin",))]) == [["a", "b"]]


def test_who_speaks_for_another_adds_no_origin() -> None:
    mayor = line("a", "Bram Okoro", type=SpeakerType.PERSON)
    aides = line("b", "aides to Mr. Okoro", type=SpeakerType.GROUP)
    manager = line("c", "Ilse Marrin", type=SpeakerType.PERSON, organisation="Okoro campaign")
    brother = line("d", "Teo Okoro", type=SpeakerType.PERSON)
    assert count([mayor, aides]) == [["a", "b"]]
    assert count([mayor, manager]) == [["a", "c"]]
    assert count([mayor, dataclasses.replace(brother, told=dataclasses.replace(brother.told, source="teo"))]) == [
        ["a"],
        ["d"],
    ]


def test_the_head_of_a_body_and_the_body_are_one_origin() -> None:
    body = line("a", "Harbour Board", type=SpeakerType.ORGANISATION)
    head = line("b", "Ilse Marrin", type=SpeakerType.PERSON, organisation="Harbour Board")
    assert count([body, head]) == [["a", "b"]]
    assert count([body, described("c", "the board")]) == [["a", "c"]]


def test_who_tells_what_another_said_adds_no_origin() -> None:
    mayor = line("a", "Bram Okoro", type=SpeakerType.PERSON)
    told_so = line("b", "the Herald", f"that Bram Okoro told reporters {CRACK}", type=SpeakerType.ORGANISATION)
    backs = line("c", "Ilse Marrin", "that Bram Okoro must close the spillway", type=SpeakerType.PERSON)
    assert count([mayor, told_so]) == [["a", "b"]]
    assert count([mayor, backs]) == [["a"], ["c"]]


def test_who_is_not_named_adds_no_origin() -> None:
    named, other = line("a", "Ilse Marrin", day=2), line("b", "Bram Okoro", day=3)
    unnamed = line("c", None, day=1)
    assert count([unnamed, named, other]) == [["a", "c"], ["b"]]
    assert count([unnamed, line("d", None, day=2)]) == [["c", "d"]]
    assert count([named, described("e", "she and another pilot")]) == [["a", "e"]]


def test_what_a_document_shows_and_a_body_reports_is_one_origin() -> None:
    paper = line("a", "the leaked letter", type=SpeakerType.DOCUMENT)
    assert count([paper, line("b", "Tarn Herald", type=SpeakerType.ORGANISATION)]) == [["a", "b"]]
    assert count([paper, line("c", "Ilse Marrin", type=SpeakerType.PERSON)]) == [["a"], ["c"]]


def test_an_origin_of_somebody_who_is_only_described_says_so() -> None:
    lines = [line("a", "Ilse Marrin"), described("b", "an engineer", SpeakerType.ANONYMOUS)]
    (named, other), _ = origins(lines, (), Reuse.of(()), Ties())
    assert named.why == "Ilse Marrin: 1 print, 1 utterance, first 2009-05-01 in Paper a"
    assert other.why.endswith("in Paper b; who says it is not named, so it may be one of the others")


def test_an_agency_that_names_nobody_is_one_origin_with_its_own_reports() -> None:
    unnamed = line("b", None, agency="Meridian")
    assert count([line("a", "Ilse Marrin", agency="Meridian"), unnamed]) == [["a", "b"]]
    assert count([line("a", "Ilse Marrin", agency="Meridian"), line("b", "Bram Okoro", agency="Meridian")]) == [
        ["a"],
        ["b"],
    ]


def test_a_curator_joins_and_parts_origins() -> None:
    lines = [line("a", "Ilse Marrin"), line("b", "Bram Okoro"), line("c", "Ilse Marrin")]
    same = Judgement("1", "not-independent", "a", "b")
    assert count(lines, [], [], same) == [["a", "b", "c"]]
    assert count(lines, [], [], same, Judgement("2", "independent", "a", "b")) == [["a", "c"], ["b"]]
    assert count(lines, [], [], Judgement("3", "independent", "a", "c")) == [["a"], ["b"], ["c"]]


def test_the_count_comes_with_its_reasoning() -> None:
    lines = [line(str(i), "Ilse Marrin", agency="Meridian", day=i) for i in (1, 2, 3)] + [
        line("9", "Bram Okoro", day=9)
    ]
    found, why = origins(lines, [Link("1", "2", UTTERANCE, 1.0)], Reuse.of(()), Ties())
    counted, _, reason = why.partition("; ")
    assert counted == "4 prints, 3 utterances, 2 origins: Ilse Marrin (3 prints through Meridian), Bram Okoro"
    assert reason == "counted apart because no speaker, saying, copied text or hearsay is common to them"
    counted, _, reason = found[0].why.partition("; ")
    assert counted == "Ilse Marrin: 3 prints through Meridian, 2 utterances, first 2009-05-01 in Paper 1"
    assert reason == "one origin: one saying, one speaker"
    assert found[1].why == "Bram Okoro: 1 print, 1 utterance, first 2009-05-09 in Paper 9"


def build(lines: list[Line], found: list[Link], *judgements: Judgement) -> tuple[Claim, ...]:
    return find({one.id: one for one in lines}, found, (), judgements)


def test_a_claim_is_a_star_and_no_chain() -> None:
    lines = [line(id, f"Speaker {id.upper()}", day=day) for day, id in enumerate("abcde", 1)]
    links = [Link(x, y, SAME, 0.8) for x, y in ("ab", "bc", "cd", "de")]
    groups = sorted(claim.statements for claim in build(lines, links))
    assert groups == [("a", "b", "c"), ("d", "e")]


def test_a_denial_stands_beside_the_claim() -> None:
    lines = [line("a", "Ilse Marrin"), line("b", "Bram Okoro", day=2), line("c", "Dana Veld", day=3)]
    found = build(lines, [Link("a", "b", SAME, 0.8), Link("a", "c", CONTRARY, 0.1)])
    assert [(claim.statements, claim.contrary) for claim in found] == [(("a", "b"), ("c",)), (("c",), ("a",))]
    assert found[0].first == "a"


def test_a_curator_joins_and_parts_claims() -> None:
    lines = [line(id, f"Speaker {id.upper()}") for id in "abc"]
    links = [Link("a", "b", SAME, 0.8)]
    (joined,) = build(lines, links, Judgement("1", "same-claim", "a", "c"))
    assert joined.statements == ("a", "b", "c")
    assert build(lines, links, Judgement("1", "not-same-claim", "b", "a")) == ()


def test_statements_with_rare_words_in_common_are_neighbours() -> None:
    texts = [
        CRACK,
        "a fisherman found the crack in the Lower Tarn spillway",
        "that the loaf would cost a dinar by spring",
    ]
    bags = Ragged.of(bag(text) for text in texts)
    assert neighbours(bags, np.zeros(3, np.int64)).pairs.tolist() == [[0, 1]]


def test_the_same_words_of_one_speaker_are_one_utterance() -> None:
    assert links.find([line("a", "Ilse Marrin"), line("b", "Ilse Marrin", day=2)]) == (Link("a", "b", UTTERANCE, 1.0),)


def test_statements_of_one_article_are_not_compared() -> None:
    assert links.find([line("a", "Ilse Marrin", article="x"), line("b", "Bram Okoro", article="x")]) == ()


def test_that_no_comment_was_made_is_no_claim() -> None:
    silent = [line(id, name, "to respond to a request for comment") for id, name in (("a", "Ilse Marrin"), ("b", "Bo"))]
    assert links.find(silent) == ()


def test_a_pronoun_is_no_name() -> None:
    article = Article("x", "c", None, None, f"You said {CRACK}.", "d")
    spans = (((0, 3),), ((4, 8),), ((9, 9 + len(CRACK)),))
    statement = Statement("s", "x", "d", *spans, Kind.INDIRECT, Act.SAYS, Speaker(None, None), CRACK)
    (made,) = links.lines(article, [statement], {})
    assert made.name is None


def test_of_a_key_that_many_have_each_meets_those_printed_next() -> None:
    bags = Ragged.of(bag(CRACK) for _ in range(FEW + 1))
    found = neighbours(bags, np.arange(FEW + 1)[::-1])
    assert [0, 1] in found.pairs.tolist()
    assert [0, FEW] not in found.pairs.tolist()
    assert found.left_out > 0


def test_accounts_differ_in_numbers_names_and_negation() -> None:
    found = differences("that 14 people died in Port Anselm", "that 40 people never died in Port Tarn")
    assert [(d.kind, d.a, d.b) for d in found] == [
        ("number", ("14",), ("40",)),
        ("name", ("Anselm",), ("Tarn",)),
        ("negation", (), ("never",)),
    ]
    assert differences(CRACK, CRACK) == ()


def test_drift_marks_the_changed_words() -> None:
    assert drift("We will never leave this hall", "“We will not leave the hall”") == (
        Change("never", "not"),
        Change("this", "the"),
    )


def test_the_words_of_a_claim_are_those_of_its_centre() -> None:
    lines = [line("a", "A Ax", "one"), line("b", "B Bo", "two"), line("c", "C Co", "three")]
    (found,) = build(lines, [Link("b", "a", SAME, 0.7), Link("b", "c", SAME, 0.7)])
    assert found.words == "two"
