"""The words by which places are told: kinds of places, prepositions, titles, peoples; tables that a researcher reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import polars as pl

from mapping.coding.tables import shipped_rows, tables
from mapping.datasets import shipped

__all__ = ["Level", "Lexicon", "armed_groups", "capitals", "common_words", "demonyms", "lexicon"]

Level = Literal["site", "town", "district", "province", "country", "unknown"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, in small letters.

    Attributes
    ----------
    language
        ISO 639-1.
    kinds
        Words that stand behind a name and say what it is, with the level: "department".
    named_kinds
        Those that are part of the name: "airport".
    uses
        The other words by use: "where", "near", "origin" (prepositions and the like), "struck" (verbs of which a
        place is the object), "struck of" (their nouns), "part" (what has an "of" before a place), "side" (what is
        near a place), "people" (what is named after a place), "title", "said", "kind before", "never", "institution".
    """

    language: str
    kinds: dict[str, Level]
    named_kinds: dict[str, Level]
    uses: dict[str, frozenset[str]]

    @property
    def peoples(self) -> dict[str, str]:
        """The country of each people."""
        return demonyms(self.language)

    def is_kind(self, word: str) -> bool:
        """Tell whether a word says what a place is, or stands before one that does: "military airfield"."""
        return word in self.kinds or word in self.named_kinds or word in self.uses["kind part"]

    def is_person(self, word: str) -> bool:
        """Tell whether a word is said of people: "residents", "mayor"."""
        return word in self.uses["people"] or word in self.uses["title"]


@lru_cache(maxsize=4)
def lexicon(language: str) -> Lexicon:
    """Return the words of a language, read on the first call.

    Examples
    --------
    >>> lexicon("en").kinds["department"], lexicon("en").is_person("mayor")
    ('province', True)
    """
    rows = [row for row in shipped_rows("place_words.csv") if row["language"] == language]
    kinds: dict[str, dict[str, Level]] = {"kind": {}, "named kind": {}}
    uses: dict[str, frozenset[str]] = {}
    for row in rows:
        words, means = row["words"].split("|"), row["means"]
        if row["use"] in kinds:
            kinds[row["use"]].update(dict.fromkeys(words, means))  # type: ignore[arg-type]
        else:
            uses[row["use"]] = frozenset(words)
    return Lexicon(language, kinds["kind"], kinds["named kind"], uses)


@lru_cache(maxsize=4)
def demonyms(language: str) -> dict[str, str]:
    """Return the country of each people of the world.

    Examples
    --------
    >>> demonyms("en")["iraqi"], demonyms("en")["costa rican"]
    ('IQ', 'CR')
    """
    return {
        word: row["country_iso2"] for row in shipped_rows("demonyms.csv") for word in row[language].split("|") if word
    }


@lru_cache(maxsize=4)
def armed_groups(language: str) -> dict[str, str]:
    """Return the country in which each armed group of one or two words is at home.

    Examples
    --------
    >>> armed_groups("en")["fmln"]
    'SV'
    """
    return {
        f"{words.removesuffix('*')}{ending}": row.country_iso2
        for row in tables().actors
        if row.language == language and row.kind == "rebel" and row.country_iso2
        for words in row.words.split("|")
        for ending in (("", "s") if words.endswith("*") else ("",))
    }


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Return the capital of each country, in English.

    Examples
    --------
    >>> capitals()["IQ"]
    'Baghdad'
    """
    return {row["country_iso2"]: row["capital"] for row in shipped_rows("demonyms.csv") if row["capital"]}


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the words that English writes in small letters.

    Examples
    --------
    >>> "battalion" in common_words(), "medellin" in common_words()
    (True, False)
    """
    return (
        frozenset(pl.read_parquet(shipped("language/english_words.parquet"))["word"])
        - lexicon("en").uses["also a name"]
    )
