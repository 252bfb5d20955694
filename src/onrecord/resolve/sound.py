"""How far two written words are apart for the ear, across the ways of spelling one name in Latin letters.

A word becomes a sequence of sounds (a letter or one of the digraphs of the table). The distance is an edit distance
whose costs say which spellings stand for one another: ``q``, ``k``, ``g`` and ``gh`` are near (Qadhafi, Kadhafi,
Gaddafi, Ghaddafi), doubled letters are one, a short vowel weighs little, a consonant weighs 1. The costs are set by
rule from transliteration tables (BGN/PCGN, ISO 233 and DIN 31635 for Arabic, McCune-Reischauer and Revised Romanization
for Korean, Wade-Giles and Pinyin for Chinese, French and English habits), not fitted to a list of names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

VOWELS = frozenset("aeiou")
SHORT = 3  # the skeletons of words that sound alike differ by two letters at most, by one where one is this short

# Longest first. Capitals are sounds of their own: C ch, S sh, Z zh, X kh, G gh, D dh, T th, H the silent end of a word.
_SPELLINGS = {
    "tsch": "C", "shch": "S", "sch": "S", "tch": "C", "tzs": "c", "dsch": "j", "kh": "X", "gh": "G",
    "sh": "S", "ch": "C", "zh": "Z", "dh": "D", "th": "T", "ph": "f", "dj": "j", "dzh": "j", "ck": "k",
    "ts": "c", "tz": "c", "hs": "S", "cz": "C", "rh": "r", "ce": "se", "ci": "si", "cy": "si", "que": "ke",
    "qui": "ki", "x": "ks", "c": "k", "y": "i", "w": "w", "bh": "b", "oo": "u", "ou": "u", "ee": "i",
}  # fmt: skip
_SPLIT = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)) + "|[a-z0-9]")

# Cost of one sound in place of another; what is not listed costs 1.
_LISTED: dict[str, float] = {
    # vowels
    "ei": 0.1, "ae": 0.2, "ou": 0.05, "ao": 0.45, "ai": 0.7, "eo": 0.5, "au": 0.7, "eu": 0.7, "iu": 0.8, "io": 0.8,
    # k and its kin
    "kq": 0.05, "gq": 0.15, "gG": 0.05, "Gq": 0.15, "gk": 0.3, "Gk": 0.35, "Xk": 0.25, "XG": 0.3, "Xq": 0.25,
    "Xh": 0.25, "Xg": 0.4, "hg": 0.5,
    # hissing
    "Sc": 0.5, "SC": 0.3, "Cj": 0.3, "Cs": 0.35, "Zj": 0.1, "Cc": 0.25, "Zz": 0.25, "jz": 0.35, "jg": 0.25,
    "sz": 0.25, "Ss": 0.45, "cs": 0.4, "cz": 0.25, "ct": 0.5, "CX": 0.35, "Cq": 0.4, "CZ": 0.25, "ck": 0.35,
    "Ck": 0.4, "SZ": 0.4, "Tc": 0.6, "ij": 0.3,
    # teeth
    "tT": 0.05, "dD": 0.05, "Dz": 0.15, "Ds": 0.45, "dz": 0.35, "Ts": 0.25, "dt": 0.35, "DT": 0.3, "Dt": 0.5, "Tz": 0.5,
    "dT": 0.45,
    # lips
    "vw": 0.05, "vf": 0.3, "bv": 0.4, "bp": 0.35, "fw": 0.5, "fp": 0.7, "wu": 0.15, "uv": 0.4, "ow": 0.2, "bw": 0.6,
    # liquids and nasals
    "lr": 0.8, "mn": 0.7,
}  # fmt: skip
SWAPS = _LISTED | {pair[::-1]: cost for pair, cost in _LISTED.items()}

LOSS = 0.45  # of its sounds are what a word may lose before it is another
SHORTEST = 2.0  # sounds; a shorter word counts as one of this length
FIRST_VOWEL = 0.7  # times what two other vowels cost, where both words begin with one
_WEAK_CONSONANTS = {"h": 0.35, "w": 0.45, "G": 0.8, "d": 0.85, "t": 0.85}


@lru_cache(maxsize=20_000)
def sounds(word: str) -> str:
    """Return the sounds of a romanised word, doubled ones once: ``Qadhdhafi`` gives ``qaDafi``."""
    if word[:1] == "x":  # Pinyin: Xi, Xinhua
        word = "sh" + word[1:]
    found = "".join(_SPELLINGS.get(piece, piece) for piece in _SPLIT.findall(word))
    found = re.sub(r"(.)\1+", r"\1", found)
    if len(found) > 2 and found[-1] in "hH" and found[-2] in VOWELS:  # Haniyeh, Atallah
        found = found[:-1]
    if found[:2] == "ie":  # Yevgeny, Evgeny
        found = found[1:]
    return found


def removal(word: str, unvowelled: bool = False) -> list[float]:
    """Return what leaving out each sound costs, given its neighbours in its own word."""
    costs = []
    for place, sound in enumerate(word):
        before = word[place - 1] if place else ""
        after = word[place + 1] if place + 1 < len(word) else ""
        if sound not in VOWELS:
            cost = _WEAK_CONSONANTS.get(sound, 1.0)
            if sound in "dt" and before == "n":  # Akhundzada, Akhunzada
                cost = 0.35
            elif sound == "g" and after == "n":  # Ignacio, Inacio
                cost = 0.5
            elif sound == "h" and not place:
                cost = 0.8
            elif sound == "w" and after in ("o", "u"):  # Jong-woon, Jong-un
                cost = 0.15
        elif unvowelled:
            cost = 0.05 if place else 0.15
        elif before in VOWELS or after in VOWELS:
            beside = (before if before in VOWELS else "") + (after if after in VOWELS else "")
            cost = 0.5 if sound == "e" and after == "a" else _beside(sound, beside)  # Dean is not Dan
        elif not place:
            cost = 0.75
        elif not after:
            cost = 0.4 if sound in "aei" else 0.6
        else:
            cost = 0.25 if sound in "ae" else 0.35
        costs.append(cost)
    return costs


def _beside(sound: str, beside: str) -> float:
    """Cost of leaving a vowel out beside another: "ou" is nearly "u", but "Said" is not "Saad"."""
    if sound == "e":
        return 0.1
    if sound in "ou" and set(beside) & set("ou"):
        return 0.05
    if sound == "i":
        return 0.15 if "e" in beside else 0.5 if "a" in beside else 0.2
    if sound == "a":
        return 0.3
    return 0.5


@lru_cache(maxsize=20_000)
def distance(a: str, b: str, unvowelled: bool = False) -> float:
    """Return how far two romanised words are apart: 0 sounds the same, 1 one consonant differs.

    ``unvowelled`` says that at least one of them comes from a script without short vowels.
    """
    if a == b:
        return 0.0
    first, second = sounds(a), sounds(b)
    if first == second:
        return 0.0
    if unvowelled:
        first, second = first.replace("w", "u"), second.replace("w", "u")
    drop_first, drop_second = removal(first, unvowelled), removal(second, unvowelled)
    row = [0.0]
    for cost in drop_second:
        row.append(row[-1] + cost)
    for i, sound in enumerate(first):
        previous, row = row, [row[0] + drop_first[i]]
        for j, other in enumerate(second):
            cost = 0.0 if sound == other else SWAPS.get(sound + other, 1.0)
            if i == j == 0 and sound in VOWELS and other in VOWELS:  # an initial ayn: Obeida, Ubaida; Aqidi, Oqaidi
                cost *= FIRST_VOWEL
            swap = previous[j] + cost
            row.append(min(swap, previous[j + 1] + drop_first[i], row[j] + drop_second[j]))
    return row[-1]


_CLASSES = {"k": "qgGX", "s": "CZSjcz", "t": "DTd", "f": "v", "p": "b", "": "whHaeiou"}
_SKELETON = str.maketrans({sound: kin for kin, sounds_of in _CLASSES.items() for sound in sounds_of})
_ROUGH = _SKELETON | str.maketrans("aeiou", "aiiuu")


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Return the consonants of a romanised word in coarse classes: a key that survives most respellings.

    Sounds that replace one another fall together (``k q g gh kh``; ``s sh ch z j``; ``t d th dh``; ``b p``; ``f v``);
    ``h``, ``w``, vowels and an article written on go. A word without consonants keeps its first vowel.
    """
    heard = sounds(word[2:] if len(word) > 5 and word[:2] in ("al", "el") else word)
    if heard[0] == "w":
        heard = "v" + heard[1:]
    found = re.sub(r"nt(?=s)", "n", heard.translate(_SKELETON))
    return re.sub(r"(.)\1+", r"\1", found) or heard[0]


def rough(word: str) -> str:
    """Return the sounds of a romanised word in coarse classes, the vowels too: what respellings are next to."""
    heard = sounds(word).translate(_ROUGH).replace("ai", "i")
    return re.sub(r"(.)\1+", r"\1", heard)


def may_be_close(a: str, b: str) -> bool:
    """Whether two words can sound alike at all, told cheaply from their skeletons."""
    one, other = skeleton(a), skeleton(b)
    most = 1 + (min(len(one), len(other)) > SHORT)
    return one == other or Levenshtein.distance(one, other, score_cutoff=most) <= most


def closeness(a: str, b: str, unvowelled: bool = False) -> float:
    """Return 1 for words that sound the same, 0 for words as far apart as unrelated ones.

    The distance is measured against what a word of this length may lose and still be the same: a consonant weighs
    more in "Saad" than in "Khodorkovsky".
    """
    if a == b:
        return 1.0
    if not may_be_close(a, b):
        return 0.0
    length = (len(sounds(a)) + len(sounds(b))) / 2
    return max(0.0, 1.0 - distance(a, b, unvowelled) / (LOSS * max(length, SHORTEST)))
