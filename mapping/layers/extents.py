"""Which part of the world to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from mapping.layers.areas import has_mark, province_counts
from mapping.layers.ground import bounds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Extent", "extent"]

_MARGIN_DEGREES = 0.6


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

    One incident gives its surroundings. None when there is nothing to show.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> one = conform(pl.DataFrame({"latitude": [33.8], "longitude": [42.4], "geo_precision": ["site"]}))
    >>> extent(one)
    Extent(west=41.8, south=33.2, east=43.0, north=34.4, serial=0)
    """
    if wanted := bounds_of(list(provinces or countries)):
        return Extent(*wanted)
    lon, lat = pl.col("longitude"), pl.col("latitude")
    points = frame.filter(has_mark()).select(
        lon.min().alias("west"), lat.min().alias("south"), lon.max().alias("east"), lat.max().alias("north")
    )
    vague = province_counts(frame).filter(pl.col("only") > 0)["adm1_code"]
    boxes = [box for box in (points.row(0), bounds_of(vague.to_list())) if box and box[0] is not None]
    edges = list(zip(*boxes, strict=True))
    if not edges:
        return None
    west, south, east, north = min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])
    margin = _MARGIN_DEGREES
    return Extent(*(round(edge, 3) for edge in (west - margin, south - margin, east + margin, north + margin)))
