"""What is set into a text and no part of it: words of pictures, teasers, short lines of another make than the text's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.extract.blocks import Outline
from onrecord.extract.roles import CAPTION, CREDIT, role_of

_ONE_MAKE = 0.75
_INSERT = 0.2  # share of the text's weight; what stands in it and has less may be of another make
_TEASER = 300  # characters; a longer text under a link is no teaser
_LINK = 15  # characters from which a linked line is a headline that leads elsewhere


def without_inserts(out: Outline, chosen: Sequence[int], weights: Sequence[float], junk: Sequence[bool]) -> list[int]:
    """Leave out the words of a picture, by the names of their element, and teasers: a text under a link, in a box of both."""
    blocks, parents = out.blocks, out.parents
    held, within = Counter[str](), Counter[int]()
    for index in chosen:
        owner = blocks[index].owner
        held[out.names[owner]] += int(weights[index])
        within[parents[owner]] += int(weights[index])
    most = max(within, key=lambda at: within[at], default=0)
    around = {most}
    while (most := parents[most]) >= 0:
        around.add(most)
    limit = _INSERT * sum(held.values())

    def is_insert(index: int) -> bool:
        block, before = blocks[index], blocks[index - 1]
        name = out.names[block.owner]
        if name and held[name] < limit and role_of(block.tag, name) in (CAPTION, CREDIT):
            return True
        if (
            not index
            or junk[before.owner]
            or len(block.text) > _TEASER
            or not _LINK <= len(before.text) < 1.25 * before.linked
        ):
            return False
        return _common(parents, block.owner, before.owner) not in around and within[parents[block.owner]] < limit

    return [index for index in chosen if not is_insert(index)]


def _common(parents: Sequence[int], a: int, b: int) -> int:
    """Return the innermost element that holds both; children have greater numbers than their parents."""
    while a != b:
        if a > b:
            a = parents[a]
        else:
            b = parents[b]
    return a


def of_one_make(out: Outline, chosen: Sequence[int], weights: Sequence[float]) -> list[int]:
    """Leave out short paragraphs of another make: where nearly all bear one class, captions and notes bear another."""
    held: dict[str, float] = {}
    for index in chosen:
        if out.blocks[index].tag == "p":
            name = out.names[out.blocks[index].owner]
            held[name] = held.get(name, 0.0) + weights[index]
    main = max(held, key=lambda name: held[name], default="")
    if not main or held[main] < _ONE_MAKE * sum(held.values()):
        return list(chosen)
    return [
        index
        for index in chosen
        if out.blocks[index].tag != "p"
        or len(out.blocks[index].text) > 150
        or not (name := out.names[out.blocks[index].owner])
        or set(name.split()) & set(main.split())
    ]
