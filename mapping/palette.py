"""Which colour says which kind of event, and which are left to say who: one table for the map, the timeline, the table and the legend.

The six colours are from Okabe and Ito and hold for the common colour blindnesses; the grey keeps
three to one against the ground of the map.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from mapping.schema import EVENT_TYPES

__all__ = ["ACTOR_COLOURS", "EVENT_GROUPS", "OTHER", "OTHER_COLOUR", "UNKNOWN_COLOUR", "EventGroup", "event_group"]


@dataclass(frozen=True)
class EventGroup:
    """Event types that share a colour.

    Attributes
    ----------
    label
        For people; also the key of the group.
    colour
        As CSS writes it.
    event_types
        Of `mapping.schema.EVENT_TYPES`.
    """

    label: str
    colour: str
    event_types: tuple[str, ...]


EVENT_GROUPS = (
    EventGroup("Drone", "#0072B2", ("drone attack",)),
    EventGroup("Rocket, missile", "#D55E00", ("rocket attack", "missile strike")),
    EventGroup("Air strike", "#56B4E9", ("air strike",)),
    EventGroup("Bomb", "#CC79A7", ("IED", "suicide bombing", "explosion")),
    EventGroup("Shelling", "#E69F00", ("shelling",)),
    EventGroup("Ground attack", "#009E73", ("armed assault", "armed clash", "ambush", "raid", "assassination")),
    EventGroup("Other", "#77808A", ("kidnapping", "arson", "robbery", "hijacking", "unrest", "other")),
)
"""In the order of legends and stacks; the last one takes what is unknown, too."""

OTHER = EVENT_GROUPS[-1].label
OTHER_COLOUR = EVENT_GROUPS[-1].colour

ACTOR_COLOURS = (*(group.colour for group in EVENT_GROUPS[:-1]), "#1F2A33")
"""Of the most frequent actors, where colour says who: the six, and the ink."""

UNKNOWN_COLOUR = "#998F80"
"""Of incidents by nobody knows whom: a warm grey, three to one against paper."""

_GROUP_OF = {event_type: group.label for group in EVENT_GROUPS for event_type in group.event_types}
assert sorted(_GROUP_OF) == sorted(EVENT_TYPES), "every event type is in one group"


def event_group(event_type: pl.Expr) -> pl.Expr:
    """Turn event types into the labels of their groups; unknown becomes "Other".

    Examples
    --------
    >>> frame = pl.DataFrame({"event_type": ["IED", "explosion", None]})
    >>> frame.select(event_group(pl.col("event_type")))["event_type"].to_list()
    ['Bomb', 'Bomb', 'Other']
    """
    return event_type.replace_strict(_GROUP_OF, default=OTHER, return_dtype=pl.String)
