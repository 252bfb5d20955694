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
    rf"({_NAME}),? \(?(?:(?:who is|who was|is|was) )?(?:(?:also|better|commonly|widely|popularly|formerly) )?"
    rf"known (?:as|by (?:his|her|the) nom de guerre,?) ({_NAME})"
    rf"|({_NAME}),? \(?(?:whose real name is|whose nom de guerre is|whose given name is|real name|nom de guerre) ({_NAME})"
)
_ARABIC = "[\u0600-\u06ff]+"
_OWN_SCRIPT = re.compile(rf"({_NAME}),? \(({_ARABIC}(?: {_ARABIC}){{0,7}})\)")
_NO_BINDING = re.compile(r"[A-Z]-|[A-Z]\.[A-Z]\.$|[A-Z]\.[a-z]")  # a party and a state: (R-AZ), (N.H.)
_DATELINE = re.compile(r"\s*[-–—:]")  # New York (AFP) -
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
        name, letters = found[1], found[2].replace(".", "")
        if sum(letter.isupper() for letter in letters) < 2 or _NO_BINDING.match(found[2]):
            continue
        expansion = _expansion(name, letters)
        if expansion is None and not name.isupper() and not _DATELINE.match(text, found.end()):
            expansion = name[-_LONGEST:]  # the letters of another language: Kurdistan Workers' Party (PKK)
        if expansion:
            yield Binding(expansion, found[2], True)
    for found in _TURNED.finditer(text):
        if initials_match(found[1].lower(), found[2].lower().replace("-", " ").split()):
            yield Binding(found[2], found[1], True)
    for found in _OWN_SCRIPT.finditer(text):  # Rami Abdulrahman (رامي عبد الرحمن)
        yield Binding(found[1][-_LONGEST:], found[2], False)
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


def _expansion(name: str, letters: str) -> str | None:
    """Return the end of a run of names that the letters are the initials of, if there is one.

    "He met Syrian Observatory for Human Rights (SOHR)" has two words too many in front.
    """
    words = name[-_LONGEST:].split(" ")
    plain = letters.lower()
    for start in range(len(words)):
        tail = [word.lower() for word in " ".join(words[start:]).replace("-", " ").split()]
        if tail and tail[0][0] == plain[0] and initials_match(plain, tail):
            return " ".join(words[start:])
    return None
