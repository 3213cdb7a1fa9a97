"""Finds the phrases of a table in a text: word by word, the longest first.

A phrase is words with spaces between. `attack*` is any word that begins so; `set ... on fire` leaves room for up to
five words; `|` parts phrases of one row: `opened fire|shot at`. Hyphens and line breaks count as spaces, small letters
as capitals, and no phrase reaches over the end of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Found", "Phrases", "is_phrase"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PHRASE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\*?(?:(?: \.\.\.)?[ -][^\W_]+(?:['’][^\W_]+)*\*?)*")
_ENDS = re.compile(r"[.!?;:()\[\]]|\n\s*\n")
_GAP = "..."
_GAP_WORDS = 5
_STEM = 3
"""Letters that a beginning such as `att*` has at least: what beginnings are filed under."""


class HasWords(Protocol):
    """A row of a table: it has phrases."""

    @property
    def words(self) -> str:
        """The phrases, with `|` between."""


Row = TypeVar("Row", bound=HasWords)


class Found(NamedTuple, Generic[Row]):
    """Letters of the text, and the row whose phrase they are."""

    span: Span
    row: Row


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[Row]):
    """A phrase cut into words: a star at the end is any ending, `...` is room for words."""

    words: tuple[str, ...]
    row: Row

    @property
    def weight(self) -> int:
        return sum(word != _GAP for word in self.words)


class Phrases(Generic[Row]):
    """The phrases of some rows, filed by their first word; where two are equally long, the row that comes first.

    Examples
    --------
    >>> from mapping.coding.tables import tables
    >>> phrases = tables().of("en").events
    >>> [(found.span, found.row.event_type) for found in phrases.find("they set a bus on fire")]
    [(Span(start=5, end=22), 'arson')]
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._exact: dict[str, list[_Phrase[Row]]] = {}
        self._stems: dict[str, list[_Phrase[Row]]] = {}
        for row in rows:
            for phrase in row.words.lower().replace("-", " ").split("|"):
                self._file(_Phrase(tuple(phrase.split()), row))
        for filed in (*self._exact.values(), *self._stems.values()):
            filed.sort(key=lambda phrase: -phrase.weight)

    def _file(self, phrase: _Phrase[Row]) -> None:
        first = phrase.words[0]
        shelf = self._stems if first.endswith("*") else self._exact
        shelf.setdefault(first[:_STEM] if first.endswith("*") else first, []).append(phrase)

    def find(self, plain: str) -> list[Found[Row]]:
        """Return every phrase in a text of small letters, by start; no word belongs to two."""
        tokens = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(plain)]
        found: list[Found[Row]] = []
        taken: set[int] = set()
        for at, (word, start, _) in enumerate(tokens):
            if at in taken:
                continue
            longest = self._longest_at(plain, tokens, at, word, taken)
            if longest is not None:
                row, places = longest
                taken.update(places)
                found.append(Found(Span(start, tokens[places[-1]][2]), row))
        return found

    def _longest_at(
        self, plain: str, tokens: Sequence[tuple[str, int, int]], at: int, word: str, taken: set[int]
    ) -> tuple[Row, list[int]] | None:
        best: tuple[Row, list[int]] | None = None
        for filed in (self._exact.get(word), self._stems.get(word[:_STEM])):
            for phrase in filed or ():
                if best is not None and phrase.weight <= len(best[1]):
                    break
                places = _follow(plain, tokens, at, phrase.words)
                if places is not None and taken.isdisjoint(places):
                    best = (phrase.row, places)
                    break
        return best


def _follow(plain: str, tokens: Sequence[tuple[str, int, int]], at: int, words: tuple[str, ...]) -> list[int] | None:
    """Return which words of the text a phrase takes, beginning at one of them; None where it does not stand."""
    places: list[int] = []
    room = 0
    for word in words:
        if word == _GAP:
            room = _GAP_WORDS
            continue
        while True:
            if at >= len(tokens) or (places and _ENDS.search(plain, tokens[at - 1][2], tokens[at][1])):
                return None
            if _fits(tokens[at][0], word):
                break
            if room == 0:
                return None
            room, at = room - 1, at + 1
        places.append(at)
        room, at = 0, at + 1
    return places


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def is_phrase(words: str) -> bool:
    """Tell whether words can be looked for: letters, with a star only after three of them where it is the first word.

    Examples
    --------
    >>> is_phrase("set ... on fire|torch*"), is_phrase("a*"), is_phrase("")
    (True, False, False)
    """
    return all(
        _PHRASE.fullmatch(phrase) is not None and not 0 < phrase.split()[0].find("*") < _STEM
        for phrase in words.replace("-", " ").split("|")
    )
