"""What the name of an element says of a picture's words: its class and the like, in the languages of many content systems."""

from __future__ import annotations

import re
from functools import lru_cache

PLAIN, CAPTION, CREDIT, SIGNED, HIDDEN, NOT_OURS = range(6)  # signed: a credit inside of what is called one

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PICTURE = re.compile(r"ima?ge?|photo|foto|pic|media|bild|fig|gallery|lead|hero|thum|featured|slide")
_SAYS_CREDIT = re.compile(
    r"credit|copyright|photograph(?:er|by)|fotogra[fp]|attribution|courtesy|quelle|bildnachweis|zdroj|fuente|urheber|"
    r"rechte|kuvaaja|kreditering|holder|distributor|provider|rightsholder|^(?:source|sources|src|agency|rights|"
    r"kilde|bron|firma|owner|lic|licence|license)$"
)
_SAYS_CAPTION = re.compile(
    r"caption|legend(?!ary)|bildunter|bildtext|bildinfo|infotext|leyenda|didascalia|undertext|bijschrift|zoomtext|^cap$"
)
_SAYS_WRITER = re.compile(r"^(?:authors?|autor(?:en|es)?|auteur|byline|by|creator|signature|writer|contributor)$")
_SAYS_TEXT = re.compile(r"^(?:desc|description|beschreibung|text|txt|title|info|pie|footer|sub)$")
_SAYS_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|h?-?off-?screen|is[_-]blind|a11y-hidden|u-hidden|"
    r"assistive|toggle-caption|hide-caption)(?:$|[\s_-])",
    re.I,
)
_NOT_SAID = re.compile(
    r"(?:text|font|typo|mdc|has|with|no|show|is|sc|css|jsx)[-_]", re.I
)  # how it looks, what stands in it


@lru_cache(maxsize=20_000)
def role_of(tag: str, said: str) -> int:
    """Return what an element is for a picture, from its tag and from what its class and the like say.

    Of a compound name the last word that says something counts: "media-caption__source" is a credit.
    """
    if _SAYS_HIDDEN.search(said):
        return HIDDEN
    found = {_role_of_name(name): name for name in said.split()}
    both = CREDIT in found and CAPTION in found and not found[CREDIT].startswith(found[CAPTION])
    if both and _SAYS_CAPTION.search(found[CAPTION].lower()):
        return CAPTION  # "image__caption attribution": its text says what of it is the credit
    for role in (CREDIT, CAPTION, NOT_OURS):
        if role in found:
            return CREDIT if role == NOT_OURS and tag == "figcaption" else role
    return CAPTION if tag == "figcaption" else CREDIT if tag == "cite" else PLAIN


def _role_of_name(name: str) -> int:
    if _NOT_SAID.match(name):
        return PLAIN
    role, picture = PLAIN, False
    for part in _WORD.findall(name):
        word = part.lower()
        if len(word) < 4 and f"-{part}-" not in f"-{name.replace('_', '-')}-":
            continue  # three letters of a name that a machine made
        if _SAYS_CREDIT.search(word):
            role = CREDIT
        elif _SAYS_CAPTION.search(word):
            role = CAPTION
        elif _SAYS_WRITER.match(word):
            role = CREDIT if picture or role == CAPTION else NOT_OURS
        elif picture and role == PLAIN and _SAYS_TEXT.match(word):
            role = CAPTION
        picture = picture or bool(_PICTURE.match(word))
    return role
