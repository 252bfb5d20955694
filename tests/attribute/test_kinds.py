"""Direct, indirect, mixed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribute.kinds import Quotations, kind_of
from onrecord.model import Kind

TEXTS = st.text(alphabet="ab \n\"“”'`é.", max_size=60)


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“We won,” he said.", "“We won,”", Kind.DIRECT),
        ('"We won," he said.', '"We won,"', Kind.DIRECT),
        ("''We won,'' he said.", "''We won,''", Kind.DIRECT),
        ("``We won,'' he said.", "``We won,''", Kind.DIRECT),
        ("He said they won.", "they won", Kind.INDIRECT),
        ("He said they “won” it.", "they “won” it", Kind.MIXED),
        ("“We won\n\n“and lost,” he said.", "“We won\n\n“and lost,”", Kind.DIRECT),
        ("It's the guards' gate, he said.", "It's the guards' gate", Kind.INDIRECT),
        ("«We won», he said.", "«We won»", Kind.INDIRECT),
    ],
)
def test_kind_is_computed_from_the_marks(text: str, content: str, kind: Kind) -> None:
    start = text.index(content)
    assert kind_of(text, Quotations(text), [(start, start + len(content))]) is kind


def test_a_quotation_still_open_at_the_end_of_a_line_ends_there() -> None:
    text = 'He said "it is late\nand left.'
    assert kind_of(text, Quotations(text), [(text.index("and"), len(text))]) is Kind.INDIRECT


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_any_span_of_any_text_has_a_kind(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert kind_of(text, Quotations(text), [(start, end)]) in Kind


@given(TEXTS)
def test_quotations_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    spans = list(Quotations(text))
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
