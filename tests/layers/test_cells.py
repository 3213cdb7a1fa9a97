"""Cells add up, whatever their size; what is drawn for a view and what is left out are all the rows."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.layers import gathered
from mapping.layers.cells import SIZES, cell_columns, cell_size
from mapping.layers.click import View
from mapping.layers.gathered import Gathered
from mapping.layers.mapstyle import MapStyle
from mapping.layers.payload import gather, payload
from mapping.layers.pyramid import pyramid
from mapping.layers.sight import Box, covered, in_sight, opening_view
from mapping.schema import EVENT_TYPES, GEO_PRECISIONS, conform

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
points = st.lists(st.tuples(degrees, st.integers(0, 6)), max_size=60)


def spotted(given_points: list[tuple[tuple[float, float], int]]) -> pl.DataFrame:
    rows = [(round(lat * 1e5), round(lon * 1e5), group % 5, group) for (lat, lon), group in given_points]
    schema = {"latitude": pl.Int32, "longitude": pl.Int32, "precision": pl.Int8, "group": pl.Int8}
    return pl.DataFrame(rows, schema=schema, orient="row")


def plainly(rows: pl.DataFrame, box: Box, size: float) -> dict[tuple[int, int], list[int]]:
    """Count by hand what lies in the cells that a box touches."""
    step, counted = round(size * 1e5), {}
    south, north = ((round(edge * 1e5) + 9_000_000) // step for edge in box[1::2])
    for latitude, longitude, _, group in rows.rows():
        y, x = (latitude + 9_000_000) // step, (longitude + 18_000_000) // step
        turns = ((round(box[0] * 1e5) + turn) // step <= x <= (round(box[2] * 1e5) + turn) // step for turn in TURNS)
        if south <= y <= north and any(turns):
            counted.setdefault((y, x), [0] * 7)[group] += 1
    return counted


TURNS = (-18_000_000, 18_000_000, 54_000_000)
boxes = st.tuples(st.floats(-270, 170), st.floats(-90, 89), st.floats(0.01, 359.9), st.floats(0.01, 120)).map(
    lambda edges: (edges[0], edges[1], edges[0] + edges[2], min(90.0, edges[1] + edges[3]))
)


@given(points, boxes, st.sampled_from(SIZES))
def test_the_cells_of_a_box_are_those_counted_by_hand(given_points: list[Any], box: Box, size: float) -> None:
    rows = spotted(given_points)
    y, x, numbers = pyramid(rows).cells(box, size, groups=7)
    assert len(set(zip(y.tolist(), x.tolist(), strict=True))) == len(y)
    assert dict(zip(zip(y.tolist(), x.tolist(), strict=True), numbers.tolist(), strict=True)) == plainly(
        rows, box, size
    )


@given(points, st.integers(0, 60))
def test_places_are_counted_whatever_their_group(given_points: list[Any], most: int) -> None:
    rows = spotted(given_points)
    places = rows.unique(["latitude", "longitude", "precision"]).height
    assert pyramid(rows).has_more_places(most) == (places > most)


@given(points, st.sampled_from(SIZES))
def test_the_numbers_of_cells_add_up(given_points: list[Any], size: float) -> None:
    told = cell_columns(pyramid(spotted(given_points)).cells((-180, -90, 180, 90), size, groups=7), size)
    assert sum(told["n"]) == len(given_points)
    assert [sum(numbers) for numbers in told["numbers"]] == told["n"] == sorted(told["n"], reverse=True)


def test_cells_shrink_as_the_reader_goes_nearer() -> None:
    sizes = [cell_size(zoom) for zoom in range(16)]
    assert sizes == sorted(sizes, reverse=True)
    assert set(sizes) <= set(SIZES)


def crowd(n: int = 400) -> pl.DataFrame:
    precisions = ["site", "town", "near", "province", "country"]
    rows = [
        {
            "incident_id": f"x/{i}", "latitude": 30 + (i * 7 % n) / n * 6, "longitude": 39 + i / n * 8, "country_iso2": "IQ",
            "geo_precision": precisions[i % 5], "event_type": EVENT_TYPES[i % 19], "adm1_code": "IQ-AN", "actor1": f"{{{{ {i % 9} }}}}",
        }
        for i in range(n)
    ]  # fmt: skip
    return conform(pl.DataFrame(rows))


@pytest.mark.parametrize("most", [0, 10, 60, 1000])
@pytest.mark.parametrize("view", [View(39, 30, 47, 36, 6), View(40, 31, 41, 32, 9), View(-80, -10, -70, 0, 5)])
@pytest.mark.parametrize("style", [MapStyle(), MapStyle(colour="actor", density=True)])
def test_what_is_drawn_and_what_is_left_out_are_all(
    monkeypatch: pytest.MonkeyPatch, most: int, view: View, style: MapStyle
) -> None:
    monkeypatch.setattr(gathered, "MOST_MARKS", most)
    told = payload(crowd(), view=view, style=style)
    drawn = sum(told["marks"]["n"]) + sum(told["cells"]["n"] if told["cells"] else ())
    counts = told["counts"]
    assert counts["rows"] == 400 and counts["placed"] == 240 and counts["vague"] == 80
    around = spots_around(view)
    if told["cells"]:
        assert around <= drawn <= 240 and drawn == sum(told["cells"]["n"])
    else:
        assert drawn == (around if told["seen"] and most < 240 else 240)
    if style.density:
        assert sum(told["density"]["n"]) <= drawn


def spots_around(view: View) -> int:
    west, south, east, north = covered(view)
    placed = crowd().filter(pl.col("geo_precision").is_in(["site", "town", "near"]))
    return placed.filter(pl.col("longitude").is_between(west, east), pl.col("latitude").is_between(south, north)).height


def test_many_at_one_spot_are_one_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "MOST_MARKS", 3)
    one = {"latitude": 33.0, "longitude": 43.0, "geo_precision": "site"}
    told = payload(conform(pl.DataFrame([one | {"incident_id": str(i)} for i in range(50)])))
    assert told["marks"]["n"] == [50] and told["cells"] is None and told["seen"] is None


def test_the_chosen_one_among_cells_is_a_position(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "MOST_MARKS", 3)
    told = payload(crowd(), selected="x/0", view=View(39, 30, 47, 36, 6))
    assert told["cells"] and told["mark"] == -1 and told["position"] == [39.0, 30.0] and told["province"] is None


def test_vocabularies_may_be_enum_or_categorical(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = crowd().with_columns(adm1_agrees=pl.lit(False), adm1_claimed=pl.lit("Anbar"))
    narrow = frame.with_columns(
        pl.col("geo_precision").cast(pl.Enum(GEO_PRECISIONS)), pl.col("event_type").cast(pl.Enum(EVENT_TYPES)),
        pl.col("adm1_code", "adm2_code", "actor1", "country_iso2", "adm1_claimed", "place", "matched_name").cast(pl.Categorical),
    )  # fmt: skip
    every = MapStyle(colour="actor", density=True, sites=True, mismatches=True)
    for style in (every, MapStyle()):
        assert payload(narrow, style=style, selected="x/3") == payload(frame, style=style, selected="x/3")
        monkeypatch.setattr(gathered, "MOST_MARKS", 20)


@pytest.mark.parametrize("style", [MapStyle(), MapStyle(colour="actor", density=True, mismatches=True)])
def test_what_was_kept_is_drawn_the_same(monkeypatch: pytest.MonkeyPatch, style: MapStyle) -> None:
    monkeypatch.setattr(gathered, "MOST_MARKS", 10)
    view, frame = View(39, 30, 47, 36, 6), crowd().with_columns(adm1_agrees=pl.lit(False))
    rows = gather(frame, style)
    kept = Gathered.of(frame, rows.colouring, rows.arrays())
    for each in (rows, kept):
        assert payload(each, style=style, view=view, caption=[]) == payload(frame, style=style, view=view, caption=[])


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(0.01, 300), st.floats(0.01, 100))
def test_what_lies_in_view_is_covered(west: float, south: float, width: float, height: float) -> None:
    east = (west + width + 180) % 360 - 180
    box = covered(View(west, south, east, min(90, south + height), 5))
    inside = (west + width * 0.5 + 180) % 360 - 180
    at = pl.DataFrame(
        {"latitude": [round((south + min(90, south + height)) / 2 * 1e5)], "longitude": [round(inside * 1e5)]}
    )
    assert at.select(seen=in_sight(box)).item()


def test_a_map_that_opens_is_given_what_its_reader_will_see() -> None:
    view = opening_view(None, at=(33.0, 43.0, 8.0))
    assert view.west < 43 < view.east and view.south < 33 < view.north and view.zoom == 8
