"""The plots of the Analysis page as Altair charts, drawn at the width of a printed page.

Names from records are drawn by text marks and titles only, which obey nothing; axes bear words of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BAR",
    "RAMP",
    "changes",
    "deaths_over_time",
    "heat",
    "incidents_over_time",
    "over_time",
    "ranking",
    "styled",
    "titled",
]

BAR = "#4f9392"
"""The green of the shading, dark enough to stand three to one against white."""

RAMP = ("#e4efee", "#c9dfdd", "#a9cbc9", "#82b1b0")
"""Classes of shading, the palest first, as the map has them (static/shading.js); ink on the darkest reaches 4.5 to one."""

FONT = "Source Sans Pro"
"""As `mapping.pages.printing` has it to draw with."""

_INK, _MUTED, _GRID, _ACCENT = "#1f2a33", "#5c6870", "#ecefee", "#0b5d5e"
_FACES = f"'{FONT}', 'Source Sans', 'Noto Sans Arabic', 'Segoe UI', Arial, 'DejaVu Sans', sans-serif"
_WIDTH = 502  # points, with the padding 180 mm: two columns of a journal
_NAMES = 140
_WORDS = 75
_STEP = 15
_GAP = 10
_SIZE = 9


def titled(chart: Any, title: str, subtitle: Sequence[str], foot: Sequence[str]) -> alt.VConcatChart:
    """Return a chart with what it shows above it, and where that is from below.

    Examples
    --------
    >>> rows = pl.DataFrame({"period": ["2024"], "incidents": [3]})
    >>> titled(incidents_over_time(rows), "Over time", ["3 incidents"], ["Source: mine"]).to_dict()["title"]["text"]
    ['Source: mine']
    """
    above = alt.Title(title, subtitle=list(subtitle), anchor="start", offset=14)
    below = alt.Title(
        list(foot), orient="bottom", anchor="start", offset=12, fontSize=7.5, fontWeight="normal", color=_MUTED, lineHeight=10
    )  # fmt: skip
    return styled(alt.vconcat(alt.vconcat(chart, title=above), title=below))


def styled(chart: Any, *, size: float = _SIZE) -> Any:
    """Return a chart in the project's type and lines.

    Examples
    --------
    >>> rows = pl.DataFrame({"period": ["2024"], "incidents": [3]})
    >>> styled(incidents_over_time(rows)).to_dict()["config"]["background"]
    '#ffffff'
    """
    text = {"labelFontSize": size, "titleFontSize": size, "labelColor": _MUTED, "titleColor": _MUTED}
    return (
        chart.configure(font=_FACES, background="#ffffff", padding=4)
        .configure_view(stroke=None)
        .configure_concat(spacing=_GAP)
        .configure_title(fontSize=13, fontWeight=600, color=_INK, subtitleFontSize=size, subtitleColor=_MUTED, subtitlePadding=4)
        .configure_axis(domain=False, ticks=False, gridColor=_GRID, labelPadding=4, titleFontWeight="normal", **text)
        .configure_text(fontSize=size, color=_INK)
    )  # fmt: skip


def incidents_over_time(rows: pl.DataFrame) -> alt.Chart:
    """Return a bar for each period's incidents; `rows` in order of time: period (in words), incidents.

    Examples
    --------
    >>> incidents_over_time(pl.DataFrame({"period": ["2024"], "incidents": [3]})).to_dict()["mark"]["type"]
    'bar'
    """
    tips = [alt.Tooltip("period:N", title="When"), alt.Tooltip("incidents:Q", title="Incidents", format=",")]
    return (
        alt.Chart(rows)
        .mark_bar(color=BAR)
        .encode(x=_when(), y=_count("incidents", "Incidents"), tooltip=tips)
        .properties(height=120)
    )


def deaths_over_time(rows: pl.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Return a line of each period's dead, broken where they are unknown.

    Parameters
    ----------
    rows
        In order of time: period (in words), incidents, fatalities_best (null is unknown), fatalities_best_known.

    Examples
    --------
    >>> rows = pl.DataFrame({"period": ["2024"], "incidents": [3], "fatalities_best": [None],
    ...                      "fatalities_best_known": [0]})
    >>> [layer["mark"]["type"] for layer in deaths_over_time(rows).to_dict()["layer"]]
    ['line', 'point']
    """
    tips = [
        alt.Tooltip("period:N", title="When"),
        alt.Tooltip("fatalities_best:Q", title="Killed", format=","),
        alt.Tooltip("fatalities_best_known:Q", title="Incidents where that is known", format=","),
        alt.Tooltip("incidents:Q", title="Incidents", format=","),
    ]
    base = alt.Chart(rows).encode(x=_when(), y=_count("fatalities_best", "Killed, where known"))
    line = base.mark_line(color=_ACCENT, strokeWidth=1.5, invalid="break-paths-show-domains")
    points = base.mark_point(color=_ACCENT, filled=True, size=28, opacity=1, invalid="filter").encode(tooltip=tips)
    return alt.layer(line, points).properties(height=120)


def _when() -> alt.X:
    return alt.X("period:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False))


def _count(column: str, title: str) -> alt.Y:
    # The title lies above the axis, where it is read without a turn of the head.
    axis = alt.Axis(
        format=",d", tickMinStep=1, tickCount=4, minExtent=34, maxExtent=34,
        titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-12,
    )  # fmt: skip
    return alt.Y(f"{column}:Q", title=title, axis=axis, scale=alt.Scale(domainMin=0))


def over_time(rows: pl.DataFrame) -> alt.VConcatChart:
    """Return the incidents and the dead of each period, one above the other; `rows` as for the two.

    Examples
    --------
    >>> rows = pl.DataFrame({"period": ["2024"], "incidents": [3], "fatalities_best": [None],
    ...                      "fatalities_best_known": [0]})
    >>> len(over_time(rows).to_dict()["vconcat"])
    2
    """
    panels = (incidents_over_time(rows), deaths_over_time(rows))
    return alt.vconcat(*(panel.properties(width=_WIDTH - 40) for panel in panels), spacing=28)


def ranking(rows: pl.DataFrame) -> alt.HConcatChart:
    """Return a bar for each row's incidents, and one for its dead where they are known.

    Parameters
    ----------
    rows
        In order: label, colour, incidents, incidents_label, deaths (null is unknown), deaths_label.

    Examples
    --------
    >>> rows = pl.DataFrame({"label": ["raid"], "colour": [BAR], "incidents": [2], "incidents_label": ["2"],
    ...                      "deaths": [None], "deaths_label": ["unknown"]})
    >>> len(ranking(rows).to_dict()["hconcat"])
    3
    """
    base = alt.Chart(rows.with_row_index("line"))  # a place by number: two rows may bear one name
    width = (_WIDTH - _NAMES - 2 * _GAP) / 2
    headings = {"incidents": "Incidents", "deaths": "Killed, where known"}
    panels = (_bars(base, rows, column, width).properties(title=_heading(title)) for column, title in headings.items())
    return alt.hconcat(_names(base), *panels)


def _line(padding: float = 0.3) -> alt.Y:
    return alt.Y("line:O", axis=None, scale=alt.Scale(type="band", padding=padding))


def _names(base: alt.Chart, padding: float = 0.3) -> alt.Chart:
    text = base.mark_text(align="left", baseline="middle", limit=_NAMES)
    return text.encode(y=_line(padding), x=alt.value(0), text="label:N").properties(
        width=_NAMES, height=alt.Step(_STEP)
    )


def _bars(base: alt.Chart, rows: pl.DataFrame, column: str, width: float) -> alt.LayerChart | alt.FacetChart:
    longest = rows[f"{column}_label"].str.len_chars().max()
    room = 0.5 * _SIZE * longest + 6 if isinstance(longest, int) else 0.0  # for the words beside the longest bar
    most = rows[column].max()
    end = most * width / max(width - room, 0.2 * width) if isinstance(most, int) and most else 1
    x = alt.X(f"{column}:Q", axis=None, scale=alt.Scale(domain=[0, end], nice=False))
    bars = base.mark_bar().encode(y=_line(), x=x, color=alt.Color("colour:N", scale=None))
    words = base.mark_text(align="left", baseline="middle", dx=4).encode(y=_line(), text=f"{column}_label:N")
    known = words.transform_filter(f"isValid(datum.{column})").encode(x=x)
    unknown = words.transform_filter(f"!isValid(datum.{column})").encode(x=alt.value(0), color=alt.value(_MUTED))
    return alt.layer(bars, known, unknown).properties(width=width, height=alt.Step(_STEP))


def _heading(text: str) -> alt.Title:
    return alt.Title(text, anchor="start", fontSize=_SIZE, fontWeight="normal", color=_MUTED, offset=4)


def heat(names: Sequence[str], cells: pl.DataFrame, starts: Sequence[int]) -> alt.HConcatChart:
    """Return the incidents of provinces by period, shaded by class.

    Parameters
    ----------
    names
        Of the lines.
    cells
        In order of time: line (its number), period (in words), incidents.
    starts
        From which count each class of shading begins, as `mapping.aggregate.class_starts` has it.

    Examples
    --------
    >>> cells = pl.DataFrame({"line": [0], "period": ["2024"], "incidents": [3]})
    >>> len(heat(["Anbar"], cells, [3]).to_dict()["hconcat"])
    2
    """
    shades = alt.Scale(type="threshold", domain=list(starts), range=["#fcfbf8", *RAMP[: len(starts)]])
    width = _WIDTH - _NAMES - _GAP
    across = 0.5 * _SIZE * sum(len(period) + 1 for period in cells["period"].unique())
    axis = alt.Axis(orient="top", labelAngle=0 if across < width else -90, grid=False)
    base = alt.Chart(cells).encode(y=_line(0), x=alt.X("period:O", sort=None, title=None, axis=axis))
    tiles = base.mark_rect(stroke="#fff", strokeWidth=1).encode(
        color=alt.Color("incidents:Q", scale=shades, legend=None)
    )
    digits = len(str(cells["incidents"].max()))
    size = min(_SIZE - 1, width / cells["period"].n_unique() / (0.55 * digits))
    counts = base.mark_text(baseline="middle", fontSize=size).encode(text=alt.Text("incidents:Q", format="d"))
    grid = alt.layer(tiles, counts).properties(width=width, height=alt.Step(_STEP))
    lines = pl.DataFrame({"label": list(names)}).with_row_index("line")
    return alt.hconcat(_names(alt.Chart(lines), padding=0), grid)


def changes(rows: pl.DataFrame, before: str, now: str) -> alt.HConcatChart:
    """Return where each row stood before, a ring, and where it stands now, a disc.

    Parameters
    ----------
    rows
        In order: label, before, now, change (in words).
    before, now
        The two periods in words.

    Examples
    --------
    >>> rows = pl.DataFrame({"label": ["Anbar"], "before": [9], "now": [3], "change": ["−6"]})
    >>> len(changes(rows, "2022", "2023").to_dict()["hconcat"])
    3
    """
    base = alt.Chart(rows.with_row_index("line")).encode(y=_line())
    axis = alt.Axis(orient="top", format=",d", tickMinStep=1, tickCount=5, titleAnchor="start")
    across = alt.X("before:Q", title=f"Incidents: ring {before}, disc {now}", axis=axis, scale=alt.Scale(domainMin=0))
    panel = alt.layer(
        base.mark_rule(color=RAMP[2], strokeWidth=3).encode(x=across, x2="now:Q"),
        base.mark_point(color=_MUTED, fill="#fff", size=42, opacity=1, strokeWidth=1.5).encode(x=across),
        base.mark_point(color=_ACCENT, filled=True, size=50, opacity=1).encode(x="now:Q"),
    )
    words = base.mark_text(align="right", baseline="middle").encode(x=alt.value(_WORDS), text="change:N")
    width, height = _WIDTH - _NAMES - _WORDS - 2 * _GAP, alt.Step(_STEP)
    panels = (panel.properties(width=width, height=height), words.properties(width=_WORDS, height=height))
    return alt.hconcat(_names(base), *panels)
