"""GeoPackage, by GDAL's driver for it and no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyogrio

from mapping.errors import UnreadableFile
from mapping.readers.geofile.positions import Features
from mapping.readers.geofile.shapes import points_of

__all__ = ["read_geopackage"]

_FAILURES = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FieldError,
    pa.ArrowException,
    OSError,
)


def read_geopackage(path: Path) -> Features:
    """Read the first layer of a GeoPackage that has features.

    Raises
    ------
    UnreadableFile
        It is damaged, or has no layer.

    Examples
    --------
    >>> read_geopackage(Path("no-such.gpkg"))
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: no-such.gpkg is no GeoPackage, or damaged. Export it again.
    """
    # The prefix keeps every other driver from being asked, and the path from being taken for an address.
    source = f"GPKG:{path.absolute()}"
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(source)]
        layer = next((name for name in layers if pyogrio.read_info(source, layer=name)["features"]), None)
        if layer is None:
            return Features(pl.DataFrame(), pl.DataFrame())
        about, table = pyogrio.read_arrow(source, layer=layer, datetime_as_string=True)
    except _FAILURES as error:
        raise UnreadableFile(f"{path.name} is no GeoPackage, or damaged. Export it again.") from error
    others = [name for name in layers if name != layer]
    notes = (f'Layer "{layer}" was read; not read: {", ".join(others)}.',) if others else ()
    geometry = about["geometry_name"]
    shapes = table[geometry].to_numpy() if geometry in table.column_names else np.full(len(table), None)
    points, count = points_of(shapes)
    return Features(_properties(table, geometry), points, count, about["crs"], notes)


def _properties(table: pa.Table, geometry: str) -> pl.DataFrame:
    """Return the columns as text; bytes, which are none, are left out."""
    frame = pl.DataFrame(table.drop_columns([geometry] if geometry in table.column_names else []))
    return frame.select(pl.exclude(pl.Binary)).with_columns(pl.all().cast(pl.String))
