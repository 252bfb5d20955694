"""Makes up archives of any size whose speakers' names are shared, respelled and used as real ones are.

Given and family names are drawn by a Pitman-Yor process (Pitman and Yor, 1997): the longer the list, the rarer a new
name, and shares follow a Zipf law. Discount and strength were fitted to the growth of distinct names among the 1,968
full names of the archive that the README of this folder describes (given .60 and 100, family .75 and 600); they give
some 42,000 given and 208,000 family names for a million people. The words themselves are put together of syllables. On
top of that, one in fifty bears one family name ("Mohammed": 20,000 of a million). One form in ten is a respelling of
one before it, an eighth has a part in the middle, one in seven is an organisation.

Statements are spread over forms by a Zipf law with exponent 1.39, as in that archive, each form having at least one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_ONSETS = "b d f g h j k l m n r s t v z kh gh sh ch th dh br kr st al".split()
_NUCLEI = "a e i o u aa ou ei ai oo".split()
_CODAS = ["", "", "", "n", "r", "l", "m", "d", "s", "b", "k", "sh", "f"]
_KINDS = "Ministry Council Party Movement Front Union Network Committee Agency Brigade Association University".split()
_ABOUT = "Health Justice Defence Students Workers Teachers Trade Water Freedom Research Energy Housing".split()
_RESPELL = [("kh", "k"), ("ou", "u"), ("aa", "a"), ("ei", "ai"), ("oo", "u"), ("e", "i"), ("gh", "g"), ("dh", "d")]
_GIVEN, _FAMILY = (0.60, 100.0), (0.75, 600.0)  # discount, strength
_COMMON = "Mohammed"
_ZIPF = 1.39
_ROLES = [f"{a} {b}" for a in ("senior", "former", "deputy") for b in ("spokesman", "director", "member", "officer")]
_STEP = 100_000  # statements of a shard
_TEXT = "He told the Council of Water Users (CWU) that it rained."


def names(count: int) -> list[tuple[str, str]]:
    """Return ``count`` distinct forms: type and name."""
    return [form for form, _ in respelled_names(count)]


def respelled_names(count: int) -> list[tuple[tuple[str, str], int | None]]:
    """Return the same, each with the place of the form that it is a respelling of."""
    random_ = random.Random(7)
    given, family = _drawn(random_, *_GIVEN), _drawn(random_, *_FAMILY)
    found: dict[tuple[str, str], int | None] = {}
    kept: list[tuple[str, str]] = []
    while len(kept) < count:
        of = random_.choice(range(len(kept))) if kept and random_.random() < 1 / 4 else None
        form = None if of is None else _respelled(random_, kept[of])
        if form is None:
            last = _COMMON if random_.random() < 1 / 50 else next(family)
            if random_.random() < 1 / 7:
                form = "organisation", f"{last} {random_.choice(_ABOUT)} {random_.choice(_KINDS)}"
            else:
                middle = [next(given)] if random_.random() < 1 / 8 else []
                form = "person", " ".join([next(given), *middle, last])
        if form not in found:
            found[form] = of
            kept.append(form)
    return list(found.items())


def shards(count: int, statements: int) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yield an archive with that many forms and statements, ten statements to an article, in shards of 100,000."""
    forms = names(count)
    kinds = pa.array([kind for kind, _ in forms]).dictionary_encode()
    words = pa.array([name for _, name in forms])
    draw = np.random.default_rng(7)
    form_of = _uses(draw, count, statements)
    for start in range(0, statements, _STEP):
        mine = form_of[start : start + _STEP]
        article = np.arange(start, start + len(mine)) // 10
        roles = pa.DictionaryArray.from_arrays(draw.integers(0, len(_ROLES), len(mine), np.int32), pa.array(_ROLES))
        nothing = pa.nulls(len(mine), pa.string())
        speaker = {
            "name": words.take(pa.array(mine)),
            "type": kinds.take(pa.array(mine)).cast(pa.string()),
            "role": roles.cast(pa.string()),
            "organisation": nothing,
            "description": nothing,
        }
        distinct = np.unique(article)
        yield (
            pa.table(
                {
                    "id": pa.array([f"{number:016x}" for number in range(start, start + len(mine))]),
                    "article_id": pa.array([f"a{number}" for number in article.tolist()]),
                    "act": pa.array(["says"] * len(mine)),
                    "speaker": pa.StructArray.from_arrays(list(speaker.values()), list(speaker)),
                }
            ),
            pa.table(
                {
                    "id": [f"a{number}" for number in distinct.tolist()],
                    "site": ["The Post"] * len(distinct),
                    "published": [f"20{10 + number % 10}-0{1 + number % 9}-01" for number in range(len(distinct))],
                    "text": [_TEXT] * len(distinct),
                }
            ),
        )


def _drawn(random_: random.Random, discount: float, strength: float) -> Iterator[str]:
    """Yield names by a Pitman-Yor process: one drawn before, each as often as it was drawn, or a new one."""
    drawn: list[int] = []
    words: list[str] = []
    times: list[int] = []
    while True:
        chosen = len(words)
        if random_.random() * (strength + len(drawn)) >= strength + discount * len(words):
            chosen = random_.choice(drawn)
            while random_.random() * times[chosen] < discount:
                chosen = random_.choice(drawn)
        else:
            words.append(_word(random_))
            times.append(0)
        times[chosen] += 1
        drawn.append(chosen)
        yield words[chosen]


def _word(random_: random.Random) -> str:
    syllables = random_.choice((2, 2, 2, 3))
    letters = "".join(
        random_.choice(_ONSETS) + random_.choice(_NUCLEI) + random_.choice(_CODAS) for _ in range(syllables)
    )
    return letters.capitalize()


def _respelled(random_: random.Random, form: tuple[str, str]) -> tuple[str, str]:
    old, new = random_.choice(_RESPELL)
    return form[0], form[1].replace(old, new)


def _uses(draw: np.random.Generator, count: int, statements: int) -> npt.NDArray[np.int32]:
    """Return the form of each statement: every form once, the rest by the Zipf law, in random order."""
    share = np.arange(10, count + 10, dtype=float) ** -_ZIPF
    more = draw.choice(count, max(0, statements - count), p=share / share.sum())
    found = np.concatenate([np.arange(count), more])[:statements].astype(np.int32)
    draw.shuffle(found)
    return found
