"""UCDP GED: recognised by its columns, its codes said in the incident's words, no row lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from mapping.readers import ucdp
from mapping.schema import EVENT_TYPES, SCHEMA
from mapping.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"ged_v23_1_sample.csv": 972, "ged_syria_2016_2017.csv": 11_757}


def rows(**columns: list[str | None]) -> pl.DataFrame:
    height = len(next(iter(columns.values())))
    return pl.DataFrame(
        {"source_row": range(2, height + 2), **columns},
        schema_overrides={"source_row": pl.Int64} | dict.fromkeys(columns, pl.String),
    )


def coded(**columns: str | None) -> dict[str, str | None]:
    return ucdp.incidents(rows(**{name: [value] for name, value in columns.items()})).row(0, named=True)


@pytest.fixture(params=FILES)
def real(request: pytest.FixtureRequest, shared_data: Path) -> tuple[pl.DataFrame, int]:
    raw = pl.read_csv(shared_data / "ucdp" / request.param, infer_schema=False)
    return raw.select(pl.int_range(2, pl.len() + 2).alias("source_row"), pl.all()), FILES[request.param]


def test_both_layouts_are_recognised_and_every_row_is_coded(real: tuple[pl.DataFrame, int]) -> None:
    raw, height = real
    assert ucdp.recognises(raw.columns)
    found = ucdp.incidents(raw)
    assert found.height == height
    assert set(found.columns) <= set(SCHEMA)
    assert all(dtype == pl.String for name, dtype in found.schema.items() if name != "source_row")
    assert found["geo_precision_source"].equals(raw["where_prec"], check_names=False)
    for name in ("incident_id", "date_start", "date_end", "latitude", "longitude", "event_type", "geo_precision"):
        assert found[name].null_count() == 0, name


def test_every_real_row_goes_on_and_its_codes_with_it(real: tuple[pl.DataFrame, int]) -> None:
    raw, height = real
    checked = validate(ucdp.incidents(raw), file="ged.csv", published=True)
    assert checked.accepted.height == height
    assert not checked.problems["rejected"].any()
    assert checked.accepted["geo_precision_source"].equals(raw["where_prec"], check_names=False)
    assert checked.accepted.select("date_start", "latitude", "fatalities_best").null_count().row(0) == (0, 0, 0)


@pytest.mark.parametrize(
    "columns",
    [
        ["Where_Prec", " DATE_START", "type_of_violence", "dyad_name", "id"],
        ["date_start", "type_of_violence", "where_prec"],
    ],
)
def test_headings_are_recognised_in_any_case_and_order(columns: list[str]) -> None:
    assert ucdp.recognises(columns)


def test_another_table_is_not_recognised() -> None:
    assert not ucdp.recognises(["id", "date_start", "date_end", "latitude", "longitude", "best"])


@pytest.mark.parametrize(
    ("where_prec", "geo_precision", "radius_km"),
    [
        ("1", "town", "5"),
        ("2", "near", "25"),
        ("3", "district", None),
        ("4", "province", None),
        ("5", "area", None),
        ("6", "country", None),
        ("7", "offshore", None),
        ("4.0", "province", None),
        (None, None, None),
    ],
)
def test_where_prec(where_prec: str | None, geo_precision: str | None, radius_km: str | None) -> None:
    found = coded(where_prec=where_prec)
    assert (found["geo_precision"], found["radius_km"]) == (geo_precision, radius_km)


@pytest.mark.parametrize(
    ("date_prec", "date_precision"), [("1", "day"), ("2", "range"), ("3", "week"), ("4", "month"), ("5", "year")]
)
def test_date_prec(date_prec: str, date_precision: str) -> None:
    found = coded(date_prec=date_prec, date_start="2016-01-01", date_end="2016-01-05")
    assert (found["date_precision"], found["date_start"], found["date_end"]) == (
        date_precision,
        "2016-01-01",
        "2016-01-05",
    )


def test_a_code_that_is_in_no_codebook_is_reported() -> None:
    raw = rows(id=["1", "2"], where_prec=["9", "1"], date_prec=["x", "1"], date_start=["2016-01-01"] * 2)
    checked = validate(ucdp.incidents(raw), file="ged.csv")
    assert checked.problems.select("row", "column", "value", "rejected").rows() == [
        (2, "date_precision", "x", True),
        (2, "geo_precision", "9", True),
    ]
    assert checked.accepted["incident_id"].to_list() == ["2"]


@pytest.mark.parametrize(
    ("type_of_violence", "words", "attribution"),
    [
        ("1", "state-based conflict", None),
        ("2", "non-state conflict", None),
        ("3", "one-sided violence", "attributed"),
    ],
)
def test_type_of_violence_says_who_fought_and_not_how(
    type_of_violence: str, words: str, attribution: str | None
) -> None:
    found = coded(type_of_violence=type_of_violence, side_a="Government of Syria", side_b="IS")
    assert found["event_type"] in EVENT_TYPES
    assert (found["event_type_source"], found["attribution"]) == (words, attribution)
    assert (found["actor1"], found["actor2"]) == ("Government of Syria", "IS")


@pytest.mark.parametrize(
    ("country", "year", "adm_1", "expected"),
    [
        ("Iraq", "2016", "Anbar province", "IQ"),
        ("DR Congo (Zaire)", "2016", None, "CD"),
        ("Congo", "1997", None, "CG"),
        ("Yemen (North Yemen)", "2016", None, "YE"),
        ("Bosnia-Herzegovina", "1993", None, "BA"),
        ("Macedonia, FYR", "2001", None, "MK"),
        ("Kingdom of eSwatini (Swaziland)", "2021", None, "SZ"),
        ("Israel", "2014", "Gaza Strip", "PS"),
        ("Israel", "2002", "West Bank", "PS"),
        ("Israel", "2001", "Northern district", "IL"),
        ("Israel", "2001", None, "IL"),
        ("Russia (Soviet Union)", "1990", None, None),
        ("Russia (Soviet Union)", "2004", "Chechnya republic", "RU"),
        ("Serbia (Yugoslavia)", "1991", "Vukovar-Syrmia", None),
        ("Atlantis", "2016", None, None),
        (None, None, None, None),
    ],
)
def test_countries(country: str | None, year: str | None, adm_1: str | None, expected: str | None) -> None:
    raw = rows(country=[country], year=[year], adm_1=[adm_1])
    checked = validate(ucdp.incidents(raw), file="ged.csv")
    assert checked.accepted["country_iso2"].to_list() == [expected]
    assert checked.problems.height == (country is not None and expected is None)


def test_deaths_are_kept_apart_and_zero_is_not_unknown() -> None:
    found = coded(low="0", best="2", high=None)
    assert (found["fatalities_low"], found["fatalities_best"], found["fatalities_high"]) == ("0", "2", None)


@pytest.mark.parametrize(
    ("office", "article", "name"),
    [("VDC;SOHR", '"VDC,2013-01-03,x"', "VDC;SOHR"), (None, "Reuters 1989-05-17", "Reuters 1989-05-17")],
)
def test_source_name_is_the_office_or_else_the_article(office: str | None, article: str, name: str) -> None:
    assert coded(source_office=office, source_article=article)["source_name"] == name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2013-01-05;2013-01-03", "2013-01-03"),
        ("2013-01-03", "2013-01-03"),
        ("spring 2013", "spring 2013"),
        (None, None),
    ],
)
def test_source_date_is_the_first_of_several(given: str | None, expected: str | None) -> None:
    assert coded(source_date=given)["source_date"] == expected


@pytest.mark.parametrize(("given", "expected"), [("-1", None), ("3", "3"), ("-1.0", None)])
def test_number_of_sources(given: str, expected: str | None) -> None:
    assert coded(number_of_sources=given)["source_count"] == expected


def test_a_column_that_the_file_does_not_give_is_absent() -> None:
    assert ucdp.incidents(rows(id=["1"], where_coordinates=["Hit town"])).columns == [
        "source_row",
        "incident_id",
        "place",
    ]
