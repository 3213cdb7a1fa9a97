"""GeoJSON, GeoPackage and GeoParquet: what was exported comes back; points in WGS 84; no driver but the one that we name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from shapely import LineString, MultiPoint, Point

from mapping.errors import UnknownFormat, UnreadableFile
from mapping.exports import Metadata, write
from mapping.readers import read
from mapping.schema import COLUMNS, conform
from mapping.validate import validate


def point(longitude: Any, latitude: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


@pytest.fixture
def geojson(tmp_path: Path) -> Any:
    """Write a FeatureCollection and read it."""

    def write_and_read(*features: Any, **members: Any) -> Any:
        file = tmp_path / "a.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}), encoding="utf-8")
        return read(file)

    return write_and_read


# --- there and back

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8).filter(
    lambda text: text.strip(" \u00a0") == text and text.strip()
)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    pl.String(): TEXT, pl.Int64(): st.integers(0, 10**6), pl.Float64(): st.floats(0, 80).map(lambda x: round(x, 7)),
    pl.Date(): st.dates(date(1950, 1, 1), date(2020, 1, 1)), pl.Boolean(): st.booleans(),
}  # fmt: skip


@st.composite
def incidents(draw: st.DrawFn) -> pl.DataFrame:
    """Draw incidents that are valid: what an export of ours may hold."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        row = {
            c.name: draw(st.none() | (st.sampled_from(c.allowed) if c.allowed else VALUES[c.dtype])) for c in COLUMNS
        }
        first, last = sorted(draw(st.tuples(VALUES[pl.Date()], VALUES[pl.Date()])))
        low, best, high = sorted(draw(st.tuples(*[st.integers(0, 99)] * 3)))
        located = draw(st.booleans())
        rows.append(
            row
            | {
                "incident_id": f"id {number}",
                "source_row": number + 2,
                "country_iso2": draw(st.sampled_from(["IQ", "SY", None])),
            }
            | {"date_start": first, "date_end": last, "date_precision": "range", "source_url": "https://example.org/a"}
            | {"fatalities_low": low, "fatalities_best": best, "fatalities_high": high}
            | {
                axis: draw(st.floats(1, 80).map(lambda x: round(x, 7))) if located else None
                for axis in ("latitude", "longitude")
            }
        )
    return conform(pl.DataFrame(rows, infer_schema_length=None))


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "csv", "xlsx", "parquet"])
@settings(max_examples=10)
@given(frame=incidents())
def test_our_own_exports_read_back_unchanged(kind: str, frame: pl.DataFrame) -> None:
    if kind == "xlsx":  # XML has no such characters
        frame = frame.with_columns(pl.col(pl.String).str.replace_all(r"[^\p{L}\p{N}\p{P}\p{S}\p{Zs}]", "x"))
    with TemporaryDirectory() as folder:
        file = Path(folder, f"mine.{kind}")
        write(frame, file, metadata=Metadata(title="Mine"))
        checked = validate(read(file).incidents, file=file.name, today=date(2026, 1, 1))
    assert checked.problems.is_empty()
    assert_frame_equal(checked.accepted, frame)


# --- GeoJSON


def test_values_stay_the_text_that_they_are() -> None:
    file = '{"features": [{"properties": {"a": "007", "b": 1.50, "c": 5, "d": true, "e": null, "f": ["x", 1], "g": "2024-07-16"}}]}'
    with TemporaryDirectory() as folder:
        Path(folder, "a.json").write_text(file, encoding="utf-8")
        raw = read(Path(folder, "a.json")).raw
    assert raw.row(0)[:7] == ("007", "1.50", "5", "true", None, '["x", "1"]', "2024-07-16")


def test_the_first_feature_is_row_2_and_a_null_geometry_is_a_row(geojson: Any) -> None:
    reading = geojson(feature(point(42.44, 33.79), place="Asad"), feature(None, place="Hit"), {"type": "Feature"})
    assert reading.reader == "geofile"
    assert reading.raw.rows() == [("Asad", "33.79", "42.44", 2), ("Hit", None, None, 3), (None, None, None, 4)]


def test_features_may_have_different_properties(geojson: Any) -> None:
    assert geojson(feature(place="Hit"), feature(town="Anah")).raw.select("place", "town").rows() == [
        ("Hit", None),
        (None, "Anah"),
    ]


def test_the_identifier_of_a_feature_is_the_incidents(geojson: Any) -> None:
    assert geojson({**feature(place="Hit"), "id": 7}).incidents["incident_id"].item() == "7"
    assert geojson({**feature(incident_id="x"), "id": 7}).incidents["incident_id"].item() == "x"


def test_a_single_feature(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(feature(point(42, 33), place="Hit")), encoding="utf-8")
    assert read(tmp_path / "a.json").raw.rows() == [("Hit", "33", "42", 2)]


def test_where_geometry_and_properties_differ_the_geometry_is_taken_and_both_are_kept(geojson: Any) -> None:
    reading = geojson(
        feature(point(42.44, 33.79), latitude=33.0, longitude=42.44), feature(None, latitude=1, longitude=2)
    )
    assert reading.incidents.select("latitude", "longitude").rows() == [("33.79", "42.44"), ("1", "2")]
    assert reading.raw["latitude (property)"].to_list() == ["33.0", "1"]
    assert any("1 features have a latitude" in note for note in reading.notes)


def test_lines_and_areas_give_no_point(geojson: Any) -> None:
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    several = {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}
    one = {"type": "MultiPoint", "coordinates": [[42, 33]]}
    empty = {"type": "Point", "coordinates": []}
    reading = geojson(*(feature(shape, place="Hit") for shape in (line, several, one, empty)))
    assert reading.incidents.select("latitude", "longitude").rows() == [
        (None, None),
        (None, None),
        ("33", "42"),
        (None, None),
    ]
    assert any("none was made up for them: 2." in note for note in reading.notes)
    with pytest.raises(UnknownFormat, match="boundaries, not incidents"):
        geojson(feature(line, date="2024-07-16"))


def test_the_older_formats_reference_system_is_heeded(geojson: Any) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
    reading = geojson(feature(point(263000, 3741000), place="Asad"), feature(None, place="Hit"), crs=crs)
    latitude, longitude = reading.incidents.select("latitude", "longitude").row(0)
    assert (float(latitude), float(longitude)) == (pytest.approx(33.78, abs=0.01), pytest.approx(42.44, abs=0.01))
    assert reading.incidents["latitude"][1] is None
    assert any("UTM zone 38N" in note for note in reading.notes)
    with pytest.raises(UnreadableFile, match="reference system that is not known here"):
        geojson(feature(point(1, 2), place="x"), crs={"type": "name", "properties": {"name": "nonsense"}})


def test_half_a_character_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"features": [{"properties": {"place": "a\\ud800b", "n\\udfff": 1}}]}', encoding="utf-8"
    )
    assert read(tmp_path / "a.json").raw.row(0)[:2] == ("a\ufffdb", "1")


@pytest.mark.parametrize(
    "content",
    [
        "{", '{"features": [', '{"features": [{"type": "Feature"}', '{"features": [1]}', '{"features": [{}]} x', '{"features" 5}',
        '{"features": [{} {}]}', '{"a": ' * 100_000, "[1, 2]", '{"features": []}', "{}", '{"type": "Topology", "objects": {}}',
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read x ! write y"}', '{"features": {}}',
    ],
)  # fmt: skip
def test_what_is_no_geojson_is_one_clear_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.geojson").write_text(content, encoding="utf-8")
    with pytest.raises((UnreadableFile, UnknownFormat)) as caught:
        read(tmp_path / "a.geojson")
    assert str(caught.value).startswith("a.geojson")
    assert "\n" not in str(caught.value)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=3), lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "crs", "id", "place"]), x, max_size=4), max_leaves=12))  # fmt: skip
def test_any_json_is_read_or_one_clear_sentence(content: Any) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.geojson")
        file.write_text(json.dumps({"features": [{"properties": {"place": "Hit"}}, content]}), encoding="utf-8")
        try:
            assert read(file).raw.height == 2
        except (UnreadableFile, UnknownFormat) as error:
            assert str(error).startswith("a.geojson")


# --- GeoPackage


def test_a_geopackage_of_others(tmp_path: Path) -> None:
    rows = {"name": ["007", "b", "c"], "when": ["2024-07-16"] * 3, "killed": [1, 0, 3], "share": [0.1, 33.0, 1e-7]}
    shapes = [Point(263000, 3741000), None, MultiPoint([(263000, 3741000)])]
    geopandas.GeoDataFrame(rows, geometry=shapes, crs=32638).to_file(
        tmp_path / "a.gpkg", layer="events", engine="pyogrio"
    )
    geopandas.GeoDataFrame({"x": [1]}, geometry=[Point(1, 2)], crs=4326).to_file(
        tmp_path / "a.gpkg", layer="other", engine="pyogrio"
    )
    (tmp_path / "a.gpkg").rename(tmp_path / "a.dat")  # by what it holds, not by its name
    reading = read(tmp_path / "a.dat")
    assert reading.raw.select("name", "killed", "source_row").rows() == [("007", "1", 2), ("b", "0", 3), ("c", "3", 4)]
    assert [float(value) for value in reading.raw["share"]] == rows["share"]
    places = reading.incidents.select(pl.col("latitude", "longitude").cast(pl.Float64).round(2)).rows()
    assert places == [(33.78, 42.44), (None, None), (33.78, 42.44)]
    assert any('Layer "events" was read; not read: other.' in note for note in reading.notes)


def test_a_geopackage_of_lines_is_no_incidents(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"date": ["2024-07-16"]}, geometry=[LineString([(1, 2), (3, 4)])], crs=4326)
    frame.to_file(tmp_path / "a.gpkg", engine="pyogrio")
    with pytest.raises(UnknownFormat, match="boundaries, not incidents"):
        read(tmp_path / "a.gpkg")


@pytest.mark.parametrize("size", [100, 5_000, 60_000])
def test_a_geopackage_cut_short_is_one_clear_sentence(tmp_path: Path, size: int) -> None:
    write(conform(pl.DataFrame({"place": ["Hit"] * 999})), tmp_path / "a.gpkg", metadata=Metadata(title="x"))
    (tmp_path / "a.gpkg").write_bytes((tmp_path / "a.gpkg").read_bytes()[:size])
    with pytest.raises(UnreadableFile, match=r"^a\.gpkg is no GeoPackage, or damaged"):
        read(tmp_path / "a.gpkg")


def test_a_boundary_file_says_that_it_is_one(shared_data: Path) -> None:
    with pytest.raises(UnknownFormat, match="18 lines or areas and no points"):
        read(shared_data / "boundaries" / "irq_admbnda_adm1_cso_20190603.geojson")


# --- Parquet


def test_a_geoparquet_of_others(tmp_path: Path) -> None:
    rows = {"date": ["2024-07-16"] * 2, "killed": [1, None], "tags": [["a"], ["b"]], "raw": [b"x", b"y"]}
    shapes = [Point(263000, 3741000), None]
    geopandas.GeoDataFrame(rows, geometry=shapes, crs=32638).to_parquet(tmp_path / "a.dat")
    reading = read(tmp_path / "a.dat")
    assert reading.raw.columns == ["date", "killed", "latitude", "longitude", "source_row"]
    assert reading.incidents["fatalities_best"].to_list() == ["1.0", None]
    places = reading.incidents.select(pl.col("latitude", "longitude").cast(pl.Float64).round(2)).rows()
    assert places == [(33.78, 42.44), (None, None)]
    assert any("tags, raw" in note for note in reading.notes)


def test_a_parquet_table_is_a_table(tmp_path: Path) -> None:
    table = pl.DataFrame({"date": [date(2024, 7, 16)], "coords": ["33.79N 42.44E"], "killed": [2], "source_row": ["7"]})
    table.write_parquet(tmp_path / "a.parquet")
    reading = read(tmp_path / "a.parquet")
    assert reading.raw.row(0) == ("2024-07-16", "33.79N 42.44E", "2", "7", 2)
    assert validate(reading.incidents, file="a.parquet").accepted["latitude"].item() == 33.79


@pytest.mark.parametrize("size", [4, 100, 3_000])
def test_a_parquet_cut_short_is_one_clear_sentence(tmp_path: Path, size: int) -> None:
    write(conform(pl.DataFrame({"place": ["Hit"] * 999})), tmp_path / "a.parquet", metadata=Metadata(title="x"))
    (tmp_path / "a.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:size])
    with pytest.raises(UnreadableFile, match=r"^a\.parquet is no Parquet file, or damaged"):
        read(tmp_path / "a.parquet")


def test_a_parquet_without_rows_or_of_lines_is_no_incidents(tmp_path: Path) -> None:
    pl.DataFrame({"date": []}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(UnreadableFile, match="holds no features"):
        read(tmp_path / "a.parquet")
    lines = geopandas.GeoDataFrame({"date": ["2024-07-16"]}, geometry=[LineString([(1, 2), (3, 4)])], crs=4326)
    lines.to_parquet(tmp_path / "a.parquet")
    with pytest.raises(UnknownFormat, match="boundaries, not incidents"):
        read(tmp_path / "a.parquet")
