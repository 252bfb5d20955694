"""Train the network on PolNeAR.

python training/train.py --data ../shared/data --base PATH/model.safetensors --vocabulary PATH/vocab.txt --output FOLDER
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from corpus import Labelled, Version, is_held_out, read_corpus
from network import LINK, Network, chain_loss
from torch import Tensor
from torch.nn import functional as F

from onrecord.attribute.linking import Layout, features
from onrecord.attribute.words import Vocabulary

SIZES = (96, 288)  # pieces of a training window: drawn anew, so that an article is cut differently in each epoch


@dataclass(frozen=True, slots=True)
class Example:
    """One window: a slice of an article under one annotator's version."""

    article: Labelled
    version: Version
    begin: int
    end: int


def windows(article: Labelled, dice: random.Random) -> list[Example]:
    """Cut an article at paragraph ends into windows of random size; the version is drawn too."""
    version = dice.choice(article.versions)
    words = article.words
    size = dice.randint(*SIZES)
    found: list[Example] = []
    begin = used = 0
    good = 0
    for i in range(len(words)):
        if i > begin and words.paragraphs[i] != words.paragraphs[i - 1]:
            good = i
        used += len(words.pieces[i])
        if used > size and i > begin:
            stop = good if good > begin else i
            found.append(Example(article, version, begin, stop))
            begin = stop
            used = sum(len(words.pieces[j]) for j in range(begin, i + 1))
            size = dice.randint(*SIZES)
    found.append(Example(article, version, begin, len(words)))
    return found


def batches(corpus: list[Labelled], pieces: int, dice: random.Random) -> list[list[Example]]:
    """All windows of one epoch in random batches of about `pieces` pieces."""
    examples = [e for article in corpus for e in windows(article, dice) if e.end > e.begin]
    dice.shuffle(examples)
    found: list[list[Example]] = [[]]
    used = 0
    for e in examples:
        n = sum(len(p) for p in e.article.words.pieces[e.begin : e.end])
        if used + n > pieces and found[-1]:
            found.append([])
            used = 0
        found[-1].append(e)
        used += n
    return found


def encode(
    net: Network, batch: list[Example], vocabulary: Vocabulary, *, rate: float, hide: float, dice: random.Random
) -> Tensor:
    """States of the words of all windows of a batch, (words, WIDTH); a share `hide` of the words is masked."""
    ids: list[int] = []
    marks: list[int] = []
    firsts: list[int] = []
    lengths: list[int] = []
    for e in batch:
        before = len(ids)
        ids.append(vocabulary.first)
        marks.append(0)
        for pieces, mark in zip(
            e.article.words.pieces[e.begin : e.end], e.article.words.marks[e.begin : e.end], strict=True
        ):
            firsts.append(len(ids))
            if hide and dice.random() < hide:
                pieces = (vocabulary.mask,) * len(pieces)
            ids.extend(pieces)
            marks.extend([mark] * len(pieces))
        ids.append(vocabulary.last)
        marks.append(0)
        lengths.append(len(ids) - before)
    states = net.encode(torch.tensor(ids), torch.tensor(marks), lengths, rate)
    return states[torch.tensor(firsts)]


def link_loss(net: Network, e: Example, projections: Tensor) -> tuple[Tensor, int]:
    """Cross entropy of the choices in a window: each cue its source or none, each content its cue."""
    inside = [[s for s in role if e.begin <= s[0] and s[1] < e.end] for role in e.version.segments]
    sources, cues, contents = (np.array(s, dtype=np.int64).reshape(-1, 2) for s in inside)
    if not len(cues):
        return projections.sum() * 0, 0
    numbers = [{s: i for i, s in enumerate(role)} for role in inside]
    layout = Layout.of(e.article.words)
    p = projections.float().view(len(projections), 2, 4, LINK)

    def side(segments: np.ndarray, part: int) -> Tensor:
        at = torch.from_numpy(segments - e.begin)
        return p[at[:, 0], 0, part] + p[at[:, 1], 1, part]

    losses = []
    count = 0

    def add(scores: Tensor, chosen: list[int]) -> None:
        nonlocal count
        losses.append(F.cross_entropy(scores, torch.tensor(chosen), reduction="sum", ignore_index=-100))
        count += sum(c >= 0 for c in chosen)

    chosen, starts, ends = [], [], []
    for cue, source in zip(e.version.segments[1], e.version.source_of, strict=True):
        if cue in numbers[1]:
            segment = e.version.segments[0][source] if source >= 0 else (-1, -1)
            known = segment in numbers[0]
            chosen.append(len(sources) if source < 0 else numbers[0].get(segment, -100))
            starts.append(e.end - e.begin if source < 0 else segment[0] - e.begin if known else -100)
            ends.append(segment[1] - e.begin if known else -100)
    query = side(cues, 0) / LINK**0.5
    none = (query @ net.no_source + net.no_source_bias)[:, None]
    if len(sources):
        pairs = torch.from_numpy(features(layout, cues[:, None], sources[None], cues, sources))
        add(torch.cat([query @ side(sources, 1).T + net.source_bias[pairs].sum(-1), none], 1), chosen)
    # The same projections also point at the first and last word of a source that the labels may have missed.
    words = np.stack([np.arange(e.begin, e.end)] * 2, 1)
    pairs = torch.from_numpy(features(layout, cues[:, None], words[None], cues, sources[:0]))
    unnamed = (query @ net.unnamed + net.unnamed_bias)[:, None]
    add(torch.cat([query @ p[:, 0, 1].T + net.start_bias[pairs].sum(-1), unnamed], 1), starts)
    if any(end >= 0 for end in ends):
        add(query @ p[:, 1, 1].T + net.end_bias[pairs].sum(-1), ends)
    if len(contents):
        chosen, starts, ends = [], [], []
        for content, number in zip(e.version.segments[2], e.version.cue_of, strict=True):
            if content in numbers[2]:
                cue = e.version.segments[1][number] if number >= 0 else (-1, -1)
                known = cue in numbers[1]
                chosen.append(numbers[1][cue] if known else -100)
                starts.append(cue[0] - e.begin if known else -100)
                ends.append(cue[1] - e.begin if known else -100)
        query = side(contents, 2) / LINK**0.5
        pairs = torch.from_numpy(features(layout, contents[:, None], cues[None], cues, cues))
        add(query @ side(cues, 3).T + net.cue_bias[pairs].sum(-1), chosen)
        pairs = torch.from_numpy(features(layout, contents[:, None], words[None], contents, cues[:0]))
        add(query @ p[:, 0, 3].T + net.cue_start_bias[pairs].sum(-1), starts)
        add(query @ p[:, 1, 3].T + net.cue_end_bias[pairs].sum(-1), ends)
    return torch.stack(losses).sum(), count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="go on from these weights instead of the base encoder")
    parser.add_argument("--teacher", type=Path, help="scores of a teacher for each word, from teach.py")
    parser.add_argument("--layers", default="0,1,2,3", help="layers of the base encoder to keep")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--pieces", type=int, default=2600, help="word pieces in a batch")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--hide", type=float, default=0.08)
    parser.add_argument("--link-weight", type=float, default=1.0)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many batches (for trying out)")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    dice = random.Random(options.seed)
    vocabulary = Vocabulary.read(options.vocabulary)
    corpus = [a for a in read_corpus(options.data / "polnear/train.jsonl.gz", vocabulary) if not is_held_out(a.id)]
    if options.start:
        net = Network.from_state(torch.load(options.start))
    else:
        net = Network.from_minilm(options.base, [int(n) for n in options.layers.split(",")])
    teacher = np.load(options.teacher) if options.teacher else None
    taught = {name: teacher[name].astype(np.float32) for name in teacher.files} if teacher else {}
    options.output.mkdir(parents=True, exist_ok=True)
    encoder = [p for n, p in net.named_parameters() if n.split(".")[0] in ("words", "places", "norm", "layers")]
    heads = [p for n, p in net.named_parameters() if n.split(".")[0] not in ("words", "places", "norm", "layers")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": options.rate}, {"params": heads, "lr": options.head_rate}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    plan = [batch for _ in range(options.epochs) for batch in batches(corpus, options.pieces, dice)]
    total = len(plan)
    warm = total // 12
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (total - s) / (total - warm)))
    )
    start = time.time()
    mean = np.zeros(3)
    for step, batch in enumerate(plan):
        lengths = [e.end - e.begin for e in batch]
        with torch.autocast("cpu", torch.bfloat16):
            states = encode(net, batch, vocabulary, rate=options.drop, hide=options.hide, dice=dice)
            scores, projections = net.heads(states)
        gold = torch.tensor([x for e in batch for x in e.version.labels[e.begin : e.end]])
        tagging = chain_loss(scores.float(), lengths, gold, net.steps) / len(gold)
        parts = [link_loss(net, e, p) for e, p in zip(batch, projections.split(lengths), strict=True)]
        count = max(1, sum(n for _, n in parts))
        linking = torch.stack([loss for loss, _ in parts]).sum() / count
        # Per word tagging losses are small; ten times the mean makes both terms weigh alike.
        loss = 10 * tagging + options.link_weight * linking
        if taught:
            soft = torch.from_numpy(np.concatenate([taught[e.article.id][e.begin : e.end] for e in batch]))
            loss = loss / 2 + 5 * F.kl_div(
                scores.float().log_softmax(1), soft.log_softmax(1), reduction="batchmean", log_target=True
            )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        now = np.array([loss.item(), tagging.item(), linking.item()])
        mean = now if step == 0 else 0.98 * mean + 0.02 * now
        if step % 20 == 0 or step + 1 == total:
            done = time.time() - start
            print(f"{step}/{total} loss {mean[0]:.3f} tags {mean[1]:.4f} links {mean[2]:.4f} {done:.0f}s", flush=True)
        if step % 200 == 199 or step + 1 == total:
            torch.save(net.state_dict(), options.output / "weights.pt")
        if step + 1 == options.steps:
            break
    (options.output / "options.json").write_text(json.dumps({k: str(v) for k, v in vars(options).items()}, indent=1))


if __name__ == "__main__":
    main()
