"""Names of places without the accidents of script and spelling, on three levels, each coarser than the one before.

`fold` never makes one of two names that people keep apart. `spelling` joins what romanisations differ in.
`skeleton` keeps the consonants alone, in classes that Arabic, Hebrew and Latin letters share, and is for the
narrowest ground: one province or district.
"""

from __future__ import annotations

from mapping.toponym.folding import fold, fold_series
from mapping.toponym.skeleton import skeleton
from mapping.toponym.spelling import spelling, vowel_variants

__all__ = ["fold", "fold_series", "skeleton", "spelling", "vowel_variants"]
