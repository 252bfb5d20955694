"""Make a small student's start from a trained teacher: prune it, and keep what it says about each word of the training articles.

    python training/teach.py --data ../shared/data --vocabulary PATH/vocab.txt --teacher FOLDER --output FOLDER

The least important inner neurons and attention heads are cut: importance is the first-order change of the loss when one is
left out (Michel et al. 2019, "Are sixteen heads really better than one?"), read off the gradient of the matrix that follows.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from corpus import Labelled, is_held_out, read_corpus
from network import HEAD, Network, chain_loss
from torch import Tensor
from train import Example, batches, encode, link_loss

from onrecord.attribute.words import Vocabulary, cut


def importance(net: Network, plan: list[list[Example]], vocabulary: Vocabulary) -> list[tuple[Tensor, Tensor]]:
    """For each layer the importance of its heads and of its inner neurons, summed over batches."""
    sums = [(torch.zeros(layer.heads), torch.zeros(layer.up.out_features)) for layer in net.layers]
    for batch in plan:
        net.zero_grad()
        lengths = [e.end - e.begin for e in batch]
        with torch.autocast("cpu", torch.bfloat16):
            states = encode(net, batch, vocabulary, rate=0.1, hide=0.08, dice=random.Random(0))
            scores, projections = net.heads(states)
        gold = torch.tensor([x for e in batch for x in e.version.labels[e.begin : e.end]])
        links = [link_loss(net, e, p)[0] for e, p in zip(batch, projections.split(lengths), strict=True)]
        (chain_loss(scores.float(), lengths, gold, net.steps) + torch.stack(links).sum()).backward()
        for layer, (heads, inner) in zip(net.layers, sums, strict=True):
            heads += (layer.out.weight * layer.out.weight.grad).sum(0).view(-1, HEAD).sum(1).abs().detach()
            inner += (layer.down.weight * layer.down.weight.grad).sum(0).abs().detach()
    return sums


def shares(importances: list[Tensor], total: int, unit: int, least: int) -> list[int]:
    """How many of `total` each layer keeps, in steps of `unit` and at least `least`, when the most important ones of all stay."""
    cut_at = torch.cat(importances).sort(descending=True).values[total - 1]
    wanted = [max(least, round(int((i >= cut_at).sum()) / unit) * unit) for i in importances]
    while sum(wanted) > total:
        wanted[max(range(len(wanted)), key=wanted.__getitem__)] -= unit
    while sum(wanted) < total:
        # Of the layers with room, the one whose next neurons weigh most.
        open_layers = [n for n, i in enumerate(importances) if wanted[n] + unit <= len(i)]
        wanted[max(open_layers, key=lambda n: float(importances[n].sort(descending=True).values[wanted[n]]))] += unit
    return wanted


def prune(state: dict[str, Tensor], sums: list[tuple[Tensor, Tensor]], heads: int, inner: int) -> dict[str, Tensor]:
    """The weights with the most important heads and neurons only: on average `heads` and `inner` a layer."""
    small = dict(state)
    head_shares = shares([h for h, _ in sums], heads * len(sums), 1, 2)
    inner_shares = shares([i for _, i in sums], inner * len(sums), 64, 256)
    print("heads", head_shares, "inner", inner_shares)
    for number, (of_heads, of_inner) in enumerate(sums):
        name = f"layers.{number}."
        chosen = of_heads.topk(head_shares[number]).indices.sort().values
        columns = (chosen[:, None] * HEAD + torch.arange(HEAD)).flatten()
        rows = torch.cat([columns + part * len(of_heads) * HEAD for part in range(3)])
        neurons = of_inner.topk(inner_shares[number]).indices.sort().values
        small[name + "qkv.weight"] = state[name + "qkv.weight"][rows]
        small[name + "qkv.bias"] = state[name + "qkv.bias"][rows]
        small[name + "out.weight"] = state[name + "out.weight"][:, columns]
        small[name + "up.weight"] = state[name + "up.weight"][neurons]
        small[name + "up.bias"] = state[name + "up.bias"][neurons]
        small[name + "down.weight"] = state[name + "down.weight"][:, neurons]
    return small


def scores_of(net: Network, article: Labelled, vocabulary: Vocabulary) -> np.ndarray:
    """Label scores of all words of an article, (words, LABELS)."""
    examples = [Example(article, article.versions[0], b, e) for b, e in cut(article.words, 254)]
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        states = encode(net, examples, vocabulary, rate=0.0, hide=0.0, dice=random.Random(0))
        return net.labels(states).float().numpy().astype(np.float16)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--inner", type=int, default=768)
    parser.add_argument("--batches", type=int, default=40)
    options = parser.parse_args()
    torch.manual_seed(7)
    vocabulary = Vocabulary.read(options.vocabulary)
    corpus = [a for a in read_corpus(options.data / "polnear/train.jsonl.gz", vocabulary) if not is_held_out(a.id)]
    state = torch.load(options.teacher / "weights.pt")
    net = Network.from_state(state)
    options.output.mkdir(parents=True, exist_ok=True)
    sums = importance(net, batches(corpus, 2600, random.Random(7))[: options.batches], vocabulary)
    torch.save(prune(state, sums, options.heads, options.inner), options.output / "start.pt")
    np.savez(options.output / "teacher.npz", **{a.id: scores_of(net, a, vocabulary) for a in corpus})


if __name__ == "__main__":
    main()
