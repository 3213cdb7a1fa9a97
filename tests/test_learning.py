"""Names learned from incidents: what teaches, what stays ambiguous, and how the geocoder uses it."""

from __future__ import annotations

import polars as pl
import pytest

from mapping.gazetteer import Gazetteer, Lesson, learn, load
from mapping.gazetteer.places import DISTRICT
from mapping.geocoder import candidates, geocode

ROW = {
    "place": "Zanbaqia village", "adm1_claimed": "Aleppo", "adm2_claimed": "Azaz district", "country_iso2": "SY",
    "adm1_code": "SY-HL", "adm1_resolved": "SY-HL", "latitude": 36.5, "longitude": 37.0, "geo_precision": "town",
    "geo_method": "source",
}  # fmt: skip


def lesson(*rows: dict) -> Lesson:
    return learn(pl.DataFrame([ROW | row for row in rows], infer_schema_length=None), origin="Mine", licence="CC0")


def with_lesson(*rows: dict) -> Gazetteer:
    return Gazetteer(*lesson(*rows), below=load())


def ask(gazetteer: Gazetteer, **question: str | None) -> dict:
    asked = {"place": "Zanbaqia", "adm1_claimed": "Aleppo", "country_iso2": "SY"} | question
    return geocode(pl.DataFrame([asked]), gazetteer=gazetteer).row(0, named=True)


def towns(found: Lesson) -> pl.DataFrame:
    return found.places.filter(pl.col("kind") != DISTRICT)


def test_a_learned_name_answers_with_where_it_was_learned():
    found = ask(with_lesson({}, {"latitude": 36.52}))
    assert (found["geo_precision"], found["geo_method"], found["latitude"]) == ("town", "learned", 36.51)
    assert found["geo_reason"] == "'Zanbaqia' is the town Zanbaqia village in Aleppo (learned from 2 rows of Mine)"


def test_the_shipped_gazetteer_stays_as_it_is():
    with_lesson({})
    assert ask(load())["geo_precision"] == "province"


@pytest.mark.parametrize(
    "row",
    [
        {"geo_precision": "district"},
        {"geo_precision": "province"},
        {"geo_precision": "area"},
        {"geo_precision": None},
        {"geo_method": "gazetteer"},
        {"geo_method": "manual"},
        {"latitude": None},
        {"latitude": float("nan")},
        {"place": None},
        {"place": "?!"},
        {"country_iso2": None},
    ],
)
def test_a_row_without_a_point_of_its_own_teaches_nothing(row):
    assert towns(lesson(row)).is_empty()


def test_rows_near_a_place_teach_it_only_where_no_finer_row_does_and_never_finer_than_near():
    near = {"geo_precision": "near", "latitude": 36.55}
    assert towns(lesson(near)).select("precision", "latitude", "radius_km").rows() == [("near", 36.55, 25.0)]
    assert towns(lesson({}, near, near)).select("precision", "latitude", "rows").rows() == [("town", 36.5, 1)]
    assert ask(with_lesson(near))["geo_precision"] == "near"


def test_a_name_far_apart_in_one_province_is_two_places_and_its_district_tells_which():
    gazetteer = with_lesson({}, {"latitude": 36.1, "adm2_claimed": "Jabal Saman district"})
    assert ask(gazetteer)["geo_precision"] == "province"
    assert "two places are named" in ask(gazetteer)["geo_reason"]
    assert ask(gazetteer, adm2_claimed="Jabal Saman district")["latitude"] == 36.1
    assert {found.latitude for found in candidates("Zanbaqia", country_iso2="SY", adm1_code="SY-HL", gazetteer=gazetteer)
            if found.latitude} == {36.5, 36.1}  # fmt: skip


def test_a_name_far_apart_in_one_district_is_two_places_too():
    assert towns(lesson({}, {}, {"latitude": 36.8}))["rows"].sort().to_list() == [1, 2]


def test_the_spread_of_the_rows_is_kept_and_widens_the_radius():
    place = towns(lesson({}, {"latitude": 36.56}, {"latitude": 36.44})).row(0, named=True)
    assert place["spread_km"] == pytest.approx(6.67, abs=0.05)
    assert place["radius_km"] == place["spread_km"]


def test_a_place_unknown_in_a_known_district_answers_with_the_middle_of_the_district():
    gazetteer = with_lesson({}, {"latitude": 36.7, "place": "Elsewhere"})
    for place in ("Nowhere at all", None):
        found = ask(gazetteer, place=place, adm2_claimed="Azaz")
        assert (found["geo_precision"], found["geo_method"], found["latitude"]) == ("district", "learned", 36.6)
        assert found["radius_km"] == 50.0, "two rows do not reach to its borders"


def test_a_district_of_another_province_is_not_meant():
    found = ask(with_lesson({}), place="Nowhere at all", adm1_claimed="Idlib", adm2_claimed="Azaz")
    assert found["place_id"] != "learned:Mine:2"


def test_a_learned_district_is_no_town():
    assert ask(with_lesson({"adm2_claimed": "Qwertia district"}), place="Qwertia")["geo_precision"] == "province"


def test_every_row_taught_carries_dataset_count_and_licence():
    place = lesson({}, {}).places.row(0, named=True)
    assert (place["origin"], place["rows"], place["licence"]) == ("Mine", 2, "CC0")


def test_the_province_that_the_source_states_is_heard_beside_the_geometry():
    gazetteer = with_lesson({"adm1_resolved": "SY-ID"})
    assert ask(gazetteer, adm1_claimed="Idlib")["geo_precision"] == "town"
    assert ask(gazetteer, adm1_claimed="Aleppo")["geo_precision"] == "town"


def test_ucdp_teaches_what_it_names(shared_data):
    from mapping import pipeline

    incidents = pipeline.process(shared_data / "ucdp" / "ged_syria_2016_2017.csv").incidents
    found = learn(incidents.with_columns(adm1_resolved=None), origin="UCDP GED")
    assert towns(found)["rows"].sum() <= incidents.height
    assert found.places["latitude"].is_between(32, 37.5).all()
    assert found.names["place"].max() < found.places.height


def test_a_village_just_across_the_border_of_the_province_stated_is_meant_and_one_far_from_it_is_not():
    # Idlib begins some three kilometres west of this point in Aleppo.
    gazetteer = with_lesson({"latitude": 36.05, "longitude": 36.9, "adm1_resolved": None})
    found = ask(gazetteer, adm1_claimed="Idlib")
    assert (found["geo_precision"], found["latitude"]) == ("town", 36.05)
    assert "although Idlib is stated" in found["geo_reason"]
    assert ask(gazetteer, adm1_claimed="Raqqa")["geo_precision"] == "province"
    assert (
        ask(with_lesson({"longitude": 37.5, "adm1_resolved": None}), adm1_claimed="Idlib")["geo_precision"]
        == "province"
    )
