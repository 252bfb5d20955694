"""Whom a role belongs to: the organisation or person that stands before it, after it, or was named before it."""

from __future__ import annotations

import re

from onrecord.attribute.entities import Entities, Entity
from onrecord.attribute.naming import DEMONYMS, PLACES, ROLES, Mention
from onrecord.attribute.tables import sections, words
from onrecord.model import SpeakerType

PARTIES = {key: value.replace("_", " ") for key, value in (row.split("=") for row in sections("nouns")["party"])}
ORGANISATION_NOUNS = words("nouns", "organisation")
_DEPARTMENTS = {
    office.replace("_", " "): name.replace("_", " ")
    for office, name in (row.split("=") for row in sections("nouns")["department"])
}
_FOR_A_PERSON = words("nouns", "for-a-person")
_CAMPAIGN = re.compile(
    r"(?<!\w)(?!The |His |Her |A |Its |Their |This |That )([A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})(?:['\u2019]s)? "
    r"(?:presidential |re-election |election )?campaign\b"
)
_OF_CAMPAIGN = re.compile(r"(?:['\u2019]s)? (?:\d{4} )?(?:presidential |re-election |election |insurgent )?campaign\b")
_LINK = re.compile(r"(?<= )(of|for|at|with|in|to|from|on) (the |a |an |his |her |its )?")
_CLAUSE = frozenset(
    "who which that when where while as if he she they it is was were are has had have will would said says than".split()
)
_AND_ROLE = re.compile(r"^(?: [\w-]+){0,3} and (?:[\w-]+ ){0,3}(?:" + "|".join(sorted(ROLES)) + r")\b")
_QUOTED = re.compile(
    '["\u201c\u2018]([A-Z][^"\u201c\u201d\u2019\n,]{2,60})["\u201d\u2019]'
    "( (?:[Cc]ampaign|[Gg]roup|[Mm]ovement|[Nn]etwork|[Pp]roject|[Ii]nitiative))?"
)
_COURTESY = re.compile(r"^(?:Mr|Mrs|Ms|Dr)\. ")
_NOUN = re.compile(r"[\w-]+")
_CAMPAIGN_REACH = 12_000  # characters in which "the campaign" looks for its name
_LINK_REACH = 60  # characters between a role and its organisation: "expert on trade at the Institute"


def party_of(role: str) -> str | None:
    """Return the party that an adjective in the role names: "Republican nominee"."""
    return next((PARTIES[word] for word in role.split() if word in PARTIES and len(word) > 1), None)


def department_of(entities: Entities, role: str) -> str | None:
    """Return the department that an office leads, if the article names it: the Justice Department for its attorney general."""
    name = _DEPARTMENTS.get(role.lower().removeprefix("the "))
    entity = entities.called(name) if name else None
    return entity.name if entity else None


def before(entities: Entities, end: int, possessive: bool, role: str) -> str | None:
    """Return the organisation whose name ends right before a role, or that "the group's" means.

    Args:
        entities: the names of the article.
        end: where the word before the role ends, without 's.
        possessive: whether that word has 's.
        role: the role; a spokesman speaks for a person too, and "campaign" in front of it belongs to the name.
    """
    for mention in entities.within(max(0, end - 90), end):
        if mention.end == end:
            return _name(entities.of(mention), mention, role)
    noun = _last_word(entities.text, end)
    return known(entities, noun, end) if possessive and noun in ORGANISATION_NOUNS else None


def _name(entity: Entity, mention: Mention, role: str) -> str | None:
    if mention.name in PLACES or mention.name in DEMONYMS:
        return None
    if role.lower().startswith("campaign "):
        return f"{entity.name} campaign"
    if entity.type is not SpeakerType.ORGANISATION and not _FOR_A_PERSON & set(role.lower().split()):
        return None
    return entity.name


def after(entities: Entities, start: int, end: int) -> str | None:
    """Return the organisation that follows a role: "of the Institute", "expert on trade at the Institute", "to the campaign".

    Args:
        entities: the names of the article.
        start: where the role ends.
        end: where its phrase ends.
    """
    text = entities.text
    for link in _LINK.finditer(text, start, min(end, start + _LINK_REACH + 10)):
        between = text[start : link.start()]
        if "," in between or len(between) > _LINK_REACH or _AND_ROLE.search(between) or _CLAUSE & set(between.split()):
            return None
        quoted = _QUOTED.match(text, link.end())
        if quoted:
            return "".join(quoted.groups(""))
        name = at(
            entities,
            link.end(),
            person=link.group(1) in ("for", "to", "of"),
            unknown=link.group(1) in ("of", "for", "at"),
        )
        if name:
            return name
        noun = _NOUN.match(text, link.end())
        if noun and link.group(2) == "the " and noun.group().lower() in ORGANISATION_NOUNS:
            return known(entities, noun.group().lower(), start)
    return None


def at(entities: Entities, place: int, *, person: bool = False, unknown: bool = True) -> str | None:
    """Return the organisation whose name begins at a place of the text, or two words after it at most.

    Args:
        entities: the names of the article.
        place: where to look.
        person: whether a person will do: "adviser to Mr. Smith".
        unknown: whether a name of unknown kind will do, which may be a place: not in "a nurse from X".
    """
    for mention in entities.within(max(0, place - 1), place + 40):
        gap = entities.text[place : mention.begin]
        if len(gap.split()) > 2 or any(mark in gap for mark in ',.;:"\u201c'):
            return None
        entity = entities.of(mention)
        if _OF_CAMPAIGN.match(entities.text, mention.end):
            return f"{entity.name} campaign"
        if mention.name in PLACES or mention.name in DEMONYMS:
            return None
        if entity.type is None and not unknown:
            return None
        return entity.name if person or entity.type is not SpeakerType.PERSON else None
    return None


def known(entities: Entities, noun: str, place: int) -> str | None:
    """Return what "the observatory", "the campaign" means: the organisation with that noun in its name that was named last."""
    if noun == "campaign":
        found = _CAMPAIGN.findall(entities.text, max(0, place - _CAMPAIGN_REACH), place)
        if not found:
            found = _CAMPAIGN.findall(entities.text, place, place + _CAMPAIGN_REACH)[:1]
        return f"{_full(entities, found[-1])} campaign" if found else None
    entity = entities.organisation_before(place, noun)
    return entity.name if entity else None


def _full(entities: Entities, name: str) -> str:
    """The fullest name of who is called so: "Mrs. Clinton"."""
    bare = _COURTESY.sub("", name)
    entity = entities.called(bare)
    return entity.name if entity else bare


def _last_word(text: str, end: int) -> str:
    found = _NOUN.findall(text[max(0, end - 24) : end])
    return found[-1].lower() if found else ""
