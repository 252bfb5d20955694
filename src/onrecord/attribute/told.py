"""To whom, or through which channel, something was said: an outlet, a listener, an interview, a statement, a social network.

Only the sentence of the cue is read, without the content, and only the forms of :data:`_FORMS` count. A listener that is a
pronoun tells a reader nothing and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.attribute.naming import DEMONYMS, PLACES
from onrecord.attribute.tables import words
from onrecord.model import Span, Spans

_PART = r"[A-Z][\w&-]*(?:\.\w[\w.]*)?(?:['\u2019](?!s\b)\w+)*"
_NAME = rf"(?:the |a |an )?(?:{_PART}|\d+)(?:(?: of| for| and| on|['\u2019]s)? (?:the )?{_PART})*"
_LISTENER = rf"(?:{_NAME}|(?:the |a |an |his |her |their |its )?(?:[\w-]+ ){{0,3}}?{{head}})"
_HEADS = "|".join(sorted(words("nouns", "listener"), key=len, reverse=True))
_WHO = _LISTENER.replace("{head}", rf"(?:{_HEADS})\b")
_NETWORKS = "Twitter|Facebook|Instagram|YouTube|Telegram|WhatsApp|Snapchat|LinkedIn|Reddit|Weibo|TikTok|Periscope|Truth Social|Medium"
_CHANNELS = (
    "statement|press release|news release|news conference|press conference|letter|e-?mail|memo|speech|blog post|post|op-ed|"
    "telephone interview|phone interview|interview|video"
)
_FORMS = (
    re.compile(rf"\b(?:told|tells|telling|tell|informed|assured|reassured|reminded|warned|emailed)\s+(?P<to>{_WHO})"),
    re.compile(rf"\binterview(?:s|ed)?\b[^,.;]{{0,40}}?\b(?:with|by|on|for|to)\s+(?P<to>{_NAME})"),
    re.compile(rf"\b(?:in|during)\s+(?:an?|the|his|her)\s+(?P<to>{_NAME})\s+interview\b"),
    re.compile(rf"\btestif(?:ied|ies|ying|y)\b[^,.;]{{0,30}}?\b(?:before|to|in front of)\s+(?P<to>{_WHO})"),
    re.compile(rf"\b(?:statement|email|e-mail|letter|memo|message|note)s?\s+to\s+(?P<to>{_WHO})"),
    re.compile(
        rf"\b(?:speaking|spoke|talking|talked|addressing|said|says|say|confirmed|announced|explained|complained)\s+to\s+(?P<to>{_WHO})"
    ),
    re.compile(rf"\b(?:on|via|through|over)\s+(?:his\s+|her\s+|their\s+|its\s+|the\s+)?(?P<to>{_NETWORKS})\b"),
    re.compile(r"\b(?P<to>tweet)(?:ed|s|ing)?\b", re.IGNORECASE),
    re.compile(rf"\b(?:in|for)\s+an?\s+(?:op-ed|article|essay|column|piece)\s+(?:in|for)\s+(?P<to>{_NAME})"),
    re.compile(rf"\b(?:said|says|appeared|appearing|speaking|interviewed)\b[^,.;]{{0,25}}?\bon\s+(?P<to>{_NAME})"),
    re.compile(rf"\bin\s+(?:a|an|his|her|their|its|the)\s+(?:[\w-]+\s+){{0,3}}?(?P<to>{_CHANNELS})\b"),
)
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
)
_TAIL = re.compile(r"\s+(?:on|in|at)?\s*(?:" + _DAY.pattern + r")\b.*$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LONGEST = 700  # characters of a sentence that are read


def told_to(text: str, sentence: Span, cue: Spans, content: Spans) -> str | None:
    """Return the outlet, listener or channel that the sentence of a cue names outside the content.

    Args:
        text: the whole text.
        sentence: where the sentence of the cue begins and ends.
        cue: the cue.
        content: what was said, which is not read.
    """
    if not cue:
        return None
    begin = max(sentence[0], cue[0][0] - _LONGEST // 2)
    end = min(sentence[1], cue[-1][1] + _LONGEST // 2)
    outside = " | ".join(_without(text, (begin, end), content))
    if "said" not in outside and not _HINT.search(outside):
        return None
    for form in _FORMS:
        found = form.search(outside)
        if found:
            words_ = _TAIL.sub("", found.group("to")).strip()
            if words_.lower() == "tweet":
                return "Twitter"
            if words_ and not _DAY.fullmatch(words_) and words_ not in DEMONYMS | PLACES:
                return _ARTICLE.sub("", words_)
    return None


_HINT = re.compile(
    r"\b(?:told|tell|interview|testif|statement|to\b|on\b|tweet|in a|in an|speaking|letter|email|warned|assured|reminded|informed)",
    re.IGNORECASE,
)


def _without(text: str, stretch: Span, content: Iterable[Span]) -> list[str]:
    """The pieces of a stretch that no content covers."""
    pieces: list[str] = []
    at = stretch[0]
    for start, end in sorted(content):
        if start > at:
            pieces.append(text[at : min(start, stretch[1])])
        at = max(at, end)
        if at >= stretch[1]:
            break
    if at < stretch[1]:
        pieces.append(text[at : stretch[1]])
    return [piece for piece in pieces if piece]
