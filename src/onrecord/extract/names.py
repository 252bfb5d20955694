"""What a printed or claimed byline says: its names, without what stands around them, and which of them are people's.

A name is a person's as far as its form tells: two to five words, each with a capital or a particle, none of them a
word of desks, roles, outlets or menus. Scripts without capitals are judged by length alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.extract import agency
from onrecord.extract.clean import fold, tidy

_VERB = r"(?:written|reported|posted|published|created|submitted|words|story|reviewed|text|report|analysis|opinion|interview)"
BY = re.compile(
    rf"^\W*(?:{_VERB}\s+by|by|(?:von|vom|par|por|di|door|af|av|przez|oleh|na|per|írta|piše|מאת|نویسنده)(?=\s|\s?:):?|"
    r"(?:veröffentlicht|geschrieben|erstellt|verfasst|gespeichert|eingestellt|protokolliert) (?:am .{6,30} )?von|"
    r"(?:ein(?:e)? )?(?:\w+-?)?(?:gast)?(?:beitrag|kommentar|interview|artikel|kolumne|analyse|essay|reportage|bericht) von|"
    r"propos recueillis par|publié par|écrit par|rédigé par|escrito por|publicado por|scritto da|pubblicato da|"
    r"a cura di|geschreven door|geplaatst door|skrevet av|skrevet af|"
    r"(?:author|autor(?:in)?|auteur|autrice|autore|autora|autorka|forfatter|författare|redaktion|redakteur(?:in)?|redacción|"
    r"interview|texte?|words|written|reporter|by|foto und text|text und fotos?|автор|текст|yazan|haber|责任编辑|责编|记者|文|"
    r"編集|作者|기자|كتب|كتبت|الكاتب)(?:/[\w/-]+)?\s*[:：]|"
    r"autor(?:in)?/autor(?:in)?|(?:автор|author|autor|auteur|بقلم|كتب|كتبت)(?=\s)|—(?=\s)|–(?=\s)|~)\s*",
    re.I,
)
LINE_BY = re.compile(
    r"^(?:(?:(?:Written |Reported |Posted |Words |Story |Text )?[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|"
    r"[Dd]oor|[Aa]f|[Aa]v|[Dd]i|Przez|Oleh|Na|Per|Írta|Piše|מאת|نویسنده|"
    r"(?:Ein |Eine )?(?:[Gg]ast)?[Kk]?(?:Beitrag|Kommentar|Interview|Artikel|Kolumne|Analyse|Reportage|Bericht|Blog Beitrag) von|"
    r"(?:Erstellt|Veröffentlicht|Geschrieben|Gespeichert|Posted) (?:von|by)|Autor(?:in)?/Autor(?:in)?)(?:\s*[:：]\s*|\s+)|"
    r"(?:Author|AUTHOR|Autor(?:in)?|Auteur|Autore|Autora|Автор|Redaktion|Texte?|Written|责任编辑|责编|记者|编辑)\s*[:：]\s*|"
    r"\((?:责任编辑|责编|记者|编辑)\s*[:：]\s*|(?:بقلم|كتب|كتبت)\s*[:：]?\s+)(?=[\w\"'(])"
)
LABELLED = re.compile(
    r"^(?:(?:Author|Autor(?:in)?|Auteur|Autore|Autora|Автор)\s*[:：]|Autor(?:in)?/Autor(?:in)?\s)\s*(?=[\w\"'(])"
)
ALONE = re.compile(r"^(?:By|BY|von|Von|Par|Por|Written by|Author|Autor|Autorin|Auteur|Автор|بقلم):?$")
_TAIL = re.compile(
    r"\s*(?:[|•·/]|\s[–—-]+\s|\s@|©|\b[Ff]or (?:[Tt]he )?[A-Z]|\b(?:Published|Updated|Posted|Shares?|Photos?|Fotos?|Comments?)\b|"
    r"\bLast\b|\bis an?\b|\bis the\b|\bin [A-Z]\w+$|\b(?:Staff|Senior|Special|Contributing|Chief|Yomiuri|Sports|Political)\b"
    r".*(?:Writers?|Reporters?|Correspondents?|Editors?|to the.*|for)$|"
    r"\b(?:Special to|Correspondent)\b|\d).*$",
)
_SPLIT = re.compile(
    r"\s*(?:[,;|&+•·]|/(?=\s*[A-Z][a-z])|\b(?:and|AND|And|und|et|y|e|en|och|og|ve)\b|\bi\b(?=\s[A-ZŁŚŻ])|\ba\b(?=\s[A-ZČŠŽ])|"
    r"\s{2,}|\n|、|，|،)\s*"
)
_CREDITED = re.compile(r"\s*(?:[,/;|&+•]|\b(?:and|und|et|y|with|mit|avec|via)\b)\s*")
_AT = re.compile(r"\s+(?:in [A-Z].*|[Ss]taff|(?:[Ss]taff )?[Ww]riters?)$")
_PICTURED = re.compile(r"photo|foto|image|picture|bild|video|getty|[:©]", re.I)
_COMMAS = re.compile(r"\s*(?:[;|、،]|,(?!\s*(?:Jr|Sr|PhD|MD|Dr)\b))\s*")
_AND = re.compile(r"\s+(?:and|AND|And|&|und|et|y|e|en|och|og|ve|i|a)\s+")
_FOR = re.compile(r"\s+[Ff]or (?:[Tt]he )?[A-Z].*$")
_ROLE = re.compile(
    r"\b(?:editor|reporters?|writers?|correspondents?|columnist|journalist(?:in)?|contributors?|director|professor|staff|producer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|redak\w*|redacción|redacção|rédaction|editorial|chief|critic|photographer|intern|"
    r"fellow|freelancer?|associate|analyst|author|autor(?:in)?|autoren|bureau|desk|team|volontärin?|ressort\w*|leiter(?:in)?)\b",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:news(?:desk|room|paper|wire|team|redaktion|portal)?|nachrichten\w*|online|digital|radio|tv|media|medien|press|presse\w*|zeitung|tageszeitung|times|tribune|gazette|"
    r"magazin\w*|agenc\w+|agentur\w*|ajans\w*|blog|web(?:site|seite|team|redaktion|desk|shop)?|network|channel|verlag|publishing|gmbh|inc|ltd|llc|ag|institut\w*|"
    r"universit\w+|ministerium|ministry|departe?ment|foundation|stiftung|verband|bundesverband|association|verein|kitchens?|"
    r"group|company|committee|kreuz|caritas\w*|sekretariat|reports?|service|services|wire|sports?|sport|club|center|zentrum)\b",
    re.I,
)
_MENU = re.compile(
    r"\b(?:fotos?|photos?|bild(?:er)?|images?|copyright|cc|read|view|more|mehr|alle|all|about|über|follow|posts?|recent|comments?|"
    r"kommentare?|keine|inhalte|beiträge|artikel|articles?|artikelübersicht|zur|zum|schlagwörter|tags?|share|teilen|drucken|print|"
    r"contact|kontakt|menu|menü|home|search|suche|login|subscribe|newsletter|pressemitteilung|stories|top|latest|related|"
    r"archive|next|previous|weiter|zurück|our|your|this|here|hier|live|video|letzte|aktualisierung|ihre?|e-?mail|nachricht|account|project|marketing)\b",
    re.I,
)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|author|autor|von|par|por|veröffentlicht|message|nachricht|posted on|publiziert(?: am)?|rezept von|"
    r"beitrag|userprofile|.*admin|written by|by .*|editors?|guest|gast|unknown|anonymous|an[óo]nimo|anonyme?|none|null|undefined|n/?a|"
    r"root|webmaster|user|no author|the|by|posted|published|updated|share|comments?|read more|more|follow|contact|email|e-mail|twitter|"
    r"facebook|subscribe|home|news|about|view all posts.*|view profile.*|bio|all articles.*|see all.*|author archive.*|posts by.*|"
    r"https?:.*|www\..*|.*\.(?:html?|php)|\W*|wordpress|default|super user|web ?desk|online|advertisement|sponsored|partner content|"
    r"press release|stock image|photo.*|image.*)$",
    re.I,
)
_DESK = re.compile(
    r"^(?:[\w.]{1,20}[- ])?(?:redaktion|redacción|rédaction|redazione|redactie|staff|news ?desk|editorial(?: board)?|"
    r"agencies)(?: [A-Z]{2,4})?$",
    re.I,
)
_BAD = re.compile(r"[<>{}@#=?!:：©]|https?:|www\.|\d{2,}|[.…]$(?<!\b\w\.)(?<!Jr\.)(?<!Sr\.)")
_BAD_CLAIM = re.compile(r"[<>{}@#=?!]|https?:|www\.|^(?:Foto|Photo|Bild)\b|[:：]")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,40}[)\]]?")
_MONTHS = (
    "Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?|Sept?(?:ember)?|"
    "O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?"
)
_BEHIND = re.compile(
    rf"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTHS}|[Ll]e|[Oo]n|[Aa]m|[Aa]t|den|vom|el|il|em|"
    r"Publiziert|Veröffentlicht|(?:at|@|/) .*)\.?$"
)
_INITIAL = re.compile(r"\b(?:Jr|Sr|\w)\.$")
_PARTICLES = frozenset(
    "von van vom zu zum zur und of de der den di da dos das do del della delle degli dello la le lo el al bin bint ibn abu af av ter ten "
    "te y e i der's d' du des ben san st ur ul".split()
)
_ARTICLES = frozenset("the le la les el los die der das il lo o a het de".split())
_UNCASED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def printed(text: str) -> tuple[str, ...]:
    """Return the names of a printed byline: ``By Ann Lee and Bo Ek, Staff Writers`` has two."""
    value = _without_by(text)
    if agency.known(value):
        return (value,)
    if _is_joint_credit(value):
        return (value,)
    parts = [name for part in _SPLIT.split(value) if part and (name := _name(part, claimed=False))]
    people = [name for name in parts if is_person(name)]
    return unique(name for name in parts if not (people and agency.known(name)))


def claimed(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a page's data claim; they hold no dates, and are split only where that leaves names."""
    found: list[str] = []
    for value in values:
        value = _FOR.sub("", _without_by(value)) if BY.match(tidy(value)) else tidy(value)
        if agency.known(value) or _is_joint_credit(value):
            found.append(value)
            continue
        for part in _COMMAS.split(value):
            pieces = _AND.split(part)
            together = pieces if len(pieces) > 1 and all(is_person(x) or agency.known(x) for x in pieces) else [part]
            found.extend(name for piece in together if (name := _name(piece, claimed=True)))
    return unique(found)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names once each, as they were written first."""
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(fold(name) or name, name)
    return tuple(once.values())[:30]


def is_person(name: str) -> bool:
    """Whether a name is a person's, as far as its form tells."""
    words = name.split()
    if _UNCASED.search(name):
        return len(name) <= 12 and not re.search(r"[0-9A-Za-z]", name)
    return (
        2 <= len(words) <= 5
        and len(name) <= 50
        and words[0].casefold() not in _ARTICLES
        and all(_is_capital(word) or word in _PARTICLES for word in words)
        and not any(mark in name for mark in ":/©|")
        and not agency.known(name)
        and not (_ROLE.search(name) or _OUTLET.search(name) or _MENU.search(name))
    )


def is_nickname(name: str) -> bool:
    """Whether a text may be the one name under which somebody signs; only where the page calls it its author."""
    plain = 2 <= len(name) <= 30 and len(name.split()) <= 4 and not _NOBODY.match(name)
    return plain and not (_MENU.search(name) or _BAD.search(name))


def is_agency_line(text: str) -> bool:
    """Whether a line is the credit of an agency and nothing else."""
    return 2 < len(text) < 40 and agency.known(text) is not None and (text.isupper() or len(text) > 6)


def agency_credit(text: str) -> str | None:
    """Return the agency that a line of credit names: a byline, or a line that names agencies, outlets and a place only.

    ``Reuters/Ann Lee`` without "By" is a photographer's.
    """
    if len(text) > 80 or not text[:1].isalpha() or _PICTURED.search(text):
        return None
    parts = [_AT.sub("", part) for part in _CREDITED.split(_without_by(text)) if part]
    printed = (part for part in parts if len(part) > 3 or (len(part) == 3 and part.isupper()))
    found = next((name for part in printed if (name := agency.known(part))), None)
    return found if found and (LINE_BY.match(text) or not any(map(is_person, parts))) else None


def is_desk(name: str) -> bool:
    """Whether a name says no more than that the outlet wrote the article itself."""
    return _DESK.match(name) is not None


def is_outlet(name: str) -> bool:
    """Whether a name is an organisation's by its words."""
    return _OUTLET.search(name) is not None


def _is_capital(word: str) -> bool:
    first = word.lstrip("'’\"“(-")[:1]
    return first.isupper() or (first.isalpha() and not first.islower())


def _without_by(text: str) -> str:
    value = tidy(text)
    for _ in range(2):  # "Text: Von Ann Lee"
        value = BY.sub("", value)
    return value


def _is_joint_credit(value: str) -> bool:
    """Whether a credit joins an agency and a desk or an outlet (``The Courier/AFP``), and names nobody."""
    if (
        len(value) > 40
        or ":" in value
        or not (parts := [part for part in re.split(r"\s*/\s*|\s+(?:et|mit|with|and|und|y|avec)\s+", value) if part])
    ):
        return False
    others = [part for part in parts if not agency.known(part)]
    return 1 < len(parts) <= 3 and len(others) < len(parts) and not any(is_person(part) for part in others)


def _name(text: str, *, claimed: bool) -> str | None:
    """Return a name without what is printed around it."""
    ends = ' ,;:-–—|"“”()[]~©' if _INITIAL.search(text) else ' ,.;:-–—|"“”()[]~©'
    text = BY.sub("", text).strip(ends)
    text = _BRACKETS.sub("", text if claimed else _TAIL.sub("", text)).strip(" ,;:-–—|~")
    if not claimed:
        text = _BEHIND.sub("", text)
    shortest = 1 if _UNCASED.search(text) else 2
    if not shortest <= len(text) <= 60 or _NOBODY.match(text) or (_BAD_CLAIM if claimed else _BAD).search(text):
        return None
    words = text.split()
    if len(words) > 6 or (len(words) > 1 and text.islower() and _ROLE.search(text)):
        return None
    return text
