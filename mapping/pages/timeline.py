"""The months as bars in the map's colours; a span that is dragged over them becomes the dates of the filter."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import altair as alt
import polars as pl
import streamlit as st

from mapping import aggregate
from mapping.pages import address
from mapping.palette import EVENT_GROUPS, event_group

if TYPE_CHECKING:
    from mapping.query import Filter

__all__ = ["months_between", "timeline"]

_HEIGHT = 140
_SPAN = "span"


def timeline(wanted: Filter, incidents: pl.DataFrame, *, first: date | None, last: date | None) -> None:
    """Draw the incidents of every month; those outside the filter's dates are pale.

    Parameters
    ----------
    incidents
        All that pass the rest of the filter: a brush that filtered its own rows could only shrink.
    first, last
        Days between which the axis runs, whatever is filtered: a month stays at its place.
    """
    grouped = incidents.with_columns(event_type=event_group(pl.col("event_type")))
    counts = aggregate.by_month(grouped)
    undated = int(counts.filter(pl.col("month").is_null())["incidents"].sum())
    _heading(undated)
    counts = counts.drop_nulls("month")
    if first is None or last is None:
        return
    # A new key is a new chart: a brush that was dealt with, or a filter set elsewhere, leaves none behind.
    key = f"timeline {wanted.date_from} {wanted.date_to}"

    def brushed() -> None:
        span = next(iter(st.session_state[key].selection[_SPAN].values()), None)  # by the one field there is
        if span:
            first, last = months_between(*span)
            address.show(replace(address.read().filter, date_from=first, date_to=last))

    st.altair_chart(
        _chart(counts, wanted, first, last),
        key=key,
        on_select=brushed,
        theme=None,
        alt="Incidents of each month by type",
    )


def _heading(undated: int) -> None:
    aside = "drag over the months to choose a span"
    if undated:
        aside = f"{undated:,} without a known month · {aside}"
    st.html(f'<div class="heading"><h2>By month</h2><span>{aside}</span></div>')


def months_between(start: float, end: float) -> tuple[date, date]:
    """Return the first and last day of the months that a brush touches, from Vega's milliseconds since 1970.

    Examples
    --------
    >>> july, september = 1_720_000_000_000, 1_726_000_000_000
    >>> months_between(july, september)
    (datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
    """
    first, last = (_day(at) for at in sorted((start, end)))
    return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def _day(milliseconds: float) -> date:
    # fromtimestamp() fails before 1970 on some systems.
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=float(milliseconds))).date()


def _chart(counts: pl.DataFrame, wanted: Filter, first: date, last: date) -> alt.Chart:
    places = {group.label: place for place, group in enumerate(EVENT_GROUPS)}
    rows = counts.with_columns(
        within=_within(wanted),
        place=pl.col("event_type").replace_strict(places, return_dtype=pl.Int8),
        month=pl.col("month").dt.epoch("ms"),  # a Date would be read in the browser's own time zone
    )
    month = "utcyearmonth(month):T"
    span = alt.selection_interval(
        name=_SPAN, encodings=["x"], mark=alt.BrushConfig(fill="#0b5d5e", fillOpacity=0.12, stroke="#0b5d5e")
    )
    return (
        alt.Chart(rows)
        .mark_bar(orient="vertical", stroke="#fff", strokeWidth=0.6)
        .encode(
            x=alt.X(month, title=None)
            .scale(type="utc", domain=_domain(first, last))
            .axis(grid=False, labelAngle=0, labelFlush=True, tickCount="year", format="%Y"),
            y=alt.Y("incidents:Q", title=None).stack("zero").axis(domain=False, ticks=False, tickCount=3, format="d"),
            color=alt.Color("event_type:N", legend=None).scale(
                domain=list(places), range=[group.colour for group in EVENT_GROUPS]
            ),
            order="place:Q",
            opacity=alt.condition("datum.within", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip(month, title="Month", format="%B %Y"),
                alt.Tooltip("event_type:N", title="Type"),
                alt.Tooltip("incidents:Q", title="Incidents"),
            ],
        )
        .add_params(span)
        .properties(height=_HEIGHT)
        .configure(font="Source Sans", background="#ffffff")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor="#5c6870", labelFontSize=12, tickColor="#dfe3e3", domainColor="#8a969d", gridColor="#ecefee"
        )
    )


def _within(wanted: Filter) -> pl.Expr:
    """Test whether a month meets the filter's dates."""
    meets = pl.lit(True)
    if wanted.date_from:
        meets &= pl.col("month").dt.month_end() >= wanted.date_from
    if wanted.date_to:
        meets &= pl.col("month") <= wanted.date_to
    return meets


def _domain(first: date, last: date) -> list[alt.DateTime]:
    """Return the beginning of the first month and the end of the last."""
    end = last.replace(day=28) + timedelta(days=4)
    return [alt.DateTime(year=day.year, month=day.month, date=1, utc=True) for day in (first, end)]
