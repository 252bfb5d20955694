"""The figures of the extraction benchmark, from what a tool found and what is true.

Fields are compared after whitespace, NFC and invisible characters are made alike, and no more. A date is right
when it is the same day in either time zone (the peers give days). Captions and credits are those of the lead
picture and are asked for where the truth has one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from shingles import Overlap, f1, overlap
from tools import Found

Row = dict[str, float]


def tidy(text: object) -> str:
    """Return a printed text as it is compared."""
    plain = unicodedata.normalize("NFC", str(text or "")).replace("\u00ad", "").replace("\u200b", "")
    return re.sub(r"\s+", " ", plain).strip()


def fundus(golds: Sequence[Mapping[str, Any]], found: Sequence[Found]) -> Row:
    """Score against pages whose whole record is known."""
    pages: list[Overlap] = [overlap(gold["body"], got.text) for gold, got in zip(golds, found, strict=True)]
    precision, recall, score = f1(pages)
    pairs = list(zip(golds, found, strict=True))
    with_caption = [(g, f) for g, f in pairs if tidy(lead_of(g).get("caption"))]
    with_credit = [(g, f) for g, f in pairs if credits_of(lead_of(g))]
    nobody = [(g, f) for g, f in pairs if not g["authors"]]
    return {
        "pages": len(pairs),
        "body precision": precision,
        "body recall": recall,
        "body F1": score,
        "body exact": _share(page.both > 0.9999 for page in pages),
        "title": _share(tidy(g["title"]) == tidy(f.title) for g, f in pairs),
        "authors": _share(names(g["authors"]) == names(f.authors) for g, f in pairs),
        "authors invented": _share(bool(f.authors) for _, f in nobody),
        "date": _share(bool(days(g["publishing_date"]) & days(f.date)) for g, f in pairs),
        "caption": _share(caption_right(g, f) for g, f in with_caption),
        "credit": _share(credit_right(g, f) for g, f in with_credit),
    }


def web(golds: Sequence[Mapping[str, Any]], found: Sequence[Found]) -> Row:
    """Score against segments that must and must not be in the body, as trafilatura's evaluation does."""
    hits = misses = kept_out = let_in = 0
    for gold, got in zip(golds, found, strict=True):
        for segment in gold["with"]:
            if segment in got.text:
                hits += 1
            else:
                misses += 1
        for segment in gold["without"]:
            if segment in got.text:
                let_in += 1
            else:
                kept_out += 1
    pairs = list(zip(golds, found, strict=True))
    labelled = [(g, f) for g, f in pairs if "author" in g]
    nobody = [(g, f) for g, f in labelled if not g["author"]]
    somebody = [(g, f) for g, f in labelled if g["author"]]
    dated = [(g, f) for g, f in pairs if g.get("date")]
    titled = [(g, f) for g, f in pairs if g.get("title")]
    precision, recall = hits / max(1, hits + let_in), hits / max(1, hits + misses)
    return {
        "pages": len(pairs),
        "accuracy": (hits + kept_out) / max(1, hits + misses + kept_out + let_in),
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "title": _share(tidy(g["title"]).casefold() == tidy(f.title).casefold() for g, f in titled),
        "authors": _share(names(listed(g["author"])) == names(f.authors) for g, f in somebody),
        "authors invented": _share(bool(f.authors) for _, f in nobody),
        "date": _share(bool(days(g["date"]) & days(f.date)) for g, f in dated),
    }


def listed(value: str | list[str]) -> list[str]:
    """Return the names of a labelled author field, which is a list or a line."""
    return value if isinstance(value, list) else re.split(r";|, (?=[A-Z])", value)


def lead_of(gold: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the lead picture of a page: the one marked as its cover, else the first."""
    pictures = gold["images"]
    lead: Mapping[str, Any] = next((p for p in pictures if p.get("is_cover")), pictures[0] if pictures else {})
    return lead


def credits_of(picture: Mapping[str, Any]) -> list[str]:
    """Return the credits of a picture as listed."""
    return [text for credit in picture.get("credits") or () if (text := tidy(credit))]


def caption_right(gold: Mapping[str, Any], found: Found) -> bool:
    """Whether the first picture's caption, or that of the picture at the lead's address, is the lead's."""
    wanted = tidy(lead_of(gold)["caption"])
    return any(tidy(picture.caption) == wanted for picture in _candidates(gold, found))


def credit_right(gold: Mapping[str, Any], found: Found) -> bool:
    """The same for the credit; the truth lists its parts, the page prints them joined in some way."""
    wanted = _parts(" / ".join(credits_of(lead_of(gold))))
    return any(_parts(tidy(picture.credit)) == wanted for picture in _candidates(gold, found) if picture.credit)


def _parts(credit: str) -> list[str]:
    return [part.strip().casefold() for part in re.split(r"[/,|;]|\svia\s", credit) if part.strip()]


def _candidates(gold: Mapping[str, Any], found: Found) -> list[Any]:
    urls = {_key(url) for url in [lead_of(gold).get("url"), *(lead_of(gold).get("urls") or ())] if url}
    same = [picture for picture in found.pictures if picture.url and _key(picture.url) in urls]
    return same[:1] or list(found.pictures[:1])


def _key(url: str) -> str:
    return re.sub(r"[?#].*$", "", url).rsplit("/", 1)[-1].lower()


def names(values: Sequence[str] | None) -> frozenset[str]:
    """Return names as they are compared: as a set, without regard to case."""
    return frozenset(tidy(value).casefold() for value in values or () if tidy(value))


def days(text: object) -> frozenset[date]:
    """Return the days on which a moment lies: where it was printed, and in UTC."""
    plain = tidy(text).replace(" ", "T", 1)
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return frozenset()
    return frozenset({moment.date()} | ({moment.astimezone(UTC).date()} if moment.tzinfo else set()))


def _share(right: Any) -> float:
    values = list(right)
    return sum(values) / len(values) if values else float("nan")
