"""What a report mentions, each with the letters that say so: `text[start:end]` is the evidence.

The rooms of one language (`mapping.coding.english`, `mapping.coding.arabic`) find mentions; `mapping.coding.draft`
knows mentions only, whatever the language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Actor", "Event", "Harm", "Place", "Reason", "Span", "Target", "When"]


class Span(NamedTuple):
    """Letters of the report, from `start` up to but not with `end`: offsets into the text as given."""

    start: int
    end: int

    def gap(self, other: Span) -> int:
        """Return how many letters stand between this and others; 0 where they meet or overlap.

        Examples
        --------
        >>> Span(0, 3).gap(Span(8, 9)), Span(8, 9).gap(Span(0, 3)), Span(0, 3).gap(Span(2, 9))
        (5, 5, 0)
        """
        return max(0, other.start - self.end, self.start - other.end)


Reason = Literal[
    "background", "denied", "forecast", "anniversary", "statistics", "another war", "exercise", "threat", "hypothetical"
]
"""Why a mention of violence is no incident of this report."""


@dataclass(frozen=True, slots=True)
class When:
    """A date, as far as the text and the date of the report give it.

    Attributes
    ----------
    span
        The words: "Tuesday night".
    first, last
        First and last day that it may be; None where the words cannot be resolved (no date of the report).
        `first` None with a `last`: on or before.
    precision
        A date precision of the schema.
    governs
        What the date belongs to: the incident ("event"), the report or the statement ("report"), or the past that
        the report looks back on ("background").
    """

    span: Span
    first: date | None
    last: date | None
    precision: str
    governs: Literal["event", "report", "background"] = "event"


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym, and what the gazetteer makes of it.

    Attributes
    ----------
    span
        The name alone, without its preposition: "Ain Al-Assad".
    name
        The name as a row would give it; letters in capitals only are written as names are.
    level
        site, town, district, province or country, from the gazetteer or from the words beside it ("department");
        "unknown" where the text names a place that no list has.
    country_iso2, adm1_code, adm1_name
        What contains it, as far as the text or one single match says.
    place_id
        The row of the gazetteer, where there is exactly one in the scope of the text.
    near
        The text says near, outside, west of, on the road to.
    role
        "where": something happens there; "origin": a person, agency, by-line or statement comes from there;
        "mention": anything else.
    kind
        The word by which the text says what it is: "farm", "department".
    """

    span: Span
    name: str
    level: Literal["site", "town", "district", "province", "country", "unknown"]
    country_iso2: str | None = None
    adm1_code: str | None = None
    adm1_name: str | None = None
    place_id: str | None = None
    near: bool = False
    role: Literal["where", "origin", "mention"] = "where"
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One mention of violence.

    Attributes
    ----------
    span
        The words that say so: "was attacked".
    event_type
        In our vocabulary; "other" where the words do not say how ("attack" alone).
    weapon, weapon_span, weapon_count, count_span
        The weapon as the text calls it, and how many.
    number
        How many incidents the words speak of: 1; more for "three strikes"; None for a plural without a number.
    passed_over
        Why this is no incident of this report; None when it is one.
    signs
        What else the words around say, for whoever weighs an open case; `mapping.coding.english.wording.SIGNS`.
    """

    span: Span
    event_type: str
    weapon: str | None = None
    weapon_span: Span | None = None
    weapon_count: int | None = None
    count_span: Span | None = None
    number: int | None = 1
    passed_over: Reason | None = None
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Harm:
    """People killed or injured. Null is unknown, 0 is none.

    Attributes
    ----------
    low, best, high
        "at least three" is (3, 3, None); "about 50" is (None, 50, None); "two or three" is (2, None, 3); "no casualties"
        is (0, 0, 0), once as killed and once as injured; "several" is (None, None, None).
    who
        Whom the text names: "civilians", "policemen".
    total
        The text says that this is the sum of the report ("in all", "bringing the toll to").
    attackers
        They are of the side that attacks, by what the text calls them ("gunmen", "guerrillas").
    """

    span: Span
    kind: Literal["killed", "injured"]
    low: int | None
    best: int | None
    high: int | None
    who: str | None = None
    total: bool = False
    attackers: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A party to the violence, and on what ground it is named.

    Attributes
    ----------
    name
        As the text writes it.
    role
        "by": did it; "against": the other side; "other": named without either.
    attribution
        An attribution of the schema; None where the role is not "by".
    """

    span: Span
    name: str
    role: Literal["by", "against", "other"]
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What was hit, or what came of it ("no damage", "a fire broke out"), as the text writes it."""

    span: Span
    words: str
    kind: Literal["target", "outcome"]
