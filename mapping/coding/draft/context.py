"""A report and all its mentions, found once and held by sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Protocol, TypeVar

from mapping.coding import arabic, english, places, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapping.coding.mentions import Actor, Event, Harm, Place, Span, Target, When
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["BySentence", "Context", "Mention", "gather"]

_ROOMS = {"en": english, "ar": arabic}


class Mention(Protocol):
    """Anything that a report says, with the letters that say so."""

    @property
    def span(self) -> Span:
        """The letters."""


M = TypeVar("M", bound=Mention)
BySentence = dict[int, list[M]]


@dataclass(frozen=True, slots=True)
class Context:
    """A report and its mentions: events in order, `telling` sentences that hold one, the rest by number of sentence.

    What stands in no sentence (headers, by-lines) is left out.
    """

    report: Report
    home: str | None
    events: tuple[Event, ...]
    telling: frozenset[int]
    passed: BySentence[Event]
    whens: BySentence[When]
    places: BySentence[Place]
    harms: BySentence[Harm]
    actors: BySentence[Actor]
    targets: BySentence[Target]

    def sentence_of(self, mention: Mention) -> int:
        """Return the number of the sentence that a mention stands in."""
        number = self.report.sentence_at(mention.span.start)
        return -1 if number is None else number


def gather(report: Report, words: Tables | None = None) -> Context:
    """Find all that a report mentions, by the rules of its language."""
    room = _ROOMS[report.language]
    words = tables.tables() if words is None else words
    events = _by_sentence(report, room.find_events(report, words))
    return Context(
        report,
        places.home_country(report),
        tuple(chain.from_iterable(events.values())),
        frozenset(events),
        _by_sentence(report, (event for event in chain.from_iterable(events.values()) if event.passed_over)),
        _by_sentence(report, room.find_dates(report)),
        _by_sentence(report, places.find_places(report)),
        _by_sentence(report, room.find_harm(report)),
        _by_sentence(report, room.find_actors(report, words)),
        _by_sentence(report, room.find_targets(report, words)),
    )


def _by_sentence(report: Report, mentions: Iterable[M]) -> BySentence[M]:
    found: BySentence[M] = defaultdict(list)
    for mention in mentions:
        number = report.sentence_at(mention.span.start)
        if number is not None:
            found[number].append(mention)
    return dict(found)
