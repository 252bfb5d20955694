"""From forms and judgements to sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from onrecord.model import Judgement, Source, Speaker, SpeakerType
from onrecord.resolve import keeping
from onrecord.resolve.bindings import bindings_of
from onrecord.resolve.clusters import Edge, cluster
from onrecord.resolve.forms import collect, form_key
from onrecord.resolve.judgements import standing
from onrecord.resolve.prepare import prepare
from onrecord.resolve.sources import Resolution, settle

Said = tuple[str, str, dict[str, Any]]  # article, name, more


def _shard(said: list[Said], texts: dict[str, str] | None = None) -> tuple[pa.Table, pa.Table]:
    rows = []
    for number, (article, name, more) in enumerate(said):
        speaker = {
            "name": name, "type": "person", "role": None, "organisation": None, "description": None, **more,
        }  # fmt: skip
        rows.append({"id": f"s{number}", "article_id": article, "act": "says", "speaker": speaker})
    articles = sorted({article for article, _, _ in said} | set(texts or {}))
    return pa.Table.from_pylist(rows), pa.Table.from_pylist(
        [
            {"id": id, "site": "The Post", "published": f"20{10 + place % 10}-01-01", "text": (texts or {}).get(id, "")}
            for place, id in enumerate(articles)
        ]
    )


def _resolve(said: list[Said], judgements: list[Judgement] | None = None, **texts: str) -> Resolution:
    return settle(prepare(collect([_shard(said, texts)])), judgements or [])


def _judge(verb: str, subject: str, object: str | None = None, basis: str | None = None, id: str = "j1") -> Judgement:
    return Judgement(id, verb, subject, object, "Mona", "2020-01-01", "", basis)


def _named(resolution: Resolution) -> dict[str, Source]:
    return {source.name: source for source in resolution.sources()}


def _one(resolution: Resolution, *names: str, type: str = "person") -> bool:
    return len({resolution.of_form(name, type) for name in names}) == 1


RAMI: list[Said] = [("a1", "Rami Abdulrahman", {}), ("a2", "Rami Abdulrahman", {}), ("a3", "Rami Abdel Rahman", {})]


def test_spellings_become_one_source_called_by_the_most_frequent() -> None:
    found = _named(_resolve(RAMI))
    assert [(v.words, v.count) for v in found["Rami Abdulrahman"].variants] == [
        ("Rami Abdulrahman", 2),
        ("Rami Abdel Rahman", 1),
    ]


def test_a_source_has_a_life() -> None:
    said: list[Said] = [
        ("a1", "Rami Abdulrahman", {"role": "director", "organisation": "the Observatory"}),
        ("a2", "Rami Abdel Rahman", {"role": "director"}),
        ("a3", "Rami Abdulrahman", {"role": "activist"}),
    ]
    (life,) = _resolve(said).sources()
    assert [(role.words, role.count, role.first, role.last) for role in life.roles] == [
        ("director", 2, "2010-01-01", "2011-01-01"),
        ("activist", 1, "2012-01-01", "2012-01-01"),
    ]
    assert (life.statements, life.first, life.last) == (3, "2010-01-01", "2012-01-01")
    assert life.outlets[0].words == "The Post"


def test_an_id_stays_when_articles_are_added_and_another_spelling_leads() -> None:
    before = _resolve(RAMI).of_form("Rami Abdulrahman", "person")
    new: Said = ("a4", "Rami Abdel Rahman", {})
    more = [new, new, new]
    after = _resolve(RAMI + more).of_form("Rami Abdulrahman", "person")
    assert before
    assert after
    assert before.id == after.id
    assert after.name == "Rami Abdel Rahman"


def test_sources_that_sound_alike_have_ids_of_their_own() -> None:
    said: list[Said] = [("a1", "Mahmoud Salem", {}), ("a2", "Mohammed Salem", {})]
    assert len({head.id for head in _resolve(said).heads}) == 2


def test_a_short_form_joins_neither_of_two_that_contradict_each_other() -> None:
    said: list[Said] = [
        ("a1", "Salim Hassan Idris", {}), ("a2", "Salim Karim Idris", {}), ("a3", "Salim Idris", {}),
    ]  # fmt: skip
    assert len(_named(_resolve(said))) == 3


def test_what_contradicts_is_never_joined_through_a_third() -> None:
    scores = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.01}
    edges = [Edge(a, b, score) for (a, b), score in scores.items() if score > 0.5]
    home = cluster(3, edges, lambda a, b: scores[min(a, b), max(a, b)], weight=[5, 5, 5])
    assert home[0] != home[2]


def test_people_and_organisations_and_the_unnamed_stay_apart() -> None:
    said: list[Said] = [
        ("a1", "Wagner", {}),
        ("a2", "Wagner", {"type": "organisation"}),
        ("a3", None, {"type": "anonymous", "description": "A senior official"}),  # type: ignore[list-item]
        ("a4", None, {"type": "anonymous", "description": "a  senior official"}),  # type: ignore[list-item]
        ("a5", "Wagner", {"type": "anonymous", "description": "wagner"}),
        ("a6", None, {"description": "he"}),  # type: ignore[list-item]
    ]
    sources = list(_resolve(said).sources())
    assert sorted((source.type, source.name, source.statements) for source in sources) == [
        ("anonymous", "senior official", 2),
        ("anonymous", "wagner", 1),
        ("organisation", "Wagner", 1),
        ("person", "Wagner", 1),
    ]


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("they", False), ("Some of them", False), ("his lawyer", False), ("one of his aides", False),
        ("both governments", False), ("others", False), ("you", False),
        ("a senior security official", True), ("Shelter workers", True), ("the others’ lawyer", True), ("itsy", True),
    ],
)  # fmt: skip
def test_whom_only_its_own_article_knows_is_no_source(words: str, known: bool) -> None:
    for type in ("anonymous", "group", "generic", "document"):
        said: list[Said] = [("a1", None, {"type": type, "description": words})]  # type: ignore[list-item]
        assert bool(_named(_resolve(said))) is known


def test_an_acronym_joins_its_expansion_only_where_an_article_binds_them() -> None:
    kind = {"type": "organisation"}
    said: list[Said] = [("a1", "Syrian Observatory for Human Rights", kind), ("a2", "SOHR", kind)]
    both = ("Syrian Observatory for Human Rights", "SOHR")
    assert not _one(_resolve(said), *both, type="organisation")
    bound = "Activists of the Syrian Observatory for Human Rights (SOHR) counted nine."
    assert _one(_resolve(said, a1=bound), *both, type="organisation")


def test_an_acronym_of_two_meanings_joins_neither() -> None:
    kind = {"type": "organisation"}
    said: list[Said] = [
        ("a1", "Syrian National Council", kind), ("a2", "Syrian National Coalition", kind), ("a3", "SNC", kind),
    ]  # fmt: skip
    found = _resolve(said, a1="the Syrian National Council (SNC) met", a2="the Syrian National Coalition (SNC) met")
    assert len(_named(found)) == 3


def test_a_nom_de_guerre_is_bound_by_an_article() -> None:
    said: list[Said] = [("a1", "Osama Suleiman", {}), ("a2", "Rami Abdulrahman", {})]
    text = "Osama Suleiman, better known as Rami Abdulrahman, spoke from his home."
    assert _one(_resolve(said, a1=text), "Osama Suleiman", "Rami Abdulrahman")
    assert not _one(_resolve(said), "Osama Suleiman", "Rami Abdulrahman")


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("He joined Free Syrian Army (FSA) men.", "Free Syrian Army", "FSA"),
        ("The Kurdistan Workers' Party (PKK) denied it.", "The Kurdistan Workers' Party", "PKK"),
        ("IRGC (Islamic Revolutionary Guard Corps) men", "Islamic Revolutionary Guard Corps", "IRGC"),
        ("Khaled Mansour, known as Abu Omar, left.", "Khaled Mansour", "Abu Omar"),
        ("Khaled Mansour (nom de guerre Abu Omar) left.", "Abu Omar", "Khaled Mansour"),
        ("Dana Haddad (دانا حداد), who heads it, left.", "Dana Haddad", "دانا حداد"),
    ],
)
def test_bindings_are_found_in_texts(text: str, name: str, other: str) -> None:
    assert (name, other) in {(binding.name, binding.other) for binding in bindings_of(text)}


def test_a_party_and_a_state_and_a_dateline_bind_nothing() -> None:
    text = "BEIRUT (AP) The port\n\nNew York (AFP) - Jane Doe (R-AZ) and John Doe (N.H.) said on Monday (Wed) that"
    assert list(bindings_of(text)) == []


def test_what_many_are_tells_nobody_apart() -> None:
    role = {"role": "Vice President"}
    said: list[Said] = [("a1", "Joe Biden", role), ("a2", "Joseph Biden Jr.", role)]
    assert _one(_resolve(said), "Joe Biden", "Joseph Biden Jr.")
    others: list[Said] = [(f"b{n}", f"Name{chr(97 + n)} Biden", role) for n in range(14)]
    others += [(f"c{n}", f"Name{chr(97 + n)} T. Biden", {}) for n in range(14)]
    assert not _one(_resolve(said + others), "Joe Biden", "Joseph Biden Jr.")


def test_a_single_name_joins_the_only_source_that_shares_its_role() -> None:
    said: list[Said] = [
        ("a1", "Barack Obama", {"role": "President"}),
        ("a2", "Michelle Obama", {"role": "First Lady"}),
        ("a3", "Obama", {"role": "President"}),
    ]
    assert _one(_resolve(said), "Obama", "Barack Obama")
    said[2] = ("a3", "Obama", {})
    assert len(_named(_resolve(said))) == 3


def test_a_single_name_never_goes_to_a_small_source_beside_a_great_one() -> None:
    great: list[Said] = [(f"a{number}", "Barack Obama", {}) for number in range(9)]
    small: Said = ("b1", "Michelle Obama", {"role": "speaker at the gala"})
    found = _resolve([*great, small, ("b1", "Obama", {"role": "speaker at the gala"})])
    assert not _one(found, "Obama", "Michelle Obama")


def test_several_speakers_of_one_statement_are_no_spelling_of_one_of_them() -> None:
    said: list[Said] = [("a1", "Rami Haddad", {}), ("a2", "Rami Haddad ; Lina Haddad", {})]
    assert len(_named(_resolve(said))) == 2


def test_a_statement_that_comes_twice_counts_once() -> None:
    shard = _shard(RAMI)
    (source,) = settle(prepare(collect([shard, shard]))).sources()
    assert source.statements == 3


def test_an_empty_archive_has_no_sources() -> None:
    assert list(settle(prepare(collect([]))).sources()) == []


# judgements


def test_same_joins_and_survives_a_rebuild_with_more_articles() -> None:
    said: list[Said] = [("a1", "Osama Suleiman", {}), ("a2", "Rami Abdulrahman", {})]
    plain = _resolve(said)
    ids = [plain.of_form(name, "person") for name in ("Osama Suleiman", "Rami Abdulrahman")]
    assert ids[0]
    assert ids[1]
    judgement = _judge("same", ids[0].id, ids[1].id, "Osama Suleiman | Rami Abdulrahman")
    more = [*said, *RAMI, ("a9", "Ossama Suleiman", {})]
    found = _resolve(more, [judgement])
    assert _one(found, "Osama Suleiman", "Ossama Suleiman", "Rami Abdulrahman", "Rami Abdel Rahman")
    assert found.conflicts == ()


def test_not_the_same_splits() -> None:
    source = _resolve(RAMI).of_form("Rami Abdulrahman", "person")
    assert source
    judgement = _judge("not-same", source.id, source.id, "Rami Abdulrahman | Rami Abdel Rahman")
    assert not _one(_resolve(RAMI, [judgement]), "Rami Abdulrahman", "Rami Abdel Rahman")


def test_the_later_of_two_contrary_judgements_holds_and_undo_brings_the_first_back() -> None:
    source = _resolve(RAMI).of_form("Rami Abdulrahman", "person")
    assert source
    seen = "Rami Abdulrahman | Rami Abdel Rahman"
    apart = _judge("not-same", source.id, source.id, seen)
    together = _judge("same", source.id, source.id, seen, id="j2")
    undo = _judge("undo", source.id, "j2", id="j3")
    again = _judge("undo", source.id, "j3", id="j4")
    assert _one(_resolve(RAMI, [apart, together]), "Rami Abdulrahman", "Rami Abdel Rahman")
    assert not _one(_resolve(RAMI, [apart, together, undo]), "Rami Abdulrahman", "Rami Abdel Rahman")
    assert standing([apart, together, undo, again]) == (apart, together)


def test_a_judgement_whose_object_has_gone_is_reported() -> None:
    judgements = [
        _judge("same", "0000", "1111", "Nobody | Noone"),
        _judge("rename", "0000", "X", id="j2"),
        _judge("wrong-speaker", "s99", "Rami Abdulrahman", id="j3"),
        _judge("not-a-statement", "s99", id="j4"),
    ]
    found = _resolve(RAMI, judgements)
    assert [conflict.judgement.id for conflict in found.conflicts] == ["j1", "j2", "j3", "j4"]
    assert "no longer has" in found.conflicts[0].reason


def test_a_person_and_an_organisation_are_not_joined_even_when_told() -> None:
    said: list[Said] = [("a1", "Fethullah Gulen", {}), ("a2", "Gulen movement", {"type": "organisation"})]
    found = _resolve(said, [_judge("same", "x", "y", "Fethullah Gulen | Gulen movement")])
    assert len(_named(found)) == 2
    assert "person" in found.conflicts[0].reason


def test_rename_wrong_speaker_withhold_and_not_a_statement() -> None:
    said: list[Said] = [*RAMI, ("a4", "Lina Haddad", {}), ("a5", "Lina Haddad", {})]
    source = _resolve(said).of_form("Rami Abdulrahman", "person")
    assert source
    judgements = [
        _judge("rename", source.id, "Rami A.", id="1"),
        _judge("wrong-speaker", "s0", "Lina Haddad", id="2"),
        _judge("not-a-statement", "s4", id="3"),
        _judge("wrong-speaker", "s1", "Never Quoted", id="4"),
    ]
    found = _named(_resolve(said, judgements))
    counts = {name: source.statements for name, source in found.items()}
    assert counts == {"Rami A.": 1, "Lina Haddad": 2, "Never Quoted": 1}
    assert source.id == found["Rami A."].id
    assert "Rami A." not in _named(_resolve(said, [*judgements, _judge("withhold", source.id, id="5")]))


@pytest.mark.parametrize(
    "speaker",
    [
        Speaker("Rami  Haddad ", SpeakerType.PERSON),
        Speaker(None, SpeakerType.ANONYMOUS, description="The\nSENIOR  official "),
        Speaker(None, SpeakerType.GROUP, description="Some residents"),
        Speaker("Residents", SpeakerType.GROUP, description="the residents"),
        Speaker(None, SpeakerType.DOCUMENT, description="A report"),
        Speaker(None, SpeakerType.GENERIC, description="one"),
        Speaker("One", SpeakerType.GENERIC),
        Speaker(None, SpeakerType.PERSON, description="he"),
        Speaker(None, SpeakerType.GROUP, description="They"),
        Speaker(None, SpeakerType.ANONYMOUS, description="some of them"),
        Speaker(None, SpeakerType.GROUP, description="Both governments"),
        Speaker("Our Harbour", SpeakerType.GROUP, description="Our Harbour"),
        Speaker("", SpeakerType.ORGANISATION),
    ],
)
def test_a_form_is_found_again_by_its_key(speaker: Speaker) -> None:
    more = {"type": str(speaker.type), "description": speaker.description}
    forms = collect([_shard([("a1", speaker.name, more)])]).forms  # type: ignore[list-item]
    key = form_key(speaker.name, speaker.type, speaker.description)
    found = list(zip(forms["type"].to_pylist(), forms["words"].to_pylist(), strict=True))
    assert found == ([key] if key else [])


def test_groundwork_that_was_kept_gives_the_same_sources(tmp_path: Path) -> None:
    said: list[Said] = [*RAMI, ("a4", "Obama", {"role": "President"}), ("a5", "Barack Obama", {"role": "President"})]
    ground = prepare(collect([_shard(said)]))
    keeping.save(ground, tmp_path / "ground")
    kept = keeping.load(tmp_path / "ground")
    assert kept is not None
    judgement = _judge("not-same", "x", "y", "Rami Abdulrahman | Rami Abdel Rahman")
    for judgements in ([], [judgement]):
        assert list(settle(kept, judgements).sources()) == list(settle(ground, judgements).sources())
    (tmp_path / "ground" / "edges.arrow").write_bytes(b"damaged")
    assert keeping.load(tmp_path / "ground") is None
