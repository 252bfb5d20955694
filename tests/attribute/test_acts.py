"""What a cue does, and its flags."""

from __future__ import annotations

import pytest

from onrecord.attribute.acts import act_of, flags_of, forms_of
from onrecord.attribute.tables import sections
from onrecord.model import Act


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", Act.SAYS),
        ("told", Act.SAYS),
        ("according to", Act.SAYS),
        (None, Act.SAYS),
        ("frobnicated", Act.SAYS),
        ("claims", Act.CLAIMS),
        ("has denied", Act.DENIES),
        ("confirmed", Act.CONFIRMS),
        ("admitted", Act.ADMITS),
        ("warned", Act.WARNS),
        ("accused", Act.ACCUSES),
        ("slammed", Act.CRITICISES),
        ("praising", Act.PRAISES),
        ("promised", Act.PROMISES),
        ("threatened to", Act.THREATENS),
        ("called for", Act.DEMANDS),
        ("called", Act.SAYS),
        ("asked", Act.ASKS),
        ("suggests", Act.SUGGESTS),
        ("is expected", Act.PREDICTS),
        ("reported", Act.REPORTS),
        ("thought", Act.THINKS),
        ("hopes", Act.HOPES),
        ("wanted", Act.WANTS),
        ("knew", Act.KNOWS),
        ("expressed concern", Act.FEELS),
        ("decided", Act.DECIDES),
        ("refused to confirm", Act.CONFIRMS),
        ("refused", Act.DENIES),
    ],
)
def test_a_cue_has_the_act_of_its_strongest_word(cue: str | None, act: Act) -> None:
    assert act_of(cue) is act


@pytest.mark.parametrize(
    ("cue", "flags"),
    [
        ("said", ()),
        (None, ()),
        ("did not say", ("negated",)),
        ("didn’t say", ("negated",)),
        ("refused to confirm", ("negated",)),
        ("may say", ("modal",)),
        ("will announce", ("future",)),
        ("would not say", ("negated", "modal")),
        ("reportedly said", ("reportedly",)),
    ],
)
def test_flags_name_negation_mood_and_tense(cue: str | None, flags: tuple[str, ...]) -> None:
    assert flags_of(cue) == flags


def test_the_table_has_every_act_and_no_other_section() -> None:
    assert {name for name in sections("acts") if name} == set(Act)


@pytest.mark.parametrize(
    ("lemma", "form"), [("deny", "denied"), ("urge", "urging"), ("stress", "stresses"), ("tell", "told")]
)
def test_forms_follow_the_rules_of_spelling(lemma: str, form: str) -> None:
    assert form in forms_of(lemma)
