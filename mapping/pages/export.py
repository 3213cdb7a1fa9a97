"""The Export button: exactly the rows shown, in the format picked, made only when asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mapping import admin, exports, pipeline
from mapping.pages.style import escape, show
from mapping.pages.words import incidents

if TYPE_CHECKING:
    import polars as pl

    from mapping.admin.sets import Sets
    from mapping.query import Filter

__all__ = ["export"]

_FOR = {
    "geojson": "for maps, with metadata",
    "csv": "for spreadsheets and scripts",
    "xlsx": "one sheet, with metadata",
    "gpkg": "for QGIS",
    "parquet": "for geopandas and large data",
    "html": "a page that opens anywhere",
}


def export(shown: pl.DataFrame, wanted: Filter) -> None:
    """Draw the button and its menu."""
    with st.popover(f"Export {shown.height:,}", type="primary", disabled=shown.is_empty(), key="export"):
        show(f"<p>The {incidents(shown.height)} shown, with sources, precision and licence.</p>")
        if notice := exports.notice(shown):
            show(f"<p>{escape(notice)}</p>", kind="notice")
        for kind, written in pipeline.FORMATS.items():
            st.download_button(
                f"{written.name} :gray[{_FOR[kind]}]",
                data=partial(_written, admin.in_use(), shown, kind, wanted),
                file_name=f"incidents.{kind}",
                mime=written.media_type,
                key=f"export-{kind}",
                on_click="ignore",
                width="stretch",
            )


def _written(boundaries: Sets, shown: pl.DataFrame, kind: str, wanted: Filter) -> bytes:
    """Write the export by the boundaries that the rows were joined to: a download runs in a thread of its own."""
    with admin.using(boundaries):
        return pipeline.export_bytes(shown, kind, filter=wanted)
