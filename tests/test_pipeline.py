"""The whole way, on real files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas
import polars as pl
import pytest

import mapping
from data.build.starter import placed
from mapping import pipeline
from mapping.admin import units
from mapping.datasets import shipped
from mapping.errors import UnknownFormat, UnreadableFile
from mapping.query import Filter
from mapping.schema import SCHEMA
from mapping.store import Store

if TYPE_CHECKING:
    from pathlib import Path

STARTER = "incidents/incidents.csv"


@pytest.fixture(scope="module")
def starter() -> pipeline.Processed:
    return pipeline.process(shipped(STARTER))


def test_every_starter_row_goes_on_with_its_id(starter: pipeline.Processed) -> None:
    given = pl.read_csv(shipped(STARTER), infer_schema=False)
    assert starter.incidents["incident_id"].to_list() == given["incident_id"].to_list()
    assert starter.rejects.is_empty()
    assert dict(starter.incidents.schema) == SCHEMA


def test_the_seed_incident_lies_on_its_base(starter: pipeline.Processed) -> None:
    july = Filter.from_params({"province": "IQ-AN", "from": "2024-07-16", "to": "2024-07-16"})[0]
    [row] = july.apply(starter.incidents).to_dicts()
    assert (row["geo_method"], row["geo_precision"], row["adm1_name"], row["adm1_agrees"]) == (
        "site",
        "site",
        "Anbar",
        True,
    )
    assert row["latitude"] == pytest.approx(33.7856, abs=0.01)
    assert row["longitude"] == pytest.approx(42.4412, abs=0.01)
    assert row["fatalities_best"] == 0


def test_each_point_lies_in_a_province_of_its_own_country(starter: pipeline.Processed) -> None:
    placed = starter.incidents.filter(pl.col("latitude").is_not_null())
    joined = placed.join(units().select("adm1_code", unit_country="country_iso2"), on="adm1_code", how="left")
    assert joined.height == placed.height > 100
    assert joined.filter(pl.col("country_iso2").ne_missing(pl.col("unit_country")))["incident_id"].to_list() == []


def test_no_row_at_province_or_country_level_has_a_point(starter: pipeline.Processed) -> None:
    coarse = starter.incidents.filter(pl.col("geo_precision").is_in(["province", "country", "none"]))
    assert coarse.height > 0
    assert coarse["latitude"].is_null().all()


def test_every_row_says_why(starter: pipeline.Processed) -> None:
    assert starter.incidents["geo_reason"].is_not_null().all()
    assert starter.incidents["geo_precision"].is_not_null().all()


@pytest.mark.parametrize(("name", "rows"), [("ged_v23_1_sample.csv", 972), ("ged_syria_2016_2017.csv", 11_757)])
def test_every_ucdp_row_is_accounted_for_and_agrees(shared_data: Path, name: str, rows: int) -> None:
    done = pipeline.process(shared_data / "ucdp" / name)
    assert done.reading.reader == "ucdp"
    assert done.incidents.height + done.rejects.height == rows
    assert done.incidents["geo_precision_source"].is_not_null().all()
    fine = done.incidents.filter(
        pl.col("geo_precision_source").is_in(["1", "2", "3"]), pl.col("adm1_agrees").is_not_null()
    )
    assert fine["adm1_agrees"].mean() >= 0.97


def test_python_gives_a_frame_that_geopandas_takes() -> None:
    incidents = mapping.read_incidents(shipped(STARTER))
    assert isinstance(incidents, geopandas.GeoDataFrame)
    assert incidents.crs.to_epsg() == 4326
    assert "leaflet" in incidents.explore("event_type").get_root().render()


def test_kept_rows_come_back_with_the_shipped_ones(tmp_path: Path) -> None:
    done = pipeline.process(shipped("examples/ucdp_ged_23_1_iraq_syria.csv"))
    with Store(tmp_path) as store:
        version = pipeline.keep(done, store, name="GED slice", licence="")
        both = pipeline.atlas(store)
        raw = pipeline.raw_row(store, "GED slice", version.version, 2)
    mine = both.filter(pl.col("dataset") == "GED slice")
    assert mine.height == done.incidents.height > 100
    assert both.height == mine.height + pipeline.shipped_incidents().height
    assert mine["licence"].unique().to_list() == ["CC BY 4.0"]
    assert raw["id"] == done.incidents["incident_id"][0]


@pytest.mark.parametrize("ending", list(pipeline.FORMATS))
def test_every_ending_writes_the_rows(starter: pipeline.Processed, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    pipeline.export(starter.incidents, target)
    assert target.stat().st_size > 10_000


def test_geojson_names_filter_counts_and_boundaries(starter: pipeline.Processed, tmp_path: Path) -> None:
    chosen = Filter(provinces=("IQ-AN",))
    rows = chosen.apply(starter.incidents)
    pipeline.export(rows, tmp_path / "out.geojson", filter=chosen)
    written = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert [feature["id"] for feature in written["features"]] == rows["incident_id"].to_list()
    assert written["metadata"]["filter"] == {"province": "IQ-AN"}
    assert written["metadata"]["counts"]["shown"] == rows.height
    assert "Natural Earth" in written["metadata"]["boundaries"]["source"]


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", UnreadableFile), (b"\x89PNG\r\n\x1a\n" + bytes(200), UnreadableFile), (b"a,b\n1,2\n", UnknownFormat)],
)
def test_an_unreadable_file_is_one_sentence(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(error, match=r"bad\.csv"):
        pipeline.process(path)


def test_a_point_far_outside_its_country_teaches_no_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "date,country,province,place,lat,lon\n2024-01-01,Iraq,Anbar,Tel Qasr Farm,33.2,42.1\n"
        "2024-01-01,Iraq,Anbar,Faraway Farm,48.5,35.1\n",
        encoding="utf-8",
    )
    with Store(tmp_path / "store") as store:
        pipeline.learn_names(pipeline.process(file), store, name="Mine", licence="CC0")
        assert pipeline.names_table(store)["name"].to_list() == ["Tel Qasr Farm"]


def test_the_shipped_incidents_are_what_the_pipeline_makes_of_their_file() -> None:
    made = placed()  # differs: run python data/build/starter.py
    assert pipeline.shipped_incidents().equals(made)
    assert pipeline.shipped_incidents().schema == made.schema
