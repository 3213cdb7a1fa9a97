"""GTD: recognised by its columns, its unknowns kept unknown. Every row here is invented."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from mapping.licences import is_restricted
from mapping.readers import gtd
from mapping.readers.codebook import count_rows
from mapping.schema import EVENT_TYPES, SCHEMA
from mapping.validate import validate


def rows(**columns: list[str | None]) -> pl.DataFrame:
    height = len(next(iter(columns.values())))
    return pl.DataFrame(
        {"source_row": range(2, height + 2), **columns},
        schema_overrides={"source_row": pl.Int64} | dict.fromkeys(columns, pl.String),
    )


def coded(**columns: str | None) -> dict[str, str | None]:
    return gtd.incidents(rows(**{name: [value] for name, value in columns.items()})).row(0, named=True)


def checked(**columns: str | None) -> dict[str, object]:
    return validate(
        gtd.incidents(rows(**{name: [value] for name, value in columns.items()})), file="gtd.csv"
    ).accepted.row(0, named=True)


def test_a_whole_row_in_gtd_layout() -> None:
    found = coded(
        eventid="999901020001", iyear="2016", imonth="2", iday="3", approxdate=None, country_txt="Iraq",
        provstate="Al Anbar", city="Hit", latitude="33.64", longitude="42.83", specificity="1", vicinity="0",
        summary="An invented car bomb.", success="1", suicide="0", attacktype1_txt="Bombing/Explosion",
        targtype1_txt="Police", target1="Checkpoint", gname="Invented Front", guncertain1="0", claimed="1",
        weaptype1_txt="Explosives", weapsubtype1_txt="Vehicle", nkill="3", nwound="0", scite1="Invented Post",
        scite2="Invented Times", scite3=None,
    )  # fmt: skip
    assert found == {
        "source_row": 2, "incident_id": "999901020001", "date_start": "2016-2-3", "event_type": "IED", "event_type_source": "Bombing/Explosion",
        "weapon": "Explosives: Vehicle", "target": "Checkpoint", "outcome": "successful",
        "summary": "An invented car bomb.", "actor1": "Invented Front", "attribution": "claimed",
        "fatalities_low": None, "fatalities_best": "3", "fatalities_high": None, "injured": "0",
        "country_iso2": "Iraq", "adm1_claimed": "Al Anbar", "place": "Hit", "latitude": "33.64", "longitude": "42.83",
        "geo_precision": "town", "geo_precision_source": "1", "radius_km": "5", "source_name": "Invented Post",
        "source_count": "2",
    }  # fmt: skip
    assert set(found) <= set(SCHEMA)


@pytest.mark.parametrize(
    ("columns", "recognised"),
    [
        (["eventid", "iyear", "imonth", "iday", "country_txt"], True),
        (["EventID", " IYEAR ", "x"], True),
        (["iyear", "imonth", "iday"], False),
        (["id", "where_prec", "date_prec", "type_of_violence", "dyad_name"], False),
    ],
)
def test_recognised_by_its_columns(columns: list[str], recognised: bool) -> None:
    assert gtd.recognises(columns) is recognised


@pytest.mark.parametrize(
    ("year", "month", "day", "first", "last", "precision"),
    [
        ("2016", "2", "3", date(2016, 2, 3), date(2016, 2, 3), "day"),
        ("2016.0", "2.0", "3.0", date(2016, 2, 3), date(2016, 2, 3), "day"),
        ("2016", "2", "0", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2016", "2", None, date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2016", "2", "-9", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2016", "0", "0", date(2016, 1, 1), date(2016, 12, 31), "year"),
        ("2016", "0", "7", date(2016, 1, 1), date(2016, 12, 31), "year"),
        (None, "2", "3", None, None, "unknown"),
    ],
)
def test_a_zero_in_month_or_day_is_a_range(
    year: str | None, month: str, day: str | None, first: date | None, last: date | None, precision: str
) -> None:
    found = checked(iyear=year, imonth=month, iday=day)
    assert (found["date_start"], found["date_end"], found["date_precision"]) == (first, last, precision)


@pytest.mark.parametrize(("month", "day"), [("13", "1"), ("13", "0"), ("2", "31"), ("x", "0")])
def test_a_day_that_is_none_is_reported_once(month: str, day: str) -> None:
    raw = rows(iyear=["2016"], imonth=[month], iday=[day])
    assert validate(gtd.incidents(raw), file="gtd.csv").problems["rejected"].to_list() == [True]


@pytest.mark.parametrize(
    ("attack", "suicide", "weapon", "subtype", "expected"),
    [
        ("Bombing/Explosion", "1", "Explosives", "Vehicle", "suicide bombing"),
        ("Bombing/Explosion", "0", "Explosives", "Sticky Bomb", "IED"),
        ("Bombing/Explosion", "0", "Explosives", "Projectile (rockets, mortars, RPGs, etc.)", "explosion"),
        ("Bombing/Explosion", None, None, None, "explosion"),
        ("Armed Assault", "1", "Firearms", None, "armed assault"),
        ("Assassination", "0", "Firearms", None, "assassination"),
        ("Hostage Taking (Kidnapping)", "0", "Firearms", None, "kidnapping"),
        ("Hostage Taking (Barricade Incident)", "0", "Firearms", None, "other"),
        ("Hijacking", "0", "Firearms", None, "hijacking"),
        ("Facility/Infrastructure Attack", "0", "Incendiary", "Arson/Fire", "arson"),
        ("Facility/Infrastructure Attack", "0", "Sabotage Equipment", None, "other"),
        ("Unarmed Assault", "0", "Chemical", None, "other"),
        ("Unknown", "0", "Unknown", None, "other"),
        ("Invented Attack", "0", None, None, "Invented Attack"),
        (None, "0", None, None, None),
    ],
)
def test_attack_types(
    attack: str | None, suicide: str | None, weapon: str | None, subtype: str | None, expected: str | None
) -> None:
    found = coded(attacktype1_txt=attack, suicide=suicide, weaptype1_txt=weapon, weapsubtype1_txt=subtype)
    assert (found["event_type"], found["event_type_source"]) == (expected, attack)
    assert expected in {*EVENT_TYPES, "Invented Attack", None}


@pytest.mark.parametrize(
    ("given", "low", "best", "high"),
    [
        ("0", None, "0", None),
        ("3", None, "3", None),
        ("3.0", None, "3", None),
        ("-9", None, None, None),
        ("-99.0", None, None, None),
        ("2.5", "2", None, "3"),
        ("0.333333", "0", None, "1"),
        (None, None, None, None),
        ("many", None, "many", None),
        ("inf", None, "inf", None),
    ],
)
def test_deaths(given: str | None, low: str | None, best: str | None, high: str | None) -> None:
    found = coded(nkill=given)
    assert (found["fatalities_low"], found["fatalities_best"], found["fatalities_high"]) == (low, best, high)


def test_a_share_of_the_wounded_is_unknown() -> None:
    assert [coded(nwound=given)["injured"] for given in ("1.5", "-9", "4", "0")] == [None, None, "4", "0"]


@pytest.mark.parametrize(
    ("gname", "guncertain1", "claimed", "actor1", "attribution"),
    [
        ("Invented Front", "0", "0", "Invented Front", "attributed"),
        ("Invented Front", "0", "-9", "Invented Front", "attributed"),
        ("Invented Front", "0", "1", "Invented Front", "claimed"),
        ("Invented Front", "1", "1", "Invented Front", "suspected"),
        ("Invented Front", "1.0", "0", "Invented Front", "suspected"),
        ("Unknown", "0", "-9", None, "unknown"),
        (None, "0", "0", None, None),
    ],
)
def test_who_and_on_what_ground(
    gname: str | None, guncertain1: str, claimed: str, actor1: str | None, attribution: str | None
) -> None:
    found = coded(gname=gname, guncertain1=guncertain1, claimed=claimed)
    assert (found["actor1"], found["attribution"]) == (actor1, attribution)


@pytest.mark.parametrize(
    ("specificity", "geo_precision", "radius_km"),
    [
        ("1", "town", "5"),
        ("2", "district", None),
        ("3", "district", None),
        ("4", "province", None),
        ("5", "none", None),
        ("6", "6", None),
        (None, None, None),
    ],
)
def test_specificity(specificity: str | None, geo_precision: str | None, radius_km: str | None) -> None:
    found = coded(specificity=specificity)
    assert (found["geo_precision"], found["radius_km"]) == (geo_precision, radius_km)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Iraq", "IQ"), ("West Bank and Gaza Strip", "PS"), ("Zaire", "CD"), ("Democratic Republic of the Congo", "CD"),
        ("West Germany (FRG)", "DE"), ("North Yemen", "YE"), ("Rhodesia", "ZW"), ("Kosovo", "XK"), ("Turkey", "TR"),
        ("Slovak Republic", "SK"), ("Yugoslavia", None), ("Soviet Union", None), ("International", None),
    ],
)  # fmt: skip
def test_countries(name: str, expected: str | None) -> None:
    assert checked(country_txt=name)["country_iso2"] == expected


@pytest.mark.parametrize("word", ["Unknown", "Not Applicable", "-9", "-99", " "])
def test_words_for_unknown_are_no_names(word: str) -> None:
    found = coded(city=word, provstate=word, target1=word, gname=word, weaptype1_txt=word)
    assert [found[name] for name in ("place", "adm1_claimed", "target", "actor1", "weapon")] == [None] * 5


def test_notes_count_what_was_left_empty() -> None:
    raw = rows(
        nkill=["2.5", "0.5", "1"], nwound=["1", "1.5", "-9"], country_txt=["Yugoslavia", "Iraq", "International"]
    )
    assert list(count_rows(raw, gtd.REMARKS).values()) == [2, 1]
    assert list(count_rows(rows(nkill=["1"]), gtd.REMARKS).values()) == [0]


def test_the_licence_keeps_rows_from_being_passed_on() -> None:
    assert pl.select(is_restricted(pl.lit(gtd.LICENCE))).item()
