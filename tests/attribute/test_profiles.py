"""Role and organisation of a named person, in the forms that news English has."""

from __future__ import annotations

import pytest

from onrecord.attribute.entities import Entities
from onrecord.attribute.mentions import find_mentions
from onrecord.attribute.profiles import choose, facts_of
from onrecord.attribute.statements import article_of_text, attributor_named, read_statements
from onrecord.model import SpeakerType


def profile(text: str, name: str) -> tuple[str | None, str | None]:
    entities = Entities(text, find_mentions(text))
    person = next(one for one in entities.all if one.name == name and one.type is SpeakerType.PERSON)
    return choose(facts_of(entities, person))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Harbour Observatory for Human Rights Director Rana Aziz spoke.",
            ("Director", "Harbour Observatory for Human Rights"),
        ),
        ("Delta Bank CEO Rana Aziz spoke.", ("CEO", "Delta Bank")),
        ("Harbour campaign manager Rana Aziz spoke.", ("campaign manager", "Harbour campaign")),
        ("The Harbour Foundation's director, Rana Aziz, spoke.", ("director", "Harbour Foundation")),
        ("Rana Aziz, director of the Harbour Institute, spoke.", ("director", "Harbour Institute")),
        ("Rana Aziz, an activist in the Holm campaign, spoke.", ("activist", "Holm campaign")),
        ("Rana Aziz, an activist in “Bread for Delta” Campaign, spoke.", ("activist", "Bread for Delta Campaign")),
        ("Rana Aziz, 54, a professor of law at Delta University, spoke.", ("professor", "Delta University")),
        (
            "Rana Aziz, executive vice president of the Harbour Institute, spoke.",
            ("executive vice president", "Harbour Institute"),
        ),
        ("Rana Aziz, who leads the Harbour Institute, spoke.", ("leader", "Harbour Institute")),
        ("It was said by member of Delta Post campaign Rana Aziz.", ("member", "Delta Post campaign")),
        ("Harbour spokeswoman Rana Aziz spoke.", ("spokeswoman", "Harbour")),
        ("Senator Rana Aziz (R-Tex.) spoke.", ("Senator", "Republican Party")),
        ("Rep. Rana Aziz, D-Ohio, spoke.", ("Rep.", "Democratic Party")),
        ("Republican nominee Rana Aziz spoke.", ("Republican nominee", "Republican Party")),
        ("Rana Aziz of the Harbour Institute spoke.", (None, "Harbour Institute")),
        ("Rana Aziz is the director of the Harbour Institute.", ("director", "Harbour Institute")),
        ("Former Delta Bank president Rana Aziz spoke.", ("former president", "Delta Bank")),
        ("Rana Aziz, a supporter and president of the Harbour Institute, spoke.", ("president", "Harbour Institute")),
        ("House Speaker Rana Aziz spoke.", ("House Speaker", None)),
        ("Delta Foreign Minister Rana Aziz spoke.", ("Foreign Minister", None)),
    ],
)
def test_role_and_organisation_are_read_in_every_form(text: str, wanted: tuple[str | None, str | None]) -> None:
    assert profile(text, "Rana Aziz") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "His sister Rana Aziz spoke.",
        "Omar Said's wife, Rana Aziz, spoke.",
        "Mrs. Rana Aziz spoke.",
        "Rana Aziz spoke to the director.",
    ],
)
def test_family_and_courtesy_are_no_roles(text: str) -> None:
    assert profile(text, "Rana Aziz") == (None, None)


def test_an_office_goes_before_a_vague_word_and_before_a_former_one() -> None:
    text = "Rana Aziz, a Delta native, spoke. Former governor Rana Aziz left. Mayor Rana Aziz stayed."
    assert profile(text, "Rana Aziz")[0] == "Mayor"


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Gallup's Anna Holm said that the figures had been checked.", None, "Gallup"),
        ("Anna Holm, who works on trade at the Harbour Institute, said that it was late.", None, "Harbour Institute"),
        ("A lawyer for the Harbour Institute, Anna Holm, said that it was late.", "lawyer", "Harbour Institute"),
        (
            "The presidential candidates Anna Holm and Omar Said met. Holm said that it was late.",
            "presidential candidate",
            None,
        ),
        ("Indian Defence Minister Anna Holm said that it was late.", "Indian Defence Minister", None),
        (
            "Dr. Anna Holm, an obstetrician at Harbour Hospital, said that it was late.",
            "obstetrician",
            "Harbour Hospital",
        ),
        ("The immunologist Dr. Anna Holm said that it was late.", "immunologist", None),
        ("Anna Holm, 58, told freelance reporter Omar Said that it was late. Holm said it was late.", None, None),
        (
            "Anna Holm, State Department security director, said that it was late.",
            "security director",
            "State Department",
        ),
        ("Gov. Anna Holm (D) said that it was late.", "Gov.", "Democratic Party"),
        ("A Harbour Institute official said that it was late.", "official", "Harbour Institute"),
        ("Anna Holm arrived. Two Holm aides said that it was late.", "aides", "Anna Holm"),
    ],
)
def test_roles_and_organisations_in_the_forms_of_news(text: str, role: str | None, organisation: str | None) -> None:
    speaker = read_statements(article_of_text("t", text), attributor=attributor_named("rules"))[-1].speaker
    assert (speaker.role, speaker.organisation) == (role, organisation)
