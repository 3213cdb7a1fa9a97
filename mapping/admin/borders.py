"""Points that the boundaries, drawn at 1:10 million, put just across a border from the country that the source states.

Of 11,691 points of UCDP's Syria file 82 lie outside Syria by these boundaries, Kobane and Tall Abyad among
them; 70 of those by less than two kilometres, which is the error of the drawing and not of the coder.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import shapely

from mapping.admin.locating import shapes
from mapping.admin.units import units

__all__ = ["BORDER", "in_stated_country"]

BORDER = 0.02  # degrees, some two kilometres


def in_stated_country(
    unit: np.ndarray, longitude: np.ndarray, latitude: np.ndarray, country_iso2: pl.Series
) -> np.ndarray:
    """Move each point that lies within 0.02° of the country stated, but not in it, to its nearest province there.

    Parameters
    ----------
    unit
        For each point the row of its province in `mapping.admin.units`, -1 for none.
    longitude, latitude
        Degrees, WGS 84; NaN where there is no point.
    country_iso2
        As stated; null where it is not, which leaves the point where it is.

    Examples
    --------
    >>> kobane = np.array([38.3541]), np.array([36.8908])
    >>> by_geometry = np.array([units()["adm1_code"].index_of("TR-63")])
    >>> units()["adm1_code"][int(in_stated_country(by_geometry, *kobane, pl.Series(["SY"]))[0])]
    'SY-HL'
    """
    countries = units()["country_iso2"]
    found = countries.gather(pl.Series(unit).set(pl.Series(unit < 0), None))
    strange = (country_iso2.is_not_null() & found.ne_missing(country_iso2)).to_numpy() & np.isfinite(
        longitude + latitude
    )
    moved = unit.copy()
    for stated in country_iso2.filter(pl.Series(strange)).unique():
        members = (countries == stated).arg_true().to_numpy()
        rows = np.flatnonzero(strange & (country_iso2 == stated).fill_null(False).to_numpy())
        points = shapely.points(longitude[rows], latitude[rows])
        near, member = shapely.STRtree(shapes()[members]).query_nearest(points, max_distance=BORDER)
        # The lowest of several as near is written last.
        moved[rows[near[::-1]]] = members[member[::-1]]
    return moved
