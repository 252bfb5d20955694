"""The trained attributor: a small transformer (int8, ONNX) that labels words, and the decoding of what it says.

How it was made and how good it is: `training/MODEL_CARD.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.attribute.confidence import confidence_of
from onrecord.attribute.decode import Segment
from onrecord.attribute.runtime import Model
from onrecord.attribute.words import Words, read_words
from onrecord.model import Attribution, Spans

FOLDER = Path(__file__).parent / "model"
SECTION = 25_000  # characters that are worked on at once: bounds memory; nearly all articles are shorter


class ModelAttributor:
    """Finds attributions with the model that comes with onrecord.

    The model is loaded at the first text, and again in each process that this object is sent to. A text gives the same
    result alone, in any batch, and on any number of workers.

    Args:
        folder: the model's files; the shipped ones when not given.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._model: Model | None = None

    def __reduce__(self) -> tuple[type[ModelAttributor], tuple[Path]]:
        return ModelAttributor, (self._folder,)

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """Return for each text its attributions in order of their content.

        Raises:
            ModelError: the files of the model are missing or damaged.
        """
        if self._model is None:
            self._model = Model.load(self._folder)
        return [_read(self._model, text) for text in texts]


def sections(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text into parts of at most SECTION characters, at the end of a line or a word where there is one."""
    begin = 0
    while len(text) - begin > SECTION:
        end = max(text.rfind(mark, begin, begin + SECTION) for mark in "\n\r")
        if end <= begin:
            end = text.rfind(" ", begin, begin + SECTION)
        end = begin + SECTION if end <= begin else end + 1
        yield begin, end
        begin = end
    yield begin, len(text)


def _read(model: Model, text: str) -> tuple[Attribution, ...]:
    found: list[Attribution] = []
    for begin, end in sections(text):
        found += (_moved(a, begin) for a in _attributions(model, text[begin:end]))
    return tuple(sorted(found, key=lambda a: (a.content, a.cue)))


def _attributions(model: Model, text: str) -> Iterator[Attribution]:
    words = read_words(text, model.vocabulary)
    if not len(words):
        return
    for found, facts in model.find(words, model.compute(words)):
        confidence = confidence_of(facts, model.calibration)
        if confidence >= model.calibration.least:
            yield Attribution(
                source=_spans(words, (found.source,) if found.source else ()),
                cue=_spans(words, (found.cue,)),
                content=_spans(words, found.content),
                confidence=confidence,
            )


def _spans(words: Words, segments: tuple[Segment, ...]) -> Spans:
    return tuple((words.starts[first], words.ends[last]) for first, last in segments)


def _moved(attribution: Attribution, by: int) -> Attribution:
    source, cue, content = (
        tuple((start + by, end + by) for start, end in part)
        for part in (attribution.source, attribution.cue, attribution.content)
    )
    return Attribution(source, cue, content, attribution.confidence)
