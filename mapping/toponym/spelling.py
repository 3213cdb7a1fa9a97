"""What the romanisations of one name share: "Raqqah" and "Raqqa", "Deir" and "Dayr", "Dour" and "Dawr".

For narrow ground, such as one province, where few names compete.
"""

from __future__ import annotations

import re

__all__ = ["spelling", "vowel_variants"]

_VOWELS = "aiu"  # what `spelling` leaves of vowels
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        # Words with many romanisations, first.
        (r"\bt[aei]ll?\b", "tal"),
        (r"\bk(?:a|u)?f(?:a|e)?r\b", "kafr"),
        (r"\bkh?[aei]rb[ae][th]?\b", "kirba"),
        # Consonants that are written in two ways.
        (r"gh", "g"), (r"kh", "k"), (r"ch", "sh"), (r"th", "t"), (r"dh", "d"), (r"ph", "f"), (r"dj", "j"), (r"q", "k"),
        # The ending -a, -ah, -eh, -e.
        (r"(?<=\w\w)(?:[ae]h?|ée?)\b", "a"),
        # Vowels, short and long, and their glides.
        (r"aw|ow|au|ou|oo|o|w", "u"), (r"ay|ai|ey|ei|ee|ie|y|e", "i"), (r" ", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def spelling(folded: str) -> str:
    """Return what the romanisations of a folded name share; other scripts only lose their spaces.

    Examples
    --------
    >>> from mapping.toponym import fold
    >>> spelling(fold("Al-Dour")) == spelling(fold("Ad Dawr"))
    True
    >>> spelling(fold("Ma'arat Misreen")) == spelling(fold("Ma‘arratmişrīn"))
    True
    >>> spelling("hit") == spelling("hatra")
    False
    """
    for pattern, instead in _SPELLINGS:
        folded = pattern.sub(instead, folded)
    return folded


def vowel_variants(spelled: str) -> set[str]:
    """Return the spellings that differ from one in a single vowel.

    Examples
    --------
    >>> sorted(vowel_variants("hit"))
    ['hat', 'hut']
    """
    return {
        spelled[:at] + other + spelled[at + 1 :]
        for at, vowel in enumerate(spelled)
        if vowel in _VOWELS
        for other in _VOWELS.replace(vowel, "")
    }
