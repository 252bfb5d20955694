from __future__ import annotations

import pytest

from onrecord.export.citations import Work, bibtex, csl, ris, sentence

WORK = Work(
    id="ab12",
    title="Harbour to stay open",
    permalink="http://127.0.0.1/statement/ab12",
    authors=("Nadia Fares", "Evening Lamp Staff and Agencies Everywhere"),
    site="The Evening Lamp",
    published="2017-04-02T10:00:00Z",
    quote="Nobody will lose a {berth}",
    speaker="Salma Haddad",
)


def test_a_statement_is_cited_with_its_speaker_first() -> None:
    assert sentence(WORK) == (
        "Salma Haddad, cited in Fares, N., & Evening Lamp Staff and Agencies Everywhere (2017, April 2). "
        "Harbour to stay open. The Evening Lamp. http://127.0.0.1/statement/ab12"
    )


@pytest.mark.parametrize(("published", "words"), [(None, "n.d."), ("2017", "2017"), ("2017-04", "2017, April")])
def test_a_date_is_cited_as_precise_as_it_is(published: str | None, words: str) -> None:
    assert sentence(Work("x", "T", "http://h/x", published=published)) == f"T ({words}). http://h/x"


def test_ris_has_one_field_a_line_and_an_end() -> None:
    lines = ris(WORK).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert "AU  - Fares, Nadia" in lines
    assert "DA  - 2017/04/02" in lines
    assert lines[-2:] == ["ER  - ", ""]


def test_bibtex_escapes_what_would_end_a_field() -> None:
    entry = bibtex(WORK)
    assert r"Salma Haddad: Nobody will lose a \{berth\}" in entry
    assert "month = {apr}" in entry
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")


@pytest.mark.parametrize("evil", ["}\n@article{x", "\\input{/etc/passwd}", "a\r\nER  - \r\nTY  - BOOK"])
def test_a_hostile_title_stays_inside_its_field(evil: str) -> None:
    work = Work("x", evil, "http://h/x", authors=(evil,))
    assert ris(work).count("\r\n") == ris(work).count("  - ")
    assert bibtex(work).count("\n@") == 0


def test_csl_json_has_the_names_and_the_date_in_parts() -> None:
    item = csl(WORK)
    assert item["author"] == [
        {"family": "Fares", "given": "Nadia"},
        {"literal": "Evening Lamp Staff and Agencies Everywhere"},
    ]
    assert item["issued"] == {"date-parts": [[2017, 4, 2]]}
