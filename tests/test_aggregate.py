"""Counts: they add up, and nothing is counted where it does not belong."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.aggregate import (
    Placement,
    by_province,
    by_type,
    placement,
    province_only,
    unplaced,
    unplaced_reasons,
)
from mapping.schema import EVENT_TYPES, GEO_PRECISIONS, conform


def rows(*given_rows: dict[str, object]) -> pl.DataFrame:
    return conform(pl.DataFrame(given_rows, infer_schema_length=None))


HERE = {"latitude": 33.3, "longitude": 44.4, "adm1_code": "IQ-BG", "adm1_name": "Baghdad"}
IN_ANBAR = {"adm1_code": "IQ-AN", "adm1_name": "Anbar"}


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        ({"geo_precision": "site", **HERE}, "site_or_town"),
        ({"geo_precision": "town", **HERE}, "site_or_town"),
        ({"geo_precision": "near", **HERE}, "roughly"),
        ({"geo_precision": "area", **HERE}, "roughly"),
        ({"geo_precision": "offshore", "latitude": 27.0, "longitude": 51.0}, "roughly"),
        ({"geo_precision": "district", **HERE}, "province_only"),
        ({"geo_precision": "province", **HERE}, "province_only"),
        ({"geo_precision": "province", **IN_ANBAR}, "province_only"),
        ({"geo_precision": "town", **IN_ANBAR}, "province_only"),
        ({"geo_precision": "province"}, "off_map"),
        ({"geo_precision": "country", **HERE}, "off_map"),
        ({"geo_precision": "none", **HERE}, "off_map"),
        ({"geo_precision": None}, "off_map"),
        ({"geo_precision": "town", "latitude": 33.3}, "off_map"),
        ({"geo_precision": "town", "latitude": float("nan"), "longitude": 44.4}, "off_map"),
    ],
)
def test_where_a_row_is_counted(row: dict[str, object], counted: str) -> None:
    assert placement(rows(row)) == Placement(1, *(int(name == counted) for name in Placement._fields[1:]))
    assert unplaced(rows(row)).height == int(counted == "off_map")
    assert province_only(rows(row)).height == int(counted == "province_only")


def test_provinces_tell_points_from_counts_and_leave_countries_out() -> None:
    frame = rows(
        {"geo_precision": "site", **HERE},
        {"geo_precision": "province", **HERE},
        {"geo_precision": "province", **IN_ANBAR},
        {"geo_precision": "country", **HERE},
        {"geo_precision": "offshore", "latitude": 27.0, "longitude": 51.0},
    )
    assert by_province(frame).rows() == [
        ("IQ-BG", "Baghdad", 2, 1, 1),
        (None, None, 2, 1, 0),
        ("IQ-AN", "Anbar", 1, 0, 1),
    ]


def test_reasons_are_counted() -> None:
    frame = rows(
        {"geo_precision": "none", "geo_reason": "no place reported"},
        {"geo_precision": "country", "geo_reason": "only the country"},
        {"geo_precision": "none", "geo_reason": "no place reported"},
        {"geo_precision": "town", "geo_reason": "exact name", **HERE},
    )
    assert unplaced_reasons(frame).rows() == [("no place reported", 2), ("only the country", 1)]


@pytest.mark.parametrize("name", ["Shya", "Qal'at", 'the "base"', "both ' and \"", "back\\slash", "line\nbreak"])
def test_a_reason_counts_as_one_whatever_name_it_quotes(name: str) -> None:
    quoted = [f"{place!r} is in no list; {place!r} is no province" for place in (name, "Hit")]
    frame = rows(*({"geo_precision": "none", "geo_reason": reason} for reason in quoted))
    assert unplaced_reasons(frame).rows() == [("… is in no list; … is no province", 2)]


_any_row = st.fixed_dictionaries(
    {
        "geo_precision": st.sampled_from([None, *GEO_PRECISIONS]),
        "latitude": st.none() | st.floats(-90, 90),
        "longitude": st.none() | st.floats(-180, 180),
        "adm1_code": st.sampled_from([None, "IQ-AN", "IQ-BG"]),
        "event_type": st.sampled_from([None, *EVENT_TYPES]),
        "date_start": st.none() | st.dates(),
        "date_end": st.none() | st.dates(),
    }
)


@given(st.lists(_any_row, min_size=1))
def test_every_count_adds_up_to_the_rows(given_rows: list[dict[str, object]]) -> None:
    frame = rows(*given_rows)
    numbers = placement(frame)
    provinces = by_province(frame)
    assert numbers.shown == frame.height == sum(numbers[1:])
    assert provinces["incidents"].sum() == frame.height
    assert provinces["at_place"].sum() == numbers.site_or_town + numbers.roughly
    assert provinces["province_only"].sum() == numbers.province_only
    assert by_type(frame)["incidents"].sum() == frame.height
    assert unplaced_reasons(frame)["incidents"].sum() == unplaced(frame).height == numbers.off_map


def test_no_rows_count_nothing() -> None:
    frame = rows({}).clear()
    assert placement(frame) == Placement(0, 0, 0, 0, 0)
    assert by_province(frame).height == by_type(frame).height == 0
