"""The user's own names: learned and added, listed, exported, forgotten, and used by everything that places."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import polars as pl
import pytest
import shapely
from typer.testing import CliRunner

from mapping import cli, pipeline
from mapping.errors import InvalidValue, StoreError, UnknownDataset, UnknownFormat, UnreadableFile
from mapping.gazetteer import load
from mapping.geocoder import geocode, questions
from mapping.readers.gazetteer import read_gazetteer
from mapping.store import Store

INCIDENTS = """date,place,country,province,district,latitude,longitude
2024-01-01,Zanbaqia village,Syria,Aleppo,Azaz,36.5,37.0
2024-01-02,Zanbaqia village,Syria,Aleppo,Azaz,36.52,37.0
"""
# In the layout of GeoNames: two villages and a camp that are made up, a province, and a line cut short.
DUMP = "\n".join(
    [
        "900001\tZanbaqīyah\tZanbaqiyah\tZanbaqia,زنبقية,znbqyt,ZBQ\t36.5\t37.0\tP\tPPL\tSY\t\t09\t\t\t\t350\t\t410\tAsia/Damascus\t2020-01-01",
        "900002\tUmm Zanbaq\tUmm Zanbaq\t\t35.9\t39.0\tP\tPPL\tSY\t\t04\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01",
        "900003\tZanbaqia Camp\tZanbaqia Camp\t\t36.51\t37.01\tS\tCMPRF\tSY\t\t09\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01",
        "900004\tZanbaq Governorate\tZanbaq\t\t36.5\t37.0\tA\tADM1\tSY\t\t09\t\t\t\t0\t\t0\tAsia/Damascus\t2020-01-01",
        "900005\tCut short\t36.5",
        "900006\tOff the earth\tOff\t\t136.5\t37.0\tP\tPPL\tSY\t\t09\t\t\t\t0\t\t0\tAsia/Damascus\t2020-01-01",
    ]
)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def incidents(tmp_path) -> Path:
    path = tmp_path / "incidents.csv"
    path.write_text(INCIDENTS, encoding="utf-8")
    return path


@pytest.fixture
def dump(tmp_path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


def placed(store: Store, place: str, province: str = "Aleppo") -> dict:
    asked = pl.DataFrame({"place": [place], "adm1_claimed": [province], "country_iso2": ["SY"]})
    return geocode(asked, gazetteer=pipeline.gazetteer(store)).row(0, named=True)


def test_what_a_file_teaches_is_used_listed_and_forgotten(store, incidents):
    learned = pipeline.learn_names(pipeline.process(incidents), store, name="Mine", licence="CC0")
    assert (learned.name, learned.version, learned.origin, learned.places) == ("Mine", "1", "learned", 2)
    found = placed(store, "Zanbaqia")
    assert (found["geo_precision"], found["geo_method"], found["latitude"]) == ("site", "learned", 36.51)
    assert "learned from 2 rows of Mine" in found["geo_reason"]

    store.names.remove("Mine")
    assert placed(store, "Zanbaqia")["geo_precision"] == "province"
    assert store.names.all() == []
    with pytest.raises(UnknownDataset, match="none yet"):
        store.names.remove("Mine")


def test_learning_again_replaces_what_was_learned_under_the_name(store, incidents):
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    incidents.write_text(INCIDENTS.replace("36.5", "36.2"), encoding="utf-8")
    again = pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    assert again.version == "2"
    assert placed(store, "Zanbaqia")["latitude"] == 36.21


def test_the_table_of_names_says_where_each_is_from_and_can_be_added_again(store, incidents, tmp_path):
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine", licence="CC0")
    table = pipeline.names_table(store, "Mine")
    assert table.select("list", "origin", "name", "adm1_code", "district", "rows", "spread_km", "licence").row(0) == (
        "Mine", "learned", "Zanbaqia village", "SY-HL", "azaz", 2, 1.11, "CC0",
    )  # fmt: skip
    pipeline.write_table(table, tmp_path / "names.csv")
    store.names.remove("Mine")
    pipeline.add_gazetteer(store, tmp_path / "names.csv", name="Shared")
    assert placed(store, "Zanbaqia")["geo_method"] == "gazetteer"
    with pytest.raises(UnknownDataset, match="Shared"):
        pipeline.names_table(store, "Mine")


def test_a_list_out_says_what_may_not_be_passed_on(store, incidents, tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(store.home))
    pipeline.learn_names(pipeline.process(incidents), store, name="Theirs", licence="Mine alone: no redistribution")
    done = CliRunner().invoke(cli.app, ["gazetteer", "export", "-o", str(tmp_path / "names.csv")])
    assert done.exit_code == 0
    assert "Not for passing on: the terms of 2 of these 2 rows (Theirs)" in done.stderr


def test_a_file_without_points_of_its_own_teaches_nothing(store, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("date,place,country\n2024-01-01,Mosul,Iraq\n", encoding="utf-8")
    with pytest.raises(InvalidValue, match="teaches no name"):
        pipeline.learn_names(pipeline.process(path), store, name="bare")
    assert store.names.all() == []


def test_a_dump_of_geonames_is_used(store, dump):
    kept, problems = pipeline.add_gazetteer(store, dump, licence="CC BY 4.0")
    assert (kept.name, kept.origin, kept.places) == ("SY", "added", 3)
    assert sorted(problems["row"]) == [5, 6]
    found = placed(store, "زنبقية")
    assert (found["place_id"], found["geo_precision"], found["geo_method"]) == ("geonames:900001", "town", "gazetteer")
    assert placed(store, "Zanbaqia camp")["place_id"] == "geonames:900003"
    assert placed(store, "Umm Zanbaq", "Raqqa")["place_id"] == "geonames:900002"
    assert placed(store, "znbqyt")["geo_precision"] == "province"


def test_a_dump_of_geonames_is_taken_from_its_archive_too(dump, tmp_path):
    archive = tmp_path / "SY.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.write(dump, "SY.txt")
        zipped.writestr("readme.txt", "about")
    assert read_gazetteer(archive).places.equals(read_gazetteer(dump).places)


def test_an_archive_that_is_damaged_or_too_large_is_refused(dump, tmp_path, monkeypatch):
    archive = tmp_path / "SY.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("SY.txt", dump.read_text(encoding="utf-8") * 100)
    held = archive.read_bytes()
    archive.write_bytes(held[:60] + bytes(byte ^ 255 for byte in held[60:90]) + held[90:])
    with pytest.raises(UnreadableFile, match="damaged or locked"):
        read_gazetteer(archive)
    archive.write_bytes(held)
    monkeypatch.setattr("mapping.readers.gazetteer._MOST_UNPACKED", 1000)
    with pytest.raises(UnreadableFile, match="unpacks to"):
        read_gazetteer(archive)


def test_rows_that_cannot_be_kept_are_told_by_their_values(tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text("name,lat,lon,country\nZan,95,37,SY\n'=Zan,36.5,37,Atlantis\n,36.5,37,SY\n", encoding="utf-8")
    read = read_gazetteer(path)
    assert read.places["name"].to_list() == ["=Zan"]
    told = read.problems.sort("row").select("row", "message", "rejected").rows()
    assert [(row, rejected) for row, _, rejected in told] == [(2, True), (3, False), (4, True)]
    assert '"95"' in told[0][1] and '"Atlantis" is no country' in told[1][1]


def test_learn_tells_of_rows_that_do_not_go_on(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "home"))
    path = tmp_path / "mine.csv"
    rows = "2024-01-01,Zan,SY,95,37\n2024-01-01,Zan,SY,36.5,37\n"
    path.write_text(f"date,place,country,latitude,longitude\n{rows}", encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["learn", str(path)])
    assert done.exit_code == 0, done.output
    assert "mine.csv, row 2, latitude: " in done.stderr


def test_a_damaged_list_is_named_and_can_be_taken_away(store, incidents):
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    for file in (store.home / "gazetteers").glob("*.parquet"):
        file.write_bytes(b"PAR1")
    with pytest.raises(StoreError, match='gazetteer remove "Mine"'):
        pipeline.gazetteer(store)
    store.names.remove("Mine")
    assert pipeline.gazetteer(store) is load()


def test_a_table_may_call_its_columns_as_people_do(tmp_path, store):
    path = tmp_path / "villages.csv"
    path.write_text(
        "Village;Arabic name;Lat;Long;Governorate;Type\nZanbaqia;زنبقية;36,5;37,0;Aleppo;village\nGhost;;;;;\n"
        "Zanbaq base;;36.6;37.1;Aleppo;military base\n",
        encoding="utf-8",
    )
    kept, problems = pipeline.add_gazetteer(store, path, name="Villages")
    assert kept.places == 2
    assert problems.select("row", "column").rows() == [(3, "latitude")]
    found = placed(store, "زنبقية")
    assert (found["geo_precision"], found["place_id"]) == ("town", "added:Villages:2")
    assert "(Villages)" in found["geo_reason"]
    assert placed(store, "Zanbaq base")["geo_precision"] == "site"


def test_a_row_of_no_country_is_told_and_the_others_are_kept(store, tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text("name,latitude,longitude\nZanbaqia,36.5,37.0\nAt sea,0,-30\n", encoding="utf-8")
    kept, problems = pipeline.add_gazetteer(store, path)
    assert kept.places == 1
    assert problems.select("row", "column", "rejected").rows() == [(3, "country_iso2", True)]


@pytest.mark.parametrize(
    ("name", "content", "refusal", "says"),
    [
        ("a.csv", b"name,lat\nHit,33.6\n", UnknownFormat, "longitude"),
        ("a.csv", b"", UnreadableFile, "empty"),
        ("a.zip", b"PK\x03\x04 broken", UnreadableFile, "archive"),
        ("a.csv", b"name,lat,lon\nNowhere,999,999\n", InvalidValue, "no place.*Row 2: Latitude"),
        ("a.csv", b"name,lat,lon\nAt sea,0,-30\n", InvalidValue, "Row 2: The row states no country"),
    ],
)
def test_what_is_no_gazetteer_is_refused_in_a_sentence(store, tmp_path, name, content, refusal, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(refusal, match=says):
        pipeline.add_gazetteer(store, tmp_path / name)
    assert store.names.all() == []


def test_the_shipped_incidents_are_placed_by_the_shipped_names_alone(store, incidents):
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    with pipeline.using_own(store):
        before = pipeline.shipped_incidents()
    assert before["geo_method"].eq("learned").sum() == 0
    assert pipeline.gazetteer(store) is pipeline.gazetteer(store)
    assert load().named("zanbaqia") == []


def test_everything_done_with_the_store_goes_by_its_names(store, incidents, tmp_path):
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    table = tmp_path / "more.csv"
    table.write_text("date,place,country,province\n2024-01-03,Zanbaqia,Syria,Aleppo\n", encoding="utf-8")
    with pipeline.using_own(store):
        assert pipeline.process(table).incidents["geo_method"].to_list() == ["learned"]
        assert pipeline.locate_text("Zanbaqia", country="SY", province="SY-HL")[0].geo_method == "learned"
    assert pipeline.process(table).incidents["geo_method"].to_list() == ["province"]


def test_stored_rows_are_placed_by_what_was_learned_later_and_no_more_once_it_is_forgotten(store, incidents, tmp_path):
    table = tmp_path / "more.csv"
    table.write_text("date,place,country,province\n2024-01-03,Zanbaqia,Syria,Aleppo\n", encoding="utf-8")
    pipeline.keep(pipeline.process(table), store, name="More", licence="CC0")
    before = pipeline.stored(store)
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    after = pipeline.stored(store)
    assert after.filter(dataset="More").select("geo_method", "adm1_code", "latitude").row(0) == (
        "learned",
        "SY-HL",
        36.51,
    )
    assert after.filter(geo_method="source").equals(before.filter(geo_method="source"))
    store.names.remove("Mine")
    assert pipeline.stored(store).equals(before)


def test_rows_that_came_in_with_names_in_use_forget_them_too(store, incidents, tmp_path):
    table = tmp_path / "more.csv"
    table.write_text("date,place,country,province\n2024-01-03,Zanbaqia,Syria,Aleppo\n", encoding="utf-8")
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    with pipeline.using_own(store):
        pipeline.keep(pipeline.process(table), store, name="More", licence="CC0")
    assert store.read("More")["geo_method"].to_list() == ["learned"]
    store.names.remove("Mine")
    assert pipeline.stored(store).filter(dataset="More")["geo_precision"].to_list() == ["province"]


def test_rows_placed_again_stay_as_sure_as_their_dataset_was_to_be(store, incidents, tmp_path):
    table = tmp_path / "sure.csv"
    table.write_text("date,place,country\n2024-01-03,Mosul,Iraq\n", encoding="utf-8")
    pipeline.keep(pipeline.process(table, score_at_least=1.0), store, name="Sure", licence="CC0")
    pipeline.keep(pipeline.process(table), store, name="Usual", licence="CC0")
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    held = dict(pipeline.stored(store).select("dataset", "geo_precision").iter_rows())
    assert (held["Sure"], held["Usual"]) == ("country", "town")


def test_a_point_that_a_person_drew_stays_where_it_is_when_names_come(store, incidents, tmp_path):
    table = tmp_path / "shared.csv"
    table.write_text(
        "incident_id,date_start,place,country_iso2,latitude,longitude,geo_precision,geo_method\n"
        "x,2024-01-03,Mosul,IQ,33.1,44.1,town,manual\n",
        encoding="utf-8",
    )
    pipeline.keep(pipeline.process(table), store, name="Shared", licence="CC0")
    pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    assert pipeline.stored(store).filter(dataset="Shared")["latitude"].to_list() == [33.1]


def test_names_learned_in_provinces_that_are_gone_lie_in_those_there_are(store, incidents, tmp_path):
    new = {"ADM1_EN": ["West", "East"], "ADM1_PCODE": ["Q1", "Q2"]}
    boxes = [shapely.box(35.5, 32, 38, 37.5), shapely.box(38, 32, 42.5, 37.5)]
    gpd.GeoDataFrame(new, geometry=boxes, crs=4326).to_file(tmp_path / "provinces.geojson")
    pipeline.add_boundaries(store, tmp_path / "provinces.geojson", level="adm1", country="SY", licence="CC0", name="P")
    with pipeline.using_own(store):
        pipeline.learn_names(pipeline.process(incidents), store, name="Mine")
    with pipeline.using_own(store):
        assert pipeline.locate_text("Zanbaqia", country="SY")[0].adm1_code == "Q1"
    store.boundaries.remove("P")
    with pipeline.using_own(store):
        assert pipeline.locate_text("Zanbaqia", country="SY")[0].adm1_code == "SY-HL"


def test_rows_placed_with_a_higher_score_in_mind_wait_for_a_person(tmp_path):
    table = tmp_path / "sure.csv"
    table.write_text("date,place,country\n2024-01-03,Mosul,Iraq\n", encoding="utf-8")
    strict = pipeline.process(table, score_at_least=1.0).incidents
    assert strict["geo_precision"].to_list() == ["country"]
    assert questions(strict)["place"].to_list() == ["Mosul"]
    assert questions(pipeline.process(table).incidents).is_empty()


def test_a_list_given_out_and_taken_in_again_is_the_same_list(store, tmp_path):
    rows = "".join(
        f"2024-01-0{day},{name},Syria,Aleppo,Azaz,36.5,37.0\n" for day, name in enumerate(("Zanbaqia", "زنبقية"), 1)
    )
    near = tmp_path / "near.csv"
    near.write_text(
        f"date,place,country,province,district,latitude,longitude,precision\n{rows.replace('37.0', '37.0,near')}"
    )
    processed = pipeline.process(near, columns={"columns": {"precision": "geo_precision"}})
    pipeline.learn_names(processed, store, name="Mine", licence="CC0")
    before = [placed(store, name) for name in ("Zanbaqia", "زنبقية", "Nowhere")]
    pipeline.write_table(pipeline.names_table(store), tmp_path / "names.csv")
    store.names.remove("Mine")
    kept, problems = pipeline.add_gazetteer(store, tmp_path / "names.csv", name="Mine")
    assert (kept.licence, problems.height) == ("CC0", 0)
    facts = ("geo_precision", "latitude", "longitude", "radius_km", "adm1_code")
    after = [placed(store, name) for name in ("Zanbaqia", "زنبقية", "Nowhere")]
    assert [[row[fact] for fact in facts] for row in after] == [[row[fact] for fact in facts] for row in before]
    assert placed(store, "Azaz")["place_id"] != "added:Mine:3", "a district is no town"


def test_what_goes_out_names_the_lists_by_which_its_rows_were_placed(tmp_path, monkeypatch, incidents):
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "home"))
    with Store() as store:
        pipeline.learn_names(
            pipeline.process(incidents), store, name="Mine: all", licence="ACLED terms: no redistribution"
        )
    table = tmp_path / "more.csv"
    table.write_text("date,place,country,province\n2024-01-03,Zanbaqia,Syria,Aleppo\n", encoding="utf-8")
    with pipeline.using_own():
        rows = pipeline.process(table).incidents
        pipeline.export(rows, tmp_path / "out.geojson")
        pipeline.export(rows, tmp_path / "out.csv")
    about = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["metadata"]
    assert [(each["name"], each["version"], each["rows"]) for each in about["place_names"]] == [("Mine: all", "1", 1)]
    assert "may not be passed on (Mine: all)" in about["notice"]
    beside = json.loads((tmp_path / "out.csv-metadata.json").read_text(encoding="utf-8"))
    assert beside["boundaries"]["version"]
    assert beside["place_names"] == about["place_names"]


def test_a_name_of_ten_thousand_places_is_left_open_at_once(store, tmp_path):
    rows = "".join(f"Manyspot,{30 + i % 100 * 0.06:.2f},{40 + i // 100 * 0.08:.2f},IQ\n" for i in range(10_000))
    (tmp_path / "many.csv").write_text(f"name,latitude,longitude,country\n{rows}", encoding="utf-8")
    pipeline.add_gazetteer(store, tmp_path / "many.csv")
    asked = pl.DataFrame({"place": ["Manyspot"], "country_iso2": ["IQ"]})
    assert geocode(asked, gazetteer=pipeline.gazetteer(store))["geo_precision"].to_list() == ["country"]


def test_a_table_of_names_is_csv_whatever_it_is_called(store, tmp_path):
    with pytest.raises(InvalidValue, match=r"end in \.csv"):
        pipeline.write_table(pipeline.names_table(store), tmp_path / "names.xlsx")


def test_a_place_outside_the_country_that_its_row_states_is_remarked_upon(store, tmp_path):
    rows = "Swapped,43.2,33.1,IQ\nKhan Younis,31.35,34.3,IL\nHit,33.64,42.83,IQ\n"
    (tmp_path / "places.csv").write_text(f"name,latitude,longitude,country\n{rows}", encoding="utf-8")
    kept, problems = pipeline.add_gazetteer(store, tmp_path / "places.csv")
    assert kept.places == 3
    assert problems.select("row", "column", "rejected").rows() == [(2, "country_iso2", False)]
