"""Place texts to places: the right one, at the precision that the text allows, or none with the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import polars as pl
import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping import admin
from mapping.gazetteer import Gazetteer
from mapping.geocoder import OfflineGeocoder, candidates, geocode, questions
from mapping.geocoder.reading import read
from mapping.geocoder.score import score
from mapping.schema import GEO_METHODS, GEO_PRECISIONS, conform


def ask(place: str | None, **columns: Any) -> dict[str, Any]:
    return geocode(pl.DataFrame([{"place": place, **columns}], schema_overrides={"place": pl.String})).row(
        0, named=True
    )


def test_coordinates_of_the_source_stand_and_say_so() -> None:
    answer = ask("Mosul", country_iso2="IQ", latitude=33.0, longitude=44.0)
    assert (answer["latitude"], answer["longitude"]) == (33.0, 44.0)
    assert (answer["geo_precision"], answer["geo_method"], answer["radius_km"]) == ("site", "source", None)
    assert answer["geo_reason"] == "coordinates given by the source"


@pytest.mark.parametrize(("precision", "radius_km"), [("town", 5.0), ("near", 25.0), ("province", None)])
def test_coordinates_of_the_source_keep_the_precision_that_it_gives(precision: str, radius_km: float | None) -> None:
    answer = ask("Mosul", latitude=33.0, longitude=44.0, geo_precision=precision)
    assert (answer["geo_precision"], answer["radius_km"], answer["latitude"]) == (precision, radius_km, 33.0)


def test_half_a_point_is_no_point() -> None:
    assert ask("Hit", country_iso2="IQ", latitude=33.0, longitude=None)["geo_method"] == "gazetteer"


def test_a_province_has_its_code_and_no_point() -> None:
    answer = ask("Anbar", country_iso2="IQ")
    assert (answer["geo_precision"], answer["geo_method"], answer["adm1_code"]) == ("province", "province", "IQ-AN")
    assert answer["latitude"] is None and answer["radius_km"] > 200


def test_the_seed_case_lands_on_the_base_in_both_scripts() -> None:
    latin, arabic = ask("Ain al-Assad base, Anbar"), ask("قاعدة عين الأسد، الأنبار")
    assert latin["place_id"] == arabic["place_id"] == "site:ain-al-asad"
    assert (latin["latitude"], latin["longitude"], latin["geo_method"]) == (33.7856, 42.4412, "site")


def test_the_reason_names_what_matched() -> None:
    assert ask("Baiji", country_iso2="IQ")["geo_reason"] == "'Baiji' is the town Bayjī in Salah al-Din (GeoNames 97783)"


def test_a_name_of_several_places_is_not_chosen_between() -> None:
    answer = ask("Tripoli")
    assert answer["geo_precision"] == "none" and answer["geo_method"] is None
    assert "places are named 'Tripoli'" in answer["geo_reason"]


def test_a_claim_that_the_place_contradicts_is_said() -> None:
    reason = ask("Tuz Khurmatu", country_iso2="IQ", adm1_claimed="Diyala")["geo_reason"]
    assert reason.endswith("although Diyala is stated")


def test_a_province_that_is_none_is_said() -> None:
    answer = ask("Sikêniyê", country_iso2="IQ", adm1_claimed="Iraqi Kurdistan")
    assert answer["geo_precision"] == "country"
    assert "'Iraqi Kurdistan' is no single province" in answer["geo_reason"]


def test_a_district_column_stands_in_for_a_village_that_is_not_known() -> None:
    answer = ask("Karki", country_iso2="IQ", adm1_claimed="Nineveh", adm2_claimed="Sinjar")
    assert (answer["geo_precision"], answer["radius_km"]) == ("district", 96.8)
    assert "'Karki' itself is in no list of places" in answer["geo_reason"]


def test_a_frame_keeps_its_rows_columns_and_order() -> None:
    frame = pl.DataFrame({"source_row": [4, 2, 3], "place": ["Hit", None, "Hit"], "country_iso2": ["IQ", None, "IQ"]})
    found = geocode(frame)
    assert found.columns[:3] == frame.columns
    assert found.select(frame.columns).equals(frame)
    assert found["place_id"].to_list() == ["geonames:95788", None, "geonames:95788"]


def test_no_rows_are_no_trouble() -> None:
    assert geocode(pl.DataFrame(schema={"place": pl.String})).height == 0


NOTHING = ["", " ", "?", "-", "unknown", "N/A", "x" * 10_000, "Al-Qa'im " * 1_200, "<b>Mosul</b>", "{{ 7*7 }}", "${7*7}",
           "{% include 'x' %}", "😀🚁", "\x00", "(((", ",,,", "() []", "../../etc/passwd", "=1+1", "'; DROP TABLE x; --"]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: repr(text[:12]))
def test_bad_input_is_an_abstention_with_its_reason(text: str) -> None:
    answer = ask(text)
    assert (answer["geo_precision"], answer["latitude"], answer["place_id"]) == ("none", None, None)
    assert 0 < len(answer["geo_reason"]) < 300
    assert candidates(text) == []


def test_no_hostile_string_breaks_it(shared_data: Path) -> None:
    strings = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8"))
    found = geocode(pl.DataFrame({"place": strings, "country_iso2": "IQ"}))
    assert set(found["geo_precision"]) == {"country"}


WORDS = ["north", "of", "km", "5", "near", "Mosul", "al-", "(", ")", ",", "/", " - ", "between", "and", "in", "eastern", "base",
         "Anbar", "ال", "قاعدة", "شمال", "district", "'", "countryside", "Homs"]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join) | st.text(), st.sampled_from([None, "base", "quarter"])
)
def test_any_text_gets_an_answer_of_the_schema(text: str, site_type: str | None) -> None:
    answer = ask(text, site_type=site_type, country_iso2="IQ")
    assert answer["geo_precision"] in GEO_PRECISIONS
    assert answer["geo_method"] in {*GEO_METHODS, None}
    assert answer["geo_reason"]
    assert (answer["latitude"] is None) == (answer["geo_precision"] in {"province", "country", "none"})


def test_the_reading_of_a_phrase() -> None:
    phrase = read("Silos 5 km east of Palmyra/Tadmur, Homs")
    assert phrase is not None
    assert [said.said for said in phrase.heads[1:]] == ["Silos"]
    assert [(said.said, said.relation, said.distance_km, said.bearing) for said in phrase.within] == [
        ("Palmyra", "offset", 5.0, 90),
        ("Tadmur", "at", None, None),
        ("Homs", "at", None, None),
    ]


def test_candidates_come_best_first_and_say_how_they_were_found() -> None:
    found = candidates("Balad", country_iso2="IQ")
    assert [(one.name, one.kind) for one in found] == [("Balad", "town"), ("Balad Air Base", "airbase")]
    assert found[0].score > found[1].score
    assert all(one.reason and one.adm1_name == "Salah al-Din" and one.country_iso2 == "IQ" for one in found)


def test_candidates_are_asked_for_where_the_geocoder_abstains() -> None:
    assert {one.country_iso2 for one in candidates("Tripoli")} >= {"LY", "LB"}
    assert len(candidates("Tripoli", limit=2)) == 2
    assert all(one.score < 0.9 for one in candidates("Tripoli"))


def test_the_offline_geocoder_keeps_geopys_contract() -> None:
    geocoder = OfflineGeocoder(timeout=1, user_agent="test")
    assert isinstance(geocoder, Geocoder)
    location = geocoder.geocode("Ain al-Asad, Anbar", timeout=2)
    assert (location.latitude, location.longitude) == (33.7856, 42.4412)
    assert location.address == "Ain al-Asad Airbase, Anbar, Iraq"
    assert location.raw["geo_precision"] == "site"
    assert geocoder.geocode("northern Iraq") is None
    assert geocoder.geocode("nowhere at all", exactly_one=False) is None
    assert geocoder.geocode("Tripoli") is None
    several = geocoder.geocode("Tripoli", exactly_one=False, limit=2)
    assert [found.raw["name"] for found in several] == ["Tripoli", "Tripoli"]
    with geocoder, pytest.raises(GeocoderQueryError, match="as text, not as float"):
        geocoder.geocode(float("nan"))


def test_the_offline_geocoder_looks_where_it_is_told() -> None:
    assert OfflineGeocoder(country="LY").geocode("Tripoli").raw["country_iso2"] == "LY"
    assert OfflineGeocoder().geocode("Tripoli", country="LB").raw["country_iso2"] == "LB"
    assert OfflineGeocoder().geocode("Balad", province="IQ-SD").raw["kind"] == "town"


def test_the_offline_geocoder_names_the_province_of_a_point() -> None:
    location = OfflineGeocoder().reverse((33.7856, 42.4412))
    assert location.raw["adm1_code"] == "IQ-AN"
    assert location.address.endswith(", Anbar, Iraq")
    assert OfflineGeocoder().reverse("33.7856, 42.4412", exactly_one=False)[0].raw == location.raw
    assert OfflineGeocoder().reverse((0.0, 0.0)) is None


def test_geopandas_takes_the_offline_geocoder() -> None:
    texts = ["Ain al-Asad, Anbar", "nowhere at all"]
    found = geopandas.tools.geocode(texts, provider=OfflineGeocoder, country="IQ")
    assert found.crs == "EPSG:4326"
    assert (found.geometry[0].x, found.geometry[0].y) == (42.4412, 33.7856)
    assert found.geometry[1].is_empty
    back = geopandas.tools.reverse_geocode([found.geometry[0]], provider=OfflineGeocoder)
    assert back.address[0].endswith(", Anbar, Iraq")


def test_the_offline_geocoder_has_no_network() -> None:
    with pytest.raises(GeocoderQueryError, match="no network"):
        OfflineGeocoder()._call_geocoder("https://example.org", lambda found: found)


def test_the_starter_incidents_stay_in_their_country_and_each_says_why(shared_data: Path) -> None:
    incidents = pl.read_csv(shared_data / "starter" / "incidents.csv", infer_schema=False)
    codes = {"Iraq": "IQ", "Syria": "SY", "Lebanon": "LB", "Israel": "IL", "Jordan": "JO", "Turkey": "TR", "Iran": "IR"}
    frame = incidents.select(
        "place",
        "site_type",
        pl.col("adm1").alias("adm1_claimed"),
        pl.col("country").replace_strict(codes, default="SY").alias("country_iso2"),
    )
    found = geocode(frame)
    assert found["geo_reason"].null_count() == 0
    placed = found.filter(pl.col("latitude").is_not_null())
    assert placed.height >= 150
    units = admin.locate(placed["longitude"].to_numpy(), placed["latitude"].to_numpy())
    countries = placed.select(said="country_iso2", found=admin.units()["country_iso2"].gather(units))
    # Natural Earth draws the Golan Heights and a village on the Blue Line, Kafr Kila, into Israel.
    assert set(countries.filter(pl.col("said") != pl.col("found")).rows()) <= {("SY", "IL"), ("LB", "IL")}


def test_the_countryside_of_damascus_is_a_province_of_its_own() -> None:
    texts = ["Rif Dimashq", "Damascus Countryside", "ريف دمشق", "Rural Damascus"]
    found = geocode(pl.DataFrame({"place": texts, "country_iso2": "SY"}))
    assert found["adm1_code"].to_list() == ["SY-RD"] * 4


def test_a_district_column_chooses_between_two_places_of_one_name() -> None:
    places = pl.DataFrame(
        {
            "place_id": ["geonames:1", "geonames:2", "geonames:3"],
            "name": ["Karma", "Karma", "Hit"],
            "kind": "town",
            "country_iso2": "IQ",
            "adm1_code": "IQ-AN",
            "adm1_listed": pl.Series([None] * 3, dtype=pl.String),
            "latitude": [33.6, 33.0, 33.64],
            "longitude": [42.9, 44.0, 42.83],
            "radius_km": 5.0,
            "population": 0,
            "note": "",
        }
    )
    nothing = pl.Series([None] * 3, dtype=pl.String)
    names = pl.DataFrame({"folded": ["karma", "karma", "hit"], "place": [0, 1, 2], "is_code": False, "core": nothing,
                          "kind_said": nothing, "spelling": ["karma", "karma", "hit"], "skeleton": nothing})  # fmt: skip
    frame = pl.DataFrame(
        {"place": "Karma", "country_iso2": "IQ", "adm1_claimed": "Anbar", "adm2_claimed": [None, "Hit", "Hit District"]}
    )
    found = geocode(frame, gazetteer=Gazetteer(places, names))
    assert found["place_id"].to_list() == ["IQ-AN", "geonames:1", "geonames:1"]
    assert found["geo_reason"][0] == "two places are named 'Karma' (Anbar); province only"


@pytest.mark.parametrize("text", ["x", "the", "=cmd()", "99999999 km west of Ramadi", "A" * 40_000])
def test_nonsense_is_not_placed(text: str) -> None:
    found = geocode(conform(pl.DataFrame({"place": [text], "country_iso2": ["IQ"], "adm1_claimed": [text]})))
    assert found["latitude"].to_list() == [None]
    assert found["geo_reason"].item()


@pytest.mark.parametrize(
    ("text", "precision", "latitude", "longitude"),
    [
        ("33.7856, 42.4412", "site", 33.7856, 42.4412),
        ("42.4412, 33.7856", "site", 33.7856, 42.4412),
        ("33°47'08\"N 42°26'28\"E", "site", 33.7856, 42.4411),
        ("38S 254000 3741000", "site", 33.7806, 42.3433),
        ("38SKC5400041000", "site", 33.7806, 42.3433),
        ("Ain al-Asad (33.7856, 42.4412)", "site", 33.7856, 42.4412),
        ("33.8N 42.4E", "near", 33.8, 42.4),
    ],
)
def test_a_place_given_by_coordinates_is_there(text: str, precision: str, latitude: float, longitude: float) -> None:
    found = ask(text, country_iso2="IQ")
    assert found["geo_precision"] == precision
    assert (found["latitude"], found["longitude"]) == pytest.approx((latitude, longitude), abs=1e-4)
    assert found["geo_method"] == "source"


@pytest.mark.parametrize("text", ["0.0, 0.0", "91.2, 200.1", "12.0, 3.0", "1.000,00"])
def test_numbers_that_are_no_point_of_the_country_are_questioned(text: str) -> None:
    found = ask(text, country_iso2="IQ")
    assert (found["geo_precision"], found["latitude"]) == ("country", None)
    assert text in found["geo_reason"]
    assert questions(geocode(pl.DataFrame({"place": [text], "country_iso2": "IQ"}))).height == 1


def test_a_score_is_how_often_such_answers_were_right() -> None:
    assert score("named, inside") > score("named, common village") > score("skeleton of few consonants, inside")
    asked = pl.DataFrame({"place": ["Tel Abyad Sharqi"], "adm1_claimed": ["Raqqa"], "country_iso2": ["SY"]})
    assert geocode(asked, at_least=1.0)["geo_precision"].to_list() == ["province"]


def test_a_lower_threshold_answers_more_and_says_what_it_is_worth() -> None:
    asked = pl.DataFrame({"place": ["Shirqot"], "adm1_claimed": ["Salah al-Din"], "country_iso2": ["IQ"]})
    assert geocode(asked)["geo_precision"].to_list() == ["province"]
    assert "right" in geocode(asked)["geo_reason"][0]
    assert geocode(asked, at_least=0.0)["geo_precision"].to_list() == ["town"]


def test_a_village_is_no_city_of_its_name() -> None:
    found = ask("Al Suwaydah village", country_iso2="SY", adm1_claimed="Raqqa")
    assert found["geo_precision"] == "province"
    assert ask("As-Suwayda", country_iso2="SY")["geo_precision"] == "town"


@pytest.mark.parametrize(
    ("radius_km", "precision"), [(None, "site"), (0.01, "site"), (3.0, "town"), (8.0, "near"), (80.0, "area")]
)
def test_coordinates_of_few_digits_are_no_site(radius_km: float | None, precision: str) -> None:
    point = {"latitude": 33.8, "longitude": 42.4, "radius_km": radius_km, "geo_precision": None}
    assert ask("Hit", country_iso2="IQ", **point)["geo_precision"] == precision
    assert ask("Hit", country_iso2="IQ", **point | {"geo_precision": "town"})["geo_precision"] == "town"


def test_candidates_know_the_district_and_the_kind_that_the_other_columns_say() -> None:
    found = candidates("Karki", country_iso2="IQ", adm1_code="IQ-NI", district="Sinjar", limit=1)
    assert [(one.geo_precision, one.name) for one in found] == [("district", "Sinjar (town)")]
    assert candidates("Balad", country_iso2="IQ", site_type="base", limit=1)[0].geo_precision == "site"


def test_a_province_in_the_text_says_the_country_too() -> None:
    assert ask("Al Hawl (Hasakah)")["geo_precision"] == "town"
    assert ask("Al Hawl camp (Hasakah)")["geo_precision"] == "site"
