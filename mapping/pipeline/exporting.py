"""Incidents to files and bytes, in every format there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping import exports
from mapping.errors import UnwritableFile
from mapping.files import written_whole
from mapping.pipeline.boundaries import boundaries_named
from mapping.pipeline.names import names_used
from mapping.schema import conform
from mapping.store import Store, is_there

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
    metadata = _metadata(incidents, filter, rejected)
    exports.write(incidents, path, metadata=metadata, formats=FORMATS)
    if path.suffix.lower() == ".csv":
        _write_beside(path, metadata.describe(conform(incidents)))


def _write_beside(path: Path, about: dict[str, Any]) -> None:
    """Write what a CSV cannot hold to a file beside it, named as CSV on the Web has it (W3C, Metadata Vocabulary)."""
    beside = path.with_name(f"{path.name}-metadata.json")
    try:
        with written_whole(beside) as temporary:
            temporary.write_text(json.dumps(about, ensure_ascii=False, indent=2, default=str), encoding="utf-8")
    except OSError as error:
        raise UnwritableFile(f"{beside} cannot be written: {error.strerror}.") from error


def export_bytes(incidents: pl.DataFrame, kind: str, *, filter: Filter | None = None) -> bytes:
    """Return what `export` writes to a file of the ending `kind`."""
    return exports.to_bytes(incidents, kind, metadata=_metadata(incidents, filter, 0), formats=FORMATS)


def _metadata(incidents: pl.DataFrame, filter: Filter | None, rejected: int) -> exports.Metadata:
    boundary_source, boundary_version = boundaries_named()
    return exports.Metadata(
        title="Incident Atlas export",
        filter=filter.to_params() if filter else {},
        rejected=rejected,
        boundary_source=boundary_source,
        boundary_version=boundary_version,
        place_names=_names_used(incidents),
    )


def _names_used(incidents: pl.DataFrame) -> list[dict[str, Any]]:
    if not is_there():
        return []
    with Store() as store:
        return names_used(incidents, store)
