"""The filter's tests on rows, as polars expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import shapely

from mapping.distances import EARTH_KM, arcs_km
from mapping.query.shapes import Circle
from mapping.schema import incident_key
from mapping.toponym import fold, fold_series

if TYPE_CHECKING:
    from mapping.query.shapes import Box, Shape

__all__ = ["in_box", "in_shape", "is_actor", "is_row"]


def in_box(box: Box) -> pl.Expr:
    """Test whether a row's point lies in a box, its edges included.

    Examples
    --------
    >>> frame = pl.DataFrame({"longitude": [179.0, 0.0, None], "latitude": [0.0, 0.0, None]})
    >>> frame.select(in_box((170, -20, -170, 20)))["longitude"].to_list()
    [True, False, None]
    """
    west, south, east, north = box
    longitude, latitude = pl.col("longitude"), pl.col("latitude")
    east_of, west_of = longitude >= west, longitude <= east
    across = (east_of & west_of) if west <= east else (east_of | west_of)
    return across & (latitude >= south) & (latitude <= north)


def in_shape(shape: Shape) -> pl.Expr:
    """Test whether a row's point lies in a shape, its edge included.

    Examples
    --------
    >>> frame = pl.DataFrame({"longitude": [1.0, 3.0, None], "latitude": [1.0, 1.0, 1.0]})
    >>> frame.select(in_shape(shapely.box(0, 0, 2, 2)))["longitude"].to_list()
    [True, False, False]
    >>> frame.select(in_shape(Circle(3, 1, 200)))["longitude"].to_list()
    [False, True, False]
    """

    def test(points: pl.Series) -> pl.Series:
        longitudes, latitudes = (points.struct.field(axis).to_numpy() for axis in ("longitude", "latitude"))
        if isinstance(shape, Circle):
            return pl.Series(_in_circle(shape, longitudes, latitudes))
        shapely.prepare(shape)
        return pl.Series(shapely.intersects_xy(shape, longitudes, latitudes))

    return pl.struct("longitude", "latitude").map_batches(test, return_dtype=pl.Boolean)


def _in_circle(circle: Circle, longitudes: np.ndarray, latitudes: np.ndarray) -> np.ndarray:
    # Distances are dear; most points lie too far north or south. A hair is added for what rounding takes.
    reach = np.degrees(circle.km / EARTH_KM) + 1e-9
    inside = np.abs(latitudes - circle.latitude) <= reach
    points = np.column_stack((latitudes[inside], longitudes[inside]))
    inside[inside] = arcs_km(points, np.array([circle.latitude, circle.longitude])) <= circle.km
    return inside


def is_row(rows: tuple[str, ...]) -> pl.Expr:
    """Test whether a row is one of `rows`, each named "dataset/incident_id".

    Examples
    --------
    >>> frame = pl.DataFrame({"dataset": ["mine", "other"], "incident_id": ["7", "7"]})
    >>> frame.select(is_row(("mine/7",))).to_series().to_list()
    [True, False]
    """
    return incident_key().is_in(rows)


def is_actor(actors: tuple[str, ...]) -> pl.Expr:
    """Test whether one of `actors` stands on either side, after folding.

    Examples
    --------
    >>> frame = pl.DataFrame({"actor1": ["Islamic State", "police"], "actor2": [None, "army"]})
    >>> frame.select(is_actor(("islamic state", "Army")))["actor1"].to_list()
    [True, True]
    """
    names = [fold(actor) for actor in actors]

    def test(side: pl.Series) -> pl.Series:
        spelled = side.drop_nulls().unique()  # of a million rows a few thousand
        return side.is_in(spelled.filter(fold_series(spelled).is_in(names)))

    return pl.any_horizontal(pl.col("actor1", "actor2").map_batches(test, return_dtype=pl.Boolean))
