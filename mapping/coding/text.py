"""A report as rules read it: its sentences, its small letters, its date, each at the offsets of the text as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["Report", "Sentence", "is_history", "lowered"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, and in which paragraph."""

    span: Span
    paragraph: int


@dataclass(frozen=True)
class Report:
    """A text, with what everything else about it rests on.

    Attributes
    ----------
    text
        As given, not one letter changed: all spans are offsets into it.
    written
        Day of the report: given by the reader, or read from its dateline; None when neither says.
    language
        ISO 639-1: "en" or "ar".
    sentences
        In order; what is no sentence (headers, by-lines) is in none.
    dateline
        Letters of the dateline and by-line, which name no place of an incident.
    """

    text: str
    written: date | None
    language: str
    sentences: tuple[Sentence, ...]
    dateline: Span | None = None

    @cached_property
    def plain(self) -> str:
        """The text in small letters, letter for letter: the same offsets."""
        return lowered(self.text)

    @cached_property
    def in_capitals(self) -> bool:
        """Whether the text is written in capitals, so that a capital says nothing about a name."""
        letters = re.findall(r"[A-Za-z]", self.text)
        return bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(sentence.span.start for sentence in self.sentences)

    def sentence_at(self, offset: int) -> int | None:
        """Return the number of the sentence that holds an offset; None between sentences."""
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self.sentences[at].span.end else None


def is_history(years: Iterable[int], written: date | None) -> bool:
    """Tell whether one of some years is over for a report; in winter it may look back to December.

    Examples
    --------
    >>> from datetime import date
    >>> is_history([2023], date(2024, 7, 17)), is_history([2023], date(2024, 1, 2)), is_history([1990], None)
    (True, False, False)
    """
    if written is None:
        return False
    latest = written.year - (1 if written.month > 2 else 2)
    return any(year <= latest for year in years)


def lowered(text: str) -> str:
    """Return a text in small letters with every letter where it was.

    Examples
    --------
    >>> lowered("HIT, İzmir")
    'hit, İzmir'
    """
    small = text.lower()
    return small if len(small) == len(text) else "".join(low if len(low := one.lower()) == 1 else one for one in text)
