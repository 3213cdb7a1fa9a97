"""The Arabic rows of the tables, in folded letters, and where a text has them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from mapping.coding.arabic.letters import Known, bare, folded, letters_of
from mapping.coding.tables import Lexicon, Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapping.coding.tables import ActorWords, EventWords, Found, Tables, WeaponWords

__all__ = ["Words", "find_words"]

Row = TypeVar("Row", "EventWords", "WeaponWords", "ActorWords")

_ARTICLE = re.compile(r"\bال(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Words:
    """What of the tables a text has; spans are offsets into its folded letters."""

    events: tuple[Found[EventWords], ...]
    weapons: tuple[Found[WeaponWords], ...]
    actors: tuple[Found[ActorWords], ...]

    def within(self, start: int, end: int) -> Words:
        """Return those that begin in a stretch of the folded letters."""
        return Words(_cut(self.events, start, end), _cut(self.weapons, start, end), _cut(self.actors, start, end))


def _cut(found: tuple[Found[Row], ...], start: int, end: int) -> tuple[Found[Row], ...]:
    return found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)]


def _start(found: Found[Row]) -> int:
    return found.span.start


@lru_cache(maxsize=2)
def find_words(text: str, tables: Tables) -> Words:
    """Find the words of the tables in a text, also where an article, "and" or "with" is written together with them.

    Examples
    --------
    >>> from mapping.coding.tables import tables
    >>> found = find_words("وبانفجارِ عبوة ناسفة", tables())
    >>> [one.row.event_type for one in (*found.events, *found.weapons)]
    ['explosion', 'IED']
    """
    lexicon, known = _in_folded_letters(tables)
    plain = bare(letters_of(text).text, known)
    return Words(
        tuple(lexicon.events.find(plain)), tuple(lexicon.weapons.find(plain)), tuple(lexicon.actors.find(plain))
    )


@lru_cache(maxsize=8)
def _in_folded_letters(tables: Tables) -> tuple[Lexicon, Known]:
    events, weapons, actors = _plain_rows(tables.events), _plain_rows(tables.weapons), _plain_rows(tables.actors)
    rows: list[EventWords | WeaponWords | ActorWords] = [*events, *weapons, *actors]
    said = {word for row in rows for word in row.words.replace("|", " ").split()}
    return Lexicon(Phrases(events), Phrases(weapons), Phrases(actors)), Known(said)


def _plain_rows(rows: Iterable[Row]) -> list[Row]:
    """Fold the words of the Arabic rows and take off their articles, as `bare` does in the text."""
    return [replace(row, words=_ARTICLE.sub("", folded(row.words))) for row in rows if row.language == "ar"]
