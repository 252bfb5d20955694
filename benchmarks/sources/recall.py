"""How many of the respellings in a made-up archive are compared at all, by the number of distinct speaker forms.

    python benchmarks/sources/recall.py [10000 100000 1000000]

``made_up.py`` knows which form is a respelling of which. Counted are respellings that the names alone say are one; of
these it is told how many are among the pairs that are compared, and how many meetings over crowded keys are left out.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

import numpy as np
from made_up import respelled_names

from onrecord.resolve.blocking import Keys, candidates, organisation_keys, organisation_words, person_keys, person_order
from onrecord.resolve.compare import compare
from onrecord.resolve.names import parse_organisation, parse_person
from onrecord.resolve.prepare import node_key
from onrecord.resolve.romanise import romanise

_ASKED = 20_000  # respellings that are looked at


def measure(count: int) -> str:
    """Return the row of one size."""
    forms = respelled_names(count)
    cells = [f"{count:,}"]
    for kind in ("person", "organisation"):
        numbers = [number for number, (form, _) in enumerate(forms) if form[0] == kind]
        place = {number: at for at, number in enumerate(numbers)}
        words = [forms[number][0][1] for number in numbers]
        keys, order = Keys(), []
        if kind == "person":
            for name in words:
                keys.add(person_keys(parse_person(name), ()))
                order.append(person_order(parse_person(name)))
        else:
            frequency = Counter(word for name in words for word in set(organisation_words(parse_organisation(name))))
            for name in words:
                keys.add(organisation_keys(parse_organisation(name), frequency))
            order = [romanise(name) for name in words]
        found = candidates(keys, order)
        pairs = [(place[of], place[number]) for number in numbers if (of := forms[number][1]) is not None]
        random.Random(7).shuffle(pairs)
        pairs = [pair for pair in pairs[:_ASKED] if _are_one(words[pair[0]], words[pair[1]], kind)]
        codes = np.array([a * len(words) + b for a, b in pairs], np.int64)
        met = np.isin(codes, found.pairs @ np.array([len(words), 1])).mean()
        cells += [f"{len(found.pairs):,}", f"{found.left_out:,}", f"{len(pairs):,}", f"{met:.2%}"]
    return "| " + " | ".join(cells) + " |"


def _are_one(a: str, b: str, kind: str) -> bool:
    return node_key(kind, a) != node_key(kind, b) and compare(a, b, kind).same


if __name__ == "__main__":
    of_kind = "{} compared | left out | respellings | of these compared"
    print(f"| forms | {of_kind.format('persons')} | {of_kind.format('organisations')} |")
    print("|---" * 9 + "|")
    for size in [int(each) for each in sys.argv[1:]] or [10_000, 100_000, 1_000_000]:
        print(measure(size), flush=True)
