"""The headline: which of a page's wordings is its own."""

from __future__ import annotations

import pytest

from onrecord.extract import headline

CLAIM = "Harbour: Ferries stop after pier damage"


@pytest.mark.parametrize(
    ("h1", "linked", "og", "title", "meant"),
    [
        ("Harbour : Ferries stop after pier damage", CLAIM, None, None, CLAIM),
        ("Weather - Ferries stop after pier damage", None, CLAIM, None, "Ferries stop after pier damage"),
        ("Weather - Ferries stop after pier damage", None, "Weather - Ferries stop after pier damage", None, None),
        (None, "Harbour - Ferries stop after pier damage", CLAIM, f"{CLAIM} | The Courier", CLAIM),
        (
            None,
            None,
            None,
            "Ferries stop after pier damage | Holmvik, Bay | Local - Bay",
            "Ferries stop after pier damage",
        ),
    ],
)
def test_the_wording_of_a_headline(
    h1: str | None, linked: str | None, og: str | None, title: str | None, meant: str | None
) -> None:
    found, _ = headline.find([h1] if h1 else [], linked=linked, og=og, title=title, site=None)
    assert found == (meant or h1)
