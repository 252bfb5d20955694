"""Draw how time grows with the archive: ``python benchmarks/claims/plot.py RESULTS growth.svg`` (needs matplotlib).

RESULTS is what ``python -m benchmarks.claims`` printed; its lines of JSON are read. The growth exponent is the slope of a
line through the logarithms: 1 is linear.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("svg")
from matplotlib import pyplot as plt


def main(results: Path, target: Path) -> None:
    """Draw processor seconds of copies, claims and of a thousand articles more."""
    lines = results.read_text(encoding="utf-8").splitlines()
    rows = sorted((json.loads(line) for line in lines if line.startswith("{")), key=lambda row: row["articles"])
    sizes = [row["articles"] for row in rows]
    _, axes = plt.subplots(figsize=(5, 3.4), layout="tight")
    for label, which, begins in (
        ("copies", "first", "copies"),
        ("claims", "first", "claims"),
        ("1,000 more", "more", "c"),
    ):
        seconds = [sum(v[1] for k, v in row[which].items() if k.startswith(begins)) for row in rows]
        slope = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        print(f"{label}: growth exponent {slope:.2f}")
        axes.loglog(sizes, seconds, "o-", label=f"{label} (n^{slope:.2f})")
    axes.set(xlabel="articles", ylabel="seconds of one core")
    axes.grid(visible=True, which="both", linewidth=0.3)
    axes.legend(frameon=False)
    plt.savefig(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
