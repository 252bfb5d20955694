"""Pairs of statements in our own words, read from ``made.txt``.

Each matter has several statements. The *stand* of each is a proposition (a letter) and what is said of it: ``a+`` affirms
what ``a-`` denies, ``a=14`` gives another number than ``a=40``. So for two statements of one matter follows:

==================================================== ==============
the same proposition, the same said of it, one occasion same_utterance
the same proposition, the same said of it               same_claim
the same proposition, something else said of it         contrary
another proposition                                     related
==================================================== ==============

Two of different matters are unrelated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("made.txt")
CONTENT = re.compile(r"\[([^\]]+)\]")


def pairs(file: Path = FILE) -> Iterator[dict[str, Any]]:
    """Yield every two statements of a matter, and each with one of the next matter, as ``contexts.pairs`` gives them."""
    matters = list(_matters(file))
    for number, matter in enumerate(matters):
        for one, other in combinations(matter, 2):
            yield {"a": one, "b": other, "label": _label(one, other)}
        following = matters[(number + 1) % len(matters)]
        for place, one in enumerate(matter):
            yield {"a": one, "b": following[place % len(following)], "label": "unrelated"}


def _label(a: dict[str, Any], b: dict[str, Any]) -> str:
    if a["stand"][0] != b["stand"][0]:
        return "related"
    if a["stand"] != b["stand"]:
        return "contrary"
    return "same_utterance" if a["occasion"] == b["occasion"] != "-" else "same_claim"


def _matters(file: Path) -> Iterator[list[dict[str, Any]]]:
    matter: list[dict[str, Any]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("##") and matter:
            yield matter
            matter = []
        elif line and not line.startswith("#"):
            matter.append(_statement(line))
    yield matter


def _statement(line: str) -> dict[str, Any]:
    stand, occasion, date, speaker, sentence = line.split(" | ")
    text = " … ".join(CONTENT.findall(sentence))
    sentence = CONTENT.sub(r"\1", sentence)
    begin = sentence.casefold().find(speaker.casefold())
    speaker = sentence[begin : begin + len(speaker)] if begin >= 0 else speaker
    made = {"stand": stand, "occasion": occasion, "text": text, "speaker": speaker, "date": date, "outlet": None}
    return made | {"sentence": sentence, "paragraph": sentence}
