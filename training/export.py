"""Write the trained network as an int8 ONNX graph for one window at a time.

The graph is built node by node from fused operators of onnxruntime, so nothing depends on tracing. Matrices are int8 with one
scale a column, quantised when written; activations are quantised when run, with one scale for a whole window. A window is
therefore never batched with others: the result of a window depends on nothing else.

    python training/export.py --weights FOLDER/weights.pt --vocabulary PATH/vocab.txt --output ../src/onrecord/attribute/model
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from network import HEAD, LABELS, LEGAL, LINK, PARTS
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from onrecord.attribute.confidence import FACTS

# Learned numbers that are used outside the graph.
NUMBERS = (
    "steps",
    "no_source",
    "no_source_bias",
    "source_bias",
    "cue_bias",
    "unnamed",
    "unnamed_bias",
    "start_bias",
    "end_bias",
)
BEGINS_CUE = 3  # the label
# Added to the score of beginning a cue: finds more, and the least confidence takes the worst away. Chosen on held-out articles.
EAGER = 0.7
Floats = NDArray[np.float32]
CONTRIB = "com.microsoft"


class Graph:
    """Collects nodes and constants."""

    def __init__(self, weight_bits: int) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        # With 7 bits the sums of products cannot overflow on processors without VNNI instructions.
        self.top = 2 ** (weight_bits - 1) - 1

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self,
        kind: str,
        inputs: list[str],
        output: str,
        *,
        domain: str = "",
        more: tuple[str, ...] = (),
        **attributes: object,
    ) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output, *more], name=output, domain=domain, **attributes))
        return output

    def columns(self, name: str, weight: Floats) -> tuple[str, str, str]:
        """A matrix (in, out) as int8 with one scale a column: names of values, scales, zero points."""
        scale = np.maximum(np.abs(weight).max(0) / self.top, 1e-9).astype(np.float32)
        values = np.rint(weight / scale).clip(-self.top, self.top).astype(np.int8)
        return (
            self.constant(name + ".int8", values),
            self.constant(name + ".scale", scale),
            self.constant(name + ".zero", np.zeros(len(scale), np.int8)),
        )

    def linear(self, x: str, name: str, weights: dict[str, Floats]) -> str:
        values, scale, zero = self.columns(name, weights[name + ".weight"].T)
        bias = self.constant(name + ".bias", weights[name + ".bias"])
        return self.add("DynamicQuantizeMatMul", [x, values, scale, zero, bias], name, domain=CONTRIB)

    def norm_of_sum(self, x: str, y: str, name: str, weights: dict[str, Floats]) -> str:
        """Layer norm of x + y in plain steps: four times as fast as onnxruntime's own operator on a CPU."""
        gamma = self.constant(name + ".gamma", weights[name + ".weight"])
        beta = self.constant(name + ".beta", weights[name + ".bias"])
        self.add("Add", [x, y], name + ".sum")
        self.add("ReduceMean", [name + ".sum"], name + ".mean", axes=[-1])
        self.add("Sub", [name + ".sum", name + ".mean"], name + ".centred")
        self.add("Mul", [name + ".centred", name + ".centred"], name + ".squares")
        self.add("ReduceMean", [name + ".squares"], name + ".variance", axes=[-1])
        self.add("Sqrt", [name + ".variance"], name + ".deviation")
        self.add("Div", [name + ".centred", name + ".deviation"], name + ".normal")
        self.add("Mul", [name + ".normal", gamma], name + ".scaled")
        return self.add("Add", [name + ".scaled", beta], name)


def build(state: dict[str, Tensor], weight_bits: int) -> onnx.ModelProto:
    """The graph of a trained network.

    Inputs: `ids` and `marks` (1, pieces) int32, `firsts` (words) int32: the first piece of each word.
    Outputs: `labels` (words, LABELS) and `links` (words, 2 * PARTS * LINK), float32.
    """
    w = {name: tensor.float().numpy() for name, tensor in state.items()}
    g = Graph(weight_bits)
    table = w["words.weight"]
    scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-9).astype(np.float32)
    g.constant("table", np.rint(table / scale).astype(np.int8))
    g.constant("table.scale", scale)
    g.add("Gather", ["table", "ids"], "rows")
    g.add("Cast", ["rows"], "rows.float", to=TensorProto.FLOAT)
    g.add("Gather", ["table.scale", "ids"], "rows.scale")
    g.add("Mul", ["rows.float", "rows.scale"], "words")
    g.constant("places.table", w["places.weight"])
    g.constant("marks.table", w["marks.weight"])
    g.constant("zero", np.array([0], np.int64))
    g.constant("two", np.array([2], np.int64))
    g.constant("one", np.array([1], np.int64))
    g.add("Shape", ["ids"], "shape")
    g.add("Slice", ["shape", "one", "two", "zero"], "count")
    g.add("Slice", ["places.table", "zero", "count", "zero"], "places")
    g.add("Gather", ["marks.table", "marks"], "marked")
    g.add("Add", ["marked", "places"], "extra")
    x = g.norm_of_sum("words", "extra", "norm", w)
    layer = 0
    while f"layers.{layer}.qkv.weight" in w:
        name = f"layers.{layer}."
        g.add("DynamicQuantizeLinear", [x], name + "x8", more=(name + "xs", name + "xz"))
        values, scales, zeros = g.columns(name + "qkv", w[name + "qkv.weight"].T)
        bias = g.constant(name + "qkv.bias", w[name + "qkv.bias"])
        inputs = [name + "x8", values, bias, name + "xs", scales, "", name + "xz", zeros]
        heads = len(w[name + "out.weight"][0]) // HEAD
        a = g.add("QAttention", inputs, name + "attention", domain=CONTRIB, num_heads=heads)
        x = g.norm_of_sum(g.linear(a, name + "out", w), x, name + "norm1", w)
        h = g.add("Gelu", [g.linear(x, name + "up", w)], name + "gelu", domain=CONTRIB)
        x = g.norm_of_sum(g.linear(h, name + "down", w), x, name + "norm2", w)
        layer += 1
    g.add("Squeeze", [x, "zero"], "states")
    g.add("Gather", ["states", "firsts"], "chosen")
    g.constant("labels.weight", w["labels.weight"].T)
    g.constant("labels.bias", w["labels.bias"])
    g.add("MatMul", ["chosen", "labels.weight"], "labels.product")
    g.add("Add", ["labels.product", "labels.bias"], "labels")
    g.linear("chosen", "links", w)
    graph = helper.make_graph(
        g.nodes,
        "onrecord-attribution",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT32, [1, "pieces"]),
            helper.make_tensor_value_info("marks", TensorProto.INT32, [1, "pieces"]),
            helper.make_tensor_value_info("firsts", TensorProto.INT32, ["words"]),
        ],
        [
            helper.make_tensor_value_info("labels", TensorProto.FLOAT, ["words", LABELS]),
            helper.make_tensor_value_info("links", TensorProto.FLOAT, ["words", 2 * len(PARTS) * LINK]),
        ],
        g.constants,
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)], ir_version=8
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--bits", type=int, default=7, choices=(7, 8))
    options = parser.parse_args()
    state = torch.load(options.weights)
    options.output.mkdir(parents=True, exist_ok=True)
    onnx.save(build(state, options.bits), options.output / "network.onnx")
    shutil.copy(options.vocabulary, options.output / "vocabulary.txt")
    numbers = {name: state[name].float().numpy() for name in NUMBERS}
    numbers["steps"][:, BEGINS_CUE] += EAGER
    numbers["steps"] = np.where(LEGAL.numpy(), numbers["steps"], np.float32(-1e4))
    # Until calibrate.py has set them.
    numbers["confidence"], numbers["least"] = np.zeros(len(FACTS), np.float32), np.float32(0)
    np.savez(options.output / "numbers.npz", **numbers)


if __name__ == "__main__":
    main()
