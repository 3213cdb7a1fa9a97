"""Of the Analysis page, a period against the one before it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from mapping import aggregate
from mapping.aggregate import LEAST_BASE, Period
from mapping.pages import plots
from mapping.pages.analysis_figure import Figure, draw_notes, heading, plain
from mapping.pages.analysis_tables import change_table, label, signed
from mapping.pages.style import show
from mapping.pages.words import incidents
from mapping.query import Filter
from mapping.query.parameters import date_label as day

if TYPE_CHECKING:
    from datetime import date

    from mapping.pages.analysis_figure import Origin

__all__ = ["Compared", "against_before", "compared", "named"]

_MOST = 30


class Compared(NamedTuple):
    """Two periods, and why these.

    Attributes
    ----------
    before, now
        The one just before, and the one at hand.
    why
        A sentence where the reader did not choose; else empty.
    """

    before: Period
    now: Period
    why: str


def compared(wanted: Filter, last: date) -> Compared | None:
    """Return the filter's period and the one before it; without a first day, the last full year of the data and the one before.

    Parameters
    ----------
    wanted
        The filter.
    last
        Last day of the data.

    Examples
    --------
    >>> from datetime import date
    >>> july = Filter(date_from=date(2024, 7, 1), date_to=date(2024, 7, 31))
    >>> [named(period) for period in compared(july, date(2024, 11, 14))[:2]]
    ['Jun 2024', 'Jul 2024']
    >>> compared(Filter(), date(2024, 11, 14)).why
    'No first day is set: 2023 is the last full year of the data, which end on 14 Nov 2024.'
    """
    first, end = wanted.date_from, wanted.date_to
    why = ""
    if first and end:
        now = Period(first, end)
    elif first:
        now = Period(first, max(first, last))
        why = f"No last day is set: the period ends with the data, on {day(now.last)}."
    else:
        now = aggregate.last_full_year(min(end or last, last))
        why = f"No first day is set: {named(now)} is the last full year of the data, which end on {day(last)}."
        if end and end < last:
            why = f"No first day is set: {named(now)} is the last full year until {day(end)}."
    before = aggregate.period_before(now)
    return before and Compared(before, now, why)


def named(period: Period) -> str:
    """Name a period: a year or a month by its name, another by its days.

    Examples
    --------
    >>> from datetime import date
    >>> named(Period(date(2024, 2, 1), date(2024, 2, 29))), named(Period(date(2024, 7, 2), date(2024, 7, 4)))
    ('Feb 2024', '2 Jul 2024 – 4 Jul 2024')
    """
    first, last = period
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if period.is_whole_months and (first.year, first.month) == (last.year, last.month):
        return f"{first:%b} {first.year}"
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def against_before(origin: Origin) -> None:
    """Draw how many incidents more or fewer there were than in the period before, by province and in all."""
    # A row of which no more than the year is known does not say that the data cover the year: its first day counts.
    day_of = pl.coalesce("date_start", "date_end")
    known = origin.everything.shown(Filter(datasets=origin.wanted.datasets))
    begin, end = known.select(day_of.min().alias("begin"), day_of.max().alias("end")).row(0)
    periods = compared(origin.wanted, end) if end else None
    if periods is None:
        show("<h2>Change</h2><p>No date is known, so there is no period before.</p>", kind="hint")
        return
    rows = origin.everything.shown(origin.wanted, date_from=None, date_to=None)
    changed = aggregate.change(rows, periods.before, periods.now)
    title = f"Change: {named(periods.now)} against {named(periods.before)}"
    told, names = _lines(origin, changed)
    notes = _notes(periods, aggregate.straddling(rows, periods.before, periods.now), begin, end)
    figure = Figure(
        "change-by-province", title, partial(_plot, told, names, periods), partial(origin.with_names, changed), notes
    )
    heading(figure, origin)
    show(change_table(title, told, names, named(periods.before), named(periods.now)))
    draw_notes(figure)


def _lines(origin: Origin, changed: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Return the rows of the table, the last of them all together, and their names."""
    provinces, unknown = changed.drop_nulls("adm1_code"), changed.filter(pl.col("adm1_code").is_null())
    rest = provinces.slice(_MOST)
    sums = pl.col("before", "now").sum()
    parts = [provinces.head(_MOST), rest.select(sums).head(rest.height), unknown, changed.select(sums)]
    told = aggregate.with_difference(pl.concat([part.select("before", "now") for part in parts]))
    by_code = origin.provinces(provinces["adm1_code"].head(_MOST).cast(pl.String))
    beyond = [label(None, rest.height, "other provinces", "")] * min(rest.height, 1)
    return told, [*by_code.values(), *beyond, *["Province unknown"] * unknown.height, "All"]


def _notes(periods: Compared, straddling: int, begin: date, end: date) -> list[str]:
    before, now, why = periods
    notes = [why] if why else []
    if before.days != now.days:
        notes.append(f"{now.days:,} days against {before.days:,}.")
    if before.first < begin or now.last > end:
        notes.append(f"The data run from {day(begin)} to {day(end)}: they do not cover both periods in full.")
    if straddling:
        notes.append(f"{incidents(straddling)} may have happened in either, and count in both.")
    return [*notes, f"No percentage is worked out from fewer than {LEAST_BASE} incidents."]


def _plot(told: pl.DataFrame, names: list[str], periods: Compared) -> Any:
    changes = [
        ", ".join(filter(None, (signed(difference), signed(per_cent, " %") if per_cent is not None else None)))
        for difference, per_cent in told.select("difference", "per_cent").iter_rows()
    ]
    rows = told.with_columns(label=pl.Series([plain(name) for name in names]), change=pl.Series(changes))
    return plots.changes(rows.head(-1), named(periods.before), named(periods.now))
