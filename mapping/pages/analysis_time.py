"""Of the Analysis page, what goes by time: provinces by period, and the periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from mapping import aggregate
from mapping.pages import plots
from mapping.pages.analysis_figure import Figure, draw_notes, heading, plain
from mapping.pages.analysis_tables import DEATH_HEADS, Head, deaths, grid_table, label, number, table
from mapping.pages.style import show
from mapping.pages.words import incidents, period

if TYPE_CHECKING:
    from datetime import date

    from mapping.pages.analysis_figure import Origin

__all__ = ["Cells", "by_province", "cells", "over_time"]

_MOST_PROVINCES = 30


@dataclass(frozen=True, eq=False)
class Cells:
    """The incidents shown by province and period.

    Attributes
    ----------
    unit
        Of `mapping.aggregate.UNITS`.
    periods
        Their first days, in order of time, without a gap.
    counts
        As `mapping.aggregate.by_province_and_period` gives them.
    """

    unit: str
    periods: list[date]
    counts: pl.DataFrame

    def named(self, *, unknown: str) -> dict[date | None, str]:
        """Return every period in words, and at the end what stands for none."""
        return {first: period(first, self.unit) for first in self.periods} | {None: unknown}

    def notes(self) -> list[str]:
        """Say how many incidents belong to no period, and why."""
        astray = int(self.counts.filter(pl.col("period").is_null())["incidents"].sum())
        if not astray:
            return []
        return [f"{incidents(astray)} with no date, or with a span of days that lies in more than one {self.unit}: "
                f"counted under “{self.unit} unknown”, not split."]  # fmt: skip


def cells(origin: Origin) -> Cells:
    """Count the incidents shown, by the finest periods of which a page holds a row."""
    days = pl.col("date_start", "date_end")
    ends = origin.shown.select(
        pl.min_horizontal(days.min()).alias("first"), pl.max_horizontal(days.max()).alias("last")
    )
    first, last = origin.span(*ends.row(0))
    if first is None or last is None:
        return Cells("year", [], aggregate.by_province_and_period(origin.shown, "year"))
    unit = aggregate.period_unit(first, last)
    periods = aggregate.periods(first, last, unit).to_list()
    return Cells(unit, periods, aggregate.by_province_and_period(origin.shown, unit))


def by_province(origin: Origin, held: Cells) -> None:
    """Draw provinces by period as a table of shaded numbers."""
    grid = aggregate.grid(held.counts, _MOST_PROVINCES)
    lines = grid.provinces.select("adm1_code", "others")
    named = origin.provinces(lines["adm1_code"])
    names = [
        label(named.get(code), others, "other provinces", "Province unknown") for code, others in lines.iter_rows()
    ]
    starts = aggregate.class_starts(grid.incidents.values(), len(plots.RAMP))
    title = f"Incidents by province and {held.unit}"
    figure = Figure(
        f"incidents-by-province-and-{held.unit}",
        title,
        partial(_heat, grid, held, names, starts),
        partial(_wide, origin, held),
        held.notes(),
    )
    heading(figure, origin, aside=_legend(starts))
    show(grid_table(title, grid, names, held.periods, unit=held.unit, starts=starts))
    draw_notes(figure)


def _legend(starts: tuple[int, ...]) -> str:
    """Return what each shade stands for, as markup."""
    ends = (*(start - 1 for start in starts[1:]), None)
    spans = [f"{start:,}+" if end is None else f"{start:,}–{end:,}" if end > start else f"{start:,}"
             for start, end in zip(starts, ends, strict=True)]  # fmt: skip
    return "".join(f'<b class="c{shade}">{span}</b>' for shade, span in enumerate(("0", *spans)))


def _heat(grid: aggregate.Grid, held: Cells, names: list[str], starts: tuple[int, ...]) -> Any:
    rows = [
        (line, words, grid.incidents.get((line, first), 0))
        for first, words in held.named(unknown="unknown").items()
        for line in range(len(names))
    ]
    told = pl.DataFrame(rows, schema=["line", "period", "incidents"], orient="row")
    return plots.heat([plain(name) for name in names], told, starts)


def _wide(origin: Origin, held: Cells) -> pl.DataFrame:
    """Return every province as a row, every period as a column."""
    counts = held.counts.with_columns(pl.col("adm1_code").cast(pl.String))
    sums = [
        pl.col("incidents").filter(pl.col("period").eq_missing(pl.lit(first, pl.Date))).sum().alias(words)
        for first, words in held.named(unknown=f"{held.unit} unknown").items()
    ]
    return origin.with_names(counts.group_by("adm1_code").agg(sums).sort("adm1_code", nulls_last=True))


def over_time(origin: Origin, held: Cells) -> None:
    """Draw the incidents of each period as bars, their dead as a line below, and both as a table."""
    rows = _by_period(held)
    title = f"Incidents and people killed by {held.unit}"
    every = _with_unknown(rows, held)
    chart, data = partial(plots.over_time, rows), partial(every.rename, {"first": "from"})
    figure = Figure(f"incidents-by-{held.unit}", title, chart, data, held.notes())
    heading(figure, origin)
    if rows.is_empty():
        show("<p>No date is known of any of these incidents.</p>", kind="hint")
        return
    panels = {"Incidents": plots.incidents_over_time, "People killed, where known,": plots.deaths_over_time}
    with st.container(key="over-time"):
        for said, panel in panels.items():
            words = f"{said} by {held.unit}; the table below has the numbers"
            st.altair_chart(plots.styled(panel(rows), size=12), theme=None, height=180, alt=words)
    heads = [Head(held.unit.capitalize()), Head("Incidents", "n"), *DEATH_HEADS]
    body = ([row["period"], number(row["incidents"]), *deaths(row)] for row in every.iter_rows(named=True))
    show(f"<details><summary>The same as a table</summary>{table(title, heads, body)}</details>")
    draw_notes(figure)


def _by_period(held: Cells) -> pl.DataFrame:
    """Return a row for each period, with its first day, its name and its tally: 0 where there is no incident."""
    counts = aggregate.add_up(held.counts.drop_nulls("period"), "period")
    periods = pl.DataFrame({"period": held.periods}, schema={"period": pl.Date})
    rows = periods.join(counts, on="period", how="left", maintain_order="left").rename({"period": "first"})
    is_empty = pl.col("incidents").is_null()
    tallied = rows.with_columns(pl.when(is_empty).then(0).otherwise(pl.exclude("first")).name.keep())
    return tallied.insert_column(
        1, pl.Series("period", [period(first, held.unit) for first in held.periods], pl.String)
    )


def _with_unknown(rows: pl.DataFrame, held: Cells) -> pl.DataFrame:
    """Add to the periods a row for the incidents that belong to none of them, where there are any."""
    counts = aggregate.add_up(held.counts.filter(pl.col("period").is_null()), "period")
    name = pl.lit(f"{held.unit} unknown").alias("period")
    return pl.concat([rows, counts.select(pl.col("period").alias("first"), name, pl.exclude("period"))])
