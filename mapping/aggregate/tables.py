"""Incidents by province and by month, quarter or year, each row in one cell or known to belong to none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from mapping.aggregate.tallies import DEATHS, add_up, ranked, tally
from mapping.placement import is_off_map

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["UNITS", "Grid", "by_province_and_period", "class_starts", "grid", "period_unit", "periods", "province"]

UNITS = {"month": "1mo", "quarter": "1q", "year": "1y", "decade": "10y"}
"""Units of time, the finest first, as polars writes them."""


def province() -> pl.Expr:
    """Return the province of a row that is placed in one; null for one known to the country at most.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN", "IQ-AN"], "geo_precision": ["province", "country"]}))
    >>> rows.select(province())["adm1_code"].to_list()
    ['IQ-AN', None]
    """
    return pl.when(~is_off_map()).then("adm1_code").alias("adm1_code")


def periods(first: date, last: date, unit: str) -> pl.Series:
    """Return the first day of every period between two days, both included.

    Examples
    --------
    >>> from datetime import date
    >>> periods(date(2023, 12, 31), date(2024, 2, 1), "month").dt.month().to_list()
    [12, 1, 2]
    """
    ends = pl.Series([first, last]).dt.truncate(UNITS[unit])
    return pl.date_range(ends[0], ends[1], UNITS[unit], eager=True).alias("period")


def period_unit(first: date, last: date, *, most: int = 24) -> str:
    """Return the finest unit of which there are at most so many between two days.

    Examples
    --------
    >>> from datetime import date
    >>> period_unit(date(2024, 1, 1), date(2024, 9, 30)), period_unit(date(2017, 1, 2), date(2024, 11, 14))
    ('month', 'year')
    """
    return next((unit for unit in UNITS if len(periods(first, last, unit)) <= most), "decade")


def by_province_and_period(frame: pl.DataFrame, unit: str) -> pl.DataFrame:
    """Count the rows of each province and period, and their dead.

    A row belongs to a period when the whole of its range lies in it; one that may have happened in either of two is not
    split, and counts under null.

    Parameters
    ----------
    unit
        Of `UNITS`.

    Returns
    -------
    polars.DataFrame
        adm1_code, period (its first day), and what `mapping.aggregate.tally` gives; in no order.

    Examples
    --------
    >>> from datetime import date
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"date_start": [date(2024, 7, 31)], "date_end": [date(2024, 8, 1)]}))
    >>> [by_province_and_period(rows, unit)["period"].item() for unit in ("month", "quarter")]
    [None, datetime.date(2024, 7, 1)]
    """
    days = frame.select(start=pl.coalesce("date_start", "date_end"), end=pl.coalesce("date_end", "date_start"))
    begins, ends = (_beginnings(days[name], unit) for name in ("start", "end"))
    period = pl.when(begins == ends).then(begins).alias("period")
    return tally(frame.select(province(), period, *DEATHS), "adm1_code", "period")


def _beginnings(days: pl.Series, unit: str) -> pl.Series:
    """Return the first day of the period of each day, looked up in a calendar: a million days are the same few thousand."""
    numbers = days.to_physical()
    first, last = numbers.min(), numbers.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return days  # there is none
    calendar = pl.int_range(first, last + 1, dtype=pl.Int32, eager=True).cast(pl.Date)
    return calendar.dt.truncate(UNITS[unit]).gather(numbers - first)


class Grid(NamedTuple):
    """Provinces by periods, with the provinces beyond the fullest taken together.

    Attributes
    ----------
    provinces
        A line for each, as `mapping.aggregate.ranked` gives them.
    incidents
        By the number of the line and the first day of the period (None: the period is not known). No entry is none.
    """

    provinces: pl.DataFrame
    incidents: dict[tuple[int, date | None], int]


def grid(cells: pl.DataFrame, most: int) -> Grid:
    """Return what `by_province_and_period` returned as a table of at most so many named provinces; it still adds up.

    Examples
    --------
    >>> from datetime import date
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"date_start": [date(2024, 7, 31)], "adm1_code": ["IQ-AN"], "geo_precision": "province"}))
    >>> grid(by_province_and_period(rows, "month"), 30).incidents
    {(0, datetime.date(2024, 7, 1)): 1}
    """
    provinces = ranked(add_up(cells, "adm1_code"), "adm1_code", most)
    named = provinces.filter(pl.col("others") == 0)["adm1_code"].to_list()
    line_of = {code: line for line, code in enumerate(named)}
    code = pl.col("adm1_code").cast(pl.String)
    beyond = code.replace_strict(line_of, default=len(named), return_dtype=pl.Int64)
    line = pl.when(code.is_null()).then(provinces.height - 1).otherwise(beyond).alias("line")
    counts = cells.group_by(line, "period").agg(pl.col("incidents").sum())
    return Grid(provinces, {(line, period): count for line, period, count in counts.iter_rows()})


def class_starts(counts: Iterable[int], most: int) -> tuple[int, ...]:
    """Return from which count each class of shading begins: about as many different counts in each, none left out.

    Examples
    --------
    >>> class_starts([0, 1, 1, 1, 2, 3, 9, 12, 40], 3), class_starts([2, 2], 3), class_starts([0], 3)
    ((1, 3, 12), (2,), ())
    """
    different = sorted({count for count in counts if count})
    classes = min(most, len(different))
    return tuple(different[number * len(different) // classes] for number in range(classes))
