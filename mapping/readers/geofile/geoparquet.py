"""Parquet and GeoParquet, by Arrow's own reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from mapping.errors import UnreadableFile
from mapping.readers.geofile.positions import Features
from mapping.readers.geofile.shapes import points_of

__all__ = ["read_geoparquet"]

_MOST_CELLS = 200_000_000
"""A few kilobytes may say that they are a billion rows."""


def read_geoparquet(path: Path) -> Features:
    """Read a GeoParquet file, or a Parquet file that is a plain table.

    Raises
    ------
    UnreadableFile
        It is damaged, too large, or its geometry is not written as WKB.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     pl.DataFrame({"place": ["Hit"], "killed": [2]}).write_parquet(Path(folder, "a.parquet"))
    ...     read_geoparquet(Path(folder, "a.parquet")).properties.rows()
    [('Hit', '2')]
    """
    try:
        with pq.ParquetFile(path) as file:
            cells = file.metadata.num_rows * file.metadata.num_columns
            if cells > _MOST_CELLS:
                raise UnreadableFile(
                    f"{path.name} says it has {cells:,} cells, too many to be read. Give a part of it."
                )
            table = file.read()
        geo = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
        geometry = geo["primary_column"] if geo else ""
        about: dict[str, Any] = geo["columns"][geometry] if geo else {}
    except (pa.ArrowException, ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(f"{path.name} is no Parquet file, or damaged. Export it again.") from error
    if about.get("encoding", "WKB") != "WKB":
        raise UnreadableFile(f"{path.name} has its geometry as {about['encoding']!r:.40}. Export it with WKB.")
    properties, notes = _properties(table, geometry)
    if not geo:
        return Features(properties, None, notes=notes)
    points, shapes = points_of(table[geometry].to_numpy())
    # The standard: without a crs, longitude and latitude in WGS 84; null is a crs that is not known.
    return Features(properties, points, shapes, about.get("crs", "OGC:CRS84"), notes)


def _properties(table: pa.Table, geometry: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the columns as text; bytes, and cells that hold several values, are left out."""
    frame = pl.DataFrame(table.drop_columns([geometry] if geometry in table.column_names else []))
    left = [name for name, dtype in frame.schema.items() if dtype.is_nested() or dtype == pl.Binary]
    notes = (f"Columns whose cells are no text or number were left out: {', '.join(left)}.",) if left else ()
    return frame.drop(left).with_columns(pl.all().cast(pl.String)), notes
