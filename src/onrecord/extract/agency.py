"""News agencies: which one a text comes from, as its head, byline or foot says."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from onrecord.extract.clean import fold

# Name to show -> the ways it is printed (folded). Agencies whose copy newspapers print, from their own pages.
_AGENCIES = {
    "Reuters": "reuters|thomson reuters|reuters news agency|reuters staff|thomson reuters foundation",
    "AP": "ap|associated press|the associated press|ap news|apnews|los angeles ap",
    "AFP": "afp|agence france presse|afp deutschland|afp news|avec afp|afp com",
    "dpa": "dpa|deutsche presse agentur|dpa international|dpa afx|dpa infocom|dpa tmn",
    "PTI": "pti|press trust of india",
    "JTA": "jta|jewish telegraphic agency",
    "Jiji": "jiji|jiji press|jiji kyodo",
    "Kyodo": "kyodo|kyodo news|共同通信社|共同通信",
    "PA": "pa|press association|pa media|pa news agency",
    "UPI": "upi|united press international",
    "EFE": "efe|agencia efe|agencias efe",
    "ANSA": "ansa",
    "TASS": "tass|itar tass|тасс",
    "Xinhua": "xinhua|新华社",
    "Yonhap": "yonhap|yonhap news|연합뉴스",
    "Bloomberg": "bloomberg|bloomberg news",
    "IANS": "ians",
    "ANI": "ani",
    "AAP": "aap|australian associated press",
    "CP": "cp|canadian press|the canadian press|la presse canadienne",
    "APA": "apa|austria presse agentur",
    "SDA": "sda|keystone sda",
    "KNA": "kna",
    "epd": "epd",
    "SID": "sid",
    "Europa Press": "europa press",
    "Anadolu": "anadolu|anadolu agency|anadolu ajansı|aa",
    "DHA": "dha",
    "İHA": "i̇ha|iha",
    "MENA": "mena",
    "WAFA": "wafa",
    "SANA": "sana",
    "SPA": "spa",
    "QNA": "qna",
    "KUNA": "kuna",
    "WAM": "wam",
    "Petra": "petra",
    "IRNA": "irna",
    "Interfax": "interfax|интерфакс",
    "RIA Novosti": "ria novosti|риа новости",
    "PAP": "pap",
    "ČTK": "čtk|ctk",
    "TT": "tt",
    "NTB": "ntb",
    "Ritzau": "ritzau",
    "ANP": "anp",
    "Belga": "belga",
    "Lusa": "lusa",
    "Bernama": "bernama",
    "Antara": "antara",
    "CMC": "cmc",
    "APP": "app",
    "UNI": "uni",
    "Agência Brasil": "agência brasil|agencia brasil",
    "Noticias Argentinas": "noticias argentinas",
    "KCNA": "kcna",
    "Sputnik": "sputnik",
    "CNS": "cns|catholic news service",
    "RNS": "rns|religion news service",
}
_BY_NAME = {form: name for name, forms in _AGENCIES.items() for form in forms.split("|")}
_SHORT = frozenset(
    ("pa", "aa", "tt", "cp", "uni", "app", "spa", "sana", "ani", "mena", "sid", "wam", "apa", "petra", "belga")
)
_SPLIT = re.compile(r"\s*(?:[,/;+&|]|\band\b|\bund\b|\bet\b|\bmit\b|\bavec\b|\bwith\b|\bvia\b|\by\b|-(?=[A-Z]))\s*")
_REPORTING = re.compile(r"^\W*\(?\s*(?:Additional )?(?:Reporting|Writing|Editing) by [A-Z].{3,300}\)?\W*$")
_FOOT = re.compile(
    r"^\W*(?:[–—-]+\s*)?(?:©\s*)?(?:(?:19|20)\d\d\s+)?(?:Source:?|Quelle:?|Quellen?:?|"
    r"(?:(?:With|Additional) )*(?:reporting|reports|material|information) (?:by|from)|By|From|"
    r"Agency:?|Mit Material von|Mit Agenturmaterial von|\(mit Material von|Copyright)?\s*"
    r"(?:©\s*)?(?:(?:19|20)\d\d\s+)?(?P<who>[\w. /&+-]{2,40}?)\W*$",
    re.I,
)
_TAIL = re.compile(
    r"[.!?”\"»]\s*(?:[–—-]+\s*|\(|/)?(?P<who>[A-ZÄÖÜ][\w. /&+-]{1,30}|dpa[\w. /&+-]{0,20}|epd|afp)\)?\.?\s*$"
)
_NOTICE = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d)?\s*(?:The\s+)?(?P<who>Associated Press|"
    r"Reuters|Agence France-Presse|AFP|AP|Bloomberg)\b",
    re.I,
)
_STORY = re.compile(
    r"^(?:This (?:story|article|report) (?:was|is|has been) (?:\w+ ){0,3}(?:published|"
    r"produced|provided|syndicated|written)? ?(?:by|from)) (?:the )?(?P<who>Associated "
    r"Press|Reuters|AFP|Agence France-Presse|Bloomberg)\b",
    re.I,
)


def known(name: str) -> str | None:
    """Return the agency that a printed name is, or ``None``."""
    return _BY_NAME.get(fold(name))


def among(text: str, wires: Collection[str] = ()) -> str | None:
    """Return the first agency named in a byline such as ``Le Figaro et AFP`` or ``dpa/lno``.

    Args:
        text: the byline.
        wires: agencies on no list that the site is known to print, folded.
    """
    for part in (text, *_SPLIT.split(text)):
        if fold(part) in wires and part[:1].isupper():
            return part.strip()
        if (found := known(part)) and (fold(part) not in _SHORT or part.isupper()):
            return found
    return None


def find(
    paragraphs: Sequence[str], authors: Sequence[str], in_dateline: str | None, wires: Collection[str] = ()
) -> tuple[str | None, str | None]:
    """Return the agency and where it was named: ``dateline``, ``byline`` or ``foot``.

    Args:
        paragraphs: of the article; only the last three are looked at.
        authors: as printed.
        in_dateline: what stood in brackets behind the dateline's place.
        wires: agencies on no list that the site is known to print, folded.
    """
    if in_dateline and (found := among(in_dateline, wires)):
        return found, "dateline"
    for author in authors:
        if found := among(author, wires):
            return found, "byline"
    for paragraph in reversed(paragraphs[-3:]):
        if _REPORTING.match(paragraph):
            return "Reuters", "foot"  # its house style: "(Reporting by ...; Editing by ...)"
        for pattern in (_NOTICE, _STORY):
            if found_at := pattern.search(paragraph):
                return known(found_at["who"]), "foot"
        if len(paragraph) < 60 and (match := _FOOT.match(paragraph)) and (found := among(match["who"], wires)):
            return found, "foot"
    if paragraphs and (match := _TAIL.search(paragraphs[-1])) and (found := among(match["who"], wires)):
        return found, "foot"
    return None, None
