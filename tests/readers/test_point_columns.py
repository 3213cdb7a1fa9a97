"""A table whose one column holds both coordinates, or whose three hold a UTM grid: known by heading and by content."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import polars as pl
import pytest

from mapping.pipeline import process
from mapping.readers import read

if TYPE_CHECKING:
    from pathlib import Path

HERE = (33.79, 42.44)


def written(folder: Path, headings: list[str], *rows: list[str]) -> Path:
    path = folder / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings, *rows])
    return path


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Coordinates", "33.79, 42.44"), ("coords", "33.79N 42.44E"), ("Lat/Long", "33.79 42.44"), ("lon, lat", "42.44, 33.79"),
        ("GPS", "33°47'24\"N 42°26'24\"E"), ("geom", "POINT (42.44 33.79)"), ("Location", "33.79, 42.44"),
        ("seen at", "33.79, 42.44"), ("الإحداثيات", "٣٣٫٧٩ ٤٢٫٤٤"), ("latitude", "33.79, 42.44"),
    ],
)  # fmt: skip
def test_one_column_of_coordinates_is_known(heading: str, cell: str, tmp_path: Path) -> None:
    found = process(written(tmp_path, ["date", "city", heading], ["2024-07-16", "Hit", cell])).incidents
    assert found.select("latitude", "longitude").row(0) == pytest.approx(HERE, abs=1e-9)
    assert found.select("place", "geo_method", "adm1_code").row(0) == ("Hit", "source", "IQ-AN")
    assert found["radius_km"].item() in (0.724, 0.021)


@pytest.mark.parametrize(
    ("heading", "cell"), [("MGRS", "38S KC 540 410"), ("UTM", "38N 254000 3741000"), ("Grid", "38SKC54004100")]
)
def test_a_grid_in_one_column_is_known(heading: str, cell: str, tmp_path: Path) -> None:
    found = process(written(tmp_path, ["date", heading], ["2024-07-16", cell])).incidents
    assert found.select("latitude", "longitude").row(0) == pytest.approx((33.7806, 42.3433), abs=1e-3)


@pytest.mark.parametrize(
    ("heading", "cell"), [("grid", "off"), ("position", "guard"), ("Location", "Hit"), ("point", "")]
)
def test_a_column_without_a_coordinate_is_none(heading: str, cell: str, tmp_path: Path) -> None:
    path = written(tmp_path, ["date", heading], ["2024-07-16", cell])
    assert "coordinates" not in read(path).incidents.columns


def test_a_column_of_places_with_one_coordinate_stays_places(tmp_path: Path) -> None:
    path = written(tmp_path, ["date", "location"], ["2024-07-16", "Hit"], ["2024-07-17", "33.79, 42.44"])
    assert read(path).headings["place"] == "location"


def test_every_bad_cell_is_told_and_the_raw_value_kept(tmp_path: Path) -> None:
    rows = ["33.79, 42.44", "0, 0", "somewhere", "", "95.5, 200.5", "133.5, 33.5"]
    path = written(tmp_path, ["date", "Lat, Lon"], *(["2024-07-16", cell] for cell in rows))
    done = process(path)
    told = done.problems.select("row", "column", "value", "rejected").rows()
    assert told == [
        (3, "Lat, Lon", "0, 0", False), (4, "Lat, Lon", "somewhere", True), (6, "Lat, Lon", "95.5, 200.5", True),
        (7, "Lat, Lon", "133.5, 33.5", False),
    ]  # fmt: skip
    assert all(done.problems["message"].str.len_chars() > 30)
    assert done.rejects["Lat, Lon"].to_list() == ["somewhere", "95.5, 200.5"]
    assert done.reading.raw["Lat, Lon"].to_list() == [cell or None for cell in rows]


def test_latitude_and_longitude_of_their_own_go_first(tmp_path: Path) -> None:
    headings = ["date", "lat", "lon", "coordinates"]
    path = written(
        tmp_path, headings, ["2024-07-16", "36.3", "43.1", "33.79, 42.44"], ["2024-07-16", "", "", "33.79, 42.44"]
    )
    assert process(path).incidents.select("latitude", "longitude").rows() == [(36.3, 43.1), HERE]


def test_points_of_one_column_are_held_against_the_country(tmp_path: Path) -> None:
    path = written(tmp_path, ["date", "country", "coords"], ["2024-07-16", "Iraq", "43.3, 33.4"])
    problems = process(path).problems.filter(pl.col("message").str.contains("with latitude and longitude exchanged"))
    assert problems.select("row", "column").rows() == [(2, "coords")]


def test_a_point_far_outside_the_country_is_remarked_upon(tmp_path: Path) -> None:
    rows = [("Iraq", "48.5, 35.1"), ("Sudan", "36N 0 0"), ("Iraq", "33.79, 42.44"), ("Syria", "36.95, 38.35")]
    path = written(tmp_path, ["date", "country", "coords"], *(["2024-07-16", *row] for row in rows))
    problems = process(path).problems.filter(pl.col("message").str.contains("far outside the country stated"))
    assert problems.select("row", "column", "rejected").rows() == [(2, "coords", False), (3, "coords", False)]


def test_a_middle_of_a_country_that_lies_abroad_is_not_remarked_upon(tmp_path: Path) -> None:
    path = written(
        tmp_path, ["date", "country", "coords", "geo_precision"], ["2024-07-16", "Iraq", "48.5, 35.1", "country"]
    )
    assert not process(path).problems["message"].str.contains("outside the country").any()


def test_a_radius_or_precision_of_the_file_stands(tmp_path: Path) -> None:
    rows = [["33.79, 42.44", "3", ""], ["33.79, 42.44", "", ""]]
    found = process(written(tmp_path, ["coords", "radius_km", "geo_precision"], *rows)).incidents
    assert found["radius_km"].to_list() == [3.0, None]
    found = process(
        written(tmp_path, ["coords", "geo_precision"], ["33.79, 42.44", "town"], ["33.79, 42.44", ""])
    ).incidents
    assert found["radius_km"].to_list() == [5.0, 0.724]


def test_easting_northing_and_zone_are_read_together(tmp_path: Path) -> None:
    rows = [["254000", "3741000", "38N"], ["254000", "", "38N"], ["", "", "38N"], ["254000", "3741000", "38"]]
    done = process(
        written(tmp_path, ["date", "Easting", "Northing", "UTM Zone"], *(["2024-07-16", *row] for row in rows))
    )
    assert done.incidents["latitude"].round(4).to_list() == [33.7806, None, 33.7806]
    assert done.problems.select("row", "column", "value", "rejected").rows() == [
        (3, "Easting", "38N 254000", True), (5, "Easting", "38 254000 3741000", False),
    ]  # fmt: skip
    assert not any("left as they are" in note for note in done.reading.notes)


def test_the_users_own_table_may_name_it(tmp_path: Path) -> None:
    path = written(
        tmp_path, ["date", "spot"], ["2024-07-16", "33.79, 42.44"], ["2024-07-17", "here"], ["2024-07-18", "there"]
    )
    reading = read(path, columns={"spot": "coordinates"})
    assert reading.incidents["coordinates"].to_list() == ["33.79, 42.44", "here", "there"]


def test_degrees_minutes_and_seconds_in_two_columns(tmp_path: Path) -> None:
    rows = [
        ["33°47'24\"N", "42°26'24\"E"],
        ["N 33 47.4", "E 42 26.4"],
        ["334724N", "0422624E"],
        ["33d47m24s", "42d26m24s"],
    ]
    found = process(written(tmp_path, ["lat", "lon"], *rows)).incidents
    assert found.select(pl.col("latitude", "longitude").round(6)).rows() == [HERE] * 4
