"""PolNeAR articles as words with labels and links: what the network is trained on."""

from __future__ import annotations

import gzip
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.attribute.words import Vocabulary, Words, read_words

ROLES = ("source", "cue", "content")
OUT = 0  # labels: 0 outside, 1 + 2 * role begins a segment, 2 + 2 * role goes on
HELD_OUT_SHARE = 14  # one article of so many is never trained on


@dataclass(frozen=True, slots=True)
class Version:
    """One annotator's reading: a label for each word, segments by role, links by segment number.

    Attributes:
        labels: one a word.
        segments: for each role, (first word, last word) of each segment, in order.
        source_of: for each cue segment, the number of the source segment that begins its source, or -1 for none.
        cue_of: for each content segment, its cue segment, or -1.
    """

    labels: list[int]
    segments: tuple[list[tuple[int, int]], ...]
    source_of: list[int]
    cue_of: list[int]


@dataclass(frozen=True, slots=True)
class Labelled:
    id: str
    publisher: str
    text: str
    words: Words
    versions: list[Version]


def is_held_out(identifier: str) -> bool:
    """Whether an article of train is kept for honest measuring; depends on its id alone."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % HELD_OUT_SHARE == 0


def read_articles(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for line in lines:
            yield json.loads(line)


def read_corpus(path: Path, vocabulary: Vocabulary) -> list[Labelled]:
    corpus = []
    for article in read_articles(path):
        words = read_words(article["text"], vocabulary)
        versions = [label(words, version["attributions"]) for version in article["annotations"]]
        corpus.append(Labelled(article["id"], article["publisher"], article["text"], words, versions))
    return corpus


def word_runs(words: Words, spans: list[list[int]]) -> list[tuple[int, int]]:
    """Runs of neighbouring words that the spans touch, as (first, last)."""
    covered = set()
    for start, end in spans:
        i = max(0, bisect_right(words.starts, start) - 1)
        while i < len(words) and words.starts[i] < end:
            if words.ends[i] > start:
                covered.add(i)
            i += 1
    runs: list[tuple[int, int]] = []
    for i in sorted(covered):
        if runs and runs[-1][1] == i - 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def label(words: Words, attributions: list[dict[str, Any]]) -> Version:
    """Labels and links of one annotator. Where two attributions claim a word, which is rare, the first one keeps it."""
    labels = [OUT] * len(words)
    found: list[dict[tuple[int, int], int]] = [{}, {}, {}]
    links: list[tuple[list[tuple[int, int]], ...]] = []
    for attribution in attributions:
        if not attribution["content"] or not attribution["cue"]:
            continue
        runs = tuple(word_runs(words, attribution[role] or []) for role in ROLES)
        links.append(runs)
        for role, segments in enumerate(runs):
            for first, last in segments:
                if (first, last) in found[role] or any(labels[first : last + 1]):
                    continue
                found[role][first, last] = 0
                labels[first] = 1 + 2 * role
                for i in range(first + 1, last + 1):
                    labels[i] = 2 + 2 * role
    segments = tuple(sorted(f) for f in found)
    number = [{segment: i for i, segment in enumerate(s)} for s in segments]
    source_of = [-1] * len(segments[1])
    cue_of = [-1] * len(segments[2])
    for sources, cues, contents in links:
        cue = next((number[1][c] for c in cues if c in number[1]), None)
        if cue is None:
            continue
        source_of[cue] = next((number[0][s] for s in sources if s in number[0]), -1)
        for content in contents:
            if content in number[2]:
                cue_of[number[2][content]] = cue
    return Version(labels, segments, source_of, cue_of)
