"""Pack the sample archive: the crawl of a newspaper that never was.

    python examples/build_sample.py                  # into src/onrecord/sample
    python examples/build_sample.py --into FOLDER

Everything is made from `examples/chronicle/`, without clock, chance or network: the same sources give the same
bytes. What is in the archive, and which traps, says `examples/README.md`.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from sample_builder.crawls import all_crawls
from sample_builder.notebook import export
from sample_builder.render import Pages
from sample_builder.sources import ROOT, load

TARGET = ROOT.parent.parent / "src" / "onrecord" / "sample"


def build(target: Path) -> list[Path]:
    """Write all files of the sample into a folder and return their paths."""
    sources = load()
    pages = Pages(sources)
    texts = target / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    written = []
    for crawl in all_crawls(sources, pages):
        written.append(target / f"{crawl.name}.warc.gz")
        written[-1].write_bytes(crawl.encode())
    written.append(target / "notebook.xml")
    written[-1].write_bytes(export(sources, pages).encode())
    sheets = sorted((ROOT / "texts").glob("*.txt"))
    return [*written, *(Path(shutil.copyfile(sheet, texts / sheet.name)) for sheet in sheets)]


def main() -> None:
    """Build into the package, or into the folder that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--into", type=Path, default=TARGET, help="folder to write to (default: the package)")
    for path in build(parser.parse_args().into):
        print(f"{path.stat().st_size:>9,}  {path.name}")


if __name__ == "__main__":
    main()
