"""GeoPackage and GeoParquet: points in WGS 84 for geographic information systems."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyogrio
import pyproj

from mapping.schema import empty_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["write_geopackage", "write_geoparquet"]

_ROWS_IN_GROUP = 100_000
_WKB_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("longitude", "<f8"), ("latitude", "<f8")])


def write_geopackage(frames: pl.DataFrame | Iterable[pl.DataFrame], path: Path, about: dict[str, Any]) -> None:
    """Write incidents as the layer ``incidents`` of a GeoPackage.

    `about` stands in the layer's metadata, as JSON under ``incident_atlas``. There is no second
    layer, for readers that ask for none by name would warn. GeoPackage text ends at a NUL, so the
    sign ␀ stands for it.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> row = pl.DataFrame({"incident_id": ["a"], "latitude": [33.7856], "longitude": [42.4412]})
    >>> with TemporaryDirectory() as folder:
    ...     write_geopackage(row, Path(folder, "a.gpkg"), {"title": "One"})
    ...     pyogrio.read_info(Path(folder, "a.gpkg"))["geometry_type"]
    'Point'
    """
    text = pl.col(pl.String).str.replace_all("\0", "␀", literal=True)
    pyogrio.write_arrow(
        _stream(frames, lambda frame: _table(frame.with_columns(text))),
        path,
        layer="incidents",
        driver="GPKG",
        geometry_name="geometry",
        geometry_type="Point",
        crs="EPSG:4326",
        layer_metadata={"incident_atlas": json.dumps(about)},
    )


def write_geoparquet(frames: pl.DataFrame | Iterable[pl.DataFrame], path: Path, about: dict[str, Any]) -> None:
    """Write incidents as GeoParquet 1.1, geometry as WKB.

    `about` stands in the file's metadata, as JSON under ``incident_atlas``.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> row = pl.DataFrame({"incident_id": ["a"], "latitude": [33.7856], "longitude": [42.4412]})
    >>> with TemporaryDirectory() as folder:
    ...     write_geoparquet(row, Path(folder, "a.parquet"), {"title": "One"})
    ...     pq.read_table(Path(folder, "a.parquet")).column_names
    ['incident_id', 'latitude', 'longitude', 'geometry']
    """
    # geopandas writes EPSG:4326 too; without it the standard's own default would be OGC:CRS84.
    column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": pyproj.CRS.from_epsg(4326).to_json_dict()}
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    metadata = {"geo": json.dumps(geo), "incident_atlas": json.dumps(about)}
    tables = _stream(frames, _table)
    with pq.ParquetWriter(path, tables.schema.with_metadata(metadata), compression="zstd") as writer:
        for batch in tables:
            writer.write_batch(batch)


def _stream(
    frames: pl.DataFrame | Iterable[pl.DataFrame], table: Callable[[pl.DataFrame], pa.Table]
) -> pa.RecordBatchReader:
    """Return frames as a stream of Arrow; its schema is that of the incident where there is none."""
    waiting = iter([frames] if isinstance(frames, pl.DataFrame) else frames)
    first = table(next(waiting, empty_frame()))
    rest = (table(frame) for frame in waiting)
    batches = (batch for each in chain([first], rest) for batch in each.combine_chunks().to_batches(_ROWS_IN_GROUP))
    return pa.RecordBatchReader.from_batches(first.schema, batches)


def _table(frame: pl.DataFrame) -> pa.Table:
    """Return the frame as Arrow, with a column of points, made as bytes: no object for each."""
    located = frame["longitude"].is_not_null() & frame["latitude"].is_not_null()
    points = np.empty(frame.height, _WKB_POINT)
    points["order"], points["type"] = 1, 1
    points["longitude"], points["latitude"] = frame["longitude"], frame["latitude"]
    whole = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(_WKB_POINT.itemsize), frame.height, [None, pa.py_buffer(points.tobytes())]
    )
    geometry = pc.if_else(located.to_arrow(), whole, None).cast(pa.binary())
    kind = pa.field("geometry", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest()).append_column(kind, geometry)
