"""From geometries in well-known binary to single points."""

from __future__ import annotations

import numpy as np
import polars as pl
import shapely

__all__ = ["points_of"]


def points_of(shapes: np.ndarray) -> tuple[pl.DataFrame, int]:
    """Return longitude and latitude of single points as text, and how many geometries are something else.

    Examples
    --------
    >>> points, others = points_of(np.array([shapely.to_wkb(shapely.Point(42.44, 33.79)), None]))
    >>> points.rows(), others
    ([('42.44', '33.79'), (None, None)], 0)
    """
    geometries = shapely.from_wkb(shapes, on_invalid="ignore")
    kinds = shapely.get_type_id(geometries)
    lone = (kinds == shapely.GeometryType.MULTIPOINT) & (shapely.get_num_geometries(geometries) == 1)
    geometries[lone] = shapely.get_geometry(geometries[lone], 0)
    other = ~lone & (kinds != shapely.GeometryType.POINT) & (kinds != shapely.GeometryType.MISSING)
    axes = pl.DataFrame({"longitude": shapely.get_x(geometries), "latitude": shapely.get_y(geometries)})
    return axes.select(pl.when(pl.all().is_finite()).then(pl.all().cast(pl.String))), int(other.sum())
