"""Numbers as Arabic writes them: digits, words of both genders and cases, and the dual."""

from __future__ import annotations

import re

from mapping.coding.arabic.letters import folded

__all__ = ["NUMBER", "ORDINALS", "number"]

_UNITS = {
    "واحد": 1, "واحدة": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "ثلاثة": 3, "ثلاث": 3, "أربعة": 4,
    "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7, "ثمانية": 8, "ثماني": 8, "ثمان": 8,
    "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10,
}  # fmt: skip
_BEFORE_TEN = {"أحد": 1, "إحدى": 1, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2}
_TENS = {
    ten + ending: value
    for ten, value in (
        ("عشر", 20), ("ثلاث", 30), ("أربع", 40), ("خمس", 50), ("ست", 60), ("سبع", 70), ("ثمان", 80), ("تسع", 90)
    )
    for ending in ("ون", "ين")
}  # fmt: skip
_HUNDREDS = {"مئة": 100, "مائة": 100} | {
    word + ending: 200 for word in ("مئت", "مائت") for ending in ("ان", "ين", "ا", "ي")
}
_HUNDREDS |= {
    few + hundred: 100 * value
    for few, value in (
        ("ثلاث", 3), ("أربع", 4), ("خمس", 5), ("ست", 6), ("سبع", 7), ("ثمان", 8), ("ثماني", 8), ("تسع", 9)
    )
    for hundred in ("مئة", "مائة")
}  # fmt: skip
_TIMES = {"ألف": 1000, "ألفا": 1000, "آلاف": 1000, "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6}
_THOUSANDS = {"ألفان": 2000, "ألفين": 2000, "ألف": 1000}

_ALL = {folded(word): value for words in (_UNITS, _BEFORE_TEN, _TENS, _HUNDREDS) for word, value in words.items()}
_TIMES_FOLDED = {folded(word): value for word, value in _TIMES.items()}
_TWO_THOUSAND = {folded(word): value for word, value in _THOUSANDS.items()}


def _one_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_DIGITS = r"(?<![\d.:/-])(?:\d{1,3}(?:[,،]\d{3})+|\d{1,9})(?![\d:/]|[.,]\d)"
_TEENS = rf"(?:{_one_of(_UNITS | _BEFORE_TEN)}) عشرة?"
_BELOW_100 = rf"{_TEENS}|(?:{_one_of(_UNITS)}) و(?:{_one_of(_TENS)})|{_one_of(_TENS)}|{_one_of(_UNITS)}"
_BELOW_1000 = rf"(?:(?:{_one_of(_HUNDREDS)})(?: و(?:{_BELOW_100}))?|{_BELOW_100}|{_DIGITS})"
NUMBER = rf"(?:(?:{_one_of(_THOUSANDS)}|{_BELOW_1000} (?:{_one_of(_TIMES)}))(?: و{_BELOW_1000})?|{_BELOW_1000})(?!\w)"
"""A number, as a rule for `mapping.coding.arabic.letters.pattern`."""

ORDINALS = {
    "الأول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6, "السابع": 7, "الثامن": 8, "التاسع": 9,
    "العاشر": 10, "الحادي عشر": 11, "الثاني عشر": 12, "الثالث عشر": 13, "الرابع عشر": 14, "الخامس عشر": 15,
    "السادس عشر": 16, "السابع عشر": 17, "الثامن عشر": 18, "التاسع عشر": 19, "العشرين": 20, "الحادي والعشرين": 21,
    "الثاني والعشرين": 22, "الثالث والعشرين": 23, "الرابع والعشرين": 24, "الخامس والعشرين": 25,
    "السادس والعشرين": 26, "السابع والعشرين": 27, "الثامن والعشرين": 28, "التاسع والعشرين": 29, "الثلاثين": 30,
    "الحادي والثلاثين": 31,
}  # fmt: skip
"""Days of a month as words: "the third of August"."""


def number(words: str) -> int:
    """Return the value of a number in folded letters.

    Examples
    --------
    >>> [number(folded(words)) for words in ("خمسة وعشرين", "ثلاثة عشر", "مئتين وثلاثة", "39 ألفا", "2,500")]
    [25, 13, 203, 39000, 2500]
    """
    total = current = 0
    for word in re.sub(r"(?<=\d)[,،](?=\d)", "", words).split():
        plain = word if word in _ALL or word[:1] != "و" else word[1:]
        if plain.isdecimal():
            current += int(plain)
        elif plain in _TWO_THOUSAND and current == 0:
            total += _TWO_THOUSAND[plain]
        elif plain in _TIMES_FOLDED:
            total, current = total + current * _TIMES_FOLDED[plain], 0
        else:
            current += _ALL[plain]
    return total + current
