"""Hard cases of place texts, each with where its truth comes from, and every name of the project's own sites."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mapping import datasets
from mapping.distances import arc_km
from mapping.gazetteer import load
from mapping.geocoder import geocode
from mapping.geocoder.scope import SETTLED
from mapping.pipeline import shipped_incidents
from mapping.toponym import fold

HERE = Path(__file__).parent / "cases"
QUESTION = ("text", "country", "province", "site_type")
COARSE = {"province", "country", "none"}
GAPS = 0.05
"""The share of the cases that may be known gaps."""


def listed(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CASES = listed("places.csv")


def name_of(case: dict[str, str]) -> str:
    return " · ".join(case[name] for name in QUESTION if case[name])


def located(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    asked = {
        "place": [row["text"] for row in rows],
        "country_iso2": [row["country"] or None for row in rows],
        "adm1_claimed": [row["province"] or None for row in rows],
        "site_type": [row["site_type"] or None for row in rows],
    }
    return geocode(pl.DataFrame(asked, schema=dict.fromkeys(asked, pl.String))).rows(named=True)


def fault(case: dict[str, str], answer: dict[str, Any]) -> str | None:
    """Say what is wrong with an answer, null when nothing is."""
    if answer["geo_precision"] not in case["precision"].split("|"):
        return (
            f"{answer['geo_precision']} {answer['matched_name']} instead of {case['precision']}: {answer['geo_reason']}"
        )
    if answer["geo_precision"] in COARSE:
        code = re.match(r"ISO 3166-2 ([A-Z]{2}-\w+)", case["source"])
        return f"{answer['adm1_code']} instead of {code[1]}" if code and answer["adm1_code"] != code[1] else None
    off_km = arc_km(answer["latitude"], answer["longitude"], float(case["latitude"]), float(case["longitude"]))
    return f"{off_km:.0f} km off: {answer['geo_reason']}" if off_km > float(case["tolerance_km"]) else None


@pytest.fixture(scope="module")
def faults() -> dict[str, str | None]:
    return {name_of(case): fault(case, answer) for case, answer in zip(CASES, located(CASES), strict=True)}


@pytest.mark.parametrize("case", [case for case in CASES if not case["known_gap"]], ids=name_of)
def test_a_hard_case(case: dict[str, str], faults: dict[str, str | None]) -> None:
    assert faults[name_of(case)] is None


def test_known_gaps_are_few_and_none_of_them_is_closed(faults: dict[str, str | None]) -> None:
    gaps = [case for case in CASES if case["known_gap"]]
    assert len(gaps) < GAPS * len(CASES)
    assert [name_of(case) for case in gaps if faults[name_of(case)] is None] == []


def test_the_cases_are_many_and_of_every_kind() -> None:
    kinds = Counter(case["kind"] for case in CASES)
    assert len(CASES) >= 220
    assert min(kinds.values()) >= 7, kinds
    assert len({name_of(case) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_every_case_says_where_its_truth_comes_from(case: dict[str, str]) -> None:
    assert case["source"]
    assert set(case["precision"].split("|")) <= COARSE or (case["latitude"] and case["tolerance_km"])


STARTER = listed("starter_places.csv")


@pytest.fixture(scope="module")
def starter() -> dict[str, dict[str, Any]]:
    return {row["incident_id"]: row for row in shipped_incidents().rows(named=True)}


def test_every_starter_incident_was_looked_at(starter: dict[str, dict[str, Any]]) -> None:
    assert [row["incident_id"] for row in STARTER] == list(starter)


def is_as_found(row: dict[str, str], answer: dict[str, Any]) -> bool:
    return (answer["geo_precision"], answer["place_id"]) == (row["geo_precision"], row["place_id"])


@pytest.mark.parametrize("row", [row for row in STARTER if not row["known_gap"]], ids=lambda row: row["incident_id"])
def test_a_starter_incident_is_where_it_was_found_to_be(
    row: dict[str, str], starter: dict[str, dict[str, Any]]
) -> None:
    answer = starter[row["incident_id"]]
    assert is_as_found(row, answer), answer["geo_reason"]
    assert bool(row["reason"]) == (row["geo_precision"] in COARSE), "what stays coarse says why"


def test_known_gaps_of_the_starter_are_few_and_none_of_them_is_closed(starter: dict[str, dict[str, Any]]) -> None:
    gaps = [row for row in STARTER if row["known_gap"]]
    assert len(gaps) < GAPS * len(STARTER)
    assert [row["incident_id"] for row in gaps if is_as_found(row, starter[row["incident_id"]])] == []


AIN_AL_ASAD = [
    "Ain al-Asad", "Ain al-Assad", "Ayn al-Asad", "Ayn al Asad", "Ein al-Asad", "'Ayn al-Asad", "ʿAin al-Asad", "ʿAyn al-ʾAsad",
    "Ain Al Asad", "Ain el-Asad", "Ain ul-Asad", "Ain alAsad", "Ain-al-Asad", "AIN AL-ASAD", "Ain Assad", "Aïn al-Assad",
    "Ain al-Asad Airbase", "Ayn al-Asad air base", "Al-Asad Air Base", "al-Assad airbase", "Al Asad base", "Ain al-Asad military base",
    "عين الأسد", "عين الاسد", "عَيْن الأَسَد", "قاعدة عين الأسد", "قاعدة عين الاسد الجوية", "قاعده عین‌الاسد", "عین الاسد", "قاعدة عين الأسد العسكرية",
]  # fmt: skip


@pytest.mark.parametrize(
    "columns", [{}, {"country": "IQ"}, {"country": "IQ", "province": "Anbar"}, {"site_type": "base"}]
)
def test_every_spelling_of_ain_al_asad_is_the_base(columns: dict[str, str]) -> None:
    asked = [dict.fromkeys(QUESTION, "") | {"text": text} | columns for text in AIN_AL_ASAD]
    assert {answer["place_id"] for answer in located(asked)} == {"site:ain-al-asad"}


def bearers(folded: str) -> set[str]:
    """Find what bears a name, and the towns that do but for a word of kind ("ناحية التاجي")."""
    named, towns = load().named(folded), load().with_core(folded)
    return {found.place.place_id for found in named if found.is_bare or found.place.kind != "town"} | {
        found.place.place_id for found in towns if found.place.kind in SETTLED
    }


def own_names() -> pl.DataFrame:
    """List the names of sites that no other place bears, each with its site, country and province."""
    sites = pl.read_csv(datasets.shipped("incidents/sites.csv"), infer_schema=False)
    names = (
        sites.filter(~pl.col("note").fill_null("").str.contains("AMBIGUOUS|DOUBTFUL"))
        .with_columns(pl.concat_list("name", pl.col("alt_names").fill_null("").str.split("|")).alias("text"))
        .explode("text")
        .filter(pl.col("text") != "")
        .select("text", pl.format("site:{}", "site_id").alias("place_id"), "country_iso2", "adm1")
    )
    alone = [bearers(fold(text)) == {place_id} for text, place_id in names.select("text", "place_id").iter_rows()]
    return names.filter(pl.Series(alone))


@pytest.mark.parametrize("has_province", [False, True])
def test_every_own_name_of_a_site_is_the_site(has_province: bool) -> None:
    names = own_names()
    assert names.height > 1_800
    asked = [
        {"text": text, "country": country, "province": province if has_province else "", "site_type": ""}
        for text, country, province in names.select("text", "country_iso2", "adm1").iter_rows()
    ]
    found = pl.Series([answer["place_id"] for answer in located(asked)])
    assert names.filter(found != names["place_id"])["text"].to_list() == []
