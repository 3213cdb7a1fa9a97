"""A report and all its mentions, found once and held by sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from mapping.coding import arabic, english, places, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapping.coding.mentions import Actor, Event, Harm, Place, Span, Target, When
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["BySentence", "Context", "gather"]

_ROOMS = {"en": english, "ar": arabic}


class _Mention(Protocol):
    @property
    def span(self) -> Span: ...


M = TypeVar("M", bound=_Mention)
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

    def sentence_of(self, mention: _Mention) -> int:
        """Return the number of the sentence that a mention stands in."""
        number = self.report.sentence_at(mention.span.start)
        return -1 if number is None else number


def gather(report: Report, words: Tables | None = None) -> Context:
    """Find all that a report mentions, by the rules of its language."""
    room = _ROOMS[report.language]
    words = tables.tables() if words is None else words
    events = [event for event in room.find_events(report, words) if report.sentence_at(event.span.start) is not None]
    return Context(
        report,
        places.home_country(report),
        tuple(events),
        frozenset(number for event in events if (number := report.sentence_at(event.span.start)) is not None),
        _by_sentence(report, (event for event in events if event.passed_over)),
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
