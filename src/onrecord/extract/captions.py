"""A printed caption taken apart: what is shown, whose picture it is, when it was taken."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.extract import dates
from onrecord.extract.clean import fold, tidy


class Caption(NamedTuple):
    """The parts of a caption; ``None`` where the page has none."""

    text: str | None
    credit: str | None
    taken: str | None


_LABEL = (
    r"(?:(?:Photo(?:graph(?:y|er)?)?s?|Image|Picture|Illustration|Graphic|Composite|Video|"
    r"(?:Symbol|Archiv)?[Ff]oto(?:s|grafie|graf)?|Bild(?:er|quelle|rechte|nachweis)?|"
    r"Imagen|Fot\.?|Autor|Zdroj|Kilde|Kuva|Crédits?|Credits?|"
    r"Quelle|Fuente|Source|Source photo|Getty|Copyright|Фото|الصورة|تصوير|写真|Ljósmynd|"
    r"Snímek)(?:\s+(?:credit|by|courtesy(?: of)?|via|source|supplied by|von|de|par|av|"
    r"af|provided by))?s?"
    r"|(?:Credit|Courtesy)(?:\s+(?:of|line))?|(?:By|Courtesy))"
)
_TAKEN = re.compile(
    r"\s*\(?(?:(?:Picture|Photo(?:graph)?|Image|Pictures|File photo|Aufnahme|Foto)\s+(?:was\s+)?(?:taken|"
    r"dated|made|shot|vom|aufgenommen am)|taken)\s+(?:on\s+|in\s+)?(?P<when>[^.()]{4,"
    r"40}?(?:19|20)\d\d)\)?\.?(?=\s|$)"
)
_DATE_IN_TEXT = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2},"
    r"?\s+(?:19|20)\d\d\b|\b\d{1,2}\s+(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December),?\s+(?:19|20)\d\d\b"
)
_AGENCY = (
    r"(?:REUTERS|Reuters|AP(?: Photo)?|AFP|Getty(?: Images)?|EPA(?:-EFE)?|EFE|dpa|DPA|"
    r"picture[- ]alliance|Bloomberg|Anadolu(?: Agency)?|AA|Xinhua|Shutterstock(?:\.com)?|"
    r"iStock(?:photo)?|Alamy|imago(?: images)?|IMAGO|Keystone|KEYSTONE|"
    r"Associated Press|Agence France-Presse|PA(?: Media| Images| Wire)?|Press Association|"
    r"SIPA|Sipa|NurPhoto|ZUMA(?: Press)?|TASS|Kyodo|Jiji|Yonhap|PTI|ANSA|Europa Press|"
    r"NTB|TT|Ritzau(?: Scanpix)?|Scanpix|Corbis|WireImage|USA TODAY Sports|Handout|HANDOUT|"
    r"Pool|"
    r"Unsplash|Pexels|Pixabay|Wikimedia(?: Commons)?|Flickr|Twitter|Facebook|Instagram|"
    r"YouTube|NASA|AAP|CP|Canadian Press|The Canadian Press|Cuartoscuro|ddp|epd|KNA|Abaca|"
    r"LAT Images|Rex|REX|Rex Features|WENN|Splash News)"
)
_LABELLED = re.compile(
    rf"(?:^|(?<=[\s.!?…\"”»)\]]))[\s(\[|/–—-]*(?:©\s*)?{_LABEL}\s*[:：/]\s*(?P<credit>[^()]{{2,120}}?(?:\([^()]{{1,40}}\))?)[)\]]?\s*\.?$"
)
_BY = re.compile(
    r"(?:^|[\s(\[|/])(?:(?:Photo(?:graph)?|Image|Picture|Foto|Illustration)s?\s+(?:by|"
    r"courtesy(?: of)?|credit|via|von)|Courtesy(?: of)?|Credit)\s*[:：]?\s+(?P<credit>[A-Z@][^()]{1,"
    r"100}?)[)\]]?\s*\.?$"
)
_COPY = re.compile(
    r"(?:^|[\s(\[|/–—-])(?:©|\(c\)|\(C\)|Copyright:?)\s*(?:(?:19|20)\d\d\s+)?(?P<credit>[^()©]{2,100}?)[)\]]?\s*\.?$"
)
_IN_BRACKETS = re.compile(r"\s*[(\[](?P<credit>[^()\[\]]{2,110})[)\]]\s*\.?$")
_TRAILING = re.compile(
    rf"(?:(?<=[.!?…\"”»)])\s*|\s+[|–—-]\s*|^)(?P<credit>(?:{_AGENCY}\s*/\s*[\w.'’@ -]{{2,50}}|"
    rf"[\w.'’@& -]{{2,60}}?\s?(?:/|\bvia\b|,)\s?{_AGENCY}(?:\s*(?:/|via)\s*[\w.'’@ -]{{2,40}})*|"
    rf"{_AGENCY}(?:\s*(?:/|via)\s*{_AGENCY})*))\s*\.?$"
)
_ENDED = re.compile(r"[.!?”\"]\s*$")
_BAR = re.compile(
    r"(?:\s+\|\s+|(?<=[.\w”\"])\s+/\s+(?=[A-ZÀ-Ž][\w.'’-]+(?: [A-ZÀ-Ž][\w.'’-]+){1,3}$))(?P<credit>[^|]{2,80})$"
)
_OTHER_LABEL = re.compile(
    r"(?<=[.!?”\"])\s+[^\W\d_]{3,15}:\s+(?P<credit>[A-ZÀ-Ž][\w.'’-]+(?:[ /][A-ZÀ-Ž][\w.'’-]+){0,4})\.?$"
)
_LEAD_LABEL = re.compile(
    r"^(?:Image caption|Bildunterschrift|Bildbeschreibung|Bildlegende|Legende|Caption|"
    r"Légende|Media caption|Image|Photo|Bild|Foto)\s*[:：]?\s+(?=[A-ZÄÖÜ„“\"'])|^(?:Image "
    r"caption|Bildunterschrift)\s*,\s*",
    re.I,
)
_CREDIT_WORDS = re.compile(
    rf"^(?:\W*(?:©|\(c\)|{_LABEL}\s*[:：/])\s*|(?:Photo(?:graph)?|Image|Picture|Foto|Illustration|"
    rf"Video|Bild)s?\s+(?:by|courtesy(?: of)?|credit|via|von)\s*[:：]?\s+|(?:Image source|"
    rf"Image credit|Photo credit|Photo|Foto|Credit|Courtesy of|By)\s*[,:：]?\s+)",
    re.I,
)
_ENLARGE = re.compile(
    r"\s*(?:\bEnlarge (?:this )?image\b|\btoggle caption\b|\bhide caption\b|\bBild vergrößern\b|"
    r"\bVollbild\b|\bVis mer\b|\bClick to enlarge\b|\bOpen image in gallery\b|\bOpen "
    r"Image Modal\b|\bCopy URL\b|\bVer más\b)\s*",
    re.I,
)


def take_apart(text: str | None, printed_credit: str | None = None) -> Caption:
    """Return the parts of a caption.

    Args:
        text: the caption as printed, possibly with its credit at the end.
        printed_credit: the credit, where the page sets it apart.
    """
    text = tidy(_ENLARGE.sub(" ", text or ""))
    credit = clean_credit(printed_credit)
    taken = None
    if credit and text.endswith(tidy(printed_credit or "")):
        text = text[: -len(tidy(printed_credit or ""))].rstrip(" |/–—-([")
    if found := _TAKEN.search(text):
        taken = dates.parse(found["when"])
        text = tidy(text[: found.start()] + " " + text[found.end() :])
    if not credit:
        text, credit = split_credit(text)
    text = _LEAD_LABEL.sub("", text).strip(" |–—-")
    if credit and fold(credit) == fold(text):
        text = ""
    if taken is None and text and (days := _DATE_IN_TEXT.findall(text)) and len(days) == 1:
        taken = dates.parse(days[0])
    return Caption(text or None, credit, taken)


def split_credit(text: str) -> tuple[str, str | None]:
    """Return a caption without the credit at its end, and the credit."""
    for pattern in (_LABELLED, _BY, _COPY):
        if (found := pattern.search(text)) and _is_credit(found["credit"], labelled=True):
            return text[: found.start()].rstrip(" |/–—-(["), clean_credit(found["credit"])
    for pattern in (_BAR, _OTHER_LABEL):
        if found := pattern.search(text):
            return text[: found.start()].rstrip(" |/"), clean_credit(found["credit"])
    if (found := _IN_BRACKETS.search(text)) and (
        _is_credit(found["credit"]) or (_ENDED.search(text[: found.start()]) and _is_named(found["credit"]))
    ):
        return text[: found.start()].rstrip(), clean_credit(found["credit"])
    if found := _TRAILING.search(text):
        return text[: found.start()].rstrip(" |/–—-"), clean_credit(found["credit"])
    return text, None


def is_credit_line(text: str) -> bool:
    """Whether a line of its own is a credit: "Foto: ...", "© ...", "REUTERS/Petra Lindqvist"."""
    if len(text) > 120:
        return False
    whole = _TRAILING.search(text)
    return bool(_CREDIT_WORDS.match(text)) or (whole is not None and whole.start() == 0)


def clean_credit(text: str | None) -> str | None:
    """Return a credit without the words that only say that it is one."""
    text = tidy(_ENLARGE.sub(" ", text or "")).strip(" |–—-")
    for _ in range(3):
        text = _CREDIT_WORDS.sub("", text).strip(" |–—-,;:")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    elif text.count("(") < text.count(")"):
        text = text.rstrip(")")
    elif text.count("(") > text.count(")"):
        text = text.lstrip("(")
    return text.strip(" .") or None if not re.search(r"\b(?:Inc|Jr|Sr|Ltd|Co|[A-Z])\.$", text) else text


def _is_named(text: str) -> bool:
    """Whether most words of a bracket begin with a capital: names behind a finished sentence are a credit."""
    words = [word for word in re.split(r"[\s/,]+", text) if word[:1].isalpha()]
    return bool(words) and len(words) <= 10 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _is_credit(text: str, *, labelled: bool = False) -> bool:
    words = text.split()
    if not words or len(words) > 14:
        return False
    if labelled:
        return True
    if re.search(rf"\b{_AGENCY}\b", text) or re.match(rf"^{_LABEL}\b", text):
        return True
    return "/" in text and all(part[:1].isupper() for part in re.split(r"\s*/\s*", text))
