"""What a page has around its article: menus, comments, teasers, forms, as the names and the make of elements tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.blocks import HEADINGS, Outline, is_junk
from onrecord.extract.weights import A_TEXT, mass_of

# Comments and lists of other articles can be longer than the article; these names are believed at any size.
_CERTAIN = re.compile(r"comment|disqus|related|recommend|newsletter|most-?read|footer", re.I)
# Page builders call every box a widget, and say of fields that their label is hidden.
_BUILDER = re.compile(r"(?<![\w-])(?:(?:elementor|et_pb|fusion|vc|wpb|sqs|siteorigin)[-_][\w-]*|field-+label-\w+)")
_WALL = re.compile(r"(?:^|[\s_-])(?:paywall|piano|regwall)", re.I)
_FACTS = re.compile(r"(?:^|[\s_-])fa[ck]ta?s?-?box")
_LIST = 0.3  # share of the page's weight from which a list is asked who wrote it


def surroundings(out: Outline, weights: Sequence[float]) -> list[bool]:
    """Return for each element whether it lies in what a page has around its article.

    A mark is not believed where the element, or all that bear the same name together, hold much of the page's
    running text: ``has-sidebar`` stands on wrappers, ``paywall`` on every paragraph behind one.
    """
    mass = mass_of(out, weights)
    limit = 0.5 * mass[0]
    around = _around_heading(out)
    parents = out.parents
    marked = {
        index: f"{out.tags[index]} {out.names[index]}"
        for index, said in enumerate(out.junk)
        if (said or ("box" in (names := out.names[index]) and _FACTS.search(names)))
        and not _stands_in_text(out.tags[index], out.names[index])
        and (mass[index] <= limit or (bool(around) and index not in around and _is_certain(out.names[index])))
    }
    for index, tag in enumerate(out.tags):
        if index in around or tag not in ("article", "ul", "ol"):
            continue
        if tag == "article" and mass[index] <= limit and _in_article(out, index):
            marked.setdefault(index, tag)
        elif tag != "article" and mass[index] > _LIST * mass[0] and _is_of_readers(out, index, weights):
            marked[index] = "comments"
    junk: list[bool] = []
    for _ in range(4):
        held: dict[str, float] = {}
        junk = [False]
        for index in range(1, len(mass)):
            above = junk[parents[index]]
            junk.append(above or index in marked)
            if not above and index in marked and mass[index]:
                held[marked[index]] = held.get(marked[index], 0.0) + mass[index]
        innocent = {name for name, value in held.items() if value > 0.35 * mass[0] and not _is_certain(name)}
        if not innocent:
            break
        marked = {index: name for index, name in marked.items() if name not in innocent}
    return junk


def _in_article(out: Outline, index: int) -> bool:
    while (index := out.parents[index]) >= 0:
        if out.tags[index] == "article":
            return True
    return False


def _is_of_readers(out: Outline, top: int, weights: Sequence[float]) -> bool:
    """Whether a list below the text holds what readers wrote: each item in paragraphs of its own."""
    inside = [False] * len(out.parents)
    inside[top] = True
    for index in range(top + 1, len(inside)):
        inside[index] = inside[out.parents[index]]
    start = next((i for i, b in enumerate(out.blocks) if b.tag == "h1"), -1)
    first = next(i for i, b in enumerate(out.blocks) if inside[b.owner])
    above = sum(
        w for w, b in zip(weights[start + 1 : first], out.blocks[start + 1 : first], strict=True) if b.tag == "p"
    )
    own = sum(w for w, b in zip(weights, out.blocks, strict=True) if inside[b.owner] and b.tag != "li")
    items = sum(w for w, b in zip(weights, out.blocks, strict=True) if inside[b.owner] and b.tag == "li")
    return start >= 0 and above > A_TEXT and own > items


def _stands_in_text(tag: str, names: str) -> bool:
    """Whether the names of an element say nothing against it: a heading's, of paragraphs behind a wall, of page builders."""
    if tag in HEADINGS:
        return not _is_certain(names)
    if tag == "p" and _WALL.search(names):
        return True
    return _BUILDER.search(names) is not None and not is_junk(tag, _BUILDER.sub("", names))


def _is_certain(name: str) -> bool:
    return _CERTAIN.search(name) is not None


def _around_heading(out: Outline) -> frozenset[int]:
    """Return the elements that hold the page's first heading of the first level."""
    at = next((block.owner for block in out.blocks if block.tag == "h1"), -1)
    chain = set()
    while at >= 0:
        chain.add(at)
        at = out.parents[at]
    return frozenset(chain)
