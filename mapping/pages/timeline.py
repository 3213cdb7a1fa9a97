"""The incidents over time, in the map's colours; a span that is chosen there becomes the dates of the filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping.aggregate.time import STEPS, Bins, make_bins, over_time, step_for
from mapping.layers.assets import own
from mapping.layers.colours import BY_TYPE
from mapping.pages import address
from mapping.pages.once import once

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from mapping.layers.colours import Colouring
    from mapping.query import Filter

__all__ = ["channel", "read_bins", "timeline"]

_FOLDER = Path(__file__).parent
_SCRIPTS = ("space.js", "time.js", "brush.js", "timeline.js")
_ZOOMED = "span"
_MARGIN = 4
"""One day in so many of a span is shown before it and after it."""

_component = st.components.v2.component(
    "timeline",
    html="<div class='frame'></div>",
    css=":host, .frame { display: block; font-family: var(--st-font); }" + own("timeline.css"),
    js="\n".join([*map(own, _SCRIPTS), (_FOLDER / "timeline.js").read_text(encoding="utf-8")]),
)


def _keep(dates: tuple[date, date] | None) -> None:
    first, last = dates or (None, None)
    address.show(replace(address.read().filter, date_from=first, date_to=last))


def timeline(
    wanted: Filter,
    incidents: pl.DataFrame,
    *,
    first: date | None,
    last: date | None,
    bins: str = "",
    colouring: Colouring = BY_TYPE,
    on_brush: Callable[[tuple[date, date] | None], None] = _keep,
    on_bins: Callable[[str], None] = lambda text: address.put(bins=text),
) -> None:
    """Draw the incidents of every day, week, month or year; what lies outside the filter's dates is pale.

    Parameters
    ----------
    incidents
        All that pass the rest of the filter: a brush that filtered its own rows could only shrink.
        Columns: date_start, date_end, and the one that decides the colour.
    first, last
        Days between which the axis runs, whatever of a dataset is filtered: a month stays at its place.
        None when no incident has a date.
    bins
        As `read_bins` takes it.
    colouring
        What the colours say; that of the map.
    on_brush
        Takes the first and the last day that the reader has chosen, or None.
    on_bins
        Takes the text of the bins that the reader has chosen.
    """
    asked, is_zoomed = read_bins(bins)
    looked_at = _dates_within(wanted, first, last) if is_zoomed else None
    cut = _cut(looked_at or (first, last), first, last, asked)
    counted = once(
        ("time", cut, colouring.column, tuple(colouring.groups)), partial(_counted, cut, colouring), incidents
    )
    data = {
        **counted,
        "groups": colouring.groups,
        "dates": [_number(wanted.date_from), _number(wanted.date_to)],
        "asked": asked,
        "zoomed": looked_at is not None,
        "channel": channel(),
    }

    def choose() -> None:
        chosen = _dates(st.session_state.timeline.dates)
        if chosen != ():
            on_brush(chosen or None)

    def cut_anew() -> None:
        on_bins(_bins_text(st.session_state.timeline.bins))

    _component(key="timeline", data=data, on_dates_change=choose, on_bins_change=cut_anew)


def channel() -> str:
    """Return the name under which this session's player tells where it is, and its timeline listens."""
    return st.session_state.setdefault("time-channel", f"incident-atlas-{token_hex(8)}")


def read_bins(text: str) -> tuple[str, bool]:
    """Return which bins a text asks for, and whether the axis shows the filter's dates only; never raises.

    Examples
    --------
    >>> read_bins(""), read_bins("week"), read_bins("day,span"), read_bins("<b>")
    (('auto', False), ('week', False), ('day', True), ('auto', False))
    """
    parts = text.split(",")
    return next((part for part in parts if part in STEPS), "auto"), _ZOOMED in parts


def _bins_text(told: Any) -> str:
    """Return as text what the component told; nothing when a browser made it up."""
    try:
        step, is_zoomed = told
    except (TypeError, ValueError):
        return ""
    return ",".join([step] * (step in STEPS) + [_ZOOMED] * (is_zoomed is True))


def _number(day: date | None) -> int | None:
    return None if day is None else (day - date(1970, 1, 1)).days


def _dates(told: Any) -> tuple[date, date] | tuple[()] | None:
    """Return the days that the component told, None when it told of none, and () when a browser made them up."""
    if told == []:
        return None
    try:
        first, last = (date(1970, 1, 1) + timedelta(days=day) for day in told)
    except (TypeError, ValueError, OverflowError):
        return ()
    return (first, last) if first <= last else ()


def _dates_within(wanted: Filter, first: date | None, last: date | None) -> tuple[date, date] | None:
    """Return the filter's dates as far as there is data; None when they leave nothing, or there are none."""
    if first is None or last is None or not (wanted.date_from or wanted.date_to):
        return None
    start, end = max(first, wanted.date_from or first), min(last, wanted.date_to or last)
    return (start, end) if start <= end else None


def _cut(span: tuple[date | None, date | None], first: date | None, last: date | None, asked: str) -> Bins:
    """Cut a span into bins, with a margin as far as there is data."""
    start, end = span
    if start is None or end is None or first is None or last is None:
        return Bins(STEPS[0], ())
    margin = timedelta(days=(end - start).days // _MARGIN + 1)
    before, after = min(margin, start - first), min(margin, last - end)  # never beyond what a date can be
    return make_bins(start - before, end + after, asked=step_for(start, end, asked=asked))


def _counted(bins: Bins, colouring: Colouring, incidents: pl.DataFrame) -> dict[str, Any]:
    groups = len(colouring.groups)
    if not bins.edges:
        nothing = {"solid": [[]] * groups, "possible": [], "spanning": 0, "outside": 0, "undated": incidents.height}
        return {"step": bins.step, "edges": [], **nothing}
    rows = incidents.select("date_start", "date_end", colouring.code().alias("group"))
    counted = over_time(rows, bins, groups=groups)
    return {
        "step": bins.step,
        "edges": bins.edges,
        "solid": counted.solid,
        "possible": counted.possible,
        "spanning": counted.spanning,
        "outside": counted.outside,
        "undated": counted.undated,
    }
