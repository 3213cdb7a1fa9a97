"""What is made of a text that is a coordinate: the point, how far off it may be, and what is doubtful about it."""

from __future__ import annotations

import math
from typing import NamedTuple

__all__ = ["PointRead", "cell_radius_km", "corner_km", "no_point", "point_of"]

_KM_PER_DEGREE = 111.32


class PointRead(NamedTuple):
    """A text that is a coordinate.

    Attributes
    ----------
    latitude, longitude
        Degrees, WGS 84; both None where the text is a coordinate by its form and no place on Earth.
    notation
        ``decimal degrees``, ``degrees, minutes, seconds``, ``UTM``, ``MGRS``…
    radius_km
        How far off the point may be by the digits given: from the middle of what they say to its corner,
        in whole metres and at least one.
    doubt
        A sentence on what a person should look at, or on why there is no point.
    """

    latitude: float | None
    longitude: float | None
    notation: str
    radius_km: float | None
    doubt: str | None = None


def no_point(notation: str, why: str) -> PointRead:
    """Return a coordinate that is no place on Earth.

    Examples
    --------
    >>> no_point("UTM", "There is no zone 61.").latitude is None
    True
    """
    return PointRead(None, None, notation, None, why)


def point_of(latitude: float, longitude: float, radius_km: float, notation: str, doubt: str | None = None) -> PointRead:
    """Return the point; none where it lies outside the degrees of the Earth, and a doubt at 0, 0.

    Examples
    --------
    >>> point_of(33.79, 42.44, 0.7, "decimal degrees").latitude
    33.79
    >>> point_of(95.0, 42.44, 0.7, "decimal degrees").doubt
    'Latitude 95 is not between -90 and 90: check it, and whether the two are swapped.'
    """
    for name, value, most in (("Latitude", latitude, 90), ("Longitude", longitude, 180)):
        if not abs(value) <= most:
            why = f"{name} {value:g} is not between -{most} and {most}: check it, and whether the two are swapped."
            return no_point(notation, why)
    if latitude == longitude == 0:
        doubt = "0, 0 lies in the Gulf of Guinea, and mostly stands for no coordinates."
    return PointRead(latitude, longitude, notation, radius_km, doubt)


def corner_km(north_km: float, east_km: float) -> float:
    """Return the way from the middle of a cell to its corner, in whole metres and at least one.

    Parameters
    ----------
    north_km, east_km
        Half of the cell's sides.

    Examples
    --------
    >>> corner_km(0.5, 0.5)
    0.708
    """
    return max(1, math.ceil(round(math.hypot(north_km, east_km) * 1000, 6))) / 1000


def cell_radius_km(latitude: float, half: tuple[float, float]) -> float:
    """Return `corner_km` of a cell in degrees.

    Parameters
    ----------
    half
        Half of the last digit's unit in degrees, of latitude and of longitude.

    Examples
    --------
    >>> cell_radius_km(33.79, (0.005, 0.005))
    0.724
    """
    return corner_km(half[0] * _KM_PER_DEGREE, half[1] * _KM_PER_DEGREE * math.cos(math.radians(latitude)))
