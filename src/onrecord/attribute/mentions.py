"""Names in a text: where they stand, what they are, which title stands before them.

A name is a run of capitalised words. A run is cut where a title or a role stands in it ("Director Rami Abdulrahman"),
words that have a capital only because they begin a sentence are dropped, and the parts of an organisation's name that
small words join ("Observatory for Human Rights") are joined again. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from onrecord.attribute.naming import (
    COMMON,
    COURTESY,
    GIVEN,
    HEADS_PORTFOLIO,
    LAST_NAMES_TOO,
    LONGEST_ACRONYM,
    NOT_NAMES,
    ORGANISATION_WORDS,
    ORGANISATIONS_KNOWN,
    PLACES,
    PORTFOLIOS,
    ROLES,
    SUFFIXES,
    THINGS,
    TITLES,
    UPPER,
    Mention,
    is_acronym,
    kind_of,
    modifies,
)
from onrecord.model import SpeakerType

_ABBREVIATED = "|".join(
    "Mr Mrs Ms Messrs Dr Sen Sens Rep Reps Gov Govs Gen Col Capt Lt Sgt Maj Cmdr Adm Rev Hon Amb Prof Pres St Jr Sr Supt Del".split()
)
_TOKEN = (
    rf"(?:(?:[{UPPER}]\.){{2,}}|[{UPPER}]\.|(?:{_ABBREVIATED})\.|"
    rf"(?:(?:al|el|ul|as|ash|ad|an|ar|at|az|bin|ibn)[-\u2019'])?[{UPPER}]\w*(?:[-'\u2019&](?!s\b)\w+)*)"
)
_PARTICLE = r"(?:de|la|del|della|di|da|dos|du|van|von|der|den|bin|ibn|al|el|ben|abu|ter|y)"
_NICKNAME = rf"(?:[\"\u201c\u2018'][{UPPER}]\w{{1,15}}[\"\u201d\u2019'][ \u00a0])"
_RUN = re.compile(rf"(?<![\w@#.])(?:{_TOKEN})(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}{_NICKNAME}?(?:{_TOKEN}))*")
_WORD = re.compile(r"[^ \u00a0]+")
_JOINT = re.compile(r"[ \u00a0](?:of|for|on|against|in)(?: the| a)? ")
_AND = re.compile(r" (?:and|&) ")
_SENTENCE_START = re.compile("(?:\\A|[\r\n]|[.!?:\u2014\u2013\"\u201c\u2018(\\[-]|'')[\\s\"\u201c\u2018'(\\[]*\\Z")

_LINE = re.compile(r"[^\r\n]+")
_OPENER = re.compile(r"[A-Z][a-z]+(?:ing|ed|ly|ish)")
_INITIAL = re.compile(r"[A-Z]\.")  # "M." begins a name as Monsieur, and stands inside one as an initial
_LONGER = re.compile(r"[^\W\d_]{4,}")
_PARTY_PLACE = re.compile(r"[DRIL]-[A-Z]")
_COMPOUND = re.compile(
    r"[\w.]+-(?:[a-z]{2,}ed|[a-z]{3,}ing|[a-z]{3,}ers?|born|led|run|made|era|style|based|wide|like|spent|free|only|area)|"
    r"(?:[Cc]o|[Ee]x|[Aa]nti|[Pp]ro|[Nn]on|[Mm]id)-[a-z]\w+"
)  # "London-based", "Oscar-winning", "Co-moderator", "Anti-slavery"
_MONTHS_TOO = frozenset("April August Jan June May Will".split())  # given names that are other words as well
_APPOSED = re.compile(r", (?:an? |the |who |\d\d,)")
_AFTER_WHEN = re.compile(
    r"\b(?:in|since|until|till|last|by|of|this|next|through|from|to|and|or|on|for|early|late|mid) \Z", re.I
)
_LONGEST_HEADLINE = 160  # characters
_LONGEST = 12  # words of a run; longer ones are headlines in capitals, not names
_PERSON, _ORGANISATION = SpeakerType.PERSON, SpeakerType.ORGANISATION


def find_mentions(text: str) -> list[Mention]:
    """Return the names of a text in order.

    In headlines and in capitals every word looks like a name; there only names count that the rest of the text has.
    """
    found: list[Mention] = []
    shouted: list[list[tuple[str, int]]] = []
    heads = _headlines(text)
    for match in _RUN.finditer(text):
        tokens = [(part.group(), match.start() + part.start()) for part in _WORD.finditer(match.group())]
        if _in(heads, match.start()) or (len(match.group()) > LONGEST_ACRONYM and match.group().isupper()):
            shouted.append(tokens)
        elif len(tokens) <= _LONGEST:
            for piece in _pieces(text, tokens):
                _add(text, piece, found)
    _cut_openers(text, found)
    if shouted:
        known = {mention.name.lower(): mention.type for mention in found}
        lasts = {mention.words[-1].lower() for mention in found if mention.type is not _ORGANISATION}
        known.update({last: None for last in lasts if last not in known})
        for tokens in shouted:
            found.extend(_known_in(tokens, known, lasts))
        found.sort(key=lambda mention: mention.start)
    return found


def _cut_openers(text: str, found: list[Mention]) -> None:
    """Take from names the words that only stand before them: "Entrusting Donald Trump", "Bush Hits Marco Rubio".

    What is left must be a name that the text has elsewhere, the full name of a person or, after a word that begins a
    sentence and is no given name, any name.
    """
    names = Counter(mention.name for mention in found)
    for mention in found:
        words_ = mention.words
        if (
            len(words_) < 2
            or mention.title
            or mention.type is _ORGANISATION
            or words_[0].lower() in GIVEN
            or _INITIAL.fullmatch(words_[0])
        ):
            continue
        for number in range(1, len(words_)):
            rest = " ".join(words_[number:])
            full = number + 1 < len(words_) and words_[number].lower() in GIVEN
            opens = number == 1 and _OPENER.fullmatch(words_[0]) and _starts_sentence(text, mention.start)
            known = names[rest] and names[rest] >= names[mention.name]
            if (full and opens) or (known and (full or opens)):
                mention.start = mention.begin = mention.end - len(_tail(text, mention, number))
                mention.words = words_[number:]
                mention.type = kind_of(mention)
                break


def _tail(text: str, mention: Mention, number: int) -> str:
    """The words of a name from one number on, as printed."""
    return text[mention.start : mention.end].split(None, number)[number]


def _headlines(text: str) -> list[tuple[int, int]]:
    """Lines in which most of the longer words have a capital."""
    found = []
    for match in _LINE.finditer(text):
        if match.end() - match.start() <= _LONGEST_HEADLINE:
            longer = _LONGER.findall(match.group())
            if len(longer) > 3 and sum(word[0].isupper() for word in longer) > 0.9 * len(longer):
                found.append(match.span())
    return found


def _in(spans: list[tuple[int, int]], place: int) -> bool:
    number = bisect_right(spans, (place, 1 << 60)) - 1
    return number >= 0 and place < spans[number][1]


def _known_in(tokens: list[tuple[str, int]], known: dict[str, SpeakerType | None], lasts: set[str]) -> list[Mention]:
    """The longest known names in a run of capitalised words; a given name before a known last name counts too."""
    found: list[Mention] = []
    number = 0
    while number < len(tokens):
        for last in range(min(len(tokens), number + 5), number, -1):
            words_ = tuple(word for word, _ in tokens[number:last])
            name = " ".join(words_).lower()
            if name in known or (last == number + 2 and words_[0].lower() in GIVEN and words_[1].lower() in lasts):
                start, end = tokens[number][1], tokens[last - 1][1] + len(tokens[last - 1][0])
                found.append(Mention(start, end, start, words_, "", known.get(name, _PERSON)))
                number = last - 1
                break
        number += 1
    return found


def _pieces(text: str, tokens: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Cut a run where a word that is no name stands in it ("Clinton Tuesday"), and drop such words."""
    pieces: list[list[tuple[str, int]]] = [[]]
    for number, (word, start) in enumerate(tokens):
        small = word.lower()
        shouted = word.isupper() and len(word) > 2
        drop = (small in NOT_NAMES and not shouted) or bool(_PARTY_PLACE.match(word) or _COMPOUND.fullmatch(word))
        if drop and (
            (number and tokens[number - 1][0].lower() in GIVEN - NOT_NAMES) or _is_given(text, tokens, number)
        ):
            drop = False  # "Theresa May"; "April Mellody, a spokeswoman"
        if number == 0 and not drop and small in COMMON and small not in ROLES and small not in TITLES:
            named = len(tokens) > 1 and (tokens[1][0] in ORGANISATION_WORDS or small in GIVEN)
            drop = not named and _starts_sentence(text, start)
        if drop:
            pieces.append([])
        else:
            pieces[-1].append((word, start))
    return [piece for piece in pieces if piece]


def _is_given(text: str, tokens: list[tuple[str, int]], number: int) -> bool:
    """Whether a word such as "April" is the given name of the last name after it: not in "in April Clinton said"."""
    word, start = tokens[number]
    if word not in _MONTHS_TOO or number + 2 != len(tokens):
        return False
    last, place = tokens[number + 1]
    if last in ORGANISATION_WORDS or last in THINGS or last.lower() in TITLES | ROLES | NOT_NAMES:
        return False
    if _APPOSED.match(text, place + len(last)):
        return True
    return word not in ("May", "Will") and not _AFTER_WHEN.search(text[max(0, start - 9) : start])


def _starts_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text[max(0, start - 6) : start]) is not None


def _add(text: str, tokens: list[tuple[str, int]], found: list[Mention]) -> None:
    """Add the names that this run makes: the name, and the organisation before its title ("Wells Fargo CEO John Smith")."""
    first = 0 if len(tokens) == 1 and tokens[0][0] in ORGANISATIONS_KNOWN else _name_start(tokens)
    stop = _title_start(tokens, first)
    organisation = stop > 1 and tokens[stop - 1][0] in ORGANISATION_WORDS
    if stop and stop < first and (organisation or not all(modifies(word) for word, _ in tokens[:stop])):
        _add_name(text, tokens, 0, stop, found)
        if found[-1].type is None and found[-1].name not in PLACES and tokens[stop][0] not in PORTFOLIOS:
            found[-1].type = _ORGANISATION
    elif stop and stop < first and found and _joins(text, found[-1], _mention(text, tokens, 0, 0, stop)):
        _add_name(text, tokens, 0, stop, found)  # "Observatory for Human Rights Director"
    else:
        stop = 0 if stop < first else stop
    if first == 0:
        _add_name(text, tokens, 0, len(tokens), found)
    elif first < len(tokens):
        found.append(_mention(text, tokens, stop, first, len(tokens)))


def _mention(text: str, tokens: list[tuple[str, int]], begin: int, first: int, stop: int) -> Mention:
    """The mention whose titles begin at one token and whose name begins at another."""
    start = tokens[first][1]
    end = tokens[stop - 1][1] + len(tokens[stop - 1][0])
    mention = Mention(start, end, tokens[begin][1], tuple(word for word, _ in tokens[first:stop]))
    mention.title = text[mention.begin : start].rstrip()
    mention.type = kind_of(mention)
    return mention


def _add_name(text: str, tokens: list[tuple[str, int]], first: int, stop: int, found: list[Mention]) -> None:
    """Add a name without a title, or join it to the organisation before it."""
    mention = _mention(text, tokens, first, first, stop)
    if found and _joins(text, found[-1], mention):
        before = found[-1]
        before.end = mention.end
        before.words = tuple(text[before.start : before.end].split())
        before.type = _ORGANISATION
    else:
        found.append(mention)


def _name_start(tokens: list[tuple[str, int]]) -> int:
    """Number of the token after the last title or role; 0 where the whole run is the name."""
    first = 0
    for number, (word, _) in enumerate(tokens):
        small = word.lower()
        if (small not in TITLES and small not in COURTESY and small not in ROLES) or (
            number and _INITIAL.fullmatch(word)
        ):
            continue
        last = number == len(tokens) - 1
        before = tokens[number - 1][0].lower() if number else ""
        if last and number and (before in GIVEN or before in COURTESY or before in TITLES or before.endswith(".")):
            continue  # "Tim Cook", "Mr. King"
        if last and number and word in ORGANISATION_WORDS:
            continue
        if number + 2 == len(tokens) and tokens[number + 1][0] in ORGANISATION_WORDS - LAST_NAMES_TOO:
            continue  # "Justice Department"
        if not last and tokens[number + 1][0].lower() in SUFFIXES:
            continue
        first = number + 1
    if first == 0:
        for number in range(1, len(tokens) - 1):
            given = tokens[number][0].lower() in GIVEN and tokens[number + 1][0] not in ORGANISATION_WORDS
            prefix = [word for word, _ in tokens[:number]]
            if given and (
                all(modifies(word) or is_acronym(word) for word in prefix)
                or " ".join(prefix) in PLACES
                or (number > 1 and _ends_thing(prefix))
            ):
                return number  # "Democrat Hillary Clinton", "Zika Virus Chris Christie"
    return first


def _ends_thing(before: list[str]) -> bool:
    """Whether words before a given name are a thing's name, not more given names."""
    return before[0].lower() not in GIVEN and (modifies(before[-1]) or before[-1] in THINGS)


def _title_start(tokens: list[tuple[str, int]], first: int) -> int:
    """Number of the first of the titles that stand right before the name."""
    number = first
    while number and tokens[number - 1][0].lower() in TITLES | ROLES | COURTESY:
        number -= 1
    if number and number < first and tokens[number][0] in HEADS_PORTFOLIO and tokens[number - 1][0] in PORTFOLIOS:
        number -= 1  # "Defence Minister", not the minister of a company named so
    return number


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
    return (
        before.words[-1] in ORGANISATION_WORDS
        or (is_acronym(before.words[-1]) and after.name in PLACES)
        or (joined and gap.strip().startswith(("of", "for")) and before.type is _ORGANISATION)
    )
