"""What the map shows when it opens and when the reader asks for a place."""

from __future__ import annotations

import polars as pl

from mapping.layers.extents import extent
from mapping.layers.ground import bounds_of
from mapping.schema import conform, empty_frame


def test_provinces_come_before_countries_and_countries_before_incidents(frame: pl.DataFrame) -> None:
    assert extent(frame, countries=["IQ"], provinces=["IQ-NI"])[:4] == bounds_of(["IQ-NI"])
    assert extent(frame, countries=["SY"])[:4] == bounds_of(["SY"])


def test_incidents_are_shown_with_room_and_with_their_provinces(frame: pl.DataFrame) -> None:
    shown = extent(frame)
    anbar = bounds_of(["IQ-AN"])
    assert shown.west < anbar[0] and shown.east > 48.9 and shown.south < 29.6
    assert extent(frame.filter(pl.col("incident_id") == "province")).west < anbar[0]


def test_nothing_to_show_is_none(frame: pl.DataFrame) -> None:
    assert extent(empty_frame()) is None
    assert extent(frame.filter(pl.col("incident_id") == "country")) is None


def test_a_few_far_incidents_do_not_make_the_others_small() -> None:
    near = [{"latitude": 33.0 + i / 100, "longitude": 44.0 + i / 100, "geo_precision": "town"} for i in range(98)]
    far = [{"latitude": -30.0, "longitude": 150.0, "geo_precision": "town"}]
    shown = extent(conform(pl.DataFrame(near + far)))
    assert shown.south > 32 and shown.west > 43
    assert shown.east < 46
