"""Boundaries of the user's own, in use: districts, a new province, what is stored, said and taken back."""

from __future__ import annotations

import json
import pathlib
import re
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import polars as pl
import pytest
import shapely
import typer.main
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from mapping import admin, cli, pipeline
from mapping.admin.sets import SHIPPED, Sets
from mapping.errors import InvalidValue, StoreError, UnknownDataset
from mapping.geocoder import geocode
from mapping.query import Filter
from mapping.schema import conform
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HALABJA = (45.99, 35.18)
COD = "boundaries/irq_admbnda_adm{}_cso_20190603.geojson"
TERMS = {"country": "IQ", "licence": "CC BY-IGO"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def nineteen(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Iraq's provinces with Halabja, taken out of Sulaymaniyah as it was in 2014."""
    provinces, districts = (gpd.read_file(shared_data / COD.format(level)) for level in (1, 2))
    halabja = districts[districts["ADM2_EN"].eq("Halabcha")].geometry.union_all()
    whole = provinces["ADM1_EN"].str.contains("Sulaymaniyah")
    provinces.loc[whole, "geometry"] = provinces.loc[whole, "geometry"].difference(halabja)
    new = {"ADM1_EN": ["Halabja"], "ADM1_AR": ["حلبجة"], "ADM1_PCODE": ["IQG19"], "validOn": provinces["validOn"][:1]}
    both = pd.concat([provinces, gpd.GeoDataFrame(new, geometry=[halabja], crs=provinces.crs)])
    path = tmp_path_factory.mktemp("boundaries") / "nineteen.geojson"
    both[[*new, "geometry"]].to_file(path)
    return path


@pytest.fixture
def districts(store: Store, shared_data: Path) -> Iterator[Store]:
    """A store whose districts of Iraq are in use."""
    pipeline.add_boundaries(store, shared_data / COD.format(2), level="adm2", name="COD-AB", **TERMS)
    with pipeline.using_own(store):
        yield store


@pytest.fixture
def halabja(store: Store, nineteen: Path) -> Iterator[Store]:
    """A store whose nineteen provinces of Iraq are in use."""
    pipeline.add_boundaries(store, nineteen, level="adm1", name="Nineteen", **TERMS)
    with pipeline.using_own(store):
        yield store


def rows(**columns: list[object]) -> pl.DataFrame:
    return conform(pl.DataFrame({"country_iso2": "IQ", **columns}))


def test_without_sets_there_are_no_districts() -> None:
    assert admin.in_use() is SHIPPED
    assert admin.districts().is_empty()
    joined = admin.join_boundaries(rows(longitude=[42.44], latitude=[33.79]))
    assert joined.select("adm1_code", "adm2_code", "adm2_name").row(0) == ("IQ-AN", None, None)


@pytest.mark.usefixtures("districts")
def test_a_point_lies_in_its_district_and_its_province() -> None:
    joined = admin.join_boundaries(rows(longitude=[42.44, 43.13, 37.0], latitude=[33.79, 36.34, 36.2]))
    assert joined.select("adm1_code", "adm2_code", "adm2_name").rows() == [
        ("IQ-AN", "IQG01Q07", "Heet"),
        ("IQ-NI", "IQG15Q05", "Al-Mosul"),
        ("SY-HL", None, None),
    ]
    assert admin.districts().height == 101
    assert admin.districts()["adm1_code"].null_count() == 0


@pytest.mark.usefixtures("districts")
def test_a_point_that_stands_for_more_than_a_district_gets_none() -> None:
    precisions = ["site", "district", "province", "area", "country"]
    vague = rows(longitude=[42.44] * 5, latitude=[33.79] * 5, geo_precision=precisions)
    assert admin.join_boundaries(vague)["adm2_code"].to_list() == ["IQG01Q07", "IQG01Q07", None, None, None]


def test_districts_are_those_of_sjoin(districts: Store) -> None:
    (own,) = districts.boundaries.in_use().at("adm2")
    rng = np.random.default_rng(5)
    x, y = rng.uniform(38.5, 49, 4000), rng.uniform(29, 37.5, 4000)
    areas = gpd.GeoDataFrame(
        own.units.select("adm2_code").to_pandas(), geometry=shapely.from_wkb(own.units["geometry"]), crs=4326
    )
    points = gpd.GeoDataFrame(geometry=shapely.points(x, y), crs=4326)
    expected = gpd.sjoin(points, areas, how="left", predicate="intersects").groupby(level=0)["adm2_code"].first()
    found = admin.join_boundaries(rows(longitude=x.tolist(), latitude=y.tolist()))["adm2_code"].to_pandas()
    differs = expected.fillna("") != found.fillna("")
    assert expected[differs].isna().all(), "all that differs lies within a kilometre of a district, in none"
    assert differs.mean() < 0.005


@pytest.mark.usefixtures("districts")
@pytest.mark.parametrize(
    ("province", "district", "code"),
    [
        ("Anbar", "Heet", "IQG01Q07"),
        ("Anbar", "هيت", "IQG01Q07"),
        ("Anbar", "Hit district", "IQG01Q07"),
        ("Nineveh", "قضاء سنجار", "IQG15Q07"),
        ("Nineveh", "Qaḑā’ al Mawşil", "IQG15Q05"),
        (None, "Al-Baaj", "IQG15Q02"),
        ("Mosul", "Al-Baaj", "IQG15Q02"),
        ("Diyala", "Khanaqin district", "IQG10Q05"),
        ("Basra", "Heet", None),
        ("Anbar", "Nowhere", None),
        ("Anbar", None, None),
    ],
)
def test_a_stated_district_is_found_by_any_of_its_names(
    province: str | None, district: str | None, code: str | None
) -> None:
    asked = rows(adm1_claimed=[province], adm2_claimed=[district], place=["unheard-of place"])
    placed = admin.place_in_districts(geocode(asked))
    found = placed.row(0, named=True)
    assert found["adm2_code"] == code
    if code:
        assert (found["geo_precision"], found["latitude"], found["longitude"]) == ("district", None, None)
        assert found["radius_km"] > 10
        assert "(COD-AB, 2019-06-03)" in found["geo_reason"]
    assert admin.join_boundaries(placed)["adm2_code"].to_list() == [code]


@pytest.mark.usefixtures("districts")
def test_what_is_known_better_or_decided_by_hand_stays() -> None:
    held = geocode(rows(place=["Ain al-Asad", "Ramadi", None], adm1_claimed=["Anbar"] * 3, adm2_claimed=["Ana"] * 3))
    decided = held[:1].with_columns(geo_method=pl.lit("manual"), geo_precision=pl.lit("province"), latitude=None)
    assert admin.place_in_districts(held[:2]).equals(held[:2])
    assert admin.place_in_districts(decided).equals(decided)
    assert admin.place_in_districts(held)["geo_precision"].to_list() == ["site", "town", "district"]


@pytest.mark.usefixtures("halabja")
def test_halabja_is_a_province() -> None:
    iraq = admin.units().filter(pl.col("country_iso2") == "IQ")
    assert iraq.height == 19
    assert iraq.filter(pl.col("adm1_code") == "IQG19").select("adm1_name", "region_code").row(0) == ("Halabja", "IQ-KR")
    joined = admin.join_boundaries(rows(longitude=[HALABJA[0]], latitude=[HALABJA[1]], adm1_claimed=["Halabja"]))
    assert joined.select("adm1_code", "adm1_name", "adm1_agrees").row(0) == ("IQG19", "Halabja", True)
    names = pl.Series(["Halabja governorate", "حلبجة", "IQG19", "Sulaymaniyah", "Slemani"])
    codes = ["IQG19", "IQG19", "IQG19", "IQ-SU", "IQ-SU"]
    assert admin.resolve_province(names, pl.Series(["IQ"] * 5)).to_list() == codes
    assert admin.resolve_province(names, pl.Series([None] * 5, dtype=pl.String)).to_list() == codes
    assert geocode(rows(place=["Halabja province"]))["adm1_code"].to_list() == ["IQG19"]
    found = geocode(rows(place=["Halabja town", "Halabja town"], adm1_claimed=["Halabja", "Baghdad"]))
    assert found.select("geo_precision", "adm1_code").rows() == [("town", "IQG19"), ("province", "IQ-BG")]


@pytest.mark.usefixtures("halabja")
def test_the_filter_knows_halabja() -> None:
    chosen, complaints = Filter.from_params({"province": "Halabja"})
    assert (chosen.provinces, complaints) == (("IQG19",), [])
    joined = admin.join_boundaries(rows(longitude=[45.99, 44.4], latitude=[35.18, 33.3], geo_precision=["town"] * 2))
    assert chosen.apply(joined).height == 1


@pytest.mark.usefixtures("halabja")
def test_every_unit_lies_where_it_says() -> None:
    units = admin.units()
    assert units["adm1_code"].is_sorted()
    assert units["adm1_code"].is_unique().all()
    assert admin.geometries()["adm1_code"].tolist() == units["adm1_code"].to_list()
    at = admin.locate(units["longitude"].to_numpy(), units["latitude"].to_numpy())
    elsewhere = units.filter(pl.Series(at != np.arange(len(at))))
    assert elsewhere["country_iso2"].is_in(["IQ"]).sum() == 0
    assert elsewhere.is_empty(), "no province of a neighbour is lost to the new borders"


@given(st.floats(30, 55), st.floats(25, 42))
def test_only_the_country_and_its_borders_change(halabja_sets: Sets, longitude: float, latitude: float) -> None:
    def country() -> str | None:
        unit = int(admin.locate(np.array([longitude]), np.array([latitude]))[0])
        return admin.units()["country_iso2"][unit] if unit >= 0 else None

    before = country()
    with admin.using(halabja_sets):
        after = country()
    assert before == after or "IQ" in (before, after)


@pytest.fixture(scope="session")
def halabja_sets(nineteen: Path, tmp_path_factory: pytest.TempPathFactory) -> Sets:
    with Store(tmp_path_factory.mktemp("home")) as store:
        pipeline.add_boundaries(store, nineteen, level="adm1", **TERMS)
        return store.boundaries.in_use()


def test_stored_rows_follow_the_boundaries(store: Store, nineteen: Path, shared_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(
        "date,event_type,country,province,district,place,latitude,longitude\n"
        "2024-07-16,raid,IQ,Halabja,,,,\n"
        "2024-07-16,raid,IQ,Halabja,,a point,35.18,45.99\n"
        "2024-07-16,raid,IQ,Anbar,Heet,unheard-of place,,\n",
        encoding="utf-8",
    )

    def held() -> list[tuple[str, ...]]:
        found = pipeline.atlas(store).filter(pl.col("dataset") == "mine")
        return found.select("adm1_code", "geo_precision", "adm2_code").rows()

    pipeline.keep(pipeline.process(file, dataset="mine"), store, name="mine", licence="CC0")
    before = held()
    assert [row[0] for row in before] == ["IQ-SU", "IQ-SU", "IQ-AN"]
    pipeline.add_boundaries(store, nineteen, level="adm1", name="nineteen", **TERMS)
    pipeline.add_boundaries(store, shared_data / COD.format(2), level="adm2", name="districts", **TERMS)
    expected = [("IQG19", "province", None), ("IQG19", "site", "IQG06Q05"), ("IQ-AN", "district", "IQG01Q07")]
    assert held() == expected
    with pipeline.using_own(store):
        pipeline.keep(pipeline.process(file, dataset="mine"), store, name="mine", licence="CC0")
    assert held() == expected
    store.boundaries.remove("nineteen")
    store.boundaries.remove("districts")
    assert held() == before


def test_a_row_keeps_no_province_that_is_gone(store: Store, nineteen: Path) -> None:
    decided = rows(place=["X"], adm1_code=["IQG19"], geo_precision=["province"])
    pipeline.add_boundaries(store, nineteen, level="adm1", **TERMS)
    with pipeline.using_own(store):
        assert admin.join_boundaries(decided)["adm1_name"].to_list() == ["Halabja"]
    assert admin.join_boundaries(decided)["adm1_code"].to_list() == [None]


def test_a_set_replaces_the_one_before_and_comes_back(store: Store, shared_data: Path) -> None:
    for name in ("first", "second"):
        pipeline.add_boundaries(store, shared_data / COD.format(2), level="adm2", name=name, **TERMS)
    assert [(file.name, file.in_use) for file in store.boundaries.all()] == [("first", False), ("second", True)]
    store.boundaries.remove("second")
    assert [each.name for each in store.boundaries.in_use().members] == ["first"]
    with pytest.raises(UnknownDataset, match=r'The store has no boundaries "second"\. It has: first'):
        store.boundaries.remove("second")


def test_the_record_says_what_was_added(store: Store, shared_data: Path) -> None:
    pipeline.add_boundaries(store, shared_data / COD.format(2), level="adm2", citation="OCHA, COD-AB", **TERMS)
    with Store(store.home) as again:
        (file,) = again.boundaries.all()
        kept = gpd.read_parquet(next((again.home / "boundaries").glob("*.parquet")))
    assert (file.name, file.version, file.features) == ("irq_admbnda_adm2_cso_20190603", "2019-06-03", 101)
    assert (file.licence, file.citation, file.source_file) == ("CC BY-IGO", "OCHA, COD-AB", COD.format(2).split("/")[1])
    assert kept.geometry.is_valid.all()


def test_sets_of_one_content_are_one_value(store: Store, shared_data: Path) -> None:
    pipeline.add_boundaries(store, shared_data / COD.format(2), level="adm2", **TERMS)
    with Store(store.home) as again:
        one, other = store.boundaries.in_use(), again.boundaries.in_use()
    assert one == other
    assert one.token == other.token != SHIPPED.token


def test_what_is_said_of_a_set_makes_another_value(store: Store, shared_data: Path) -> None:
    tokens = set()
    for version in ("2019", "2020"):
        pipeline.add_boundaries(store, shared_data / COD.format(2), level="adm2", name="COD", version=version, **TERMS)
        tokens.add(store.boundaries.in_use().token)
    assert len(tokens) == 2, "what is kept by the token would name the version before"


def test_nothing_is_kept_of_what_is_refused(store: Store, shared_data: Path) -> None:
    for options in ({"country": "Atlantis"}, {"licence": " "}, {"level": "adm3"}, {"country": "SY"}):
        with pytest.raises(InvalidValue):
            pipeline.add_boundaries(store, shared_data / COD.format(2), **{"level": "adm2", **TERMS, **options})
    assert store.boundaries.all() == []
    assert not list(store.home.glob("boundaries/*"))


def test_a_damaged_file_is_said_and_can_be_taken_away(store: Store, shared_data: Path) -> None:
    pipeline.add_boundaries(store, shared_data / COD.format(2), level="adm2", name="COD", **TERMS)
    next(store.home.glob("boundaries/*")).write_bytes(b"")
    with Store(store.home) as again:
        with pytest.raises(StoreError, match='boundaries "COD"'):
            again.boundaries.in_use()
        again.boundaries.remove("COD")
        assert again.boundaries.in_use() == SHIPPED


def test_exports_and_sources_name_the_boundaries(districts: Store) -> None:
    written = json.loads(pipeline.export_bytes(pipeline.shipped_incidents()[:1], "geojson"))
    said = written["metadata"]["boundaries"]
    assert said["source"].endswith("; COD-AB (districts of IQ, CC BY-IGO)")
    assert said["version"].endswith("; COD-AB 2019-06-03")
    entry = pipeline.listing(districts)[-1]
    assert (entry["title"], entry["rows"], entry["version"], entry["licence"]) == (
        "COD-AB",
        101,
        "2019-06-03",
        "CC BY-IGO",
    )


def test_the_command_line_adds_lists_uses_and_removes(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> str:
        return CliRunner().invoke(cli.app, arguments, catch_exceptions=False).stdout

    added = json.loads(
        run("boundaries", "add", str(shared_data / COD.format(2)), "--level", "adm2", "--country", "Iraq",
            "--licence", "CC BY-IGO", "--name", "COD-AB", "--json")
    )  # fmt: skip
    assert added == {"name": "COD-AB", "level": "adm2", "country_iso2": "IQ", "version": "2019-06-03", "features": 101}
    assert "COD-AB\n  adm2 of IQ · 101 units · version 2019-06-03\n  CC BY-IGO" in run("boundaries", "list")
    (tmp_path / "rows.csv").write_text("date,country,place,latitude,longitude\n2024-07-16,IQ,a point,33.79,42.44\n")
    run("convert", str(tmp_path / "rows.csv"), "-o", str(tmp_path / "rows.csv.geojson"))
    (feature,) = json.loads((tmp_path / "rows.csv.geojson").read_text())["features"]
    assert feature["properties"]["adm2_name"] == "Heet"
    assert admin.in_use() is SHIPPED, "a command leaves nothing behind"
    assert "COD-AB" in run("sources")
    run("boundaries", "remove", "COD-AB")
    assert json.loads(run("boundaries", "list", "--json")) == []


def test_districts_of_a_file_without_provinces_lie_where_they_are(store: Store, tmp_path: Path) -> None:
    columns = {"shapeName": ["Hit"], "shapeID": ["1B"], "shapeType": ["ADM2"]}
    gpd.GeoDataFrame(columns, geometry=[shapely.box(42, 33, 43, 34)], crs=4326).to_file(tmp_path / "gb.geojson")
    pipeline.add_boundaries(store, tmp_path / "gb.geojson", level="adm2", **TERMS)
    with pipeline.using_own(store):
        assert admin.districts().select("adm2_code", "adm1_code").rows() == [("1B", "IQ-AN")]


def test_the_document_names_the_commands_there_are() -> None:
    root = pathlib.Path(__file__).parents[1]
    named = set(re.findall(r"python -m mapping boundaries (\w+)", (root / "docs" / "boundaries.md").read_text("utf-8")))
    commands = typer.main.get_command(cli.app).commands["boundaries"].commands
    assert named == set(commands)
    assert all(command.help and all(parameter.help for parameter in command.params) for command in commands.values())
