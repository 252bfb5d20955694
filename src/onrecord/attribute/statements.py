"""From an article to its statements: the attributor's spans, then kinds, acts, speakers and chains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from typing import cast

from onrecord.attribute.acts import act_of, flags_of
from onrecord.attribute.hearsay import chains, nested
from onrecord.attribute.kinds import kind_of
from onrecord.attribute.rules import RuleAttributor, said_by
from onrecord.attribute.scene import Scene, set_scene
from onrecord.attribute.speakers import read_speakers
from onrecord.attribute.told import told_to
from onrecord.model import Article, Attribution, Spans, Speaker, Statement, cut, statement_id, text_digest
from onrecord.stages import Attributor


def read_statements(article: Article, *, attributor: Attributor | None = None) -> tuple[Statement, ...]:
    """Return the statements of an article in the order of the text.

    Args:
        article: any article; its text may be empty or in any language.
        attributor: who finds the spans; the default one when left out.
    """
    return read_many([article], attributor=attributor)[0]


def read_many(articles: Sequence[Article], *, attributor: Attributor | None = None) -> list[tuple[Statement, ...]]:
    """Return the statements of each article; the same as one by one, but the model works on whole batches."""
    chosen = attributor or default_attributor()
    found = chosen.attribute([article.text for article in articles])
    found = [_with_said_by(article.text, rows) for article, rows in zip(articles, found, strict=True)]
    return [make_statements(article, rows) for article, rows in zip(articles, found, strict=True)]


def _with_said_by(text: str, rows: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """Add what "as revealed by S" says, where nothing that was found touches it."""
    more = [
        one
        for one in said_by(text)
        if not any(_touch(one.cue, row.cue) or _touch(one.content, row.content) for row in rows)
    ]
    return (*rows, *more)


def _touch(some: Spans, others: Spans) -> bool:
    return any(start < stop and begin < end for start, end in some for begin, stop in others)


def make_statements(article: Article, attributions: Iterable[Attribution]) -> tuple[Statement, ...]:
    """Return the statements that these attributions make in this article, and those nested inside their contents."""
    found = list(attributions)
    text = article.text
    inner = nested(text, found)
    rows = sorted([*found, *inner], key=lambda row: (row.content, row.cue, row.source))
    if not rows:
        return ()
    scene = set_scene(article)
    speakers = read_speakers(scene, rows)
    passed = chains(rows, speakers)
    statements = [_statement(scene, *three) for three in zip(rows, speakers, passed, strict=True)]
    only_chained = {id(row) for row in inner}
    return tuple(one for one, row in zip(statements, rows, strict=True) if one.via or id(row) not in only_chained)


def _statement(scene: Scene, row: Attribution, speaker: Speaker, via: tuple[Speaker, ...]) -> Statement:
    """One attribution as a record."""
    article, text = scene.article, scene.text
    cue = cut(text, row.cue) or None
    return Statement(
        id=statement_id(article.id, article.revision, row.source, row.cue, row.content),
        article_id=article.id,
        revision=article.revision,
        source=row.source,
        cue=row.cue,
        content=row.content,
        kind=kind_of(text, scene.quotations, row.content),
        act=act_of(cue),
        speaker=speaker,
        words=cut(text, row.content),
        cue_words=cue,
        told_to=told_to(text, scene.sentence_at(row.cue[0][0]), row.cue, row.content) if row.cue else None,
        via=via,
        flags=flags_of(cue),
        confidence=row.confidence * speaker.confidence,
    )


def article_of_text(name: str, text: str) -> Article:
    """Return a text without a page as an article, so that it can be read like one; offsets stay those of the text."""
    return Article(id=name, capture_id="", url=None, headline=None, text=text, text_digest=text_digest(text))


@lru_cache(maxsize=2)
def attributor_named(name: str) -> Attributor:
    """Return the attributor that the setting names: ``model`` (rules while no model file is there) or ``rules``.

    It is made once a process.
    """
    if name == "model" and files("onrecord.attribute").joinpath("model").is_dir():
        return cast(Attributor, import_module("onrecord.attribute.tagger").ModelAttributor())
    return RuleAttributor()


def default_attributor() -> Attributor:
    """Return the attributor that the settings name."""
    from onrecord.settings import load

    return attributor_named(load().attributor)
