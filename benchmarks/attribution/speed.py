"""Speed, loading time and memory of the attributor on one core: text in, linked attributions out.

    python benchmarks/attribution/speed.py [--shared ../shared] [--text FILE]

Reads PolNeAR dev if the shared folder is there, else a file of your own. Words are counted as by `str.split`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from pathlib import Path

from onrecord.attribute.tagger import ModelAttributor


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--text", type=Path)
    options = parser.parse_args()
    if options.text:
        texts = [options.text.read_text(encoding="utf-8")]
    else:
        with gzip.open(options.shared / "data/polnear/dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
    attributor = ModelAttributor()
    start = time.perf_counter()
    attributor.attribute(["The mayor said no."])
    print(f"loading and a first sentence: {time.perf_counter() - start:.2f} s")
    words = sum(len(text.split()) for text in texts)
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        found = attributor.attribute(texts)
        best = max(best, words / (time.process_time() - start))
    print(
        f"{words:,} words, {sum(map(len, found)):,} attributions: {best:,.0f} words/s of processor time, best of three"
    )
    print(f"most memory used: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
