"""Print the share of the cues of PolNeAR's training part that the table of acts knows, and the acts they get.

python benchmarks/speakers/cue_coverage.py --data ../shared
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from onrecord.attribute.acts import act_of, known
from onrecord.model import cut


def main() -> None:
    """Count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/polnear")
    options = parser.parse_args()
    acts: Counter[str] = Counter()
    covered = total = 0
    with gzip.open(options.data / "data/polnear/train.jsonl.gz", "rt", encoding="utf-8", newline="") as file:
        for article in map(json.loads, file):
            for row in article["annotations"][0]["attributions"]:
                if row["cue"]:
                    cue = cut(article["text"], [(start, end) for start, end in row["cue"]])
                    total += 1
                    covered += known(cue)
                    acts[act_of(cue)] += 1
    print(f"{total} cues, {100 * covered / total:.1f} % known to the table")
    for act, count in acts.most_common():
        print(f"{act:12} {count}")


if __name__ == "__main__":
    main()
