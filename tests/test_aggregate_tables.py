"""Tables of the Analysis page: they add up, unknown is not 0, and a period before is as long as it is said to be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping import aggregate, pipeline
from mapping.aggregate import Period, add_up, by_actor, by_province_and_period, change, period_before, tally
from mapping.aggregate.tallies import DEATHS
from mapping.query import Filter
from mapping.query.narrow import narrow
from mapping.schema import conform

if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = st.dates(date(2019, 11, 1), date(2024, 3, 31))
NAMES = st.sampled_from(["PKK", "pkk", "Islamic State", "الحشد", "Unknown ", "n/a", "", None])


@st.composite
def incidents(draw: st.DrawFn) -> pl.DataFrame:
    """A few incidents with what the tables count by."""
    rows = draw(st.integers(0, 12))

    def column(values: st.SearchStrategy) -> list:
        return draw(st.lists(values, min_size=rows, max_size=rows))

    start = column(st.none() | DAYS)
    length = column(st.integers(0, 70))
    deaths = st.none() | st.integers(0, 50)
    return conform(
        pl.DataFrame(
            {
                "date_start": start,
                "date_end": [day and day + timedelta(days=days) for day, days in zip(start, length, strict=True)],
                "adm1_code": column(st.sampled_from(["IQ-AN", "IQ-NI", None])),
                "geo_precision": column(st.sampled_from(["site", "town", "near", "province", "country", "none"])),
                "latitude": column(st.sampled_from([33.0, 33.5, None])),
                "longitude": [43.0] * rows,
                "event_type": column(st.sampled_from(["raid", "IED", None])),
                "actor1": column(NAMES),
                "actor2": column(NAMES),
                **{name: column(deaths) for name in DEATHS},
            },
            schema_overrides={"date_start": pl.Date, "date_end": pl.Date} | dict.fromkeys(DEATHS, pl.Int64),
        )
    )


WAYS = pytest.mark.parametrize("way", [conform, narrow], ids=["text", "categories"])


@given(incidents(), st.sampled_from(["month", "quarter", "year"]))
def test_province_and_period_add_up_to_the_rows(frame: pl.DataFrame, unit: str) -> None:
    cells = by_province_and_period(frame, unit)
    assert cells["incidents"].sum() == frame.height
    assert add_up(cells).row(0, named=True) == tally(frame).row(0, named=True)


@given(incidents(), st.sampled_from(["event_type", "adm1_code", "geo_precision"]))
def test_tallies_add_up(frame: pl.DataFrame, by: str) -> None:
    assert add_up(tally(frame, by)).rows() == tally(frame).rows()


@given(incidents(), st.integers(0, 3))
def test_every_actor_has_the_incidents_that_the_filter_finds(frame: pl.DataFrame, most: int) -> None:
    table = by_actor(frame, most)
    for name, count in table.drop_nulls("actor").select("actor", "incidents").iter_rows():
        assert Filter(actors=(name,)).apply(frame).height == count
    assert table.filter(pl.col("actor").is_null()).height <= 2
    assert max(table["incidents"], default=0) <= frame.height <= table["incidents"].sum()


@given(incidents(), st.integers(0, 3))
def test_grid_adds_up_to_the_rows(frame: pl.DataFrame, most: int) -> None:
    table = aggregate.grid(by_province_and_period(frame, "quarter"), most)
    assert sum(table.incidents.values()) == table.provinces["incidents"].sum() == frame.height
    for line, count in enumerate(table.provinces["incidents"]):
        assert count == sum(number for (of, _), number in table.incidents.items() if of == line)


@given(st.lists(st.integers(0, 500)), st.integers(1, 6))
def test_every_count_above_none_is_in_a_class(counts: list[int], most: int) -> None:
    starts = aggregate.class_starts(counts, most)
    assert list(starts) == sorted(set(starts)) and len(starts) <= most
    assert starts[:1] == tuple(sorted(filter(None, counts))[:1])


@given(incidents(), DAYS, st.integers(1, 800))
def test_change_counts_as_the_filter_does(frame: pl.DataFrame, first: date, days: int) -> None:
    now = Period(first, first + timedelta(days=days - 1))
    before = period_before(now)
    assert before is not None and before.last + timedelta(days=1) == now.first
    table = change(frame, before, now)
    for name, period in (("before", before), ("now", now)):
        assert table[name].sum() == Filter(date_from=period.first, date_to=period.last).apply(frame).height
    assert (table["difference"] == table["now"] - table["before"]).all()
    assert (
        table.filter(pl.col("before") < aggregate.LEAST_BASE)["per_cent"].null_count()
        == table.filter(pl.col("before") < 5).height
    )


@WAYS
def test_categories_count_as_text_does(way: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    shipped = pipeline.shipped_incidents()
    frame = way(shipped)
    assert add_up(by_province_and_period(frame, "year"))["incidents"].item() == 250
    assert by_actor(frame, 5).rows() == by_actor(shipped, 5).rows()
    assert aggregate.struck(frame, 20).most.rows() == aggregate.struck(shipped, 20).most.rows()
    year = Period(date(2023, 1, 1), date(2023, 12, 31))
    before = period_before(year)
    assert before is not None
    assert change(frame, before, year).rows() == change(shipped, before, year).rows()


def test_unknown_deaths_are_not_none() -> None:
    rows = conform(pl.DataFrame({"event_type": ["IED", "IED", "raid"], "fatalities_best": [None, None, 0]}))
    told = tally(rows, "event_type").sort("event_type").select("event_type", "fatalities_best", "fatalities_best_known")
    assert told.rows() == [("IED", None, 0), ("raid", 0, 1)]


@pytest.mark.parametrize(
    ("start", "end", "unit", "period"),
    [
        ((2024, 7, 31), (2024, 7, 31), "month", date(2024, 7, 1)),
        ((2024, 7, 31), (2024, 8, 1), "month", None),
        ((2024, 7, 31), (2024, 8, 1), "quarter", date(2024, 7, 1)),
        ((2024, 1, 1), (2024, 12, 31), "quarter", None),
        ((2024, 1, 1), (2024, 12, 31), "year", date(2024, 1, 1)),
        ((1969, 12, 31), (1969, 12, 31), "decade", date(1960, 1, 1)),
        (None, (2024, 2, 29), "month", date(2024, 2, 1)),
        (None, None, "year", None),
    ],
)
def test_period_of_a_row(start: tuple | None, end: tuple | None, unit: str, period: date | None) -> None:
    days = {"date_start": [start and date(*start)], "date_end": [end and date(*end)]}
    rows = conform(pl.DataFrame(days, schema={"date_start": pl.Date, "date_end": pl.Date}))
    assert by_province_and_period(rows, unit)["period"].item() == period


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2024, 3, 1), (2024, 3, 31), ((2024, 2, 1), (2024, 2, 29))),
        ((2023, 3, 1), (2023, 3, 31), ((2023, 2, 1), (2023, 2, 28))),
        ((2024, 1, 1), (2024, 12, 31), ((2023, 1, 1), (2023, 12, 31))),
        ((2024, 1, 1), (2024, 3, 31), ((2023, 10, 1), (2023, 12, 31))),
        ((2023, 11, 1), (2024, 2, 29), ((2023, 7, 1), (2023, 10, 31))),
        ((2024, 2, 29), (2024, 2, 29), ((2024, 2, 28), (2024, 2, 28))),
        ((2024, 2, 1), (2024, 2, 28), ((2024, 1, 4), (2024, 1, 31))),
        ((2024, 7, 10), (2024, 7, 19), ((2024, 6, 30), (2024, 7, 9))),
    ],
)
def test_period_before(first: tuple, last: tuple, before: tuple) -> None:
    assert period_before(Period(date(*first), date(*last))) == Period(*(date(*day) for day in before))


def test_no_period_before_the_calendar_begins() -> None:
    assert period_before(Period(date.min, date(2024, 1, 1))) is None
    assert period_before(Period(date(2, 1, 1), date(2, 12, 31))) == Period(date(1, 1, 1), date(1, 12, 31))
    assert period_before(Period(date(1, 2, 1), date(1, 12, 31))) is None


def test_no_per_cent_from_few() -> None:
    table = aggregate.with_difference(pl.DataFrame({"before": [0, 4, 5], "now": [3, 8, 10]}))
    assert table["per_cent"].to_list() == [None, None, 100.0]


def test_sites_never_hold_provinces() -> None:
    shipped = pipeline.shipped_incidents()
    sites = aggregate.struck(shipped, 10_000)
    assert sites.most["incidents"].sum() == sites.incidents == aggregate.placement(shipped).site_or_town
    assert sites.most.height == sites.places
    assert set(sites.most["geo_precision"]) <= {"site", "town"}
    assert sites.most["incidents"].is_sorted(descending=True)
    assert aggregate.struck(shipped, 5).most["incidents"].to_list() == sites.most["incidents"].head(5).to_list()
