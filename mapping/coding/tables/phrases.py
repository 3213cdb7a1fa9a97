"""Finds the phrases of a table in a text: word by word, the longest first.

A phrase is words with spaces between. `attack*` is any word that begins so; `set ... on fire` leaves room for up to
five words; `|` parts phrases of one row: `opened fire|shot at`. Hyphens and line breaks count as spaces, small letters
as capitals, and no phrase reaches over the end of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Found", "Phrases", "is_phrase"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PHRASE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\*?(?:(?: \.\.\.)?[ -][^\W_]+(?:['’][^\W_]+)*\*?)*")
_ENDS = re.compile(r"[.!?;:()\[\]]|\n\s*\n")
_GAP = "..."
_STAR = "*"
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


class _Words(NamedTuple):
    """The words of a text, and where each stands."""

    plain: str
    words: list[str]
    matches: list[re.Match[str]]


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[Row]):
    """A phrase cut into words: a star at the end is any ending, `...` is room for words."""

    words: tuple[str, ...]
    row: Row
    rank: tuple[int, int]
    """The more words the sooner it is tried, then the sooner the nearer its row to the top."""


class Phrases(Generic[Row]):
    """The phrases of some rows, filed by how they begin; of two equally long, that of the row that comes first counts.

    Examples
    --------
    >>> from mapping.coding.tables import tables
    >>> phrases = tables().of("en").events
    >>> [(found.span, found.row.event_type) for found in phrases.find("they set a bus on fire")]
    [(Span(start=5, end=22), 'arson')]
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._filed: dict[str, list[_Phrase[Row]]] = {}
        for number, row in enumerate(rows):
            for phrase in row.words.lower().replace("-", " ").split("|"):
                words = tuple(phrase.split())
                filed = self._filed.setdefault(_key(words), [])
                filed.append(_Phrase(words, row, (-sum(word != _GAP for word in words), number)))
        for filed in self._filed.values():
            filed.sort(key=lambda phrase: phrase.rank)
        firsts = {key.split()[0] for key in self._filed}
        self._stems = {first[:_STEM] for first in firsts if first.endswith(_STAR)}
        self._firsts = {first for first in firsts if not first.endswith(_STAR)}

    def find(self, plain: str) -> list[Found[Row]]:
        """Return every phrase in a text of small letters, by start; no word belongs to two."""
        text = _words_of(plain)
        found: list[Found[Row]] = []
        taken: set[int] = set()
        firsts, stems = self._firsts, self._stems
        begins = [at for at, word in enumerate(text.words) if word in firsts or word[:_STEM] in stems]
        for at in begins:
            for phrase in () if at in taken else self._candidates(text.words, at):
                places = _follow(text, at, phrase.words)
                if places is not None and taken.isdisjoint(places):
                    taken.update(places)
                    found.append(Found(Span(text.matches[at].start(), text.matches[places[-1]].end()), phrase.row))
                    break
        return found

    def _candidates(self, words: Sequence[str], at: int) -> list[_Phrase[Row]]:
        """Return the phrases that may begin at a word, the longest first."""
        keys = (" ".join(words[at : at + 2]), words[at], words[at][:_STEM] + _STAR)
        shelves = [self._filed[key] for key in keys if key in self._filed]
        if len(shelves) < 2:
            return shelves[0] if shelves else []
        return sorted((phrase for filed in shelves for phrase in filed), key=lambda phrase: phrase.rank)


@lru_cache(maxsize=1)
def _words_of(plain: str) -> _Words:
    """Cut a text into words, once for all the tables that are looked for in it."""
    matches = list(_WORD.finditer(plain))
    return _Words(plain, [match[0] for match in matches], matches)


def _key(words: tuple[str, ...]) -> str:
    """Return what a phrase is filed under: two words where both are whole, else one, or the first letters of one."""
    if words[0].endswith(_STAR):
        return words[0][:_STEM] + _STAR
    if len(words) > 1 and words[1] != _GAP and not words[1].endswith(_STAR):
        return f"{words[0]} {words[1]}"
    return words[0]


def _follow(text: _Words, at: int, words: tuple[str, ...]) -> list[int] | None:
    """Return which words of the text a phrase takes, beginning at one of them; None where it does not stand."""
    places: list[int] = []
    room = 0
    for word in words:
        if word == _GAP:
            room = _GAP_WORDS
            continue
        while True:
            if at >= len(text.words) or (places and _parted(text, at)):
                return None
            if _fits(text.words[at], word):
                break
            if room == 0:
                return None
            room, at = room - 1, at + 1
        places.append(at)
        room, at = 0, at + 1
    return places


def _parted(text: _Words, at: int) -> bool:
    """Tell whether the end of a sentence stands before a word."""
    return _ENDS.search(text.plain, text.matches[at - 1].end(), text.matches[at].start()) is not None


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith(_STAR) else word == pattern


def is_phrase(words: str) -> bool:
    """Tell whether words can be looked for: letters, with a star only after three of them where it is the first word.

    Examples
    --------
    >>> is_phrase("set ... on fire|torch*"), is_phrase("a*"), is_phrase("")
    (True, False, False)
    """
    return all(
        _PHRASE.fullmatch(phrase) is not None and not 0 < phrase.split()[0].find(_STAR) < _STEM
        for phrase in words.replace("-", " ").split("|")
    )
