"""The second opinion: trafilatura, for the few pages on which the scorer is unsure."""

from __future__ import annotations

from onrecord.extract.clean import tidy

MAX_BYTES = 1_500_000  # trafilatura needs more than a second beyond this
MAX_ELEMENTS = 15_000  # with a text in them; the same
CONFIDENCE = 0.6  # that what it returns is the article: measured on the pages that reach it


def paragraphs(text: str, *, precise: bool) -> tuple[str, ...]:
    """Return the paragraphs that trafilatura finds in a page; empty where it finds none or fails.

    Args:
        text: the page.
        precise: rather leave out than let in: right for news, too strict for other pages.
    """
    if len(text) > MAX_BYTES:
        return ()
    from trafilatura import extract

    try:
        found = extract(text, favor_precision=precise, include_comments=False, include_tables=True)
    except Exception:  # a page must not stop a build, whatever a library makes of it
        return ()
    lines = [tidy(line) for line in (found or "").splitlines()]
    rows = sum(len(line) for line in lines if line.startswith("|"))
    if 2 * rows > sum(map(len, lines)):  # it took the table that lays out an old page for a table of data
        return ()
    return tuple(line.removeprefix("- ") for line in lines if line)
