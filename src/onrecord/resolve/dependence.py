"""What makes two statements of one claim one origin, with the reason in words.

They stand in copies of one article, or in a passage that one article took from the other; they come from the same speaker, or
from one who speaks for or with the other ("aides to Mr. Okoro", the head of a body and the body); one passes on what the other
said or what stands in a document; both came through the same agency and one names no speaker. In doubt they are one: to count an
origin that is none is worse than to miss one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import Copy, SpeakerType
from onrecord.resolve.bearing import SAYING
from onrecord.resolve.copies import COPY
from onrecord.resolve.lineage import families
from onrecord.resolve.links import Line
from onrecord.resolve.phrasing import PRONOUNS, TITLES, WORD, plain, speaker_key

Edge = tuple[int, int, str]  # two statements of a claim, by number, and why they have one origin
NEAR = 4  # words behind a name within which a verb of saying is what the named one does
MANY = " ; "  # between the names of several who speak together


@dataclass(frozen=True, slots=True)
class Reuse:
    """Which articles repeat which, ready to be asked about single articles."""

    family: Mapping[str, int]  # article -> number of its family of copies
    partial: Mapping[str, Sequence[Copy]]  # article -> copies of passages that it has part in

    @classmethod
    def of(cls, copies: Iterable[Copy]) -> Reuse:
        """Sort the copies of an archive."""
        copies = tuple(copies)
        partial: dict[str, list[Copy]] = defaultdict(list)
        for copy in copies:
            if copy.relation != COPY:
                partial[copy.a].append(copy)
        family = {article: number for number, group in enumerate(families(copies)) for article in group}
        return cls(family, partial)


def said_by(line: Line) -> str | None:
    """Return who says it, in one word that tells him from others; None where nobody is named or described.

    "She and another reporter" tells nobody from others.
    """
    if line.type not in (SpeakerType.PERSON, SpeakerType.ORGANISATION) and PRONOUNS.intersection(
        _words(line.name or "")
    ):
        return None
    return line.told.source or (speaker_key(line.name) if line.name else None)


def copied(lines: Sequence[Line], reuse: Reuse) -> Iterator[Edge]:
    """Statements of one article, of copies of it, and of passages that were taken over."""
    first: dict[str | int, int] = {}
    by_article: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        by_article[line.article].append(i)
        family = reuse.family.get(line.article)
        j = first.setdefault(line.article if family is None else family, i)
        if j != i:
            yield j, i, "one article" if lines[j].article == line.article else "copies of one article"
    for article, here in by_article.items():
        for copy in reuse.partial.get(article, ()):
            for i in here:
                for j in by_article.get(copy.b, ()):
                    if any(_within(lines[i], p.a) and _within(lines[j], p.b) for p in copy.passages):
                        yield i, j, "a passage taken over"


def told_by(lines: Sequence[Line]) -> Iterator[Edge]:
    """Yield statements of one speaker; of those who speak for him; of one agency, where no speaker is named."""
    speaker: dict[str, int] = {}
    agency: dict[str, int] = {}
    for i, line in enumerate(lines):
        if who := said_by(line):
            j = speaker.setdefault(who, i)
            if j != i:
                yield j, i, "one speaker" if line.told.source else "speakers who are not told apart"
    for named in (False, True):
        for i, line in enumerate(lines):
            if line.agency and bool(line.told.source) == named:
                j = agency.setdefault(line.agency.casefold(), i) if not named else agency.get(line.agency.casefold(), i)
                if j != i:
                    yield j, i, "through one agency"
    beside = [_beside_name(line) for line in lines]
    for name, i in _named(lines).items():
        mark = _mark(name, lines[i])
        for j, other in enumerate(lines):
            if said_by(other) == said_by(lines[i]):
                continue
            if _stands_in(mark, beside[j]):
                yield i, j, f"speaks for or with {name}"
            elif not other.told.source and _is_short_for(other.name, name):
                yield i, j, f"perhaps {name}"
    documents = [i for i, line in enumerate(lines) if line.type == SpeakerType.DOCUMENT]
    for i in documents:
        for j, other in enumerate(lines):
            if other.type != SpeakerType.PERSON and j != i:
                yield i, j, "may rest on the same document"


def passed_on(lines: Sequence[Line]) -> Iterator[Edge]:
    """Yield statements of which one passes on what another said."""
    named = _named(lines)
    by_name = {name.casefold(): i for name, i in named.items()}
    for i, line in enumerate(lines):
        for name in line.via:
            j = by_name.get(name.casefold())
            if j is not None and j != i:
                yield j, i, f"passed on by {name}"
        told, before = _words(line.told.text), _just_before(line)
        for name, j in named.items():
            mark = _mark(name, lines[j])
            if (_stands_in(mark, before) or _tells_of(told, mark)) and said_by(line) != said_by(lines[j]):
                yield j, i, f"passes on what {name} said"


def _named(lines: Sequence[Line]) -> dict[str, int]:
    """Return the names of those who speak, also of each of several, and the first statement of each."""
    found: dict[str, int] = {}
    for i, line in enumerate(lines):
        if line.name and line.told.source:
            for name in line.name.split(MANY):
                found.setdefault(name, i)
    return found


def _mark(name: str, line: Line) -> list[str]:
    """Return the words by which one is known: a person's last name, all of another name."""
    words = _words(name)
    return words[-1:] if line.type == SpeakerType.PERSON else words


def _beside_name(line: Line) -> list[str]:
    """Return the words for the speaker; without his own name, where he has one, so that namesakes stay apart."""
    words = _words(f"{line.told.speaker or ''} {line.name or ''}")
    one = line.type == SpeakerType.PERSON and MANY not in (line.name or "")
    own = set(_words(line.name or "")) if one else set()
    return [word for word in words if word not in own] + _words(line.organisation or "")


def _just_before(line: Line) -> list[str]:
    """Return the words just before the content: "Okoro's announcement that ..."; not those for the speaker himself."""
    begin = (line.told.context or "").find(line.told.text.split(" … ")[-1][:60])
    words = _words((line.told.context or "")[: max(0, begin)])[-NEAR:]
    own = set(_words(f"{line.told.speaker or ''} {line.name or ''}"))
    return [word for word in words if word not in own]


def _is_short_for(described: str | None, name: str) -> bool:
    """Whether all that a speaker is called by is part of a name: "the committee"."""
    words = [word for word in _words(described or "") if word not in TITLES]
    return bool(words) and set(words) <= set(_words(name))


def _words(text: str) -> list[str]:
    return [plain(word).removesuffix("'s").removesuffix("'") for word in WORD.findall(text)]


def _places(mark: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    """Yield where the words of a mark stand in a row."""
    if mark and mark[0] in words:
        for at in range(len(words) - len(mark) + 1):
            if words[at : at + len(mark)] == mark:
                yield at


def _stands_in(mark: Sequence[str], words: Sequence[str]) -> bool:
    return next(_places(mark, words), None) is not None


def _tells_of(words: Sequence[str], mark: Sequence[str]) -> bool:
    """Whether a content tells what somebody said: "that Okoro told them ...", "..., according to Okoro"."""
    for at in _places(mark, words):
        behind = words[at + len(mark) : at + len(mark) + NEAR]
        if any(SAYING.fullmatch(word) for word in behind) or words[max(0, at - 2) : at] == ["according", "to"]:
            return True
    return False


def _within(line: Line, passage: tuple[int, int]) -> bool:
    return passage[0] <= line.span[0] and line.span[1] <= passage[1]
