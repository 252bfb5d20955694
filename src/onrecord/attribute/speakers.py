"""Who is said to have said it, as far as the article tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import UNKNOWN_SPEAKER, Article, Attribution, Speaker, SpeakerType, cut

_NAME = re.compile(r"[^\W\d_a-z][\w.'\u2019-]*(?: (?:[^\W\d_a-z][\w.'\u2019-]*|al|bin|de|van|von))*")


def read_speakers(article: Article, attributions: Sequence[Attribution]) -> list[Speaker]:
    """Return the speaker of each attribution."""
    return [_read(article.text, row) for row in attributions]


def _read(text: str, row: Attribution) -> Speaker:
    words = cut(text, row.source)
    if not words:
        return UNKNOWN_SPEAKER
    names = [match.group() for match in _NAME.finditer(words) if " " in match.group() or match.start() > 0]
    if not names:
        return Speaker(name=None, type=None, description=words)
    return Speaker(name=names[0], type=SpeakerType.PERSON, why="the words of the source")
