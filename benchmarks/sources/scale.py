"""Time and memory of resolving sources, by the number of distinct speaker forms.

    python benchmarks/sources/scale.py [10000 100000 1000000]

Makes up an archive for each number: people of two to four parts and organisations (six to one), their names put
together of syllables, the frequent parts used as often as frequent names are (a Zipf law); a third of the forms are
respellings of others. Two statements for each form. Every size runs in a process of its own; prints a Markdown table.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import time

import numpy as np
import pyarrow as pa

from onrecord.resolve.forms import collect
from onrecord.resolve.groundwork import prepare
from onrecord.resolve.sources import settle

_ONSETS = "b d f g h j k l m n r s t v z kh gh sh ch th dh br kr st al".split()
_NUCLEI = "a e i o u aa ou ei ai oo".split()
_CODAS = ["", "", "", "n", "r", "l", "m", "d", "s", "b", "k", "sh", "f"]
_KINDS = "Ministry Council Party Movement Front Union Network Committee Agency Brigade Association University".split()
_ABOUT = "Health Justice Defence Students Workers Teachers Trade Water Freedom Research Energy Housing".split()
_RESPELL = [("kh", "k"), ("ou", "u"), ("aa", "a"), ("ei", "ai"), ("oo", "u"), ("e", "i"), ("gh", "g"), ("dh", "d")]


def _word(random_: random.Random) -> str:
    syllables = random_.choice((2, 2, 2, 3))
    letters = "".join(
        random_.choice(_ONSETS) + random_.choice(_NUCLEI) + random_.choice(_CODAS) for _ in range(syllables)
    )
    return letters.capitalize()


def names(count: int) -> list[tuple[str, str]]:
    """Return ``count`` distinct forms: type and name."""
    random_ = random.Random(7)
    given = [_word(random_) for _ in range(4_000)]
    family = [_word(random_) for _ in range(60_000)]
    draw = np.random.default_rng(7)
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        size = max(1_000, count // 2)
        firsts = (draw.zipf(1.25, size) - 1) % len(given)
        lasts = (draw.zipf(1.15, size) - 1) % len(family)
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            if random_.random() < 1 / 7:
                name = f"{family[last]} {random_.choice(_ABOUT)} {random_.choice(_KINDS)}"
                kind = "organisation"
            else:
                middle = [random_.choice(given)] if random_.random() < 0.3 else []
                name = " ".join([given[first], *middle, family[last]])
                kind = "person"
            found[kind, name] = None
            if random_.random() < 1 / 3:
                old, new = random_.choice(_RESPELL)
                found[kind, name.replace(old, new)] = None
    return list(found)[:count]


def shards(count: int) -> list[tuple[pa.Table, pa.Table]]:
    """Return an archive with that many forms, in shards of 100,000 statements."""
    forms = names(count) * 2
    random_ = random.Random(8)
    roles = [f"{a} {b}" for a in ("senior", "former", "deputy") for b in ("spokesman", "director", "member", "officer")]
    made = []
    for start in range(0, len(forms), 100_000):
        part = forms[start : start + 100_000]
        articles = [f"a{start + number // 10}" for number in range(len(part))]
        speakers = [
            {"name": name, "type": kind, "role": random_.choice(roles), "organisation": None, "description": None}
            for kind, name in part
        ]
        ids = [f"s{start + number}" for number in range(len(part))]
        statements = {"id": ids, "article_id": articles, "act": ["says"] * len(part), "speaker": speakers}
        distinct = sorted(set(articles))
        texts = {
            "id": distinct,
            "site": ["The Post"] * len(distinct),
            "published": [f"20{10 + number % 10}-0{1 + number % 9}-01" for number in range(len(distinct))],
            "text": ["He told the Council of Water Users (CWU) that it rained."] * len(distinct),
        }
        made.append((pa.table(statements), pa.table(texts)))
    return made


def measure(count: int) -> None:
    """Run one size and print its row."""
    archive = shards(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    start, cpu = time.perf_counter(), time.process_time()

    def lap() -> None:
        times.append(time.process_time() - cpu - sum(times))

    forms = collect(archive)
    lap()
    ground = prepare(forms)
    lap()
    resolution = settle(ground)
    lap()
    sources = sum(1 for _ in resolution.sources())
    lap()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells = [f"{forms.uses.num_rows:,}", f"{forms.forms.num_rows:,}", f"{len(ground.edges):,}", f"{sources:,}"]
    cells += [f"{seconds:.1f}" for seconds in times]
    cells += [f"{sum(times):.1f}", f"{time.perf_counter() - start:.1f}", f"{peak / 2**20:.2f} ({before / 2**20:.2f})"]
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    print(
        "| statements | forms | edges | sources | collect s | compare s | cluster s | lives s | CPU s | wall s | GiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for size in [int(each) for each in sys.argv[1:]] or [10_000, 100_000, 1_000_000]:
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(size,))
        process.start()
        process.join()
