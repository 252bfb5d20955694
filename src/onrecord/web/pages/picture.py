"""The picture page: what a media item shows, by whom, and where it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from onrecord.store.results import PictureHit
from onrecord.web import addresses, plain
from onrecord.web.visit import Page, Plain, Visit


@dataclass(frozen=True, slots=True)
class PicturePage(Page):
    """One picture."""

    template: ClassVar[str] = "picture.html"
    section: ClassVar[str] = "search"

    hit: Annotated[PictureHit, "the picture and its article's head"]
    image: Annotated[bool, "whether the image is in the archive"]
    outside: Annotated[str | None, "the original address of the image, when it is safe to follow"]
    others: Annotated[tuple[PictureHit, ...], "the other pictures of the same article"]

    def data(self) -> Plain:
        """Return the picture and its neighbours."""
        return {
            "picture": plain.picture_hit(self.hit),
            "image": addresses.image_address(self.hit.id) if self.image else None,
            "others": [plain.picture_hit(hit) for hit in self.others],
        }


def build(visit: Visit) -> PicturePage:
    """Read one picture.

    Raises:
        NotFoundError: there is no such picture.
    """
    hit = visit.archive.picture(visit.path["id"])
    name = hit.picture.caption or hit.picture.id or "without a caption"
    return PicturePage(
        title=f"Picture: {name[:80]}",
        hit=hit,
        image=visit.images.has(hit.picture.url),
        outside=addresses.outside(hit.picture.url),
        others=tuple(each for each in visit.archive.pictures_of(hit.article.id) if each.id != hit.id),
    )
