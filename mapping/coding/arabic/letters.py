"""Arabic letters without the accidents of writing: vowel signs, tatweel, hamza, final ya and ta marbuta.

Rules read the folded letters; what they find goes back to the text as given by its offsets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapping.coding.text import Report

__all__ = ["ATTACHED", "Known", "Letters", "bare", "folded", "letters_of", "pattern"]

_ONE_FOR_ONE: dict[int, int] = str.maketrans("أإآٱىئؤةیکھہ٬٫٪", "ااااييوهيكهه,.%")
_ONE_FOR_ONE |= {ord(digit): unicodedata.decimal(digit) + ord("0") for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
_NO_LETTERS = re.compile("[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")

ATTACHED = r"(?<!\w)[وف]?(?:لل|[بكل]?(?:ال)?)"
"""What may be written together with the word that follows it: and, so, with, like, for, the."""

_PREFIXES = re.compile(r"[وف]?(?:لل|[بكل]?(?:ال)?)")
_WORD = re.compile(r"\w{3,40}")
_STEM = 3
"""Letters under which beginnings are filed."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A text as rules read it.

    Attributes
    ----------
    text
        The letters, folded.
    offsets
        Where each stands in the text as given, with the text's length at the end; None where nothing was left out.
    """

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> Span:
        """Return what letters are in the text as given, vowel signs included."""
        return Span(start, end) if self.offsets is None else Span(self.offsets[start], self.offsets[end])

    def at(self, offset: int) -> int:
        """Return which letter stands at an offset of the text as given, or next after it."""
        return offset if self.offsets is None else bisect_left(self.offsets, offset)

    def sentences(self, report: Report) -> Iterator[tuple[int, int]]:
        """Yield first and last letter of each sentence."""
        for sentence in report.sentences:
            yield self.at(sentence.span.start), self.at(sentence.span.end)


def folded(text: str) -> str:
    """Return a text in the letters that rules are written in.

    Examples
    --------
    >>> folded("قُتِلَ ١٢ جنديّاً في مأرب") == folded("قتل 12 جنديا في مارب")
    True
    """
    return _NO_LETTERS.sub("", text).translate(_ONE_FOR_ONE)


@lru_cache(maxsize=2)
def letters_of(text: str) -> Letters:
    """Return the folded letters of a text, and where each stands in it.

    Examples
    --------
    >>> letters = letters_of("مُحافَظة")
    >>> letters.text, letters.span(0, 6)
    ('محافظه', Span(start=0, end=8))
    """
    small = text.lower() if len(text.lower()) == len(text) else text
    if _NO_LETTERS.search(small) is None:
        return Letters(small.translate(_ONE_FOR_ONE), None)
    offsets: list[int] = []
    kept: list[str] = []
    at = 0
    for gap in _NO_LETTERS.finditer(small):
        kept.append(small[at : gap.start()])
        offsets.extend(range(at, gap.start()))
        at = gap.end()
    offsets.extend(range(at, len(small) + 1))
    return Letters("".join([*kept, small[at:]]).translate(_ONE_FOR_ONE), tuple(offsets))


def pattern(source: str) -> re.Pattern[str]:
    """Compile a rule that is written as Arabic is; it reads folded letters, and a space is any space.

    Examples
    --------
    >>> bool(pattern("إصابة شخص").search(folded("وإصابةِ  شخصٍ")))
    True
    """
    return re.compile(folded(source).replace(" ", r"\s+"))


class Known:
    """Words that are known as they stand; a star at the end is any ending.

    Examples
    --------
    >>> known = Known({"هجوم", "استهدف*"})
    >>> "هجوم" in known, "استهدفت" in known, "بهجوم" in known
    (True, True, False)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._stems: dict[str, list[str]] = {}
        for word in words:
            if word.endswith("*"):
                self._stems.setdefault(word[:_STEM], []).append(word[:-1])
            else:
                self._words.add(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words or any(word.startswith(stem) for stem in self._stems.get(word[:_STEM], ()))


def bare(text: str, known: Known) -> str:
    """Blank out what is written together with known words: folded letters in, as many out.

    A word that is known as it stands is left so: the first letter of "وزير" is no "and".

    Examples
    --------
    >>> bare("وبهجوم على وزير", Known({"هجوم", "وزير"}))
    '  هجوم على وزير'
    """
    return _WORD.sub(lambda match: _bare_word(match[0], known), text)


def _bare_word(word: str, known: Known) -> str:
    prefix = _PREFIXES.match(word)
    if prefix is None or prefix.end() == 0 or word in known:
        return word
    for end in range(1, prefix.end() + 1):
        if _PREFIXES.fullmatch(word, 0, end) and word[end:] in known:
            return " " * end + word[end:]
    return word
