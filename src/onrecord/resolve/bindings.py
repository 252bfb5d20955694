"""Where an article itself says that two names are one: "Full Name (FN)", "X, also known as Y".

Nothing else may join an acronym to its expansion, or a nom de guerre to a name: the letters fit too many names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.resolve.pairing import initials_match

_WORD = r"[A-ZÀ-Þ](?:[\w’'&-]|\.(?=\w))*"
_LINK = (
    r"(?:of|for|the|and|in|to|on|de|du|des|la|le|et|al|el|ul|bin|ibn|e|i|y|&|against|without|with|und|für|der|di|da)"
)
_NAME = rf"{_WORD}(?:[ -](?:{_LINK}[ -]){{0,3}}{_WORD}){{0,11}}"
_BRACKET = re.compile(rf"({_NAME}),? \((?:the |or |known as )?([A-Z][A-Za-z.\-]{{0,7}}[A-Z.])\)")
_TURNED = re.compile(rf"\b([A-Z]{{2,8}}) \(({_NAME})\)")
_ALIAS = re.compile(
    rf"({_NAME}),? (?:(?:who is|who was|is|was) )?(?:also|better|commonly|widely|popularly|formerly) known as ({_NAME})"
    rf"|({_NAME}),? (?:whose real name is|whose nom de guerre is|whose given name is|real name) ({_NAME})"
)
_LONGEST = 160  # characters of a name


@dataclass(frozen=True, slots=True)
class Binding:
    """Two names that an article says are one."""

    name: str  # the full name
    other: str  # its acronym, or the other name
    acronym: bool


def bindings_of(text: str) -> Iterator[Binding]:
    """Yield what one article's text binds together."""
    for found in _BRACKET.finditer(text):
        letters = found[2].replace(".", "")
        if found[2][1:2] == "-" or found[1].isupper():  # a party and a state: (R-AZ); a dateline: WASHINGTON (AP)
            continue
        if sum(letter.isupper() for letter in letters) > 1:
            yield Binding(_expansion(found[1], letters), found[2], True)
    for found in _TURNED.finditer(text):
        if initials_match(found[1].lower(), found[2].lower().replace("-", " ").split()):
            yield Binding(found[2], found[1], True)
    for found in _ALIAS.finditer(text):
        one, other = (found[1], found[2]) if found[1] else (found[4], found[3])
        if max(len(one), len(other)) <= _LONGEST:
            yield Binding(one, other, False)


def count_bindings(texts: Iterable[str]) -> Counter[Binding]:
    """Return in how many texts each binding stands."""
    counted: Counter[Binding] = Counter()
    for text in texts:
        if text:
            counted.update(set(bindings_of(text)))
    return counted


def _expansion(name: str, letters: str) -> str:
    """Return the end of a run of names that the letters stand for; the whole run where they are no initials of it.

    "He met Syrian Observatory for Human Rights (SOHR)" has one word too many in front.
    """
    words = name[-_LONGEST:].split(" ")
    plain = letters.lower()
    for start in range(len(words)):
        tail = [word.lower() for word in " ".join(words[start:]).replace("-", " ").split()]
        if tail[0][0] == plain[0] and initials_match(plain, tail):
            return " ".join(words[start:])
    return " ".join(words)
