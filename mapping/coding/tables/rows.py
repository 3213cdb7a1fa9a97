"""What a row of each table says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mapping.coding.tables.phrases import Phrases

__all__ = ["ActorWords", "EventWords", "Lexicon", "Tables", "WeaponWords"]


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words that tell of violence.

    Attributes
    ----------
    language
        ISO 639-1.
    words
        Phrases, in the form that `mapping.coding.tables.phrases` explains.
    event_type
        Of the schema; "other" where the words do not say how.
    use
        "event": the words alone tell of violence; "weak": only with something else that says so (people harmed, a
        weapon, a perpetrator); "never": they do not, although a shorter phrase inside them does ("heart attack").
    """

    language: str
    words: str
    event_type: str
    use: Literal["event", "weak", "never"]


@dataclass(frozen=True, slots=True)
class WeaponWords:
    """Words for a weapon, and what a general word ("attack") becomes with it.

    Attributes
    ----------
    language
        ISO 639-1.
    words
        Phrases.
    event_type
        Of the schema; None where the weapon says nothing of how.
    """

    language: str
    words: str
    event_type: str | None


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Names of one party to violence, or words for one kind of party ("gunmen").

    Attributes
    ----------
    language
        ISO 639-1.
    words
        Phrases.
    kind
        "state", "rebel", or "unknown" ("gunmen").
    country_iso2
        Where it is at home; None where the words do not say.
    """

    language: str
    words: str
    kind: Literal["state", "rebel", "unknown"]
    country_iso2: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language, ready to look for."""

    events: Phrases[EventWords]
    weapons: Phrases[WeaponWords]
    actors: Phrases[ActorWords]


@dataclass(frozen=True, eq=False)
class Tables:
    """All rows, the reader's own before ours: of two rows with the same words the first one counts."""

    events: tuple[EventWords, ...]
    weapons: tuple[WeaponWords, ...]
    actors: tuple[ActorWords, ...]

    @cached_property
    def _lexicons(self) -> dict[str, Lexicon]:
        return {
            language: Lexicon(
                Phrases(row for row in self.events if row.language == language),
                Phrases(row for row in self.weapons if row.language == language),
                Phrases(row for row in self.actors if row.language == language),
            )
            for language in {row.language for row in self.events}
        }

    def of(self, language: str) -> Lexicon:
        """Return the tables of one language; empty ones for a language that has no words for violence.

        Examples
        --------
        >>> from mapping.coding.tables import tables
        >>> [found.row.event_type for found in tables().of("en").weapons.find("by two drones")]
        ['drone attack']
        """
        return self._lexicons.get(language) or Lexicon(Phrases(()), Phrases(()), Phrases(()))
