"""Pages to HTML: the template environment, and the few functions that templates may call.

Everything is escaped by default, and nothing in the templates turns that off.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.model import Spans
from onrecord.web import addresses, wording
from onrecord.web.visit import Frame, Page

HERE = Path(__file__).parent
STATIC = HERE / "static"


@functools.cache
def environment() -> Environment:
    """Return the template environment."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters.update(
        date=wording.readable_date,
        short_date=wording.short_date,
        sure=wording.sure,
        percent=wording.percent,
        speaker_name=wording.speaker_name,
        standing=wording.standing,
        said=wording.said,
        chain=wording.chain,
        number=wording.number,
        outside=addresses.outside,
        readable=addresses.readable,
        highlight=highlight,
        digest=lambda value, short=False: value[:23] + "…" if short else value,
    )
    found.globals.update(
        plural=wording.plural,
        is_rtl=wording.is_rtl,
        kinds=wording.KINDS,
        kind_help=wording.KIND_HELP,
        types=wording.TYPES,
        flags=wording.FLAGS,
        article_address=addresses.article_address,
        statement_address=addresses.statement_address,
        source_address=addresses.source_address,
        picture_address=addresses.picture_address,
        image_address=addresses.image_address,
        claim_address=addresses.claim_address,
        copies_address=addresses.copies_address,
        Ask=addresses.Ask,
    )
    return found


def render(page: Page, frame: Frame) -> str:
    """Return a page as HTML."""
    return environment().get_template(page.template).render(page=page, frame=frame)


def highlight(text: str | None, spans: Spans = (), start: int = 0, end: int | None = None) -> Markup:
    """Return ``text[start:end]`` with the spans (of the whole text) inside ``<mark>``."""
    text = text or ""
    end = len(text) if end is None else min(end, len(text))
    found: list[Markup] = []
    place = start
    for left, right in sorted(spans):
        left, right = max(left, place), min(right, end)
        if left < right:
            found += [escape(text[place:left]), Markup("<mark>"), escape(text[left:right]), Markup("</mark>")]
            place = right
    found.append(escape(text[place:end]))
    return Markup("").join(found)


@functools.cache
def static_address(name: str) -> str:
    """Return the address of a static file, with its digest so that browsers may keep it for good."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"
