"""Every event type has one colour, and the colours can be told apart on the map's ground."""

from __future__ import annotations

import polars as pl

from mapping.palette import EVENT_GROUPS, OTHER, event_group
from mapping.schema import EVENT_TYPES


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_event_type_is_in_one_group() -> None:
    assert sorted(kind for group in EVENT_GROUPS for kind in group.event_types) == sorted(EVENT_TYPES)


def test_unknown_and_foreign_types_are_other() -> None:
    frame = pl.DataFrame({"event_type": [*EVENT_TYPES, None, "{{ 6*7 }}"]})
    groups = frame.select(event_group(pl.col("event_type"))).to_series()
    assert groups.null_count() == 0
    assert groups[-2:].to_list() == [OTHER, OTHER]


def test_the_grey_of_other_reaches_three_to_one_on_every_ground_of_the_map() -> None:
    for ground in ("#fcfbf8", "#f0eee8", "#e4efee"):
        assert (luminance(ground) + 0.05) / (luminance(EVENT_GROUPS[-1].colour) + 0.05) >= 3


def test_colours_are_distinct() -> None:
    assert len({group.colour for group in EVENT_GROUPS}) == len(EVENT_GROUPS)
