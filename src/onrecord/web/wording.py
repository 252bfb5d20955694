"""What the records are called when a reader sees them: dates, kinds, acts and confidence in plain words."""

from __future__ import annotations

from datetime import date

from onrecord.model import Act, Kind, Speaker, SpeakerType, Statement

KINDS: dict[str, str] = {
    Kind.DIRECT: "quoted",
    Kind.INDIRECT: "reported",
    Kind.MIXED: "partly quoted",
}
KIND_HELP: dict[str, str] = {
    Kind.DIRECT: "every word stands inside quotation marks",
    Kind.INDIRECT: "in the writer’s words, without quotation marks",
    Kind.MIXED: "the writer’s words with quoted parts",
}
TYPES: dict[str, str] = {
    SpeakerType.PERSON: "person",
    SpeakerType.ORGANISATION: "organisation",
    SpeakerType.GROUP: "group",
    SpeakerType.ANONYMOUS: "unnamed source",
    SpeakerType.DOCUMENT: "document",
    SpeakerType.GENERIC: "people in general",
}
ACTS: dict[str, str] = {act: str(act) for act in Act}
FLAGS: dict[str, str] = {
    "negated": "the saying is denied",
    "modal": "might or could have said it",
    "future": "is going to say it",
    "question": "asked, not said",
    "conditional": "only under a condition",
    "reported-by-outlet": "told to the outlet itself",
}
MONTHS = ("January February March April May June July August September October November December").split()


def readable_date(iso: str | None) -> str:
    """Return an ISO date as a reader writes it, exactly as precise as it is: ``2017-04-01`` -> ``1 April 2017``."""
    if not iso:
        return "no date"
    parts = iso[:10].split("-")
    try:
        if len(parts) == 1:
            return parts[0]
        month = MONTHS[int(parts[1]) - 1]
        return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"
    except (ValueError, IndexError):
        return iso


def short_date(iso: str | None) -> str:
    """Return an ISO date with the month cut to three letters: ``1 Apr 2017``."""
    words = readable_date(iso).split()
    return " ".join(word[:3] if word in MONTHS else word for word in words)


def age(iso: str | None, today: date) -> str | None:
    """Return how long ago a full date lies, in years, or None."""
    if not iso or len(iso) < 4 or not iso[:4].isdigit():
        return None
    years = today.year - int(iso[:4])
    return f"{years} years ago" if years > 1 else None


def sure(confidence: float) -> str:
    """Return a confidence as words. The bounds are the ones the calibration is reported at."""
    if confidence >= 0.9:
        return "very likely right"
    if confidence >= 0.75:
        return "likely right"
    if confidence >= 0.5:
        return "uncertain"
    return "unclear"


def percent(confidence: float) -> str:
    """Return a confidence as a whole percentage."""
    return f"{confidence * 100:.0f}%"


def speaker_name(speaker: Speaker) -> str:
    """Return what to call a speaker: the name, else the words printed for one without a name."""
    if speaker.name:
        return speaker.name
    if speaker.candidates:
        return " or ".join(speaker.candidates)
    if speaker.description:
        return speaker.description
    return "speaker unclear" if speaker.type is None else TYPES[speaker.type]


def standing(speaker: Speaker) -> str | None:
    """Return role and organisation of a speaker as one line, or None."""
    parts = [part for part in (speaker.role, speaker.organisation) if part]
    if len(parts) == 2 and parts[1].casefold() in parts[0].casefold():
        parts = parts[:1]
    return ", ".join(parts) or None


def said(statement: Statement) -> str:
    """Return the cue as printed, else the act: ``told``, ``says``."""
    return " ".join((statement.cue_words or str(statement.act)).split())


def chain(statement: Statement) -> tuple[str, ...]:
    """Return who told whom, from the one who said it to the one who printed it."""
    links = [speaker_name(statement.speaker)]
    links += [speaker_name(speaker) for speaker in reversed(statement.via)]
    if statement.told_to and statement.told_to not in links:
        links.append(statement.told_to)
    return tuple(links)


def is_rtl(text: str | None) -> bool:
    """Return whether a text reads from right to left: whether its first strong letter is Arabic or Hebrew."""
    for character in (text or "")[:400]:
        if character.isalpha():
            return "\u0590" <= character <= "\u08ff" or "\ufb1d" <= character <= "\ufefc"
    return False


def number(value: int) -> str:
    """Return a count with thin spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def plural(value: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: ``1 statement``, ``2 statements``."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"
