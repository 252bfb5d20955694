"""What a cue does: the table of cue lemmas, and the flags of a cue (negated, modal, future, reportedly).

The table is ``data/acts.txt``: the lemmas of each :class:`~onrecord.model.Act`. Cues of two words ("call for")
go before single words. In a cue of several words the first whose act is not the plain *says* decides ("expressed
concern" feels); what is refused is named by what is refused ("refused to confirm" confirms, and is negated).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from onrecord.attribute.tables import lines, sections
from onrecord.model import Act

_FLAGS = {
    "negated": r"\b(?:not|never|no|nor|neither|cannot|without|hardly|scarcely)\b|n['\u2019]t\b"
    r"|\b(?:refus|declin)(?:e|es|ed|ing)\b|\bfail(?:s|ed|ing)? to\b",
    "modal": r"\b(?:may|might|could|should|would|can|must|cannot)\b|\b(?:can|could|would|should|must)n['\u2019]t\b",
    "future": r"\bwill\b|\bwon['\u2019]t\b|['\u2019]ll\b"
    r"|\b(?:is|are|was|were)\s+(?:going|expected|set|due|scheduled|about)\s+to\b",
    "reportedly": r"\breportedly\b|\ballegedly\b",
}
_FLAG_PATTERNS = {flag: re.compile(pattern, re.IGNORECASE) for flag, pattern in _FLAGS.items()}
_REFUSAL = re.compile(
    r"\b(?:refus|declin)(?:e|es|ed|ing)\s+to\s+(?=\w)|\bfail(?:s|ed|ing)?\s+to\s+(?=\w)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")


def act_of(cue: str | None) -> Act:
    """Return what a cue does; a statement without cue words, or with unknown ones, *says*."""
    lemmas = [lemma_of(word) for word in _WORD.findall(_REFUSAL.sub("", cue or ""))]
    for first, second in pairwise(lemmas):
        if f"{first}_{second}" in _ACTS:
            return _ACTS[f"{first}_{second}"]
    acts = [_ACTS[lemma] for lemma in lemmas if lemma in _ACTS]
    return next((act for act in acts if act is not Act.SAYS), Act.SAYS)


def known(cue: str) -> bool:
    """Whether any word of the cue stands in the table."""
    lemmas = [lemma_of(word) for word in _WORD.findall(cue)]
    pairs = (f"{first}_{second}" for first, second in pairwise(lemmas))
    return any(lemma in _ACTS for lemma in lemmas) or any(pair in _ACTS for pair in pairs)


def flags_of(cue: str | None) -> tuple[str, ...]:
    """Return the flags of a cue: negated, modal, future, reportedly."""
    return tuple(flag for flag, pattern in _FLAG_PATTERNS.items() if cue and pattern.search(cue))


@lru_cache(maxsize=10_000)
def lemma_of(word: str) -> str:
    """Return the lemma of a word that the table knows, else the word in small letters."""
    word = word.lower()
    return _LEMMAS.get(word, word)


def forms_of(lemma: str) -> tuple[str, ...]:
    """Return the forms of a verb: itself, -s, -ed, -ing, with the usual changes of spelling."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return lemma, third, lemma + "ed", lemma + "ing"


def _read_acts() -> dict[str, Act]:
    """Lemma -> act; the first act that names a lemma keeps it."""
    found: dict[str, Act] = {}
    for act in Act:
        for lemma in sections("acts")[act]:
            found.setdefault(lemma, act)
    return found


_IRREGULAR = {row.split()[0]: tuple(row.split()) for row in lines("irregular-verbs")}
_ACTS = _read_acts()
_LEMMAS = {form: lemma for key in _ACTS for lemma in key.split("_") for form in forms_of(lemma)}
