"""Import: hand in a file, see what was recognised and where it lands, mend what is wrong, keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping import aggregate, pipeline
from mapping.datasets import shipped
from mapping.errors import InvalidValue, MappingError, UnknownFormat
from mapping.geocoder.score import THRESHOLD, TRADE_OFF
from mapping.layers.map import extent, payload
from mapping.pages import address
from mapping.pages.atlas import store
from mapping.pages.column_table import column_table
from mapping.pages.incident_map import by_key, incident_map
from mapping.pages.incident_table import incident_table
from mapping.pages.keeping import keep_panel
from mapping.pages.style import escape, plainly, prose, show
from mapping.pages.upload import SUFFIXES, Upload, base_name, processed, rejects_file, table
from mapping.values import READ_TWO_WAYS

if TYPE_CHECKING:
    from mapping.pipeline import Processed

__all__ = ["page"]

_EXAMPLE = "examples/ucdp_ged_23_1_iraq_syria.csv"
_READERS = {"table": "a table", "geofile": "a map file", "acled": "ACLED", "ucdp": "UCDP GED", "gtd": "GTD"}
_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_HEADINGS = {
    "row": st.column_config.NumberColumn("Row", format="%d"),
    "column": st.column_config.TextColumn("Column"),
    "value": st.column_config.TextColumn("Value"),
    "message": st.column_config.TextColumn("What is wrong", width="large"),
    "allowed": st.column_config.TextColumn("Allowed", width="medium"),
}
_LONGEST_LIST = 1000


@plainly
def page() -> None:
    """Draw the page."""
    address.leave()
    show("<h1>Import</h1><p>Your file stays on this machine. Nothing is kept until you say so.</p>", kind="intro")
    upload = _handed_in()
    if upload is None:
        return
    try:
        done = _worked_through(upload)
    except MappingError as error:
        _not_understood(upload, error)
        return
    if done is None:
        return
    left, right = st.columns([2, 1], gap="medium")
    with left:
        _recognised(done)
        _preview(done)
        _problems(done)
    with right:
        keep_panel(done, upload)


def _handed_in() -> Upload | None:
    """Return the file that was chosen, or the example."""
    given = st.file_uploader(
        "A table (CSV, TSV, XLSX, XLS, Parquet), GeoJSON, GeoPackage, GeoParquet, or a file of UCDP GED, ACLED or GTD",
        type=list(SUFFIXES),
        key="upload",
        on_change=_begin_again,
    )
    if given is not None:
        return Upload(given.file_id, given.name, given.getvalue())
    if st.session_state.get("example"):
        return Upload("example", base_name(_EXAMPLE), shipped(_EXAMPLE).read_bytes())
    st.button("Try it with the UCDP example", key="try-example", on_click=_begin_again, kwargs={"example": True})
    return None


def _begin_again(*, example: bool = False) -> None:
    for name in (
        "worked", "kept", "columns", "date-order", "score", "learn", "learned", "stopped", "licence", "citation",
    ):  # fmt: skip
        st.session_state.pop(name, None)
    st.session_state["example"] = example


def _worked_through(upload: Upload) -> Processed | None:
    """Return what became of the file; work through it only when the file, its columns or its dates have changed."""
    state = st.session_state
    wanted = (upload.token, state.get("columns"), state.get("date-order"), state.get("score", THRESHOLD))
    if state.get("stopped") == wanted:
        show("<p>Stopped. Nothing was kept.</p>", kind="notice")
        st.button("Read it again", key="again", on_click=lambda: state.pop("stopped"))
        return None
    if state.get("worked", (None,))[0] != wanted:
        bar = st.progress(0.0, text="Reading")
        # A click here runs the page anew, which ends the work at its next step.
        st.button("Stop", key="stop", on_click=lambda: state.update(stopped=wanted))

        def progress(step: str, done: float, /) -> None:
            bar.progress(done, text=step)

        state["worked"] = (
            wanted,
            processed(upload, columns=wanted[1], date_order=wanted[2], score_at_least=wanted[3], progress=progress),
        )
        st.rerun()  # takes the bar away
    return state["worked"][1]


def _not_understood(upload: Upload, error: MappingError) -> None:
    """Say why a file cannot be taken; where only its columns are unknown, ask for their meaning."""
    show(f"<p>{prose(error)}</p>", kind="notice")
    if isinstance(error, UnknownFormat | InvalidValue) and (raw := table(upload)) is not None:
        column_table(raw, {}, on_change=_take_columns)


def _recognised(done: Processed) -> None:
    reading = done.reading
    notes = "".join(f"<li>{escape(note)}</li>" for note in reading.notes)
    show(
        f"<h2>{escape(reading.path)}</h2><p>Read as {_READERS[reading.reader]}: {reading.raw.height:,} rows, "
        f"{reading.raw.width - 1:,} columns.</p><ul>{notes}</ul>",
        kind="recognised",
    )
    asks = _asks_for_order(done)
    if asks:
        show("<p>Every date here could be read two ways. Say which: day or month first.</p>", kind="notice")
    with st.expander("Columns and dates", expanded=asks, key=f"settings-{asks}"):
        st.session_state["date-order-choice"] = st.session_state.get("date-order")
        st.segmented_control(
            "Dates like 03/04/2024 are written",
            list(_ORDERS),
            format_func=_ORDERS.__getitem__,
            key="date-order-choice",
            on_change=lambda: st.session_state.update({"date-order": st.session_state["date-order-choice"]}),
        )
        if reading.published:
            st.html('<p class="muted">The columns are those of a published dataset: there is nothing to set.</p>')
        else:
            column_table(reading.raw, reading.headings, on_change=_take_columns)
    if done.incidents["geo_method"].ne_missing("source").any():
        _places()


def _places() -> None:
    """Ask how sure a place must be, and say what each choice costs."""
    with st.expander("How sure a place must be", key="settings-places"):
        st.session_state["score-choice"] = st.session_state.get("score", THRESHOLD)
        st.segmented_control(
            "Place a row only in a way that was right at least so often",
            list(TRADE_OFF),
            format_func=lambda score: f"{score:.0%}",
            key="score-choice",
            on_change=lambda: st.session_state.update(score=st.session_state["score-choice"] or THRESHOLD),
        )
        answered, wrong = TRADE_OFF[st.session_state.get("score", THRESHOLD)]
        show(
            f"<p>On names from Syria without their province, this placed {answered:.0%}, of which {wrong:.1%} wrong by more "
            "than 25 km. The others wait in Review. A province in the file makes places surer by far.</p>",
            kind="muted",
        )


def _take_columns(columns: dict[str, str | None]) -> None:
    st.session_state["columns"] = columns


def _asks_for_order(done: Processed) -> bool:
    return not done.problems.filter(done.problems["message"].str.contains(READ_TWO_WAYS, literal=True)).is_empty()


def _preview(done: Processed) -> None:
    """Draw where the rows land, and the first of them."""
    if done.incidents.is_empty():
        return
    rows = pipeline.corrected(done.incidents, store().corrections.all()).with_columns(address.incident_key())
    counts = aggregate.placement(rows)
    show(
        f'<div class="heading"><h2>Preview</h2><span>{counts.site_or_town:,} at a site or town · {counts.roughly:,} near '
        f"one or in an area · {counts.province_only:,} in a province only · {counts.off_map:,} not on the map</span></div>"
    )
    incident_map(payload(by_key(rows), fit=extent(rows)), key="preview-map", height=420)
    incident_table(
        rows, key="preview-table", label="Rows of the file, as they were read", on_choose=None, height="300px"
    )


def _problems(done: Processed) -> None:
    """List every bad row with what was allowed, and offer the rows to be mended."""
    bad = done.problems.filter("rejected")
    remarks = done.problems.filter(~pl.col("rejected"))
    st.html('<div class="heading"><h2>Rows to mend</h2></div>')
    if done.rejects.is_empty():
        st.html('<p class="muted">None: every row can be kept.</p>')
    else:
        rejected = f"{done.rejects.height:,} rejected row{'' if done.rejects.height == 1 else 's'}"
        with st.expander(f"Show {rejected}", expanded=True, key="rejected"):
            _list(bad, key="problems")
        st.download_button(
            f"Download {rejected}",
            data=lambda: rejects_file(done),
            file_name="rejects.csv",
            mime="text/csv",
            key="rejects",
            on_click="ignore",
        )
    if remarks.height:
        with st.expander(f"Show {remarks.height:,} remarks on rows that can be kept", key="remarked"):
            _list(remarks, key="remarks")


def _list(problems: pl.DataFrame, *, key: str) -> None:
    shown = problems.select(*_HEADINGS).head(_LONGEST_LIST)
    st.dataframe(shown, column_config=_HEADINGS, hide_index=True, placeholder="–", key=key)
    if problems.height > _LONGEST_LIST:
        show(f"<p>The first {_LONGEST_LIST:,} of {problems.height:,}; the file to mend has them all.</p>", kind="muted")
