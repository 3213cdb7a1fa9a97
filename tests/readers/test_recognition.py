"""A file is known by its columns and by what it holds, never by its name."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mapping.datasets import shipped
from mapping.errors import InvalidValue
from mapping.exports import Metadata, write
from mapping.readers import read, read_table
from mapping.schema import conform
from mapping.validate import validate

# Invented rows, in the layout of the source.
UCDP = {
    "id": "1",
    "type_of_violence": "1",
    "dyad_name": "A - B",
    "where_prec": "1",
    "date_prec": "1",
    "date_start": "2016-01-01",
}
ACLED = {"event_id_cnty": "IRQ1", "event_date": "2024-07-16", "event_type": "Battles", "timestamp": "1", "actor1": "A"}
GTD = {"eventid": "201601010001", "iyear": "2016", "imonth": "1", "iday": "1"}
PLAIN = {"date": "2024-07-16", "event_type": "raid", "actor1": "A", "id": "1"}
LAYOUTS = {"ucdp": UCDP, "acled": ACLED, "gtd": GTD, "table": PLAIN}


def table(*rows: dict[str, str], separator: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("reader", LAYOUTS)
@pytest.mark.parametrize("name", ["acled.csv", "gtd.xlsx", "ucdp", "a.geojson", "mine.txt"])
def test_columns_tell_the_format_and_the_name_does_not(tmp_path: Path, reader: str, name: str) -> None:
    (tmp_path / name).write_text(table(LAYOUTS[reader], separator=";"), encoding="utf-8-sig")
    reading = read(tmp_path / name)
    assert reading.reader == reader
    assert reading.published == (reader != "table")
    assert reading.redistributable == (reader in ("ucdp", "table"))
    assert bool(reading.citation) == bool(reading.licence) == (reader != "table")


@pytest.mark.parametrize("reader", LAYOUTS)
def test_a_format_is_known_in_a_geojson_too(tmp_path: Path, reader: str) -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [42.44, 33.79]},
        "properties": LAYOUTS[reader],
    }
    (tmp_path / "a.csv").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    reading = read(tmp_path / "a.csv")
    assert reading.reader == ("geofile" if reader == "table" else reader)
    assert reading.incidents.select("latitude", "longitude").row(0) == ("33.79", "42.44")


def test_the_users_own_table_of_columns_makes_it_a_plain_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(ACLED), encoding="utf-8")
    reading = read(tmp_path / "a.csv", columns={"event_id_cnty": "incident_id"})
    assert (reading.reader, reading.incidents["incident_id"].item()) == ("table", "IRQ1")


def test_a_row_that_a_newer_one_replaces_stays_behind_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(ACLED, {**ACLED, "timestamp": "2"}), encoding="utf-8")
    reading = read(tmp_path / "a.csv")
    assert reading.incidents["source_row"].to_list() == [3]
    assert reading.malformed.select("row", "message", "rejected").row(0) == (
        2, "Row 3 is a newer version of this incident, and was taken. Take this row out.", True,
    )  # fmt: skip


def test_a_wrong_order_of_dates_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="Allowed: dmy, mdy, ymd"):
        read(tmp_path / "none.csv", date_order="dym")


def test_the_starter_incidents_are_all_accepted() -> None:
    file = shipped("incidents/incidents.csv")
    reading = read(file)
    checked = validate(reading.incidents, file=file.name)
    assert (reading.reader, checked.accepted.height, reading.malformed.height) == ("table", 250, 0)
    assert checked.accepted["incident_id"].to_list() == pl.read_csv(file, infer_schema=False)["incident_id"].to_list()
    assert not checked.problems["rejected"].any()
    assert checked.accepted["country_iso2"].null_count() == 0
    assert checked.accepted["event_type_source"].null_count() == 250


@pytest.mark.parametrize("name", ["ged_syria_2016_2017.csv", "ged_v23_1_sample.csv"])
def test_every_row_of_the_ucdp_files_goes_on(shared_data: Path, name: str) -> None:
    file = shared_data / "ucdp" / name
    reading = read(file)
    checked = validate(reading.incidents, file=name, published=reading.published)
    assert checked.accepted.height == reading.raw.height == pl.read_csv(file, infer_schema=False).height


def test_any_table_can_be_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("colour,source_row,size\nred,9,007\n", encoding="utf-8")
    assert read_table(tmp_path / "a.csv").rows(named=True) == [{"colour": "red", "source_row": "9", "size": "007"}]


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "csv", "xlsx", "parquet"])
def test_exports_are_known_under_any_name(tmp_path: Path, kind: str) -> None:
    write(conform(pl.DataFrame({"place": ["Hit"]})), tmp_path / f"a.{kind}", metadata=Metadata(title="x"))
    renamed: Any = (tmp_path / f"a.{kind}").rename(tmp_path / "b.tmp")
    assert read(renamed).incidents["place"].item() == "Hit"
