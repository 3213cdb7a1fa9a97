"""Which part of the world to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from mapping.layers.ground import bounds_of
from mapping.placement import has_mark, in_province_only

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Extent", "extent"]

_MARGIN_DEGREES = 0.6
_MANY = 50
_FAR_SHARE = 0.03


class Extent(NamedTuple):
    """A part of the world to show, in degrees (WGS 84).

    The map moves to it when it is not the one it was given before, and stays where the reader has
    moved it otherwise. Another `serial` makes it move to the same place once more.
    """

    west: float
    south: float
    east: float
    north: float
    serial: int = 0


def extent(frame: pl.DataFrame, *, countries: Sequence[str] = (), provinces: Sequence[str] = ()) -> Extent | None:
    """Return what to show: the provinces, else the countries, else the incidents of the frame.

    Of many incidents the outermost three in a hundred on each side do not count, lest a few far ones make
    all the others small. One incident gives its surroundings. None when there is nothing to show.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> one = conform(pl.DataFrame({"latitude": [33.8], "longitude": [42.4], "geo_precision": ["site"]}))
    >>> extent(one)
    Extent(west=41.8, south=33.2, east=43.0, north=34.4, serial=0)
    """
    if wanted := bounds_of(list(provinces or countries)):
        return Extent(*wanted)
    points = frame.select("latitude", "longitude", "geo_precision").filter(has_mark())
    if points.height >= _MANY:
        boxes = [_box(points, _FAR_SHARE)]
    else:
        vague = frame.select(pl.col("adm1_code").filter(in_province_only()).unique().cast(pl.String)).to_series()
        boxes = [box for box in (_box(points, 0), bounds_of(vague.to_list())) if box]
    if not boxes:
        return None
    edges = list(zip(*boxes, strict=True))
    west, south, east, north = *map(min, edges[:2]), *map(max, edges[2:])
    margin = _MARGIN_DEGREES
    return Extent(*(round(edge, 3) for edge in (west - margin, south - margin, east + margin, north + margin)))


def _box(points: pl.DataFrame, share: float) -> tuple[float, ...] | None:
    """Return west, south, east and north of points, less a share of them on each side."""
    axes = pl.col("longitude", "latitude")
    edges = (*points.select(axes.quantile(share)).row(0), *points.select(axes.quantile(1 - share)).row(0))
    return None if None in edges else edges
