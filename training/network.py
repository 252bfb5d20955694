"""The network: a BERT encoder with marks, labels of words through a linear chain, and projections for links."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.attribute.linking import BIASES
from onrecord.attribute.words import MARKS

WIDTH, HEADS, HEAD, INNER, PLACES = 384, 12, 32, 1536, 512
LABELS = 7
LINK = 64  # width of a link projection
# Projections of the first and the last word of a segment, by the part it plays in a choice.
PARTS = ("cue chooses", "source offered", "content chooses", "cue offered")


class Layer(nn.Module):
    """One encoder layer, as in BERT (post-norm)."""

    def __init__(self, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(WIDTH, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, lengths: list[int], drop: Drop) -> Tensor:
        """x: (pieces of all windows, WIDTH); attention stays within each window, so nothing is padded."""
        qkv = self.qkv(x).split(lengths)
        mixed = []
        for part in qkv:
            q, k, v = part.view(len(part), 3, self.heads, HEAD).permute(1, 2, 0, 3)
            weights = torch.softmax((q * HEAD**-0.5) @ k.transpose(1, 2), -1)
            mixed.append((weights @ v).transpose(0, 1).reshape(len(part), self.heads * HEAD))
        x = self.norm1(x + drop(self.out(torch.cat(mixed))))
        return self.norm2(x + drop(self.down(F.gelu(self.up(x)))))


class Drop:
    """Dropout with one mask for all pieces of a window: as good a noise, and cheap on a CPU."""

    def __init__(self, rate: float, lengths: list[int]) -> None:
        self.rate, self.lengths = rate, torch.tensor(lengths)

    def __call__(self, x: Tensor) -> Tensor:
        if not self.rate:
            return x
        mask = (torch.rand(len(self.lengths), x.shape[1]) >= self.rate).to(x.dtype) / (1 - self.rate)
        return x * mask.repeat_interleave(self.lengths, 0)


class Network(nn.Module):
    """Encoder and heads.

    Args:
        pieces: size of the vocabulary.
        sizes: (attention heads, inner width) of each layer.
    """

    def __init__(self, pieces: int, sizes: list[tuple[int, int]]) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(heads, inner) for heads, inner in sizes)
        self.labels = nn.Linear(WIDTH, LABELS)
        self.links = nn.Linear(WIDTH, 2 * len(PARTS) * LINK)
        self.no_source = nn.Parameter(torch.zeros(LINK))
        self.no_source_bias = nn.Parameter(torch.zeros(1))
        self.unnamed = nn.Parameter(torch.zeros(LINK))  # the pointer's "no source"
        self.unnamed_bias = nn.Parameter(torch.zeros(1))
        self.start_bias = nn.Parameter(torch.zeros(BIASES))
        self.end_bias = nn.Parameter(torch.zeros(BIASES))
        self.cue_start_bias = nn.Parameter(torch.zeros(BIASES))
        self.cue_end_bias = nn.Parameter(torch.zeros(BIASES))
        self.source_bias = nn.Parameter(torch.zeros(BIASES))
        self.cue_bias = nn.Parameter(torch.zeros(BIASES))
        self.steps = nn.Parameter(torch.zeros(LABELS, LABELS))

    def encode(self, ids: Tensor, marks: Tensor, lengths: list[int], rate: float = 0.0) -> Tensor:
        """States of all pieces of all windows, (pieces, WIDTH)."""
        drop = Drop(rate, lengths)
        places = torch.cat([torch.arange(n) for n in lengths])
        x = drop(self.norm(self.words(ids) + self.places(places) + self.marks(marks)))
        for layer in self.layers:
            x = layer(x, lengths, drop)
        return x

    def heads(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of labels (words, LABELS) and link projections (words, 2 * PARTS * LINK) of word states."""
        return self.labels(x), self.links(x)

    @classmethod
    def from_state(cls, state: dict[str, Tensor]) -> Network:
        """A network with the sizes and weights of a saved one."""
        sizes = []
        while f"layers.{len(sizes)}.up.weight" in state:
            name = f"layers.{len(sizes)}."
            sizes.append((state[name + "out.weight"].shape[1] // HEAD, state[name + "up.weight"].shape[0]))
        net = cls(len(state["words.weight"]), sizes)
        net.load_state_dict({**net.state_dict(), **state})
        return net

    @classmethod
    def from_minilm(cls, path: Path, keep: list[int]) -> Network:
        """Start from all-MiniLM-L6-v2 with the layers whose numbers are given."""
        given = {name.removeprefix("bert."): tensor for name, tensor in load_file(path).items()}
        words = given["embeddings.word_embeddings.weight"]
        net = cls(len(words), [(HEADS, INNER)] * len(keep))
        own = net.state_dict()
        own["words.weight"] = words
        own["places.weight"] = given["embeddings.position_embeddings.weight"]
        own["marks.weight"] = given["embeddings.token_type_embeddings.weight"][:1].repeat(MARKS, 1)
        own["norm.weight"] = given["embeddings.LayerNorm.weight"]
        own["norm.bias"] = given["embeddings.LayerNorm.bias"]
        for to, number in enumerate(keep):
            old, new = f"encoder.layer.{number}.", f"layers.{to}."
            for kind in ("weight", "bias"):
                own[new + "qkv." + kind] = torch.cat(
                    [given[f"{old}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                )
                own[new + "out." + kind] = given[f"{old}attention.output.dense.{kind}"]
                own[new + "norm1." + kind] = given[f"{old}attention.output.LayerNorm.{kind}"]
                own[new + "up." + kind] = given[f"{old}intermediate.dense.{kind}"]
                own[new + "down." + kind] = given[f"{old}output.dense.{kind}"]
                own[new + "norm2." + kind] = given[f"{old}output.LayerNorm.{kind}"]
        net.load_state_dict(own)
        return net


LEGAL = torch.tensor(
    [[not (to in (2, 4, 6) and come not in (to - 1, to)) for to in range(LABELS)] for come in range(LABELS)]
)


def chain_loss(scores: Tensor, lengths: list[int], gold: Tensor, steps: Tensor) -> Tensor:
    """Negative log likelihood of the gold labels in a linear chain (Lafferty et al. 2001), summed over windows.

    Args:
        scores: (words of all windows, LABELS); lengths: words of each window; gold: label of each word.
        steps: (LABELS, LABELS) scores of stepping from one label to the next; illegal steps are shut out here.
    """
    steps = steps.masked_fill(~LEGAL, -1e4)
    padded = nn.utils.rnn.pad_sequence(list(scores.split(lengths)), batch_first=True)
    many = torch.tensor(lengths)
    alpha = padded[:, 0]
    for i in range(1, padded.shape[1]):
        new = torch.logsumexp(alpha[:, :, None] + steps, 1) + padded[:, i]
        alpha = torch.where((i < many)[:, None], new, alpha)
    total = torch.logsumexp(alpha, 1).sum()
    right = scores.gather(1, gold[:, None]).sum()
    begins = torch.zeros(len(gold), dtype=torch.bool)
    begins[torch.cumsum(many, 0)[:-1]] = True
    inner = ~begins[1:]
    return total - right - steps[gold[:-1], gold[1:]][inner].sum()
