"""How much the blocks of a page look like running text, and how much of it each element holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.blocks import HEADINGS, Block, Outline

SHORTEST = 25  # characters; a shorter block has no weight, save in scripts without spaces
A_TEXT = 800  # weight of what may be an article by itself
SENTENCE = re.compile(r"[.!?…。！？।؟։][\"'”’»›“)\]]*$|[.!?…。！？।؟]\s|[。、،]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def weights_of(out: Outline) -> list[float]:
    """Return the weight of each block: about its length, 0 for what does not look like running text."""
    return [_weight(block) if len(block.text) >= SHORTEST or not block.text.isascii() else 0.0 for block in out.blocks]


def mass_of(out: Outline, weights: Sequence[float]) -> list[float]:
    """Return for each element the weight of all blocks in it."""
    mass = [0.0] * len(out.parents)
    for block, value in zip(out.blocks, weights, strict=True):
        mass[block.owner] += value
    for index in range(len(mass) - 1, 0, -1):  # children come after their parents
        mass[out.parents[index]] += mass[index]
    return mass


def _weight(block: Block) -> float:
    length = len(block.text)
    wide = not block.text.isascii() and _CJK.search(block.text) is not None
    if length < SHORTEST and not wide:
        return 0.0
    free = length - block.linked
    if block.linked > 0.5 * length or block.tag in HEADINGS:
        return 0.0
    if block.tag == "p" or block.tag == "blockquote":
        base = 1.0 if length > 80 or SENTENCE.search(block.text) else 0.3
    elif block.tag in ("li", "td", "dd", "th", "dt"):
        base = 0.5 if length > 60 and SENTENCE.search(block.text) else 0.1
    else:
        base = 0.8 if length > 60 and SENTENCE.search(block.text) else 0.1
    if wide:
        free *= 2
    return base * min(free, 1000)
