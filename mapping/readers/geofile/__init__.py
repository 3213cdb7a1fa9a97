"""GeoJSON, GeoPackage and GeoParquet: properties as text, points as latitude and longitude in WGS 84."""

from __future__ import annotations

from pathlib import Path

from mapping.errors import UnknownFormat, UnreadableFile
from mapping.readers.base import Loaded
from mapping.readers.geofile.geojson import read_geojson
from mapping.readers.geofile.geopackage import read_geopackage
from mapping.readers.geofile.geoparquet import read_geoparquet
from mapping.readers.geofile.positions import with_positions
from mapping.readers.opening import GEOPACKAGE, JSON, PARQUET

__all__ = ["KINDS", "load"]

_READERS = {JSON: read_geojson, GEOPACKAGE: read_geopackage, PARQUET: read_geoparquet}

KINDS = tuple(_READERS)
"""Of `mapping.readers.opening`: what `load` reads."""


def load(path: Path, kind: str) -> Loaded:
    """Read a GeoJSON, a GeoPackage or a Parquet file as text; the first feature is row 2, as under a heading.

    Parameters
    ----------
    path
        The file.
    kind
        As `mapping.readers.opening.kind_of` gives it.

    Raises
    ------
    UnreadableFile
        It is damaged, or no such file.
    UnknownFormat
        It holds areas or lines and no points: boundaries, not incidents.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> feature = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [42.44, 33.79]}, "properties": {"n": 1}}'
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.geojson").write_text('{"type": "FeatureCollection", "features": [%s]}' % feature)
    ...     load(Path(folder, "a.geojson"), JSON).raw.rows()
    [('1', '33.79', '42.44', 2)]
    """
    features = _READERS[kind](path)
    if (features.properties if features.points is None else features.points).is_empty():
        raise UnreadableFile(f"{path.name} holds no features.")
    if features.points is not None and features.shapes and not features.points["longitude"].count():
        raise UnknownFormat(
            f"{path.name} holds {features.shapes:,} lines or areas and no points: boundaries, not incidents. "
            "Give a file of points."
        )
    return with_positions(features, file=path.name)
