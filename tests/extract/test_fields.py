"""Tables of what pages print and what it means."""

from __future__ import annotations

import pytest

from onrecord.extract import address, captions, dateline, dates, headline, language
from onrecord.extract.authors import names_in
from onrecord.extract.decode import decode


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("2016-03-08T09:30:00+0100", "2016-03-08T09:30:00+01:00"),
        ("2016-03-08 09:30", "2016-03-08T09:30"),
        ("Tue, 08 Mar 2016 09:30:00 GMT", "2016-03-08T09:30:00+00:00"),
        ("March 8, 2016 at 9:30 p.m. EST", "2016-03-08T21:30-05:00"),
        ("8. März 2016, 09:30 Uhr", "2016-03-08T09:30"),
        ("08.03.2016", "2016-03-08"),
        ("8 de marzo de 2016", "2016-03-08"),
        ("8 мая 2016", "2016-05-08"),
        ("8 مارس 2016", "2016-03-08"),
        ("2016年3月8日 9時30分", "2016-03-08T09:30"),
        ("1457425800", "2016-03-08T08:30:00+00:00"),
        ("March 2016", "2016-03"),
        ("2016", "2016"),
        ("2016-13-40", None),
        ("in a fortnight", None),
    ],
)
def test_dates_are_as_precise_as_the_page(printed: str, meant: str | None) -> None:
    assert dates.parse(printed) == meant


TEXT = "The harbour was closed on Monday after the storm."


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Beirut – ", "Beirut"),
        ("LONDON (Reuters) - ", "LONDON"),
        ("GAZA CITY, Feb 3 (AFP) — ", "GAZA CITY"),
        ("KABUL, Afghanistan (AP) — ", "KABUL, Afghanistan"),
        ("Holmvik (dpa) - ", "Holmvik"),
        ("London (CNN) ", "London"),
        ("UPDATE – ", None),
        ("Monday – ", None),
        ("Anna Berg – ", None),
        ("", None),
    ],
)
def test_datelines_are_cut_and_nothing_else_is(head: str, place: str | None) -> None:
    found = dateline.split(head + TEXT)
    assert (found.place if found else None) == place
    if found:
        assert found.rest == TEXT


@pytest.mark.parametrize(
    ("head", "others", "place"),
    [
        ("Dar Holmen – ", ["The ferries that lie in Dar Holmen stayed there."], "Dar Holmen"),
        ("Anna Berg – ", ["The letter went to Anna Berg, of whom more was heard from Anna Berg."], None),
        ("دار هولمن - ", ["بقيت السفن في دار هولمن."], "دار هولمن"),
        ("دار هولمن - ", [], None),
        ("Dar Holmen, Evening Lantern - ", [], "Dar Holmen"),
        ("EVENING LANTERN - ", [], None),
    ],
)
def test_a_place_that_no_list_knows_is_one_where_text_or_outlet_say_so(
    head: str, others: list[str], place: str | None
) -> None:
    found = dateline.split(head + TEXT, others, {"evening lantern"})
    assert (found.place if found else None) == place


@pytest.mark.parametrize(
    ("printed", "text", "credit", "taken"),
    [
        ("Boats lie in the bay. REUTERS/Petra Lind", "Boats lie in the bay.", "REUTERS/Petra Lind", None),
        ("Boats lie in the bay. (Photo: Petra Lind/AFP)", "Boats lie in the bay.", "Petra Lind/AFP", None),
        ("Boote in der Bucht. Foto: Petra Lind/dpa", "Boote in der Bucht.", "Petra Lind/dpa", None),
        (
            "Boats lie in the bay. | Petra Lind/PA via Getty Images",
            "Boats lie in the bay.",
            "Petra Lind/PA via Getty Images",
            None,
        ),
        ("© Petra Lind", None, "Petra Lind", None),
        (
            "Boats in the bay, May 3, 2016. Picture taken May 3, 2016. AP/Petra Lind",
            "Boats in the bay, May 3, 2016.",
            "AP/Petra Lind",
            "2016-05-03",
        ),
        ("Boats lie in the bay (left).", "Boats lie in the bay (left).", None, None),
    ],
)
def test_captions_are_taken_apart(printed: str, text: str | None, credit: str | None, taken: str | None) -> None:
    assert captions.take_apart(printed) == (text, credit, taken)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Ines Falk and Tom Brandt", ("Ines Falk", "Tom Brandt")),
        ("Von Ines Falk", ("Ines Falk",)),
        ("By Ines Falk, March 8, 2016", ("Ines Falk",)),
        ("By admin", ()),
        ("By The Associated Press", ("The Associated Press",)),
    ],
)
def test_bylines_give_names(printed: str, names: tuple[str, ...]) -> None:
    assert names_in(printed)[: len(names) or 1] == names


@pytest.mark.parametrize(
    ("claimed", "captured", "kept"),
    [
        (None, "https://www.courier.example/a?utm_source=x&id=3#top", "https://www.courier.example/a?id=3"),
        ("https://www.courier.example/a/amp/", None, "https://www.courier.example/a"),
        ("https://www.courier.example/", "https://www.courier.example/a", "https://www.courier.example/a"),
        ("/a", "https://m.courier.example/a?print=1", "https://www.courier.example/a"),
        (None, "https://web.archive.org/web/2016id_/https://courier.example/a", "https://courier.example/a"),
        (None, "https://courier.example/a?output=amp", "https://courier.example/a"),
        (None, None, None),
        ("http://[broken", None, None),
    ],
)
def test_versions_of_a_page_share_an_address(claimed: str | None, captured: str | None, kept: str | None) -> None:
    assert address.canonical(claimed, captured) == kept


def test_headline_is_what_an_h1_confirms() -> None:
    found = headline.find(
        ["The Courier", "Ferries stop after pier damage"],
        linked=None,
        og="Ferries stop after pier damage | The Courier",
        title=None,
        site="The Courier",
    )
    assert found == ("Ferries stop after pier damage", "h1")


def test_site_is_cut_from_a_title_only_behind_a_bar() -> None:
    assert headline.without_site("Ferries stop - The Courier", "The Courier") == "Ferries stop"
    assert headline.without_site("Ferries stop after the storm", "The Courier") == "Ferries stop after the storm"


@pytest.mark.parametrize(
    ("body", "declared", "text", "name"),
    [
        ("Zürich".encode(), None, "Zürich", "utf-8"),
        ("Zürich “heute”".encode("cp1252"), "iso-8859-1", "Zürich “heute”", "cp1252"),
        (
            ("<html dir=rtl>" + "قال الرئيس إن المدينة كانت في حالة جيدة").encode("cp1256"),
            None,
            "<html dir=rtl>قال الرئيس إن المدينة كانت في حالة جيدة",
            "cp1256",
        ),
        (b"\xef\xbb\xbfabc", "latin-1", "abc", "utf-8"),
        *(
            (text.encode(name), declared, text, name)
            for text, name, declared in (
                ("Жители города рассказали журналистам, что ночью были слышны взрывы в порту.", "koi8-r", None),
                ("居民告诉记者，夜里听到了爆炸声。双方已就停火达成协议，谈判将于下周继续进行。", "gb18030", None),
                ("주민들은 밤에 폭발음을 들었다고 기자들에게 말했다. 회담은 다음 주에도 계속된다.", "cp949", None),
                (
                    "Mieszkańcy mówili, że nie jest to koniec, a żołnierze są już na moście i w porcie od nocy.",
                    "cp1250",
                    None,
                ),
                ("Los vecinos dijeron que oyeron una explosión en la noche y que no hubo daños.", "cp1252", None),
                ("وقال سكان المدينة إنهم سمعوا انفجارات في الليل قرب الميناء القديم", "iso8859-6", "iso-8859-6"),
                ("وقال سكان المدينة إنهم سمعوا انفجارات في الليل قرب الميناء القديم", "cp1256", "iso-8859-6"),
            )
        ),
        (
            "Zürich, Köln, Genève ".encode() + "Orléans".encode("cp1252"),
            None,
            "Zürich, Köln, Genève Orléans",
            "utf-8+cp1252",
        ),
    ],
)
def test_bytes_are_read_in_the_encoding_they_have(body: bytes, declared: str | None, text: str, name: str) -> None:
    assert decode(body, declared) == (text, name)


def test_language_is_detected_and_the_page_may_be_wrong() -> None:
    german = "Die Reederei teilte mit, dass die Fähre nicht mehr fahren werde und auch der Hafen für Wochen zu ist."
    assert language.detect(german, "en") == "de"
    assert language.detect("قال الرئيس إن المدينة كانت في حالة جيدة بعد هذا", None) == "ar"
    assert language.detect("", None) is None
