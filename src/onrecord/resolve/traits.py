"""What sort of statement it is, as far as its words tell: a poll, a vote, a question left open, a clause; and of which day.

Each is a small fact about one statement that changes what likeness to another means: two polls with other dates are no
contradiction, and two people who will vote for the same candidate say nothing of each other.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

POLL = re.compile(
    r"\b(?:polls?|survey\w*|polling|percent of|majorit\w+|in 10|in five|two-thirds|three-quarters|half of|voters|"
    r"surveyed|respondents)\b",
    re.IGNORECASE,
)
VOTE = re.compile(r"\bvot(?:e|es|ing) (?:for|against|on)\b", re.IGNORECASE)
OPEN = frozenset("whether who what how why if".split())
FINITE = frozenset(
    "is are was were be been has have had will would can could should may might must do does did not".split()
)
CONTRACTED = ("n't", "'s", "'re", "'ll", "'ve", "'d", "'m")
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}|today|yesterday)\b", re.IGNORECASE)


def is_poll(words: str) -> bool:
    """Whether the speaker or the content is about what people answered in a poll."""
    return bool(POLL.search(words))


def is_vote(content: str) -> bool:
    """Whether the content is about how somebody votes, which is each one's own."""
    return bool(VOTE.search(content))


def is_open(own: Sequence[str]) -> bool:
    """Whether the content only names a question ("whether he was there") or has no words."""
    return not own or own[0] in OPEN


def is_clause(own: Sequence[str]) -> bool:
    """Whether the content has a verb that makes it a statement by itself, or is a plan ("to close the dam")."""
    return own[:1] == ("to",) or any(word in FINITE or word.endswith(CONTRACTED) for word in own)


def day_named(around: str, day: int | None) -> int | None:
    """Return the day that the words around name ("on Monday", "yesterday"): the last such before the article's.

    Args:
        around: the words around the content, without the content.
        day: of the article, counted from year 1.
    """
    found = DAY.search(around)
    if day is None or found is None:
        return None
    word = found.group().casefold()
    if word in WEEKDAYS:
        return day - (datetime.date.fromordinal(day).weekday() - WEEKDAYS.index(word)) % 7
    return day - (word == "yesterday")
