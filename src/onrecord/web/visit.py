"""What a page is made from, and what every page has."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, get_type_hints

from onrecord.store.archive import Archive
from onrecord.web.images import Images
from onrecord.web.places import Places

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, as far as a page needs to know it."""

    archive: Archive
    images: Images
    places: Places
    base: str  # "http://127.0.0.1:8000", without a slash at the end
    query: tuple[tuple[str, str], ...] = ()
    path: dict[str, str] = field(default_factory=dict)  # the parts of the address in braces


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    archive: Annotated[str, "the name of the archive"]
    here: Annotated[str, "the address of this page, without the host"]
    base: Annotated[str, "scheme and host of this server"]
    json_here: Annotated[str | None, "the address of the same page as JSON"]
    style: Annotated[str, "the address of the stylesheet"]
    script: Annotated[str, "the address of the script"]
    curated: Annotated[bool, "whether curators can sign in here"]


@dataclass(frozen=True, slots=True)
class Page:
    """Base of all pages. The help texts of the fields are the documentation of the templates."""

    template: ClassVar[str]
    section: ClassVar[str] = ""  # the entry of the menu that this page belongs to

    title: Annotated[str, "the title of the page"]

    def data(self) -> Plain:
        """Return what the JSON form of the page says."""
        raise NotImplementedError

    @property
    def next(self) -> str | None:
        """The address of the next page of the same list, as JSON; None on the last."""
        return None


Build = Callable[[Visit], Page]


def help_of(page: type[Page] | type[Frame]) -> dict[str, str]:
    """Return the help text of every field of a page."""
    hints = get_type_hints(page, include_extras=True)
    return {each.name: getattr(hints[each.name], "__metadata__", ("",))[0] for each in dataclasses.fields(page)}
