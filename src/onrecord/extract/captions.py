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


# Words that only say that what follows is a credit, in the languages of the outlets that were read.
_PICTURE = (
    r"Photo(?:s|graph(?:y|s|er|ie)?|graphe)?|Pictures?|Pic|Images?|Illustrations?|Graphics?|Composite|Video|Animation|Map|"
    r"(?:Symbol|Archiv|Titel|Beispiel)?[Ff]oto(?:s|grafie|grafía|graf|grafo|autor)?|(?:Symbol|Archiv|Titel)?[Bb]ild(?:er|quelle|"
    r"rechte|nachweis|autor)?|Grafik|Imagen|Imagem|Immagine|Crédito|Fot\.|Zdjęcie|Snímek|Kuva|Valokuva|Ljósmynd|Mynd|Fotoğraf|Görsel|"
    r"Фото(?:графия)?|Изображение|Ілюстрація|Снимка|Φωτο(?:γραφία)?|صورة|الصورة|تصوير|عکس|צילום|फोटो|तस्वीर|ছবি|ภาพ|Ảnh|Isithombe|写真|画像|図|撮影|"
    r"摄影|摄|图片|图|圖|사진|그래픽|이미지"
)
_OWNER = (
    r"Credits?|Crédits?|Cr[eé]dit photo|Copyright|Source|Sources|Quelle|Fuente|Fonte|Bron|Kilde|Källa|Zdroj|Źródło|Lähde|Kaynak|"
    r"Источник|Джерело|Πηγή|المصدر|מקור|स्रोत|Autor|Auteur|来源|來源|提供|供图|출처|제공|Courtesy|Handout|Getty"
)
_LABEL = (
    rf"(?:(?:{_PICTURE})(?:\s?(?:{_OWNER}|credits?|copyright|courtesy(?: of)?|source|supplied by|provided by|by|via|from|von|vom|de|di|"
    rf"par|av|af|door|by courtesy of))?|(?:{_OWNER})(?:\s(?:of|line|photo|image|by|de|for))?)"
)
_BY = r"(?:by|courtesy(?: of)?|credit|von|par|door|supplied by|provided by|from)"
_TAKEN = re.compile(
    r"\s*\(?(?:(?:Picture|Photo(?:graph)?|Image|Pictures|File photo|Aufnahme|Foto)\s+(?:was\s+)?(?:taken|"
    r"dated|made|shot|vom|aufgenommen am)|taken)\s+(?:on\s+|in\s+)?(?P<when>[^.()]{4,"
    r"40}?(?:19|20)\d\d)\)?\.?(?=\s|$)(?!\s(?:shows?|is|are|in)\b)"
)
_DATE_IN_TEXT = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2},?\s+(?:19|20)\d\d\b|"
    r"\b\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d\d\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Agencies and archives whose name alone is a credit.
_AGENCY = (
    r"(?:REUTERS|Reuters|AP(?: Photo)?|AFP|Getty(?: ?Images)?|GETTY(?: IMAGES)?|EPA(?:-EFE)?|EFE|dpa|DPA|"
    r"[Pp]icture[- ][Aa]lliance|Bloomberg|Anadolu(?: Agency| Ajansı)?|AA|IHA|DHA|Xinhua|Shutterstock(?:\.com)?|"
    r"iStock(?:photo)?|Alamy|imago(?: images)?|IMAGO|Imago|Keystone|KEYSTONE|Adobe ?Stock|stock\.adobe\.com|Depositphotos|"
    r"Associated Press|Agence France-Presse|PA(?: Media| Images| Wire)?|Press Association|Belga|Belgaimage|ANP|"
    r"SIPA|Sipa(?: USA)?|NurPhoto|ZUMA(?: Press| Wire)?|Zuma|TASS|ТАСС|РИА Новости|"
    r"Kyodo|KYODO|Jiji|Yonhap|연합뉴스|뉴시스|뉴스1|PTI|ANI|ANSA|LaPresse|"
    r"Europa Press|NTB|TT|Ritzau(?: Scanpix)?|Scanpix|SCANPIX|Lehtikuva|PAP|ČTK|MTI|Corbis|WireImage|USA TODAY Sports|"
    r"Handout|HANDOUT|Pool|Unsplash|Pexels|Pixabay|Wikimedia(?: Commons)?|Wikipedia|Flickr|Twitter|Facebook|Instagram|"
    r"YouTube|NASA|AAP|CP|Canadian Press|The Canadian Press|Cuartoscuro|ddp|epd|KNA|APA|Abaca|Hans Lucas|BBC|CNN|Google|"
    r"LAT Images|Rex|REX|Rex Features|WENN|Splash News|Polaris|Magnum(?: Photos)?|Redux|EyeEm|Contributed|Supplied|共同(?:通信社)?|"
    r"時事(?:通信社)?|ロイター|新华社|新華社|中新社|路透社|로이터|رويترز|أ ف ب|فرانس برس|الأناضول|غيتي|Рейтер|Рейтерс)"
)
_NAME = r"[^\W\d_a-z][\w.'’@&-]*"  # a word of a name: no lower-case letter first
_NAMES = rf"{_NAME}(?:\s(?:{_NAME}|of|the|de|von|van|der|den|al|el|la|für|du|für|i|y|da|dos|bin|for)){{0,6}}"
_LABELLED = re.compile(
    rf"(?:^|[\s.!?…,;\"”»)\]。])[\s(\[（【|/–—-]*(?:©\s*)?(?<!AP )(?<!AFP )(?:(?i:{_LABEL})\s*[:：=＝ㅣ]|[Ff]ot\.|(?:사진|写真|图)\s?/)"
    r"\s*(?P<credit>[^\n]{2,160}?)\s*\.?$"
)
_BY_TAIL = re.compile(
    rf"(?:^|[\s(\[|/–—.…\"”-])(?:(?:{_PICTURE})\s+{_BY}|(?<!AP )(?:Photo|Image|Picture|Foto)\s+via|Courtesy(?: of| photo)?|Credit)"
    r"(?:\s*[:：]|\.{3})?\s*(?P<credit>[A-ZÀ-Ž@„“\"][^\n]{1,120}?)\s*\.?$"
)
_BARE_LABEL = re.compile(
    rf"(?<=[.!?…])\s+(?:Foto|Photo|Bild|Fotos|Photos)\s+(?P<credit>{_NAMES}(?:\s?(?:/|via)\s?{_NAMES})?)\s*\.?$"
)
_COPY = re.compile(
    r"(?:^|[\s(\[|/–—.,-])?(?:©|\([cC]\)|（[cCＣ]）|\bCopyright:?|All rights reserved:?|Tous droits réservés|Alle Rechte vorbehalten:?)"
    r"\s*(?:(?:19|20)\d\d[\s,]+)?(?P<credit>[^()©\n]{2,110}?)\s*\.?$"
)
# What has to stand in a text before the pattern above is worth trying.
_COLON = re.compile(r"[Ff]ot\.|[:：=＝ㅣ]|[사写图][진真]?\s?/")
_SAID_BY = re.compile(r"\b(?:by|via|von|par|from|door|courtesy|credit)\b", re.I)
_RIGHTS = re.compile(r"©|\(c\)|（[cＣ]）|copyright|droits|rechte|rights", re.I)
_BRACKETS = re.compile(
    r"\s*[(\[（［【<〈](?P<credit>[^()\[\]（）【】<>〈〉]{2,160}(?:\([^()]{1,40}\))?)[)\]）］】>〉]\s*[.。]?$"
)
_OWN_WORDS = re.compile(
    rf"^(?:{_LABEL}\s*[:：/=＝ㅣ.]|(?:{_PICTURE})\s+{_BY}\s|©|\([cC]\)|Courtesy\b|via\s|(?:file|files|archive|archives|screen ?-?grab|"
    r"screenshot|handout|supplied|contributed|submitted|provided|stock|pool|fil|archivo|archiv|symbolbild von)(?:\s(?:photo|image|picture|"
    r"pic|by)\b.{0,60})?$)|(?:撮影|提供|摄|供图|供圖|攝|기자|특파원|제공)$|\bvia\s[A-Z]|\b(?:file|files|handout|courtesy)$",
    re.I,
)
_CHAIN = rf"(?:\s?(?:/|\bvia\b|\||,|\bfor\b)\s?(?:{_AGENCY}|{_NAMES})(?:\s(?:files?|/ File|Handout))?){{0,4}}"
_TRAILING = re.compile(
    rf"(?:(?<=[.!?…\"”»)])\s*(?:/\s)?|\s+[|–—-]{{1,2}}\s*|^)(?P<credit>(?:{_AGENCY}{_CHAIN}|{_NAMES}\s?(?:/|\bvia\b|,)\s?{_AGENCY}{_CHAIN}"
    rf"|{_NAMES}\s?/\s?{_NAMES}{_CHAIN})(?:\s(?:files?|File))?)\s*\.?$"
)
_SLASH = re.compile(rf"(?<=[.\w”\"])\s+/\s+(?P<credit>{_AGENCY}|[A-ZÀ-Ž][\w.'’-]+(?: [A-ZÀ-Ž][\w.'’-]+){{1,3}})$")
_SIGNATURE = re.compile(rf"(?<=[.!?…”\"»])\s+(?P<who>{_NAMES})$")  # the agency stands in brackets behind it
_BAR = re.compile(r"\s+[|｜]\s+(?P<credit>[^\n]{2,120})$")
_CJK_BY = re.compile(r"[＝=／/、。\s](?P<credit>[^＝=／/、。\s（）()]{2,30}?)(?:撮影|提供|摄|攝|供图|供圖)$")
_OTHER_LABEL = re.compile(
    r"(?<=[.!?”\"])\s+[^\W\d_]{3,15}:\s+(?P<credit>[A-ZÀ-Ž][\w.'’-]+(?:[ /][A-ZÀ-Ž][\w.'’-]+){0,4})\.?$"
)
_ENDED = re.compile(r"[.!?。…”\"»)]\s*$")
_LEAD_LABEL = re.compile(
    r"^(?:Image caption|Bildunterschrift|Bildbeschreibung|Bildlegende|Legende|Caption|"
    r"Légende|Media caption|Image|Photo|Bild|Foto)\s*[:：]?\s+(?=(?-i:[A-ZÄÖÜ„“\"']))|^(?:Image "
    r"caption|Bildunterschrift)\s*,\s*|^Photo\s*:\s*(?=.{40})",
    re.I,
)
_CREDIT_WORDS = re.compile(
    rf"^(?:\W*(?:(?:{_PICTURE})?\s*(?:©|\([cC]\)|（[cCＣ]）)|(?<![\w/]){_LABEL}\s*(?:[:：=＝ㅣ]|\.{{3}}))\s*|(?:{_PICTURE})\s+"
    rf"(?:{_BY}|via)\s*[:：]?\s+|(?:Image source|Image credit|Photo credit|Credit|Courtesy of|By)\s*[,:：]?\s+|"
    r"(?:Photo|Foto)\s+(?=(?-i:[A-ZÀ-Ž]))|/\s*)",
    re.I,
)
_FEATURED = re.compile(
    r"^\(?(?:(?:Featured?|Cover|Header|Lead|Top|Main|Hero|Banner|Title|Beitrags|Titel|Aufmacher)[- ]?(?:image|photo|picture|bild|foto)s?"
    r"(?:\scredits?)?|(?:Image|Photo|Picture)s?\scredits?)(?:\s(?:by|courtesy(?: of)?|via|from|source|credit))?\s*[:：]?\s*"
    r"(?P<credit>.{2,120}?)\.?\)?$",
    re.I,
)
_CREDIT_TAIL = re.compile(r"(?:撮影|提供|摄|攝|供图|供圖)$|\s*\[M\]$")
_ENLARGE = re.compile(
    r"\b(?:Enlarge (?:this )?image|toggle caption|hide caption|Bild vergrößern|Vollbild|Vis mer|Click to enlarge|Open image in gallery|"
    r"Open Image Modal|Copy URL|Ver más|Öppna bild i helskärm|Detailansicht öffnen|"
    r"(?:Acquire|Purchase) Licensing Rights(?:\s*,?\s*opens new tab)?)\b|^\d{1,2} of \d{1,2}\s?[|:]?\s|\b(?:vergrößern|Zoom)$|"
    r"^(?:Foto|Photo|Bild|Image) \d+ (?:de|of|von|/) \d+\b",
    re.I,
)
_ONLY_AGENCY = re.compile(_AGENCY)
_NAMED_AGENCY = re.compile(rf"(?<![\w-]){_AGENCY}(?![\w-])")
_ANY_AGENCY = re.compile(rf"\b{_AGENCY}\b")
_SIGNS_AGENCY = re.compile(rf"\b{_AGENCY}\b|^/|\w\s?/\s?\w")
_ENDS_AS_LABEL = re.compile(rf"(?:{_OWNER}|credit|copyright|source|rights)\W*$|^(?:{_PICTURE})\s?:$", re.I)
_ORGANISATION = re.compile(
    r"\b(?:Images?|Press|Agency|Ajansı|Media|News|Shimbun|Times|Post|Photos?|Newspaper|Archiv|Archives?|Verlag|TV)\b"
)
_SEPARATOR = re.compile(r"[\s/|,;·•–—-]*(?:\b(?:via|for|and|und|et|y)\b)?[\s/|,;·•–—-]*")
_SENTENCE = re.compile(r"\w{2,}\s+\w+.{25,}[a-zß-ÿ)”\"][.!?]\s|[a-zß-ÿ]{3,}\.\s+[A-Z]\w+\s[a-z]{2,}\s")
_JOINING = " |/–—-([（【,;:"


def take_apart(text: str | None, printed_credit: str | None = None) -> Caption:
    """Return the parts of a caption.

    Args:
        text: the caption as printed, possibly with its credit at the end.
        printed_credit: the credit, where the page sets it apart.
    """
    text = tidy(_ENLARGE.sub(" ", text or ""))
    credit = clean_credit(printed_credit)
    taken = None
    if credit and text.endswith(printed := tidy(printed_credit or "")):
        text = text[: -len(printed)].rstrip(_JOINING)
    if ("taken" in text or _YEAR.search(text)) and (found := _TAKEN.search(text)):
        taken = dates.parse(found["when"])
        text = tidy(text[: found.start()] + " " + text[found.end() :])
    if not credit:
        text, credit = split_credit(text)
    text = _LEAD_LABEL.sub("", text).strip(" |–—-")
    if credit and fold(credit) == fold(text):
        text = ""
    if taken is None and _YEAR.search(text) and (days := _DATE_IN_TEXT.findall(text)) and len(days) == 1:
        taken = dates.parse(days[0])
    return Caption(text or None, credit, taken)


def split_credit(text: str) -> tuple[str, str | None]:
    """Return a caption without the credit at its end, and the credit."""
    tail = text[-200:]  # nothing longer is a credit
    head = text[: len(text) - len(tail)]
    cut = _cut(tail, whole=not head)
    if cut is None:
        return text, None
    at, credit = cut
    rest = (head + tail[:at]).rstrip(_JOINING)
    if (again := _BRACKETS.search(rest[-200:])) and _is_credit(again["credit"]):  # agencies print theirs twice
        rest = rest[: len(rest) - len(rest[-200:]) + again.start()].rstrip(_JOINING)
    return rest, clean_credit(credit)


def _cut(text: str, *, whole: bool) -> tuple[int, str] | None:
    """Return where the credit at the end begins, and the credit with what it calls itself."""
    if found := _BRACKETS.search(text):
        inner, before = found["credit"], text[: found.start()]
        if _ONLY_AGENCY.fullmatch(inner.strip()) and (who := _SIGNATURE.search(before)):
            return who.start(), f"{who['who']} ({inner})"
        if _is_credit(inner) or ((_ENDED.search(before) or (whole and not before.strip())) and is_names(inner)):
            return found.start(), inner
    for pattern, sign in ((_LABELLED, _COLON), (_BY_TAIL, _SAID_BY), (_COPY, _RIGHTS)):
        if (
            sign.search(text)
            and (found := pattern.search(text))
            and len(found["credit"].split()) <= 16
            and not is_sentence(found["credit"])
        ):
            return found.start() + (found[0][:1] in '.!?…"”»)]。'), _balanced(found["credit"])
    for found in _BAR.finditer(text):
        if all(is_names(part) for part in found["credit"].split("|")):
            return found.start(), found["credit"]
    found = _TRAILING.search(text)
    if found and (found.start("credit") or not whole or _names_agency(found["credit"])):
        return found.start("credit"), found["credit"]
    for pattern in (_BARE_LABEL, _SLASH, _CJK_BY, _OTHER_LABEL):
        if found := pattern.search(text):
            return found.start(), found["credit"]
    return None


def _balanced(text: str) -> str:
    """Return a text without the bracket at its end that it did not open."""
    text = text.rstrip()
    return text[:-1].rstrip() if text[-1:] in ")]）】" and not re.search(r"[(\[（【]", text) else text


def is_credit_line(text: str, *, called: bool = False) -> bool:
    """Whether a line of its own is a credit: "Foto: ...", "© ...", "REUTERS/Petra Lindqvist", "(AP)".

    Args:
        text: the line.
        called: whether the page calls it a caption; then names alone do not make it a credit.
    """
    text = text.strip()
    if not 1 < len(text) <= 160:
        return False
    if text[0] in "([（" and text[-1] in ")]）" and _is_credit(text[1:-1]):
        return True
    if found := _CREDIT_WORDS.match(text):
        if found[0].rstrip()[-1:] in ":：=©)）":
            return not is_sentence(text) and is_short(text)
        return is_names(text[found.end() :])
    whole = _TRAILING.search(text)
    if whole is None or whole.start() != 0:
        return bool(_ONLY_AGENCY.fullmatch(text))
    return not called or _names_agency(text)


def _names_agency(text: str) -> bool:
    return bool(_NAMED_AGENCY.search(text))


def is_caption(text: str) -> bool:
    """Whether what is called a credit is a caption with its credit."""
    rest, credit = split_credit(text)
    return is_sentence(text) or (credit is not None and len(rest) > 1 and (rest[-1] in ".!?" or len(rest.split()) > 5))


def featured(text: str) -> str | None:
    """Return the credit in a line that speaks of the lead picture apart from it: "Featured image by Petra Lind."."""
    found = _FEATURED.match(text) if text[:1] in "FfCcHhLlTtMmBbIiPpAa(" and len(text) < 160 else None
    return clean_credit(found["credit"]) if found and is_names(found["credit"]) else None


def is_agency_caption(text: str) -> bool:
    """Whether a paragraph right behind a picture ends as agencies end their captions: "... (Xinhua/Li Min)"."""
    if len(text) > 500 or text[-1:] not in ")]）":
        return False
    found = _BRACKETS.search(text[-200:])
    return found is not None and _is_credit(found["credit"]) and bool(re.search(r"/|[:：]|\bby\b", found["credit"]))


def is_short(text: str) -> bool:
    """Whether a text has no more words than a credit."""
    return len(text.split()) <= 16


def is_label(text: str) -> bool:
    """Whether words that no reader sees announce a credit: "Image source,"."""
    return bool(_ENDS_AS_LABEL.search(text.strip()))


def is_separator(text: str) -> bool:
    """Whether a stretch only joins two parts of a credit."""
    return bool(_SEPARATOR.fullmatch(text))


def is_agency(text: str) -> bool:
    """Whether a line names an agency or a newspaper and nothing else."""
    return len(text) < 60 and is_names(text) and bool(_ANY_AGENCY.search(text) or _ORGANISATION.search(text))


def is_names(text: str) -> bool:
    """Whether a text is short and most of its words begin with a capital, as names do."""
    text = text.strip(" ()[]/|–—-,")
    if not 1 < len(text) <= 100 or is_sentence(text) or text[-1] in "!?:;…":
        return False
    if any(letter.isdigit() for letter in text):
        return False
    words = [word for word in re.split(r"[\s/,|]+", text) if word[:1].isalpha() or word[:1] == "@"]
    upper = sum(not word[0].islower() for word in words)
    return 0 < len(words) <= 10 and upper >= 0.7 * len(words) and (text[-1] != "." or len(words[-1]) < 5)


def is_signed(caption: str, text: str) -> bool:
    """Whether a line in an element of its own behind a caption is its credit, though nothing says so."""
    text = text.strip()
    if is_credit_line(text):
        return True
    if not is_names(text):
        return False
    return bool(_ENDED.search(caption) or _SIGNS_AGENCY.search(text)) or (
        len(caption.split()) >= 4 and len(text.split()) <= 5
    )


def is_sentence(text: str) -> bool:
    """Whether a text goes on like a sentence, as no credit does."""
    return bool(_SENTENCE.search(text)) or len(text) > 200


def clean_credit(text: str | None) -> str | None:
    """Return a credit without the words that only say that it is one."""
    text = tidy(_ENLARGE.sub(" ", text or "")).strip(" |–—-")
    for _ in range(3):
        before = text
        if text[:1] in "([（" and text[-1:] in ")]）":
            text = text[1:-1].strip()
        text = _CREDIT_WORDS.sub("", text).strip(" |–—-,;:/")
        if text == before:
            break
    text = _CREDIT_TAIL.sub("", text)
    if text.count("(") < text.count(")"):
        text = text.rstrip(")")
    elif text.count("(") > text.count(")"):
        text = text.lstrip("(")
    text = text.rstrip("©")
    return text.strip(" .") or None if not re.search(r"\b(?:Inc|Jr|Sr|Ltd|Co|[A-Z])\.$", text) else text


def _is_credit(text: str) -> bool:
    """Whether the words in a bracket are a credit and no part of the sentence."""
    if not text.strip() or not is_short(text):
        return False
    if _OWN_WORDS.search(text.strip()):
        return True
    agency = _names_agency(text)
    if agency and "/" in text and len(text.split()) <= 8 and not is_sentence(text):
        return True
    parts = re.split(r"\s*/\s*", text.strip())
    return is_names(text) and (agency or (len(parts) > 1 and all(part[:1].isupper() for part in parts)))
