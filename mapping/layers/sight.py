"""What of the world is in sight, with some way to go around it, and which incidents lie there."""

from __future__ import annotations

from math import cos, log2, radians
from typing import TYPE_CHECKING

import polars as pl

from mapping.layers.click import View, read_view
from mapping.layers.marks import PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.layers.extents import Extent

__all__ = ["AROUND", "Box", "covered", "in_sight", "opening_view"]

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees; west and east may lie beyond 180."""

AROUND = 0.35  # of the width and height, on each side: so far a reader moves before more is needed
_FRAME = (900, 560)  # pixels of the map on a wide screen, until the browser tells what it is
_MARGIN = 56


def opening_view(place: Extent | None, at: Sequence[float] | None = None) -> View:
    """Return about what a reader will see who opens the map at an extent, or at latitude, longitude and zoom.

    Examples
    --------
    >>> opening_view(None, at=(33.0, 44.0, 6.0)).zoom
    6.0
    >>> opening_view(None).box
    (-180.0, -90.0, 180.0, 90.0)
    """
    latitude, longitude, zoom = at[:3] if at else _fitting(*place[:4] if place else (-180.0, -85.0, 180.0, 85.0))
    degrees = 360 / (256 * 2**zoom)
    across, down = (pixels * degrees / 2 for pixels in _FRAME)
    seen = read_view([longitude - across, latitude - down, longitude + across, latitude + down, zoom])
    return seen or View(-180.0, -85.0, 180.0, 85.0, 0.0)


def _fitting(west: float, south: float, east: float, north: float) -> tuple[float, float, float]:
    """Return the middle of a box, and the zoom at which the frame just holds it."""
    latitude = (south + north) / 2
    wide, high = max(east - west, 1e-3), max(north - south, 1e-3) / cos(radians(latitude))  # Mercator stretches it
    zoom = log2(min((_FRAME[0] - _MARGIN) / wide, (_FRAME[1] - _MARGIN) / high) * 360 / 256)
    return latitude, (west + east) / 2, round(min(15.0, max(0.0, zoom)), 1)


def covered(view: View) -> Box:
    """Return west, south, east and north of the view and its surroundings; west and east may lie beyond 180 degrees.

    Examples
    --------
    >>> covered(View(40, 30, 50, 40, 6))
    (36.5, 26.5, 53.5, 43.5)
    """
    west, south, east, north, _ = view
    east += 360 * (east < west)
    across, down = (east - west) * AROUND, (north - south) * AROUND
    if east - west + 2 * across >= 360:
        west, east, across = -180, 180, 0
    return west - across, max(-90.0, south - down), east + across, min(90.0, north + down)


def in_sight(box: Box) -> pl.Expr:
    """Test whether a position in hundred-thousandths of a degree lies in what `covered` returned.

    Examples
    --------
    >>> at = pl.DataFrame({"latitude": [0, 0], "longitude": [17_900_000, 0]})
    >>> at.select(seen=in_sight((170, -10, 190, 10)))["seen"].to_list()
    [True, False]
    """
    west, south, east, north = (round(edge * PER_DEGREE) for edge in box)
    world = 360 * PER_DEGREE
    across = [pl.col("longitude").is_between(west + turn, east + turn) for turn in (-world, 0, world)]
    return pl.col("latitude").is_between(south, north) & pl.any_horizontal(across)
