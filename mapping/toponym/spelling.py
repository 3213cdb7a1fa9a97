"""What the romanisations of one name share: "Raqqah" and "Raqqa", "Deir" and "Dayr", "Dour" and "Dawr".

For narrow ground, such as one province, where few names compete.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["spelling", "vowel_variants"]

_VOWELS = "aiu"  # what `spelling` leaves of vowels
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        # Words with many romanisations, first.
        (r"\bt[aei]ll?\b", "tal"),
        (r"\bk[aeiou]?f[aeiou]?r\b", "kafr"),
        (r"\bd?j[aei]b[aei]l\b", "jabal"),
        (r"\bkh?[aei]rb[ae][th]?\b", "kirba"),
        (r"\bb(?:ou|u)(?= )", "abu"), (r"\bb[ae]n[iou]\b", "bani"), (r"\bibn\b", "bin"),
        (r"\bder\b", "dir"), (r"\bbet\b", "bit"), (r"\ben\b", "in"),
        (r"\bscheich\b", "shik"),
        # An article written together with its name.
        (r"\b[ae]l(?=[b-df-hj-np-tv-z]\w\w)", ""),
        # The ezafe of Persian, the French -e of Raslane.
        (r" y?e(?= )", ""), (r"(?<=[aiou]n)e\b", ""),
        # Consonants that are written in two ways.
        (r"dsch|dzh|dj", "j"), (r"tch|sch|ch", "sh"), (r"kh|gh|x|q|ck|g", "k"), (r"c", "j"), (r"th", "t"), (r"dh", "d"), (r"ph", "f"),
        (r"v", "w"),
        # The ending -a, -ah, -eh, -e.
        (r"(?<=\w\w)(?:[ae]h?|ée?)\b", "a"),
        # Vowels, short and long, and their glides.
        (r"aw|ow|au|ou|oo|o|w", "u"), (r"[ae]y+[ei]?|(?<=\w)y+[ei]|ai|ei|ee|ie|y", "i"), (r"e", "a"), (r" ", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=20_000)
def spelling(folded: str) -> str:
    """Return what the romanisations of a folded name share; other scripts only lose their spaces.

    What meets: long vowels and glides (ou, u, oo, o, aw; ei, ay, ai, i, ee), short a and e, doubled letters, the endings
    -a, -ah, -eh and -e; kh, gh, q, k, g and x; th and t; dh and d; dj, dsch, dzh, c and j; ch, sch and sh; v and w;
    Tell, Tal and Til; Kafr, Kfar and Kufr; Jabal, Jebel and Djebel; Deir and Dêr, Beit and Bêt, Ain and Ên; Abu, Abou and
    Bu; Bani and Beni; an article joined to its name; the ezafe of Persian; -ane and -an of French.

    What never meets: names of different consonants beyond those (Hit and Hatra), with different short vowels
    beyond a and e (Sharqat and Shirqat, see `vowel_variants`), z and dh, kh and h, and a name with the ending -i
    and one without (Baghdadi and Baghdad).

    Examples
    --------
    >>> from mapping.toponym import fold
    >>> spelling(fold("Al-Dour")) == spelling(fold("Ad Dawr"))
    True
    >>> spelling(fold("Ma'arat Misreen")) == spelling(fold("Ma‘arratmişrīn"))
    True
    >>> spelling(fold("Djebel Cheikh")) == spelling(fold("Jabal al-Shaykh"))
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
