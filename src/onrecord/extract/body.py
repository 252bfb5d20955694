"""Which blocks of a page are the article's text, and how sure that is.

Every block gets a weight by its looks (length, sentence end, share of linked text), the weights are added up
towards the root, and the walk goes down again to the element that still holds almost all of them. Inside it
each block must then earn its place. The idea of adding up and going down is Readability's; the share rule and
the block rules were found on the tuning half of the labelled pages (``benchmarks/extraction``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.extract import dateline
from onrecord.extract.blocks import HEADINGS, Block, Outline
from onrecord.extract.clean import fold
from onrecord.extract.inserts import of_one_make, without_inserts
from onrecord.extract.residue import heads_foot, is_label, is_residue, is_teaser
from onrecord.extract.roles import PLAIN, role_of
from onrecord.extract.surroundings import surroundings
from onrecord.extract.weights import A_TEXT, SENTENCE, SHORTEST, mass_of, weights_of

_SHARE = 0.70  # a child that holds this share of its parent's weight holds the article
_SHARE_ELSEWHERE = 0.80  # on pages that are no news articles, whose text stands in several places
_LONG_HEADING = 200  # characters
_LONGEST_HEADLINE = 400  # characters
_NEARLY = 40  # characters by which two forms of a headline may differ in length
_NEAR = 25  # blocks; the heading is looked for so far above the text
_LINE = 100  # characters; a longer block is running text without a sentence's end, too
_ABOVE_HEADLINE = 0.1  # share of the text's weight that may stand above a headline without a heading


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs that were chosen, and the confidence that they are the article."""

    paragraphs: tuple[str, ...]
    confidence: float
    first: int  # index of the first block below the introduction; -1 when there is none
    last: int


def find(
    out: Outline,
    *,
    headline: str | None = None,
    summaries: Sequence[str] = (),
    hint: str | None = None,
    news: bool = True,
    apart: bool = True,
) -> Body:
    """Return the article's text.

    Args:
        out: the page.
        headline: left out of the text where it is repeated.
        summaries: standfirst and description; a copy of one at the head is not part of the text.
        news: whether the page is a news article; on others lists, labels and short lines are text too.
        apart: whether the standfirst is no part of the text, as in the articles of newsrooms.
        hint: the text as the page's own data gives it (JSON-LD ``articleBody``); a signal, never the text.
    """
    blocks = out.blocks
    weights = weights_of(out)
    junk = surroundings(out, weights)
    kept = [0.0 if junk[block.owner] else value for block, value in zip(blocks, weights, strict=True)]
    mass = mass_of(out, kept)
    head = fold(headline) if headline and len(headline) < _LONGEST_HEADLINE else ""
    home = _home(out, mass, head)
    top = _descend(out, mass, _SHARE if news else _SHARE_ELSEWHERE, home)
    chosen = _choose(out, top, kept, junk, head, summaries if apart else (), news)
    above = _introduction(out, chosen)
    above = (
        _first_paragraphs(out, [i for i in above if not junk[blocks[i].owner]], chosen, summaries) if apart else above
    )
    texts = [blocks[index].text for index in chosen]
    if chosen and chosen[0]:
        texts[0] = dateline.joined(blocks[chosen[0] - 1].text, texts[0])
    paragraphs = (*(blocks[index].text for index in above), *texts)
    inside = sum(kept[index] for index in (*above, *chosen))
    share = inside / (mass[home] or 1.0)
    confidence = _confidence(paragraphs, share, hint)
    return Body(paragraphs, confidence, chosen[0] if chosen else -1, chosen[-1] if chosen else -1)


def _introduction(out: Outline, chosen: Sequence[int]) -> list[int]:
    """Return what stands between the first heading and the text: its introduction, in an element of its own.

    That element is often named after the teaser that repeats it elsewhere, so of names only those of captions are asked.
    """
    if not chosen:
        return []
    blocks, first = out.blocks, chosen[0]
    before = range(first - 1, max(-1, first - _NEAR), -1)
    at = next((i for tags in (("h1",), HEADINGS) for i in before if blocks[i].tag in tags), first)
    taken = {blocks[i].text for i in chosen[:5]}
    return [
        i
        for i in range(at + 1, first)
        if _introduces(block := blocks[i])
        and block.text not in taken
        and role_of(block.tag, out.names[block.owner]) == PLAIN
        and not is_residue(block.text)
    ]


def _first_paragraphs(out: Outline, above: Sequence[int], chosen: Sequence[int], summaries: Sequence[str]) -> list[int]:
    """Return what of an introduction is the text's beginning, set apart by a paywall: paragraphs made as those below it."""
    said = {fold(text) for text in summaries}
    makes = Counter(out.names[out.blocks[i].owner] for i in chosen if out.blocks[i].tag == "p")
    make, number = makes.most_common(1)[0] if makes else ("", 0)
    return [
        i
        for i in above
        if number >= 2
        and (block := out.blocks[i]).tag == "p"
        and len(block.text) > _LINE
        and out.names[block.owner] == make
        and fold(block.text) not in said
    ]


def _introduces(block: Block) -> bool:
    length = len(block.text)
    least = _LINE if block.tag in HEADINGS else SHORTEST
    return length >= least and block.linked < 0.2 * length and (length > _LINE or bool(SENTENCE.search(block.text)))


def _home(out: Outline, mass: Sequence[float], head: str) -> int:
    """Return the element that the page calls its main part or an article and that holds the headline and a text, else the root.

    Pages go on with forms and dialogs behind their main part, and endless ones with the next article.
    """
    headings = [block for block in out.blocks if block.tag == "h1"]
    alike = (block for block in headings if abs(len(block.text) - len(head)) < _NEARLY and fold(block.text) == head)
    first = next(alike, headings[0] if headings else None)
    at = first.owner if first else 0
    chain = []
    while at > 0:
        chain.append(at)
        at = out.parents[at]
    for at in chain:
        tag = out.tags[at]
        if tag in ("main", "article") and mass[at] >= A_TEXT:
            others = (i for i, other in enumerate(out.tags) if other == tag and i not in chain and mass[i] >= A_TEXT)
            if tag == "main" or mass[at] >= 0.5 * mass[0] or any(others):
                return at
    return 0


def _descend(out: Outline, mass: Sequence[float], least: float, at: int) -> int:
    heaviest: dict[int, int] = {}  # child of each element
    for index in range(1, len(out.parents)):
        if mass[index] > 0:
            above = out.parents[index]
            if above not in heaviest or mass[index] > mass[heaviest[above]]:
                heaviest[above] = index
    while at in heaviest:
        best = heaviest[at]
        if mass[best] < least * mass[at] or out.tags[best] in ("p", "li", "blockquote"):
            break
        at = best
    return _with_beginning(out, at, mass)


def _with_beginning(out: Outline, top: int, mass: Sequence[float]) -> int:
    """Climb where paragraphs of the same make stand beside the chosen element: its text begins outside a paywall."""
    makes = Counter(
        out.names[block.owner] for block in out.blocks if block.tag == "p" and out.parents[block.owner] == top
    )
    for _ in range(2):
        parent = out.parents[top]
        if parent < 0 or mass[parent] > 1.5 * mass[top]:
            break
        beside = [b for b in out.blocks if b.tag == "p" and out.parents[b.owner] == parent and len(b.text) > 80]
        if not any(out.names[block.owner] and makes[out.names[block.owner]] for block in beside):
            break
        top = parent
    return top


def _choose(
    out: Outline,
    top: int,
    weights: Sequence[float],
    junk: Sequence[bool],
    head: str,
    summaries: Sequence[str],
    news: bool,
) -> list[int]:
    inside = [False] * len(out.parents)
    inside[top] = True
    for index in range(top + 1, len(out.parents)):
        inside[index] = inside[out.parents[index]]
    blocks = out.blocks
    total = sum(weights[i] for i, b in enumerate(blocks) if inside[b.owner]) or 1.0
    in_p = sum(weights[i] for i, b in enumerate(blocks) if inside[b.owner] and b.tag == "p") / total
    said = {fold(text) for text in summaries if text}
    chosen: list[int] = []
    start = _heading([i for i, b in enumerate(blocks) if inside[b.owner]], blocks, head, weights)
    seen_text = False
    for i, block in enumerate(blocks):
        if i <= start or not inside[block.owner] or junk[block.owner]:
            continue
        text, tag = block.text, block.tag
        if tag in HEADINGS:
            if is_residue(text):
                continue
            if seen_text and heads_foot(text) and sum(weights[j] for j in chosen) > 0.6 * total:
                break
            short = len(text) < _LONG_HEADING or SENTENCE.search(text)  # some set paragraphs as headings
            if seen_text and short and block.linked < 0.5 * len(text) and fold(text) != head:
                chosen.append(i)
            continue
        if is_residue(text):
            continue
        if block.linked > (0.5 if len(text) < 200 else 0.7) * len(text) and len(text) < 300:
            continue
        if news:
            if tag not in ("p", "blockquote", "li", "pre") and in_p > 0.8:
                continue
            if weights[i] == 0 and not (seen_text and (tag == "p" or (tag == "li" and block.linked == 0))):
                continue
        elif weights[i] == 0 and block.linked > 0.3 * len(text):
            continue
        if len(chosen) < 3:
            folded = fold(text)
            if folded == head or (folded in said and not _goes_on(out, i)):
                continue
            if is_label(text):
                continue
        seen_text = True
        chosen.append(i)
    if news:
        chosen = of_one_make(out, chosen, weights)
    chosen = without_inserts(out, chosen, weights, junk)
    counts = Counter(blocks[i].text for i in chosen if len(blocks[i].text) > 20)
    chosen = [i for i in chosen if counts[blocks[i].text] < 3]  # what stands on and on is a notice in place of an embed
    foot = len(chosen)
    while foot > 1 and _announces(blocks, chosen[foot - 1]):
        foot -= 1
    if not news and all(blocks[i].linked > 0.5 * len(blocks[i].text) for i in chosen[foot:]):
        return chosen  # elsewhere a link by itself may be text
    return chosen[:foot]


def _announces(blocks: Sequence[Block], index: int) -> bool:
    """Whether the last block of a text speaks of what follows and is not there: a heading, a colon, a teaser."""
    return blocks[index].tag in HEADINGS or blocks[index].text.endswith((":", "：")) or is_teaser(blocks, index)


def _heading(within: Sequence[int], blocks: Sequence[Block], head: str, weights: Sequence[float]) -> int:
    """Return the block that is the text's heading, else the line that is its headline; little of the text stands above it."""
    limit, above, line = _ABOVE_HEADLINE * sum(weights[i] for i in within), 0.0, -1
    for i in within:
        block = blocks[i]
        if block.tag == "h1":
            return i
        if line < 0 and head and not block.linked and abs(len(block.text) - len(head)) < _NEARLY:
            line = i if fold(block.text) == head else line
        above += weights[i]
        if above > limit:
            break
    return line


def _goes_on(out: Outline, index: int) -> bool:
    """Whether the next paragraph is of the same make in the same place: then this one is text and no standfirst."""
    block = out.blocks[index]
    following = next((b for b in out.blocks[index + 1 : index + 6] if len(b.text) > 60), None)
    return (
        following is not None
        and block.tag == following.tag == "p"
        and out.names[block.owner] == out.names[following.owner]
        and out.parents[block.owner] == out.parents[following.owner]
    )


def _confidence(paragraphs: Sequence[str], share: float, hint: str | None) -> float:
    length = sum(map(len, paragraphs))
    if not paragraphs:
        return 0.0
    if hint and len(hint) > 200:
        ours, theirs = set(fold(" ".join(paragraphs)).split()), set(fold(hint).split())
        both = len(ours & theirs)
        return 2 * both / (len(ours) + len(theirs))
    return min(share, 1.0) * min(1.0, 0.4 + length / 1000)
