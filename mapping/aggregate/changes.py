"""A period against the one before it: how many incidents more or fewer, by province."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from mapping.aggregate.tables import province

__all__ = ["LEAST_BASE", "Period", "change", "last_full_year", "period_before", "straddling", "with_difference"]

LEAST_BASE = 5
"""From fewer incidents than these no per cent is made: from 1 to 3 is no "+200 %"."""


class Period(NamedTuple):
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def is_whole_months(self) -> bool:
        """Does it begin with a month and end with one?"""
        return self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]

    def holds(self) -> pl.Expr:
        """Test whether a row may have happened in it, as `mapping.query.Filter` does: any day of its range is enough."""
        return (pl.coalesce("date_end", "date_start") >= self.first) & (
            pl.coalesce("date_start", "date_end") <= self.last
        )


def period_before(period: Period) -> Period | None:
    """Return the period of the same length just before: as many whole months where it is made of such, else as many days.

    There is none before the calendar begins.

    Examples
    --------
    >>> period_before(Period(date(2024, 3, 1), date(2024, 3, 31)))
    Period(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 2, 29))
    >>> period_before(Period(date(2024, 3, 2), date(2024, 3, 31)))
    Period(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 3, 1))
    """
    first, last = period
    if first.toordinal() <= period.days:
        return None
    before = first - timedelta(days=1)
    if period.is_whole_months:
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        year, month = divmod(12 * first.year + first.month - 1 - months, 12)
        return Period(date(max(year, 1), month + 1, 1), before)
    return Period(first - timedelta(days=period.days), before)


def last_full_year(last: date) -> Period:
    """Return the last calendar year that ends on a day or before it.

    Examples
    --------
    >>> last_full_year(date(2024, 12, 31)).first, last_full_year(date(2024, 11, 14)).first
    (datetime.date(2024, 1, 1), datetime.date(2023, 1, 1))
    """
    year = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    return Period(date(year, 1, 1), date(year, 12, 31))


def straddling(frame: pl.DataFrame, before: Period, now: Period) -> int:
    """Count the rows that may have happened in either of two periods.

    Examples
    --------
    >>> night = pl.DataFrame({"date_start": [date(2024, 7, 31)], "date_end": [date(2024, 8, 1)]})
    >>> july, august = (Period(date(2024, month, 1), date(2024, month, 31)) for month in (7, 8))
    >>> straddling(night, july, august)
    1
    """
    return int(frame.select((before.holds() & now.holds()).sum()).item())


def change(frame: pl.DataFrame, before: Period, now: Period) -> pl.DataFrame:
    """Count the rows of two periods by province, and how far the second is from the first.

    A row that may have happened in either counts in both, as it passes the filter for both: see `straddling`.

    Returns
    -------
    polars.DataFrame
        adm1_code (null for rows known to the country at most), before, now, difference, and per_cent of the number
        before: null where that is under `LEAST_BASE`. Provinces with none in either are left out; the fullest first.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"date_start": [date(2024, 1, 5)] * 5 + [date(2024, 2, 1)] * 6}))
    >>> change(rows, Period(date(2024, 1, 1), date(2024, 1, 31)), Period(date(2024, 2, 1), date(2024, 2, 29))).rows()
    [(None, 5, 6, 1, 20.0)]
    """
    held = frame.select(province(), before=before.holds(), now=now.holds()).filter(pl.col("before") | pl.col("now"))
    counts = held.group_by("adm1_code").agg(pl.col("before", "now").sum().cast(pl.Int64))
    return with_difference(counts).sort(
        pl.max_horizontal("before", "now"), "adm1_code", descending=[True, False], nulls_last=True
    )


def with_difference(counts: pl.DataFrame) -> pl.DataFrame:
    """Add difference and per_cent to the columns before and now, as `change` has them.

    Examples
    --------
    >>> with_difference(pl.DataFrame({"before": [4, 10], "now": [8, 5]})).rows()
    [(4, 8, 4, None), (10, 5, -5, -50.0)]
    """
    difference = pl.col("now") - pl.col("before")
    return counts.with_columns(
        difference=difference,
        per_cent=pl.when(pl.col("before") >= LEAST_BASE).then(100 * difference / pl.col("before")),
    )
