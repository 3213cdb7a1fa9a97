"""Names and what bears them, and what kind of place a name says."""

from __future__ import annotations

import polars as pl
import pytest

from mapping import datasets
from mapping.gazetteer import Gazetteer, country, country_named, load
from mapping.gazetteer.kinds import are_alike, kind_of, split_kind
from mapping.toponym import fold, spelling

PLACES = pl.DataFrame(
    {
        "place_id": ["site:balad-airbase", "geonames:98112", "geonames:1"],
        "name": ["Balad Air Base", "Balad", "Ad Dawr"],
        "kind": ["airbase", "town", "town"],
        "country_iso2": "IQ",
        "adm1_code": ["IQ-SD", "IQ-SD", "IQ-SD"],
        "adm1_listed": [None, None, "IQ-DI"],
        "latitude": [33.94, 34.02, 34.46],
        "longitude": [44.36, 44.15, 43.79],
        "radius_km": [6.0, 5.0, 5.0],
        "population": [0, 42_088, 0],
        "note": "",
    }
)
NAMES = pl.DataFrame(
    {
        "folded": ["balad", "balad", "balad air base", "dawr", "orbd"],
        "place": [0, 1, 0, 2, 0],
        "is_code": [False, False, False, False, True],
        "core": [None, None, "balad", None, None],
        "kind_said": [None, None, "airbase", None, None],
        "spelling": ["balad", "balad", "baladairbasa", "dur", "urbd"],
        "skeleton": ["bld", "bld", "bldrbs", "dr", "rbd"],
    }
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(PLACES, NAMES)


def test_a_name_finds_all_that_bear_it(gazetteer: Gazetteer) -> None:
    assert [found.place.name for found in gazetteer.named("balad")] == ["Balad Air Base", "Balad"]
    assert gazetteer.named("baghdad") == []


def test_the_core_of_a_name_finds_the_site_that_says_its_kind(gazetteer: Gazetteer) -> None:
    assert [(found.place.name, found.kind_said) for found in gazetteer.with_core("balad")] == [
        ("Balad Air Base", "airbase")
    ]


def test_a_spelling_finds_the_name_in_another(gazetteer: Gazetteer) -> None:
    assert [found.place.name for found in gazetteer.spelled(spelling(fold("al-Dour")))] == ["Ad Dawr"]


def test_an_abbreviation_is_no_bare_name(gazetteer: Gazetteer) -> None:
    (found,) = gazetteer.named("orbd")
    assert found.is_code and not found.is_bare


def test_a_place_lies_in_the_province_of_geometry_and_in_the_one_listed(gazetteer: Gazetteer) -> None:
    (dawr,) = [found.place for found in gazetteer.named("dawr")]
    assert dawr.lies_in(frozenset({"IQ-SD"})) and dawr.lies_in(frozenset({"IQ-DI"}))
    assert not dawr.lies_in(frozenset({"IQ-AN"})) and not dawr.lies_in(frozenset())


def test_the_nearest_town_is_no_site(gazetteer: Gazetteer) -> None:
    town, away_km = gazetteer.nearest_town(33.94, 44.36)
    assert town.name == "Balad"
    assert away_km == pytest.approx(21.3, abs=0.5)


@pytest.mark.parametrize(
    ("name", "core", "kind"),
    [
        ("Balad air base", "balad", "airbase"),
        ("Kalsu military base", "kalsu", "base"),
        ("Conoco gas field", "conoco", "oil field"),
        ("قاعدة عين الأسد الجوية", "عين اسد", "airbase"),
        ("مطار دير الزور العسكري", "دير زور", "airport"),
        ("مخيم الهول", "هول", "camp"),
        ("al-Muthana neighborhood", "muthana", "quarter"),
        ("Raqa province", "raqa", "province"),
        ("desert of Anbar", "anbar", "desert"),
        ("Çiyayê Şingalê", "singale", "mountain"),
        ("Samarra", "samarra", None),
        ("Airport", "airport", None),
        ("", "", None),
    ],
)
def test_a_name_says_its_kind(name: str, core: str, kind: str | None) -> None:
    assert split_kind(fold(name)) == (core, kind)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("base", "base"), ("gas field", "oil field"), ("neighbourhood", "quarter"), ("rural area", "countryside"),
     ("police headquarters", "base"), ("restaurant", "facility"), ("", None), (None, None), ("wedding", None)],
)  # fmt: skip
def test_site_type_says_a_kind(words: str | None, kind: str | None) -> None:
    assert kind_of(words) == kind


def test_kinds_that_stand_for_each_other() -> None:
    assert are_alike("base", "airbase") and are_alike("camp", "idp camp") and are_alike("town", "district")
    assert not are_alike("base", "idp camp") and not are_alike("airbase", "town")


def test_countries_by_name_and_code() -> None:
    assert {country_named(fold(name)).country_iso2 for name in ("Syria", "سوريا", "Syrian Arab Republic")} == {"SY"}
    assert country_named("anbar") is None
    assert country("IQ").radius_km > 300


def test_the_shipped_names_are_folded_as_texts_will_be() -> None:
    names = pl.read_parquet(datasets.shipped("gazetteer/names.parquet")).sample(2_000, seed=5)
    for folded, core, kind_said, spelled in names.select("folded", "core", "kind_said", "spelling").iter_rows():
        assert fold(folded) == folded
        assert split_kind(folded) == (core if kind_said else folded, kind_said)
        assert spelling(folded) == spelled


def test_every_site_is_in_the_shipped_places_as_the_list_has_it() -> None:
    sites = pl.read_csv(datasets.shipped("incidents/sites.csv"))
    places = pl.read_parquet(datasets.shipped("gazetteer/places.parquet"))
    built = places.filter(pl.col("place_id").str.starts_with("site:")).with_columns(
        pl.col("place_id").str.strip_prefix("site:").alias("site_id"), pl.col("note").replace("", None)
    )
    columns = ["site_id", "name", "kind", "country_iso2", "latitude", "longitude", "radius_km", "note"]
    assert built.select(columns).equals(sites.select(columns).cast({"radius_km": pl.Float64}))


def test_every_name_of_a_site_finds_it() -> None:
    sites = pl.read_csv(datasets.shipped("incidents/sites.csv"), infer_schema=False)
    for site_id, name, alt_names in sites.select("site_id", "name", "alt_names").iter_rows():
        for said in [name, *(alt_names or name).split("|")]:
            assert f"site:{site_id}" in {found.place.place_id for found in load().named(fold(said))}, said
