"""The consonants of a name, in classes that the Arabic, Hebrew and Latin scripts share.

For the narrowest ground, one province or district, and for a name that nothing finer found: a name of three
consonants has namesakes. `benchmarks/romanisation.py` measures what meets and what it costs.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["skeleton"]

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), instead) for pattern, instead in pairs)


_LATIN = _rules(
    (r"([a-z])\1+", r"\1"),
    # An article written together with its name ("Alqaim"), and the ezafe of Persian.
    (r"\b[aeiou]l(?=[b-df-hj-np-tv-z])", ""), (r" y?e(?= )", ""),
    # English, French, German, Turkish and Kurdish letters for one sound.
    (r"dsch|dzh|dj", "j"), (r"tsch|sch|tch|sh|ch|ts|tz", "s"), (r"kh", "x"), (r"gh|q|ck", "k"), (r"th", "t"), (r"dh", "d"),
    (r"ph", "f"), (r"zh|c", "j"), (r"p", "b"), (r"\bou(?=[aeiou])|v", "w"),
    # The -t of Qal'at Sukkar, which Arabic does not write.
    (r"(?<=\w[b-df-hj-np-tvxyz])[ae]t (?=\w)", " "),
)  # fmt: skip
_HEBREW = _rules((r"\bאל (?=\w)", ""), (r"(?<=\w\w)(?<!בי)ת(?= \w)", ""), (r"\Bב", "ו"), (r"\Bכ", "خ"), (r"\bפ", "ב"))

_LETTERS = {
    "a": "اعאע", "b": "بپב", "d": "دذضظד", "f": "فפף", "h": "هحהח", "j": "جژ", "k": "قكغگكקכךג", "l": "لל", "m": "مםמ",
    "n": "نןנ", "r": "رר", "s": "سشصچסשצץ", "t": "تثطטת", "w": "وڤו", "x": "خ", "y": "يי", "z": "زז",
}  # fmt: skip
_CLASSES = {ord(letter): kind for kind, letters in _LETTERS.items() for letter in letters}

_BOTH = _rules(
    ("z", "d"), ("g", "k"),
    # Sorani writes its vowel e with the letter h, and Turkish, French and English drop theirs.
    (r"(?<=\w)h", ""),
    # What tells Baghdadi from Baghdad, and the first letter of Yarmuk and Wasit.
    (r"(?:[iy]+a?|iye|ee)\b", "Y"), (r"\bw\B", "W"), (r"\by\B", "Y"),
    (r"[aeiouwy ]", ""), ("x", "h"), ("n(?=b)", "m"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def skeleton(folded: str) -> str:
    """Return the consonants of a folded name; empty when it has none.

    What meets: Arabic (also as Persians and Kurds write it), Hebrew and Latin letters for one sound; every way
    to write vowels and doubled letters; a name with and without the article, joined or not; -a, -ah, -at and
    -eh; th and t; dh, d and z; q, k, g and gh; kh, x and h where they begin a name; sh, s, ch and ş; j, dj, dsch, zh
    and c; p and b; v and w. Inside a name h is not heard.

    What never meets: names of different consonants beyond those classes (Hit and Hatra, Ramadi and
    Rumaytha, Rawah and Rabia), and a name with the ending -i or -iyah and one without (Baghdadi and Baghdad).

    What meets and should not: names that differ in vowels alone (Sarmin and Sirman), or in sounds of one class
    (Kafr and Ghafur). What should and does not: an Arabic final ى, since `fold` joins it to ي (موسى and Musa);
    ج said as g (Egypt); German j said as y and ch said as kh; a Hebrew ב or כ inside a name that is said b or k.

    Examples
    --------
    >>> from mapping.toponym import fold
    >>> [skeleton(fold(name)) for name in ("Qal‘at Sukkar", "Kalat Soukkar", "قلعة سكر")]
    ['klskr', 'klskr', 'klskr']
    >>> [skeleton(fold(name)) for name in ("Silêmanî", "Sulaymaniyah", "السليمانية", "سلێمانی")]
    ['slmny', 'slmny', 'slmny', 'slmny']
    >>> skeleton(fold("Al-Baghdadi")) == skeleton(fold("Baghdad"))
    False
    """
    for pattern, instead in _LATIN if folded.isascii() else (*_LATIN, *_HEBREW):
        folded = pattern.sub(instead, folded)
    folded = folded.translate(_CLASSES)
    for pattern, instead in _BOTH:
        folded = pattern.sub(instead, folded)
    return folded.lower()
