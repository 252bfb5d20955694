"""Probabilities from scores, shared by all decisions of the attributor."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities of the options in each row."""
    shifted = scores - scores.max(-1, keepdims=True)
    with np.errstate(under="ignore"):
        result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result
