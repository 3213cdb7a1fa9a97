"""Dates, counts and degrees as people type them: read, or refused with what to do."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.errors import InvalidValue
from mapping.values import parse_counts, parse_dates, parse_degrees, parse_measures, tidy
from mapping.values.coordinates import Axis

DAY = date(2024, 7, 16)


def dates(*texts: str | None, order: str | None = None) -> pl.DataFrame:
    return parse_dates(pl.Series(texts, dtype=pl.String), order=order)


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-16", "2024-7-16", "2024/07/16", "2024.07.16", "20240716", "16/07/2024", "07/16/2024", "16.7.2024", "16-07-2024",
        "16 July 2024", "16 Jul 2024", "16-Jul-2024", "July 16, 2024", "Jul. 16 2024", "16th of July 2024", "2024 July 16",
        "Tuesday, 16 July 2024", "Tue 16 Jul 2024", "2024-07-16 00:00:00.000", "2024-07-16T23:30:00Z", "2024-07-16T23:30+03:00",
        "16/07/2024 11:30 pm", "٢٠٢٤-٠٧-١٦", "١٦/٠٧/٢٠٢٤", "۱۶/۰۷/۲۰۲۴", "16 تموز 2024", "16 يوليو 2024", "١٦ تموز ٢٠٢٤م",
        "16 تموز/يوليو 2024", "الثلاثاء 16 تموز 2024", "16 Temmuz 2024", "16 juillet 2024", "۱۶ ژوئیه ۲۰۲۴", "\u200f16/07/2024\u200f",
        " 2024–07–16 ",
    ],
)  # fmt: skip
def test_one_day_written_in_many_ways(text: str) -> None:
    found = dates(text).row(0, named=True)
    assert found == {"start": DAY, "end": DAY, "precision": "day", "problem": None, "note": None}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 كانون الثاني 2024", 1), ("3 شباط 2024", 2), ("3 آذار 2024", 3), ("3 نيسان 2024", 4), ("3 أيار 2024", 5),
        ("3 حزيران 2024", 6), ("3 تموز 2024", 7), ("3 آب 2024", 8), ("3 أيلول 2024", 9), ("3 تشرين الأول 2024", 10),
        ("3 تشرين الثاني 2024", 11), ("3 كانون الأول 2024", 12), ("3 يناير 2024", 1), ("3 أغسطس 2024", 8), ("3 أكتوبر 2024", 10),
        ("3 Ağustos 2024", 8), ("3 Şubat 2024", 2), ("3 août 2024", 8),
    ],
)  # fmt: skip
def test_months_of_the_region(text: str, month: int) -> None:
    assert dates(text)["start"].item() == date(2024, month, 3)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2017-06", date(2017, 6, 1), date(2017, 6, 30), "month"),
        ("06/2017", date(2017, 6, 1), date(2017, 6, 30), "month"),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("شباط 2023", date(2023, 2, 1), date(2023, 2, 28), "month"),
        ("2017", date(2017, 1, 1), date(2017, 12, 31), "year"),
    ],
)
def test_a_month_or_a_year_is_the_whole_of_it(text: str, start: date, end: date, precision: str) -> None:
    assert dates(text).row(0)[:3] == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10 محرم 1446", "Islamic or the Persian"), ("1446-01-10", "Islamic or the Persian"), ("26 تیر 1403", "Islamic or the Persian"),
        ("10 Muharram 1446 AH", "Islamic or the Persian"), ("16/07/24", "two digits"), ("16-Jul-24", "two digits"),
        ("2024-02-30", "no day of the calendar"), ("31/04/2024", "no day of the calendar"), ("2024-13-01", "no day of the calendar"),
        ("0001-01-01", "in the year 1"), ("2567-07-16", "in the year 2567"), ("16-17 July 2024", "is not a date"),
        ("last Tuesday", "is not a date"), ("2024-07-16 to 2024-07-18", "is not a date"), ("45489", "not a date"), ("=1+1", "is not a date"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_reason(text: str, why: str) -> None:
    found = dates(text, "2024-07-16").row(0, named=True)
    assert found["start"] is None
    assert why in found["problem"] or (text == "45489" and "day number of Excel" in found["problem"])


def test_the_order_of_day_and_month_is_decided_for_the_whole_column() -> None:
    assert dates("03/04/2024", "16/05/2024")["start"].to_list() == [date(2024, 4, 3), date(2024, 5, 16)]
    assert dates("03/04/2024", "05/16/2024")["start"].to_list() == [date(2024, 3, 4), date(2024, 5, 16)]


def test_dates_that_can_all_be_read_two_ways_are_asked_about_and_not_guessed() -> None:
    found = dates("03/04/2024", "05/06/2024", "07/07/2024", None)
    assert found["start"].to_list() == [None, None, date(2024, 7, 7), None]
    assert ["--date-order dmy or mdy" in (problem or "") for problem in found["problem"]] == [
        True,
        True,
        False,
        False,
    ]
    assert dates("03/04/2024", order="dmy")["start"].item() == date(2024, 4, 3)
    assert dates("03/04/2024", order="mdy")["start"].item() == date(2024, 3, 4)


def test_a_column_of_both_orders_keeps_only_what_is_certain() -> None:
    found = dates("16/05/2024", "05/16/2024", "03/04/2024")
    assert found["start"].to_list() == [date(2024, 5, 16), date(2024, 5, 16), None]
    assert "this column has both" in found["problem"][2]


def test_a_date_against_the_order_that_was_said_is_refused() -> None:
    assert "no month in the order dmy" in dates("05/16/2024", order="dmy")["problem"].item()
    assert "does not begin with the year" in dates("16/05/2024", order="ymd")["problem"].item()
    with pytest.raises(InvalidValue, match=r"dym.*Allowed: dmy, mdy, ymd"):
        dates("16/05/2024", order="dym")


def test_day_numbers_of_excel_where_the_whole_column_is_such() -> None:
    found = dates("45489", "45489.5", "36526", "unknown", None)
    assert found["start"].to_list() == [DAY, DAY, date(2000, 1, 1), None, None]
    assert found["problem"].null_count() == 5


@given(
    st.dates(date(1500, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%Y/%m/%d", "%d-%b-%Y"]),
)
def test_every_day_comes_back(day: date, form: str) -> None:
    assert dates(day.strftime(form).replace(str(day.year), f"{day.year:04}"))["start"].item() == day


@given(st.lists(st.dates(date(1950, 1, 1), date(2099, 12, 31)), min_size=1))
def test_a_column_is_never_read_in_the_wrong_order(days: list[date]) -> None:
    found = dates(*(day.strftime("%d/%m/%Y") for day in days))
    for day, start in zip(days, found["start"], strict=True):
        assert start in (day, None)
    assert found["start"].null_count() in (0, sum(day.day != day.month for day in days))


@given(st.lists(st.text(max_size=20) | st.sampled_from(["3/4/2024", "13/4/2024", "45000", "١٢"]), max_size=8))
def test_any_text_is_a_date_or_a_problem_or_unknown(texts: list[str]) -> None:
    found = dates(*texts)
    assert found.height == len(texts)
    for start, problem, note in found.select("start", "problem", "note").rows():
        assert sum(value is not None for value in (start, problem, note)) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("7", 7), (" 7 ", 7), ("+7", 7), ("00123", 123), ("5.0", 5), ("5.", 5), ("1,234", 1234), ("1 234", 1234),
        ("1\u00a0234", 1234), ("1,234,567", 1234567), ("1'234", 1234), ("٣", 3), ("۱۲", 12), ("٬".join(["١", "٢٣٤"]), 1234), ("-1", -1),
        ("1000000000000", 10**12),
    ],
)  # fmt: skip
def test_whole_numbers(text: str, number: int) -> None:
    assert parse_counts(pl.Series([text])).row(0) == (number, None, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,5", "not a whole number"), ("1.5", "not a whole number"), ("1.234", "not a whole number"), ("12,34", "not a whole number"),
        ("3-5", "not one number"), ("3–5", "not one number"), ("3 to 5", "not one number"), ("10+", "not one number"),
        ("at least 3", "not one number"), ("~20", "not one number"), ("about 20", "not one number"), (">5", "not one number"),
        ("dozens", "not a number"), ("none", "0 or unknown"), ("nil", "0 or unknown"), ("1000000000001", "too large"),
        ("9" * 400, "too large"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_refused_with_a_reason(text: str, why: str) -> None:
    value, problem, note = parse_counts(pl.Series([text])).row(0)
    assert (value, note) == (None, None)
    assert why in problem


@pytest.mark.parametrize("text", ["unknown", "?", "n/a", "-", "N/A", "NaN", "غير معروف", "bilinmiyor", "null"])
def test_unknown_is_null_and_said(text: str) -> None:
    for parse in (parse_counts, parse_measures, lambda texts: parse_degrees(texts, "latitude")):
        assert parse(pl.Series([text])).row(0) == (None, None, "was taken as unknown")


def test_null_stays_null_and_zero_stays_zero() -> None:
    assert parse_counts(pl.Series(["0", None], dtype=pl.String))["value"].to_list() == [0, None]
    assert parse_counts(pl.Series([None, None], dtype=pl.String)).rows() == [(None, None, None)] * 2
    assert parse_counts(pl.Series([], dtype=pl.String)).height == 0


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{}.0", "{:,}", " {} "]))
def test_every_count_comes_back(number: int, form: str) -> None:
    assert parse_counts(pl.Series([form.format(number)]))["value"].item() == number


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_text_is_a_count_or_a_problem_or_unknown(texts: list[str]) -> None:
    for row in parse_counts(pl.Series(texts, dtype=pl.String)).rows():
        assert sum(value is not None for value in row) == 1


@pytest.mark.parametrize(
    ("text", "axis", "degrees"),
    [
        ("33.7856", "latitude", 33.7856), ("33,7856", "latitude", 33.7856), ("-33.5", "latitude", -33.5), ("−33.5", "latitude", -33.5),
        ("33.5N", "latitude", 33.5), ("N 33.5", "latitude", 33.5), ("33.5 S", "latitude", -33.5), ("33.5° north", "latitude", 33.5),
        ("42.44E", "longitude", 42.44), ("42.44° W", "longitude", -42.44), ("33.78°", "latitude", 33.78), ("٣٣٫٥", "latitude", 33.5),
        ("33°47'N", "latitude", 33 + 47 / 60), ("33° 47′ 08″ N", "latitude", 33 + 47 / 60 + 8 / 3600),
        ("33º47’08.2”N", "latitude", 33 + 47 / 60 + 8.2 / 3600), ("33 47 08 N", "latitude", 33 + 47 / 60 + 8 / 3600),
        ("33°47,5'S", "latitude", -(33 + 47.5 / 60)), ("33:47:08", "latitude", 33 + 47 / 60 + 8 / 3600), ("4.2e1", "longitude", 42.0),
        ("123.4", "latitude", 123.4),
    ],
)  # fmt: skip
def test_degrees_written_in_many_ways(text: str, axis: Axis, degrees: float) -> None:
    value, problem, note = parse_degrees(pl.Series([text]), axis).row(0)
    assert (problem, note) == (None, None)
    assert value == pytest.approx(degrees, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("42.4E", "is a longitude, not a latitude"), ("-33 S", "both a sign and a letter"), ("33.785.612", "is not a latitude"),
        ("33°75'N", "is not a latitude"), ("38S LB 12345 67890", "is not a latitude"), ("near Hit", "is not a latitude"),
        ("inf", "is not a latitude"), ("N33N", "is not a latitude"),
    ],
)  # fmt: skip
def test_what_is_no_latitude_is_refused_with_a_reason(text: str, why: str) -> None:
    value, problem, _ = parse_degrees(pl.Series([text]), "latitude").row(0)
    assert value is None
    assert why in problem


@given(st.floats(-90, 90), st.booleans())
def test_every_decimal_degree_comes_back(degrees: float, comma: bool) -> None:
    text = f"{degrees:.7f}".replace(".", "," if comma else ".")
    assert parse_degrees(pl.Series([text]), "latitude")["value"].item() == float(f"{degrees:.7f}")


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.sampled_from("NS"))
def test_every_second_of_latitude_comes_back(degrees: int, minutes: int, seconds: int, letter: str) -> None:
    value = parse_degrees(pl.Series([f"{degrees}°{minutes}'{seconds}\"{letter}"]), "latitude")["value"].item()
    assert value == pytest.approx((degrees + minutes / 60 + seconds / 3600) * (-1 if letter == "S" else 1), abs=1e-12)


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_a_thousand_or_one_is_refused() -> None:
    counts = parse_counts(pl.Series(["1.000", "5.0", "1,000"]))
    assert counts["value"].to_list() == [None, 5, 1000]
    assert counts["problem"].is_not_null().to_list() == [True, False, False]
