"""What the input says beside a page wins, and WordPress posts become articles with their pictures."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from onrecord.cli.extract import command
from onrecord.extract import extract
from onrecord.model import Article, Capture, Page, digest, text_digest

POST = (
    '[caption id="attachment_77" align="alignnone"]<img src="/pier.jpg" /> The closed pier. Photo: Jonas Ardal/AFP[/caption]\n\n'
    "The ferry company said on Tuesday that it would stop all crossings until the pier has been repaired.\n\n"
    "Islanders disagree, and several fishermen said that the pier had been unsafe for at least three winters."
)


def found(text: str, media: str, *fields: tuple[str, str]) -> Article:
    body = text.encode()
    answer = extract(Page(Capture("c", "f", media, digest(body), len(body)), body, fields))
    assert isinstance(answer, Article), answer
    return answer


def test_wordpress_shortcodes_become_pictures() -> None:
    article = found(
        POST,
        "record",
        ("format", "wordpress"),
        ("headline", "Ferries stop"),
        ("authors", "ifalk"),
        ("published", "2016-03-08T09:30:00"),
    )
    assert article.headline == "Ferries stop"
    assert len(article.paragraphs) == 2
    (picture,) = article.pictures
    assert (picture.id, picture.caption, picture.credit) == ("77", "The closed pier.", "Jonas Ardal/AFP")
    assert dict(article.provenance)["headline"] == "input"


def test_an_address_on_a_line_of_its_own_is_no_text_of_a_post() -> None:
    embedded = f"{POST}\n\n[embed]http://film.example/7[/embed]\n\nhttps://short.example/status/9\n\nSee http://a.example/b for the plan."
    article = found(embedded, "record", ("format", "wordpress"))
    assert article.paragraphs[2:] == ("See http://a.example/b for the plan.",)


def test_a_record_keeps_its_paragraphs_and_fields() -> None:
    article = found(
        "First paragraph of it.\n\nSecond  paragraph\u00ad of it.",
        "record",
        ("headline", "Title"),
        ("tags", "a"),
        ("tags", "b"),
    )
    assert article.text == "First paragraph of it.\n\nSecond paragraph of it."
    assert article.text_digest == text_digest(article.text)
    assert article.tags == ("a", "b")


def test_command_prints_the_contract(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<html><body><h1>Ferries stop</h1><p>{POST[-100:]}</p><p>{POST[-200:]}</p></body></html>", "utf-8")
    result = CliRunner().invoke(command, [str(file)])
    assert result.exit_code == 0
    row = json.loads(result.output)
    assert list(row) == [
        "id", "url", "headline", "authors", "published", "modified", "dateline", "section", "site", "language",
        "agency", "paragraphs", "pictures", "skip",
    ]  # fmt: skip
    assert row["id"] == str(file)
    assert row["skip"] is None


def test_command_prints_a_skip_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "gone.html"
    file.write_text(
        "<html><head><title>404 - not found</title></head><body><h1>Page not found</h1></body></html>", "utf-8"
    )
    row = json.loads(CliRunner().invoke(command, [str(file)]).output)
    assert row["skip"] == {"stage": "extract", "reason": "not an article: soft 404"}
