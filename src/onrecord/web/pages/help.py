"""The help page: how to ask, what the marks mean, and how to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.web import wording
from onrecord.web.visit import Page, Plain, Visit

SYNTAX: tuple[tuple[str, str], ...] = (
    ("water dam", "both words, in any order"),
    ('"water shortage"', "exactly these words, in this order"),
    ("negot*", "words that begin so"),
    ("water OR drought", "one of the two"),
    ("water NOT rain", "the first without the second"),
    ("(water OR drought) dam", "parentheses put words together"),
    ("source:haddad", "said by someone of this name"),
    ("act:denies", "what a statement does: says, denies, warns, promises …"),
    ("kind:direct", "direct, indirect or mixed"),
    ("site:chronicle", "printed by this outlet"),
    ("from:2011-03 to:2012", "printed between these dates"),
)


@dataclass(frozen=True, slots=True)
class HelpPage(Page):
    """How to use the archive."""

    template: ClassVar[str] = "help.html"
    section: ClassVar[str] = "help"

    syntax: Annotated[tuple[tuple[str, str], ...], "examples of queries and what they find"]
    acts: Annotated[tuple[str, ...], "every act"]

    def data(self) -> Plain:
        """Return the syntax."""
        return {
            "syntax": [{"query": query, "finds": finds} for query, finds in self.syntax],
            "acts": list(self.acts),
            "kinds": dict(wording.KIND_HELP),
        }


def build(visit: Visit) -> HelpPage:
    """Return the help page; it says the same for every archive."""
    return HelpPage(title="How to ask, and how to check", syntax=SYNTAX, acts=tuple(wording.ACTS))
