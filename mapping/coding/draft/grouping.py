"""Which mentions of violence tell one incident."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.mentions import Event, Place, When

__all__ = ["LOOK_BACK", "Group", "group_events", "is_sum"]

_FAMILIES = {
    "explosion": "bombing",
    "IED": "bombing",
    "suicide bombing": "bombing",
    "kidnapping": "kidnapping",
    "robbery": "robbery",
    "arson": "arson",
    "hijacking": "hijacking",
    "unrest": "unrest",
    "air strike": "strike",
    "drone attack": "strike",
    "missile strike": "strike",
    "rocket attack": "strike",
    "shelling": "strike",
    "other": "any",
}
"""Kinds that may be two names of one incident share a family; what is not listed is done with arms."""

_FROM_AFAR = ("air strike", "drone attack", "missile strike", "rocket attack", "shelling", "IED", "suicide bombing")

_COUNTED = ("strike", "any")
"""Families whose mentions are counted as strikes; of bombs and raids it is not their number that counts."""

_FINE = ("site", "town", "unknown")

LOOK_BACK = 8
"""How many of the latest groups an event is held against: a report returns to what it told lately."""

_MOST = 60
"""Mentions of one incident that are kept: no report needs more, and a text that repeats itself must not take for ever."""

_SEPARATE = re.compile(
    r"\b(?:another|other|separate(?:ly)?|meanwhile|elsewhere|also|in addition|moreover|furthermore|second|third"
    r"|different|at the same time|simultaneous(?:ly)?|similar(?:ly)?)\b"
)


_REFERS_BACK = re.compile(
    r"\b(?:(?:one|two|three|both|all|some|most) of them|the others?|the second one) (?:was |were |had )?$"
)
"""Before what befell what was spoken of: "and the other exploded inside"."""


@dataclass(slots=True)
class Group:
    """Mentions that are held to be one incident, in the order of the text."""

    events: list[Event]
    sentences: list[int]
    whens: list[When] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def add(self, event: Event, sentence: int, whens: list[When], places: list[Place]) -> None:
        """Take in one more mention, with the dates and places of its sentence; a text of millions of letters has an end."""
        if len(self.events) >= _MOST:
            return
        self.events.append(event)
        if sentence not in self.sentences:
            self.sentences.append(sentence)  # in order: so are the events
            self.whens += whens
            self.places += places

    @property
    def armed(self) -> list[Event]:
        """The mentions with a weapon, those first that surely speak of violence."""
        return sorted((event for event in self.events if event.weapon), key=lambda event: "weak" in event.signs)

    @property
    def counted(self) -> Event | None:
        """The strikes that the text counts: "five strikes"."""
        return next(
            (event for event in self.events if event.count_span and not event.weapon and _family(event) in _COUNTED),
            None,
        )

    @property
    def lies_somewhere(self) -> bool:
        """Whether a place finer than a country is said."""
        return any(place.level != "country" for place in self.places)

    @property
    def struck_somewhere(self) -> bool:
        """Whether a strike from afar, a bomb of war, or a number of strikes is told with its place.

        War between armed sides was no incident to those who coded the texts that the model learnt from.
        """
        sure = [
            event for event in self.events if "bare" not in event.signs and (event.weapon or "weak" not in event.signs)
        ]
        from_afar = self.lies_somewhere and any(event.event_type in _FROM_AFAR for event in sure)
        return from_afar or (self.counted is not None and self.counted in sure)

    @property
    def families(self) -> set[str]:
        """Families of the mentions, without what does not say how."""
        return {_family(event) for event in self.events} - {"any"}


def _family(event: Event) -> str:
    """Return the family of a mention: "bombing", "armed", "any" where the words do not say how."""
    return _FAMILIES.get(event.event_type, "armed")


def group_events(context: Context, events: list[Event]) -> list[Group]:
    """Gather mentions into incidents: each joins the latest group that it does not differ from, or starts its own."""
    groups: list[Group] = []
    for event in events:
        sentence = context.sentence_of(event)
        whens = [when for when in context.whens.get(sentence, []) if when.governs == "event"]
        places = [place for place in context.places.get(sentence, []) if place.role == "where"]
        home = next(
            (group for group in reversed(groups[-LOOK_BACK:]) if _joins(context, group, event, whens, places)), None
        )
        if home is None:
            groups.append(Group([event], [sentence], list(whens), list(places)))
        else:
            home.add(event, sentence, whens, places)
    return groups


def is_sum(groups: Sequence[Group], number: int) -> bool:
    """Tell whether a counted group without a place of its own is the sum of those listed after it, place by place."""
    listed = [group for group in groups[number + 1 : number + 1 + _MOST] if group.counted and group.lies_somewhere]
    return groups[number].counted is not None and not groups[number].lies_somewhere and len(listed) > 1


def _joins(context: Context, group: Group, event: Event, whens: list[When], places: list[Place]) -> bool:
    sentence = context.sentence_of(event)
    if sentence in group.sentences and "weak" in event.signs:
        return True
    if _REFERS_BACK.search(context.report.plain, max(0, event.span.start - 40), event.span.start):
        return not _dates_differ(group.whens, whens) and not _places_differ(group.places, places)
    if _family(event) not in {"any", *group.families} and group.families and not _same_weapon(group, event):
        return False
    if sentence in group.sentences:
        return True
    if _says_separate(context, event) or _counted_apart(group, event):
        return False
    return not _dates_differ(group.whens, whens) and not _places_differ(group.places, places)


def _same_weapon(group: Group, event: Event) -> bool:
    """Tell whether the weapon was spoken of: of two drones one was shot down, the other exploded."""
    weapon = (event.weapon or "").casefold().rstrip("s")
    return bool(weapon) and any((other.weapon or "").casefold().rstrip("s") == weapon for other in group.events)


def _says_separate(context: Context, event: Event) -> bool:
    start = context.report.sentences[context.sentence_of(event)].span.start
    return bool(_SEPARATE.search(context.report.plain, max(start, event.span.start - 60), event.span.start))


def _counted_apart(group: Group, event: Event) -> bool:
    """Tell whether strikes that are counted are not those of a group: 34 strikes are not these five."""
    if event.count_span is None:
        return False
    if group.counted is None:
        return (event.number or 0) > 1 and len(group.sentences) > 1 and "armed" not in group.families
    return all(other.number != event.number for other in group.events if other.count_span)


def _dates_differ(one: list[When], other: list[When]) -> bool:
    return bool(one and other) and not any(_may_be_one(a, b) for a in one for b in other)


def _may_be_one(one: When, other: When) -> bool:
    """Tell whether two dates may be one; what nobody can resolve ("Tuesday", "in December") may be a date of another kind."""
    if one.last is None and other.last is None:
        return one.precision != "day" or other.precision != "day"
    if one.last is None or other.last is None:
        return one.precision == other.precision
    return (one.first or one.last) <= other.last and (other.first or other.last) <= one.last


def _places_differ(one: list[Place], other: list[Place]) -> bool:
    """Tell whether two lists of places share no name, or else lie in different provinces."""
    names, others = ({place.name.casefold() for place in those if place.level in _FINE} for those in (one, other))
    if names and others:
        return not names & others
    provinces, further = ({place.adm1_code for place in those if place.adm1_code} for those in (one, other))
    return bool(provinces and further) and not provinces & further
