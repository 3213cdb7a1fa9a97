"""Which incidents become a mark, and which share one."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.layers.marks import PRECISIONS, at_same_place, columns, marks, with_mark
from mapping.schema import PLACED_AS_POINT, conform, empty_frame


def test_only_rows_placed_as_a_point_have_a_mark(frame: pl.DataFrame) -> None:
    marked = with_mark(frame, marks(frame)).filter(pl.col("mark") >= 0)
    assert set(marked["incident_id"]) == {"old", "new", "near", "town", "sea"}


def test_every_precision_of_a_point_can_be_drawn() -> None:
    assert sorted(PRECISIONS) == sorted(PLACED_AS_POINT)


def test_several_at_one_place_share_a_mark_that_counts_them(frame: pl.DataFrame) -> None:
    base = marks(frame).filter(pl.col("n") > 1).row(0, named=True)
    assert (base["n"], base["incident_id"], base["place"], base["radius_km"]) == (2, "new", "Ain Assad", 6.0)
    assert base["numbers"] == [1, 1, 0, 0, 0, 0, 0]
    assert (base["first"].year, base["last"].year) == (2020, 2024)


def test_the_numbers_of_the_marks_add_up(frame: pl.DataFrame) -> None:
    marked = marks(frame)
    assert marked["n"].sum() == with_mark(frame, marked).filter(pl.col("mark") >= 0).height


def test_another_precision_at_the_same_point_is_another_mark(frame: pl.DataFrame) -> None:
    at_base = marks(frame).filter((pl.col("latitude") == 3378560) & (pl.col("longitude") == 4244120))
    assert sorted(at_base["geo_precision"]) == ["near", "site"]


def test_the_coarse_is_painted_before_the_fine(frame: pl.DataFrame) -> None:
    assert marks(frame)["geo_precision"].to_list() == ["near", "offshore", "town", "site"]


def test_at_same_place_gives_the_newest_first(frame: pl.DataFrame) -> None:
    assert at_same_place(frame, "old")["incident_id"].to_list() == ["new", "old"]
    assert at_same_place(frame, "old").columns == frame.columns
    assert at_same_place(frame, "centroid")["incident_id"].to_list() == ["centroid"]
    assert at_same_place(frame, "nobody").is_empty()


def test_columns_tell_one_type_by_its_group_and_several_by_their_numbers(frame: pl.DataFrame) -> None:
    told = columns(marks(frame))
    at = told["id"].index("new")
    assert told["mixed"] == {str(at): [1, 1, 0, 0, 0, 0, 0]}
    assert told["names"][told["place"][at]] == "Ain Assad"
    assert told["place"][told["id"].index("near")] == -1
    assert told["radius"][told["id"].index("near")] == 250


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), None])
def test_a_coordinate_that_is_no_number_makes_no_mark(bad: float | None) -> None:
    rows = conform(
        pl.DataFrame(
            {"latitude": [bad], "longitude": [42.0], "geo_precision": ["site"]},
            schema_overrides={"latitude": pl.Float64},
        )
    )
    assert marks(rows).is_empty()
    assert with_mark(rows, marks(rows))["mark"].to_list() == [-1]


def test_no_rows_make_no_marks() -> None:
    told = columns(marks(empty_frame()))
    assert {len(told[name]) for name in ("n", "id", "latitude", "group", "place", "first")} == {0}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([33.0, -33.00001, 89.9]), st.sampled_from([44.0, -179.99999]), st.sampled_from(["site", "near"]),
            st.none() | st.dates(), st.none() | st.sampled_from(["Hit", "Ana"]), st.none() | st.sampled_from(["raid", "IED"]),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_marks_are_what_a_slow_look_finds(rows: list[tuple[Any, ...]]) -> None:
    names = ("latitude", "longitude", "geo_precision", "date_start", "place", "event_type")
    held = [dict(zip(names, row, strict=True)) | {"incident_id": str(i)} for i, row in enumerate(rows)]
    frame = conform(pl.DataFrame(held, infer_schema_length=None)) if held else empty_frame()
    places: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in sorted(held, key=lambda row: row["date_start"] or date.min, reverse=True):
        places.setdefault(tuple(row[name] for name in names[:3]), []).append(row)
    expected = {
        (round(place[0] * 1e5), round(place[1] * 1e5), place[2]): (
            len(there), there[0]["incident_id"], next((row["place"] for row in there if row["place"]), None),
            sum(row["event_type"] == "IED" for row in there),
        )
        for place, there in places.items()
    }  # fmt: skip
    found = marks(frame)
    assert {
        row[:3]: (*row[3:6], row[6][3])
        for row in found.select("latitude", "longitude", "geo_precision", "n", "incident_id", "place", "numbers").rows()
    } == expected
