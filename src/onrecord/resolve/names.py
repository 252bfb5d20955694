"""Takes the names of persons and organisations apart, as newspapers print them.

A person's name becomes *parts* in the order printed: titles and ranks come off, "al-", "bin", "van" and the like become
marks of the part they belong to, "Abdul Rahman", "Abd al-Rahman" and "Abdulrahman" become one part, so do "Abu Bakr"
and "Saad al-Din". An organisation's name becomes *words*, each with its role: a name of its own, a common word, a
country, or something that may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.resolve import vocabulary
from onrecord.resolve.romanise import is_unvowelled, romanise

_ARTICLES = frozenset("al el ul ur il".split())
_SUN_ARTICLES = frozenset("an ar as ash at ad az ed er es en et ez ud us uz".split())  # before t d r z s sh n
_DIN = frozenset("din deen dine dinn eddin eddine uddin deene".split())
_SERVANT = frozenset("abd abdul abdel abdal abdol abdoul abdur abder abed abdu abdus bd".split())
_FATHER = frozenset("abu abou abo abi aboul abul abol abw aby".split())
_MOTHER = frozenset("umm oum umu".split())
_SON = frozenset("bin ben ibn bint ould ebn binti bn".split())
_PARTICLES = frozenset("van von de der den da dos das del della di la le zu zum ten ter du af av".split())
_MARKS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_AFTER = frozenset("phd md esq mp mep obe cbe mbe kc qc sc rtd ret jd mba dds".split())
_JOINED_DIN = re.compile(r"(.{2,}?)(?:[aeiou]dd(?:i|ee|e|y)nn?e?|[aeu]l-?d(?:i|ee)ne?|[aeiou]d(?:ee|ei|i(?=ne))ne?)$")
_JOINED_GOD = re.compile(r"(.{3,}?)[aou]ll?ah?$")
_JOINED_SERVANT = re.compile(r"abd(?:[aeou]u?l|[aeou]([rsnzdt])(?=\1)|[aeou](?=r[aeo]))(.{3,})$")
_SERVANT_OF_GOD = re.compile(r"abd[aeou]ll?[ae]h?|bdallh")
_QUOTED = re.compile(r"\(.*?\)|\[.*?\]|[\"“”«»„].*?[\"“”«»„]")
# Ways of writing a country, and one thing that has many words.
_PHRASES = (
    (re.compile(r"\bunited nations\b"), "un"),
    (re.compile(r"\bunited states(?: of america)?\b|\bu\.s\.(?:a\.)?"), "us"),
    (re.compile(r"\bunited kingdom\b|\bgreat britain\b|\bu\.k\."), "uk"),
    (re.compile(r"\beuropean union\b"), "eu"),
    (re.compile(r"\b(russian) federation\b"), r"\1"),
    (re.compile(r"\b([a-z]+n) arab republic\b"), r"\1"),
    (re.compile(r"\bprivate (?:military|security) (?:company|contractor|contractors|firm)\b"), "pmc"),
    (re.compile(r"\bstate (?=news|television|tv|media|radio)"), ""),
)
_STATE = re.compile(
    r"(?:(?:islamic|peoples|democratic|federal|arab|socialist) )*(?:republic|kingdom) of (?:the )?([a-z]+)"
)
_BASED = re.compile(r"(?:the )?(?:[a-z]+ )?([a-z]+)-based ")
_NICKNAME = re.compile(r"[\"“]([^\W\d_]{2,20})[\"”]")
_TWO_INITIALS = re.compile(r"^([A-Z])([A-Z])(?= [A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a person's name."""

    stem: str  # what is compared: romanised, without particles
    head: str = ""  # abd | abu | umm: the part is "servant, father, mother of" the stem
    article: bool = False  # had "al-" or a particle before it
    son_of: bool = False  # had "bin" before it
    initial: bool = False  # only a letter is given

    @property
    def text(self) -> str:
        """The whole part as one word."""
        return self.head + self.stem


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart."""

    parts: tuple[Part, ...]
    titles: tuple[str, ...] = ()
    gender: str = ""  # m | f | "" as far as the title tells
    mark: str = ""  # jr | sr | ii | iii | iv
    acronym: str = ""  # the whole name is letters: "MBS"
    unvowelled: bool = False
    nickname: str = ""  # between quotation marks: Robert "Bobby" Scott


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an organisation's name."""

    text: str
    role: str  # name | common | country | soft (little said by it) | drop


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation's name taken apart."""

    words: tuple[Word, ...]
    hints: tuple[str, ...] = ()  # countries said in front of it: "Iran's", "Qatar-based"
    acronym: str = ""  # the whole name is letters: "SOHR"
    given_acronym: str = ""  # the letters that the name itself gives: "Democratic Union Party (PYD)"
    initials: tuple[str, ...] = ()  # all words of it: an acronym takes their first letters
    office: bool = False  # ends with an office: "Wagner Group chief"
    unvowelled: bool = False


@lru_cache(maxsize=10_000)
def parse_person(text: str) -> PersonName:
    """Take a person's name apart; a name without any letters gives no parts."""
    shown = _TWO_INITIALS.sub(r"\1 \2", _QUOTED.sub(" ", text).strip())
    unvowelled = is_unvowelled(text)
    tokens, joins = _tokens(_in_order(romanise(shown)), unvowelled)
    found_titles, gender, start = _take_titles(tokens)
    tokens, joins = tokens[start:], joins[start:]
    mark = ""
    while len(tokens) > 1 and (tokens[-1] in _MARKS or tokens[-1] in _AFTER):
        mark = _MARKS.get(tokens[-1], mark)
        tokens.pop()
    letters = shown.replace(".", "").split()
    acronym = letters[0].lower() if len(letters) == 1 and re.fullmatch(r"[A-Z]{3,5}", letters[0]) else ""
    parts = _join_parts(tokens, joins)
    called = _NICKNAME.search(text)
    nickname = romanise(called[1]) if called and len(parts) > 1 else ""
    return PersonName(tuple(parts), found_titles, gender, mark, acronym, unvowelled, nickname)


def _in_order(text: str) -> str:
    """Put "Last, First" in order; cut off what else stands behind a comma."""
    before, comma, after = text.partition(",")
    if not comma:
        return text
    rest = after.split(",")[0].split()
    if not rest or not before.strip():
        return before + after
    if rest[0].strip(".") in _MARKS or rest[0].strip(".") in _AFTER:
        return before + " " + rest[0]
    if len(rest) <= 3 and len(before.split()) <= 3 and (rest[0],) not in vocabulary.titles():
        return f"{' '.join(rest)} {before}"
    return before


def _tokens(text: str, unvowelled: bool) -> tuple[list[str], list[bool]]:
    """Split into words; the second list says which word is joined to the next by a hyphen (or by Arabic script)."""
    text = re.sub(r"\b([a-z])\.([a-z])\.(?= [a-z]{3})", _country_letters, text)
    if unvowelled:
        text = re.sub(r"\bal(?=[a-z]{3})", "al-", text)
    found = re.findall(r"[a-z0-9]+|-", re.sub(r"(?<=\b[a-z])\.", " ", text).replace(".", " "))
    tokens: list[str] = []
    joins: list[bool] = []
    for token in found:
        if token == "-":
            if joins:
                joins[-1] = True
        else:
            tokens.append(token)
            joins.append(False)
    return tokens, joins


def _country_letters(found: re.Match[str]) -> str:
    letters = found[1] + found[2]
    return letters if letters in vocabulary.countries() else found[0]


def _take_titles(tokens: list[str]) -> tuple[tuple[str, ...], str, int]:
    table = vocabulary.titles()
    found: list[str] = []
    gender, start = "", 0
    while start < len(tokens) - 1:
        skip = 1 if tokens[start] in ("the", "a", "an", "and") or tokens[start] in vocabulary.countries() else 0
        for length in range(min(4, len(tokens) - 1 - start - skip), 0, -1):
            title = tuple(tokens[start + skip : start + skip + length])
            if title in table:
                found.append(" ".join(title))
                gender = table[title] or gender
                start += skip + length
                break
        else:
            if tokens[start] == "the":
                start += 1
            break
    return tuple(found), gender, start


def _join_parts(tokens: list[str], joins: list[bool]) -> list[Part]:
    parts: list[Part] = []
    article = son_of = False
    head = ""
    for place, token in enumerate(tokens):
        follows = tokens[place + 1] if place + 1 < len(tokens) else ""
        if follows and _is_article(token, follows, joins[place], place, len(tokens), bool(head)):
            article = True
        elif (token in _DIN or (token in ("allah", "ullah") and not head)) and parts and (article or token != "din"):
            last = parts.pop()
            parts.append(Part(last.stem + ("udin" if token in _DIN else "ulah"), last.head, last.article, last.son_of))
            article = False
        elif follows and token in _SERVANT and not head:
            head = "abd"
        elif follows and token in _FATHER and not head:
            head = "abu"
        elif follows and token in _MOTHER and not head:
            head = "umm"
        elif follows and token in _SON and parts and not head:
            son_of = True
        elif follows and token in _PARTICLES and (place or token != "du"):
            article = True
        else:
            parts.append(_part(token, head, article, son_of, follows))
            article = son_of = False
            head = ""
    return parts


def _is_article(token: str, follows: str, joined: bool, place: int, length: int, after_head: bool) -> bool:
    if token in _ARTICLES:
        return joined or after_head or place > 0 or length > 2  # "Al Gore" has no article
    return token in _SUN_ARTICLES and (joined or after_head) and (follows[0] == token[1] or follows in _DIN)


def _part(token: str, head: str, article: bool, son_of: bool, follows: str) -> Part:
    if len(token) == 1:
        return Part(token, head, article, son_of, initial=True)
    if token.endswith("ur") and len(token) > 5 and follows[:3] in ("rah", "reh", "ras"):  # Fazlur Rahman
        token = token[:-2]
    if _SERVANT_OF_GOD.fullmatch(token):
        return Part("abdalah", head, article, son_of)
    servant = None if head else _JOINED_SERVANT.match(token)
    if servant:
        head, token = "abd", servant[2]
    if head == "abd" and token in ("lah", "llah", "la", "lla", "ulla"):
        token = "allah"
    din = _JOINED_DIN.fullmatch(token)
    if din:
        token = din[1] + "udin"
    elif token.endswith(("ullah", "allah", "ollah", "ulla")) and len(token) > 6:
        token = re.sub(r"[aou]ll?ah?$", "ulah", token)
    return Part(token, head, article, son_of)


@lru_cache(maxsize=10_000)
def parse_organisation(text: str) -> OrganisationName:
    """Take an organisation's name apart."""
    table = vocabulary.organisation_words()
    bracket = re.search(r"\(([A-Za-z.\-]{2,8})\)", text)
    shown = _QUOTED.sub(" ", text).strip()
    letters = re.sub(r"^[Tt]he ", "", shown.replace(".", "").strip())
    acronym = letters.lower() if re.fullmatch(r"[A-Z][A-Za-z]{0,5}[A-Z]|[A-Z]{2,8}", letters) else ""
    spelled = romanise(re.sub(r"[’']s\b", "-s ", shown))
    hints, plain = _take_before(spelled)
    for pattern, replacement in _PHRASES:
        plain = pattern.sub(replacement, plain)
    if (state := _STATE.fullmatch(plain)) and state[1] in vocabulary.countries():
        plain = state[1]  # "the Islamic Republic of Iran"
    tokens, joins = _tokens(plain, is_unvowelled(text))
    tokens = [table.same.get(token, token) for token in tokens]
    words = _roles(_join_parts(tokens, joins))
    office = len(tokens) > 1 and tokens[-1] in table.office
    given = bracket[1].replace(".", "").lower() if bracket and sum(c.isupper() for c in bracket[1]) > 1 else ""
    initials = tuple(
        word for word in re.findall(r"[a-z0-9]+", _BASED.sub("", spelled).replace("-s ", "s ")) if word != "the"
    )
    return OrganisationName(words, hints, acronym, given, initials, office, is_unvowelled(text))


def _roles(parts: list[Part]) -> tuple[Word, ...]:
    table, countries = vocabulary.organisation_words(), vocabulary.countries()
    words = []
    for token in (piece for part in parts for piece in part.text.split("-")):
        lemma = _lemma(token)
        if token in table.weak:
            continue
        if lemma in table.soft:
            words.append(Word(lemma, "soft"))
        elif token in table.drop or lemma in table.drop:
            words.append(Word(token, "drop"))
        elif token in table.kind or lemma in table.kind:
            words.append(Word(lemma, "kind"))
        elif token in countries:
            words.append(Word(countries[token], "country"))
        elif token in table.common or lemma in table.common or lemma in table.same:
            words.append(Word(table.same.get(lemma, token if token in table.common else lemma), "common"))
        else:
            words.append(
                Word(token[:-1] if len(token) > 5 and token[-1] == "s" and token[-2] not in "su" else token, "name")
            )
    own = any(word.role == "name" for word in words)
    content = any(word.role not in ("drop", "kind") for word in words)
    settled = []
    for word in words:
        if word.role == "kind":  # "Xinhua news agency" is Xinhua, but "Central News Agency" is not "Central"
            word = Word(word.text, "drop" if own else "common")
        elif word.role == "drop" and not content:
            word = Word(word.text, "common")
        settled.append(word)
    return tuple(settled)


def _take_before(text: str) -> tuple[tuple[str, ...], str]:
    """Take off what those who write about an organisation say in front of its name."""
    table, countries = vocabulary.organisation_words(), vocabulary.countries()
    hints: list[str] = []
    text = re.sub(r"^the ", "", text.strip())
    based = _BASED.match(text)
    if based:
        hints.append(countries.get(based[1], based[1]))
        text = text[based.end() :]
    owner = re.match(r"((?:north|south|east|west|saudi)? ?)([a-z]+)-s +", text)
    if owner and owner[2] in countries and text[owner.end() :]:
        hints.append(countries[owner[2]])
        text = text[owner.end() :]
    text = text.replace("-s ", "s ").removesuffix("-s")
    while True:
        first, space, rest = text.partition(" ")
        if not space or first not in table.before or len(rest.split()) < 2:
            return tuple(hints), text
        text = rest


def _lemma(word: str) -> str:
    """Take a plural's ending off an English word, so that "Guards" is "guard" and "Bodies" is "body"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
