"""The Export button: exactly the rows shown, in the format picked, made only when asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping import admin, exports, pipeline
from mapping.pages.once import once
from mapping.pages.style import escape, show
from mapping.pages.words import incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapping.admin.sets import Sets
    from mapping.query import Filter

__all__ = ["export", "may_go_out", "say_terms"]

_FOR = {
    "geojson": "for maps, with metadata",
    "csv": "for spreadsheets and scripts, with metadata, zipped",
    "xlsx": "one sheet, with metadata",
    "gpkg": "for QGIS",
    "parquet": "for geopandas and large data",
    "html": "a page that opens anywhere",
}


def export(shown: Callable[[], pl.DataFrame], narrow: pl.DataFrame, wanted: Filter) -> None:
    """Draw the button and its menu.

    Parameters
    ----------
    shown
        Gives the rows shown, every column, in the order of the table; asked only when a file is made.
    narrow
        The same rows with dataset and licence at least.
    wanted
        What they were filtered by.
    """
    number = may_go_out(narrow, key="export-published")
    with st.popover(f"Export {number:,}", type="primary", disabled=narrow.is_empty(), key="export"):
        show(f"<p>The {incidents(number)} shown, with sources, precision and licence.</p>")
        published = say_terms(narrow, key="export-published")
        for kind, written in pipeline.FORMATS.items():
            is_zipped, is_held = kind == "csv", written.holds(number)
            st.download_button(
                f"{written.name} :gray[{_FOR[kind] if is_held else f'at most {written.most:,} rows'}]",
                data=partial(_written, admin.in_use(), shown, kind, wanted, published),
                file_name="incidents-csv.zip" if is_zipped else f"incidents.{kind}",
                mime="application/zip" if is_zipped else written.media_type,
                key=f"export-{kind}",
                disabled=number == 0 or not is_held,
                on_click="ignore",
                width="stretch",
            )


def may_go_out(narrow: pl.DataFrame, *, key: str) -> int:
    """Return how many rows go out, as the switch of that key stands: see `say_terms`."""
    if not st.session_state.get(key):
        return narrow.height
    return int(once("terms", exports.terms, narrow).filter(~pl.col("restricted"))["rows"].sum())


def say_terms(narrow: pl.DataFrame, *, key: str) -> bool:
    """Draw the switch "For publication" and say what it does to these rows; return how it stands."""
    published = st.toggle(
        "For publication",
        key=key,
        help="Leaves out rows, and places, whose terms forbid passing them on. The file says how many and why.",
    )
    said = once(("notice", published), exports.left_out_notice if published else exports.notice, narrow)
    if said:
        show(f"<p>{escape(said)}</p>", kind="notice")
    elif published:
        show("<p>The terms of all these rows let them be passed on.</p>")
    return published


def _written(boundaries: Sets, shown: Callable[[], pl.DataFrame], kind: str, wanted: Filter, published: bool) -> bytes:
    """Write the export by the boundaries that the rows were joined to: a download runs in a thread of its own."""
    with admin.using(boundaries):
        if kind == "csv":
            return pipeline.export_csv(shown(), filter=wanted, for_publication=published)
        return pipeline.export_bytes(shown(), kind, filter=wanted, for_publication=published)
