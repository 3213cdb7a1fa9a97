"""Incidents to files and bytes, in every format there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from mapping import exports
from mapping.pipeline.boundaries import boundaries_named

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.query import Filter

__all__ = ["FORMATS", "export", "export_bytes"]


def _write_page(frame: pl.DataFrame, path: Path, metadata: dict[str, Any]) -> None:
    from mapping.layers.page import render_page  # folium takes a second to load, and only this needs it

    path.write_text(render_page(frame, metadata=metadata), encoding="utf-8")


FORMATS = {**exports.FORMATS, "html": exports.Format("Web page", "text/html", _write_page)}
"""Every format of an export, by the ending of its file."""


def export(incidents: pl.DataFrame, path: Path, *, filter: Filter | None = None, rejected: int = 0) -> None:
    """Write incidents to `path` in the format of its ending: geojson, csv, xlsx, gpkg, parquet or html.

    Parameters
    ----------
    incidents
        What to write; already filtered.
    filter
        What it was filtered by; named in the file.
    rejected
        Rows of the source file that are not here, for they were refused.

    Raises
    ------
    InvalidValue
        The ending is none of those.
    UnwritableFile
        The file cannot be written; an earlier one of its name is left as it was.
    """
    exports.write(incidents, path, metadata=_metadata(filter, rejected), formats=FORMATS)


def export_bytes(incidents: pl.DataFrame, kind: str, *, filter: Filter | None = None) -> bytes:
    """Return what `export` writes to a file of the ending `kind`."""
    return exports.to_bytes(incidents, kind, metadata=_metadata(filter, 0), formats=FORMATS)


def _metadata(filter: Filter | None, rejected: int) -> exports.Metadata:
    boundary_source, boundary_version = boundaries_named()
    return exports.Metadata(
        title="Incident Atlas export",
        filter=filter.to_params() if filter else {},
        rejected=rejected,
        boundary_source=boundary_source,
        boundary_version=boundary_version,
    )
