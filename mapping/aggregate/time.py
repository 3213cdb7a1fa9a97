"""How many incidents there are in each day, week, month or year: those that lie in it, and those that may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from datetime import date

__all__ = ["MOST_BINS", "STEPS", "Bins", "OverTime", "make_bins", "over_time", "step_for"]

STEPS = ("day", "week", "month", "year")
"""Finest first; a week begins on Monday."""

MOST_BINS = 1200
"""More than these nobody can tell apart on a screen."""

_EVERY = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y"}
_DAYS = {"day": 1, "week": 7, "month": 28, "year": 365}
_LONGEST = {"day": 62, "week": 2 * 366, "month": 40 * 366}
"""The longest span in days that is cut into such bins when nobody asks for others."""


@dataclass(frozen=True)
class Bins:
    """Time cut into bins of one kind.

    Attributes
    ----------
    step
        Of `STEPS`.
    edges
        Days since 1970: the first day of every bin, and of the one that would come next.
    """

    step: str
    edges: tuple[int, ...]


@dataclass(frozen=True)
class OverTime:
    """The rows of a frame over time. Each row is in exactly one of solid, spanning, outside and undated.

    Attributes
    ----------
    solid
        For each group, for each bin: rows whose dates all lie in it.
    possible
        For each bin: rows that may have happened in it, and may not; such a row counts in each bin
        that its dates meet.
    spanning
        Rows behind `possible`, each once.
    outside
        Rows that happened before the first bin or after the last.
    undated
        Rows without any date.
    """

    solid: list[list[int]]
    possible: list[int]
    spanning: int
    outside: int
    undated: int


def step_for(first: date, last: date, *, asked: str = "auto") -> str:
    """Return the kind of bins for a span: as asked, or finer the shorter it is.

    What would be cut into more than `MOST_BINS` is cut into coarser ones, whatever was asked.

    Examples
    --------
    >>> from datetime import date
    >>> step_for(date(2024, 7, 1), date(2024, 7, 31)), step_for(date(2020, 1, 1), date(2024, 9, 30))
    ('day', 'month')
    >>> step_for(date(2020, 1, 1), date(2024, 9, 30), asked="day")
    'week'
    """
    days = (last - first).days + 1
    wanted = asked if asked in STEPS else next((step for step, longest in _LONGEST.items() if days <= longest), "year")
    fitting = (step for step in STEPS[STEPS.index(wanted) :] if days / _DAYS[step] <= MOST_BINS)
    return next(fitting, STEPS[-1])


def make_bins(first: date, last: date, *, asked: str = "auto") -> Bins:
    """Cut the time from one day to another into whole bins; `asked` as `step_for` takes it.

    Examples
    --------
    >>> from datetime import date
    >>> bins = make_bins(date(2024, 7, 16), date(2024, 9, 3), asked="month")
    >>> pl.Series(bins.edges).cast(pl.Date).dt.to_string().to_list()
    ['2024-07-01', '2024-08-01', '2024-09-01', '2024-10-01']
    """
    step = step_for(first, last, asked=asked)
    ends = pl.Series([first, last]).dt.truncate(_EVERY[step])
    starts = pl.date_range(ends[0], ends[1], interval=_EVERY[step], eager=True)
    edges = pl.concat([starts, starts.tail(1).dt.offset_by(_EVERY[step])])
    return Bins(step, tuple(edges.to_physical()))


def over_time(frame: pl.DataFrame, bins: Bins, *, groups: int) -> OverTime:
    """Count rows by bin and group, a row that is known to a range in its whole range.

    Parameters
    ----------
    frame
        Incidents: date_start, date_end, and group, a number below `groups`. Where one of the dates is
        unknown, the other stands for both.
    groups
        How many there are.

    Examples
    --------
    >>> from datetime import date
    >>> day, month_end = date(2024, 7, 16), date(2024, 8, 15)
    >>> rows = pl.DataFrame({"date_start": [day, day, None], "date_end": [day, month_end, None], "group": [1, 0, 0]})
    >>> over_time(rows, make_bins(day, month_end, asked="month"), groups=2)
    OverTime(solid=[[0, 0], [1, 0]], possible=[1, 1], spanning=1, outside=0, undated=1)
    """
    start, end, number = bins.edges[0], bins.edges[-1], len(bins.edges) - 1
    days = frame.select(
        pl.coalesce("date_start", "date_end").to_physical().alias("first"),
        pl.coalesce("date_end", "date_start").to_physical().alias("last"),
        "group",
    ).drop_nulls("first")
    within = days.filter(pl.col("first") < end, pl.col("last") >= start)
    first, last, group = (within[name].to_numpy() for name in ("first", "last", "group"))
    bin_of = np.repeat(np.arange(number, dtype=np.int32), np.diff(bins.edges))
    low, high = (bin_of[np.clip(day, start, end - 1) - start] for day in (first, last))
    in_one = (low == high) & (first >= start) & (last < end)
    solid = np.bincount(low[in_one] * groups + group[in_one], minlength=number * groups).reshape(number, groups)
    spans = ~in_one
    # A step up where a range begins, a step down after it ends: their running sum counts the ranges over each bin.
    steps = np.bincount(low[spans], minlength=number + 1) - np.bincount(high[spans] + 1, minlength=number + 1)
    return OverTime(
        solid=solid.T.tolist(),
        possible=np.cumsum(steps)[:number].tolist(),
        spanning=int(spans.sum()),
        outside=days.height - within.height,
        undated=frame.height - days.height,
    )
