"""The model's files, loaded: words in, attributions in words out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from onrecord.attribute.confidence import Calibration, facts_of
from onrecord.attribute.decode import Found, Linker, Scene, link
from onrecord.attribute.labels import best_paths, segments_of
from onrecord.attribute.linking import Layout
from onrecord.attribute.pointing import Pointer
from onrecord.attribute.scoring import Floats, log_softmax
from onrecord.attribute.words import Vocabulary, Words, cut
from onrecord.errors import ModelError

WINDOW = 190  # word pieces; the two marks at the ends of a window make it 192


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of the words of a text.

    Attributes:
        labels: for each window, (words, LABELS).
        projections: (words, 2, 4, width), for links.
    """

    labels: list[Floats]
    projections: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model.

    Windows are computed one by one and on one thread, because the scale of an int8 activation is that of everything computed
    with it. So a text gives the same result alone, in any batch, and on any number of workers.
    """

    session: onnxruntime.InferenceSession
    vocabulary: Vocabulary
    steps: Floats
    linker: Linker
    calibration: Calibration

    @classmethod
    def load(cls, folder: Path) -> Model:
        """Read `network.onnx`, `vocabulary.txt` and `numbers.npz`.

        Raises:
            ModelError: one of them is missing or damaged.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors; warnings about the graph are of no use to a reader
        try:
            vocabulary = Vocabulary.read(folder / "vocabulary.txt")
            with np.load(folder / "numbers.npz", allow_pickle=False) as numbers:
                n = {name: numbers[name] for name in numbers.files}
            pointer = Pointer(n["unnamed"], float(n["unnamed_bias"][0]), n["start_bias"], n["end_bias"])
            linker = Linker(n["no_source"], float(n["no_source_bias"][0]), n["source_bias"], n["cue_bias"], pointer)
            calibration = Calibration(n["confidence"], float(n["least"]))
            network = (folder / "network.onnx").read_bytes()
            session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's errors have no public base class
            message = f"The attribution model in {folder} cannot be read ({error}); install onrecord again."
            raise ModelError(message) from error
        return cls(session, vocabulary, n["steps"], linker, calibration)

    def compute(self, words: Words) -> Scores:
        """Run the network over the windows of a text that has at least one word."""
        labels: list[Floats] = []
        links: list[Floats] = []
        for begin, end in cut(words, WINDOW):
            pieces = words.pieces[begin:end]
            counts = np.array([len(p) for p in pieces])
            ids = [self.vocabulary.first, *(i for p in pieces for i in p), self.vocabulary.last]
            marks = np.zeros(len(ids), np.int32)
            marks[1:-1] = np.repeat(words.marks[begin:end], counts)
            firsts = np.cumsum(counts) - counts + 1
            feed = {"ids": np.array([ids], np.int32), "marks": marks[None], "firsts": firsts.astype(np.int32)}
            scores, projections = self.session.run(["labels", "links"], feed)
            labels.append(scores)
            links.append(projections)
        together = np.concatenate(links)
        return Scores(labels, together.reshape(len(together), 2, 4, -1))

    def find(self, words: Words, scores: Scores) -> list[tuple[Found, Floats]]:
        """The attributions of a text in words, each with the facts that its confidence is made from."""
        windows = np.repeat(np.arange(len(scores.labels)), [len(window) for window in scores.labels])
        segments = segments_of(np.concatenate(best_paths(scores.labels, self.steps)))
        found = link(Scene(Layout.of(words), windows, scores.projections), segments, self.linker)
        probabilities = log_softmax(np.concatenate(scores.labels))
        return [(f, facts_of(f, probabilities)) for f in found]
