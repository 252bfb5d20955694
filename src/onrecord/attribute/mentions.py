"""Names in a text: where they stand, what they are, which title stands before them.

A name is a run of capitalised words. A run is cut where a title or a role stands in it ("Director Rami Abdulrahman"),
words that have a capital only because they begin a sentence are dropped, and the parts of an organisation's name that
small words join ("Observatory for Human Rights") are joined again. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.attribute.tables import words
from onrecord.model import SpeakerType

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0410-\u042f" + "".join(
    character for character in map(chr, range(0x100, 0x250)) if character.isupper()
)
_ABBREVIATED = "Mr|Mrs|Ms|Messrs|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Col|Capt|Lt|Sgt|Maj|Cmdr|Adm|Rev|Hon|Amb|Prof|Pres|St|Jr|Sr|Supt|Atty"
_TOKEN = (
    rf"(?:(?:[{_UPPER}]\.){{2,}}|[{_UPPER}]\.|(?:{_ABBREVIATED})\.|"
    rf"(?:(?:al|el|ul|as|ash|ad|an|ar|at|az|bin|ibn)[-\u2019'])?[{_UPPER}]\w*(?:[-'\u2019&](?!s\b)\w+)*)"
)
_PARTICLE = r"(?:de|la|del|della|di|da|dos|du|van|von|der|den|bin|ibn|al|el|ben|abu|ter|y)"
_RUN = re.compile(rf"(?<![\w@#.])(?:{_TOKEN})(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}(?:{_TOKEN}))*")
_WORD = re.compile(r"[^ \u00a0]+")
_JOINT = re.compile(r"[ \u00a0](?:of|for|on|against|in)(?: the)? ")
_AND = re.compile(r" (?:and|&) ")
_SENTENCE_START = re.compile("(?:\\A|[\r\n]|[.!?:\u2014\u2013\"\u201c\u2018(\\[-]|'')[\\s\"\u201c\u2018'(\\[]*\\Z")
_ACRONYM = re.compile(rf"[{_UPPER}][{_UPPER}0-9&-]+s?|(?:[{_UPPER}]\.){{2,}}")

TITLES = words("nouns", "title")
COURTESY = words("nouns", "courtesy")
ROLES = words("nouns", "role")
KIN = words("nouns", "kin")
DEMONYMS = words("nouns", "demonym")
PLACES = words("nouns", "place")
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_ORGANISATION_WORDS = words("nouns", "organisation-name")
_ORGANISATIONS = words("nouns", "organisation-known")
_NOT_NAMES = words("nouns", "not-a-name")
_COMMON = words("common-words")
FEMALE_NAMES = words("given-names", "female")
MALE_NAMES = words("given-names", "male")
_GIVEN = FEMALE_NAMES | MALE_NAMES | words("given-names", "both")
_LONGEST = 12  # words of a run; longer ones are headlines in capitals, not names


@dataclass(slots=True)
class Mention:
    """One name in the text.

    Attributes:
        start, end: of the name, without titles.
        begin: of the name with the titles before it.
        words: the name's words.
        title: the titles before the name, as printed.
        type: person or organisation; None for a place, or a single word that may be the short form of a name.
    """

    start: int
    end: int
    begin: int
    words: tuple[str, ...]
    title: str = ""
    type: SpeakerType | None = None

    @property
    def name(self) -> str:
        """The name as one string with single blanks."""
        return " ".join(self.words)


def find_mentions(text: str) -> list[Mention]:
    """Return the names of a text in order."""
    found: list[Mention] = []
    for match in _RUN.finditer(text):
        tokens = [(part.group(), match.start() + part.start()) for part in _WORD.finditer(match.group())]
        if len(tokens) <= _LONGEST:
            for piece in _pieces(text, tokens):
                _add(text, piece, found)
    return found


def _pieces(text: str, tokens: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Cut a run where a word that is no name stands in it ("Clinton Tuesday"), and drop such words."""
    pieces: list[list[tuple[str, int]]] = [[]]
    for number, (word, start) in enumerate(tokens):
        small = word.lower()
        drop = small in _NOT_NAMES and not (
            len(small) > 1 and word.isupper() and small not in ("the", "a", "but", "and")
        )
        if number == 0 and not drop and small in _COMMON and small not in ROLES and small not in TITLES:
            drop = _starts_sentence(text, start) and not (len(tokens) > 1 and tokens[1][0] in _ORGANISATION_WORDS)
        if drop:
            pieces.append([])
        else:
            pieces[-1].append((word, start))
    return [piece for piece in pieces if piece]


def _starts_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text[max(0, start - 6) : start]) is not None


def _add(text: str, tokens: list[tuple[str, int]], found: list[Mention]) -> None:
    """Add the mention that this run makes, or join it to the organisation before it."""
    first = _name_start(tokens)
    begin = tokens[0][1]
    if first == len(tokens):
        return  # only titles: "Attorney General"
    title = text[begin : tokens[first][1]].rstrip() if first else ""
    name = tokens[first:]
    start, end = name[0][1], name[-1][1] + len(name[-1][0])
    mention = Mention(start, end, begin, tuple(word for word, _ in name), title, None)
    mention.type = _type_of(mention)
    if found and not first and _joins(text, found[-1], mention):
        before = found[-1]
        before.end = end
        before.words = tuple(text[before.start : end].split())
        before.type = _ORGANISATION
        return
    if first and found and _joins(text, found[-1], Mention(begin, start, begin, ())):
        # "Observatory for Human Rights Director X": the words before the title belong to the organisation
        stop = _title_start(tokens, first)
        if stop > 0:
            before = found[-1]
            before.end = tokens[stop - 1][1] + len(tokens[stop - 1][0])
            before.words = tuple(text[before.start : before.end].split())
            before.type = _ORGANISATION
            mention.begin = tokens[stop][1]
            mention.title = text[mention.begin : start].rstrip()
    found.append(mention)


def _name_start(tokens: list[tuple[str, int]]) -> int:
    """Number of the token after the last title or role; 0 where the whole run is the name."""
    first = 0
    for number, (word, _) in enumerate(tokens):
        small = word.lower()
        if small not in TITLES and small not in COURTESY and small not in ROLES:
            continue
        last = number == len(tokens) - 1
        before = tokens[number - 1][0].lower() if number else ""
        if last and number and (before in _GIVEN or before in COURTESY or before in TITLES or before.endswith(".")):
            continue  # "Tim Cook", "Mr. King"
        if last and number and word in _ORGANISATION_WORDS:
            continue
        if not last and tokens[number + 1][0].lower() in SUFFIXES:
            continue
        first = number + 1
    if first == 0:
        for number in range(1, len(tokens) - 1):
            given = tokens[number][0].lower() in _GIVEN and tokens[number + 1][0] not in _ORGANISATION_WORDS
            if given and all(_modifies(word) for word, _ in tokens[:number]):
                return number  # "Democrat Hillary Clinton"
    return first


def _title_start(tokens: list[tuple[str, int]], first: int) -> int:
    """Number of the first of the titles that stand right before the name."""
    number = first
    while number and (tokens[number - 1][0].lower() in TITLES or tokens[number - 1][0].lower() in ROLES):
        number -= 1
    return number


def _modifies(word: str) -> bool:
    small = word.lower()
    return word in DEMONYMS or word in PLACES or (small in _COMMON and small not in _GIVEN) or small in ROLES


def _type_of(mention: Mention) -> SpeakerType | None:
    words_, name = mention.words, mention.name
    last = words_[-1]
    title = mention.title.lower().rsplit(None, 1)[-1] if mention.title else ""
    if name in PLACES or (len(words_) > 1 and name.isupper()):
        return None
    if last in _ORGANISATION_WORDS and not (title in COURTESY or title in TITLES):
        if len(words_) > 1:
            return (
                None
                if words_[0].lower() in _GIVEN and len(words_) == 2 and last.lower() not in _COMMON
                else _ORGANISATION
            )
        return None
    if name in _ORGANISATIONS or (len(words_) > 1 and words_[0] in _ORGANISATIONS):
        return _ORGANISATION
    if len(words_) == 1:
        if title:
            return _PERSON
        return _ORGANISATION if _ACRONYM.fullmatch(name) and len(name) <= 6 and name.lower() not in _GIVEN else None
    if title and title not in ("house", "senate"):
        return _PERSON
    head = words_[0].lower()
    if words_[0] in DEMONYMS or words_[0] in PLACES or last in DEMONYMS:
        return None
    if head in _GIVEN:
        return _PERSON
    if len(words_) > 4 or (
        last.lower() in _COMMON and not any(len(word) == 2 and word.endswith(".") for word in words_)
    ):
        return None
    return _PERSON if head not in _COMMON or any(word.lower() in _GIVEN for word in words_[:-1]) else None


_PERSON = SpeakerType.PERSON
_ORGANISATION = SpeakerType.ORGANISATION


def _joins(text: str, before: Mention, after: Mention) -> bool:
    """Whether two runs are one organisation's name: "Center" for "Science", then and "Democracy"."""
    gap = text[before.end : after.begin]
    if len(gap) > 9 or before.title or len(before.words) > _LONGEST:
        return False
    joined = any(word in ("of", "for") for word in before.words)
    if _AND.fullmatch(gap):
        return joined and after.type is not _PERSON and len(after.words) < 4
    if not _JOINT.fullmatch(gap):
        return False
    return before.words[-1] in _ORGANISATION_WORDS or (
        joined and gap.strip().startswith(("of", "for")) and before.type is _ORGANISATION
    )
