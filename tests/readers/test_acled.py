"""ACLED: recognised by its columns, its codes said in the incident's words. Every row here is invented."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from mapping.licences import is_restricted
from mapping.readers import acled
from mapping.readers.codebook import count_rows
from mapping.schema import EVENT_TYPES, SCHEMA
from mapping.validate import validate

SUB_EVENT_TYPES = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory", "Other",
    ),
}  # fmt: skip


def rows(**columns: list[str | None]) -> pl.DataFrame:
    height = len(next(iter(columns.values())))
    return pl.DataFrame(
        {"source_row": range(2, height + 2), **columns},
        schema_overrides={"source_row": pl.Int64} | dict.fromkeys(columns, pl.String),
    )


def coded(**columns: str | None) -> dict[str, str | None]:
    return acled.incidents(rows(**{name: [value] for name, value in columns.items()})).row(0, named=True)


def checked(**columns: str | None) -> dict[str, object]:
    return validate(
        acled.incidents(rows(**{name: [value] for name, value in columns.items()})), file="a.csv"
    ).accepted.row(0, named=True)


def test_a_whole_row_in_acled_layout() -> None:
    found = coded(
        event_id_cnty="IRQ999901", event_date="16 July 2024", year="2024", time_precision="1",
        disorder_type="Political violence", event_type="Explosions/Remote violence", sub_event_type="Air/drone strike",
        actor1="Unidentified Armed Group (Iraq)", assoc_actor_1="", inter1="Political militia",
        actor2="Military Forces of the United States (2021-2025)", assoc_actor_2="A; B", inter2="8", interaction="38",
        civilian_targeting=None, iso="368", region="Middle East", country="Iraq", admin1="Al Anbar", admin2="Heet",
        admin3="Al Baghdady", location="Ain Al Assad Airbase", latitude="33.7856", longitude="42.4412",
        geo_precision="1", source="Invented Post; Invented Times", source_scale="National",
        notes="Two invented drones.", fatalities="0", tags="a; b", timestamp="1721200000",
    )  # fmt: skip
    assert found == {
        "source_row": 2, "incident_id": "IRQ999901", "date_start": "16 July 2024", "date_end": None,
        "date_precision": "day", "event_type": "air strike",
        "event_type_source": "Explosions/Remote violence: Air/drone strike", "summary": "Two invented drones.",
        "actor1": "Unidentified Armed Group (Iraq)", "actor2": "Military Forces of the United States (2021-2025)",
        "attribution": "unknown", "fatalities_best": "0", "country_iso2": "368", "adm1_claimed": "Al Anbar",
        "adm2_claimed": "Heet", "place": "Ain Al Assad Airbase", "latitude": "33.7856", "longitude": "42.4412",
        "geo_precision": "town", "geo_precision_source": "1", "radius_km": "5",
        "source_name": "Invented Post; Invented Times", "source_count": "2",
    }  # fmt: skip
    assert set(found) <= set(SCHEMA)


@pytest.mark.parametrize(
    ("columns", "recognised"),
    [
        (["event_id_cnty", "event_date", "event_type", "sub_event_type"], True),
        (["data_id", "ISO", "EVENT_ID_CNTY", "EVENT_ID_NO_CNTY", "EVENT_DATE", "EVENT_TYPE", "iso3"], True),
        (["Event ID CNTY", "Event Date", "Event Type"], True),
        (["event_id_cnty", "notes"], True),
        (["event_date", "event_type", "location"], False),
        (["eventid", "iyear", "imonth"], False),
    ],
)
def test_recognised_by_its_columns(columns: list[str], recognised: bool) -> None:
    assert acled.recognises(columns) is recognised


@pytest.mark.parametrize(
    ("event_type", "sub_event_type"), [(event, sub) for event, subs in SUB_EVENT_TYPES.items() for sub in subs]
)
def test_each_sub_event_type_has_its_word(event_type: str, sub_event_type: str) -> None:
    found = coded(event_type=event_type, sub_event_type=sub_event_type)
    assert found["event_type"] in EVENT_TYPES
    assert found["event_type_source"] == f"{event_type}: {sub_event_type}"


@pytest.mark.parametrize(
    ("event_type", "sub_event_type", "expected"),
    [
        ("Explosions/Remote violence", "Shelling/artillery/missile attack", "shelling"),
        ("Explosions/Remote violence", "Suicide bomb", "suicide bombing"),
        ("Violence against civilians", "Abduction/forced disappearance", "kidnapping"),
        ("Strategic developments", "Disrupted weapons use", "other"),
        ("Explosions/Remote violence", None, "other"),
        ("Riots/Protests", None, "unrest"),
        ("Battle-No change of territory", None, "armed clash"),
        ("Battles", "Invented clash", "Invented clash"),
    ],
)
def test_event_types(event_type: str, sub_event_type: str | None, expected: str) -> None:
    assert coded(event_type=event_type, sub_event_type=sub_event_type)["event_type"] == expected


@pytest.mark.parametrize(
    ("event_date", "time_precision", "first", "last", "precision"),
    [
        ("2023-02-16", "1", date(2023, 2, 16), date(2023, 2, 16), "day"),
        ("16 May 2025", "1", date(2025, 5, 16), date(2025, 5, 16), "day"),
        ("2023-02-16 00:00:00", "1.0", date(2023, 2, 16), date(2023, 2, 16), "day"),
        ("2023-02-16", "2", date(2023, 2, 13), date(2023, 2, 19), "week"),
        ("16 May 2025", "2", date(2025, 5, 13), date(2025, 5, 19), "week"),
        ("16/02/2023", "2", date(2023, 2, 13), date(2023, 2, 19), "week"),
        ("2024-02-15", "3", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("29 February 2024", "3", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2023-02-16", None, date(2023, 2, 16), date(2023, 2, 16), "day"),
        (None, "1", None, None, "unknown"),
    ],
)
def test_a_date_is_a_range_by_its_time_precision(
    event_date: str | None, time_precision: str | None, first: date | None, last: date | None, precision: str | None
) -> None:
    found = checked(event_date=event_date, time_precision=time_precision)
    assert (found["date_start"], found["date_end"], found["date_precision"]) == (first, last, precision)


def test_the_whole_column_tells_the_order_of_day_and_month() -> None:
    raw = rows(event_date=["03/04/2024", "16/04/2024"], time_precision=["2", "1"])
    found = validate(acled.incidents(raw), file="a.csv").accepted
    assert found.row(0, named=True)["date_start"] == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("event_date", "time_precision"),
    [("2024-02-30", "1"), ("2024-02-30", "2"), ("soon", "3"), ("16 May 2025", "4"), ("03/04/2024", "2")],
)
def test_a_date_or_code_that_is_none_is_reported_once(event_date: str, time_precision: str) -> None:
    raw = rows(event_date=[event_date], time_precision=[time_precision])
    assert validate(acled.incidents(raw), file="a.csv").problems["rejected"].to_list() == [True]


@pytest.mark.parametrize(
    ("code", "geo_precision", "radius_km"),
    [("1", "town", "5"), ("2", "near", "25"), ("3", "province", None), ("4", "4", None), (None, None, None)],
)
def test_geo_precision(code: str | None, geo_precision: str | None, radius_km: str | None) -> None:
    found = coded(geo_precision=code)
    assert (found["geo_precision"], found["geo_precision_source"], found["radius_km"]) == (
        geo_precision,
        code,
        radius_km,
    )


@pytest.mark.parametrize(
    ("iso", "country", "expected"),
    [
        ("368", "Iraq", "IQ"), ("4", "Afghanistan", "AF"), ("368.0", None, "IQ"), ("275", "Palestine", "PS"),
        ("0", "Kosovo", "XK"), (None, "Ivory Coast", "CI"), (None, "Democratic Republic of Congo", "CD"),
        (None, "Atlantis", None),
    ],
)  # fmt: skip
def test_countries(iso: str | None, country: str | None, expected: str | None) -> None:
    assert checked(iso=iso, country=country)["country_iso2"] == expected


@pytest.mark.parametrize(
    ("event_type", "actor1", "attribution"),
    [
        ("Violence against civilians", "Invented Front", "attributed"),
        ("Explosions/Remote violence", "Invented Front", "attributed"),
        ("Explosions/Remote violence", "Unidentified Armed Group (Iraq)", "unknown"),
        ("Explosions/Remote violence", None, None),
        ("Battles", "Invented Front", None),
    ],
)
def test_the_first_actor_did_it_only_where_the_codebook_says_so(
    event_type: str, actor1: str | None, attribution: str | None
) -> None:
    assert coded(event_type=event_type, actor1=actor1)["attribution"] == attribution


@pytest.mark.parametrize(
    ("source", "count"), [("A", "1"), ("A; B", "2"), ("A;B;;C; ", "3"), (None, None), ("  ", None)]
)
def test_sources_are_counted(source: str | None, count: str | None) -> None:
    assert coded(source=source)["source_count"] == count


def test_only_one_number_of_deaths_is_given() -> None:
    found = coded(fatalities="12")
    assert found["fatalities_best"] == "12"
    assert not {"fatalities_low", "fatalities_high", "injured"} & set(found)


def test_the_licence_keeps_rows_from_being_passed_on() -> None:
    assert pl.select(is_restricted(pl.lit(acled.LICENCE))).item()


def test_the_newest_row_of_an_event_stands() -> None:
    raw = rows(
        event_id_cnty=["A1", "A1", "A1", "A2", "A3", "A3", "A4", "A4", None, None],
        timestamp=["100", "300", "200.0", "1", "5", "5", "9", "soon", "1", "2"],
    )
    assert acled.superseded(acled.version_keys(raw)).rows() == [(2, 3), (4, 3)]


def test_without_a_timestamp_no_row_is_set_aside() -> None:
    found = acled.superseded(acled.version_keys(rows(event_id_cnty=["A1", "A1"])))
    assert (found.columns, found.height) == (["source_row", "newer_row"], 0)


def test_notes_say_what_the_codes_hide() -> None:
    raw = rows(fatalities=["0", "3", "0"], time_precision=["1", "2", "1"])
    assert list(count_rows(raw, acled.REMARKS).values()) == [2, 1]
