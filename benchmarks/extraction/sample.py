"""Score the sample archive against what it was made from: ``PYTHONPATH=examples python benchmarks/extraction/sample.py``.

Every capture of an article in the sample's crawls, print and AMP versions and later captures included, against its
source in ``examples/chronicle``. Words are compared with straight quotation marks, datelines in any case; a caption
is right where it begins with the words that its source has. ``--list FIELD`` shows what was found where it is not.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measure import tidy
from sample_builder.sources import Article as Source
from sample_builder.sources import Picture, Sources, load
from shingles import f1, overlap

from onrecord import capture
from onrecord.extract import ProfileOf, address, extract, learn
from onrecord.model import Article, Page

SAMPLE = Path(__file__).parents[2] / "src" / "onrecord" / "sample"
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def straight(text: str | None) -> str:
    """Return words as they are compared."""
    return tidy((text or "").translate(_STRAIGHT))


def captures(sources: Sources) -> Iterator[tuple[Page, Source]]:
    """Yield the captures of articles with the source of each, in the words that it had at the time."""
    by_url = {}
    for source in sources.articles:
        by_url[address.fold(source.url)] = source
        if source.print_version:
            by_url[source.url.split("news.asp")[0] + f"print.asp?id={source.number}"] = source
    for path in sorted(SAMPLE.glob("*.warc.gz")):
        for page in capture.read(path):
            if isinstance(page, Page) and (told := by_url.get(address.fold(page.capture.url or ""))):
                later = [change for change in told.revisions if change.crawl in path.name]
                yield page, told.revised(later[0]) if later else told


def fields(
    page: Page, source: Source, pictures: dict[str, Picture], profile_of: ProfileOf | None = None
) -> dict[str, tuple[Any, Any]]:
    """Return for each field what was found and what is true."""
    answer = extract(page, profile_of)
    found = answer if isinstance(answer, Article) else Article("", "", None, None, "", "")
    printed = [] if "print.asp" in (page.capture.url or "") else (source.pics or [])[:2]  # no page form has more
    wanted = [straight(pictures[key].caption_ar if source.arabic else pictures[key].caption) for key in printed]
    captions = [straight(picture.caption) for picture in found.pictures if picture.caption]
    told = [next((true for true in wanted if caption.startswith(true.rstrip("."))), caption) for caption in captions]
    return {
        "headline": (straight(found.headline), straight(source.title)),
        "authors": (list(found.authors), source.author or []),
        "published": ((found.published or "")[:10], source.day.isoformat()),
        "dateline": (straight(found.dateline).casefold(), straight(source.dateline).casefold()),
        "agency": (found.agency, source.agency),
        "captions": (told, wanted),
        "text": ([straight(text) for text in found.paragraphs], [straight(text) for text in source.paragraphs]),
    }


def main() -> None:
    """Print how many captures have each field right, and the text's overlap."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":", 1)[0])
    parser.add_argument("--list", default="", metavar="FIELD", help="show what was found where it is not right")
    parser.add_argument(
        "--learn", action="store_true", help="with what the pages tell of their site, as a build has it"
    )
    arguments = parser.parse_args()
    wanted, sources = arguments.list, load()
    read = list(captures(sources))
    profile_of = learn(page for page, _ in read) if arguments.learn else None
    right: Counter[str] = Counter()
    texts, total = [], 0
    for page, source in read:
        total += 1
        for name, (found, true) in fields(page, source, sources.pictures, profile_of).items():
            right[name] += found == true
            if name == "text":
                texts.append(overlap(*("\n\n".join(lines) for lines in (true, found))))
            if name == wanted and found != true:
                print(f"{page.capture.url}\n  found {found}\n  true  {true}")
    for name, count in right.items():
        print(f"{name:<10}{count:>4} of {total}")
    print("text precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*f1(texts)))


if __name__ == "__main__":
    main()
