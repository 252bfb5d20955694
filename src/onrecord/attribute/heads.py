"""Which of the names in the words of a source are the source: in "a spokesman for Clinton" none is.

A name is the source where nothing binds it to another noun: no preposition or possessive before it, no noun after it. Names
that "and" joins are sources together.
"""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.attribute.entities import Entities, Entity
from onrecord.attribute.naming import DEMONYMS, ORGANISATION_WORDS, PLACES, ROLES, THINGS, Mention, is_noun
from onrecord.attribute.sources import DOCUMENTS, head_of, singular
from onrecord.model import SpeakerType

_BOUND_BEFORE = re.compile(
    r"(?:\b(?:of|for|from|with|by|to|at|in|on|about|against|under|like|as|than|behind|between|near|via|representing|"
    r"supporting|backing|covering|named after)(?: (?:the|a|an|his|her|its|their|then|former|both|fellow|more|conservative|liberal))*"
    r"|['\u2019]s?)\s*\Z",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"\A(?:['\u2019]s?\s+\w|[-/]\w| (?!and\b|or\b|who\b|which\b|that\b|of\b|at\b|in\b|from\b|for\b|on\b|is\b|was\b|"
    r"himself\b|herself\b|itself\b|also\b|alone\b|both\b|with\b|as\b|has\b|had\b|to\b|&)[\w\u201c\"])"
)
_PREPOSITION = re.compile(r"^[^,]*\b(?:of|for|from|with|by|to|at|in|on|about)\b[^,]*$")
_OUTLET = re.compile(r"[A-Z][\w.]*(?:['\u2019]s|s['\u2019]) \Z")  # "CNN's Jake Tapper"
_THE = re.compile(r"\b[Tt]he \Z")
_CAMEL = re.compile(r"^(?!Mc|Mac|De|Le|La|Van|Di|Du|Fitz)[A-Z][a-z]+[A-Z]")  # "BuzzFeed"
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that|when|where|whether|because|if)\b", re.IGNORECASE)
_AND = re.compile(
    r"(?:['\u2019]s)?(?: \([^()]{1,20}\)| ?, [DRI]-[\w. -]{2,12})?,? (?:and|&|or) (?:the |fellow |former |then-)?(?:[a-z][\w-]+ ){0,3}\Z"
)
_COMMA = re.compile(r"(?: \([^()]{1,20}\))?, (?:[a-z][\w-]+ ){0,3}\Z")


def heads(entities: Entities, start: int, end: int) -> list[Entity]:
    """Return the persons or organisations that the source between these places is; none where it only mentions them."""
    text = entities.text
    _, low, high, _ = head_of(text[start:end])
    clause = _RELATIVE.search(text, start, end)
    stop = clause.start() if clause and clause.start() > start else end
    names = [mention for mention in entities.within(start, stop) if mention.end <= end]
    bound = -1  # where the last name ends that a preposition binds, and those that "and" joins to it
    for number, mention in enumerate(names):
        before = text[max(start, mention.begin - 40) : mention.begin]
        if bound >= 0 and _AND.fullmatch(text, bound, mention.begin):
            bound = mention.end
            continue  # "Representatives for A and B"
        if mention.start > start + high and _PREPOSITION.search(text, start + high, mention.begin):
            break
        if mention.type is SpeakerType.PERSON and _OUTLET.search(before):
            before = ""
        after = text[mention.end : min(end, mention.end + 12)]
        if _BOUND_BEFORE.search(before):
            bound = mention.end
            continue
        if _BOUND_AFTER.match(after) or not _can_speak(entities, mention, (start + low, start + high)):
            continue
        chain = [mention, *_joined(text, names[number + 1 :], mention)]
        return list(dict.fromkeys(_settled(entities, one) for one in chain))
    return []


def _can_speak(entities: Entities, mention: Mention, head: tuple[int, int]) -> bool:
    """Whether the name is one of a speaker: no adjective of nation or party, no document; unknown names only as head."""
    entity = entities.of(mention)
    last = mention.words[-1]
    if (mention.name in DEMONYMS or mention.name.removesuffix("s") in DEMONYMS) and mention.name != "GOP":
        return False
    if entity.type is None:
        if last.lower() in DOCUMENTS or (last in THINGS and mention.name not in PLACES):
            return False
        if len(mention.words) == 1 and singular(last.lower()) in ROLES:
            return False  # "Regulators" at the start of a sentence
        if len(mention.words) == 1 and is_noun(last):
            return False
    return entity.type is not None or (mention.start <= head[0] < mention.end or mention.end == head[1])


def _joined(text: str, names: list[Mention], last: Mention) -> list[Mention]:
    """The names that "and" joins to this one: "A and B", "A, B and C"."""
    chain: list[Mention] = []
    complete = False
    gap, at = "", last.end
    for mention, follower in pairwise([*names, None]):
        assert mention is not None
        gap += text[at : mention.begin]
        at = mention.end
        if follower and text[at : follower.begin] == " ":
            at += 1  # "RNC" in "A and RNC Chairman B"
            continue
        if _AND.match(gap):
            chain.append(mention)
            complete = True
            break
        if not _COMMA.match(gap) or gap.count(" ") > 3:
            break
        chain.append(mention)
        gap = ""
    return chain if complete else []


def _settled(entities: Entities, mention: Mention) -> Entity:
    """The entity of a name that speaks; what is still open is settled: places speak as organisations, other names as persons."""
    entity = entities.of(mention)
    if entity.type is None:
        words = entity.name.split()
        thing = mention.name in PLACES or words[0] in PLACES or words[0] in DEMONYMS or words[-1] in ORGANISATION_WORDS
        thing = (
            thing or entity.thing or _THE.search(entities.text, max(0, mention.begin - 4), mention.begin) is not None
        )
        entity.type = SpeakerType.ORGANISATION if thing or _CAMEL.search(words[0]) else SpeakerType.PERSON
    entity.sure = entity.sure or entity.type is SpeakerType.PERSON
    return entity
