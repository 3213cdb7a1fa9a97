"""What the colours of the marks say: the kind of event, or who did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from mapping.palette import ACTOR_COLOURS, EVENT_GROUPS, OTHER, OTHER_COLOUR, UNKNOWN_COLOUR
from mapping.schema import NO_ACTOR

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BY_TYPE", "Colouring", "by_actor", "frequent_actors"]

_OTHERS = "other actors"
_UNKNOWN = "actor unknown"


@dataclass(frozen=True)
class Colouring:
    """What each colour says.

    Attributes
    ----------
    title
        Of the legend: what the colours tell apart.
    column
        The column of the incident that decides.
    groups
        Label and colour of each group, in the order of the legend.
    of_value
        The group of each value of the column, as its place in `groups`.
    of_others, of_null
        The groups of all other values, and of none.
    """

    title: str
    column: str
    groups: tuple[tuple[str, str], ...]
    of_value: dict[str, int]
    of_others: int
    of_null: int

    def code(self) -> pl.Expr:
        """Return the group of each row, as its place in `groups`.

        Examples
        --------
        >>> pl.DataFrame({"event_type": ["IED", None]}).select(BY_TYPE.code())["event_type"].to_list()
        [3, 6]
        """
        known = pl.col(self.column).replace_strict(self.of_value, default=self.of_others, return_dtype=pl.Int8)
        return (
            pl.when(pl.col(self.column).is_null())
            .then(pl.lit(self.of_null, pl.Int8))
            .otherwise(known)
            .alias(self.column)
        )

    @property
    def tells_little(self) -> tuple[int, ...]:
        """The groups that say no more than that it is something else, or unknown."""
        return tuple({self.of_others, self.of_null})


_LAST = len(EVENT_GROUPS) - 1

BY_TYPE = Colouring(
    "Event type",
    "event_type",
    tuple((group.label, group.colour) for group in EVENT_GROUPS),
    {event_type: i for i, group in enumerate(EVENT_GROUPS) for event_type in group.event_types},
    _LAST,
    _LAST,
)
"""Colour says the kind of event; the last group takes what is unknown, too."""
assert BY_TYPE.groups[_LAST][0] == OTHER


def frequent_actors(frame: pl.DataFrame) -> tuple[str, ...]:
    """Return the actors that are to have a colour of their own, the most frequent first.

    Hand those of all incidents to `mapping.layers.map.incident_layers`, and a filter changes no colour.

    Examples
    --------
    >>> frequent_actors(pl.DataFrame({"actor1": ["ISIS", "PKK", "ISIS", "unknown", None]}))
    ('ISIS', 'PKK')
    """
    counted = (
        frame.group_by("actor1")
        .len()
        .with_columns(pl.col("actor1").cast(pl.String))
        .filter(~_says_nothing())
        .sort("len", "actor1", descending=[True, False])
    )
    return tuple(counted["actor1"].head(len(ACTOR_COLOURS)))


def _says_nothing() -> pl.Expr:
    return pl.col("actor1").str.strip_chars().str.to_lowercase().is_in(NO_ACTOR).fill_null(True)


def by_actor(frame: pl.DataFrame, actors: Sequence[str] | None = None) -> Colouring:
    """Return the colours of the most frequent actors; all others share one, and the unknown have theirs.

    Parameters
    ----------
    frame
        Incidents; column actor1.
    actors
        Those that are to have a colour, in this order; None: the most frequent of the frame.

    Examples
    --------
    >>> colouring = by_actor(pl.DataFrame({"actor1": ["ISIS", None]}))
    >>> [label for label, _ in colouring.groups]
    ['ISIS', 'other actors', 'actor unknown']
    """
    named = list(frequent_actors(frame) if actors is None else actors)[: len(ACTOR_COLOURS)]
    others, unknown = len(named), len(named) + 1
    distinct = frame.select(pl.col("actor1").unique().cast(pl.String)).filter(_says_nothing())["actor1"].drop_nulls()
    of_value = dict.fromkeys(distinct, unknown) | {name: i for i, name in enumerate(named)}
    groups = (*zip(named, ACTOR_COLOURS, strict=False), (_OTHERS, OTHER_COLOUR), (_UNKNOWN, UNKNOWN_COLOUR))
    return Colouring("Actor", "actor1", groups, of_value, others, unknown)
