"""A report as rules read it: its sentences, its small letters, its date, each at the offsets of the text as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Report", "Sentence", "lowered"]


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
    dateline_country
        ISO 3166-1 alpha-2 of the country that the dateline's city lies in, where it is known.
    """

    text: str
    written: date | None
    language: str
    sentences: tuple[Sentence, ...]
    dateline: Span | None = None
    dateline_country: str | None = None

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


def lowered(text: str) -> str:
    """Return a text in small letters with every letter where it was.

    Examples
    --------
    >>> lowered("HIT, İzmir")
    'hit, İzmir'
    """
    small = text.lower()
    return small if len(small) == len(text) else "".join(low if len(low := one.lower()) == 1 else one for one in text)
