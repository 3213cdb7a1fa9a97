"""Incidents over time: every row is counted once, or visibly in the whole of its range."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.aggregate.time import MOST_BINS, STEPS, Bins, make_bins, over_time, step_for

DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))
ROW = st.tuples(st.none() | DAYS, st.integers(0, 400), st.booleans(), st.integers(0, 2))
ASKED = st.sampled_from(("auto", *STEPS))


def frame(*rows: tuple[date | None, date | None, int]) -> pl.DataFrame:
    schema = {"date_start": pl.Date, "date_end": pl.Date, "group": pl.Int8}
    return pl.DataFrame(rows, schema=schema, orient="row")


def said(bins: Bins) -> list[str]:
    return pl.Series(bins.edges).cast(pl.Date).dt.to_string().to_list()


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        (date(2024, 7, 1), date(2024, 7, 1), "day"),
        (date(2024, 7, 1), date(2024, 8, 31), "day"),
        (date(2024, 7, 1), date(2024, 9, 1), "week"),
        (date(2022, 9, 1), date(2024, 9, 1), "week"),
        (date(2022, 8, 1), date(2024, 9, 1), "month"),
        (date(1989, 1, 1), date(2024, 9, 1), "month"),
        (date(1970, 1, 1), date(2024, 9, 1), "year"),
    ],
)
def test_the_bins_are_finer_the_shorter_the_span(first: date, last: date, step: str) -> None:
    assert step_for(first, last) == step


def test_more_days_than_can_be_told_apart_become_weeks() -> None:
    assert step_for(date(2020, 1, 1), date(2022, 1, 1), asked="day") == "day"
    assert step_for(date(2010, 1, 1), date(2022, 1, 1), asked="day") == "week"
    assert step_for(date(1, 1, 1), date(9999, 12, 31), asked="day") == "year"


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    assert said(make_bins(date(2024, 7, 16), date(2024, 7, 22), asked="week")) == [
        "2024-07-15",
        "2024-07-22",
        "2024-07-29",
    ]
    assert said(make_bins(date(1969, 12, 30), date(1970, 1, 1), asked="week")) == ["1969-12-29", "1970-01-05"]
    assert said(make_bins(date(2023, 12, 31), date(2024, 2, 1), asked="month"))[:2] == ["2023-12-01", "2024-01-01"]
    assert said(make_bins(date(2023, 12, 31), date(2024, 2, 1), asked="year"))[-1] == "2025-01-01"


def test_a_row_known_to_a_month_lies_in_its_month_and_may_lie_in_each_of_its_weeks() -> None:
    july = frame((date(2024, 7, 1), date(2024, 7, 31), 1))
    by_month = over_time(july, make_bins(date(2024, 6, 1), date(2024, 8, 31), asked="month"), groups=2)
    assert (by_month.solid, by_month.possible, by_month.spanning) == ([[0, 0, 0], [0, 1, 0]], [0, 0, 0], 0)
    by_week = over_time(july, make_bins(date(2024, 6, 24), date(2024, 8, 11), asked="week"), groups=2)
    assert sum(map(sum, by_week.solid)) == 0
    assert by_week.possible == [0, 1, 1, 1, 1, 1, 0]
    assert by_week.spanning == 1


def test_what_reaches_beyond_the_axis_may_lie_in_its_bins_and_what_lies_beyond_is_counted_apart() -> None:
    bins = make_bins(date(2024, 7, 1), date(2024, 7, 2), asked="day")
    rows = frame(
        (date(2024, 6, 1), date(2024, 7, 1), 0),  # in one bin of the axis, but not surely
        (date(2024, 6, 1), date(2024, 9, 1), 0),
        (date(2024, 6, 1), date(2024, 6, 30), 0),
        (date(2024, 7, 3), None, 0),
        (None, date(2024, 7, 2), 0),
        (None, None, 0),
    )
    counted = over_time(rows, bins, groups=1)
    assert (counted.solid, counted.possible) == ([[0, 1]], [2, 1])
    assert (counted.spanning, counted.outside, counted.undated) == (2, 2, 1)


def test_no_rows_make_empty_bins() -> None:
    counted = over_time(frame(), make_bins(date(2024, 7, 1), date(2024, 7, 3)), groups=2)
    assert counted.solid == [[0, 0, 0], [0, 0, 0]]


@given(rows=st.lists(ROW, max_size=40), axis=st.tuples(DAYS, DAYS), asked=ASKED)
def test_every_row_is_counted_exactly_once(
    rows: list[tuple[date | None, int, bool, int]], axis: tuple[date, date], asked: str
) -> None:
    made = frame(
        *(
            (start, start + timedelta(length) if start and known else None, group)
            for start, length, known, group in rows
        )
    )
    bins = make_bins(min(axis), max(axis), asked=asked)
    counted = over_time(made, bins, groups=3)
    assert sum(map(sum, counted.solid)) + counted.spanning + counted.outside + counted.undated == len(rows)
    assert max(counted.possible) <= counted.spanning <= sum(counted.possible)


@given(rows=st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=20), asked=ASKED)
def test_a_row_may_lie_in_each_bin_that_its_dates_meet(rows: list[tuple[date, int]], asked: str) -> None:
    made = frame(*((start, start + timedelta(length), 0) for start, length in rows))
    bins = make_bins(made["date_start"].min(), made["date_end"].max(), asked=asked)
    counted = over_time(made, bins, groups=1)
    spans = made.select(pl.all().exclude("group").to_physical()).rows()
    meets = [
        sum(a < after and b >= edge for a, b in spans) for edge, after in zip(bins.edges, bins.edges[1:], strict=False)
    ]
    assert [solid + possible for solid, possible in zip(counted.solid[0], counted.possible, strict=True)] == meets


@given(axis=st.tuples(DAYS, DAYS), asked=ASKED)
def test_bins_hold_the_whole_span_and_no_more_than_can_be_told_apart(axis: tuple[date, date], asked: str) -> None:
    first, last = (date.toordinal(day) - date(1970, 1, 1).toordinal() for day in (min(axis), max(axis)))
    bins = make_bins(min(axis), max(axis), asked=asked)
    assert bins.edges[0] <= first < bins.edges[1] and bins.edges[-2] <= last < bins.edges[-1]
    assert len(bins.edges) - 2 <= MOST_BINS
    assert list(bins.edges) == sorted(set(bins.edges))
