"""Text becomes typed incidents; every problem is told at once; what was refused can be mended and read again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping import readers
from mapping.formulas import guard_formulas
from mapping.schema import ATTRIBUTIONS, COLUMNS, CONFIDENCES, EVENT_TYPES, SCHEMA
from mapping.toponym import fold
from mapping.validate import PROBLEMS, Validated, country_codes, rejects_frame, validate
from mapping.validate.event_types import _SYNONYMS

TODAY = date(2026, 1, 1)


def check(published: bool = False, date_order: str | None = None, **columns: list[str | None]) -> Validated:
    height = len(next(iter(columns.values())))
    frame = pl.DataFrame(
        {"source_row": range(2, height + 2), **columns},
        schema_overrides={"source_row": pl.Int64} | dict.fromkeys(columns, pl.String),
    )
    return validate(frame, file="mine.csv", published=published, date_order=date_order, today=TODAY)


def one(**columns: str | None) -> dict[str, Any]:
    """Return the row that went on."""
    return check(**{name: [value] for name, value in columns.items()}).accepted.row(0, named=True)


def messages(checked: Validated, *, rejected: bool) -> list[tuple[int, str, str]]:
    return checked.problems.filter(pl.col("rejected") == rejected).select("row", "column", "message").rows()


def test_accepted_rows_have_every_column_of_its_type() -> None:
    checked = check(place=["Hit"])
    assert dict(checked.accepted.schema) == SCHEMA
    assert dict(checked.problems.schema) == PROBLEMS


def test_every_problem_of_every_row_is_told_at_once() -> None:
    checked = check(
        incident_id=["a", "a", "c"],
        date_start=["16 July 2024", "soon", "2024-07-18"],
        injured=["0", "-1", "some"],
        latitude=["33.8", "133", "33.8"],
        longitude=["42.4", "42.4", "42.4"],
        attribution=["claimed", "guessed", None],
    )
    refused = checked.problems.filter("rejected")
    assert sorted(refused.select("row", "column").rows()) == [
        (3, "attribution"), (3, "date_start"), (3, "incident_id"), (3, "injured"), (3, "latitude"), (4, "injured"),
    ]  # fmt: skip
    assert refused["file"].unique().to_list() == ["mine.csv"]
    assert refused.filter(pl.col("column") == "attribution").select("value", "allowed").row(0) == (
        "guessed",
        ", ".join(ATTRIBUTIONS),
    )
    assert checked.accepted["incident_id"].to_list() == ["a"]


@pytest.mark.parametrize(
    ("column", "value", "allowed"),
    [
        ("latitude", "90.1", "-90 to 90"), ("longitude", "-180.5", "-180 to 180"), ("radius_km", "-1", "0 or more"),
        ("injured", "-1", "0 or more"), ("fatalities_best", "-9", "0 or more"), ("weapon_count", "-2", "0 or more"),
        ("attribution", "rumour", ", ".join(ATTRIBUTIONS)), ("confidence", "sure", ", ".join(CONFIDENCES)),
        ("date_precision", "hour", "day, week, month, year, range, unknown"), ("geo_precision", "9", "site, town, near"),
        ("geo_method", "guess", "source, site"),
    ],
)  # fmt: skip
def test_the_schema_bounds_every_value(column: str, value: str, allowed: str) -> None:
    checked = check(**{"latitude": ["1"], "longitude": ["1"], column: [value]})
    problem = checked.problems.filter("rejected").row(0, named=True)
    assert checked.accepted.is_empty()
    assert (problem["column"], problem["value"]) == (column, value)
    assert problem["allowed"].startswith(allowed)
    assert value in problem["message"]
    assert allowed in problem["message"]


def test_problems_stand_under_the_headings_of_the_file() -> None:
    frame = pl.DataFrame({"source_row": [2], "date_start": ["soon"]})
    assert validate(frame, file="a.csv", headings={"date_start": "Datum"}).problems["column"].to_list() == ["Datum"]


# --- when


def test_a_day_without_an_end_ends_that_day() -> None:
    row = one(date_start="2024-07-16")
    assert (row["date_start"], row["date_end"], row["date_precision"]) == (date(2024, 7, 16), date(2024, 7, 16), "day")


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2017-06", None, None, (date(2017, 6, 1), date(2017, 6, 30), "month")),
        ("2017", None, None, (date(2017, 1, 1), date(2017, 12, 31), "year")),
        ("2017-06-15", None, "month", (date(2017, 6, 1), date(2017, 6, 30), "month")),
        ("2016-02-15", None, "Year", (date(2016, 1, 1), date(2016, 12, 31), "year")),
        ("2017-06-15", "2017-06-20", None, (date(2017, 6, 15), date(2017, 6, 20), "range")),
        ("2017-06-15", "2017-06-15", None, (date(2017, 6, 15), date(2017, 6, 15), "day")),
        ("2017-06", "2017-08", None, (date(2017, 6, 1), date(2017, 8, 31), "range")),
        ("2017-06-03", "2017-06-28", "month", (date(2017, 6, 3), date(2017, 6, 28), "month")),
        ("2017-06-05", None, "week", (date(2017, 6, 5), date(2017, 6, 5), "week")),
        (None, None, None, (None, None, "unknown")),
        ("unknown", None, None, (None, None, "unknown")),
    ],
)
def test_first_day_last_day_and_precision(
    start: str | None, end: str | None, precision: str | None, expected: tuple[date | None, date | None, str]
) -> None:
    row = one(date_start=start, date_end=end, date_precision=precision)
    assert (row["date_start"], row["date_end"], row["date_precision"]) == expected


def test_an_end_before_its_start_is_refused() -> None:
    checked = check(date_start=["2024-07-16"], date_end=["2024-07-01"])
    assert messages(checked, rejected=True) == [
        (2, "date_end", 'date_end "2024-07-01" lies before date_start "2024-07-16". Check both.')
    ]


def test_the_future_and_the_far_past_are_remarked_upon() -> None:
    checked = check(date_start=["2027-01-01", "1899-12-31", "2025-12-31"])
    assert checked.accepted.height == 3
    assert [row for row, column, _ in messages(checked, rejected=False) if column == "date_start"] == [2, 3]


def test_without_any_date_the_precision_is_unknown() -> None:
    assert one(place="Hit", date_precision="day")["date_precision"] == "unknown"


def test_the_order_of_dates_can_be_said() -> None:
    assert check(date_start=["03/04/2024"]).accepted.is_empty()
    assert check(date_start=["03/04/2024"], date_order="dmy").accepted["date_start"].item() == date(2024, 4, 3)


# --- harm, where


@pytest.mark.parametrize(
    ("low", "best", "high"), [("5", "3", None), (None, "5", "3"), ("5", None, "3"), ("5", "4", "3")]
)
def test_fatalities_must_not_fall(low: str | None, best: str | None, high: str | None) -> None:
    checked = check(fatalities_low=[low], fatalities_best=[best], fatalities_high=[high])
    assert checked.accepted.is_empty()
    assert "is above" in messages(checked, rejected=True)[0][2]


def test_in_a_published_dataset_they_are_kept_and_remarked_upon() -> None:
    checked = check(published=True, fatalities_low=["177"], fatalities_best=["142"], fatalities_high=["177"])
    assert checked.accepted.select("fatalities_low", "fatalities_best").row(0) == (177, 142)
    assert "as the source gives them" in messages(checked, rejected=False)[0][2]


def test_unknown_is_null_and_none_is_zero() -> None:
    row = one(fatalities_best="0", injured=None, weapon_count="unknown")
    assert (row["fatalities_best"], row["injured"], row["weapon_count"]) == (0, None, None)


def test_zero_zero_and_a_lone_coordinate_are_no_position() -> None:
    checked = check(latitude=["0", "33.8", None, "0"], longitude=["0", None, "42.4", "42.4"])
    assert checked.accepted.select("latitude", "longitude").rows() == [
        (None, None),
        (None, None),
        (None, None),
        (0.0, 42.4),
    ]
    assert [row for row, column, _ in messages(checked, rejected=False) if column != "incident_id"] == [2, 3, 4]


def test_swapped_coordinates_are_refused_and_not_turned_round() -> None:
    checked = check(latitude=["142.4"], longitude=["33.8"])
    assert checked.accepted.is_empty()
    assert "may be swapped" in messages(checked, rejected=True)[0][2]


# --- what


@pytest.mark.parametrize(
    ("words", "event_type", "source"),
    [
        ("drone attack", "drone attack", None), ("Drone Attack", "drone attack", "Drone Attack"), ("ied", "IED", "ied"),
        ("Roadside bomb", "IED", "Roadside bomb"), ("غارة جوية", "air strike", "غارة جوية"), ("عبوة ناسفة", "IED", "عبوة ناسفة"),
        ("İntihar saldırısı", "suicide bombing", "İntihar saldırısı"), ("Sabotage", "other", "Sabotage"), (None, None, None),
        ("n/a", None, None),
    ],
)  # fmt: skip
def test_event_types(words: str | None, event_type: str | None, source: str | None) -> None:
    row = one(event_type=words, place="Hit")
    assert (row["event_type"], row["event_type_source"]) == (event_type, source)


def test_an_unknown_event_type_goes_on_as_other_with_a_remark() -> None:
    checked = check(event_type=["Sabotage"], event_type_source=["Sabotage of a pipeline"])
    assert checked.accepted["event_type_source"].item() == "Sabotage of a pipeline"
    assert any("event_type_source" in message for _, _, message in messages(checked, rejected=False))


def test_the_synonyms_of_event_types_are_of_our_vocabulary_and_none_means_two() -> None:
    assert set(_SYNONYMS) == set(EVENT_TYPES)
    owners = {(fold(word), name) for name, words in _SYNONYMS.items() for word in [name, *words.split(";")]}
    words = [word for word, _ in owners]
    assert [word for word in words if words.count(word) > 1 or not word] == []


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.allowed], ids=lambda column: column.name)
def test_every_word_of_every_vocabulary_is_taken_in_any_case(column: Any) -> None:
    given_words = [word.upper() for word in column.allowed]
    checked = check(date_start=["2024-07-16"] * len(given_words), **{column.name: given_words})
    assert checked.accepted[column.name].to_list() == list(column.allowed)


# --- country


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iraq", "IQ"), ("IQ", "IQ"), ("irq", "IQ"), ("368", "IQ"), ("العراق", "IQ"), ("Irak", "IQ"), ("عراق", "IQ"), ("Syria", "SY"),
        ("Syrian Arab Republic", "SY"), ("سوريا", "SY"), ("Türkiye", "TR"), ("Turkey", "TR"), ("TURKIYE", "TR"), ("Palestine", "PS"),
        ("Gaza", "PS"), ("West Bank", "PS"), ("oPt", "PS"), ("Iran", "IR"), ("Iran, Islamic Republic of", "IR"), ("Lebanon", "LB"),
        ("لبنان", "LB"), ("Israel", "IL"), ("Jordan", "JO"), ("Yemen", "YE"), ("Libya", "LY"), ("Saudi Arabia", "SA"), ("KSA", "SA"),
        ("Kuwait", "KW"), ("Egypt", "EG"), ("مصر", "EG"), ("UAE", "AE"), ("UK", "GB"), ("USA", "US"), ("Côte d’Ivoire", "CI"),
        ("DR Congo", "CD"), ("Congo", "CG"), ("Kosovo", "XK"), ("Niger", "NE"), ("Nigeria", "NG"), ("South Sudan", "SS"),
        ("Sudan", "SD"), ("Namibia", "NA"), ("NA", "NA"), ("Iraqi Kurdistan", "IQ"), ("Golan Heights (Israeli-occupied)", "SY"),
        ("8", "AL"), ("Atlantis", None), ("unknown", None), (None, None),
    ],
)  # fmt: skip
def test_countries(text: str | None, code: str | None) -> None:
    assert one(country_iso2=text, place="Hit")["country_iso2"] == code
    assert pl.DataFrame({"c": [text]}, schema={"c": pl.String}).select(country_codes(pl.col("c"))).item() == code


def test_what_was_made_of_the_golan_and_of_no_country_is_said() -> None:
    checked = check(country_iso2=["Golan Heights", "Atlantis", "Iraq"], place=["a", "b", "c"])
    assert [(row, column) for row, column, _ in messages(checked, rejected=False) if column == "country_iso2"] == [
        (2, "country_iso2"), (3, "country_iso2"),
    ]  # fmt: skip


def test_every_country_of_iso_3166_is_known_by_its_names_and_codes() -> None:
    import pycountry

    for country in pycountry.countries:
        names = [
            country.alpha_2,
            country.alpha_3,
            country.numeric,
            country.name,
            getattr(country, "common_name", country.name),
        ]
        found = pl.DataFrame({"c": names}).select(country_codes(pl.col("c")))["c"].to_list()
        assert found == [country.alpha_2] * len(names)


# --- identity, evidence


def test_a_second_row_of_one_id_is_refused_and_says_where_the_first_is() -> None:
    checked = check(incident_id=["a", "b", " a ", "a"], place=["Hit"] * 4)
    assert checked.accepted["incident_id"].to_list() == ["a", "b"]
    assert [(row, message[:31]) for row, _, message in messages(checked, rejected=True)] == [
        (4, 'Row 2 has the incident_id "a" a'), (5, 'Row 2 has the incident_id "a" a'),
    ]  # fmt: skip


def test_a_missing_id_is_made_from_the_row_alone() -> None:
    rows = {"place": ["Hit", "Rutba"], "injured": ["1", None]}
    first = check(**rows).accepted["incident_id"].to_list()
    assert len(set(first)) == 2
    turned = {name: values[::-1] for name, values in rows.items()}
    assert check(**turned, target=[None, None]).accepted["incident_id"].to_list() == first[::-1]
    assert check(place=["Hit"], injured=["2"]).accepted["incident_id"].item() not in first


def test_made_ids_of_equal_rows_differ_and_this_is_said() -> None:
    checked = check(place=["Hit", "Hit"], incident_id=[None, None])
    first, second = checked.accepted["incident_id"]
    assert second == f"{first}-2"
    assert messages(checked, rejected=False) == [
        (3, "incident_id", "This row is the same as row 2. If both are one incident, take one out.")
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "a\x1fb", ""]), st.sampled_from(["a", "b", "\x1fb", ""])), max_size=6)
)
def test_ids_are_unique_whatever_the_rows(rows: list[tuple[str, str]]) -> None:
    checked = check(place=[row[0] for row in rows], target=[row[1] for row in rows])
    assert checked.accepted["incident_id"].n_unique() == len(rows)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", True), ("HTTP://example.org", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
        ("www.example.org", False), ("https://", False), (" https://example.org", True),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    checked = check(source_url=[url], place=["Hit"])
    assert checked.accepted["source_url"].item() == (url.strip() if kept else None)
    assert bool(messages(checked, rejected=False)) != kept


def test_text_is_kept_as_it_is() -> None:
    for text in ("NA", "None", "null", "-", "00123", "1e5", "=1+1", "\t=1+1", "a\r\nb", "ا\u202eب", "\u0000"):
        assert one(place=text, actor1=text)["actor1"] == text
    assert one(place="  Hit\u00a0", actor1=" \t ")["place"] == "Hit"
    assert one(place="  Hit\u00a0", actor1=" \t ")["actor1"] is None


# --- properties


_ANY = (
    st.none()
    | st.text(max_size=8)
    | st.sampled_from(["2024-07-16", "03/04/2024", "5", "33.8", "claimed", "IED", "Iraq", "0"])
)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(set(SCHEMA) - {"source_row"})), _ANY), min_size=1, max_size=4))
def test_every_row_goes_on_or_is_refused_with_a_reason(rows: list[dict[str, str | None]]) -> None:
    names = {name for row in rows for name in row} | {"place"}
    checked = check(**{name: [row.get(name) for row in rows] for name in names})
    refused = set(checked.problems.filter("rejected")["row"])
    assert set(checked.accepted["source_row"]) | refused == set(range(2, len(rows) + 2))
    assert not set(checked.accepted["source_row"]) & refused
    assert checked.problems["message"].str.ends_with(".").all()


# --- mend and read again


def test_rejects_can_be_mended_and_read_again(tmp_path: Path) -> None:
    file, again = tmp_path / "mine.csv", tmp_path / "rejects.csv"
    file.write_text("date,place,killed\n2024-07-16,Hit,1\nsoon,=1+1,two\n2024-07-18,Anah\n", encoding="utf-8")
    reading = readers.read(file)
    checked = validate(reading.incidents, file=file.name)
    rejects = rejects_frame(reading.raw, pl.concat([reading.malformed, checked.problems]))
    assert rejects["source_row"].to_list() == [3, 4]
    assert rejects.columns == ["date", "place", "killed", "problem", "source_row"]
    assert "date_start" in rejects["problem"][0]
    assert "fatalities_best" in rejects["problem"][0]

    mended = rejects.with_columns(date=pl.Series(["2024-07-17", "2024-07-18"]), killed=pl.Series(["2", "3"]))
    mended.with_columns(guard_formulas(pl.col(pl.String))).write_csv(again)
    reading = readers.read(again)
    checked = validate(reading.incidents, file=again.name)
    assert checked.accepted.select("date_start", "place", "fatalities_best").rows() == [
        (date(2024, 7, 17), "=1+1", 2), (date(2024, 7, 18), "Anah", 3),
    ]  # fmt: skip
    assert not checked.problems["rejected"].any()


def test_no_rows_at_all() -> None:
    checked = check(place=[])
    assert (checked.accepted.height, checked.problems.height) == (0, 0)


def test_a_source_date_without_a_day_stays_empty_and_is_remarked_upon() -> None:
    found = check(place=["Hit", "Hit"], source_date=["2017-02", "2017-02-03"])
    assert found.accepted["source_date"].to_list() == [None, date(2017, 2, 3)]
    assert found.problems.filter(pl.col("column") == "source_date")["rejected"].to_list() == [False]
