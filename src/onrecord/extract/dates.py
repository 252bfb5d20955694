"""Dates as pages print them, to ISO 8601, never more precise than the page.

Reads ISO 8601 and its sloppy relatives, RFC 2822, Unix times, and the written dates of the languages in
``_MONTHS``. A day and month in numbers only (``03/04/2017``) is read with the order that the page's language uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from onrecord.extract.clean import tidy

_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(?:at )?(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,"
    r"]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?"
    r"\s*(Z\b|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d(?!\d))?)?(?!\d)",
    re.I,
)
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?$")
_CJK = re.compile(
    r"((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일](?:\D{0,6}(\d{1,2})\s*[:：時시时]\s*(\d\d)?)?"
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?((?:19|20)\d\d)(?![\d:])")
_SHORT_YEAR = re.compile(r"(?<![\w.,:/-])(\d{1,2})([./-])(\d{1,2})\2([0-3]\d)(?![\d:]|[./-]\w)")
_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_YEAR_MONTH = re.compile(r"^((?:19|20)\d\d)-(\d\d)$")
_CLOCK = re.compile(
    r"(?<![\d.:/-])([01]?\d|2[0-3])\s?(?:[:.hH]|Uhr )\s?([0-5]\d)(?::([0-5]\d))?(?!\d|"
        r"[./-]\d)\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?)?"
    r"|(?<![\d.:/-])(1[0-2]|[1-9])\s?(a\.?m\b\.?|p\.?m\b\.?)", re.I,
)  # fmt: skip
_ZONE = re.compile(
    r"\b(UTC|GMT|Z|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|AKST|AKDT|HST|BST|IST|"
    r"CET|CEST|MEZ|MESZ|EET|EEST|MSK|SAST|EAT|WAT|PKT|SGT|MYT|HKT|JST|KST|AEST|AEDT|NZST|"
    r"NZDT)\b|"
    r"(?:UTC|GMT)?\s?([+-]\d\d:?\d\d)\b"
)
_OFFSETS = {
    "UTC": "+00:00",
    "GMT": "+00:00",
    "Z": "+00:00",
    "EST": "-05:00",
    "EDT": "-04:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
    "AKST": "-09:00",
    "AKDT": "-08:00",
    "HST": "-10:00",
    "BST": "+01:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "MEZ": "+01:00",
    "MESZ": "+02:00",
    "EET": "+02:00",
    "EEST": "+03:00",
    "MSK": "+03:00",
    "SAST": "+02:00",
    "EAT": "+03:00",
    "WAT": "+01:00",
    "PKT": "+05:00",
    "SGT": "+08:00",
    "MYT": "+08:00",
    "HKT": "+08:00",
    "JST": "+09:00",
    "KST": "+09:00",
    "AEST": "+10:00",
    "AEDT": "+11:00",
    "NZST": "+12:00",
    "NZDT": "+13:00",
}  # fmt: skip  (IST and the bare US zones ET, CT, MT, PT mean several offsets: the clock is kept without one)
_MONTHS = {
    name.replace("_", " "): number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro januára "
            "ledna leden stycznia styczeń января январь ocak يناير كانون_الثاني جانفي janúar jaanuar tammikuuta",
            "february feb februar februari février févr fév febrero febbraio fevereiro února "
            "únor lutego luty февраля февраль şubat فبراير شباط فيفري febrúar",
            "march mar märz mrz mär mars marzo maart março března březen marca marzec марта март mart مارس آذار اذار",
            "april apr abril abr avril avr aprile aprilie dubna duben kwietnia kwiecień апреля "
            "апрель nisan أبريل ابريل نيسان أفريل apríl",
            "may mai mayo maggio mag mei maj maio května květen maja мая май mayıs مايو أيار ايار ماي maí",
            "june jun juni juin junio giugno giu junho června červen czerwca czerwiec июня июнь haziran يونيو حزيران جوان júní",
            "july jul juli juillet juil julio luglio lug julho července červenec lipca lipiec "
            "июля июль temmuz يوليو تموز جويلية júlí",
            "august aug août agosto ago augustus srpna srpen sierpnia sierpień августа август "
            "ağustos أغسطس اغسطس آب اب أوت ágúst augusti",
            "september sept sep septembre septiembre settembre set setembro září września wrzesień "
            "сентября сентябрь eylül سبتمبر أيلول ايلول",
            "october oct oktober okt octobre octubre ottobre ott outubro října říjen października "
            "październik октября октябрь ekim أكتوبر اكتوبر تشرين_الأول تشرين_الاول október",
            "november nov novembre noviembre novembro listopadu listopada listopad ноября ноябрь kasım نوفمبر تشرين_الثاني nóvember",
            "december dec dezember dez décembre déc diciembre dic dicembre dezembro prosince "
            "prosinec grudnia grudzień декабря декабрь aralık ديسمبر كانون_الأول كانون_الاول desember des",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?[.,]?\s*(?:de |of |-)?({_MONTH})\b\.?(?:\s?/\s?[^\W\d_]+)?,"
    rf"?-?\s*(?:de |del )?((?:19|20)\d\d)\b",
    re.I,
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,|\s)\s*(?:at\s)?((?:19|20)\d\d)\b", re.I)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.I)
_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)(?:[/-](0?[1-9]|1[0-2]|[a-z]{3})[/-]|(0[1-9]|1[0-2]))(0[1-9]|[12]\d|3[01]|[1-9](?=/))(?=[/_.-]|\b)"
    r"|/([0-3]\d)-([01]\d)-((?:19|20)\d\d)(?=[/_.-]|$)"
)


def parse(text: str | None, *, month_first: bool = False, short_years: bool = False) -> str | None:
    """Return the first date in a text as ISO 8601, or ``None``.

    Args:
        text: an attribute value or a printed line.
        month_first: how to read ``03/04/2017``; ``03.04.2017`` is the third of April in every language.
        short_years: whether ``03.04.17`` is a date; only where a date is expected.
    """
    if not text or len(text) > 400 or not _DIGIT.search(text):
        return None
    text = tidy(text) if text.isascii() else tidy(text).translate(_ARABIC)
    if text.isdigit() and len(text) in (10, 13):
        return _unix(int(text[:10]))
    if found := _COMPACT.match(text) or _ISO.search(text):
        year, month, day, *clock = found.groups()
        hour, minute, second = clock[:3]
        half, zone = (clock[3], clock[4]) if len(clock) == 5 else (None, clock[3])
        if date := _make(year, month, day):
            return date + _clock(hour, minute, second, half, zone)
    if found := _CJK.search(text):
        date = _make(*found.groups()[:3])
        return date + _clock(found[4], found[5] or "00", None, None, None) if date else None
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2))):
        if (found := pattern.search(text)) and (
            date := _make(found[order[0]], str(_MONTHS[found[order[1]].lower()]), found[order[2]])
        ):
            return date + _time_near(text, found)
    if found := _NUMBERS.search(text) or (_SHORT_YEAR.search(text) if short_years else None):
        first, mark, second, year = found.groups()
        turned = (month_first and mark != "." and int(first) <= 12) or int(second) > 12
        day, month = (second, first) if turned else (first, second)
        if date := _make(year if len(year) == 4 else f"20{year}", month, day):
            return date + _time_near(text, found)
    if found := _MONTH_YEAR.search(text):
        return f"{found[2]}-{_MONTHS[found[1].lower()]:02d}"
    if _YEAR.match(text):
        return text
    return text if (found := _YEAR_MONTH.match(text)) and 1 <= int(found[2]) <= 12 else None


def from_address(url: str | None) -> str | None:
    """Return the day that an address carries (``/2017/04/01/``), or ``None``."""
    if not url or not (found := _IN_PATH.search(url)):
        return None
    if found[7]:
        return _make(found[7], found[6], found[5])
    month = found[2] or found[3]
    return _make(found[1], month if month.isdigit() else str(_MONTHS.get(month, 0)), found[4])


def first(values: Iterable[str | None], *, month_first: bool = False) -> str | None:
    """Return the first of the values that is a date."""
    return next((date for value in values if (date := parse(value, month_first=month_first))), None)


def _make(year: str, month: str, day: str) -> str | None:
    try:
        return datetime(int(year), int(month), int(day)).strftime("%Y-%m-%d")
    except ValueError:
        return None


def _unix(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _time_near(text: str, date: re.Match[str]) -> str:
    for part in (text[date.end() :], text[: date.start()]):
        if found := _CLOCK.search(part):
            zone = _ZONE.search(part, found.end())
            offset = (_OFFSETS.get(zone[1]) if zone[1] else zone[2]) if zone else None
            if found[5]:
                return _clock(found[5], "00", None, found[6], offset)
            return _clock(found[1], found[2], found[3], found[4], offset)
    return ""


def _clock(hour: str | None, minute: str | None, second: str | None, half: str | None, zone: str | None) -> str:
    if hour is None or minute is None:
        return ""
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    if hours > 23 or int(minute) > 59:
        return ""
    offset = ""
    if zone:
        digits = zone.replace(":", "")
        offset = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else f"{digits[:3]}:{digits[3:] or '00'}"
    return f"T{hours:02d}:{minute}" + (f":{second}" if second else "") + offset
