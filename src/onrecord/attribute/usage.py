"""What the text around a name says of it: a person ("X, who", "singer X"), or no person ("the X", "in X.", "X, which").

Two capitalised words that no list knows look like a person whether they are one or not. How the article uses them tells.
"""

from __future__ import annotations

import re

from onrecord.attribute.naming import COURTESY, KIN, ROLES, TITLES, Mention
from onrecord.attribute.sources import ORGANISATIONS

_REACH = 60  # characters on each side that are read
_WHO = re.compile(
    r"(?:,? who\b|, (?:aged? )?\d{1,3}[,.]| \(\d{1,3}\)| (?:him|her)self\b"
    r"|['\u2019]s? (?:" + "|".join(sorted(KIN)) + r")\b)"
)
_APPOSED = re.compile(
    r", (?:an?|the|who(?: is| was)? an?) (?:[\w'\u2019-]+ ){0,4}?([a-z-]+)(?=[,.]| (?:of|in|for|at|from|with)\b)"
)
_WHICH = re.compile(r"(?:,? which\b|,? (?:Inc|Corp|Ltd|LLC|PLC|plc|Co)\b)")
_ENDS = re.compile(
    r"(?:\Z|[,.;:!?)\"\u201d\n]|['\u2019]s? |\s(?:is|was|are|were|has|had|have|said|says|say|will|would|can|could|of|in|on|"
    r"and|or|to|for|at|that|by|with|from|as|but|reported|told|also|who|which)\b)"
)
_THE = re.compile(r"\b[Tt]he \Z")
_IN = re.compile(
    r"\b(?:in|near|across|throughout|inside|outside|into|northern|southern|eastern|western|central) \Z", re.IGNORECASE
)
_OPENING, _CLOSING = ('"', "\u201c", "\u2018", "''"), ('"', "\u201d", "\u2019 ", "''", ',"', ",\u201d")
_NOUN = re.compile(r"([a-z][a-z-]+) ['\"\u201c\u2018]?\Z")


def use_of(text: str, mention: Mention) -> int:
    """Return 1 where a name is used as a person's, -1 where as that of a thing or a place, 0 where nothing tells."""
    if mention.title:
        return 1
    before = text[max(0, mention.begin - _REACH) : mention.begin]
    after = text[mention.end : mention.end + _REACH]
    if _WHICH.match(after):
        return -1
    if _WHO.match(after):
        return 1
    for noun in (_NOUN.search(before), _APPOSED.match(after)):
        if noun and (said := _kind_of(noun.group(1))):
            return said
    if len(mention.words) > 1 and before.endswith(_OPENING) and after.startswith(_CLOSING):
        return -1  # a title of a work
    return -1 if _ENDS.match(after) and (_THE.search(before) or _IN.search(before)) else 0


def _kind_of(noun: str) -> int:
    """1 for a noun of persons, -1 for one of organisations, 0 for one of both ("publisher") or of neither."""
    human = noun in ROLES or noun in TITLES or noun in KIN or noun in COURTESY
    return human - (noun in ORGANISATIONS)
