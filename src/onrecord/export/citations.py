"""Citations of articles and statements: a plain sentence, RIS, BibTeX and CSL-JSON.

Forms: RIS as in the "RIS Format Specifications" (types NEWS and QUOTE are not known to every
program, so statements are NEWS with a note); BibTeX ``@misc`` with ``howpublished``, which every
style can print; CSL-JSON 1.0.2, type ``article-newspaper``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited: an article, or a statement in it."""

    id: str
    title: str
    permalink: str
    authors: tuple[str, ...] = ()
    site: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    quote: str | None = None  # a statement's words
    speaker: str | None = None  # who said them


def sentence(work: Work) -> str:
    """Return the citation as APA would write it, the speaker of a statement first."""
    title = work.title.rstrip(".")
    closed = "" if title.endswith(("?", "!")) else "."
    who = _apa_names(work.authors)
    lead = f"{who} ({_apa_date(work.published)}). {title}{closed}" if who else f"{title} ({_apa_date(work.published)})."
    where = f" {work.site.rstrip('.')}." if work.site else ""
    address = work.permalink
    if work.speaker:
        return f"{work.speaker}, cited in {lead}{where} {address}"
    return f"{lead}{where} {address}"


def ris(work: Work) -> str:
    """Return the RIS record of a work, with CRLF line ends as the form asks."""
    lines = [("TY", "NEWS")]
    lines += [("AU", _family_first(name)) for name in work.authors]
    lines.append(("TI", work.title))
    if work.site:
        lines.append(("T2", work.site))
    if work.published:
        lines.append(("PY", work.published[:4]))
        lines.append(("DA", work.published[:10].replace("-", "/")))
    if work.language:
        lines.append(("LA", work.language))
    lines.append(("UR", work.permalink))
    if work.url:
        lines.append(("L2", work.url))
    if work.quote:
        lines.append(("AB", f"{work.speaker or 'Unknown speaker'}: {work.quote}"))
    lines.append(("ID", work.id))
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines) + "ER  - \r\n"


def bibtex(work: Work) -> str:
    """Return the BibTeX entry of a work."""
    fields = [("title", work.title)]
    if work.authors:
        fields.insert(0, ("author", " and ".join(name.replace(" and ", " & ") for name in work.authors)))
    if work.site:
        fields.append(("howpublished", work.site))
    if work.published:
        fields.append(("year", work.published[:4]))
        month = work.published[5:7]
        if month.isdigit() and 1 <= int(month) <= 12:
            fields.append(("month", _MONTHS[int(month) - 1][:3].lower()))
    fields.append(("url", work.permalink))
    if work.quote:
        fields.append(("note", f"{work.speaker or 'Unknown speaker'}: {work.quote}"))
    body = ",\n".join(f"  {name} = {{{_bibtex(value, name)}}}" for name, value in fields)
    return f"@misc{{onrecord-{work.id},\n{body}\n}}\n"


def csl(work: Work) -> dict[str, object]:
    """Return the CSL-JSON item of a work."""
    item: dict[str, object] = {
        "id": work.id,
        "type": "article-newspaper",
        "title": work.title,
        "URL": work.permalink,
    }
    if work.authors:
        item["author"] = [_csl_name(name) for name in work.authors]
    if work.site:
        item["container-title"] = work.site
    if work.published and work.published[:4].isdigit():
        item["issued"] = {"date-parts": [[int(part) for part in work.published[:10].split("-") if part.isdigit()]]}
    if work.language:
        item["language"] = work.language
    if work.quote:
        item["note"] = f"{work.speaker or 'Unknown speaker'}: {work.quote}"
    return item


def _apa_names(names: Sequence[str]) -> str:
    shown = [_apa_name(name) for name in names]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f", & {shown[-1]}" if shown else ""


def _apa_name(name: str) -> str:
    family, given = _parts(name)
    return f"{family}, {' '.join(f'{part[0]}.' for part in given.split())}" if given else family


def _apa_date(published: str | None) -> str:
    if not published:
        return "n.d."
    year, _, rest = published[:10].partition("-")
    month, _, day = rest.partition("-")
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return year
    return f"{year}, {_MONTHS[int(month) - 1]}" + (f" {int(day)}" if day.isdigit() else "")


def _parts(name: str) -> tuple[str, str]:
    """Return family and given names; a name that is no person's (or of one word) is family name alone."""
    words = name.split()
    if len(words) < 2 or not re.fullmatch(r"[^\W\d_][\w.'’-]*", words[-1]) or len(words) > 4:
        return name, ""
    return words[-1], " ".join(words[:-1])


def _family_first(name: str) -> str:
    family, given = _parts(name)
    return f"{family}, {given}" if given else family


def _csl_name(name: str) -> dict[str, str]:
    family, given = _parts(name)
    return {"family": family, "given": given} if given else {"literal": name}


def _line(value: str) -> str:
    return " ".join(value.split())


def _bibtex(value: str, field: str) -> str:
    line = _line(value)
    if field == "url":
        return re.sub(r"[{}\\\\]", "", line)
    special = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(letter, f"\\{letter}" if letter in "&%$#_" else letter) for letter in line)
