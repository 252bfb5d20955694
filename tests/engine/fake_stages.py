"""Stages whose behaviour a page chooses by a word in it; imported by worker processes too."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Sequence

from onrecord.engine.pipeline import Stages
from onrecord.errors import ModelError
from onrecord.model import (
    UNKNOWN_SPEAKER,
    Act,
    Article,
    Kind,
    Page,
    Picture,
    Skip,
    Statement,
    article_id,
    statement_id,
    text_digest,
)
from onrecord.settings import Settings


def make_stages(settings: Settings) -> Stages:
    return Stages(extract, attribute)


def make_no_stages(settings: Settings) -> Stages:
    raise ModelError("the model is missing; install onrecord again")


def make_slow_stages(settings: Settings) -> Stages:
    def slowly(page: Page) -> Article | Skip:
        time.sleep(0.05)
        return extract(page)

    return Stages(slowly, attribute)


def extract(page: Page) -> Article | Skip:
    text = page.body.decode("utf-8", "replace")
    if "KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SPIN" in text:
        while True:
            pass
    if "RAISE" in text:
        raise ValueError("a fault of the stage")
    if "SURROGATE" in text:
        text += "\ud800"
    if "SECTION" in text:
        return Skip("extract", "not an article: section page", page.capture.file)
    return Article(
        id=article_id(page.capture.url or page.capture.digest),
        capture_id=page.capture.id,
        url=page.capture.url,
        headline=text[:20],
        text=text,
        text_digest=text_digest(text),
        pictures=(Picture("1", caption=text[:10]),),
    )


def attribute(articles: Sequence[Article]) -> list[tuple[Statement, ...]]:
    return [tuple(_statements(article)) for article in articles]


def _statements(article: Article) -> list[Statement]:
    if "MUTE" in article.text:
        raise ValueError("a fault of the attributor")
    found = []
    for match in re.finditer(r"\w+ (said) (\w+)", article.text):
        cue, content = (match.span(1),), (match.span(2),)
        found.append(
            Statement(
                id=statement_id(article.id, article.revision, (), cue, content),
                article_id=article.id,
                revision=article.revision,
                source=(),
                cue=cue,
                content=content,
                kind=Kind.INDIRECT,
                act=Act.SAYS,
                speaker=UNKNOWN_SPEAKER,
                words=match[2],
                cue_words="said",
            )
        )
    return found


def make_learning_stages(settings: Settings) -> Stages:
    from onrecord.engine.pipeline import Learning
    from onrecord.extract import count
    from onrecord.extract import extract as whole

    return Stages(whole, attribute, Learning(count, whole))
